"""Traffic by time of day: how fast each kind of road is, when, and which zones hold.

``Traffic`` is what a depot keeps, a value with a version. ``on`` makes of it the ``DayTraffic`` of
one service day: a few speed states, each of which the road engine builds once, and when they hold.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from console.domain.places import Coordinate, PlaceId
from console.domain.travel import keeps_out
from console.domain.zones import Span, Zone, ZoneId, ZoneKind, lies_in, moment

FREE = 100
"""Per cent of the speed on an empty road."""
LEAST, MOST = 5, 130
_DAYS = 2  # a shift that begins on the service day ends within these; what holds last stays


class RoadClass(StrEnum):
    """Kinds of road that are jammed alike; the order is that of the speed table."""

    MOTORWAY = "motorway"
    TRUNK = "trunk"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"
    LOCAL = "local"


CLASSES = tuple(RoadClass)
Row = tuple[int, ...]
"""Per cent of the free speed, one for each of ``CLASSES``."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the day with its own speeds, until the next one begins (the depot's clock)."""

    name: str
    begins: time


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week (Monday is 0) with the same traffic."""

    name: str
    days: tuple[int, ...]


DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class SpeedTable:
    """Speeds by weekdays, slice and road class: ``rows[weekdays][slice][class]`` in per cent.

    The first slice begins at midnight. ``source`` says where the figures come from.
    """

    slices: tuple[Slice, ...]
    groups: tuple[Weekdays, ...]
    rows: tuple[tuple[Row, ...], ...]
    source: str = ""

    def __post_init__(self) -> None:
        begins = [part.begins for part in self.slices]
        if not begins or begins[0] != time() or begins != sorted(set(begins)):
            raise ValueError("slices begin at midnight, one after the other")
        if sorted(day for group in self.groups for day in group.days) != list(range(7)):
            raise ValueError("every day of the week is in one group")
        shape = [[len(CLASSES)] * len(self.slices)] * len(self.groups)
        if [[len(row) for row in group] for group in self.rows] != shape:
            raise ValueError("a speed table has a row for every slice of every group")
        if any(not LEAST <= cell <= MOST for g in self.rows for row in g for cell in row):
            raise ValueError(f"speeds are {LEAST} to {MOST} % of the free speed")

    def apart(self) -> "SpeedTable":
        """The same with rows of its own for each day of the week."""
        at = {day: rows for g, rows in zip(self.groups, self.rows, strict=True) for day in g.days}
        groups = tuple(Weekdays(name, (day,)) for day, name in enumerate(DAY_NAMES))
        return replace(self, groups=groups, rows=tuple(at[day] for day in range(7)))

    def of(self, day: date) -> tuple[Row, ...]:
        """The rows of a day's slices."""
        return next(
            rows
            for group, rows in zip(self.groups, self.rows, strict=True)
            if day.weekday() in group.days
        )


@dataclass(frozen=True, slots=True)
class SlowArea:
    """A polygon in which speeds are multiplied by ``percent``; 0 closes it."""

    corners: tuple[Coordinate, ...]
    percent: int

    def contains(self, point: Coordinate) -> bool:
        """True inside."""
        return lies_in(point, self.corners)


@dataclass(frozen=True, slots=True)
class SpeedState:
    """How fast everything is for a while; the same state has the same ``key`` on every day.

    ``row`` is empty for free roads. ``areas`` are slow or closed.
    """

    row: Row = ()
    areas: tuple[SlowArea, ...] = ()

    @property
    def is_free(self) -> bool:
        """Nothing differs from the empty road."""
        return not self.areas and all(cell == FREE for cell in self.row)

    @property
    def key(self) -> str:
        """Names the state by its content; empty for free roads."""
        return "" if self.is_free else _digest(self)

    @property
    def closes(self) -> bool:
        """Something is closed."""
        return any(not area.percent for area in self.areas)

    def with_areas(self, areas: tuple[SlowArea, ...]) -> "SpeedState":
        """The same with further slow or closed areas."""
        return SpeedState(self.row, (*self.areas, *areas))


FREE_ROADS = SpeedState()


@dataclass(frozen=True, slots=True)
class Barred:
    """An area only vehicles with one of the ``allowed`` properties may enter.

    It holds in ``spans``; () holds all day.
    """

    corners: tuple[Coordinate, ...]
    allowed: tuple[str, ...]
    spans: tuple[Span, ...] = ()

    def holds(self, instant: int) -> bool:
        """True where it bars at a moment (UTC epoch seconds)."""
        return not self.spans or any(begin <= instant < end for begin, end in self.spans)


