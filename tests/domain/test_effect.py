"""Whether an action helped: clear cases, unclear ones, and days that are too few."""

from datetime import UTC, date, datetime, timedelta

import pytest

from console.domain.clusters import By, Try
from console.domain.effect import Effect, Measured, Outcome, effect
from console.domain.plan import Cause, Fact, FactId, FactKind, StopId

ACTED = date(2026, 10, 1)
AT = datetime(2026, 10, 1, tzinfo=UTC)
ABSENT = Measured(Cause.ABSENT, By.AREA, "9491")


def day(offset: int, cases: int, of: int, area: str = "9491", cause: Cause = Cause.ABSENT):
    fact = Fact(FactId("f"), FactKind.FAILED, StopId("s"), AT, cause)
    return [
        Try(ACTED + timedelta(days=offset), {By.AREA: area}, (fact,) if i < cases else ())
        for i in range(of)
    ]


def measured(before: int, after: int, days: int, of: int = 20) -> Effect:
    tries = [each for i in range(1, 21) for each in day(-i, before, of)]
    tries += [each for i in range(1, days + 1) for each in day(i, after, of)]
    return effect(tries, ABSENT, ACTED)


@pytest.mark.parametrize(
    ("before", "after", "days", "outcome", "worked"),
    [
        (3, 1, 10, Outcome.FELL, True),
        (2, 2, 10, Outcome.SAME, None),
        (1, 4, 10, Outcome.ROSE, False),
        (3, 0, 2, Outcome.FEW, None),
        (1, 0, 4, Outcome.FELL, True),
        (0, 0, 10, Outcome.FEW, None),
    ],
)
def test_what_is_said(before, after, days, outcome, worked) -> None:
    found = measured(before, after, days)
    assert found.outcome is outcome
    assert found.worked is worked
    assert (found.after.cases, found.after.of, found.after.days) == (after * days, 20 * days, days)
    assert found.before.low <= found.before.rate <= found.before.high


def test_few_visits_say_nothing_even_where_none_failed() -> None:
    assert measured(1, 0, 5, of=10).outcome is Outcome.FELL
    tries = [each for i in range(1, 21) for each in day(-i, 1, 20)]
    tries += [each for i in range(1, 6) for each in day(i, 0, 4)]
    found = effect(tries, ABSENT, ACTED)
    assert (found.outcome, found.after.of) == (Outcome.FEW, 20)


def test_only_its_group_its_cause_and_not_the_day_itself_count() -> None:
    tries = [*day(-1, 4, 10), *day(0, 9, 10), *day(1, 2, 10)]
    tries += [*day(-1, 5, 10, cause=Cause.ACCESS), *day(-1, 2, 20, area="9490")]
    tries += [*day(2, 1, 20, area="9490")]
    found = effect(tries, ABSENT, ACTED)
    assert (found.before.cases, found.before.of) == (4, 20)
    assert (found.after.cases, found.after.of) == (2, 10)
    assert found.others == (0.1, 0.05)
    everything = effect(tries, Measured(None), ACTED)
    assert (everything.before.cases, everything.before.of) == (11, 40)
    assert everything.others is None
