"""Stops that nobody could serve are named before a search, and only those."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.fleet import DepotId
from console.domain.load import Capacity, Load
from console.domain.orders import OrderId
from console.domain.places import PlaceId
from console.domain.plan import Override, Plan, RouteId, Stop, StopId
from console.domain.schedule import schedule_stops
from console.domain.travel import UNREACHABLE
from console.planning.crewing import is_open
from console.planning.pairs import Pairs
from console.planning.preflight import hopeless
from tests.planning.days import City, at, city, plan, shift, stop, straight, window
from tests.planning.rich_days import FEATURES, rich_city

MATRIX = straight([(0, 0), (3_000, 0), (0, 3_000), (90_000, 0)])


def said(told: Plan, name: str = "s1") -> str:
    return hopeless(told, MATRIX)[StopId(name)].detail


@pytest.mark.parametrize(
    ("given", "detail"),
    [
        ({"skills": ("adr",)}, "adr missing"),
        ({"people": 3}, "2 people short"),
        ({"load": Load(1, 620.0)}, "120 kg over, even alone"),
        ({"depot": DepotId("north")}, "loaded at north"),
        ({"windows": (window(7, 8),)}, "8 min late at 08:07"),
        ({"windows": (window(7, 7.5), window(7.6, 8))}, "8 min late at 08:07"),
        ({"deadline": at(8)}, "8 min late at 08:07"),
        ({"ready_at": at(17)}, "back 49 min after the last allowed return"),
        ({"pickup": OrderId("gone")}, "gone is collected nowhere"),
    ],
)
def test_the_rule_and_its_number_are_said(given: dict[str, object], detail: str) -> None:
    told = plan([shift("A"), shift("B")], [stop(1, **given), stop(2)])
    assert said(told) == detail
    assert set(hopeless(told, MATRIX)) == {"s1"}


def test_the_most_hopeful_driver_counts() -> None:
    small = shift("B", skills=("adr",), capacity=Capacity(kg=1))
    found = hopeless(plan([shift("A"), small], [stop(1, skills=("adr",))]), MATRIX)
    assert (found[StopId("s1")].driver, found[StopId("s1")].detail) == (
        "B",
        "4 kg over, even alone",
    )


def test_limits_of_shifts() -> None:
    for limit, detail in (
        ({"range_m": 6_000}, "2.1 km over the range"),
        ({"max_metres": 6_000}, "2.1 km too far"),
        ({"max_stops": 0}, "1 stops too many"),
        ({"territories": ("s",)}, "outside its territories: n"),
    ):
        told = plan([shift("A", **limit)], [stop(2, territory="n")])
        assert said(told, "s2") == detail
    told = plan([shift("A", range_m=6_000)], [stop(2)])
    free = replace(told.routes[RouteId("A")], overrides=(Override("range", "charged there"),))
    assert hopeless(told.with_routes([free]), MATRIX) == {}


def test_no_road_no_place_no_shift() -> None:
    matrix = straight([(0, 0), (3_000, 0)])
    matrix.durations[matrix.cell(1, 0)] = UNREACHABLE
    nowhere = replace(stop(5), place=PlaceId("nowhere"))
    found = hopeless(plan([shift("A")], [stop(1), nowhere]), matrix)
    assert {k: reason.rule for k, reason in found.items()} == {
        "s1": "unreachable",
        "s5": "not_located",
    }
    assert said(plan([], [stop(1)])) == "nobody is on shift"


def test_who_is_tied_to_a_hopeless_stop_is_hopeless() -> None:
    fetch = stop(2, load=Load(), collected=Load(1, 5.0), skills=("adr",))
    found = hopeless(plan([shift("A")], [fetch, stop(1, pickup=OrderId("o2"))]), MATRIX)
    assert found[StopId("s2")].rule == "skill"
    assert found[StopId("s1")].detail == "has to go with o2"
    fits = replace(fetch, orders=(replace(fetch.orders[0], skills=()),))
    soon = stop(1, pickup=OrderId("o2"), deadline=at(8.2))
    assert hopeless(plan([shift("A")], [fits, stop(1, pickup=OrderId("o2"))]), MATRIX) == {}
    assert hopeless(plan([shift("A")], [fits, soon]), MATRIX)[StopId("s1")].rule == "late"


def harmless(day: City, one: Stop) -> list[str]:
    """The routes that can serve a stop alone, by the reference."""
    found = list[str]()
    for route in day.plan.routes.values():
        alone = schedule_stops(day.plan, route, [one], day.matrix)
        rules = {v.rule for v in alone.violations if v.is_harm} if alone else set()
        if is_open(day.plan, route) and not rules:
            found.append(route.id)
    return found


VAGUE = {"slices", "driving", "breaks", "range", "chargers"}


@given(st.integers(0, 10_000), st.booleans())
@settings(max_examples=30, deadline=None)
def test_it_agrees_with_the_reference(seed: int, everything: bool) -> None:
    day = rich_city(7, 3, seed, features=None if everything else FEATURES - VAGUE)
    routes = [
        replace(r, shift=replace(r.shift, start=at(11), end=at(12.2)))
        for r in day.plan.routes.values()
    ]
    day = City(day.plan.with_routes(routes), day.matrix)
    found = hopeless(day.plan, day.matrix)
    pairs = Pairs(day.plan)
    for one in day.plan.stops.values():
        if pairs.is_tied(one) or one.pinned:
            continue
        if one.id in found:
            assert harmless(day, one) == []
        elif not everything:
            assert harmless(day, one) != []


def test_it_takes_less_than_a_second() -> None:
    day = city(2_000, 60)
    started = time.perf_counter()
    found = hopeless(day.plan, day.matrix)
    assert time.perf_counter() - started < 3  # half a second where nothing else runs
    assert len(found) < 2_000