@dataclass(frozen=True, slots=True)
class DayTraffic:
    """The traffic of one service day.

    ``states`` are (from, UTC epoch seconds; state), in order; ``before`` holds until the first.
    ``outs`` are the sets of ``barred`` areas (by position) that some vehicle of the day keeps out
    of. ``hours`` are zones with the spans in which stops inside may be served. ``usual`` is the
    state at ``noon`` (UTC epoch seconds), by whose ways distances are measured.
    """

    version: str = ""
    before: SpeedState = FREE_ROADS
    states: tuple[tuple[int, SpeedState], ...] = ()
    barred: tuple[Barred, ...] = ()
    hours: tuple[tuple[Zone, tuple[Span, ...]], ...] = ()
    outs: tuple[tuple[int, ...], ...] = ()
    usual: SpeedState = FREE_ROADS
    noon: int = field(default=0, compare=False)

    def keeping_out(self, vehicles: Iterable[Collection[str]]) -> "DayTraffic":
        """The same, told which vehicles drive that day, each by its properties."""
        allowed = [area.allowed for area in self.barred]
        outs = {keeps_out(allowed, properties) for properties in vehicles}
        return replace(self, outs=tuple(sorted(outs - {()})))

    def closed_to(self, out: Sequence[int]) -> "DayTraffic":
        """The same for vehicles that keep out of these of the ``barred`` areas."""
        areas = [self.barred[i] for i in out]
        ends = {end for area in areas for end in _ends(area.spans)}
        moments = sorted(ends.union(begins for begins, _ in self.states))

        def shut(state: SpeedState, instant: int) -> SpeedState:
            return state.with_areas(
                tuple(SlowArea(area.corners, 0) for area in areas if area.holds(instant))
            )

        states = list[tuple[int, SpeedState]]()
        before = last = shut(self.before, moments[0] - 1 if moments else self.noon)
        for each in moments:
            state = shut(self.at(each), each)
            if state != last:
                states.append((each, state))
            last = state
        usual = shut(self.usual, self.noon)
        return replace(self, before=before, states=tuple(states), usual=usual)

    @property
    def distinct(self) -> tuple[SpeedState, ...]:
        """Every state that occurs, once."""
        found = {state.key: state for state in (self.before, *(s for _, s in self.states))}
        return tuple(found.values())

    def at(self, instant: int) -> SpeedState:
        """The state of a moment (UTC epoch seconds)."""
        state = self.before
        for begins, after in self.states:
            if begins > instant:
                break
            state = after
        return state

    def hours_of(
        self, points: Mapping[PlaceId, Coordinate]
    ) -> dict[PlaceId, tuple[tuple[Span, ...], ...]]:
        """For places inside zones with delivery hours: the spans of each of those zones."""
        found: dict[PlaceId, tuple[tuple[Span, ...], ...]] = {}
        for zone, spans in self.hours:
            for place, point in points.items():
                if zone.contains(point):
                    found[place] = (*found.get(place, ()), spans)
        return found


NO_TRAFFIC = DayTraffic()


@dataclass(frozen=True, slots=True)
class Traffic:
    """What a depot knows of its traffic; ``speeds`` None drives on free roads."""

    speeds: SpeedTable | None = None
    zones: tuple[Zone, ...] = ()

    @property
    def version(self) -> str:
        """Names this value by its content; empty where there is no traffic."""
        return _digest(self) if self.speeds or self.zones else ""

    def on(self, day: date, zone: tzinfo) -> DayTraffic:
        """The traffic of a service day on the depot's clock."""
        days = [day + timedelta(days=n) for n in range(-1, _DAYS)]
        active = [each for each in self.zones if any(map(each.holds_on, days))]
        spans = {each.id: each.spans(days, zone) for each in active}
        begins = sorted(_moments(self.speeds, days, zone).union(*map(_ends, spans.values())))
        midnight, next_day, over = (
            moment(day + timedelta(days=n), time(), zone) for n in (0, 1, _DAYS)
        )
        noon = moment(day, time(12), zone)
        states: list[tuple[int, SpeedState]] = []
        before = self._state(midnight - 1, zone, spans)
        last = before
        for begin in (each for each in begins if midnight <= each < over):
            state = self._state(begin, zone, spans)
            if state != last:
                states.append((begin, state))
            last = state
        return DayTraffic(
            self.version,
            before,
            tuple(states),
            tuple(
                Barred(e.corners, e.allowed, _hours_of(spans[e.id], midnight, next_day))
                for e in active
                if e.kind is ZoneKind.LOW_EMISSION and _within(spans[e.id], midnight, next_day)
            ),
            tuple((e, _within(spans[e.id], midnight, next_day)) for e in active if _limits(e, day)),
            usual=self._state(noon, zone, spans),
            noon=noon,
        )

    def _state(
        self, instant: int, zone: tzinfo, spans: Mapping[ZoneId, Sequence[Span]]
    ) -> SpeedState:
        areas = tuple(
            SlowArea(each.corners, each.percent if each.kind is ZoneKind.SLOW else 0)
            for each in self.zones
            if each.kind in (ZoneKind.SLOW, ZoneKind.CLOSED)
            and any(begin <= instant < end for begin, end in spans.get(each.id, ()))
        )
        row = _row_at(self.speeds, instant, zone) if self.speeds else ()
        return SpeedState(row if any(cell != FREE for cell in row) else (), areas)


def _limits(zone: Zone, day: date) -> bool:
    return zone.kind is ZoneKind.DELIVERY_HOURS and zone.holds_on(day)


def _within(spans: Sequence[Span], begin: int, end: int) -> tuple[Span, ...]:
    """The spans that touch a day: who misses its last one is late, and not early tomorrow."""
    return tuple(span for span in spans if span[0] < end and span[1] > begin)


def _hours_of(spans: Sequence[Span], begin: int, end: int) -> tuple[Span, ...]:
    """The spans of what holds for a part of the day; () where it holds for the whole of it."""
    if any(first <= begin and last >= end for first, last in spans):
        return ()
    return _within(spans, begin, end)


def _ends(spans: Sequence[Span]) -> set[int]:
    return {end for span in spans for end in span}


def _moments(speeds: SpeedTable | None, days: Sequence[date], zone: tzinfo) -> set[int]:
    if speeds is None:
        return set()
    return {moment(day, part.begins, zone) for day in days for part in speeds.slices}


def _row_at(speeds: SpeedTable, instant: int, zone: tzinfo) -> Row:
    """The row of the slice that the clock on the wall is in."""
    wall = datetime.fromtimestamp(instant, zone)
    begun = zip(speeds.slices, speeds.of(wall.date()), strict=True)
    return [row for part, row in begun if part.begins <= wall.time()][-1]


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]
