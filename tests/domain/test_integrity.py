"""The one place that says what holds in every plan; plans here are broken on purpose."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from console.domain.errors import Rejected
from console.domain.integrity import check
from console.domain.patch import diff
from console.domain.places import PlaceId
from console.domain.plan import Plan, Route, RouteId, Stop, StopId, StopStatus
from tests.dispatch.desks import order, shift, stop

R0, R1 = RouteId("r0"), RouteId("r1")
S = [StopId(f"s{i}") for i in range(4)]


@pytest.fixture
def plan() -> Plan:
    """r0: s0 s1; r1: empty; s2 waits."""
    stops = [replace(stop(str(i)), route=R0 if i < 2 else None) for i in range(3)]
    return (
        Plan()
        .with_stops(stops)
        .with_routes([Route(R0, shift(0), (S[0], S[1])), Route(R1, shift(1))])
    )


def ordered(plan: Plan, route: RouteId, *stops: StopId) -> Plan:
    return plan.with_routes([replace(plan.routes[route], stops=stops)])


def changed(plan: Plan, stop_id: StopId, **given: object) -> Plan:
    return plan.with_stops([replace(plan.stops[stop_id], **given)])


def without(plan: Plan, *, stop_id: StopId | None = None, route: RouteId | None = None) -> Plan:
    stops = {key: value for key, value in plan.stops.items() if key != stop_id}
    routes = {key: value for key, value in plan.routes.items() if key != route}
    return replace(plan, stops=stops, routes=routes)


BROKEN: dict[str, tuple[str, Callable[[Plan], Plan]]] = {
    "a stop twice on a route": ("doubled", lambda p: ordered(p, R0, S[0], S[1], S[0])),
    "a stop on two routes": ("disagree", lambda p: ordered(p, R1, S[0])),
    "a stop nobody knows": ("unknown_stop", lambda p: ordered(p, R1, S[3])),
    "a stop that says otherwise": ("disagree", lambda p: changed(p, S[2], route=R1)),
    "a stop off its route": ("disagree", lambda p: changed(p, S[0], route=None)),
    "a route that forgot a stop": (
        "disagree",
        lambda p: changed(ordered(p, R0, S[0]), S[1], pinned=True),
    ),
    "a route nobody knows": ("unknown_route", lambda p: changed(p, S[2], route=RouteId("x"))),
    "a stop of nothing": ("empty_stop", lambda p: changed(p, S[2], orders=())),
    "a stop gone but listed": ("unknown_stop", lambda p: without(p, stop_id=S[0])),
    "a route gone with its stops": ("unknown_route", lambda p: without(p, route=R0)),
    "work for a driver who is off": (
        "driver_off",
        lambda p: p.with_routes([replace(p.routes[R0], off=True)]),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_must_never_be(plan: Plan, name: str) -> None:
    reason, breaking = BROKEN[name]
    after = breaking(plan)
    for is_fact in (False, True):
        with pytest.raises(Rejected) as caught:
            check(plan, after, diff(plan, after), is_fact=is_fact)
        assert caught.value.reason == reason


FROZEN: dict[str, Callable[[Plan], Plan]] = {
    "another order of stops": lambda p: ordered(p, R0, S[1], S[0]),
    "another shift": lambda p: p.with_routes([replace(p.routes[R0], shift=shift(9))]),
    "other goods": lambda p: changed(p, S[0], orders=(order("9"),)),
    "another place": lambda p: changed(p, S[0], place=PlaceId("x")),
}


@pytest.mark.parametrize("name", FROZEN)
@pytest.mark.parametrize(("how", "reason"), [("locked", "frozen"), ("released", "released")])
def test_a_frozen_route_stays(plan: Plan, name: str, how: str, reason: str) -> None:
    frozen = plan.with_routes([replace(plan.routes[R0], **{how: True})])
    after = FROZEN[name](frozen)
    with pytest.raises(Rejected, match=reason):
        check(frozen, after, diff(frozen, after))
    opened = FROZEN[name](plan)
    check(plan, opened, diff(plan, opened))


def test_a_frozen_route_may_be_opened_pinned_and_excused(plan: Plan) -> None:
    frozen = plan.with_routes([replace(plan.routes[R0], locked=True)])
    for after in (plan, changed(frozen, S[0], pinned=True)):
        check(frozen, after, diff(frozen, after))


def test_what_is_done_stays_first(plan: Plan) -> None:
    served = changed(plan, S[0], status=StopStatus.DELIVERED)
    for after in (
        ordered(served, R0, S[1], S[0]),
        changed(ordered(served, R0, S[1]), S[0], route=None),
        without(ordered(served, R0, S[1]), stop_id=S[0]),
    ):
        with pytest.raises(Rejected, match="already_served"):
            check(served, after, diff(served, after))
    fine = changed(ordered(served, R0, S[0], S[2], S[1]), S[2], route=R0)
    check(served, fine, diff(served, fine))


def test_a_new_stop_before_what_is_done(plan: Plan) -> None:
    served = changed(plan, S[0], status=StopStatus.ARRIVED)
    extra = Stop(S[3], PlaceId("p"), (order("3"),), R0)
    after = ordered(served.with_stops([extra]), R0, S[3], S[0], S[1])
    with pytest.raises(Rejected, match="already_served"):
        check(served, after, diff(served, after))
