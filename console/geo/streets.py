"""Travel on one region's roads by one engine: matrices, route lines, directions, snapping."""

import threading
from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from console.dispatch.ports import (
    Geometry,
    OffRoad,
    Progress,
    Reach,
    Region,
    Snapped,
    Step,
    Unreachable,
    Way,
)
from console.dispatch.traces import Fix, Trace, Untraceable
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate, PlaceId
from console.domain.traffic import NO_TRAFFIC, DayTraffic
from console.domain.travel import UNREACHABLE, TravelMatrix
from console.geo import lines
from console.geo.asking import Work, on_road
from console.geo.engines.contract import Engine, Tracing
from console.geo.matrices import Cells, Point, TravelCache
from console.tongues import tr

SNAP_LIMIT_M = 1000.0  # an alpine farm lies 550 m from the last road a car may use
_MILLION = 1_000_000
_LEGS_KEPT = 20_000
_LEGS_ASKED = 19  # at once: a server takes 20 places, as a rule
_TOLERANCES_M = (3.0, 6.0, 12.0, 25.0)
_ROUTE_POINTS = 500  # 60 routes of about 300 points draw in 0.2 s


_Leg = tuple[str, Coordinate, Coordinate]
_Line = tuple[Coordinate, ...]


class RoadStreets:
    """Implements ``dispatch.ports.Streets`` for one region and one engine."""

    def __init__(self, region: Region, engine: Engine) -> None:
        """Nothing starts before the first question."""
        self.folder = region.folder
        self._engine = engine
        self._lock = threading.Lock()
        # What a server answers may change behind our back: it is kept as long as we run.
        self._cache = TravelCache(region.folder if engine.version else None)
        self._legs: OrderedDict[_Leg, tuple[_Line, ...]] = OrderedDict()

    def prepare(self, profile: str, progress: Progress | None = None) -> None:
        """Build what a profile's roads need, unless it is there."""
        self._engine.prepare(profile, progress)

    def is_ready(self, profile: str) -> bool:
        """True when questions about a profile are answered without a build."""
        return self._engine.is_ready(profile)

    def matrix(
        self,
        points: Mapping[PlaceId, Coordinate],
        profile: str = "car",
        progress: Progress | None = None,
    ) -> TravelMatrix:
        """Durations and distances between all pairs; pairs seen before are not computed again.

        Raises OffRoad or Unreachable, which name the places.
        """
        seconds, metres = self.square(points, profile, progress)
        check_reachable(tuple(points), seconds)
        return self._matrix(points, profile, (seconds, metres))

    def drivable(
        self,
        points: Mapping[PlaceId, Coordinate],
        profile: str,
        traffic: DayTraffic = NO_TRAFFIC,
        progress: Progress | None = None,
    ) -> TravelMatrix:
        """The same for a vehicle that may not get everywhere: UNREACHABLE where it does not.

        These streets know no traffic.
        """
        (seconds, metres), off = self._computed(points, profile, progress)
        lost = [row for row, place in enumerate(points) if place in off]
        if lost:
            seconds, metres = seconds.copy(), metres.copy()
            for cells in (seconds, metres):
                cells[lost, :] = cells[:, lost] = UNREACHABLE
                cells[lost, lost] = 0
        return self._matrix(points, profile, (seconds, metres))

    def _matrix(
        self, points: Mapping[PlaceId, Coordinate], profile: str, cells: tuple[Cells, Cells]
    ) -> TravelMatrix:
        seconds, metres = map(_flat, cells)
        return TravelMatrix(tuple(points), seconds, metres, profile, source=self._engine.name)

    def square(
        self,
        points: Mapping[PlaceId, Coordinate],
        profile: str = "car",
        progress: Progress | None = None,
    ) -> tuple[Cells, Cells]:
        """Seconds and metres between all pairs, UNREACHABLE where no way leads; raises OffRoad."""
        cells, off = self._computed(points, profile, progress)
        if off:
            raise OffRoad(off, SNAP_LIMIT_M, profile)
        return cells

    def _computed(
        self, points: Mapping[PlaceId, Coordinate], profile: str, progress: Progress | None
    ) -> tuple[tuple[Cells, Cells], dict[PlaceId, float]]:
        """Seconds and metres between all pairs; the metres of who is too far from any road."""
        spots = [_rounded(point) for point in points.values()]
        distinct = list(dict.fromkeys(spots))
        if distinct:
            self._engine.prepare(profile, progress)
        work = Work(self._engine, profile, distinct, SNAP_LIMIT_M)
        manner = work.manner(progress)
        square = self._cache.complete(distinct, self._key(profile), work.compute, work.far, manner)
        where = {spot: i for i, spot in enumerate(distinct)}
        rows = [where[spot] for spot in spots]
        off = {p: work.far[row] for p, row in zip(points, rows, strict=True) if row in work.far}
        if rows == list(range(len(distinct))):
            return (square.seconds, square.metres), off
        cells = np.ix_(rows, rows)
        return (square.seconds[cells], square.metres[cells]), off

    def geometry(self, points: Sequence[Coordinate], profile: str = "car") -> Geometry:
        """The line along streets through the points in order, a few hundred points in all.

        A leg to which no road leads is a straight line.
        """
        wanted = [(profile, origin, target) for origin, target in pairwise(points)]
        with self._lock:
            missing = [leg for leg in dict.fromkeys(wanted) if leg not in self._legs]
        found = dict(zip(missing, self._draw(profile, missing), strict=True))
        with self._lock:
            self._legs.update(found)
            legs = [self._legs[leg] for leg in wanted]
            for leg in wanted:
                self._legs.move_to_end(leg)
            while len(self._legs) > max(_LEGS_KEPT, len(wanted)):
                self._legs.popitem(last=False)
        return Geometry(_slim(legs))

    def snap(self, points: Sequence[Coordinate], profile: str = "car") -> list[Snapped | None]:
        """Nearest points on the road network and the metres to them; None beyond the limit."""
        asked = [(point.lon, point.lat) for point in points]
        found = self._engine.nearest(profile, asked) if asked else []
        return [
            Snapped(Coordinate(lat, lon), metres) if metres <= SNAP_LIMIT_M else None
            for (lon, lat), metres in found
        ]

    def directions(
        self, points: Sequence[Coordinate], profile: str = "car", language: str = "en"
    ) -> list[tuple[Step, ...]]:
        """What a driver does on each leg between neighbouring points, in her language.

        Not kept: it is asked for once, when a route is printed or sent.
        """
        asked = [(point.lon, point.lat) for point in points]
        found: list[tuple[Step, ...]] = []
        for start in range(0, len(asked) - 1, _LEGS_ASKED):
            part = asked[start : start + _LEGS_ASKED + 1]
            found += self._told(profile, part, language)
        if points[1:] and not any(found):
            raise ConsoleError(
                tr("No road leads through these points in their order."),
                remedy=tr("Put them on the map where a driver can get to them."),
            )
        return found

    def _told(
        self, profile: str, points: Sequence[tuple[float, float]], language: str
    ) -> list[tuple[Step, ...]]:
        """Of points that no way joins, leg by leg: those that have one are told."""
        legs = self._engine.directions(profile, points, language)
        if len(legs) == len(points) - 1:
            return legs
        if len(points) == 2:
            return [()]
        pairs = pairwise(points)
        return [leg for pair in pairs for leg in self._told(profile, pair, language)]

    def way(self, origin: Coordinate, target: Coordinate, profile: str = "car") -> Way:
        """How far it is from one point to another."""
        ends = {PlaceId("the first point"): origin, PlaceId("the second point"): target}
        matrix = self.matrix(ends, profile)
        return Way(matrix.durations[1], matrix.distances[1], matrix.source)

    def reach(self, point: Coordinate, minutes: Sequence[int], profile: str = "car") -> list[Reach]:
        """What is within so many minutes of driving from a point, in the order asked."""
        if not minutes:
            return []
        on_road(self._engine, profile, point, SNAP_LIMIT_M)
        rings = self._engine.reach(profile, (point.lon, point.lat), minutes)
        return [Reach(limit, found) for limit, found in zip(minutes, rings, strict=True)]

    def trace(self, fixes: Sequence[Fix], profile: str = "car") -> Trace:
        """The road that was driven by what was at these positions, in order of time."""
        if not isinstance(self._engine, Tracing):
            raise Untraceable(self._engine.name)
        return self._engine.trace(profile, fixes)

    def close(self) -> None:
        """End the engine's process."""
        self._engine.close()
        self.forget()

    def forget(self) -> None:
        """Let go of what is kept; the engine goes on to answer others."""
        self._cache.close()

    def _key(self, profile: str) -> str:
        return f"{self._engine.version or self._engine.name}/{profile}"

    def _draw(self, profile: str, legs: Sequence[_Leg]) -> list[tuple[_Line, ...]]:
        """Each leg's line, fine to coarse."""
        if not legs:
            return []
        drawn = self._engine.lines(profile, [((a.lon, a.lat), (b.lon, b.lat)) for _, a, b in legs])
        return [
            _variants(line or (origin, target))
            for line, (_, origin, target) in zip(drawn, legs, strict=True)
        ]


