"""Where things go wrong more often than elsewhere: past visits and rounds, group by group.

A group is all visits of an area, a promised window, a driver, a vehicle or a customer, or those of
the last days. Its rate is compared with that of all others: what would be expected of it. How,
and why few cases are no trend, is in ``rates``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from console.domain.plan import Cause, Fact
from console.domain.rates import Count, above, adjusted, effective, interval

ENOUGH_CASES, ENOUGH_DAYS = 5, 3
"""With fewer nothing is called a pattern, however unlikely it looks."""
SURE = 0.05
LATELY = timedelta(days=14)
_OVERLAP = 0.75


class By(StrEnum):
    """What visits are grouped by."""

    AREA = "area"
    WINDOW = "window"
    DRIVER = "driver"
    VEHICLE = "vehicle"
    CUSTOMER = "customer"
    LATELY = "lately"  # the last days against those before


@dataclass(frozen=True, slots=True)
class Try:
    """One visit, or one round, of a past day: which groups it is in, what went wrong, if anything.

    ``facts`` tell of that; with none all went well.
    """

    day: date
    groups: Mapping[By, str]
    facts: tuple[Fact, ...] = ()
    is_round: bool = False


class Verdict(StrEnum):
    """What may be said of a group, the clearest first."""

    CLEAR = "clear"  # more often than elsewhere
    EVENT = "event"  # more, but much of it at once on few days
    CHANCE = "chance"  # looks like more, but among so many groups some do
    FEW = "few"  # too few visits to say: twice the expected rate is not ruled out
    USUAL = "usual"  # no more than elsewhere


@dataclass(frozen=True, slots=True)
class Group:
    """What is looked at: a group by its key, for one ``cause`` or, None, for all."""

    by: By
    key: str
    cause: Cause | None = None
    is_round: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A group's figures: ``cases`` in ``of`` tries on ``days`` days with cases.

    ``expected`` is the rate of all others. ``low`` and ``high`` hold the group's own rate in 95 of
    100 cases. ``chance`` is the one-sided p, ``corrected`` the same for all groups looked at;
    ``alone`` and ``alone_corrected`` are what they would be, did days not resemble each other.
    """

    group: Group
    cases: int
    of: int
    days: int
    expected: float
    low: float
    high: float
    chance: float
    alone: float
    tries: tuple[Try, ...] = ()
    corrected: float = 1.0
    alone_corrected: float = 1.0

    @property
    def rate(self) -> float:
        """Cases per try."""
        return self.cases / self.of

    @property
    def times(self) -> float | None:
        """How many times the expected rate it is; None where elsewhere nothing went wrong."""
        return self.rate / self.expected if self.expected else None

    @property
    def verdict(self) -> Verdict:
        """What may be said."""
        is_enough = self.cases >= ENOUGH_CASES
        if is_enough and self.days >= ENOUGH_DAYS and self.corrected <= SURE:
            return Verdict.CLEAR
        if is_enough and self.alone_corrected <= SURE:
            return Verdict.EVENT
        if is_enough and self.chance <= SURE:
            return Verdict.CHANCE
        return Verdict.FEW if self.high >= 2 * self.expected else Verdict.USUAL


@dataclass(frozen=True, slots=True)
class Found:
    """All groups with cases, the clearest first; ``looked_at`` counts those without, too."""

    patterns: tuple[Pattern, ...]
    looked_at: int


def find(tries: Sequence[Try]) -> Found:
    """Look at every group that has enough tries, for all causes and for each that has cases."""
    found, looked_at = list[Pattern](), 0
    for is_round in (False, True):
        table = _Table(is_round)
        table.take(_with_lately([each for each in tries if each.is_round is is_round]))
        made = list(table.patterns())
        looked_at += table.looked_at
        found += made
    for_all = adjusted([each.chance for each in found], looked_at)
    alone = adjusted([each.alone for each in found], looked_at)
    told = [
        replace(each, corrected=q, alone_corrected=other)
        for each, q, other in zip(found, for_all, alone, strict=True)
    ]
    return Found(tuple(sorted(told, key=_rank)), looked_at)


