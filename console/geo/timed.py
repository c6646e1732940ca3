"""Travel times that change with the hour: one square a speed state, put together for a day.

The states' tiles are sets of their own (``speeds``), asked like any other profile.
"""

import threading
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from console.dispatch.ports import Geometry, OffRoad, Progress, Region, Step
from console.domain.places import Coordinate, PlaceId
from console.domain.traffic import NO_TRAFFIC, Barred, DayTraffic, SlowArea, SpeedState
from console.domain.travel import SHUT, UNREACHABLE, Slice, TravelMatrix, barred_key
from console.geo import children, speeds
from console.geo.engines.contract import Engine
from console.geo.engines.own_osrm import OsrmEngine
from console.geo.hourly import HourlyStreets
from console.geo.matrices import Cells
from console.geo.streets import RoadStreets, check_reachable
from console.tongues import tr

Ask = Callable[[SpeedState], tuple[Cells, Cells]]
"""Seconds and metres between all places in a state; UNREACHABLE where no way leads."""
Points = Mapping[PlaceId, Coordinate]
Mask = NDArray[np.bool_]


class TimedStreets(RoadStreets):
    """A region's streets with traffic; implements ``dispatch.ports.Streets``.

    Our own OSRM is given other speeds. Any other engine's times are multiplied by one factor a
    state, and only Valhalla finds ways round what is closed (``hourly``).
    """

    def __init__(self, region: Region, engine: Engine) -> None:
        super().__init__(region, engine)
        self.folder = region.folder
        self._can = isinstance(engine, OsrmEngine)
        self._hourly = HourlyStreets(region, engine, self)

    def prepare_day(
        self, traffic: DayTraffic, profile: str, progress: Progress, stop: threading.Event
    ) -> None:
        """Build the tiles of every state of a day that are not there yet, until ``stop`` is set.

        The times before go on to be served meanwhile.
        """
        if self._can:
            self.prepare(profile, progress)
        else:
            self._hourly.check(_states(traffic))
        wanted = self._missing(traffic, profile)
        for done, state in enumerate(wanted):
            progress(tr("Building the traffic's speeds"), done / len(wanted))
            try:
                speeds.build(self.folder, profile, state, stop)
            except children.Cancelled:
                return
        progress(tr("The traffic's speeds are there"), 1.0)

    def has_day(self, traffic: DayTraffic, profile: str = "car") -> bool:
        """True where every state is built."""
        return not self._missing(traffic, profile)

    def _missing(self, traffic: DayTraffic, profile: str) -> list[SpeedState]:
        if not self._can:
            return []
        states = _states(traffic)
        return [s for s in states if not speeds.is_built(self.folder, profile, s)]

    def day_matrix(
        self,
        points: Points,
        traffic: DayTraffic,
        profile: str = "car",
        progress: Progress | None = None,
    ) -> TravelMatrix:
        """Travel times of one day with its traffic, whose states are built where they are not.

        Raises OffRoad, and Unreachable for pairs that no way joins in any state.
        """
        free = self.matrix(points, profile, progress)
        if traffic == NO_TRAFFIC:
            return free
        timed = over_the_day(
            points, profile, traffic, self._asking(points, traffic, profile, progress)
        )
        check_reachable(timed.places, np.array(timed.durations).reshape(len(points), -1))
        return replace(timed, source=self._named(free.source, traffic))

    def drivable(
        self,
        points: Points,
        profile: str,
        traffic: DayTraffic = NO_TRAFFIC,
        progress: Progress | None = None,
    ) -> TravelMatrix:
        """The same for a vehicle that may not get everywhere: UNREACHABLE where it does not."""
        free = super().drivable(points, profile, progress=progress)
        if traffic == NO_TRAFFIC:
            return free
        ask = self._asking(points, traffic, profile, progress)
        made = over_the_day(points, profile, traffic, ask)
        return replace(made, source=self._named(free.source, traffic))

    def _named(self, source: str, traffic: DayTraffic) -> str:
        """Times that are a guess of the traffic say so."""
        is_guess = not self._can and any(state.row for state in traffic.distinct)
        return f"{source}, traffic by one factor" if is_guess else source

    def close(self) -> None:
        """End the engine's process."""
        self._hourly.close()
        super().close()

    def _asking(
        self, points: Points, traffic: DayTraffic, profile: str, progress: Progress | None
    ) -> Ask:
        left = iter(range(_parts(traffic)))

        def ask(state: SpeedState) -> tuple[Cells, Cells]:
            if progress is not None:
                progress(tr("Computing travel times by the hour"), next(left) / _parts(traffic))
            if not self._can:
                hold = partial(self._hourly.hold_for, profile=profile, state=state)
                return near_roads(points, hold)
            name = speeds.build(self.folder, profile, state, threading.Event())
            return near_roads(points, partial(self.square, profile=name))

        return ask

    def day_geometry(
        self, points: Sequence[Coordinate], states: Sequence[SpeedState], profile: str = "car"
    ) -> Geometry:
        """The line through the points, each leg on the roads of its state where they are built."""
        legs: list[tuple[Coordinate, ...]] = []
        for streets, key, some in self._runs(states, profile):
            legs += streets.geometry(points[some[0] : some[-1] + 2], key).legs
        return Geometry(tuple(legs))

    def day_directions(
        self,
        points: Sequence[Coordinate],
        states: Sequence[SpeedState],
        profile: str = "car",
        language: str = "en",
    ) -> list[tuple[Step, ...]]:
        """What a driver does, each leg on the roads of its state where they are built."""
        legs: list[tuple[Step, ...]] = []
        for streets, key, some in self._runs(states, profile):
            legs += streets.directions(points[some[0] : some[-1] + 2], key, language)
        return legs

    def _runs(
        self, states: Sequence[SpeedState], profile: str
    ) -> Iterator[tuple[RoadStreets, str, Sequence[int]]]:
        """The legs that follow each other on the same set of roads."""
        for (streets, key), run in groupby(
            range(len(states)), key=lambda i: self._set(states[i], profile)
        ):
            yield streets, key, list(run)

    def _set(self, state: SpeedState, profile: str) -> tuple[RoadStreets, str]:
        if not self._can:
            return self._hourly.streets(state), profile
        if speeds.is_built(self.folder, profile, state):
            return self, speeds.name_of(profile, state)
        return self, profile


