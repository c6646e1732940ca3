"""Routes that are out are amended: opened, changed and handed out again in one step."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.commands import (
    AdoptSolution,
    Command,
    LoadStops,
    LockRoutes,
    RecordFact,
    ReleaseRoutes,
    Revert,
)
from console.domain.errors import Rejected
from console.domain.integrity import check
from console.domain.patch import Patch, diff
from console.domain.plan import Fact, FactId, FactKind, Plan, Route, RouteId, StopId, StopStatus
from tests.dispatch.desks import MORNING, shift, stop

R0, R1, R2 = (RouteId(f"r{i}") for i in range(3))
S = [StopId(f"s{i}") for i in range(7)]
HAPPENED = (FactKind.ARRIVED, FactKind.DELIVERED, FactKind.FAILED)


def street(*served: StopId, kind: FactKind = FactKind.DELIVERED) -> Plan:
    """r0: s0 s1 s2 and r1: s3 s4, both out; r2: nothing yet; s5 and s6 wait."""
    orders = {R0: tuple(S[:3]), R1: tuple(S[3:5]), R2: ()}
    on = {name: route for route, names in orders.items() for name in names}
    plan = Plan().with_stops(replace(stop(name[1:]), route=on.get(name)) for name in S)
    plan = plan.with_routes(Route(r, shift(i), orders[r]) for i, r in enumerate(orders))
    plan = done(plan, ReleaseRoutes((R0, R1)))
    for name in served:
        plan = done(plan, RecordFact(Fact(FactId(f"f{name}"), kind, name, MORNING)))
    return plan


def step(plan: Plan, command: Command) -> Patch:
    after = command.apply(plan)
    patch = diff(plan, after)
    check(plan, after, patch, is_fact=command.is_fact)
    return patch


def done(plan: Plan, command: Command) -> Plan:
    return step(plan, command).apply(plan)


def refused(plan: Plan, command: Command) -> str:
    with pytest.raises(Rejected) as caught:
        done(plan, command)
    return caught.value.reason


def amendment(*routes: tuple[RouteId, tuple[StopId, ...]]) -> AdoptSolution:
    return AdoptSolution(routes, "test", opened=tuple(route for route, _ in routes))


def test_what_is_out_is_changed_and_stays_out() -> None:
    plan = street(S[0])
    after = done(plan, amendment((R0, (S[0], S[2])), (R1, (S[5], S[4], S[1], S[3])), (R2, (S[6],))))
    assert after.routes[R0].stops == (S[0], S[2])
    assert after.routes[R1].stops == (S[5], S[4], S[1], S[3])
    out = [(after.routes[r].released, after.routes[r].edition) for r in (R0, R1, R2)]
    assert out == [(True, 1), (True, 1), (False, 0)]  # the last one was not out before
    again = done(after, amendment((R0, (S[0],)), (R1, (S[5], S[4], S[1], S[3], S[2]))))
    assert [again.routes[r].edition for r in (R0, R1, R2)] == [2, 2, 0]


def test_a_route_with_nothing_left_is_withdrawn() -> None:
    after = done(street(), amendment((R0, (*S[:3], S[3], S[4])), (R1, ())))
    assert after.routes[R0].released
    assert not after.routes[R1].released


def test_only_the_routes_that_were_named_are_opened() -> None:
    turned = (R0, (S[2], S[1], S[0]))
    assert refused(street(), AdoptSolution((turned,))) == "released"
    assert refused(street(), AdoptSolution((turned,), opened=(R1,))) == "released"
    both = AdoptSolution(((R0, tuple(S[:2])), (R1, (S[3], S[4], S[2]))), opened=(R0,))
    assert refused(street(), both) == "released"
    assert refused(done(street(), LockRoutes((R0,))), amendment(turned)) == "frozen"


def test_goods_on_a_vehicle_stay_there() -> None:
    loaded = done(street(), LoadStops((S[1],)))
    away = amendment((R0, (S[0], S[2])), (R1, (S[3], S[4], S[1])))
    assert refused(loaded, away) == "loaded"
    turned = done(loaded, amendment((R0, (S[1], S[2], S[0]))))
    assert turned.stops[S[1]].loaded


def test_an_amendment_is_undone_whole_and_done_again() -> None:
    plan = street(S[0])
    made = step(plan, amendment((R0, (S[0],)), (R1, (S[3], S[4], S[1], S[2])), (R2, (S[6],))))
    after = made.apply(plan)
    back = step(after, Revert(1, made.inverted()))
    undone = back.apply(after)
    assert replace(undone, version=plan.version) == plan
    again = done(undone, Revert(2, back.inverted()))
    assert replace(again, version=after.version) == after


def test_it_is_not_undone_once_somebody_served_what_was_moved() -> None:
    plan = street()
    made = step(plan, amendment((R0, tuple(S[:2])), (R1, (S[2], S[3], S[4]))))
    fact = Fact(FactId("late"), FactKind.DELIVERED, S[2], MORNING)
    after = done(made.apply(plan), RecordFact(fact))
    assert refused(after, Revert(1, made.inverted())) in {"already_served", "changed_since"}


deals = st.tuples(st.permutations(S), st.integers(0, 7), st.integers(0, 7))
"""Any way at all to deal stops to two drivers."""


@given(st.integers(0, 3), st.integers(0, 2), st.sampled_from(HAPPENED), deals)
def test_what_was_come_to_never_moves(
    first: int, second: int, kind: FactKind, deal: tuple[list[StopId], int, int]
) -> None:
    plan = street(*S[:first], *S[3 : 3 + second], kind=kind)
    order, one, two = deal
    free = [s for s in order if s not in S[:first]]
    command = amendment((R0, (*S[:first], *free[:one])), (R1, tuple(free[one : max(one, two)])))
    theirs = tuple(S[3 : 3 + second])
    if command.routes[1][1][:second] != theirs:
        assert refused(plan, command) == "already_served"
        return
    after = done(plan, command)
    assert after.stops.keys() == plan.stops.keys()
    for route in plan.routes:
        behind = plan.behind(route)
        assert after.routes[route].stops[: len(behind)] == behind
    for name, told in plan.stops.items():
        if told.status is not StopStatus.PLANNED:
            assert after.stops[name] == told


def test_a_driver_drops_out_and_the_others_take_over() -> None:
    plan = done(street(S[0], S[3]), LoadStops((S[1],)))
    deal = AdoptSolution(((R1, (S[3], S[1], S[4])),), opened=(R1,), off=(R0,))
    made = step(plan, deal)
    assert made.touched() <= deal.names(plan)
    after = made.apply(plan)
    out, other = after.routes[R0], after.routes[R1]
    assert (out.off, out.released, out.stops) == (True, False, (S[0],))
    assert (other.released, other.edition, other.stops) == (True, 1, (S[3], S[1], S[4]))
    assert set(after.unassigned) == {S[2], S[5], S[6]}
    assert not after.stops[S[1]].loaded
    undone = done(after, Revert(1, made.inverted()))
    assert replace(undone, version=plan.version) == plan
    assert refused(done(plan, LockRoutes((R0,))), deal) == "frozen"
