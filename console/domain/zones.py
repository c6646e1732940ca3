"""Zones drawn on the map, with dates: slow, closed, low-emission, delivery hours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import NewType

from console.domain.places import Coordinate

ZoneId = NewType("ZoneId", str)

Span = tuple[int, int]
"""From and until, UTC epoch seconds."""

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
_CORNERS = 3


class ZoneKind(StrEnum):
    """What a zone does to the vehicles in it."""

    SLOW = "slow"  # everything takes longer
    CLOSED = "closed"  # nobody drives there
    LOW_EMISSION = "low_emission"  # only vehicles with one of some properties
    DELIVERY_HOURS = "delivery_hours"  # stops inside are served in these hours only


@dataclass(frozen=True, slots=True)
class Zone:
    """An area in which other rules hold at some times.

    ``corners`` are those of a polygon, at least three, in order. ``percent`` is the speed in a slow
    zone, of what it would be (1 to 100). It holds from ``first`` to ``last`` (None: without end) on
    ``weekdays`` (Monday is 0) from ``begins`` to ``ends``, the depot's clock: the whole day where
    both are the same; past midnight where it ends before it begins. ``allowed`` are the properties
    of vehicles that may enter a low-emission zone, one of them is enough.
    """

    id: ZoneId
    name: str
    kind: ZoneKind
    corners: tuple[Coordinate, ...]
    percent: int = 50
    first: date | None = None
    last: date | None = None
    weekdays: tuple[int, ...] = EVERY_DAY
    begins: time = time()
    ends: time = time()
    allowed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.corners) < _CORNERS:
            raise ValueError("a zone needs three corners or more")
        if not 1 <= self.percent <= 100:
            raise ValueError(f"no speed of a slow zone: {self.percent} %")
        if self.first and self.last and self.first > self.last:
            raise ValueError("a zone ends no earlier than it begins")

    def contains(self, point: Coordinate) -> bool:
        """True inside."""
        return lies_in(point, self.corners)

    def holds_on(self, day: date) -> bool:
        """True where it holds at some time of this day, or from it on past midnight."""
        if (self.first and day < self.first) or (self.last and day > self.last):
            return False
        return day.weekday() in self.weekdays

    def spans(self, days: Iterable[date], zone: tzinfo) -> tuple[Span, ...]:
        """When it holds on these days, in order, joined where one span meets the next."""
        found: list[Span] = []
        for day in days:
            if not self.holds_on(day):
                continue
            over = self.ends <= self.begins
            begin = moment(day, self.begins, zone)
            end = moment(day + timedelta(days=1) if over else day, self.ends, zone)
            if found and begin <= found[-1][1]:
                found[-1] = found[-1][0], max(end, found[-1][1])
            elif begin < end:
                found.append((begin, end))
        return tuple(found)


def lies_in(point: Coordinate, corners: Sequence[Coordinate]) -> bool:
    """True inside a polygon, by the even-odd rule on the flat map."""
    inside = False
    before = corners[-1]
    for corner in corners:
        if (corner.lat > point.lat) != (before.lat > point.lat):
            share = (point.lat - corner.lat) / (before.lat - corner.lat)
            if point.lon < corner.lon + share * (before.lon - corner.lon):
                inside = not inside
        before = corner
    return inside


def moment(day: date, at: time, zone: tzinfo) -> int:
    """A clock time of a day in UTC epoch seconds.

    What the clock leaves out in spring is as much later; what it shows twice is the first.
    """
    return int(datetime.combine(day, at, zone).astimezone(UTC).timestamp())
