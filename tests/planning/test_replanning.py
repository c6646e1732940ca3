"""Plans made anew: what is done and what the terms forbid to touch stays, whoever searches."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.integrity import check
from console.domain.patch import diff
from console.domain.plan import Plan, Route, RouteId, StopId
from console.planning.child import engine_of
from console.planning.compare import compare
from console.planning.engine import Budget, Exchange
from console.planning.problem import NOBODY, UNLIMITED, Problem, Routes
from console.planning.replanning import at_once, promises_broken, reoptimise, restate, sounded
from console.planning.rounds import Evaluator
from console.planning.run import ChangeBudget, Scope, Terms
from console.planning.score import changes, score
from console.planning.solution import Solution, adopt, solution_of
from console.planning.worker import Optimiser
from tests.planning.days import City, at, city, stop
from tests.planning.under_way import begun, planned, rich_day

HOUR = 10.5
ENGINES = ("insertion", "ruin", "strings", "ortools")
TERMS = {
    "all": Terms(1),
    "order": Terms(1, scope=Scope.ORDER),
    "fill": Terms(1, scope=Scope.FILL),
    "one route": Terms(1, routes=(RouteId("V1"),)),
    "drivers": Terms(1, budget=ChangeBudget(drivers=2)),
    "promises": Terms(1, budget=ChangeBudget(promises=1, minutes=10)),
    "prices": Terms(1, budget=ChangeBudget(driver_price=2.0, promise_price=1.0)),
    "amended": Terms(1, amends=True),
    "amended a little": Terms(1, budget=ChangeBudget(drivers=2), amends=True),
    "all of it": Terms(1, budget=ChangeBudget(1, 0, 10, 2.0, 1.0)),
}


def plain_day(seed: int) -> City:
    """A day under way with a locked and a released route, and stops without a driver."""
    day = city(40, 5, seed)
    short = [replace(r, shift=replace(r.shift, max_stops=9)) for r in day.plan.routes.values()]
    day = begun(planned(City(day.plan.with_routes(short), day.matrix)), at(HOUR), seed)
    routes = day.plan.routes
    frozen = [
        replace(routes[RouteId("V3")], locked=True),
        replace(routes[RouteId("V4")], released=True),
    ]
    return City(without(day.plan.with_routes(frozen), 6), day.matrix)


def without(told: Plan, count: int) -> Plan:
    """The last open stops of the open routes lose their driver."""
    for route in list(told.routes.values())[:3]:
        ahead = route.stops[len(told.behind(route.id)) :]
        gone = {s for s in ahead[-count // 3 :] if not told.stops[s].pinned}
        kept = replace(route, stops=tuple(s for s in route.stops if s not in gone))
        lost = [replace(told.stops[s], route=None) for s in gone]
        told = told.with_routes([kept]).with_stops(lost)
    return told


def solved(name: str, problem: Problem, seconds: float = 0.4) -> Routes:
    budget = Budget(time.monotonic() + seconds, seed=1)
    start = sounded(Evaluator(problem), problem.present)
    return engine_of(name).solve(problem, start, budget, Exchange())


def assert_kept(day: City, terms: Terms, problem: Problem, solution: Solution) -> None:
    """Nothing is lost, nothing done or out of reach moves, and the terms are kept."""
    plan = day.plan
    after = adopt(plan, solution).apply(plan)
    check(plan, after, diff(plan, after))
    assert set(after.stops) == set(plan.stops)
    on_routes = [s for route in after.routes.values() for s in route.stops]
    assert len(on_routes) == len(set(on_routes))
    for route in plan.routes.values():
        assert after.routes[route.id].stops[: len(plan.behind(route.id))] == plan.behind(route.id)
        if _stays(route, terms) or (terms.routes and route.id not in terms.routes):
            assert after.routes[route.id] == route
    assert_scope(plan, after, terms)
    assert_caps(day, after, terms, problem)


def _stays(route: Route, terms: Terms) -> bool:
    return route.locked or (route.released and not terms.amends)


def assert_scope(plan: Plan, after: Plan, terms: Terms) -> None:
    for stop_id, told in plan.stops.items():
        if terms.scope is Scope.ORDER:
            assert after.stops[stop_id].route in {told.route, None}
        if terms.scope is Scope.FILL and told.route is not None:
            assert after.stops[stop_id].route in {told.route, None}
    if terms.scope is Scope.FILL:
        for route in plan.routes.values():
            stayed = [s for s in after.routes[route.id].stops if s in route.stops]
            assert stayed == [s for s in route.stops if s in stayed]


def assert_caps(day: City, after: Plan, terms: Terms, problem: Problem) -> None:
    compared = compare(day.plan, after, day.matrix, at(HOUR), terms.budget.minutes)
    if terms.budget.promises is not None:
        assert len([c for c in compared.promises if c.was == c.goes]) <= problem.most_broken
    if terms.budget.drivers is not None:
        left = sum(
            told.route is not None and after.stops[s].route != told.route
            for s, told in day.plan.stops.items()
        )
        assert left <= problem.most_changes


@pytest.mark.parametrize("kind", TERMS)
@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_keeps_the_terms(kind: str, engine: str) -> None:
    terms = TERMS[kind]
    day = plain_day(3)
    problem = restate(day.plan, day.matrix, terms, at(HOUR))
    routes = solved(engine, problem)
    assert score(Evaluator(problem), routes).broken == 0
    assert_kept(day, terms, problem, solution_of(problem, routes, engine))


@given(
    st.integers(0, 2_000),
    st.sampled_from(sorted(TERMS)),
    st.sampled_from(("insertion", "ruin", "strings")),
)
@settings(max_examples=25, deadline=None)
def test_rich_days_keep_the_terms(seed: int, kind: str, engine: str) -> None:
    day, terms = rich_day(10, 3, seed, HOUR), TERMS[kind]
    day = City(without(day.plan, 3), day.matrix)
    problem = restate(day.plan, day.matrix, terms, at(HOUR))
    routes = solved(engine, problem, 0.1)
    assert_kept(day, terms, problem, solution_of(problem, routes, engine))


@pytest.fixture(scope="module")
def optimiser() -> Iterator[Optimiser]:
    made = Optimiser(cores=2)
    made.warm()
    yield made
    made.close()


@pytest.mark.parametrize("kind", TERMS)
def test_a_whole_run_keeps_the_terms(optimiser: Optimiser, kind: str) -> None:
    terms, day = replace(TERMS[kind], seconds=1.5), plain_day(5)
    problem, first = reoptimise(day.plan, day.matrix, terms, at(HOUR))
    assert_kept(day, terms, problem, first)
    outcome = optimiser.solve(problem, terms).result(60)
    assert outcome.failures == ()
    assert outcome.solution.missed <= first.missed
    assert_kept(day, terms, problem, outcome.solution)


def test_only_what_may_change_is_in_the_problem() -> None:
    day = plain_day(1)
    problem = restate(day.plan, day.matrix, Terms(1), at(HOUR))
    assert [crew.route for crew in problem.crews] == ["V0", "V1", "V2"]
    assert problem.home == ()
    open_stops = {s for s, told in day.plan.stops.items() if told.is_open}
    frozen = {s for r in ("V3", "V4") for s in day.plan.routes[RouteId(r)].stops}
    done = {s for crew in problem.crews for s in crew.behind}
    assert {d.stop for d in problem.demands} == open_stops - frozen - done
    assert all(crew.is_away for crew in problem.crews if crew.behind)
    only_order = restate(day.plan, day.matrix, TERMS["order"], at(HOUR))
    assert all(home != NOBODY for home in only_order.home)
    assert all(
        d.crews == (home,) for d, home in zip(only_order.demands, only_order.home, strict=True)
    )


def test_a_price_of_change_is_not_part_of_the_cost() -> None:
    day = plain_day(2)
    free = restate(day.plan, day.matrix, Terms(1), at(HOUR))
    dear = restate(day.plan, day.matrix, TERMS["prices"], at(HOUR))
    routes = solved("insertion", free)
    moved = tuple(reversed(routes[:2])) + routes[2:]
    for each in (routes, moved):
        kept = sounded(Evaluator(free), each)
        plain, priced = (solution_of(p, kept, "test") for p in (free, dear))
        assert priced.cost == pytest.approx(plain.cost)
    evaluator = Evaluator(dear)
    kept = sounded(evaluator, moved)
    paid = score(evaluator, kept).cost - score(Evaluator(free), kept).cost
    broken = sum(promises_broken(evaluator, kept))
    assert paid == dear.change_price * changes(dear, kept) + 10_000_000 * broken


def test_the_cost_is_that_of_the_whole_routes() -> None:
    day = plain_day(4)
    problem = restate(day.plan, day.matrix, Terms(1), at(HOUR))
    present = sounded(Evaluator(problem), problem.present)
    solution = solution_of(problem, present, "present")
    after = adopt(day.plan, solution).apply(day.plan)
    costs = [
        timed.after.cost
        for timed in compare(day.plan, after, day.matrix, at(HOUR)).routes
        if timed.after is not None and timed.route in solution.routes
    ]
    assert solution.cost == pytest.approx(sum(costs), abs=0.05)


def test_a_cap_is_never_lower_than_what_cannot_stay() -> None:
    day = plain_day(6)
    route = day.plan.routes[RouteId("V1")]
    ahead = route.stops[len(day.plan.behind(route.id)) :]
    late = [
        replace(told, orders=tuple(replace(o, deadline=at(7)) for o in told.orders))
        for told in (day.plan.stops[s] for s in ahead[:3])
    ]
    told = day.plan.with_stops(late)
    problem = restate(told, day.matrix, Terms(1, budget=ChangeBudget(drivers=0)), at(HOUR))
    assert problem.most_changes == 3
    assert restate(told, day.matrix, Terms(1), at(HOUR)).most_changes == UNLIMITED
    assert score(Evaluator(problem), at_once(problem)).broken == 0


def test_an_urgent_order_is_answered_at_once() -> None:
    day = plain_day(7)
    urgent = stop(1, windows=())
    urgent = replace(urgent, id=StopId("urgent"), orders=(replace(urgent.orders[0], id="urgent"),))
    told = day.plan.with_stops([urgent])
    problem, answer = reoptimise(told, day.matrix, Terms(1, scope=Scope.FILL), at(HOUR))
    assert any("urgent" in stops for stops in answer.routes.values())
    again = [i for order in problem.present for i in order]
    assert len(again) == len(set(again))
