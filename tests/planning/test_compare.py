"""Two plans side by side."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.fleet import DriverId
from console.domain.plan import Plan, RouteId, StopId
from console.domain.schedule import schedule_plan
from console.planning.compare import Comparison, Kind, Timed, compare, compare_timed, sums
from tests.planning.days import City, at, city, plan, shift, stop, straight, window

A, B = RouteId("A"), RouteId("B")


def arranged(base: Plan, **orders: str) -> Plan:
    """The plan with these stops on its routes: A="1 2", B="3"."""
    lists = {RouteId(r): tuple(StopId(f"s{i}") for i in o.split()) for r, o in orders.items()}
    of = {stop: route for route, stops in lists.items() for stop in stops}
    stops = [replace(each, route=of.get(each.id)) for each in base.stops.values()]
    routes = [replace(base.routes[route], stops=order) for route, order in lists.items()]
    return base.with_stops(stops).with_routes(routes)


@pytest.fixture
def base() -> Plan:
    shifts = [shift("A", co2e_per_km=0.3), shift("B", co2e_per_km=0.1)]
    stops = [stop(i, windows=(window(9, 9.5),) if i == 6 else ()) for i in range(1, 7)]
    return plan(shifts, stops)


MATRIX = straight([(0, 0), *((1000.0 * i, 500.0 * (i % 2)) for i in range(1, 7))])


def kinds(found: Comparison) -> dict[str, Kind]:
    return {str(change.stop): change.kind for change in found.changes if change.kind != Kind.TIME}


def test_a_plan_differs_in_nothing_from_itself(base: Plan) -> None:
    same = arranged(base, A="1 2 3", B="4 5")
    found = compare(same, same, MATRIX)
    assert found.is_same
    assert found.changes == ()
    assert found.before == found.after
    assert found.sentence == "0 change driver, 0 change order, 0 promises move"


def test_what_happens_to_each_stop_is_told(base: Plan) -> None:
    before = arranged(base, A="1 2 3", B="4 5")
    after = arranged(base, A="2 3 4", B="5 6")
    found = compare(before, after, MATRIX)
    assert kinds(found) == {"s4": Kind.DRIVER, "s6": Kind.ASSIGNED, "s1": Kind.DROPPED}
    (moved,) = found.of_kind(Kind.DRIVER)
    assert (moved.was, moved.goes) == (B, A)
    assert moved.moved is not None
    assert moved.moved == moved.start - moved.start_was
    assert found.routes_changed == 2


def test_only_the_fewest_stops_count_as_shuffled(base: Plan) -> None:
    before = arranged(base, A="1 2 3 4 5", B="")
    found = compare(before, arranged(base, A="2 3 4 5 1", B=""), MATRIX)
    assert kinds(found) == {"s1": Kind.ORDER}
    assert found.sentence.startswith("0 change driver, 1 changes order,")
    # what leaves does not shuffle the rest
    found = compare(before, arranged(base, A="1 3 5", B="2 4"), MATRIX)
    assert kinds(found) == {"s2": Kind.DRIVER, "s4": Kind.DRIVER}


def test_promises_move_by_more_than_the_minutes_allowed(base: Plan) -> None:
    before, after = arranged(base, A="1 2 3 4", B=""), arranged(base, A="4 3 2 1", B="")
    moved = {c.stop: c.moved for c in compare(before, after, MATRIX, minutes=0).changes}
    strict = compare(before, after, MATRIX, minutes=0).promises
    loose = compare(before, after, MATRIX, minutes=10).promises
    assert len(strict) >= len(loose) > 0
    assert {c.stop for c in loose} == {
        s for s, by in moved.items() if by is not None and abs(by) > timedelta(minutes=10)
    }


def test_figures_are_those_of_the_reference(base: Plan) -> None:
    before, after = arranged(base, A="1 2 3", B="4 6"), arranged(base, A="1 2 3 4 6", B="")
    found = compare(before, after, MATRIX, now=None)
    for figures, each in ((found.before, before), (found.after, after)):
        timed = schedule_plan(each, MATRIX)
        assert figures.vehicles == len(timed)
        assert figures.cost == pytest.approx(sum(s.cost for s in timed.values()))
        assert figures.metres == sum(s.metres for s in timed.values())
        assert figures.co2e == pytest.approx(sum(s.co2e for s in timed.values()))
        assert figures.served == 5
        assert figures.unassigned == 1
        assert figures == sums(Timed(each, timed))
    assert found.after.uneven_hours == 0
    assert found.before.uneven_hours > 0
    assert found.before.uneven_stops == 0.5
    rows = {row.route: row for row in found.routes}
    assert rows[B].after is None
    assert rows[B].before is not None
    assert rows[A].changed


def test_a_stop_that_is_only_in_one_plan(base: Plan) -> None:
    before, after = arranged(base, A="1 2", B="3"), arranged(base, A="1 2", B="3 4")
    fewer = replace(before, stops={k: v for k, v in before.stops.items() if k != "s4"})
    assert kinds(compare(fewer, after, MATRIX)) == {"s4": Kind.ASSIGNED}
    assert kinds(compare(after, fewer, MATRIX)) == {"s4": Kind.DROPPED}


def test_the_same_driver_on_another_route_is_no_change_of_driver(base: Plan) -> None:
    before = arranged(base, A="1 2", B="3")
    swapped = replace(before.routes[B].shift, driver=DriverId("A"))
    before = before.with_routes([replace(before.routes[B], shift=swapped)])
    after = arranged(before, A="1 2 3", B="")
    assert compare(before, after, MATRIX).of_kind(Kind.DRIVER) == ()


@given(st.permutations(range(1, 7)), st.integers(0, 6), st.permutations(range(1, 7)))
@settings(max_examples=40, deadline=None)
def test_there_and_back_mirror_each_other(one: list[int], cut: int, other: list[int]) -> None:
    base = plan([shift("A"), shift("B")], [stop(i) for i in range(1, 7)])

    def arrange(order: list[int]) -> Plan:
        a, b = order[:cut], order[cut:-1]
        return arranged(base, A=" ".join(map(str, a)), B=" ".join(map(str, b)))

    first, second = arrange(one), arrange(other)
    there, back = compare(first, second, MATRIX), compare(second, first, MATRIX)
    assert (there.before, there.after) == (back.after, back.before)
    assert len(there.of_kind(Kind.DRIVER)) == len(back.of_kind(Kind.DRIVER))
    assert len(there.of_kind(Kind.ORDER)) == len(back.of_kind(Kind.ORDER))
    assert len(there.of_kind(Kind.ASSIGNED)) == len(back.of_kind(Kind.DROPPED))
    assert len(there.promises) == len(back.promises)


def dealt(day: City, offset: int) -> Plan:
    names = list(day.plan.routes)
    owner = {s: names[(i + offset) % len(names)] for i, s in enumerate(day.plan.stops)}
    stops = [replace(each, route=owner[each.id]) for each in day.plan.stops.values()]
    routes = [
        replace(route, stops=tuple(s for s in owner if owner[s] == route.id))
        for route in day.plan.routes.values()
    ]
    return day.plan.with_stops(stops).with_routes(routes)


def test_a_thousand_stops_are_compared_at_once() -> None:
    day = city(1000, 30, seed=3)
    before, after = dealt(day, 0), dealt(day, 1)
    one, two = (Timed(each, schedule_plan(each, day.matrix)) for each in (before, after))
    begun = time.perf_counter()
    found = compare_timed(one, two)
    spent = time.perf_counter() - begun
    assert len(found.of_kind(Kind.DRIVER)) == 1000
    assert spent < 0.2, f"{spent:.3f} s"
    assert at(0) < found.changes[0].arrival
