"""Rich routes by hand: setups, trips, charging, profiles, where and when a route ends."""

from array import array
from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.fleet import DrivingRule
from console.domain.load import Capacity, Load
from console.domain.orders import Order, TimeWindow
from console.domain.places import PlaceId
from console.domain.plan import Plan, StopId
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule
from tests.domain.test_schedule import R0, at, day, rules, scheduled, square

MINUTES = timedelta(minutes=1)


def with_order(plan: Plan, i: int, **changes: object) -> Plan:
    """The plan with the order of stop i changed."""
    stop = plan.stops[StopId(f"s{i}")]
    order: Order = replace(stop.orders[0], **changes)
    return plan.with_stops([replace(stop, orders=(order,))])


def line(metres: tuple[int, ...] = (0, 5000, 10_000, 15_000, 20_000)) -> TravelMatrix:
    """Places along a road: the depot, p0 to p3; a minute a kilometre."""
    places = (PlaceId("depot"), *(PlaceId(f"p{i}") for i in range(4)))
    cells = [abs(a - b) for a in metres for b in metres]
    seconds = array("I", [cell * 60 // 1000 for cell in cells])
    return TravelMatrix(places, seconds, array("I", cells))


def test_setup_is_spent_once_for_stops_in_a_row_at_one_place() -> None:
    plan = day(3)
    for i in range(3):
        plan = with_order(plan, i, setup_time=4 * MINUTES, parking_time=3 * MINUTES)
    plan = plan.with_stops([replace(plan.stops[StopId("s1")], place=PlaceId("p0"))])
    schedule = scheduled(plan)
    assert [visit.setup for visit in schedule.visits] == [7 * MINUTES, 0 * MINUTES, 7 * MINUTES]
    assert schedule.setup == 14 * MINUTES
    assert schedule.duration == (30 + 14 + 18) * MINUTES
    first = schedule.visits[0]
    assert (first.start - first.arrival, first.waiting) == (7 * MINUTES, 0 * MINUTES)


def test_soft_lateness_costs_by_the_minute_and_is_no_violation() -> None:
    plan = day(2)
    soft = (TimeWindow(at(0), at(0.25), late_price=0.5),)
    schedule = scheduled(with_order(plan, 1, windows=soft))
    assert rules(schedule) == []
    assert (schedule.soft_lateness, schedule.lateness) == (11 * MINUTES, 0 * MINUTES)
    assert schedule.penalty == pytest.approx(5.5)
    assert schedule.visits[1].slack == -11 * MINUTES
    assert schedule.start == at(0)


def test_it_loads_again_where_the_detour_is_least() -> None:
    plan = day(4, capacity=Capacity(kg=20), reloads=1, reload_time=10 * MINUTES)
    plan = with_order(with_order(plan, 3, load=Load(1, 5)), 2, load=Load(1, 5))
    schedule = scheduled(plan, line())
    assert schedule.reloads == ((at(0) + 16 * MINUTES, at(0) + 26 * MINUTES),)
    assert [visit.load.kg for visit in schedule.visits] == [0, 10, 5, 0]
    assert schedule.load == Load(3, 20, 0.1)
    assert (schedule.metres, schedule.inner_metres) == (50_000, 10_000)
    assert schedule.visits[1].metres == 15_000
    assert schedule.driving == 50 * MINUTES
    assert schedule.brought == Load(4, 30, 0.2)
    assert rules(schedule) == []


def test_it_does_not_load_again_where_that_does_not_help() -> None:
    plan = day(4, capacity=Capacity(kg=15), reloads=2)
    schedule = scheduled(plan, line())
    assert schedule.reloads == ()
    assert rules(schedule) == [(Rule.OVERLOADED, 25, "kg")]
    assert len(scheduled(day(4, capacity=Capacity(kg=15), reloads=3), line()).reloads) == 3


def test_nothing_leaves_before_it_is_ready() -> None:
    ready = with_order(day(2), 1, ready_at=at(3))
    assert scheduled(ready).start == at(3)
    trips = with_order(day(2, capacity=Capacity(kg=10), reloads=1), 1, ready_at=at(3))
    schedule = scheduled(trips)
    assert schedule.reloads == ((at(3), at(3)),)
    assert schedule.start == at(3) - 26 * MINUTES
    collected = with_order(with_order(day(2), 1, ready_at=at(3)), 1, pickup="o0")
    assert scheduled(collected).start == at(0)


def test_it_charges_before_it_is_too_late() -> None:
    chargers = (PlaceId("p1"), PlaceId("p3"))
    plan = day(3, range_m=18_000, chargers=chargers, charge_time=20 * MINUTES)
    plan = plan.with_stops([replace(plan.stops[StopId("s1")], place=PlaceId("p2"))])
    schedule = scheduled(plan, line())  # at 5 km, at 15 km, and home: on either leg by way of p1
    assert [end - begin for begin, end in schedule.charges] == [20 * MINUTES] * 2
    assert [visit.metres for visit in schedule.visits] == [5000, 10_000, 0]
    assert schedule.metres == 30_000
    assert rules(schedule) == []
    far = scheduled(replace_shift(plan, chargers=(), range_m=18_000), line())
    assert rules(far) == [(Rule.RANGE, 12_000, "m")]
    short = scheduled(replace_shift(plan, range_m=4000), line())
    assert short.charges == ()
    assert rules(short) == [(Rule.RANGE, 26_000, "m")]


def replace_shift(plan: Plan, **changes: object) -> Plan:
    route = plan.routes[R0]
    return plan.with_routes([replace(route, shift=replace(route.shift, **changes))])


def test_it_ends_at_home_or_nowhere() -> None:
    home = scheduled(day(2, end_place=PlaceId("p1")), line())
    assert (home.metres, home.return_metres) == (10_000, 0)
    home = scheduled(day(2, end_place=PlaceId("p3")), line())
    assert (home.return_metres, home.return_travel) == (10_000, 10 * MINUTES)
    nowhere = scheduled(day(2, open_ended=True), line())
    assert (nowhere.metres, nowhere.return_metres) == (10_000, 0)
    assert nowhere.end == nowhere.visits[-1].departure


def test_a_fixed_start_waits_on_the_way() -> None:
    schedule = scheduled(day(windows={1: (2, 3)}, fixed_start=True))
    assert schedule.start == at(0)
    assert schedule.visits[1].waiting == timedelta(hours=2) - 26 * MINUTES


def test_each_profile_has_its_travel_and_each_driver_his_pace() -> None:
    slow = replace(square(1200), profile="truck")
    matrix = replace(square(), others={"truck": slow})
    assert scheduled(day(profile="truck"), matrix).driving == 60 * MINUTES
    assert scheduled(day(profile="sledge"), matrix).driving == 30 * MINUTES
    assert scheduled(day(speed_factor=1.5), matrix).driving == 45 * MINUTES
    assert scheduled(day(profile="truck", speed_factor=0.5), matrix).driving == 30 * MINUTES


def test_the_driving_rule_puts_rests_between() -> None:
    rule = DrivingRule(15 * MINUTES, 45 * MINUTES, 15 * MINUTES, 30 * MINUTES)
    schedule = scheduled(day(2, driving_rule=rule))
    assert [end - begin for begin, end in schedule.rests] == [45 * MINUTES] * 2
    assert schedule.breaks == schedule.rests
    assert schedule.duration == (30 + 12 + 90) * MINUTES
    assert schedule.driving == 30 * MINUTES


def test_limits_of_a_shift() -> None:
    limits = {"max_stops": 1, "max_metres": 14_000, "max_driving": 25 * MINUTES}
    schedule = scheduled(day(2, **limits))
    assert rules(schedule) == [
        (Rule.STOPS, 1, ""),
        (Rule.DISTANCE, 1000, "m"),
        (Rule.DRIVING, 300, "s"),
    ]
    assert all(violation.is_harm for violation in schedule.violations)


def test_who_may_serve_what() -> None:
    plan = day(2, vehicle_skills=("lift",), territories=("north",))
    plan = with_order(plan, 0, skills=("lift",), territory="north")
    assert rules(scheduled(plan)) == []
    plan = with_order(plan, 1, people=3, territory="south", depot="other")
    schedule = scheduled(plan)
    assert [(v.rule, v.stop, v.amount, v.detail) for v in schedule.violations] == [
        (Rule.PEOPLE, "s1", 2, ""),
        (Rule.TERRITORY, "s1", 1, "south"),
        (Rule.DEPOT, "s1", 1, "other"),
    ]


def test_preferences_have_a_price() -> None:
    plan = day(2, territories=("north",), territory_price=4.0)
    plan = with_order(plan, 1, territory="south", drivers=("d7",), driver_price=2.5)
    schedule = scheduled(plan)
    assert rules(schedule) == []
    assert schedule.penalty == 6.5
    asked = with_order(plan, 1, territory="", drivers=("d7", "d0"))
    assert scheduled(asked).penalty == 0


def test_what_is_brought_is_collected_before() -> None:
    plan = with_order(day(2), 1, pickup="o0")
    plan = with_order(plan, 0, load=Load(), collected=Load(1, 10, 0.1))
    schedule = scheduled(plan)
    assert rules(schedule) == []
    assert [visit.load.kg for visit in schedule.visits] == [10, 0]
    assert schedule.load == Load(1, 10, 0.1)
    route = plan.routes[R0]
    turned = scheduled(plan.with_routes([replace(route, stops=route.stops[::-1])]))
    (violation,) = turned.violations
    assert (violation.rule, violation.stop, violation.detail) == (Rule.PAIRING, "s1", "o0")


def test_carbon() -> None:
    assert scheduled(day(2, co2e_per_km=0.2)).co2e == pytest.approx(3.0)
