"""How likely a stop's first try is to fail, from the first tries of past days.

The rate of a door is beta-binomial: each door has a rate of its own, and those of all doors are
spread about what is usual for the depot as a beta distribution (Skellam 1948). How widely, is
measured: their intraclass correlation by analysis of variance (Ridout, Demetrio and Firth 1999).
So a door with few tries is taken for a usual one, and its own tries count more with each of them
(empirical Bayes, Casella 1985). What is usual depends on the area, the time that was asked for and
whether anybody was ever there: each moves the odds by those of its own tries, drawn towards the
depot's as if ``STEADY`` more had been seen; that they add up in log odds is assumed, not measured.

The interval is the beta's; that the depot's own rate is an estimate, too, is left out of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from math import sqrt

from console.domain.orders import TimeWindow
from console.domain.places import PlaceId
from console.domain.plan import Cause, StopId
from console.domain.rates import Count, beta, effective

ENOUGH_TRIES, ENOUGH_FAILED, ENOUGH_DAYS = 50, 5, 3
"""With less nothing is said at all."""
AT_THE_DOOR = frozenset(
    {Cause.ABSENT, Cause.ACCESS, Cause.ADDRESS, Cause.REFUSED, Cause.DAMAGE, Cause.WINDOW}
)
"""What a door may have to do with; a breakdown or a storm says nothing of it."""
SURE, MORE = 0.8, 1.5
"""A stop stands out that fails ``MORE`` times as often, and more often at all with this chance."""
STEADY = 50.0
_SPREAD = (5.0, 200.0)  # tries that the usual rate counts for, least and most
_USUAL_SPREAD, _FEW_DOORS = 20.0, 20  # where too few doors had two tries to measure it
_LEARNT = timedelta(days=20)  # before, a door may be new to the journals only
_MOST = 0.9
_INSIDE, _HALVINGS = 0.9, 30
_Z = 1.645


class Span(StrEnum):
    """A part of the day, on the depot's clock."""

    MORNING = "morning"
    AFTERNOON = "afternoon"  # from noon
    EVENING = "evening"  # from five
    ANY = "any"  # no window, or one of eight hours and more


_WIDE = timedelta(hours=8)


def span_at(moment: datetime, zone: tzinfo) -> Span:
    """The part of the day of a moment."""
    hour = moment.astimezone(zone).hour
    return Span.MORNING if hour < 12 else Span.AFTERNOON if hour < 17 else Span.EVENING


def span_of(windows: tuple[TimeWindow, ...], zone: tzinfo) -> Span:
    """The part of the day that was asked for: where the middle of the windows lies."""
    if not windows or windows[-1].latest - windows[0].earliest >= _WIDE:
        return Span.ANY
    first, last = windows[0].earliest, windows[-1].latest
    return span_at(first + (last - first) / 2, zone)


@dataclass(frozen=True, slots=True)
class FirstTry:
    """A visit that ended, the first one of its orders. ``cause`` is None where it did not fail."""

    day: date
    place: PlaceId
    asked: Span
    came: Span
    failed: bool
    cause: Cause | None = None


@dataclass(slots=True)
class Door:
    """What a door's first tries came to. ``came`` is (failed, tries) by when somebody was there."""

    tries: int = 0
    failed: int = 0
    causes: Counter[Cause] = field(default_factory=Counter[Cause])
    came: dict[Span, tuple[int, int]] = field(default_factory=dict[Span, tuple[int, int]])

    def take(self, each: FirstTry) -> None:
        """One more."""
        self.tries += 1
        self.failed += each.failed
        if each.cause is not None:
            self.causes[each.cause] += 1
        wrong, of = self.came.get(each.came, (0, 0))
        self.came[each.came] = wrong + each.failed, of + 1

    @property
    def cause(self) -> Cause | None:
        """What it failed of most often."""
        return min(self.causes, key=lambda c: (-self.causes[c], c), default=None)

    def better_than(self, planned: Span) -> Span | None:
        """A part of the day in which it never failed in two tries or more, unlike the planned."""
        wrong, _of = self.came.get(planned, (0, 0))
        good = [s for s, (bad, of) in self.came.items() if s is not planned and of > 1 and not bad]
        return max(good, key=lambda s: (self.came[s][1], s), default=None) if wrong else None


UNKNOWN_DOOR = Door()


@dataclass(frozen=True, slots=True)
class Risk:
    """How likely a first try fails: the beta of ``failing`` and ``going`` (in tries).

    ``door`` has the tries that were seen there; ``usual`` is the depot's rate.
    """

    failing: float
    going: float
    usual: float
    door: Door

    @property
    def rate(self) -> float:
        """Failures a try: the mean."""
        return self.failing / (self.failing + self.going)

    @property
    def interval(self) -> tuple[float, float]:
        """Rates that hold it in 90 of 100 cases."""
        tail = (1 - _INSIDE) / 2
        return _quantile(self, tail), _quantile(self, 1 - tail)

    @property
    def is_high(self) -> bool:
        """True where it stands out, and not by chance."""
        return self.rate >= MORE * self.usual and _over(self.failing, self.going, self.usual)


