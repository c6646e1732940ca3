"""What legs teach of the speeds: the true factor lies in the interval as often as it says."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from console.domain.learning import (
    ENOUGH_LEGS,
    ENOUGH_ROUNDS,
    Learned,
    Lesson,
    cell_of,
    free,
    learn,
    row_with,
    taught,
)
from console.domain.speeds import USUAL

SPREAD = 0.25


def driven(
    factor: float, dice: Random, rounds: int = 10, legs: int = 8, luck: float = 0.0
) -> list[Lesson]:
    """Legs that take ``factor`` times as long in the mean; whole rounds are lucky or not."""
    found = list[Lesson]()
    for number in range(rounds):
        day = math.exp(dice.gauss(-luck * luck / 2, luck))
        for _ in range(legs):
            planned = dice.uniform(100, 900)
            noise = math.exp(dice.gauss(-SPREAD * SPREAD / 2, SPREAD))
            found.append(Lesson(str(number), planned, planned * factor * day * noise))
    return found


def learned(lessons: list[Lesson]) -> Learned:
    found = learn(lessons)
    assert found is not None
    return found


@pytest.mark.parametrize("factor", [0.8, 1.0, 1.3])
@pytest.mark.parametrize("luck", [0.0, 0.15])
def test_the_true_factor_is_in_the_interval_as_often_as_it_says(factor: float, luck: float) -> None:
    dice = Random(f"{factor} {luck}")
    found = [learned(driven(factor, dice, luck=luck)) for _ in range(300)]
    held = sum(each.low <= factor <= each.high for each in found) / len(found)
    assert held >= 0.91  # 95 % of them, less what 300 draws may miss
    assert sum(each.factor for each in found) / len(found) == pytest.approx(factor, abs=0.04)


def test_few_legs_are_drawn_to_the_table_and_many_are_believed() -> None:
    dice = Random(5)
    few = learned(driven(1.5, dice, rounds=4, legs=8, luck=0.2))
    many = learned(driven(1.5, dice, rounds=60, legs=12))
    assert 1 < few.factor < few.raw
    assert few.high - few.low > 4 * (many.high - many.low)
    assert many.factor == pytest.approx(many.raw, abs=0.005)
    assert many.is_sure
    assert many.after < many.before


def test_a_table_that_is_right_is_left_alone() -> None:
    found = learned(driven(1.0, Random(3), rounds=40))
    assert not found.is_sure
    assert found.after == pytest.approx(found.before, rel=0.05)


def test_too_few_teach_nothing() -> None:
    lessons = driven(1.2, Random(1), rounds=ENOUGH_ROUNDS, legs=-(-ENOUGH_LEGS // ENOUGH_ROUNDS))
    assert learn(lessons) is not None
    assert learn(lessons[: ENOUGH_LEGS - 1]) is None
    assert learn([replace(each, round="one") for each in lessons]) is None
    assert learn([]) is None


def test_a_lunch_is_no_drive() -> None:
    assert Lesson("r", 300, 2400).is_odd
    assert Lesson("r", 300, 60).is_odd
    assert not Lesson("r", 300, 700).is_odd


def test_a_moment_lies_in_its_slice_on_the_depots_clock() -> None:
    zone = ZoneInfo("Europe/Berlin")
    monday = datetime(2026, 11, 23, 5, 29, tzinfo=UTC)  # 06:29 there
    assert cell_of(USUAL, monday, zone) == (0, 0)
    assert cell_of(USUAL, monday + timedelta(minutes=1), zone) == (0, 1)
    assert cell_of(USUAL, monday + timedelta(days=4, hours=15), zone) == (1, 4)
    assert cell_of(USUAL, monday - timedelta(days=1, hours=7), zone) == (2, 4)


def test_what_takes_longer_is_driven_slower_within_what_a_table_may_say() -> None:
    assert row_with((100, 80, 60, 60, 50, 8), 2.0) == (50, 40, 30, 30, 25, 5)
    assert row_with((100,) * 6, 0.5) == (130,) * 6
    table = taught(USUAL, {(0, 1): 1.25}, source="learned")
    assert table.rows[0][1] == row_with(USUAL.rows[0][1], 1.25)
    assert table.rows[0][2] == USUAL.rows[0][2]
    assert table.rows[1:] == USUAL.rows[1:]
    assert table.source == "learned"
    assert {cell for rows in free(USUAL).rows for row in rows for cell in row} == {100}
