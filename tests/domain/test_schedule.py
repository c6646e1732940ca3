"""A route in time and money: figures by hand, violations one by one."""

from array import array
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.domain.commands import RecordFact
from console.domain.fleet import BreakRule, Rates
from console.domain.load import Capacity, Load
from console.domain.orders import TimeWindow
from console.domain.places import PlaceId
from console.domain.plan import Fact, FactId, FactKind, Override, Plan, Route, RouteId, StopId
from console.domain.schedule import Schedule, schedule_plan, schedule_route
from console.domain.travel import UNREACHABLE, TravelMatrix
from console.domain.violations import Rule
from tests.dispatch.desks import MORNING, shift, stop

R0 = RouteId("r0")
RATES = Rates(fixed=35, per_km=0.5, per_hour=30)


def at(hours: float) -> datetime:
    return MORNING + timedelta(hours=hours)


def square(seconds: int = 600, metres: int = 5000) -> TravelMatrix:
    """The depot and p0 to p3, ten minutes and five kilometres from each other."""
    places = (PlaceId("depot"), *(PlaceId(f"p{i}") for i in range(4)))
    cells = [0 if i == j else 1 for i in range(5) for j in range(5)]
    return TravelMatrix(
        places,
        array("I", [cell * seconds for cell in cells]),
        array("I", [cell * metres for cell in cells]),
    )


def day(count: int = 2, windows: dict[int, tuple[float, float]] | None = None, **given) -> Plan:
    """r0 with some stops of 6 min; keywords change the shift."""
    made = []
    for i in range(count):
        one = stop(str(i))
        order = replace(one.orders[0], service_time=timedelta(minutes=6), load=Load(1, 10, 0.1))
        if windows and i in windows:
            begin, end = windows[i]
            order = replace(order, windows=(TimeWindow(at(begin), at(end)),))
        made.append(replace(one, orders=(order,), route=R0))
    crew = replace(shift(0), rates=RATES, **given)
    return Plan().with_stops(made).with_routes([Route(R0, crew, tuple(s.id for s in made))])


def scheduled(plan: Plan, matrix: TravelMatrix | None = None, **given) -> Schedule:
    found = schedule_route(plan, plan.routes[R0], matrix or square(), **given)
    assert found is not None
    return found


def rules(schedule: Schedule) -> list[tuple[Rule, float, str]]:
    return [(v.rule, v.amount, v.unit) for v in schedule.violations]


def test_figures_by_hand() -> None:
    schedule = scheduled(day(windows={1: (2, 3)}))
    assert schedule.end == at(2) + timedelta(minutes=16)
    assert schedule.start == at(2) - timedelta(minutes=26)
    assert [visit.travel for visit in schedule.visits] == [timedelta(minutes=10)] * 2
    assert schedule.visits[1].waiting == timedelta()
    assert schedule.metres == 15_000
    assert schedule.driving == timedelta(minutes=30)
    assert schedule.duration == timedelta(minutes=42)
    assert schedule.cost == pytest.approx(35 + 15 * 0.5 + 0.7 * 30)
    assert [visit.load for visit in schedule.visits] == [Load(1, 10, 0.1), Load()]
    assert schedule.load == Load(2, 20, 0.2)
    assert schedule.visits[1].slack == timedelta(hours=1)
    assert schedule.visits[0].slack is None
    assert schedule.violations == ()


def test_nobody_leaves_before_now() -> None:
    assert scheduled(day(), now=at(1)).start == at(1)
    assert scheduled(day(), now=at(-5)).start == at(0)


def test_overtime_costs_half_as_much_again() -> None:
    plan = day(windows={1: (7.9, 8)}, max_overtime=timedelta(minutes=30))
    schedule = scheduled(plan)
    assert schedule.overtime == timedelta(minutes=10)
    assert rules(schedule) == [(Rule.OVERTIME, 600, "s")]
    assert not schedule.violations[0].is_harm
    paid = schedule.duration + timedelta(minutes=5)
    assert schedule.cost == pytest.approx(35 + 7.5 + paid / timedelta(hours=1) * 30)


def test_back_after_the_last_return() -> None:
    schedule = scheduled(day(windows={1: (8, 8.2)}, max_overtime=timedelta(minutes=10)))
    assert rules(schedule) == [(Rule.SHIFT, 6 * 60, "s")]
    assert schedule.violations[0].is_harm


def test_late() -> None:
    schedule = scheduled(day(windows={1: (0, 0.25)}))
    assert rules(schedule) == [(Rule.LATE, 11 * 60, "s")]
    assert schedule.violations[0].stop == "s1"
    assert schedule.lateness == timedelta(minutes=11)
    assert schedule.visits[1].slack == -timedelta(minutes=11)


def test_every_dimension_and_the_range() -> None:
    schedule = scheduled(day(capacity=Capacity(1, 15, 0.1), range_m=14_000))
    assert rules(schedule) == [
        (Rule.OVERLOADED, 1, "pieces"),
        (Rule.OVERLOADED, 5, "kg"),
        (Rule.OVERLOADED, pytest.approx(0.1), "m3"),
        (Rule.RANGE, 1000, "m"),
    ]
    assert schedule.fullness == 2


