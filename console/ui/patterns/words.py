"""Patterns in plain words: what a group is called, its figures, what may be said of it; pure."""

import math
from collections import Counter
from collections.abc import Sequence

from console import formats, wording
from console.dispatch.patterns import NO_WINDOW, Looked, PastCase
from console.domain.clusters import ENOUGH_CASES, LATELY, By, Pattern, Verdict
from console.domain.plan import Cause
from console.tongues import inside, tr, trn
from console.ui.theme.figures import number, with_unit

BYS = {
    By.AREA: tr("Area"),
    By.WINDOW: tr("Promised window"),
    By.DRIVER: tr("Driver"),
    By.VEHICLE: tr("Vehicle"),
    By.CUSTOMER: tr("Customer"),
    By.LATELY: tr("Lately"),
}
VERDICTS = {
    Verdict.CLEAR: tr("More than elsewhere"),
    Verdict.EVENT: tr("Much at once"),
    Verdict.CHANCE: tr("Could be chance"),
    Verdict.FEW: tr("Too few to say"),
    Verdict.USUAL: tr("As elsewhere"),
}
TONES = {Verdict.CLEAR: "bad", Verdict.EVENT: "warn", Verdict.CHANCE: "text"}
_THOUSAND = 1000


def named(pattern: Pattern, looked: Looked) -> str:
    """``Driver Ole``, ``Area 9491``."""
    group = pattern.group
    if group.by is By.WINDOW and group.key == NO_WINDOW:
        return tr("No promised window")
    return f"{BYS[group.by]} {_key(pattern, looked)}".strip()


def _key(pattern: Pattern, looked: Looked) -> str:
    by, key = pattern.group.by, pattern.group.key
    if by is By.LATELY:
        return tr("({days} days)", days=LATELY.days)
    if by is By.WINDOW:
        return key.replace("-", "\N{EN DASH}")
    if by is By.AREA:
        return key
    return looked.names.get((by, key), tr("no longer known"))


def cause_of(cause: Cause | None) -> str:
    """The cause; all of them where none is given."""
    return wording.cause(cause) if cause is not None else tr("All causes")


def percent(rate: float) -> str:
    """``4.2 %``."""
    return with_unit(number(rate * 100, 1), "%")


def span(pattern: Pattern) -> str:
    """``3.5 to 25.6 %``."""
    return tr("{low} to {high}", low=number(pattern.low * 100, 1), high=percent(pattern.high))


def cells(pattern: Pattern, looked: Looked) -> tuple[str, ...]:
    """A row of the table."""
    return (
        VERDICTS[pattern.verdict],
        named(pattern, looked),
        cause_of(pattern.group.cause),
        tr("{cases} of {of}", cases=number(pattern.cases), of=_tries(pattern)),
        percent(pattern.rate),
        span(pattern),
        percent(pattern.expected),
        chance(pattern),
    )


def chance(pattern: Pattern) -> str:
    """``1 in 250``: how often chance alone would bring so much, all groups taken into account."""
    q = pattern.corrected
    if q >= 1 / 2:
        return tr("likely")
    many = 1 / q if q else math.inf
    if many >= _THOUSAND:
        return tr("under 1 in {many}", many=number(_THOUSAND))
    return tr("1 in {many}", many=number(many))


def _tries(pattern: Pattern) -> str:
    count, of = pattern.of, number(pattern.of)
    if pattern.group.is_round:
        return trn("{of} round", "{of} rounds", count, of=of)
    return trn("{of} visit", "{of} visits", count, of=of)


def told(pattern: Pattern, looked: Looked, looked_at: int, alike: Sequence[Pattern]) -> str:
    """What the figures mean, in a few sentences."""
    sentences = [f"{_figures(pattern, looked)}{_mix(pattern)}.", _meaning(pattern, looked_at)]
    if alike:
        names = ", ".join(dict.fromkeys(named(each, looked) for each in alike))
        sentences.append(
            tr("These are mostly the same cases as those of: {names}. Either may be the reason.",
               names=names)
        )  # fmt: skip
    return " ".join(sentences)


