"""Every term of the objective by hand, and laws of their sum."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.measures import (
    breakdown,
    measured,
    missed,
    plan_breakdown,
    skip_price,
    spread,
    value,
)
from console.domain.objective import COST, OBJECTIVES, Measure, Objective
from console.domain.orders import Priority
from console.domain.plan import Day, Plan, Stop
from console.domain.visits import Schedule
from tests.dispatch.desks import MORNING, stop
from tests.domain.test_schedule import day, scheduled


def route(count: int = 2, **given: object) -> Schedule:
    return scheduled(day(count, co2e_per_km=0.2, **given))


def test_real_money_alone() -> None:
    one = route()
    assert value([one], COST) == pytest.approx(one.cost)
    assert breakdown([], COST).total == 0


def test_every_term() -> None:
    """Two stops: 15 km of which 5 between them, 42 minutes, 3 kg of CO2e; three: 20, 10, 58, 4."""
    weights = Objective("all", 0.5, 60.0, 2.0, 10.0, 3.0, 7.0, 11.0, Measure.STOPS)
    routes = [route(), replace(route(3), penalty=4.0)]
    found = breakdown(routes, weights, 9.0)
    assert found.money == pytest.approx(0.5 * sum(each.cost for each in routes))
    assert found.hours == pytest.approx(60 * (42 + 58) / 60)
    assert found.distance == pytest.approx(2 * 35)
    assert found.co2e == pytest.approx(10 * 7)
    assert found.lateness == pytest.approx(3 * 4)
    assert found.compactness == pytest.approx(7 * 15)
    assert found.balance == pytest.approx(11 * (0.5 + 0.5))
    assert found.skipped == 9
    terms = (found.money, found.hours, found.distance, found.co2e, found.lateness)
    assert found.total == pytest.approx(
        sum(terms) + found.compactness + found.balance + found.skipped
    )


def test_what_is_measured() -> None:
    one = route()
    assert measured(one, Measure.HOURS) == pytest.approx(0.7)
    assert measured(one, Measure.STOPS) == 2
    assert measured(one, Measure.KG) == pytest.approx(0.2)


def optional(name: str, price: float | None, priority: Priority = Priority.NORMAL) -> Stop:
    made = stop(name)
    return replace(made, orders=(replace(made.orders[0], skip_price=price, priority=priority),))


def test_optional_orders_are_not_missed() -> None:
    stops = [optional("a", 5.0), optional("b", None), optional("c", None, Priority.HIGH)]
    assert [skip_price(each) for each in stops] == [5, 0, 0]
    assert missed(stops) == (1, 1, 0)


def test_a_plan_by_its_own_objective() -> None:
    plan = Plan(day=Day("d", MORNING.date(), "UTC", objective=OBJECTIVES["green"]))
    plan = plan.with_stops([optional("a", 5.0)])
    one = route()
    found = plan_breakdown(plan, [one])
    assert found == breakdown([one], OBJECTIVES["green"], 5.0)
    assert plan_breakdown(replace(plan, day=None), [one]).money == pytest.approx(one.cost)


@given(st.lists(st.floats(0, 100), max_size=8), st.floats(0, 50))
def test_spread_is_no_matter_of_size(amounts: list[float], more: float) -> None:
    assert spread([a + more for a in amounts]) == pytest.approx(spread(amounts), abs=1e-6)
    assert spread([more] * len(amounts)) == pytest.approx(0, abs=1e-9)
