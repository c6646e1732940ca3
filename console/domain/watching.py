"""Where a driver is on her route, from GPS fixes: matched to the line, visits told by their fence.

Pure, and on a plane: metres about a point of the route. Fixes may be missing, wrong or late:

- a fix that is too coarse, or would need a speed no van has, does not count, unless the next ones
  say the same;
- a visit begins with the first fix inside a stop's fence, once the driver has stayed for the dwell
  time; the next stop of the route needs a short one, any other open stop a long one, as she may be
  waiting at a light;
- one stray fix outside does not end a visit, two in a row do;
- nothing is concluded from silence: inside before a gap and inside after it is one stay.
"""

import math
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from console.domain.places import EARTH_RADIUS_M, Coordinate
from console.domain.plan import StopId

FENCE = 45.0  # m about a stop's door or parking place
LEAVING = 80.0  # m, farther than the fence: fixes jitter
COARSE = 100.0  # m of accuracy, from which on a fix says nothing
FASTEST = 55.0  # m/s
DWELL, LONG_DWELL = 40.0, 150.0  # s
CONVINCED = 3  # fixes in a row that contradict the ones before
NEAR_LINE = 60.0  # m within which a fix is on the route
KEPT = 240  # fixes that are looked at again when one comes late
_PIECE = 8  # parts of a line that are left out together
_METRES = math.radians(1) * EARTH_RADIUS_M

XY = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plane:
    """Metres east and north of a point; good for a city."""

    lat: float
    lon: float

    def xy(self, point: Coordinate) -> XY:
        """Where a point is."""
        narrow = math.cos(math.radians(self.lat))
        return (point.lon - self.lon) * narrow * _METRES, (point.lat - self.lat) * _METRES

    def point(self, xy: XY) -> Coordinate:
        """And back."""
        narrow = math.cos(math.radians(self.lat))
        return Coordinate(self.lat + xy[1] / _METRES, self.lon + xy[0] / (narrow * _METRES))


@dataclass(frozen=True, slots=True, order=True)
class Fix:
    """A fix on the plane; ``at`` in epoch seconds, ``accuracy`` in metres."""

    at: float
    xy: XY
    accuracy: float = 10.0


@dataclass(frozen=True, slots=True)
class Fence:
    """An open stop: its door, and where the line along streets passes it."""

    stop: StopId
    spots: tuple[XY, ...]

    def metres(self, xy: XY) -> float:
        """How far it is."""
        return min(math.hypot(xy[0] - x, xy[1] - y) for x, y in self.spots)


@dataclass(frozen=True, slots=True)
class Came:
    """A visit began (``is_left`` False) or ended; ``at`` in epoch seconds."""

    stop: StopId
    at: float
    is_left: bool = False


@dataclass(slots=True)
class _Stay:
    stop: StopId
    since: float
    is_told: bool = False
    outside: list[float] = field(default_factory=list[float])


class Watch:
    """One driver's fixes, looked at in the order they were taken."""

    def __init__(self, fences: Sequence[Fence] = ()) -> None:
        self._fences = tuple(fences)
        self._fixes = deque[Fix](maxlen=KEPT)
        self._state = _State()

    @property
    def last(self) -> Fix | None:
        """The newest fix that counts."""
        return self._state.last

    def expect(self, fences: Sequence[Fence]) -> None:
        """These stops are open now, in this order."""
        self._fences = tuple(fences)

    def see(self, *fixes: Fix) -> list[Came]:
        """What follows from more fixes; those that come late are put where they belong.

        Then the fixes since are looked at again, once for all that are late: what was told before
        may be told again.
        """
        came, late = list[Came](), list[Fix]()
        for fix in sorted(fixes):
            if self._fixes and fix.at < self._fixes[-1].at:
                late.append(fix)
            else:
                self._fixes.append(fix)
                came += self._state.step(fix, self._fences)
        return [*came, *self._see_late(late)] if late else came

    def _see_late(self, late: Sequence[Fix]) -> list[Came]:
        fixes, is_full = list(self._fixes), len(self._fixes) == KEPT
        fresh = [fix for fix in late if fix not in fixes and not (is_full and fix.at < fixes[0].at)]
        if not fresh:
            return []
        self._fixes = deque(sorted([*fixes, *fresh])[-KEPT:], maxlen=KEPT)
        self._state = _State()
        return [came for each in self._fixes for came in self._state.step(each, self._fences)]


class _State:
    """What the fixes so far come to."""

    __slots__ = ("_odd", "_stay", "last")

    def __init__(self) -> None:
        self.last: Fix | None = None
        self._odd: list[Fix] = []
        self._stay: _Stay | None = None

    def step(self, fix: Fix, fences: Sequence[Fence]) -> list[Came]:
        """One fix on."""
        if not self._counts(fix):
            return []
        self.last = fix
        left = self._leave(fix, fences)
        return [*left, *self._come(fix, fences)]

    def _counts(self, fix: Fix) -> bool:
        if fix.accuracy > COARSE:
            return False
        if self.last is None or _is_possible(self.last, fix):
            self._odd = []
            return True
        if self._odd and not _is_possible(self._odd[-1], fix):
            self._odd = []
        self._odd.append(fix)
        if len(self._odd) < CONVINCED:
            return False
        self._odd = []
        return True

    def _leave(self, fix: Fix, fences: Sequence[Fence]) -> list[Came]:
        stay = self._stay
        if stay is None:
            return []
        fence = next((each for each in fences if each.stop == stay.stop), None)
        if fence is None:  # done, or no longer on the route
            self._stay = None
            return []
        if fence.metres(fix.xy) <= LEAVING:
            stay.outside = []
            return []
        stay.outside.append(fix.at)
        if len(stay.outside) < 2:
            return []
        self._stay = None
        return [Came(stay.stop, stay.outside[0], is_left=True)] if stay.is_told else []

    def _come(self, fix: Fix, fences: Sequence[Fence]) -> list[Came]:
        stay = self._stay
        if stay is not None and stay.is_told:
            return []
        near = _nearest(fix.xy, fences)
        if near is None:
            return []
        if stay is None or stay.stop != near.stop:
            self._stay = _Stay(near.stop, fix.at)
            return []
        dwell = DWELL if near.stop == fences[0].stop else LONG_DWELL
        if fix.at - stay.since < dwell:
            return []
        stay.is_told = True
        return [Came(stay.stop, stay.since)]