def _variants(line: Sequence[Coordinate]) -> tuple[_Line, ...]:
    found: list[_Line] = []
    for tolerance in _TOLERANCES_M:
        found.append(lines.thin(found[-1] if found else line, tolerance))
    return tuple(found)


def _flat(cells: Cells) -> array[int]:
    flat = array("I")
    flat.frombytes(np.ascontiguousarray(cells, dtype=np.uintc).tobytes())
    return flat


def _rounded(point: Coordinate) -> Point:
    return round(point.lat * _MILLION), round(point.lon * _MILLION)


def check_reachable(places: Sequence[PlaceId], seconds: Cells) -> None:
    """Raise Unreachable where there are such cells."""
    lost = np.argwhere(seconds == UNREACHABLE)
    if len(lost):
        raise Unreachable([(places[int(row)], places[int(column)]) for row, column in lost[:1000]])


def _slim(legs: Sequence[tuple[_Line, ...]]) -> tuple[_Line, ...]:
    """The finest lines with which the whole route is small enough to draw fast."""
    slim: tuple[_Line, ...] = ()
    for fineness in range(len(_TOLERANCES_M)):
        slim = tuple(leg[fineness] for leg in legs)
        if sum(map(len, slim)) <= _ROUTE_POINTS:
            break
    return slim
