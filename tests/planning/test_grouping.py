"""Which orders share a stop."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.domain.load import Capacity, Load
from console.domain.orders import Order, OrderId, TimeWindow
from console.domain.places import PlaceId
from console.domain.plan import Stop, StopId
from console.planning.grouping import group
from tests.planning.days import shift, window


def order(name: str, place: str = "p1", **given: Any) -> Order:
    return Order(OrderId(name), PlaceId(place), **given)


def names(groups: list[tuple[Order, ...]]) -> list[list[str]]:
    return [[one.id for one in members] for members in groups]


def test_the_same_place_is_one_stop() -> None:
    orders = [order("a"), order("b", "p2"), order("c")]
    assert names(group(orders)) == [["a", "c"], ["b"]]


def test_windows_must_overlap() -> None:
    early, late, any_time = (window(8, 10),), (window(11, 12),), ()
    orders = [order("a", windows=early), order("b", windows=late), order("c", windows=any_time)]
    found = group(orders)
    assert len(found) == 2
    for members in found:
        assert Stop(StopId("s"), PlaceId("p1"), members).windows


def test_a_group_must_fit_a_vehicle() -> None:
    vans = [shift("A", capacity=Capacity(kg=100))]
    orders = [order(name, load=Load(1, 60.0)) for name in "abc"]
    assert names(group(orders, vans)) == [["a"], ["b"], ["c"]]
    orders = [order(name, load=Load(1, 50.0)) for name in "abc"]
    assert names(group(orders, vans)) == [["a", "b"], ["c"]]


def test_a_group_needs_one_driver_with_all_its_skills() -> None:
    orders = [order("a", skills=("ice",)), order("b", skills=("lift",))]
    assert len(group(orders, [shift("A", skills=("ice",)), shift("B", skills=("lift",))])) == 2
    assert len(group(orders, [shift("A", skills=("ice", "lift"))])) == 1


def test_an_order_too_heavy_for_all_stands_alone() -> None:
    assert names(group([order("a", load=Load(1, 9_999.0))], [shift("A")])) == [["a"]]


def test_service_is_the_longest_and_a_minute_each() -> None:
    orders = [order(n, service_time=timedelta(minutes=m)) for n, m in (("a", 3), ("b", 7))]
    (members,) = group(orders)
    assert Stop(StopId("s"), PlaceId("p1"), members).service_time == timedelta(minutes=8)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("pq"),
            st.sampled_from([(), (window(8, 10),), (window(9.5, 12),), (window(13, 15),)]),
        ),
        max_size=12,
    )
)
def test_every_order_is_in_exactly_one_group(
    told: list[tuple[str, tuple[TimeWindow, ...]]],
) -> None:
    orders = [order(f"o{i}", place, windows=spans) for i, (place, spans) in enumerate(told)]
    found = group(orders)
    assert sorted(o.id for g in found for o in g) == sorted(o.id for o in orders)
    for members in found:
        assert len({o.place for o in members}) == 1
        stop = Stop(StopId("s"), members[0].place, members)
        assert bool(stop.windows) == any(o.windows for o in members)
