"""Positions kept for a while, so that a new window knows where each driver was last."""

from functools import partial

from console.dispatch.lanes import Lane
from console.dispatch.registers import Track
from console.dispatch.station import Station, stream_of
from console.dispatch.street import Position
from console.domain.errors import ConsoleError
from console.domain.plan import Route, RouteId

EVERY = 15  # s between two positions of a driver that are kept
TOGETHER = 60  # positions written in one go; at an arrival those that wait are written, too
MOST = 5000  # that wait while the store cannot be reached; then the oldest are let go


class Whereabouts:
    """Of the open day; lives on the desk's thread."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._waiting: list[tuple[str, Route, Position]] = []
        self._last: dict[RouteId, Position] = {}
        self.before: dict[RouteId, Position] = {}
        """Where each driver was when the day was last open."""

    async def look_back(self) -> None:
        """Read what is kept of the open day."""
        services, stream = self._station.services, self._stream
        if services.positions is None or not stream:
            return
        ways = await services.lanes.run(Lane.SQL, partial(services.positions.of_day, stream))
        self.before = {route: way[-1] for route, way in ways.items()}

    def add(self, route: Route, position: Position) -> None:
        """Keep it, unless one a moment before is kept; a late one is older than what is known."""
        last = self._last.get(route.id)
        if last is not None and (position.at - last.at).total_seconds() < EVERY:
            return
        self._last[route.id] = position
        self._waiting.append((self._stream, route, position))
        del self._waiting[:-MOST]

    async def keep(self, *, at_once: bool) -> None:
        """Write what waits, when it is enough; what cannot be written waits on, and nobody else."""
        services = self._station.services
        if services.positions is None or not (at_once or len(self._waiting) >= TOGETHER):
            return
        taken, self._waiting = self._waiting, []
        for stream in dict.fromkeys(stream for stream, _, _ in taken):
            tracks = _tracks([each[1:] for each in taken if each[0] == stream])
            try:
                await services.lanes.run(Lane.SQL, partial(services.positions.put, stream, tracks))
            except ConsoleError:
                mine = [each for each in taken if each[0] == stream]
                self._waiting = [*mine, *self._waiting][-MOST:]

    @property
    def _stream(self) -> str:
        day = self._station.picture.plan.day
        return stream_of(day.depot, day.service_day) if day else ""


def _tracks(of: list[tuple[Route, Position]]) -> list[Track]:
    ways: dict[RouteId, list[Position]] = {}
    drivers = {route.id: route.shift.driver for route, _ in of}
    for route, position in of:
        ways.setdefault(route.id, []).append(position)
    return [Track(route, drivers[route], tuple(way)) for route, way in ways.items()]