@lru_cache(maxsize=4096)
def _over(failing: float, going: float, usual: float) -> bool:
    return 1 - beta(usual, failing, going) >= SURE


def _quantile(risk: Risk, share: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if beta(middle, risk.failing, risk.going) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


@dataclass(frozen=True, slots=True)
class Expected:
    """How many orders will fail: the sum of their risks, and what holds it in 90 of 100 cases."""

    orders: float
    low: float
    high: float


def expected(risks: Iterable[tuple[Risk, int]], failed: int, overall: Count) -> Expected:
    """Of stops by (risk, orders), besides what has ``failed`` already.

    Stops fail apart from each other, and all of them as surely as the depot's rate is known.
    """
    mean = spread = 0.0
    for risk, orders in risks:
        rate = risk.failing / (risk.failing + risk.going)
        mean += rate * orders
        spread += rate * (1 - rate) * orders * orders
    unsure = (1 - overall.rate) / (overall.rate * overall.of) if overall.cases else 0.0
    margin = _Z * sqrt(spread + mean * mean * unsure)
    return Expected(failed + mean, failed + max(0.0, mean - margin), failed + mean + margin)


class Past:
    """The first tries of a depot's past days, put together."""

    def __init__(self, tries: Iterable[FirstTry], areas: Mapping[PlaceId, str]) -> None:
        self.doors: dict[PlaceId, Door] = {}
        self._areas, self._spans = dict[str, Door](), dict[Span, Door]()
        self._new = Door()
        days: dict[date, Door] = {}
        told = sorted(tries, key=lambda each: each.day)
        for each in told:
            is_learnt = each.day - told[0].day >= _LEARNT
            if is_learnt and each.place not in self.doors:
                self._new.take(each)
            days.setdefault(each.day, Door()).take(each)
            self.doors.setdefault(each.place, Door()).take(each)
            self._areas.setdefault(areas.get(each.place, ""), Door()).take(each)
            self._spans.setdefault(each.asked, Door()).take(each)
        self.tries, self.failed, self.days = len(told), sum(t.failed for t in told), len(days)
        self.overall = effective([(day.failed, day.tries) for day in days.values()])
        self.weight = _weight(self.doors.values())

    @property
    def is_enough(self) -> bool:
        """False where too little was seen to say anything."""
        enough = self.tries >= ENOUGH_TRIES and self.failed >= ENOUGH_FAILED
        return enough and self.days >= ENOUGH_DAYS and self.failed < self.tries

    def risk(self, place: PlaceId, area: str, asked: Span) -> Risk:
        """Of a first try there; only where there is enough."""
        door = self.doors.get(place)
        groups = [self._areas.get(area) if area else None, self._spans.get(asked)]
        rate = self._usual([*groups, *([self._new] if door is None else [])])
        door = door or UNKNOWN_DOOR
        failing = rate * self.weight + door.failed
        going = (1 - rate) * self.weight + door.tries - door.failed
        return Risk(round(failing, 4), round(going, 4), self.rate, door)

    @property
    def rate(self) -> float:
        """The depot's."""
        return self.failed / self.tries if self.tries else 0.0

    def _usual(self, groups: Iterable[Door | None]) -> float:
        usual = self.rate / (1 - self.rate)
        odds = usual
        for group in groups:
            if group is not None and group.tries:
                drawn = (group.failed + STEADY * self.rate) / (group.tries + STEADY)
                odds *= drawn / max(1e-9, 1 - drawn) / usual
        return min(_MOST, odds / (1 + odds))


def _weight(doors: Iterable[Door]) -> float:
    """How many tries the usual rate counts for: 1 / (correlation within doors) - 1, in bounds."""
    known = [(door.failed, door.tries) for door in doors]
    if sum(tries > 1 for _, tries in known) < _FEW_DOORS:
        return _USUAL_SPREAD
    many, whole = len(known), sum(tries for _, tries in known)
    rate = sum(failed for failed, _ in known) / whole
    between = sum((f - n * rate) ** 2 / n for f, n in known) / (many - 1)
    within = sum(f * (n - f) / n for f, n in known) / (whole - many)
    size = (whole - sum(n * n for _, n in known) / whole) / (many - 1)
    whole_spread = between + (size - 1) * within
    alike = (between - within) / whole_spread if whole_spread > 0 else 0.0
    least, most = _SPREAD
    return min(most, max(least, 1 / alike - 1)) if alike > 0 else most


@dataclass(frozen=True, slots=True)
class Risks:
    """Those of a day's stops, and what they rest upon; empty where too little was seen.

    ``points`` are the streets of the depot's pickup points.
    """

    of: Mapping[StopId, Risk] = field(default_factory=dict[StopId, Risk])
    overall: Count = Count(0, 0)
    tries: int = 0
    days: int = 0
    points: tuple[str, ...] = ()


NO_RISKS = Risks()
