"""Why a stop has no driver: every rule with its number, by the reference."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.fleet import BreakRule, DepotId
from console.domain.load import Load
from console.domain.orders import OrderId
from console.domain.plan import Plan, RouteId, StopId, StopStatus
from console.domain.schedule import schedule_stops
from console.domain.travel import UNREACHABLE, barred_key
from console.domain.violations import Rule
from console.planning.explain import Explainer, Reason
from console.planning.trials import worse
from tests.planning.days import at, plan, shift, stop, straight, tight, window

MATRIX = straight([(0, 0), (3_000, 0), (0, 3_000), (3_000, 3_000), (6_000, 0)])


def why(told: Plan, name: str = "s1") -> dict[str, Reason]:
    return {str(r.driver): r for r in Explainer(told, MATRIX).explain(StopId(name))}


@pytest.mark.parametrize(
    ("of_order", "of_shift", "rule", "detail"),
    [
        ({"skills": ("adr",)}, {}, Rule.SKILL, "adr missing"),
        ({"people": 2}, {}, Rule.PEOPLE, "1 people short"),
        ({"territory": "n"}, {"territories": ("s",)}, Rule.TERRITORY, "outside its territories: n"),
        ({"depot": DepotId("north")}, {}, Rule.DEPOT, "loaded at north"),
        ({"load": Load(1, 620.0)}, {}, Rule.OVERLOADED, "120 kg over, even alone"),
        ({"collected": Load(0, 620.0)}, {}, Rule.OVERLOADED, "120 kg over, even alone"),
        ({}, {"max_stops": 0}, Rule.STOPS, "1 stops too many"),
        ({}, {"max_metres": 7_000}, Rule.DISTANCE, "1.1 km too far"),
        ({}, {"max_driving": timedelta(minutes=10)}, Rule.DRIVING, "5 min too long at the wheel"),
        ({}, {"range_m": 7_000}, Rule.RANGE, "1.1 km over the range"),
        ({"deadline": at(8)}, {}, Rule.LATE, "8 min late at 08:07"),
        ({"windows": (window(6, 7), window(7.5, 8))}, {}, Rule.LATE, "8 min late at 08:07"),
        ({"windows": (window(15.99, 17),)}, {"max_overtime": timedelta()}, Rule.SHIFT, None),
    ],
)
def test_each_rule_and_its_number(
    of_order: dict[str, object], of_shift: dict[str, object], rule: Rule, detail: str | None
) -> None:
    reason = why(plan([shift("A", **of_shift)], [stop(1, **of_order)]))["A"]
    assert reason.rule == rule
    assert detail is None or reason.detail == detail
    assert reason.amount > 0


def test_a_vehicle_that_may_not_enter_the_zone_is_told_what_it_needs() -> None:
    cells = MATRIX.durations[:]
    for row in range(1, len(MATRIX.places)):
        cells[MATRIX.cell(0, row)] = UNREACHABLE
    other = replace(MATRIX, durations=cells, profile=barred_key("car", (0,)))
    barred = replace(MATRIX, others={other.profile: other}, barred=(("electric", "euro6"),))
    told = plan([shift("A"), shift("B", vehicle_skills=("euro6",))], [stop(1)])
    reasons = {str(r.driver): r for r in Explainer(told, barred).explain(StopId("s1"))}
    assert reasons["A"].rule == Rule.UNREACHABLE
    assert reasons["A"].detail.endswith("low-emission zone: only electric or euro6")
    assert reasons["B"].rule == "fits"


def test_a_break_that_fits_nowhere() -> None:
    rest = BreakRule(timedelta(hours=1), at(8.2), at(9), timedelta(minutes=1))
    reason = why(plan([shift("A", break_rule=rest)], [stop(1)]))["A"]
    assert (reason.rule, reason.detail) == (Rule.BREAK, "no room left for the break")


def test_a_soft_window_is_no_obstacle() -> None:
    soft = replace(window(6, 7), late_price=1.0)
    reason = why(plan([shift("A")], [stop(1, windows=(soft,))]))["A"]
    assert reason.rule == "fits"
    assert reason.amount > 60  # an hour late at one a minute


def test_another_stop_would_be_late() -> None:
    near = stop(2, route="A", windows=(window(8, 8.14),))
    reason = why(plan([shift("A")], [near, stop(4, windows=(window(8, 8.3),))]), "s4")["A"]
    assert reason.rule == Rule.LATE
    assert reason.other in {None, "s2"}
    assert "late" in reason.detail


def test_an_order_names_its_stop() -> None:
    told = plan([shift("A")], [stop(1, skills=("adr",))])
    explainer = Explainer(told, MATRIX)
    assert explainer.explain(OrderId("o1")) == explainer.explain(StopId("s1"))
    with pytest.raises(KeyError):
        explainer.explain(StopId("gone"))


def test_pairs_go_with_their_partner() -> None:
    fetch = stop(2, route="B", load=Load(), collected=Load(1, 5.0))
    told = plan([shift("A"), shift("B")], [fetch, stop(1, pickup=OrderId("o2"))])
    found = why(told)
    assert found["A"].detail == "has to go with o2"
    assert found["B"].rule == "fits"
    begun = told.with_stops([replace(fetch, status=StopStatus.DELIVERED)])
    assert why(begun)["B"].rule == "fits"  # its goods are on that van
    depot = begun.with_stops([stop(3)])
    assert why(depot, "s3")["B"].rule == "started"
    both = plan([shift("A")], [replace(fetch, route=None), stop(1, pickup=OrderId("o2"))])
    assert why(both)["A"].rule == "fits"
    alone = plan([shift("A")], [stop(1, pickup=OrderId("gone"))])
    assert why(alone)["None"].detail == "gone is collected nowhere"


def test_locked_released_off() -> None:
    told = plan([shift(name) for name in "ABC"], [stop(1)])
    routes = [told.routes[RouteId(name)] for name in "ABC"]
    kinds = ({"locked": True}, {"released": True}, {"off": True})
    told = told.with_routes(replace(r, **k) for r, k in zip(routes, kinds, strict=True))
    assert {name: reason.rule for name, reason in why(told).items()} == {
        "A": "locked",
        "B": "released",
        "C": Rule.DRIVER_OFF,
    }


@given(st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_who_fits_fits_and_who_does_not_does_not(seed: int) -> None:
    """Against every place there is, one after the other."""
    day = tight(seed)
    explainer = Explainer(day.plan, day.matrix)
    for name in day.plan.unassigned:
        wanted = day.plan.stops[name]
        if any(o.pickup or o.id == "o7" for o in wanted.orders):
            continue
        for reason in explainer.explain(name):
            route = day.plan.routes[RouteId(str(reason.driver))]
            if route.locked:
                assert reason.rule == "locked"
                continue
            stops = day.plan.stops_of(route.id)
            present = schedule_stops(day.plan, route, stops, day.matrix)
            tried = [
                schedule_stops(day.plan, route, [*stops[:i], wanted, *stops[i:]], day.matrix)
                for i in range(len(stops) + 1)
            ]
            free = [t for t in tried if not any(v.is_harm for v in worse(present, t))]
            assert (reason.rule == "fits") == bool(free)
            if free:
                base = present.cost + present.penalty if present else 0.0
                least = min(t.cost + t.penalty for t in free if t is not None)
                assert reason.amount == pytest.approx(least - base)
