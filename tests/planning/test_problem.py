"""A plan as a problem: what stays, what is relaxed, what is left out."""

from dataclasses import replace
from typing import Any

import pytest

from console.domain.load import Capacity, Load
from console.domain.orders import Priority
from console.domain.places import PlaceId
from console.domain.plan import Override, Plan, Route, RouteId, Stop, StopId, StopStatus
from console.domain.violations import Rule
from console.planning.explain import Explainer
from console.planning.rounds import Evaluator
from console.planning.stating import build
from tests.planning.days import at, plan, shift, stop, straight, window

MATRIX = straight([(0, 0), (3_000, 0), (0, 3_000), (3_000, 3_000), (6_000, 0)])


def with_route(told: Plan, route: str, **changes: Any) -> Plan:
    changed = replace(told.routes[RouteId(route)], **changes)
    return told.with_routes([changed])


def day(*stops: Stop, **given: Any) -> Plan:
    return plan([shift("A", **given), shift("B")], list(stops))


def test_open_stops_and_crews() -> None:
    problem = build(day(stop(1, route="A"), stop(2), stop(3, skills=("ice",))), MATRIX)
    assert [d.stop for d in problem.demands] == ["s1", "s2", "s3"]
    assert [d.crews for d in problem.demands] == [(0, 1), (0, 1), ()]
    assert problem.present == ((0,), ())
    assert problem.demands[0].orders == (0, 1, 0)
    assert problem.is_plain


def test_every_order_of_a_stop_counts_by_its_priority() -> None:
    one = stop(1, priority=Priority.HIGH)
    shared = replace(one, orders=(*one.orders, *stop(1, priority=Priority.LOW).orders))
    assert build(day(shared), MATRIX).demands[0].orders == (1, 0, 1)


@pytest.mark.parametrize(
    "changes", [{"locked": True}, {"released": True}, {"started_at": at(8)}, {"off": True}]
)
def test_closed_routes_stay_out_with_their_stops(changes: dict[str, object]) -> None:
    told = with_route(day(stop(1, route="A"), stop(2, route="B")), "A", **changes)
    problem = build(told, MATRIX)
    assert [crew.route for crew in problem.crews] == ["B"]
    assert [d.stop for d in problem.demands] == ["s2"]


def test_a_route_with_a_served_stop_has_begun() -> None:
    told = day(stop(1, route="A", status=StopStatus.DELIVERED), stop(2, route="A"), stop(3))
    problem = build(told, MATRIX)
    assert [crew.route for crew in problem.crews] == ["B"]
    assert [d.stop for d in problem.demands] == ["s3"]


def test_a_pinned_stop_may_only_stay() -> None:
    problem = build(day(stop(1, route="B", pinned=True), stop(2, route="B")), MATRIX)
    assert [d.crews for d in problem.demands] == [(1,), (0, 1)]


def test_a_pinned_stop_that_breaks_a_rule_stays_possible() -> None:
    heavy = stop(1, route="A", pinned=True, load=Load(1, 900.0, 0.1), skills=("ice",))
    late = stop(2, route="A", pinned=True, windows=(window(6, 7),))
    problem = build(day(heavy, late), MATRIX)
    assert Evaluator(problem).round(0, problem.present[0]) is not None


def test_a_late_stop_with_an_override_stays_as_late_as_it_is() -> None:
    accepted = (Override(Rule.LATE, "agreed by phone"),)
    late = stop(1, route="A", windows=(window(7, 8.0),), overrides=accepted)
    problem = build(day(late, stop(2)), MATRIX)
    assert problem.demands[0].crews == (0,)
    evaluator = Evaluator(problem)
    assert evaluator.round(0, [0]) is not None
    assert evaluator.round(0, [1, 0]) is None


def test_a_missing_skill_with_an_override_binds_the_stop() -> None:
    accepted = (Override(Rule.SKILL, "a colleague helps"),)
    problem = build(day(stop(1, route="A", skills=("ice",), overrides=accepted)), MATRIX)
    assert problem.demands[0].crews == (0,)


def test_an_overridden_load_is_the_new_limit() -> None:
    told = day(stop(1, route="A", load=Load(1, 600.0, 0.1)), stop(2))
    assert Evaluator(build(told, MATRIX)).round(0, [0]) is None
    told = with_route(told, "A", overrides=(Override(Rule.OVERLOADED, "short way"),))
    evaluator = Evaluator(build(told, MATRIX))
    assert evaluator.round(0, [0]) is not None
    assert evaluator.round(0, [0, 1]) is None


@pytest.mark.parametrize("rule", [Rule.SHIFT, Rule.RANGE])
def test_overridden_limits_are_as_wide_as_what_the_route_carries(rule: Rule) -> None:
    limits: dict[str, Any] = {"range_m": 9_000} if rule is Rule.RANGE else {"end": 8.2}
    told = plan([shift("A", **limits)], [stop(1, route="A"), stop(4, route="A")])
    if rule is Rule.SHIFT:
        told = with_route(told, "A", shift=replace(told.routes[RouteId("A")].shift, end=at(7.8)))
    assert Evaluator(build(told, MATRIX)).round(0, [0, 1]) is None
    told = with_route(told, "A", overrides=(Override(rule, "agreed"),))
    assert Evaluator(build(told, MATRIX)).round(0, [0, 1]) is not None


def test_nothing_leaves_before_now() -> None:
    problem = build(day(stop(1)), MATRIX, now=at(10))
    judged = Evaluator(problem).round(0, [0])
    assert judged is not None
    assert judged.start == at(10).timestamp()


def test_capacity_is_kept_to_the_gram() -> None:
    stops = [stop(i, load=Load(1, 0.1, 0.01)) for i in (1, 2, 3)]
    tight = plan([shift("A", capacity=Capacity(kg=0.3))], stops)
    assert Evaluator(build(tight, MATRIX)).round(0, [0, 1, 2]) is not None
    tight = plan([shift("A", capacity=Capacity(kg=0.299))], stops)
    assert Evaluator(build(tight, MATRIX)).round(0, [0, 1, 2]) is None


def test_a_stop_that_is_not_located_waits() -> None:
    elsewhere = replace(stop(1), place=PlaceId("nowhere"))
    assert [d.stop for d in build(day(elsewhere, stop(2)), MATRIX).demands] == ["s2"]


def test_no_shift_is_a_problem_without_crews() -> None:
    problem = build(plan([], [stop(1)]), MATRIX)
    assert problem.crews == ()
    assert problem.demands[0].crews == ()


def test_names_are_of_the_domain() -> None:
    told = day(stop(1, route="A"))
    assert isinstance(told.routes[RouteId("A")], Route)
    assert told.stops[StopId("s1")].route == "A"


def test_a_skill_of_the_vehicle_is_as_good_as_the_drivers() -> None:
    shifts = [shift("A", vehicle_skills=("cold",)), shift("B")]
    told = plan(shifts, [stop(1, skills=("cold",))])
    assert build(told, MATRIX).demands[0].crews == (0,)
    explained = Explainer(told, MATRIX).explain(StopId("s1"))
    reasons = {reason.driver: reason.rule for reason in explained}
    assert reasons == {"A": "fits", "B": Rule.SKILL}


def test_what_is_pinned_is_worth_more_than_what_it_might_save() -> None:
    optional = stop(1, route="A", pinned=True, skip_price=0.5)
    (demand,) = build(day(optional), MATRIX).demands
    assert (demand.orders, demand.optional, demand.skip) == ((1, 0, 0), 0, 0)
