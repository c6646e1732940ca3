"""What a stop's place costs, and what the next best ones would cost or break."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.commands import MoveStops
from console.domain.orders import OrderId
from console.domain.plan import RouteId, StopId
from console.domain.violations import Rule
from console.planning.trials import plan_money
from console.planning.why import why_here
from tests.planning.days import plan, shift, stop, straight, tight, window

MATRIX = straight([(0, 0), (3_000, 0), (0, 3_000), (3_000, 3_000), (6_000, 0)])
A, B = RouteId("A"), RouteId("B")


@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_every_place_costs_what_it_would(seed: int) -> None:
    day = tight(seed)
    present = plan_money(day.plan, day.matrix)
    for placed in day.plan.stops.values():
        told = why_here(day.plan, placed.id, day.matrix)
        if told is None:
            assert placed.route is None
            continue
        without = MoveStops((placed.id,), None).apply(day.plan)
        kept = plan_money(without, day.matrix) - sum(
            order.skip_price or 0 for order in placed.orders
        )
        assert told.price == pytest.approx(present - kept)
        for place in told.elsewhere:
            if place.command is None:
                assert day.plan.routes[told.route].is_frozen
                continue
            after = place.command.apply(day.plan)
            assert after != day.plan
            assert place.price == pytest.approx(plan_money(after, day.matrix) - present)
        ranks = [bool(place.harms) for place in told.elsewhere]
        assert ranks == sorted(ranks)


def test_the_other_order_and_the_other_van_are_shown() -> None:
    stops = [stop(1, route="A"), stop(2, route="A", windows=(window(8, 8.3),)), stop(3, route="B")]
    told = why_here(plan([shift("A"), shift("B", start=12)], stops), StopId("s2"), MATRIX)
    assert told is not None
    assert (told.route, told.price > 0, told.metres > 0) == (A, True, True)
    assert {place.route for place in told.elsewhere} == {A, B}
    other = next(place for place in told.elsewhere if place.route == B)
    assert [harm.rule for harm in other.harms] == [Rule.LATE]
    assert other.detail.endswith("min late")


def test_a_partner_left_behind_is_said() -> None:
    stops = [stop(1, route="A"), stop(2, route="A", pickup=OrderId("o1"))]
    told = why_here(plan([shift("A"), shift("B")], stops), StopId("s1"), MATRIX)
    assert told is not None
    assert all(place.detail == "o1 is not collected before" for place in told.elsewhere)


def test_frozen_routes_are_priced_but_not_moved() -> None:
    told = plan([shift("A"), shift("B"), shift("C")], [stop(1, route="A")])
    told = told.with_routes(
        [replace(told.routes[A], locked=True), replace(told.routes[B], locked=True)]
    )
    why = why_here(told, StopId("s1"), MATRIX)
    assert why is not None
    assert [(place.route, place.command) for place in why.elsewhere] == [("C", None)]
    assert why_here(plan([shift("A")], [stop(1)]), StopId("s1"), MATRIX) is None
