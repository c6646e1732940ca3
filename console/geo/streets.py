"""Travel on one region's roads: matrices, route lines, snapping; the engine runs beside us."""

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
    Region,
    Snapped,
    Unreachable,
)
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate, PlaceId
from console.domain.travel import UNREACHABLE, TravelMatrix
from console.geo import lines, roads
from console.geo.link import EngineLink
from console.geo.matrices import Cells, Point, TravelCache

SNAP_LIMIT_M = 1000.0  # an alpine farm lies 550 m from the last road a car may use
_BLOCK = 400_000  # cells computed in one question, about 60 MB in the engine
_MILLION = 1_000_000
_LEGS_KEPT = 20_000
_TOLERANCES_M = (3.0, 6.0, 12.0, 25.0)
_ROUTE_POINTS = 500  # 60 routes of about 300 points draw in 0.2 s


_Leg = tuple[str, Coordinate, Coordinate]
_Line = tuple[Coordinate, ...]


class RoadStreets:
    """Implements ``dispatch.ports.Streets`` for one region."""

    def __init__(self, region: Region) -> None:
        """Nothing starts before the first question."""
        self._region = region
        self._links: dict[str, EngineLink] = {}
        self._lock = threading.Lock()
        self._cache = TravelCache(region.folder)
        self._legs: OrderedDict[_Leg, tuple[_Line, ...]] = OrderedDict()

    def matrix(
        self,
        points: Mapping[PlaceId, Coordinate],
        profile: str = "car",
        progress: Progress | None = None,
    ) -> TravelMatrix:
        """Durations and distances between all pairs; pairs seen before are not computed again.

        Raises OffRoad or Unreachable, which name the places.
        """
        places = tuple(points)
        spots = [_rounded(points[place]) for place in places]
        distinct = list(dict.fromkeys(spots))
        work = _Work(self._link(profile), distinct, progress)
        try:
            square = self._cache.complete(distinct, profile, work.compute)
        except _Far as far:
            raise OffRoad(
                {
                    place: far.metres[spot]
                    for place, spot in zip(places, spots, strict=True)
                    if spot in far.metres
                },
                SNAP_LIMIT_M,
            ) from None
        where = {spot: i for i, spot in enumerate(distinct)}
        rows = [where[spot] for spot in spots]
        seconds, metres = square.seconds, square.metres
        if rows != list(range(len(distinct))):
            seconds, metres = seconds[np.ix_(rows, rows)], metres[np.ix_(rows, rows)]
        _check_reachable(places, seconds)
        return TravelMatrix(
            places, _flat(seconds), _flat(metres), profile, source=f"OSRM {self._region.name}"
        )

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
        found: list[tuple[tuple[float, float], float]]
        found = self._link(profile).ask("nearest", asked) if asked else []
        return [
            Snapped(Coordinate(lat, lon), metres) if metres <= SNAP_LIMIT_M else None
            for (lon, lat), metres in found
        ]

    def close(self) -> None:
        """End the engine's process."""
        with self._lock:
            for link in self._links.values():
                link.close()

    def _link(self, profile: str) -> EngineLink:
        if profile not in roads.PROFILES:
            raise ConsoleError(
                f"This region has no roads for {profile!r}, only for: {', '.join(roads.PROFILES)}.",
                remedy="Choose another kind of vehicle.",
            )
        with self._lock:
            if profile not in self._links:
                self._links[profile] = EngineLink(
                    roads.base(self._region.folder, profile), self._region.bounds
                )
            return self._links[profile]

    def _draw(self, profile: str, legs: Sequence[_Leg]) -> list[tuple[_Line, ...]]:
        """Each leg's line, fine to coarse."""
        if not legs:
            return []
        asked = [((a.lon, a.lat), (b.lon, b.lat)) for _, a, b in legs]
        drawn = self._link(profile).ask("lines", asked)
        return [
            _variants(lines.decode(line) if line else (origin, target))
            for line, (_, origin, target) in zip(drawn, legs, strict=True)
        ]


def _variants(line: Sequence[Coordinate]) -> tuple[_Line, ...]:
    found: list[_Line] = []
    for tolerance in _TOLERANCES_M:
        found.append(lines.thin(found[-1] if found else line, tolerance))
    return tuple(found)


class _Far(Exception):  # noqa: N818 - becomes OffRoad once the places are known by id
    """Points beyond the limit, with their distance in metres."""

    def __init__(self, metres: dict[Point, float]) -> None:
        super().__init__()
        self.metres = metres


class _Work:
    """Computes missing rows and columns block by block."""

    def __init__(
        self, link: EngineLink, points: Sequence[Point], progress: Progress | None
    ) -> None:
        self._link = link
        self._points = points
        self._progress = progress

    def compute(self, origins: Sequence[int], targets: Sequence[int]) -> tuple[Cells, Cells]:
        seconds = np.zeros((len(origins), len(targets)), dtype=np.uint32)
        metres = np.zeros_like(seconds)
        step = max(1, _BLOCK // max(1, len(targets)))
        far: dict[Point, float] = {}
        for start in range(0, len(origins), step):
            rows = slice(start, start + step)
            seconds[rows], metres[rows] = self._block(origins[rows], targets, far)
            self._tell(min(1.0, (start + step) / len(origins)))
        if far:
            raise _Far(far)
        return seconds, metres

    def _block(
        self, origins: Sequence[int], targets: Sequence[int], far: dict[Point, float]
    ) -> tuple[Cells, Cells]:
        used = sorted({*origins, *targets})
        position = {point: i for i, point in enumerate(used)}
        durations, distances, from_road, to_road = self._link.ask(
            "table",
            [(self._points[i][1] / _MILLION, self._points[i][0] / _MILLION) for i in used],
            [position[i] for i in origins],
            [position[i] for i in targets],
            seconds=300.0,
        )
        for ends, metres in ((origins, from_road), (targets, to_road)):
            for i, off in zip(ends, metres, strict=True):
                if off > SNAP_LIMIT_M:
                    far[self._points[i]] = off
        shape = len(origins), len(targets)
        return _whole(durations, shape), _whole(distances, shape)

    def _tell(self, share: float) -> None:
        if self._progress:
            self._progress("Computing travel times", share)


def _whole(doubles: bytes, shape: tuple[int, int]) -> Cells:
    """Rounded; UNREACHABLE where there is no way."""
    cells = np.rint(np.frombuffer(doubles, dtype=np.float64)).reshape(shape)
    return np.where(np.isnan(cells), UNREACHABLE, cells).astype(np.uint32)


def _flat(cells: Cells) -> array[int]:
    flat = array("I")
    flat.frombytes(np.ascontiguousarray(cells, dtype=np.uintc).tobytes())
    return flat


def _rounded(point: Coordinate) -> Point:
    return round(point.lat * _MILLION), round(point.lon * _MILLION)


def _check_reachable(places: Sequence[PlaceId], seconds: Cells) -> None:
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
