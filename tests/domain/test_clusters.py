"""Groups that stand out, and those that only seem to: on days that are thrown with dice."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from console.domain.clusters import By, Group, Try, Verdict, alike, find
from console.domain.plan import Cause, Fact, FactId, FactKind, StopId

FIRST = date(2026, 9, 1)
AT = datetime(2026, 9, 1, tzinfo=UTC)
CAUSES = (Cause.ABSENT, Cause.ACCESS, Cause.DAMAGE)


def failed(cause: Cause | None = Cause.ABSENT) -> tuple[Fact, ...]:
    return (Fact(FactId("f"), FactKind.FAILED, StopId("s"), AT, cause),)


def thrown(seed: int, *, bad_area: float = 1.0, storms: float = 0.0) -> list[Try]:
    """Forty days of eighty visits of which one in twenty fails; four times as many in a storm."""
    dice, made = Random(seed), list[Try]()
    for number in range(40):
        rate = 0.05 * (4 if dice.random() < storms else 1)
        for i in range(80):
            area = dice.randrange(10)
            groups = {
                By.AREA: str(area),
                By.DRIVER: str(i % 8),
                By.CUSTOMER: str(dice.randrange(400)),
                By.WINDOW: str(dice.randrange(5)),
            }
            goes_wrong = dice.random() < rate * (bad_area if area == 3 else 1)
            facts = failed(dice.choice(CAUSES)) if goes_wrong else ()
            made.append(Try(FIRST + timedelta(days=number), groups, facts))
    return made


def clear(tries: list[Try]) -> set[Group]:
    return {p.group for p in find(tries).patterns if p.verdict is Verdict.CLEAR}


def test_where_nothing_is_wrong_nothing_is_found() -> None:
    found = find(thrown(1))
    assert found.looked_at > 800
    assert not any(p.verdict in (Verdict.CLEAR, Verdict.EVENT) for p in found.patterns)
    false = sum(bool(clear(thrown(seed))) for seed in range(2, 14))
    stormy = sum(bool(clear(thrown(seed, storms=0.1))) for seed in range(12))
    assert false + stormy <= 1, "of 24, with 1 in 20 allowed"


def test_a_bad_area_is_found_whatever_else_is_looked_at() -> None:
    bad = Group(By.AREA, "3")
    assert sum(bad in clear(thrown(seed, bad_area=4)) for seed in range(6)) >= 5
    found = find(thrown(0, bad_area=4))
    first = found.patterns[0]
    assert (first.group, first.verdict) == (bad, Verdict.CLEAR)
    assert first.low > first.expected
    assert first.times is not None
    assert first.times > 2
    assert first.cases == len(first.tries)
    assert first.chance <= first.corrected <= 0.05


def days(cases: list[int], of: int, driver: str) -> list[Try]:
    return [
        Try(FIRST + timedelta(days=day), {By.DRIVER: driver}, failed() if i < wrong else ())
        for day, wrong in enumerate(cases)
        for i in range(of)
    ]


def verdicts(*some: list[Try]) -> dict[str, Verdict]:
    tries = [each for tries in some for each in tries]
    return {p.group.key: p.verdict for p in find(tries).patterns if p.group.cause is None}


def test_three_of_thirty_are_no_trend() -> None:
    others = days([2] * 10, 100, "others")
    told = verdicts(others, days([1, 1, 1], 10, "three"))
    assert told["three"] is Verdict.FEW
    told = verdicts(others, days([3] * 10, 10, "many"))
    assert told["many"] is Verdict.CLEAR
    told = verdicts(days([0] * 10, 100, "others"), days([1, 1, 1, 0], 10, "three"))
    assert told["three"] is Verdict.FEW, "even where elsewhere nothing goes wrong"


def test_what_came_at_once_is_an_event() -> None:
    told = verdicts(days([2] * 10, 50, "others"), days([0] * 9 + [18], 20, "broken down"))
    assert told == {"others": Verdict.USUAL, "broken down": Verdict.EVENT}


def test_few_visits_are_told_apart_from_good_ones() -> None:
    told = verdicts(days([5] * 10, 50, "a"), days([5] * 10, 50, "b"), days([1], 5, "c"))
    assert told == {"a": Verdict.USUAL, "b": Verdict.USUAL, "c": Verdict.FEW}


def test_a_cause_that_grows_is_seen_against_the_days_before() -> None:
    before = days([1] * 30, 40, "x")
    after = [
        Try(FIRST + timedelta(days=30 + day), {By.DRIVER: "x"}, failed(Cause.ACCESS) * (i < 5))
        for day in range(14)
        for i in range(40)
    ]
    found = find([*before, *after])
    grown = next(p for p in found.patterns if p.group == Group(By.LATELY, "", Cause.ACCESS))
    assert (grown.cases, grown.of, grown.expected) == (70, 560, 0.0)
    assert grown.verdict is Verdict.CLEAR
    assert grown.times is None
    assert not any(p.group.by is By.LATELY for p in find(after).patterns), "nothing came before"


def test_a_driver_and_his_area_are_the_same_cases() -> None:
    tries = [
        Try(
            FIRST + timedelta(days=day),
            {By.DRIVER: str(i % 4), By.AREA: str(i % 4), By.WINDOW: str(i % 3)},
            failed() if i % 4 == 0 and i < 16 else (),
        )
        for day in range(10)
        for i in range(40)
    ]
    found = {p.group: p for p in find(tries).patterns}
    driver = found[Group(By.DRIVER, "0")]
    assert driver.verdict is Verdict.CLEAR
    same = {p.group.by for p in alike(driver, found.values()) if p.group.cause is None}
    assert same == {By.AREA}


def test_rounds_and_visits_are_never_mixed() -> None:
    rounds = [
        Try(
            FIRST + timedelta(days=day),
            {By.VEHICLE: v},
            failed() if v == "old" else (),
            is_round=True,
        )
        for day in range(6)
        for v in ("old", "b", "c", "d")
    ]
    found = find([*rounds, *days([0] * 6, 50, "x")])
    old = found.patterns[0]
    assert (old.group, old.cases, old.of) == (Group(By.VEHICLE, "old", is_round=True), 6, 6)
    assert old.verdict is Verdict.CLEAR
    assert find([]).patterns == ()