def near_roads(
    points: Points, square: Callable[[Points], tuple[Cells, Cells]]
) -> tuple[Cells, Cells]:
    """A square; who has no open road near any more is UNREACHABLE."""
    try:
        return square(points)
    except OffRoad as error:
        lost = np.array([place in error.places for place in points], dtype=bool)
    near = {p: point for (p, point), far in zip(points.items(), lost, strict=True) if not far}
    seconds = np.full((len(points), len(points)), UNREACHABLE, dtype=np.uint32)
    metres = seconds.copy()
    if near:
        seconds[np.ix_(~lost, ~lost)], metres[np.ix_(~lost, ~lost)] = square(near)
    return seconds, metres


def _states(traffic: DayTraffic) -> list[SpeedState]:
    """All that hold for anybody."""
    days = [traffic, *(traffic.closed_to(out) for out in traffic.outs)]
    return list({state.key: state for day in days for state in day.distinct}.values())


def _parts(traffic: DayTraffic) -> int:
    return len(traffic.distinct) * (1 + len(traffic.outs))


def over_the_day(points: Points, profile: str, traffic: DayTraffic, ask: Ask) -> TravelMatrix:
    """The matrix of a day, those of vehicles that keep out of some zones in ``others``.

    What is closed for a while is waited for; what is closed in every state is UNREACHABLE, and so
    is a place in a low-emission zone that holds all day for those who may not enter.
    """
    hours = traffic.hours_of(points)
    made = replace(_matrix(points, profile, traffic, ask), hours=hours)
    others: dict[str, TravelMatrix] = {}
    for out in traffic.outs:
        kept = traffic.closed_to(out)
        key = barred_key(profile, out)
        other = _matrix(points, key, kept, ask, out=[traffic.barred[i] for i in out])
        others[key] = replace(other, hours=hours)
    return replace(made, others=others, barred=tuple(area.allowed for area in traffic.barred))


def _matrix(
    points: Points, profile: str, traffic: DayTraffic, ask: Ask, *, out: Sequence[Barred] = ()
) -> TravelMatrix:
    places = tuple(points)
    squares = {state.key: _shut(points, state, ask) for state in traffic.distinct}
    ways = [seconds for seconds, _ in squares.values()]
    lost: Mask = np.logical_and.reduce([seconds == UNREACHABLE for seconds in ways])
    for area in (each for each in out if not each.spans):
        lost[:, _inside(points, area.corners)] = True
    np.fill_diagonal(lost, val=False)

    def cells(state: SpeedState) -> array[int]:
        seconds = squares[state.key][0]
        waited = np.where(seconds == UNREACHABLE, SHUT, seconds)
        return _flat(np.where(lost, UNREACHABLE, waited))

    made = {state.key: cells(state) for state in traffic.distinct}
    metres = [squares[traffic.usual.key][1], *(far for _, far in squares.values())]
    return TravelMatrix(
        places,
        made[traffic.before.key],
        _flat(_first_known(metres)),
        profile,
        tuple(Slice(begins, made[state.key]) for begins, state in traffic.states),
    )


def _shut(points: Points, state: SpeedState, ask: Ask) -> tuple[Cells, Cells]:
    """A state's square; nothing leads to places inside a closed area, out of it one may go."""
    seconds, metres = ask(state)
    closed = [area for area in state.areas if not area.percent]
    if not closed:
        return seconds, metres
    seconds = seconds.copy()
    for area in closed:
        inside = _inside(points, area.corners)
        apart = np.ones(len(points), dtype=bool)
        seconds[np.ix_(apart, inside)] = UNREACHABLE
    np.fill_diagonal(seconds, 0)
    return seconds, metres


def _inside(points: Points, corners: tuple[Coordinate, ...]) -> Mask:
    area = SlowArea(corners, 0)
    return np.array([area.contains(point) for point in points.values()], dtype=bool)


def _first_known(several: Sequence[Cells]) -> Cells:
    """Of each cell the first that is not UNREACHABLE."""
    known = several[0].copy()
    for other in several[1:]:
        missing = known == UNREACHABLE
        known[missing] = other[missing]
    return known


def _flat(cells: NDArray[np.generic]) -> array[int]:
    """A square as the domain keeps it."""
    made = array("I")
    made.frombytes(np.ascontiguousarray(cells, dtype=np.uintc).tobytes())
    return made
