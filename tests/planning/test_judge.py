"""The kernel's judge: times, metres, prices and broken rules are those of ``domain.schedule``."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.measures import value
from console.domain.plan import Plan
from console.domain.schedule import Schedule, schedule_stops
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule
from console.planning.exact import Judge
from console.planning.kernel.judge import BROKEN
from console.planning.problem import MONEY, Problem
from console.planning.stating import build
from tests.planning.days import City
from tests.planning.rich_days import FEATURES, rich_city

WHO = {Rule.SKILL, Rule.PEOPLE, Rule.TERRITORY, Rule.DEPOT}
"""Rules that say who may serve a stop; the judge is not asked."""


def reference(plan: Plan, matrix: TravelMatrix, problem: Problem, k: int, order: Sequence[int]):
    route = plan.routes[problem.crews[k].route]
    stops = [plan.stops[problem.demands[i].stop] for i in order]
    return schedule_stops(plan, route, stops, matrix)


def epoch(schedule: Schedule) -> tuple[int, int]:
    return int(schedule.start.timestamp()), int(schedule.end.timestamp())


def seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def free_of_pins(day: City) -> Plan:
    """Pins and overrides widen limits of the problem; here both shall judge alike."""
    stops = (replace(s, pinned=False, overrides=(), loaded=False) for s in day.plan.stops.values())
    routes = (replace(r, overrides=()) for r in day.plan.routes.values())
    return day.plan.with_stops(stops).with_routes(routes)


def check(seed: int, k: int, picks: Sequence[int], features: set[str] | None = None) -> None:
    day = rich_city(10, 3, seed, features=features)
    plan = free_of_pins(day)
    problem = build(plan, day.matrix)
    order = [i for i in dict.fromkeys(picks) if i < len(problem.demands)]
    if not problem.crews or not order:
        return
    k %= len(problem.crews)
    expected = reference(plan, day.matrix, problem, k, order)
    judge = Judge(problem)
    found = judge.found(k, order)
    assert (found["START"], found["END"]) == epoch(expected)
    assert found["WAY"] == expected.metres
    assert found["AT_WHEEL"] == seconds(expected.driving)
    assert found["LATENESS"] == seconds(expected.lateness)
    assert found["SOFTNESS"] == seconds(expected.soft_lateness)
    assert found["INNER"] == expected.inner_metres
    assert found["CUTS"] == len(expected.reloads)
    broken = {v.rule for v in expected.violations if v.is_harm} - WHO
    assert bool(found["IS_UNPAUSED"]) == (Rule.BREAK in broken)
    assert bool(found["UNPAIRED"]) == (Rule.PAIRING in broken)
    price = judge.price(k, order)
    assert (price == BROKEN) == bool(broken)
    if price != BROKEN:
        objective = replace(plan.day.objective, balance=0.0)
        extra = int(judge.tables.extra[order, k].sum())
        # prices per second and metre are whole numbers
        assert (price + extra) / MONEY == pytest.approx(value([expected], objective), abs=0.02)


@given(st.integers(0, 5_000), st.integers(0, 2), st.lists(st.integers(0, 11), max_size=10))
@settings(max_examples=300, deadline=None)
def test_it_judges_as_the_reference_does(seed: int, k: int, picks: list[int]) -> None:
    check(seed, k, picks)


@pytest.mark.parametrize("seed", range(60))
def test_a_break_among_stops_with_and_without_windows(seed: int) -> None:
    for k in range(3):
        picks = [(seed + k + i * 3) % 10 for i in range(8)]
        check(seed, k, picks, {"breaks", "windows", "priorities"})


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_each_feature_by_itself(feature: str) -> None:
    for seed in range(12):
        check(seed, seed, [(seed * 7 + i * 3) % 12 for i in range(8)], {feature, "breaks"})