def _figures(pattern: Pattern, looked: Looked) -> str:
    return tr(
        "{name}, {cause}: {cases} of {of}, {rate}; {expected} would be usual",
        name=named(pattern, looked),
        cause=inside(cause_of(pattern.group.cause)),
        cases=number(pattern.cases),
        of=_tries(pattern),
        rate=percent(pattern.rate),
        expected=percent(pattern.expected),
    )


def _mix(pattern: Pattern) -> str:
    """`` (no access 48, nobody there 36)``: what all causes are made of, where they are several."""
    if pattern.group.cause is not None:
        return ""
    mix = Counter(fact.cause for each in pattern.tries for fact in each.facts)
    if len(mix) < 2:
        return ""
    parts = (f"{inside(_said(cause))} {number(many)}" for cause, many in mix.most_common())
    return f" ({', '.join(parts)})"


def _said(cause: Cause | None) -> str:
    return cause_of(cause) if cause is not None else tr("Other")


def _meaning(pattern: Pattern, looked_at: int) -> str:
    match pattern.verdict:
        case Verdict.CLEAR:
            return _clear(pattern, number(looked_at))
        case Verdict.EVENT:
            return trn(
                "All came on one day: an event, no pattern.",
                "They came on {days} days, many at once: rather events than a pattern.",
                pattern.days, days=pattern.days,
            )  # fmt: skip
        case Verdict.CHANCE:
            return tr(
                "By itself that would seem much, but of {groups} groups looked at some always do."
                " Look again in some weeks.",
                groups=number(looked_at),
            )
        case _:
            return _quiet(pattern)


def _clear(pattern: Pattern, groups: str) -> str:
    if pattern.times is None:
        return tr(
            "Elsewhere nothing of the kind happened. That is no chance even with all {groups}"
            " groups looked at taken into account.",
            groups=groups,
        )
    return tr(
        "That is {times} times as often, and no chance even with all {groups} groups looked"
        " at taken into account. The true rate lies between {low} and {high}.",
        times=number(pattern.times, 1), groups=groups,
        low=percent(pattern.low), high=percent(pattern.high),
    )  # fmt: skip


def _quiet(pattern: Pattern) -> str:
    low, high = percent(pattern.low), percent(pattern.high)
    if pattern.verdict is Verdict.USUAL:
        return tr(
            "That is no more than elsewhere; the true rate is hardly above {high}.", high=high
        )
    if pattern.cases < ENOUGH_CASES:
        return tr(
            "So few cases are no trend: the true rate may lie anywhere between {low} and {high}.",
            low=low,
            high=high,
        )
    return tr(
        "Too few visits to say: the true rate may lie anywhere between {low} and {high}.",
        low=low,
        high=high,
    )


def about(looked: Looked, looked_at: int) -> str:
    """What was looked through, and how."""
    if not looked.tries:
        return tr("No day that is over has visits that were reported, by phones or by hand.")
    return tr(
        "{visits} visits on {rounds} rounds of {days} days, {first} to {last}; {groups} groups"
        " compared. Usual is the rate of all others. A group stands out only if chance would hardly"
        " bring it among so many, and with at least {enough} cases on several days.",
        visits=number(looked.visits),
        rounds=number(looked.rounds),
        days=len(looked.days),
        first=formats.day(looked.days[0], year=False),
        last=formats.day(looked.days[-1]),
        groups=number(looked_at),
        enough=ENOUGH_CASES,
    )


def case_cells(case: PastCase, looked: Looked, clock: str, note: str) -> tuple[str, ...]:
    """A row of the cases."""
    return (
        formats.day(case.day, year=False, weekday=True),
        clock,
        _said(case.fact.cause),
        looked.names.get((By.CUSTOMER, str(case.place)), "") if case.place else tr("Whole route"),
        looked.names.get((By.DRIVER, case.driver), ""),
        note,
        case.actor,
    )