def _is_possible(before: Fix, fix: Fix) -> bool:
    metres = math.hypot(fix.xy[0] - before.xy[0], fix.xy[1] - before.xy[1])
    slack = before.accuracy + fix.accuracy + 30
    return metres <= slack + FASTEST * max(0.0, fix.at - before.at)


def _nearest(xy: XY, fences: Sequence[Fence]) -> Fence | None:
    """The next stop where she is within its fence, else the nearest one she is within."""
    if fences and fences[0].metres(xy) <= FENCE:
        return fences[0]
    best, least = None, FENCE
    for fence in fences[1:]:
        metres = fence.metres(xy)
        if metres <= least:
            best, least = fence, metres
    return best


def _share(one: XY, other: XY, xy: XY) -> float:
    """Of the way from one point to another, where a third is nearest; 0 where there is no way."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    squared = dx * dx + dy * dy
    share = ((xy[0] - one[0]) * dx + (xy[1] - one[1]) * dy) / squared if squared else 0.0
    return min(1.0, max(0.0, share))


def _off(one: XY, other: XY, xy: XY) -> float:
    """How far a point is from the way between two others (m)."""
    if one == other:
        return math.inf
    share = _share(one, other, xy)
    x, y = one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])
    return math.hypot(xy[0] - x, xy[1] - y)


def _box(points: Sequence[XY]) -> tuple[float, float, float, float]:
    """West, south, east and north of some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _aside(box: tuple[float, float, float, float], xy: XY) -> float:
    """How far a point is from a box (m); 0 inside."""
    west, south, east, north = box
    return math.hypot(max(west - xy[0], 0.0, xy[0] - east), max(south - xy[1], 0.0, xy[1] - north))


@dataclass(frozen=True, slots=True)
class Matched:
    """A fix on a line: where, how far along (m), heading (degrees from north), how far off (m)."""

    xy: XY
    along: float
    heading: float
    off: float


class Line:
    """A route's line."""

    def __init__(self, points: Sequence[XY]) -> None:
        self.points = list(points)
        self._along = [0.0]
        for (x0, y0), (x1, y1) in zip(self.points, self.points[1:], strict=False):
            self._along.append(self._along[-1] + math.hypot(x1 - x0, y1 - y0))
        pieces = (self.points[i : i + _PIECE + 1] for i in range(0, len(self.points), _PIECE))
        self._boxes = [_box(piece) for piece in pieces]

    @property
    def metres(self) -> float:
        """Its whole length."""
        return self._along[-1]

    def at(self, metres: float) -> tuple[XY, float]:
        """The place so far along it, and the heading there (degrees from north)."""
        i = min(max(bisect_right(self._along, metres), 1), len(self.points) - 1)
        (x0, y0), (x1, y1) = self.points[i - 1], self.points[i]
        length = self._along[i] - self._along[i - 1]
        share = min(1.0, max(0.0, (metres - self._along[i - 1]) / length)) if length else 0.0
        heading = math.degrees(math.atan2(x1 - x0, y1 - y0)) % 360
        return (x0 + share * (x1 - x0), y0 + share * (y1 - y0)), heading

    def match(self, xy: XY, along: float = 0.0) -> Matched | None:
        """The nearest place on the line, near ``along`` where that is near enough to the line.

        None where it lies too far off everywhere, or the line has no length.
        """
        near = self._nearest(xy, along - 150, along + 1500)
        if near is None or near.off > NEAR_LINE:
            near = self._nearest(xy, 0.0, self.metres)
        return near if near is not None and near.off <= NEAR_LINE else None

    def nearest(self, xy: XY) -> XY | None:
        """The place on the line that is nearest to a point; None where it has no length."""
        found = self._nearest(xy, 0.0, self.metres)
        return None if found is None else found.xy

    def _nearest(self, xy: XY, low: float, high: float) -> Matched | None:
        """On the part between two lengths; pieces that lie too far away are passed over."""
        begin = max(0, bisect_left(self._along, low) - 1)
        end = min(len(self.points) - 1, bisect_right(self._along, high))
        best, least = -1, math.inf
        for first in range(begin - begin % _PIECE, end, _PIECE):
            if _aside(self._boxes[first // _PIECE], xy) >= least:
                continue
            for i in range(max(begin, first), min(end, first + _PIECE)):
                if (off := _off(self.points[i], self.points[i + 1], xy)) < least:
                    best, least = i, off
        return None if best < 0 else self._on(best, xy)

    def _on(self, i: int, xy: XY) -> Matched:
        """On a part that is no mere point."""
        (x0, y0), (x1, y1) = self.points[i], self.points[i + 1]
        share, length = _share(self.points[i], self.points[i + 1], xy), math.hypot(x1 - x0, y1 - y0)
        x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
        heading = math.degrees(math.atan2(x1 - x0, y1 - y0)) % 360
        off = math.hypot(xy[0] - x, xy[1] - y)
        return Matched((x, y), self._along[i] + share * length, heading, off)
