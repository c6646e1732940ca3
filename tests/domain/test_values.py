"""Places, orders, loads and stops: small values with small rules."""

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.load import Capacity, Load, total
from console.domain.orders import Order, OrderId, Priority, TimeWindow
from console.domain.places import Address, Certainty, Coordinate, PlaceId
from console.domain.plan import Plan, Route, RouteId, Stop, StopId, StopStatus
from tests.dispatch.desks import MORNING, shift, stop

amounts = st.decimals(0, 1000, places=3).map(float)
loads = st.builds(Load, st.integers(0, 50), amounts, amounts, amounts)


def window(begin: float, end: float) -> TimeWindow:
    return TimeWindow(MORNING + timedelta(hours=begin), MORNING + timedelta(hours=end))


def order(name: str, **given: object) -> Order:
    return Order(OrderId(name), PlaceId("p"), **given)


def at_one_door(*orders: Order) -> Stop:
    return Stop(StopId("s"), PlaceId("p"), orders)


# -- places ----------------------------------------------------------------------------------------


def test_a_degree_of_latitude() -> None:
    assert Coordinate(47, 9).metres_to(Coordinate(48, 9)) == pytest.approx(111_195, abs=1)
    assert Coordinate(0, 179.9).metres_to(Coordinate(0, -179.9)) == pytest.approx(22_239, abs=1)
    assert Coordinate(90, 0).metres_to(Coordinate(-90, 0)) == pytest.approx(20_015_115, abs=1)


@pytest.mark.parametrize("point", [(91, 0), (-91, 0), (0, 181), (0, float("nan"))])
def test_points_lie_on_the_earth(point: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="no such point"):
        Coordinate(*point)


def test_an_address_in_one_line() -> None:
    assert Address("Weg 1", "9490", "Vaduz", "LI").line == "Weg 1, 9490 Vaduz, LI"
    assert Address("Weg 1", city="Vaduz").line == "Weg 1, Vaduz"


def test_what_is_sure_enough_to_plan_on() -> None:
    sure = {certainty for certainty in Certainty if certainty.is_sure}
    assert sure == {
        Certainty.FIXED,
        Certainty.GIVEN,
        Certainty.ROOFTOP,
        Certainty.INTERPOLATED,
    }


# -- loads -----------------------------------------------------------------------------------------


@given(st.lists(loads, max_size=4))
def test_loads_add_up_in_any_order(many: list[Load]) -> None:
    assert len({total(order) for order in permutations(many)}) == 1


def test_a_tenth_three_times_fits_into_three_tenths() -> None:
    boxes = total([Load(kg=0.1)] * 3)
    assert Capacity(kg=0.3).excess(boxes) == {}
    assert Capacity(kg=0.3).excess(boxes + Load(kg=0.01)) == {"kg": 0.01}


def test_every_dimension_counts_for_itself() -> None:
    capacity = Capacity(pieces=2, kg=10, m3=1, units=4)
    load = Load(3, 10, 1.5, 5)
    assert capacity.excess(load) == {"pieces": 1, "m3": 0.5, "units": 1}
    assert capacity.share(load) == 1.5
    assert Capacity().excess(load) == {}
    assert Capacity().share(load) == 0
    assert Capacity(kg=0).excess(Load(kg=1)) == {"kg": 1}


# -- windows and stops -----------------------------------------------------------------------------


def test_a_window_has_two_aware_ends_in_order() -> None:
    with pytest.raises(ValueError, match="aware"):
        TimeWindow(MORNING.replace(tzinfo=None), MORNING)
    with pytest.raises(ValueError, match="ends before"):
        window(2, 1)


def test_a_shared_stop_has_one_window_for_all() -> None:
    stop = at_one_door(
        order("a", windows=(window(1, 3), window(5, 7))),
        order("b"),
        order("c", windows=(window(2, 6),)),
    )
    assert stop.windows == (window(2, 3), window(5, 6))
    assert at_one_door(order("a")).windows == ()


def test_a_shared_stop_takes_a_minute_for_each_further_order() -> None:
    minutes = [timedelta(minutes=m) for m in (2, 5, 3)]
    orders = [order(f"o{i}", service_time=m) for i, m in enumerate(minutes)]
    assert at_one_door(*orders).service_time == timedelta(minutes=7)
    assert at_one_door(orders[0]).service_time == minutes[0]


def test_a_shared_stop_needs_what_any_order_needs() -> None:
    stop = at_one_door(
        order("a", skills=("adr", "lift"), priority=Priority.LOW, load=Load(1, 2)),
        order("b", skills=("age",), priority=Priority.HIGH, load=Load(2, 3)),
    )
    assert stop.skills == ("adr", "age", "lift")
    assert stop.priority is Priority.HIGH
    assert stop.load == Load(3, 5)


def test_unassigned_are_the_open_stops_on_no_route_most_important_first() -> None:
    high = Stop(StopId("z"), PlaceId("p"), (order("z", priority=Priority.HIGH),))
    served = Stop(StopId("x"), PlaceId("p"), (order("x"),), status=StopStatus.FAILED)
    plan = Plan().with_stops([stop("1"), stop("0"), high, served])
    assert plan.unassigned == ("z", "s0", "s1")
    assert plan.stop_of_order(OrderId("o1")) == stop("1")
    assert plan.stop_of_order(OrderId("none")) is None


def test_a_shift_may_end_after_its_end() -> None:
    assert shift(0).latest_end == shift(0).end
    assert Route(RouteId("r"), shift(0), locked=True).is_frozen
    assert Route(RouteId("r"), shift(0), released=True).is_frozen
