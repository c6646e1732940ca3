"""The schedule of a day under way: what was reported stands, the rest follows from it."""

from array import array
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.domain.commands import RecordFact
from console.domain.fleet import BreakRule
from console.domain.places import PlaceId
from console.domain.plan import Fact, FactId, FactKind, Hold, Plan, Route, RouteId, StopId
from console.domain.schedule import Schedule, schedule_route
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule
from tests.dispatch.desks import MORNING, shift, stop

R0 = RouteId("r0")
S = [StopId(f"s{i}") for i in range(4)]
PLACES = tuple(PlaceId(name) for name in ("depot", "p0", "p1", "p2", "p3"))
LEG = 10  # minutes between any two places; service takes 3
MATRIX = TravelMatrix(
    PLACES,
    array("I", [0 if a == b else LEG * 60 for a in range(5) for b in range(5)]),
    array("I", [0 if a == b else 5000 for a in range(5) for b in range(5)]),
)


def at(minutes: float) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def driven(*facts: tuple[FactKind, str, float], rule: BreakRule | None = None) -> Plan:
    stops = [replace(stop(str(i)), route=R0) for i in range(4)]
    route = Route(R0, replace(shift(0), break_rule=rule), tuple(S))
    plan = Plan().with_stops(stops).with_routes([route])
    for kind, subject, minutes in facts:
        told = Fact(FactId(f"{kind} {subject}"), kind, StopId(subject), at(minutes))
        plan = RecordFact(told).apply(plan)
    return plan


def schedule(plan: Plan, now: float | None = None) -> Schedule:
    moment = None if now is None else at(now)
    made = schedule_route(plan, plan.routes[R0], MATRIX, moment)
    assert made is not None
    return made


def arrivals(made: Schedule) -> list[float]:
    return [(visit.arrival - MORNING).total_seconds() / 60 for visit in made.visits]


START = (FactKind.DEPARTED, "r0", 5)


def test_an_arrival_moves_all_that_follows() -> None:
    assert arrivals(schedule(driven(START))) == [15, 28, 41, 54]
    late = schedule(driven(START, (FactKind.ARRIVED, "s0", 22)))
    assert arrivals(late) == [22, 35, 48, 61]


def test_the_reported_end_of_a_visit_counts_not_the_planned_one() -> None:
    facts = (START, (FactKind.ARRIVED, "s0", 22), (FactKind.DELIVERED, "s0", 40))
    made = schedule(driven(*facts))
    assert made.visits[0].start == at(22)
    assert arrivals(made) == [22, 50, 63, 76]


def test_a_long_stop_holds_up_the_rest_minute_by_minute() -> None:
    plan = driven(START, (FactKind.ARRIVED, "s0", 15))
    assert arrivals(schedule(plan, now=17)) == [15, 28, 41, 54]
    assert arrivals(schedule(plan, now=37)) == [15, 47, 60, 73]


def test_a_visit_that_was_quicker_than_planned_has_no_future_start() -> None:
    made = schedule(driven(START, (FactKind.DELIVERED, "s0", 9)))
    assert made.visits[0].arrival == made.visits[0].start == made.visits[0].departure == at(9)


RULE = BreakRule(timedelta(minutes=30), at(20), at(200), timedelta(0))


def test_a_break_under_way_delays_the_next_arrival() -> None:
    facts = (START, (FactKind.DELIVERED, "s0", 20), (FactKind.BREAK_BEGAN, "r0", 22))
    made = schedule(driven(*facts, rule=RULE), now=25)
    assert made.breaks == ((at(22), at(52)),)
    assert arrivals(made)[1] == 60
    longer = schedule(driven(*facts, rule=RULE), now=58)
    assert longer.breaks == ((at(22), at(58)),)


def test_a_break_that_was_taken_is_not_owed_again() -> None:
    facts = (
        START,
        (FactKind.DELIVERED, "s0", 20),
        (FactKind.BREAK_BEGAN, "r0", 22),
        (FactKind.BREAK_ENDED, "r0", 53),
        (FactKind.DELIVERED, "s1", 70),
    )
    made = schedule(driven(*facts, rule=RULE), now=71)
    assert made.breaks == ((at(22), at(53)),)
    assert arrivals(made)[2] == 80
    assert not [v for v in made.violations if v.rule is Rule.BREAK]


def test_a_break_at_the_door_of_a_stop() -> None:
    """Nowhere between two stops is there room for it: it was taken while standing."""
    facts = (
        START,
        (FactKind.ARRIVED, "s0", 15),
        (FactKind.BREAK_BEGAN, "r0", 16),
        (FactKind.BREAK_ENDED, "r0", 46),
        (FactKind.DELIVERED, "s0", 47),
    )
    made = schedule(driven(*facts, rule=RULE), now=48)
    assert made.breaks == ((at(16), at(46)),)
    assert arrivals(made) == [15, 57, 70, 83]


def test_a_short_rest_leaves_the_break_owed() -> None:
    facts = (START, (FactKind.BREAK_BEGAN, "r0", 7), (FactKind.BREAK_ENDED, "r0", 9))
    made = schedule(driven(*facts, rule=RULE), now=10)
    assert [end - begin for begin, end in made.breaks] == [timedelta(minutes=30)]
    assert made.breaks[0][0] >= at(20)


DONE = [(FactKind.DELIVERED, f"s{i}", 20 + 15 * i) for i in range(4)]


@pytest.mark.parametrize(("facts", "end"), [(DONE, 92), (DONE[:3], 73)])
def test_being_back_ends_a_route_that_has_nothing_left_to_do(
    facts: list[tuple[FactKind, str, float]], end: float
) -> None:
    assert schedule(driven(START, *facts, (FactKind.RETURNED, "r0", 92))).end == at(end)


def held(plan: Plan, told: float, until: float) -> Plan:
    return plan.with_routes([replace(plan.routes[R0], hold=Hold(at(told), at(until)))])


def test_who_stands_still_goes_on_when_that_is_over() -> None:
    on_the_way = held(driven(START), 10, 40)
    assert arrivals(schedule(on_the_way)) == [50, 63, 76, 89]
    assert schedule(on_the_way).start == at(5), "she left when she left"
    served = driven(START, (FactKind.DELIVERED, "s0", 18))
    made = schedule(held(served, 20, 60))
    assert arrivals(made) == [15, 70, 83, 96]
    assert made.visits[0].departure == at(18), "what was reported stays"


def test_a_later_report_ends_it() -> None:
    served = driven(START, (FactKind.DELIVERED, "s0", 18), (FactKind.ARRIVED, "s1", 30))
    assert arrivals(schedule(held(served, 20, 60))) == [15, 30, 43, 56]
    back = driven(START, *((FactKind.DELIVERED, f"s{i}", 15 + 10 * i) for i in range(4)))
    made = schedule(held(back, 50, 90))
    assert made.end == at(100), "the way home, too"
    home = RecordFact(Fact(FactId("home"), FactKind.RETURNED, R0, at(70))).apply(back)
    assert schedule(held(home, 50, 90)).end == at(70)
