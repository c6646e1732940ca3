"""When service may begin: one order, several that agree, and those that contradict each other."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.hours import hours_of, late_price
from console.domain.orders import Order, OrderId, TimeWindow
from console.domain.places import PlaceId
from console.domain.plan import Stop, StopId
from console.domain.running import admitted
from console.domain.segments import UNLIMITED
from console.domain.timetable import Task
from tests.dispatch.desks import MORNING

ZERO = int(MORNING.timestamp())
HOUR = 3600


def at(hours: float) -> datetime:
    return MORNING + timedelta(hours=hours)


def epoch(*hours: float) -> tuple[int, ...]:
    return tuple(ZERO + round(each * HOUR) for each in hours)


def order(*spans: tuple[float, float], price: float | None = None, **given: object) -> Order:
    windows = [TimeWindow(at(a), at(b)) for a, b in spans]
    if price is not None:
        windows[-1] = TimeWindow(at(spans[-1][0]), at(spans[-1][1]), price)
    return Order(OrderId(f"o{spans}{price}"), PlaceId("p"), windows=tuple(windows), **given)


def stop(*orders: Order) -> Stop:
    return Stop(StopId("s"), PlaceId("p"), orders)


def test_at_any_time() -> None:
    assert hours_of(stop(order())) == ((), None)
    assert hours_of(stop(order(), order())) == ((), None)


def test_what_suits_all() -> None:
    assert hours_of(stop(order((1, 3)), order(), order((2, 4)))) == ((epoch(2, 3),), None)
    several = stop(order((5, 6), (1, 3)), order((2, 7)))
    assert hours_of(several) == ((epoch(2, 3), epoch(5, 6)), None)


def test_a_deadline_is_one_more_limit() -> None:
    assert hours_of(stop(order(deadline=at(2)))) == (((0, *epoch(2)),), None)
    assert hours_of(stop(order((1, 3), (4, 5), deadline=at(2)))) == ((epoch(1, 2),), None)
    both = stop(order((1, 3), deadline=at(2.5)), order(deadline=at(2)))
    assert hours_of(both) == ((epoch(1, 2),), None)


@pytest.mark.parametrize(
    ("orders", "begins", "ends"),
    [
        ((order((1, 2)), order((3, 4))), 3, 2),
        ((order((1, 2), (8, 9)), order((3, 4))), 8, 4),
        ((order((3, 4), deadline=at(2)),), 3, 2),
        ((order((0, 9)), order((1, 2)), order((3, 4))), 3, 2),
    ],
)
def test_a_contradiction_is_late_whenever_one_comes(
    orders: tuple[Order, ...], begins: float, ends: float
) -> None:
    windows, _ = hours_of(stop(*orders))
    assert windows == (epoch(begins, ends),)
    task = Task(0, 0, windows)
    for ready in epoch(0, begins, begins + 1):
        start, late = admitted(task, ready)
        assert start == max(ready, *epoch(begins))
        assert late == start - epoch(ends)[0] > 0


def test_contradicting_windows_are_shown_as_those_of_the_most_patient() -> None:
    assert stop(order((1, 2)), order((3, 4))).windows == order((3, 4)).windows


def test_a_soft_window_has_no_end_and_a_price() -> None:
    soft = stop(order((1, 2), (3, 4), price=2.5))
    assert hours_of(soft) == ((epoch(1, 2), (*epoch(3), UNLIMITED)), *epoch(4))
    assert late_price(soft) == 2.5
    two = stop(order((1, 3), price=1), order((2, 4), price=0.5), order())
    assert hours_of(two) == (((*epoch(2), UNLIMITED),), *epoch(3))
    assert late_price(two) == 1.5


def test_hard_ones_rule_over_soft_ones() -> None:
    mixed = stop(order((1, 6)), order((2, 4), price=1))
    assert hours_of(mixed) == ((epoch(2, 6),), *epoch(4))
    assert late_price(mixed) == 1
    against = stop(order((1, 2)), order((3, 4), price=1))
    assert hours_of(against) == ((epoch(1, 2),), *epoch(4))
    late = stop(order((1, 2), price=1, deadline=at(5)))
    assert hours_of(late) == ((epoch(1, 5),), *epoch(2))


def test_soft_ones_that_contradict_each_other() -> None:
    apart = stop(order((1, 2), price=1), order((3, 4), price=1))
    assert hours_of(apart) == (((*epoch(3), UNLIMITED),), *epoch(2))


spans = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 4)), max_size=3)


@given(st.lists(spans, min_size=1, max_size=3), st.none() | st.integers(0, 20))
def test_hard_hours_are_the_moments_that_suit_everyone(
    several: list[list[tuple[int, int]]], deadline: int | None
) -> None:
    orders = [order(*((a, a + long) for a, long in each)) for each in several]
    if deadline is not None:
        orders.append(order(deadline=at(deadline)))
    windows, _ = hours_of(stop(*orders))
    suiting = [
        moment
        for moment in (epoch(half / 2)[0] for half in range(60))
        if all(
            not o.windows
            or any(w.earliest.timestamp() <= moment <= w.latest.timestamp() for w in o.windows)
            for o in orders
        )
        and (deadline is None or moment <= epoch(deadline)[0])
    ]
    if windows and windows[-1][0] > windows[-1][1]:
        assert suiting == []
    elif windows:
        found = [epoch(h / 2)[0] for h in range(60)]
        assert suiting == [m for m in found if any(a <= m <= b for a, b in windows)]
    else:
        assert len(suiting) == 60
