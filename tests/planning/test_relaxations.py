"""What would let a stop in: each one applied does what it says, at its price."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.commands import AdmitStop
from console.domain.fleet import DepotId, Rates
from console.domain.integrity import check
from console.domain.load import Capacity, Load
from console.domain.orders import OrderId, Priority, TimeWindow
from console.domain.patch import diff
from console.domain.plan import Plan, RouteId, StopId
from console.domain.schedule import schedule_plan
from console.domain.travel import TravelMatrix
from console.planning.drafts import Kind
from console.planning.relaxations import Relaxation, Relaxer, relaxations
from console.planning.trials import plan_money
from tests.planning.days import at, plan, shift, stop, straight, tight, window

MATRIX = straight([(0, 0), (3_000, 0), (0, 3_000), (3_000, 3_000), (6_000, 0)])
A, B = RouteId("A"), RouteId("B")


def found(told: Plan, name: str = "s1", matrix: TravelMatrix = MATRIX) -> dict[Kind, Relaxation]:
    """The cheapest of each kind, after a check of all of them."""
    several = relaxations(told, StopId(name), matrix)
    for one in several:
        kept(told, StopId(name), one, matrix)
    return {one.kind: one for one in reversed(several)}


def kept(told: Plan, stop_id: StopId, one: Relaxation, matrix: TravelMatrix) -> Plan:
    """The plan after it: the stop is on its route, nothing is harmed, the price is true."""
    after = one.command.apply(told)
    check(told, after, diff(told, after))
    assert after.stops[stop_id].route == one.route
    assert after.routes[one.route].shift.driver == one.driver
    assert harms(after, matrix) <= harms(told, matrix)
    price = plan_money(after, matrix) - plan_money(told, matrix)
    assert one.price == pytest.approx(price, abs=1e-6)
    assert one.detail
    return after


def harms(told: Plan, matrix: TravelMatrix) -> set[tuple[str, str, str]]:
    timed = schedule_plan(told, matrix).values()
    return {(v.rule, v.stop or v.route, v.detail) for s in timed for v in s.violations if v.is_harm}


def test_a_stop_that_fits_needs_nothing() -> None:
    only = found(plan([shift("A")], [stop(1)]))
    assert list(only) == [Kind.FITS]
    assert only[Kind.FITS].price > 35


def test_a_window_is_widened_by_what_is_missing() -> None:
    told = plan([shift("A", start=12)], [stop(1, windows=(window(8, 12),))])
    later = found(told)[Kind.LATER]
    assert (later.unit, later.amount) == ("s", 480)
    assert later.at == at(12) + timedelta(minutes=8)
    assert later.detail == "Serve it 8 min later, until 12:08"
    (order,) = later.command.orders
    assert order.windows == (TimeWindow(at(8), at(12) + timedelta(minutes=8)),)


def test_a_window_may_open_earlier() -> None:
    told = plan(
        [shift("A", end=10, max_overtime=timedelta())], [stop(1, windows=(window(10, 12),))]
    )
    kinds = found(told)
    early = kinds[Kind.EARLIER]
    assert early.at is not None
    assert early.amount == (at(10) - early.at).total_seconds()
    assert 10 * 60 < early.amount < 15 * 60
    assert kinds[Kind.OVERTIME].amount > 10 * 60


def test_the_window_before_may_be_longer() -> None:
    spans = (window(8, 8.25), window(13, 14))
    told = plan([shift("A", start=8.25, end=12)], [stop(1, windows=spans)])
    later = found(told)[Kind.LATER]
    assert later.command.orders[0].windows[1] == spans[1]
    assert later.command.orders[0].windows[0].latest == later.at


def test_deadlines_are_moved_too() -> None:
    told = plan([shift("A", start=12)], [stop(1, deadline=at(12))])
    later = found(told)[Kind.LATER]
    assert later.command.orders[0].deadline == later.at


def test_overtime_is_priced() -> None:
    rates = Rates(per_hour=60, overtime_factor=2)
    brief = shift("A", end=8.1, max_overtime=timedelta(), rates=rates)
    told = plan([brief], [stop(1, route=None)])
    over = found(told)[Kind.OVERTIME]
    assert over.unit == "s"
    assert over.amount % 60 == 0
    after = over.command.apply(told)
    assert after.routes[A].shift.max_overtime == timedelta(seconds=over.amount)
    assert after.routes[A].shift.end == brief.end


def test_more_load_is_accepted() -> None:
    shifts = [shift("A", capacity=Capacity(pieces=10, kg=30))]
    told = plan(shifts, [stop(2, route="A", load=Load(1, 28)), stop(1, load=Load(1, 4.5))])
    heavy = found(told)[Kind.OVERLOAD]
    assert (heavy.amount, heavy.unit) == (2.5, "kg")
    assert heavy.detail == "Accept 2.5 kg over capacity"
    after = heavy.command.because("strong springs").apply(told)
    assert [o.reason for o in after.routes[A].overrides] == ["strong springs"]


def test_no_van_is_asked_to_carry_a_tenth_more_than_it_may() -> None:
    told = plan([shift("A", capacity=Capacity(kg=40))], [stop(1, load=Load(1, 45))])
    assert Kind.OVERLOAD not in found(told)


def test_what_is_missing_is_accepted() -> None:
    shifts = [shift("A"), shift("B", people=2)]
    stops = [stop(1, skills=("adr",)), stop(2, people=2), stop(3, people=3)]
    told = plan(shifts, stops)
    skill = found(told)[Kind.SKILL]
    assert skill.detail == "Accept that adr is missing"
    assert found(told, "s2")[Kind.FITS].route == B
    assert found(told, "s3")[Kind.PEOPLE].route == B
    both = plan(shifts, [stop(1, skills=("adr",), people=3)])
    assert found(both) == {}
    north = plan([shift("A", territories=("s",))], [stop(1, territory="n", depot=DepotId("d"))])
    assert list(found(north)) == [Kind.TERRITORY]


def test_limits_of_a_shift_are_accepted_or_not() -> None:
    told = plan([shift("A", max_stops=1)], [stop(2, route="A"), stop(1)])
    assert list(found(told)) == [Kind.STOPS]
    told = plan([shift("A", max_metres=1_000)], [stop(1)])
    assert list(found(told)) == [Kind.DISTANCE]
    told = plan([shift("A", range_m=1_000)], [stop(1)])
    assert found(told) == {}


def test_a_locked_route_is_unlocked_in_one_step() -> None:
    told = plan([shift("A")], [stop(2, route="A"), stop(1)])
    told = told.with_routes([replace(told.routes[A], locked=True)])
    opened = found(told)
    assert list(opened) == [Kind.UNLOCK]
    assert not opened[Kind.UNLOCK].command.apply(told).routes[A].locked
    released = told.with_routes([replace(told.routes[A], locked=False, released=True)])
    assert found(released) == {}


def test_a_less_important_stop_gives_way() -> None:
    small = shift("A", capacity=Capacity(kg=10))
    low = stop(2, route="A", load=Load(1, 8), priority=Priority.LOW)
    told = plan([small], [low, stop(1, load=Load(1, 8))])
    drop = found(told)[Kind.DROP]
    assert drop.subject == "o2"
    assert drop.command.apply(told).unassigned == ("s2",)
    equal = replace(low, orders=(replace(low.orders[0], priority=Priority.NORMAL),))
    assert Kind.DROP not in found(told.with_stops([equal]))
    optional = replace(equal, orders=(replace(equal.orders[0], skip_price=7.5),))
    assert Kind.DROP in found(told.with_stops([optional]))
    pinned = replace(low, pinned=True)
    assert Kind.DROP not in found(told.with_stops([pinned]))


def test_what_is_too_much_for_one_van_is_split() -> None:
    shifts = [shift("A", capacity=Capacity(kg=100)), shift("B", capacity=Capacity(kg=70))]
    told = plan(shifts, [stop(1, load=Load(10, 150.0, 0.5))])
    parts = found(told)[Kind.SPLIT]
    assert (parts.route, parts.other) == (A, B)
    after = parts.command.apply(told)
    loads = [s.load for s in after.stops.values()]
    assert sum(load.pieces for load in loads) == 10
    assert sum(load.kg for load in loads) == pytest.approx(150)
    assert {s.route for s in after.stops.values()} == {A, B}
    assert [s.pieces for s in loads] == [6, 4]
    one_piece = plan(shifts, [stop(1, load=Load(1, 150.0))])
    assert Kind.SPLIT not in found(one_piece)


def test_a_shared_stop_is_split_by_its_orders() -> None:
    shifts = [shift("A", capacity=Capacity(kg=100)), shift("B", capacity=Capacity(kg=70))]
    shared = stop(1, load=Load(1, 90.0))
    light = replace(shared.orders[0], id=OrderId("o9"), load=Load(1, 60.0))
    told = plan(shifts, [replace(shared, orders=(*shared.orders, light))])
    parts = found(told)[Kind.SPLIT]
    after = parts.command.apply(told)
    owners = {o.id: s.route for s in after.stops.values() for o in s.orders}
    assert owners == {"o1": A, "o9": B}


def test_a_pair_is_placed_together() -> None:
    fetch = stop(2, load=Load(), collected=Load(1, 5.0))
    told = plan([shift("A"), shift("B", end=8.2)], [fetch, stop(1, pickup=OrderId("o2"))])
    fits = found(told)[Kind.FITS]
    after = fits.command.apply(told)
    assert after.routes[fits.route].stops == ("s2", "s1")
    tied = plan([shift("A"), shift("B")], [replace(fetch, route=B), stop(1, pickup=OrderId("o2"))])
    assert {one.route for one in relaxations(tied, StopId("s1"), MATRIX)} == {B}
    lost = plan([shift("A")], [stop(1, pickup=OrderId("gone"))])
    assert found(lost) == {}


def test_only_what_waits_can_be_let_in() -> None:
    told = plan([shift("A")], [stop(1, route="A")])
    assert relaxations(told, StopId("s1"), MATRIX) == ()


@given(st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_every_relaxation_keeps_its_word(seed: int) -> None:
    day = tight(seed)
    relaxer = Relaxer(day.plan, day.matrix)
    for waiting in day.plan.unassigned:
        for one in relaxer.relaxations(waiting):
            assert isinstance(one.command, AdmitStop)
            kept(day.plan, waiting, one, day.matrix)
