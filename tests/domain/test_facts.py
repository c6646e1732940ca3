"""Facts are never refused: what happened moves the plan along, or is noted as a discrepancy."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.commands import CancelOrders, LogException, MoveStops, RecordFact
from console.domain.integrity import check
from console.domain.orders import OrderId
from console.domain.patch import diff
from console.domain.plan import (
    Cause,
    Fact,
    FactId,
    FactKind,
    Plan,
    Route,
    RouteId,
    StopId,
    StopStatus,
)
from tests.dispatch.desks import MORNING, shift, stop

R0 = RouteId("r0")
S = [StopId(f"s{i}") for i in range(5)]


@pytest.fixture
def plan() -> Plan:
    """r0: s0 s1 s2; s3 waits."""
    stops = [replace(stop(str(i)), route=R0 if i < 3 else None) for i in range(4)]
    return Plan().with_stops(stops).with_routes([Route(R0, shift(0), (S[0], S[1], S[2]))])


def fact(kind: FactKind, subject: str, name: str = "f", corrects: str | None = None) -> Fact:
    return Fact(
        FactId(name),
        kind,
        StopId(subject),
        MORNING,
        corrects=FactId(corrects) if corrects else None,
    )


def told(plan: Plan, *facts: Fact) -> Plan:
    for one in facts:
        after = RecordFact(one).apply(plan)
        check(plan, after, diff(plan, after), is_fact=True)
        plan = after
    return plan


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (FactKind.ARRIVED, StopStatus.ARRIVED),
        (FactKind.DELIVERED, StopStatus.DELIVERED),
        (FactKind.FAILED, StopStatus.FAILED),
    ],
)
def test_a_stop_moves_along(plan: Plan, kind: FactKind, status: StopStatus) -> None:
    after = told(plan, fact(kind, "s0"))
    assert after.stops[S[0]].status is status
    assert not after.stops[S[0]].is_open
    assert after.facts[FactId("f")].discrepancy == ""


def test_a_departure_starts_the_route(plan: Plan) -> None:
    after = told(plan, fact(FactKind.DEPARTED, "r0"))
    assert after.routes[R0].started_at == MORNING
    corrected = told(after, fact(FactKind.EXCEPTION, "r0", "g", corrects="f"))
    assert corrected.routes[R0].started_at is None


def test_out_of_order_is_noted_and_the_stop_comes_first(plan: Plan) -> None:
    after = told(plan, fact(FactKind.DELIVERED, "s2"))
    assert after.facts[FactId("f")].discrepancy == "out_of_order"
    assert after.routes[R0].stops == (S[2], S[0], S[1])


@pytest.mark.parametrize(
    ("subject", "discrepancy"), [("s3", "not_on_a_route"), ("gone", "unknown_subject")]
)
def test_what_the_plan_did_not_expect(plan: Plan, subject: str, discrepancy: str) -> None:
    after = told(plan, fact(FactKind.DELIVERED, subject))
    assert after.facts[FactId("f")].discrepancy == discrepancy


def test_a_stop_once_known(plan: Plan) -> None:
    gone = CancelOrders((OrderId("o0"),)).apply(plan)
    assert told(gone, fact(FactKind.ARRIVED, "s0")).facts[FactId("f")].subject == "s0"


def test_the_same_fact_twice_is_one(plan: Plan) -> None:
    once = told(plan, fact(FactKind.DELIVERED, "s0"))
    assert told(once, fact(FactKind.DELIVERED, "s0")) is once


def test_a_correction_takes_the_wrong_fact_back(plan: Plan) -> None:
    wrong = told(plan, fact(FactKind.DELIVERED, "s2", "wrong"))
    right = told(wrong, fact(FactKind.DELIVERED, "s0", "right", corrects="wrong"))
    assert right.stops[S[2]].is_open
    assert right.stops[S[0]].status is StopStatus.DELIVERED
    assert right.routes[R0].stops[0] == S[0]
    assert set(right.facts) == {"wrong", "right"}


def test_a_correction_of_nothing_is_a_fact_all_the_same(plan: Plan) -> None:
    after = told(plan, fact(FactKind.DELIVERED, "s0", "right", corrects="never"))
    assert after.stops[S[0]].status is StopStatus.DELIVERED


def test_a_correction_falls_back_to_what_was_reported_before(plan: Plan) -> None:
    """Arrived, then by mistake delivered: the stop is arrived, not open."""
    arrived = fact(FactKind.ARRIVED, "s0", "arrived")
    delivered = replace(
        fact(FactKind.DELIVERED, "s0", "delivered"), happened_at=MORNING + timedelta(minutes=3)
    )
    after = told(
        plan, arrived, delivered, fact(FactKind.EXCEPTION, "s0", "x", corrects="delivered")
    )
    assert after.stops[S[0]].status is StopStatus.ARRIVED


def test_an_exception_moves_nothing(plan: Plan) -> None:
    logged = Fact(FactId("e"), FactKind.EXCEPTION, S[0], MORNING, Cause.ABSENT, note="n1")
    after = LogException(logged).apply(plan)
    assert (after.stops, after.routes) == (plan.stops, plan.routes)
    assert after.facts[FactId("e")] == logged
    assert LogException(logged).apply(after) is after
    unknown = LogException(replace(logged, subject=StopId("x"))).apply(plan)
    assert unknown.facts[FactId("e")].discrepancy == "unknown_subject"
    assert LogException(logged).names(plan) == RecordFact(logged).names(plan) == frozenset()


def test_facts_reach_a_frozen_route(plan: Plan) -> None:
    frozen = plan.with_routes([replace(plan.routes[R0], locked=True)])
    after = told(frozen, fact(FactKind.DELIVERED, "s1"))
    assert after.routes[R0].stops == (S[1], S[0], S[2])


def test_a_served_stop_that_waits_is_not_unassigned(plan: Plan) -> None:
    after = told(plan, fact(FactKind.FAILED, "s3"))
    assert after.unassigned == ()
    moved = MoveStops((S[3],), R0).apply(after)
    assert moved.stops[S[3]].route == R0
