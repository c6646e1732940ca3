"""Did it help: the rate of a group before an action and after it, with the statistics of ``rates``.

One question, asked once: nothing is paid for other groups. What was looked at because its rate was
high falls a little by itself, so the rate of all others over the same days stands beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from console.domain.clusters import ENOUGH_DAYS, SURE, By, Try
from console.domain.plan import Cause
from console.domain.rates import Count, above, below, effective, interval


class Outcome(StrEnum):
    """What may be said of an action."""

    FELL = "fell"
    ROSE = "rose"
    SAME = "same"  # no clear change
    FEW = "few"  # not even without any case it could be said by now


@dataclass(frozen=True, slots=True)
class Side:
    """``cases`` in ``of`` visits on ``days`` days; the rate lies between ``low`` and ``high``."""

    cases: int
    of: int
    days: int
    low: float
    high: float

    @property
    def rate(self) -> float:
        """Cases per visit; 0 without any."""
        return self.cases / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Effect:
    """Both sides of the day of the action; ``chance`` is the p of what is said.

    ``others`` are the rates of all other visits before and after, None where there are none.
    """

    before: Side
    after: Side
    outcome: Outcome
    chance: float
    others: tuple[float, float] | None = None

    @property
    def worked(self) -> bool | None:
        """True or False where that is clear."""
        return {Outcome.FELL: True, Outcome.ROSE: False}.get(self.outcome)


@dataclass(frozen=True, slots=True)
class Measured:
    """Whose rate should fall: for a cause (None: any), of all visits or of one group."""

    cause: Cause | None
    by: By | None = None
    key: str = ""

    def holds(self, one: Try) -> bool:
        """True where a visit belongs to it."""
        return self.by is None or one.groups.get(self.by) == self.key

    def is_case(self, one: Try) -> bool:
        """True where something of the kind went wrong."""
        return any(self.cause in (None, fact.cause) for fact in one.facts)


def effect(tries: Iterable[Try], measured: Measured, acted: date) -> Effect:
    """Visits before the day of the action against those after it; the day itself is both."""
    visits = [each for each in tries if not each.is_round and each.day != acted]
    own = [each for each in visits if measured.holds(each)]
    rest = [each for each in visits if not measured.holds(each)]
    sides = [_days(part, measured) for part in _parts(own, acted)]
    before, after = (effective(list(days.values())) for days in sides)
    outcome, chance = _outcome(before, after, len(sides[1]))
    return Effect(_side(sides[0]), _side(sides[1]), outcome, chance, _others(rest, measured, acted))


def _parts(tries: Sequence[Try], acted: date) -> tuple[list[Try], list[Try]]:
    return [t for t in tries if t.day < acted], [t for t in tries if t.day > acted]


def _days(tries: Sequence[Try], measured: Measured) -> dict[date, tuple[int, int]]:
    found = dict[date, tuple[int, int]]()
    for each in tries:
        cases, of = found.get(each.day, (0, 0))
        found[each.day] = cases + measured.is_case(each), of + 1
    return found


def _outcome(before: Count, after: Count, days: int) -> tuple[Outcome, float]:
    fell, rose = below(after, before), above(after, before)
    if days >= ENOUGH_DAYS and rose <= SURE:
        return Outcome.ROSE, rose
    if days < ENOUGH_DAYS or below(Count(0, after.of), before) > SURE:
        return Outcome.FEW, fell
    return (Outcome.FELL if fell <= SURE else Outcome.SAME), fell


def _side(days: dict[date, tuple[int, int]]) -> Side:
    some = list(days.values())
    cases, of = sum(each for each, _ in some), sum(each for _, each in some)
    return Side(cases, of, len(days), *interval(effective(some)))


def _others(rest: Sequence[Try], measured: Measured, acted: date) -> tuple[float, float] | None:
    before, after = (_side(_days(part, measured)) for part in _parts(rest, acted))
    return (before.rate, after.rate) if before.of and after.of else None
