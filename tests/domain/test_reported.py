"""What was reported of a day: the order in which it comes in does not matter."""

import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.domain.commands import RecordFact
from console.domain.integrity import check
from console.domain.patch import diff
from console.domain.plan import Fact, FactId, FactKind, Plan, Route, RouteId, StopId, StopStatus
from console.domain.reported import Rest, reported, standing, standing_about
from tests.dispatch.desks import MORNING, shift, stop

R0 = RouteId("r0")
S = [StopId(f"s{i}") for i in range(3)]


def at(minutes: int) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def fact(kind: FactKind, subject: str, minutes: int, **given: str) -> Fact:
    name = given.pop("name", f"{kind} {subject} {minutes}")
    return Fact(FactId(name), kind, StopId(subject), at(minutes), **given)


@pytest.fixture
def plan() -> Plan:
    stops = [replace(stop(str(i)), route=R0) for i in range(3)]
    return Plan().with_stops(stops).with_routes([Route(R0, shift(0), tuple(S))])


def told(plan: Plan, *facts: Fact) -> Plan:
    for one in facts:
        after = RecordFact(one).apply(plan)
        check(plan, after, diff(plan, after), is_fact=True)
        plan = after
    return plan


DAY = (
    fact(FactKind.DEPARTED, "r0", 0),
    fact(FactKind.ARRIVED, "s1", 10),
    fact(FactKind.DELIVERED, "s1", 14),
    fact(FactKind.ARRIVED, "s0", 20),
    fact(FactKind.FAILED, "s0", 25),
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(len(DAY))))[::7])
def test_facts_may_come_in_any_order(plan: Plan, order: tuple[int, ...]) -> None:
    after = told(plan, *(DAY[i] for i in order))
    assert [after.stops[s].status for s in S] == [
        StopStatus.FAILED,
        StopStatus.DELIVERED,
        StopStatus.PLANNED,
    ]
    assert after.routes[R0].stops == (S[1], S[0], S[2])
    assert after.routes[R0].started_at == at(0)
    told_of = reported(after.facts)
    assert told_of.arrived == {S[0]: at(20), S[1]: at(10)}
    assert told_of.left == {S[0]: at(25), S[1]: at(14)}


def test_an_arrival_that_comes_late_does_not_open_a_stop_again(plan: Plan) -> None:
    after = told(plan, fact(FactKind.DELIVERED, "s0", 9), fact(FactKind.ARRIVED, "s0", 5))
    assert after.stops[S[0]].status is StopStatus.DELIVERED


def test_what_was_collected_is_done(plan: Plan) -> None:
    after = told(plan, fact(FactKind.COLLECTED, "s0", 9))
    assert after.stops[S[0]].status is StopStatus.DELIVERED
    assert reported(after.facts).left == {S[0]: at(9)}


def test_a_report_that_is_retracted_did_not_happen(plan: Plan) -> None:
    after = told(
        plan,
        fact(FactKind.ARRIVED, "s0", 5),
        fact(FactKind.DELIVERED, "s0", 9, name="wrong"),
        fact(FactKind.RETRACTED, "s0", 11, corrects="wrong"),
    )
    assert after.stops[S[0]].status is StopStatus.ARRIVED
    assert "wrong" in after.facts


def test_the_first_departure_starts_a_route_and_a_break_leaves_it_started(plan: Plan) -> None:
    after = told(
        plan,
        fact(FactKind.DEPARTED, "r0", 90),
        fact(FactKind.BREAK_BEGAN, "r0", 50),
        fact(FactKind.DEPARTED, "r0", 2),
        fact(FactKind.BREAK_ENDED, "r0", 80),
    )
    assert after.routes[R0].started_at == at(2)
    assert reported(after.facts).rests == {R0: (Rest(at(50), at(80)),)}


def test_breaks_that_are_told_badly() -> None:
    odd = (
        fact(FactKind.BREAK_ENDED, "r0", 1),
        fact(FactKind.BREAK_BEGAN, "r0", 5),
        fact(FactKind.BREAK_BEGAN, "r0", 6),
        fact(FactKind.BREAK_ENDED, "r0", 9),
        fact(FactKind.BREAK_BEGAN, "r0", 20),
    )
    rests = reported({each.id: each for each in odd}).rests
    assert rests == {R0: (Rest(at(5), at(9)), Rest(at(20)))}


def test_driving_off_without_an_outcome_leaves_a_stop(plan: Plan) -> None:
    came = told(plan, fact(FactKind.ARRIVED, "s0", 5))
    assert reported(came.facts).left == {}
    gone = told(came, fact(FactKind.DEPARTED, "s0", 12))
    assert reported(gone.facts).left == {S[0]: at(12)}
    assert gone.stops[S[0]].status is StopStatus.ARRIVED
    early = told(came, fact(FactKind.DEPARTED, "s0", 1))
    assert reported(early.facts).left == {}


def test_nothing_is_read_twice(plan: Plan) -> None:
    after = told(plan, *DAY)
    assert reported(after.facts) is reported(after.facts)


def test_what_stands_about_some_is_what_stands_of_them(plan: Plan) -> None:
    arrived = fact(FactKind.ARRIVED, "s1", 10)
    elsewhere = fact(FactKind.ARRIVED, "s2", 30, corrects=arrived.id)
    late = fact(FactKind.ARRIVED, "s1", 5)
    given = (fact(FactKind.DEPARTED, "r0", 0), arrived, elsewhere, late)
    facts = told(plan, *given).facts
    for subjects in ({"s1"}, {"s2"}, {"r0", "s1"}, {"s0"}, {"r0", "s1", "s2"}):
        every = [one for one in standing(facts.values()) if one.subject in subjects]
        assert standing_about(facts, subjects) == every
    assert [one.id for one in standing_about(facts, {"s1"})] == [late.id]
