"""What is checked at the end of a day is found when it is broken."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from console.dispatch.desk import Desk
from console.domain.commands import MoveStops, RecordFact
from console.domain.plan import Fact, FactId, FactKind, Plan, RouteId, StopId, StopStatus
from console.simulator.invariants import broken
from console.storage.memory import MemoryJournal
from tests.dispatch.desks import MORNING, opened

S0, S1, R0, R1 = StopId("s0"), StopId("s1"), RouteId("r0"), RouteId("r1")


@pytest.fixture
def desk() -> Desk:
    made = opened(MemoryJournal(), stops=4, routes=2)
    made.submit(MoveStops((S0, S1), R0))
    made.submit(RecordFact(Fact(FactId("f"), FactKind.DELIVERED, S0, MORNING)))
    made.flush()
    return made


def test_a_sound_day_breaks_nothing(desk: Desk) -> None:
    assert broken(desk, 4) == []


def test_what_is_not_saved_or_lost_is_found(desk: Desk) -> None:
    assert broken(desk, 5) == ["5 stops became 4"]
    desk.submit(MoveStops((S1,), R1))
    assert broken(desk, 4) == ["something is not saved", "the journal replays to another plan"]


def _doubled(plan: Plan) -> Plan:
    return plan.with_routes([replace(plan.routes[R1], stops=(S1,))])


def _unknown(plan: Plan) -> Plan:
    return plan.with_routes([replace(plan.routes[R1], stops=(StopId("x"),))])


def _behind(plan: Plan) -> Plan:
    return plan.with_routes([replace(plan.routes[R0], stops=(S1, S0))])


def _changed(plan: Plan) -> Plan:
    return plan.with_stops([replace(plan.stops[S0], status=StopStatus.FAILED)])


def _told_of_nobody(plan: Plan) -> Plan:
    return plan.with_facts([Fact(FactId("g"), FactKind.ARRIVED, StopId("x"), MORNING)])


@pytest.mark.parametrize(
    ("broke", "says"),
    [
        (_doubled, "stop s1 is on 2 routes"),
        (_unknown, "stop x of a route is not in the plan"),
        (_behind, "route r0 has something done behind something open"),
        (_changed, "stop s0 is failed, reported delivered"),
        (_told_of_nobody, "fact g speaks of a stop nobody knows"),
    ],
)
def test_a_plan_that_is_not_whole_is_found(
    desk: Desk, broke: Callable[[Plan], Plan], says: str
) -> None:
    desk.plan = broke(desk.plan)
    assert says in broken(desk, 4)
