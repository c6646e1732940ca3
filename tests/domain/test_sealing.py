"""A sealed day: what somebody decides is refused until it is open again; what happened comes in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.cases import CaseNote, Resolution, Step
from console.domain.commands import (
    AddStops,
    AttendException,
    LogException,
    RecordFact,
    ResolveExceptions,
    SealDay,
)
from console.domain.commands.revert import Revert
from console.domain.errors import Rejected
from console.domain.integrity import check
from console.domain.orders import Order, OrderId
from console.domain.patch import diff
from console.domain.places import PlaceId
from console.domain.plan import Cause, Fact, FactId, FactKind, Plan, RouteId, Stop, StopId
from console.domain.sealing import seal_of

EVENING = datetime(2026, 11, 23, 17, tzinfo=UTC)
S = StopId("s1")


def stop(name: str) -> Stop:
    return Stop(StopId(name), PlaceId("p"), (Order(OrderId(f"o{name}"), PlaceId("p")),))


def seal(number: int, kind: FactKind = FactKind.SEALED) -> SealDay:
    at = EVENING + timedelta(minutes=number)
    return SealDay(Fact(FactId(f"x{number}"), kind, RouteId("day"), at))


def done(plan: Plan, command: object) -> Plan:
    after = command.apply(plan)
    check(plan, after, diff(plan, after), is_fact=command.is_fact)
    return after


@pytest.fixture
def plan() -> Plan:
    return done(Plan(), AddStops((stop("s1"),)))


def test_nothing_is_decided_on_a_sealed_day(plan: Plan) -> None:
    closed = done(plan, seal(1))
    assert seal_of(closed.facts) is not None
    with pytest.raises(Rejected, match="sealed"):
        done(closed, AddStops((stop("s2"),)))
    opened = done(closed, seal(2, FactKind.REOPENED))
    assert seal_of(opened.facts) is None
    assert len(done(opened, AddStops((stop("s2"),))).stops) == 2


def test_facts_come_in_late_and_say_so(plan: Plan) -> None:
    closed = done(plan, seal(1))
    late = done(
        closed, LogException(Fact(FactId("e"), FactKind.EXCEPTION, S, EVENING, Cause.ABSENT))
    )
    assert late.facts[FactId("e")].discrepancy == "after_the_seal"
    back = Fact(FactId("f"), FactKind.DELIVERED, S, EVENING)
    assert done(late, RecordFact(back)).facts[FactId("f")].discrepancy == "not_on_a_route"


def test_the_seal_does_not_depend_on_the_order_in_which_it_came(plan: Plan) -> None:
    marks = [seal(1), seal(2, FactKind.REOPENED), seal(3)]
    for order in (marks, marks[::-1], [marks[1], marks[2], marks[0]]):
        closed = plan
        for mark in order:
            closed = done(closed, mark)
        found = seal_of(closed.facts)
        assert found is not None
        assert found.id == "x3"


def test_a_seal_is_a_seal_and_a_case_a_case(plan: Plan) -> None:
    wrong = Fact(FactId("w"), FactKind.DELIVERED, S, EVENING)
    for command in (SealDay(wrong), AttendException(wrong), ResolveExceptions((wrong,))):
        with pytest.raises(Rejected, match=r"not_a_seal|not_about_a_case"):
            command.apply(plan)


def test_a_resolution_is_a_decision_that_may_be_taken_back_and_an_owner_is_not(plan: Plan) -> None:
    note = CaseNote(Step.RESOLVED, resolution=Resolution.CLOSED)
    fact = Fact(FactId("r"), FactKind.ATTENDED, StopId("e"), EVENING, case=note)
    resolved = done(plan, ResolveExceptions((fact,), gone=(OrderId("os1"),)))
    assert not resolved.stops
    with pytest.raises(Rejected, match="resolved_already"):
        done(resolved, ResolveExceptions((replace(fact, id=FactId("r2")),)))
    back = Revert(2, diff(plan, resolved).inverted()).apply(resolved)
    assert back.facts == plan.facts
    assert back.stops == plan.stops
    owned = done(plan, AttendException(replace(fact, case=CaseNote(Step.OWNED, owner="a"))))
    with pytest.raises(Rejected, match="facts_stay"):
        Revert(2, diff(plan, owned).inverted()).apply(owned)