def test_a_skill_that_is_missing() -> None:
    plan = day(1)
    order = replace(plan.stops[StopId("s0")].orders[0], skills=("adr", "lift"))
    plan = plan.with_stops([replace(plan.stops[StopId("s0")], orders=(order,))])
    (violation,) = scheduled(
        plan.with_routes([replace(plan.routes[R0], shift=replace(shift(0), skills=("lift",)))])
    ).violations
    assert (violation.rule, violation.stop, violation.detail) == (Rule.SKILL, "s0", "adr")


def test_a_long_route_takes_its_break() -> None:
    rule = BreakRule(timedelta(minutes=30), at(4), at(5))
    plan = day(windows={0: (0, 0.5), 1: (7, 7.5)}, break_rule=rule)
    schedule = scheduled(plan)
    assert schedule.breaks == ((at(4), at(4.5)),)
    assert schedule.violations == ()
    short = scheduled(day(break_rule=rule))
    assert short.breaks == ()
    busy = replace(rule, earliest=at(4), latest=at(4.25))
    missing = scheduled(day(windows={0: (0, 0.5), 1: (7, 7.5)}, break_rule=busy))
    assert rules(missing) == [(Rule.BREAK, 0, "")]


def test_no_road() -> None:
    matrix = square()
    matrix.durations[matrix.cell(1, 2)] = UNREACHABLE
    assert (Rule.UNREACHABLE, 0, "") in rules(scheduled(day(), matrix))


def test_a_driver_who_is_off() -> None:
    plan = day()
    plan = plan.with_routes([replace(plan.routes[R0], off=True)])
    assert rules(scheduled(plan)) == [(Rule.DRIVER_OFF, 0, "")]


def test_an_override_is_no_harm_any_more() -> None:
    plan = day(windows={1: (0, 0.25)}, range_m=1)
    late = replace(plan.stops[StopId("s1")], overrides=(Override("late", "agreed"),))
    far = replace(plan.routes[R0], overrides=(Override("range", "charged on the way"),))
    schedule = scheduled(plan.with_stops([late]).with_routes([far]))
    assert [v.overridden for v in schedule.violations] == ["agreed", "charged on the way"]
    assert not any(v.is_harm for v in schedule.violations)


def test_what_was_reported_moves_the_rest() -> None:
    plan = day()
    left = Fact(FactId("f"), FactKind.DELIVERED, StopId("s0"), at(3))
    after = RecordFact(left).apply(plan)
    assert scheduled(after).visits[0].departure == at(3)
    assert scheduled(after).visits[1].arrival == at(3) + timedelta(minutes=10)
    corrected = RecordFact(
        Fact(FactId("g"), FactKind.DELIVERED, StopId("s0"), at(2), corrects=FactId("f"))
    ).apply(after)
    assert scheduled(corrected).visits[1].arrival == at(2) + timedelta(minutes=10)


def test_empty_routes_have_no_schedule() -> None:
    plan = day().with_routes([Route(RouteId("r1"), shift(1))])
    assert set(schedule_plan(plan, square())) == {R0}


def served(plan: Plan, *times: float) -> Plan:
    """The first stops of r0 left at these hours after the morning; it left with the morning."""
    facts = [Fact(FactId("left"), FactKind.DEPARTED, R0, at(0))]
    stops = plan.routes[R0].stops
    for stop_id, hours in zip(stops, times, strict=False):
        facts.append(Fact(FactId(f"f{stop_id}"), FactKind.DELIVERED, stop_id, at(hours)))
    for fact in facts:
        plan = RecordFact(fact).apply(plan)
    return plan


def test_nothing_begins_before_now_on_a_route_under_way() -> None:
    plan = served(day(), 0.5)
    assert [visit.start for visit in scheduled(plan).visits][1] < at(1)
    late = scheduled(plan, now=at(2))
    assert late.start == at(0)
    assert late.visits[0].departure == at(0.5)
    assert late.visits[1].start == at(2)
    assert late.visits[1].slack is None


def test_a_window_that_passed_is_late_from_now_on() -> None:
    plan = served(day(windows={1: (0.5, 1)}), 0.5)
    late = scheduled(plan, now=at(2))
    assert late.visits[1].lateness == timedelta(hours=1)


def test_a_break_was_taken_where_there_was_time_for_it() -> None:
    rule = BreakRule(timedelta(minutes=30), at(0), at(3), timedelta(minutes=45))
    quick = served(day(3, break_rule=rule), 0.3, 0.6)
    assert scheduled(quick).breaks[0][0] >= at(0.6)
    slow = served(day(3, break_rule=rule), 0.3, 1.3)
    (rest,) = scheduled(slow).breaks
    assert rest[1] <= at(1.3)
    assert scheduled(slow).end == at(1.3) + timedelta(minutes=10 + 6 + 10)


def test_goods_that_were_brought_make_room() -> None:
    plan = day(4, capacity=Capacity(pieces=3))
    assert (Rule.OVERLOADED, 1, "pieces") in rules(scheduled(plan))
    under_way = served(plan, 0.5)
    assert rules(scheduled(under_way)) == []
    assert scheduled(under_way).load.pieces == 4
