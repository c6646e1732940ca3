"""Positions of the open day: where each driver is, and the arrivals that follow from it.

The driving side (phones, the simulator) calls ``accept`` and ``report``; see ``ports.Street``.
"""

import asyncio
import contextlib
import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import batched

from console.dispatch.lanes import Lane
from console.dispatch.picture import Picture
from console.dispatch.ports import Geometry
from console.dispatch.reporting import report
from console.dispatch.station import Station
from console.dispatch.street import Position, Report
from console.dispatch.ways import points_of
from console.dispatch.whereabouts import Whereabouts
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate
from console.domain.plan import FactId, FactKind, Route, RouteId, Stop, StopId, StopStatus
from console.domain.watching import XY, Came, Fence, Fix, Line, Plane, Watch

STALE = 120  # s without a fix, from which on nobody knows where a driver is

AT_A_TIME = 64  # positions between two looks of the window at what else waits

Moved = Callable[[Collection[RouteId]], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a driver was last: on her line where she is on it (``off`` m away), else as told.

    ``along`` are metres on the line, ``heading`` degrees from north, None while unknown.
    """

    at: datetime
    point: Coordinate
    heading: float | None = None
    speed: float | None = None
    along: float | None = None
    off: float | None = None

    def is_stale(self, now: datetime) -> bool:
        """True when nobody knows where she is by now."""
        return (now - self.at).total_seconds() > STALE


class Tracking:
    """Implements ``ports.Street`` for one console; lives on the desk's thread."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._followed: dict[RouteId, _Followed] = {}
        self._came: list[Report] = []
        self._noting, self._drawing = asyncio.Lock(), asyncio.Lock()
        self._fetching: dict[RouteId, asyncio.Lock] = {}
        self._told: list[Moved] = []
        self._kept = Whereabouts(station)

    def follow(self, told: Moved) -> None:
        """Tell of the routes whose drivers have moved."""
        self._told.append(told)

    def seen(self, route: RouteId) -> Seen | None:
        """Where the driver of a route was last."""
        followed = self._followed.get(route)
        if followed is not None and followed.seen is not None:
            return followed.seen
        last = self._kept.before.get(route)
        return last and Seen(last.at, last.point, last.heading, last.speed)

    async def resume(self) -> None:
        """Where the drivers of the open day were when it was last open."""
        await self._kept.look_back()

    async def keep(self) -> None:
        """Write the positions that wait."""
        await self._kept.keep(at_once=True)

    async def accept(self, positions: Sequence[Position]) -> None:
        """Take in positions; arrivals that they show are noted before the call returns."""
        came, known = list[Report](), set[RouteId]()
        for some in batched(positions, AT_A_TIME):
            if known:  # a phone was long without a signal: the window goes first
                await self._kept.keep(at_once=False)
                await asyncio.sleep(0)
            for route, ways in _by_route(some).items():
                followed = await self._of(route)
                if followed is not None:
                    known.add(route)
                    came += [_report(route, one) for one in followed.accept(ways)]
                    for each in ways:
                        self._kept.add(followed.route, each)
        for told in self._told if known else ():
            told(known)
        if came:
            await self._note(came)
        await self._kept.keep(at_once=bool(came))

    async def report(self, reports: Sequence[Report]) -> None:
        """Note facts; what is known already is passed over."""
        await report(self._station, reports, self._station.now())

    async def _note(self, came: Sequence[Report]) -> None:
        """Those that come in while others are noted are noted, and shown, together."""
        self._came += came
        async with self._noting:
            taken, self._came = self._came, []
            if taken:
                await self.report(taken)

    async def _of(self, own: RouteId) -> "_Followed | None":
        """The route as it is followed; its line is fetched anew where its stops have changed.

        None for an unknown one. While a line is fetched, more positions wait for it in order.
        """
        if own not in self._station.picture.plan.routes:
            return None
        async with self._fetching.setdefault(own, asyncio.Lock()):
            route, followed = self._station.picture.plan.routes.get(own), self._followed.get(own)
            if route is None:  # it went while others waited for its line
                return None
            if followed is None or followed.route.stops != route.stops:
                followed = await self._followed_on(route, followed)
                self._followed[own] = followed
            if followed.expected is not self._station.picture.plan.stops:
                followed.expect(self._station.picture)
            return followed

    async def _followed_on(self, route: Route, before: "_Followed | None") -> "_Followed":
        """One line after the other: all of a depot's drivers may set out in the same minute."""
        async with self._drawing:
            return await self._begun(route, before)

    async def _begun(self, route: Route, before: "_Followed | None") -> "_Followed":
        station = self._station
        ends = await station.place_points([route.shift.end_place] if route.shift.end_place else [])
        points = points_of(station.picture, route, ends)
        legs: Sequence[Sequence[Coordinate]] = [points]
        if station.region is not None and len(points) > 1:
            streets = await station.streets()
            with contextlib.suppress(ConsoleError):  # no road: straight from stop to stop
                ask: Callable[[], Geometry] = partial(streets.geometry, points)
                legs = (await station.services.lanes.run(Lane.STREETS, ask)).legs
        at = points[0] if points else Coordinate(0, 0)
        plane = before.plane if before else Plane(at.lat, at.lon)
        line = Line([plane.xy(point) for leg in legs for point in leg])
        watch, seen = (before.watch, before.seen) if before else (Watch(), None)
        return _Followed(route, plane, line, watch, seen and replace(seen, along=None, off=None))


@dataclass(slots=True)
class _Followed:
    """One driver on her route."""

    route: Route
    plane: Plane
    line: Line
    watch: Watch
    seen: Seen | None
    expected: object = None
    open: dict[StopId, StopStatus] = field(default_factory=dict[StopId, StopStatus])
    spots: dict[StopId, Fence] = field(default_factory=dict[StopId, Fence])

    def expect(self, picture: Picture) -> None:
        """Which stops are open now, in order, and where."""
        self.expected = picture.plan.stops
        stops = [stop for stop in picture.plan.stops_of(self.route.id) if _is_ahead(stop)]
        opened = {stop.id: stop.status for stop in stops}
        if opened == self.open and list(opened) == list(self.open):
            return
        self.open = opened
        for stop in opened:
            label = picture.labels.get(stop)
            if stop not in self.spots and label is not None and label.coordinate is not None:
                self.spots[stop] = Fence(stop, self._spots(label.coordinate))
        self.watch.expect([self.spots[stop] for stop in opened if stop in self.spots])

    def _spots(self, point: Coordinate) -> tuple[XY, ...]:
        """The door, and where the line comes nearest to it: there she parks."""
        door = self.plane.xy(point)
        parked = self.line.nearest(door)
        return (door,) if parked is None else (door, parked)

    def accept(self, positions: Sequence[Position]) -> list[Came]:
        """Some positions; what follows from them for stops that wait for it."""
        fixes = {
            Fix(each.at.timestamp(), self.plane.xy(each.point), each.accuracy): each
            for each in positions
        }
        came = self.watch.see(*fixes)
        last = self.watch.last
        if last is not None and (position := fixes.get(last)) is not None:
            self.seen = self._placed(position, last.xy)
        return [each for each in came if self._is_new(each)]

    def _is_new(self, came: Came) -> bool:
        status = self.open.get(came.stop)
        return status is (StopStatus.ARRIVED if came.is_left else StopStatus.PLANNED)

    def _placed(self, position: Position, xy: XY) -> Seen:
        before = self.seen.along if self.seen and self.seen.along is not None else 0.0
        matched = self.line.match(xy, before)
        if matched is None:
            return Seen(position.at, position.point, position.heading, position.speed)
        heading = matched.heading if position.heading is None else position.heading
        if _turned(heading, matched.heading) < 60:
            heading = matched.heading
        point = self.plane.point(matched.xy)
        return Seen(position.at, point, heading, position.speed, matched.along, matched.off)


def _by_route(positions: Sequence[Position]) -> dict[RouteId, list[Position]]:
    ways: dict[RouteId, list[Position]] = {}
    for each in positions:
        ways.setdefault(each.route, []).append(each)
    return ways


def _is_ahead(stop: Stop) -> bool:
    return stop.status in (StopStatus.PLANNED, StopStatus.ARRIVED)


def _turned(one: float, other: float) -> float:
    return math.fabs((one - other + 180) % 360 - 180)


def _report(route: RouteId, came: Came) -> Report:
    """Its id says what it tells of, so that it is noted once."""
    kind = FactKind.DEPARTED if came.is_left else FactKind.ARRIVED
    at = datetime.fromtimestamp(came.at, UTC)
    return Report(FactId(f"seen {kind} {came.stop} {route}"), kind, came.stop, at)
