"""Risks of first tries: drawn to what is usual, honest about how little was seen."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from console.domain.orders import TimeWindow
from console.domain.places import PlaceId
from console.domain.plan import Cause
from console.domain.rates import Count
from console.domain.risk import (
    Door,
    FirstTry,
    Past,
    Span,
    expected,
    span_of,
)

FIRST = date(2026, 9, 1)


def tries_of(rates: list[float], each: int, seed: int = 5) -> list[FirstTry]:
    """Every door is come to ``each`` times, a day apart, and fails with its own rate."""
    dice, tries = Random(seed), list[FirstTry]()
    for number, rate in enumerate(rates):
        for i in range(each):
            failed = dice.random() < rate
            cause = Cause.ABSENT if failed else None
            day = FIRST + timedelta(days=i)
            place = PlaceId(f"p{number}")
            tries.append(FirstTry(day, place, Span.ANY, Span.MORNING, failed, cause))
    return tries


def test_with_few_tries_nothing_is_said():
    assert not Past([], {}).is_enough
    assert not Past(tries_of([1.0, 0.0, 0.0, 0.0], 12), {}).is_enough
    assert not Past(tries_of([0.0] * 10, 30), {}).is_enough
    assert Past(tries_of([0.1] * 40, 5), {}).is_enough


def test_one_failure_of_one_try_stays_near_the_usual_and_many_do_not():
    past = Past(tries_of([0.1] * 100, 10), {})
    past.doors[PlaceId("once")] = Door(1, 1)
    past.doors[PlaceId("often")] = Door(20, 14)
    usual, once = past.rate, past.risk(PlaceId("once"), "", Span.ANY)
    assert usual < once.rate < 2 * usual
    often = past.risk(PlaceId("often"), "", Span.ANY)
    assert often.is_high
    assert often.interval[0] > usual
    low, high = past.risk(PlaceId("p1"), "", Span.ANY).interval
    assert low < usual < high


def test_doors_that_differ_count_sooner_than_doors_that_are_alike():
    alike = Past(tries_of([0.1] * 200, 10), {})
    apart = Past(tries_of([0.02] * 160 + [0.5] * 40, 10), {})
    assert alike.weight > 4 * apart.weight
    assert apart.weight < 8


def test_the_interval_holds_the_true_rate_about_nine_times_of_ten():
    dice = Random(3)
    rates = [dice.betavariate(1.2, 8.8) for _ in range(600)]
    past = Past(tries_of(rates, 8), {})
    risks = [past.risk(PlaceId(f"p{i}"), "", Span.ANY) for i in range(len(rates))]
    held = [low <= rate <= high for rate, r in zip(rates, risks, strict=True)
            for low, high in [r.interval]]  # fmt: skip
    assert sum(held) / len(held) == pytest.approx(0.9, abs=0.04)
    mine = sum((r.rate - rate) ** 2 for rate, r in zip(rates, risks, strict=True))
    own = sum((r.door.failed / 8 - rate) ** 2 for rate, r in zip(rates, risks, strict=True))
    assert mine < 0.7 * own, "nearer to the truth than what each door's own tries say"


def test_area_time_and_newness_move_what_is_usual():
    base = tries_of([0.05] * 60, 40)
    bad = tries_of([0.4] * 10, 40, seed=9)
    moved = [
        FirstTry(t.day, PlaceId(f"x{t.place}"), Span.EVENING, Span.EVENING, t.failed, t.cause)
        for t in bad
    ]
    areas = {PlaceId(f"xp{i}"): "9499" for i in range(10)}
    past = Past([*base, *moved], areas)
    here = past.risk(PlaceId("new"), "", Span.ANY)
    assert past.risk(PlaceId("new"), "9499", Span.ANY).rate > here.rate
    both = past.risk(PlaceId("new"), "9499", Span.EVENING)
    assert both.rate > past.risk(PlaceId("new"), "", Span.EVENING).rate > here.rate
    assert both.rate <= 0.9
    late = FIRST + timedelta(days=30)
    fresh = [FirstTry(late, PlaceId(f"n{i}"), Span.ANY, Span.MORNING, i % 2 == 0)
             for i in range(80)]  # fmt: skip
    once = Past([*base, *fresh], {})
    assert once.risk(PlaceId("never"), "", Span.ANY).rate > 2 * once.rate


def test_another_time_is_better_only_where_it_worked_and_this_one_did_not():
    door = Door(5, 2, came={Span.MORNING: (2, 2), Span.EVENING: (0, 3), Span.AFTERNOON: (0, 1)})
    assert door.better_than(Span.MORNING) is Span.EVENING
    assert door.better_than(Span.EVENING) is None
    assert Door(2, 1, came={Span.MORNING: (1, 1), Span.EVENING: (0, 1)}).better_than(
        Span.MORNING
    ) is None  # fmt: skip


def test_the_sum_of_risks_has_what_failed_and_how_sure_it_is():
    past = Past(tries_of([0.1] * 100, 10), {})
    risk = past.risk(PlaceId("p1"), "", Span.ANY)
    told = expected([(risk, 1)] * 50, 2, past.overall)
    assert told.orders == pytest.approx(2 + 50 * risk.rate)
    assert 2 <= told.low < told.orders < told.high
    certain = expected([(risk, 1)] * 50, 2, Count(1e9, 1e10))
    assert certain.high < told.high
    assert expected([], 3, past.overall).high == 3


def test_parts_of_the_day():
    def window(first: int, last: int) -> TimeWindow:
        at = datetime(2026, 9, 1, tzinfo=UTC)
        return TimeWindow(at + timedelta(hours=first), at + timedelta(hours=last))

    assert span_of((), UTC) is Span.ANY
    assert span_of((window(8, 18),), UTC) is Span.ANY
    assert span_of((window(8, 12),), UTC) is Span.MORNING
    assert span_of((window(12, 16),), UTC) is Span.AFTERNOON
    assert span_of((window(17, 20),), UTC) is Span.EVENING
