"""The search's evaluator, the reference and an independent check agree to the second."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.fleet import BreakRule
from console.domain.plan import Plan, Route, Stop
from console.domain.schedule import route_cost, schedule_stops
from console.planning.insertion import NEVER
from console.planning.problem import MONEY
from console.planning.rounds import NO_LEG, Evaluator
from console.planning.stating import build
from console.planning.working import Working
from tests.planning.checker import broken, cheapest_time
from tests.planning.days import City, at, city, plan, shift, stop, straight, window

SPANS = [(), ((8, 12),), ((9, 11),), ((10, 10.5),), ((12, 16),), ((13, 17),), ((9, 10), (14, 15))]


@st.composite
def rounds(draw: st.DrawFn, several: bool = False) -> tuple[City, list[int]]:
    """One van, some stops in some order, a shift that may or may not hold them."""
    count = draw(st.integers(1, 9))
    points = [(0.0, 0.0)] + [
        (draw(st.integers(0, 30_000)), draw(st.integers(0, 30_000))) for _ in range(count)
    ]
    spans = SPANS if several else SPANS[:-1]
    stops = [
        stop(
            i,
            windows=tuple(window(*span) for span in draw(st.sampled_from(spans))),
            service_time=timedelta(minutes=draw(st.integers(0, 60))),
        )
        for i in range(1, count + 1)
    ]
    start = draw(st.sampled_from([6, 8, 9.5]))
    rest = BreakRule(
        timedelta(minutes=draw(st.sampled_from([15, 30, 60]))),
        at(draw(st.sampled_from([10, 11.5]))),
        at(draw(st.sampled_from([12, 13.5]))),
        timedelta(hours=draw(st.sampled_from([0, 3, 6]))),
    )
    van = shift("A", start, start + draw(st.sampled_from([4, 8, 10])), break_rule=rest)
    order = draw(st.permutations(range(count)))
    return City(plan([van], stops), straight(points)), list(order)


def parts(day: City) -> tuple[Plan, Route, list[Stop]]:
    return day.plan, next(iter(day.plan.routes.values())), list(day.plan.stops.values())


@given(rounds())
@settings(max_examples=250, deadline=None)
def test_segments_agree_with_the_reference_and_the_independent_check(
    case: tuple[City, list[int]],
) -> None:
    day, order = case
    told, route, stops = parts(day)
    chosen = [stops[i] for i in order]
    judged = Evaluator(build(told, day.matrix)).round(0, order)
    timed = schedule_stops(told, route, chosen, day.matrix)
    assert timed is not None
    assert (judged is None) == any(v.is_harm for v in timed.violations)
    assert (judged is None) == bool(broken(told, route, chosen, day.matrix))
    if judged is None:
        return
    assert (judged.start, judged.end) == (timed.start.timestamp(), timed.end.timestamp())
    assert judged.metres == timed.metres
    assert (judged.leg != NO_LEG) == bool(timed.breaks)
    assert judged.cost / MONEY == pytest.approx(timed.cost, rel=1e-4)
    best = cheapest_time(route, chosen, day.matrix)
    assert best is not None
    assert best[1:] == (judged.start, judged.end)


@given(rounds(several=True))
@settings(max_examples=100, deadline=None)
def test_several_windows_are_left_to_the_reference(case: tuple[City, list[int]]) -> None:
    day, order = case
    told, route, stops = parts(day)
    chosen = [stops[i] for i in order]
    judged = Evaluator(build(told, day.matrix)).round(0, order)
    timed = schedule_stops(told, route, chosen, day.matrix)
    best = cheapest_time(route, chosen, day.matrix)
    assert timed is not None
    assert (judged is None) == any(v.is_harm for v in timed.violations) == (best is None)
    if judged is not None and best is not None:
        assert (judged.start, judged.end) == (timed.start.timestamp(), timed.end.timestamp())
        assert (judged.start, judged.end) == best[1:]


@given(rounds(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_price_of_an_insertion_is_never_too_low(
    case: tuple[City, list[int]], data: st.DataObject
) -> None:
    day, order = case
    evaluator = Evaluator(build(day.plan, day.matrix))
    new = order.pop(data.draw(st.integers(0, len(order) - 1)))
    before = evaluator.cost(0, order)
    if before is None:
        return
    working = Working(evaluator, [order])
    wanted = working.insertions.wanted.at(np.array([new]))
    prices = working.insertions.costs(working.legs(0), working.sums, wanted)[0]
    for position, price in enumerate(prices):
        after = evaluator.cost(0, [*order[:position], new, *order[position:]])
        if after is None:
            assert price == NEVER
        else:
            assert price >= after - before
    if min(prices) < NEVER:
        assert working.insert(new, 0, int(prices.argmin()))


def test_the_price_is_that_of_the_formats() -> None:
    day = city(6, 1, seed=3)
    problem = build(day.plan, day.matrix)
    route = next(iter(day.plan.routes.values()))
    judged = Evaluator(problem).round(0, [0])
    assert judged is not None
    overtime = max(0, judged.end - int(route.shift.end.timestamp()))
    expected = route_cost(route.shift, judged.metres, judged.end - judged.start, overtime)
    assert judged.cost / MONEY == pytest.approx(expected, rel=1e-5)


def test_an_empty_round_costs_nothing_and_a_foreign_stop_is_refused() -> None:
    day = city(6, 2, seed=3)
    problem = build(day.plan, day.matrix)
    evaluator = Evaluator(problem)
    assert evaluator.cost(0, []) == 0
    demand = replace(problem.demands[0], crews=(1,))
    pinned = replace(problem, demands=(demand, *problem.demands[1:]))
    assert Evaluator(pinned).cost(0, [0]) is None