def _rank(pattern: Pattern) -> tuple[int, float, float, str, str]:
    order = list(Verdict).index(pattern.verdict)
    group = pattern.group
    name = f"{group.by} {group.key} {group.cause or ''}"
    return order, pattern.corrected, pattern.chance, name, str(group.is_round)


def alike(pattern: Pattern, others: Iterable[Pattern]) -> list[Pattern]:
    """Those of the others that are mostly made of the same cases, and may be the true reason."""
    own = {id(each) for each in pattern.tries}
    return [
        other
        for other in others
        if other.group.by is not pattern.group.by
        and sum(id(each) in own for each in other.tries) >= _OVERLAP * len(own)
    ]


def _with_lately(tries: Sequence[Try]) -> Sequence[Try]:
    """Nothing lately where there are no days before to compare with."""
    if not tries:
        return tries
    since = max(each.day for each in tries) - LATELY
    if min(each.day for each in tries) > since:
        return tries
    return [
        replace(each, groups={**each.groups, By.LATELY: ""}) if each.day > since else each
        for each in tries
    ]


_Days = dict[date, int]


@dataclass(slots=True)
class _Table:
    """Tries and cases a day: of everything, of each group."""

    is_round: bool
    looked_at: int = 0
    _of: dict[tuple[By, str] | None, _Days] = field(
        default_factory=dict[tuple[By, str] | None, _Days]
    )
    _wrong: dict[tuple[tuple[By, str] | None, Cause | None], list[Try]] = field(
        default_factory=dict[tuple[tuple[By, str] | None, Cause | None], list[Try]]
    )

    def take(self, tries: Sequence[Try]) -> None:
        """Sort every try where it belongs; None stands for everything."""
        for each in tries:
            causes = {None, *(fact.cause for fact in each.facts)} if each.facts else set[None]()
            for key in (None, *each.groups.items()):
                days = self._of.setdefault(key, {})
                days[each.day] = days.get(each.day, 0) + 1
                for cause in causes:
                    self._wrong.setdefault((key, cause), []).append(each)

    def patterns(self) -> Iterable[Pattern]:
        """Of all groups with cases; ``looked_at`` counts every comparison."""
        causes = [
            cause
            for (key, cause), wrong in self._wrong.items()
            if key is None and (cause is None or len(wrong) >= ENOUGH_CASES)
        ]
        for key, days in self._of.items():
            if key is None or sum(days.values()) < ENOUGH_CASES:
                continue
            self.looked_at += len(causes)
            for cause in causes:
                if (key, cause) in self._wrong:
                    yield self._pattern(key, cause)

    def _pattern(self, key: tuple[By, str], cause: Cause | None) -> Pattern:
        tries, own = tuple(self._wrong[key, cause]), self._of[key]
        wrong, all_wrong = _by_day(tries), _by_day(self._wrong[None, cause])
        count = effective([(wrong.get(day, 0), of) for day, of in own.items()])
        rest = [
            (all_wrong.get(day, 0) - wrong.get(day, 0), of - own.get(day, 0))
            for day, of in self._of[None].items()
            if of > own.get(day, 0)
        ]
        elsewhere = Count(sum(cases for cases, _ in rest), sum(of for _, of in rest))
        plain = Count(len(tries), sum(own.values()))
        chance, alone = above(count, effective(rest)), above(plain, elsewhere)
        return Pattern(
            Group(*key, cause, self.is_round), len(tries), sum(own.values()), len(wrong),
            elsewhere.rate, *interval(count), chance, alone, tries,
        )  # fmt: skip


def _by_day(tries: Sequence[Try]) -> _Days:
    days = _Days()
    for each in tries:
        days[each.day] = days.get(each.day, 0) + 1
    return days
