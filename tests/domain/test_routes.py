"""Whole routes: what each command does, its refusals, and laws that hold on any day."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from console.domain.commands import (
    Command,
    LoadStops,
    LockRoutes,
    MergeRoutes,
    MoveStops,
    RecordFact,
    ReleaseRoutes,
    ReverseRoute,
    SendTail,
    SplitRoute,
    SwapRoutes,
    SwapShifts,
    SwitchDriver,
)
from console.domain.errors import Rejected
from console.domain.integrity import check
from console.domain.patch import diff
from console.domain.plan import Fact, FactId, FactKind, Plan, Route, RouteId, StopId
from tests.dispatch.desks import MORNING, shift, stop

R0, R1, R2 = (RouteId(f"r{i}") for i in range(3))
S = [StopId(f"s{i}") for i in range(8)]


def day_of(*routes: tuple[StopId, ...]) -> Plan:
    on = {s: RouteId(f"r{i}") for i, stops in enumerate(routes) for s in stops}
    plan = Plan().with_stops(replace(stop(str(i)), route=on.get(s)) for i, s in enumerate(S))
    return plan.with_routes(Route(RouteId(f"r{i}"), shift(i), s) for i, s in enumerate(routes))


@pytest.fixture
def plan() -> Plan:
    return day_of((S[0], S[1], S[2], S[3]), (S[4], S[5]), ())


def done(plan: Plan, command: Command) -> Plan:
    after = command.apply(plan)
    check(plan, after, diff(plan, after), is_fact=command.is_fact)
    return after


def refused(plan: Plan, command: Command) -> str:
    with pytest.raises(Rejected) as caught:
        done(plan, command)
    return caught.value.reason


def served(plan: Plan, *stops: StopId) -> Plan:
    for s in stops:
        plan = done(plan, RecordFact(Fact(FactId(f"f{s}"), FactKind.DELIVERED, s, MORNING)))
    return plan


def orders(plan: Plan) -> list[str]:
    return [" ".join(s.removeprefix("s") for s in plan.routes[r].stops) for r in (R0, R1, R2)]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (ReverseRoute(R0), ["3 2 1 0", "4 5", ""]),
        (SwapRoutes(R0, R1), ["4 5", "0 1 2 3", ""]),
        (SwapRoutes(R0, R2), ["", "4 5", "0 1 2 3"]),
        (SendTail(R0, S[2], R1), ["0 1", "4 5 2 3", ""]),
        (SplitRoute(R0, S[1], R2), ["0", "4 5", "1 2 3"]),
        (MergeRoutes(R1, R0), ["0 1 2 3 4 5", "", ""]),
    ],
)
def test_what_they_do(plan: Plan, command: Command, expected: list[str]) -> None:
    after = done(plan, command)
    assert orders(after) == expected
    assert {s.route for s in after.stops_of(R0)} <= {R0}


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (ReverseRoute(R0), ["0 3 2 1", "4 5", ""]),
        (SwapRoutes(R0, R1), ["0 5", "4 1 2 3", ""]),
        (SendTail(R0, S[2], R1), ["0 1", "4 5 2 3", ""]),
        (MergeRoutes(R0, R1), ["0", "4 5 1 2 3", ""]),
        (MergeRoutes(R0, R2), ["0", "4 5", "1 2 3"]),
    ],
)
def test_what_is_done_stays_in_front(plan: Plan, command: Command, expected: list[str]) -> None:
    assert orders(done(served(plan, S[0], S[4]), command)) == expected


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (ReverseRoute(RouteId("x")), "unknown_route"),
        (SwapRoutes(R0, R0), "same_route"),
        (SwapRoutes(R0, RouteId("x")), "unknown_route"),
        (SendTail(R0, S[4], R1), "not_on_this_route"),
        (SendTail(R0, S[1], R0), "same_route"),
        (SplitRoute(R0, S[1], R1), "route_not_empty"),
        (SplitRoute(R0, S[1], R0), "same_route"),
        (MergeRoutes(R1, R1), "same_route"),
        (MergeRoutes(R1, RouteId("x")), "unknown_route"),
        (ReleaseRoutes((R2,)), "nothing_to_release"),
        (ReleaseRoutes((RouteId("x"),)), "unknown_route"),
    ],
)
def test_refusals(plan: Plan, command: Command, reason: str) -> None:
    assert refused(plan, command) == reason


def test_what_is_locked_loaded_or_served_is_refused(plan: Plan) -> None:
    locked = done(plan, LockRoutes((R1,)))
    assert refused(locked, SwapRoutes(R0, R1)) == "frozen"
    assert refused(locked, SendTail(R0, S[1], R1)) == "frozen"
    assert refused(locked, ReverseRoute(R1)) == "frozen"
    loaded = done(plan, LoadStops((S[3],)))
    assert refused(loaded, SendTail(R0, S[2], R1)) == "loaded"
    assert refused(loaded, MergeRoutes(R0, R1)) == "loaded"
    assert done(loaded, ReverseRoute(R0)).stops[S[3]].loaded
    assert refused(served(plan, S[0]), SendTail(R0, S[0], R1)) == "not_on_this_route"


def test_a_released_route_stays_as_it_is_until_it_is_withdrawn(plan: Plan) -> None:
    released = done(plan, ReleaseRoutes((R0, R1)))
    assert refused(released, ReverseRoute(R0)) == "released"
    assert refused(released, MoveStops((S[6],), R1)) == "released"
    assert done(released, ReleaseRoutes((R0, R1), released=False)) == plan


def test_they_name_all_that_was_looked_at(plan: Plan) -> None:
    mine = {R0, *S[:4]}
    assert ReverseRoute(R0).names(plan) == mine
    assert SendTail(R0, S[2], R1).names(plan) == {*mine, R1}
    both = {*mine, R1, S[4], S[5]}
    for command in (SwapRoutes(R0, R1), MergeRoutes(R0, R1), SplitRoute(R0, S[1], R1)):
        assert command.names(plan) == both
    assert ReleaseRoutes((R0,)).names(plan) == mine


@st.composite
def days(draw: st.DrawFn) -> Plan:
    shuffled = draw(st.permutations(S))
    one, two = sorted(draw(st.tuples(st.integers(0, 8), st.integers(0, 8))))
    plan = day_of(tuple(shuffled[:one]), tuple(shuffled[one:two]), ())
    ahead = [plan.routes[r].stops[:k] for r, k in ((R0, draw(st.integers(0, 2))), (R1, 1))]
    return served(plan, *(s for part in ahead for s in part))


commands = st.one_of(
    st.builds(ReverseRoute, st.sampled_from((R0, R1))),
    st.builds(SwapRoutes, st.sampled_from((R0, R1)), st.sampled_from((R0, R1, R2))),
    st.builds(
        SendTail, st.sampled_from((R0, R1)), st.sampled_from(S), st.sampled_from((R0, R1, R2))
    ),
    st.builds(SplitRoute, st.sampled_from((R0, R1)), st.sampled_from(S), st.just(R2)),
    st.builds(MergeRoutes, st.sampled_from((R0, R1)), st.sampled_from((R0, R1, R2))),
)


@given(days(), commands)
def test_no_stop_is_lost_or_doubled_and_undo_is_exact(plan: Plan, command: Command) -> None:
    try:
        after = done(plan, command)
    except Rejected:
        assume(False)  # noqa: FBT003 - Hypothesis' own signature
        return
    routed = [s for route in after.routes.values() for s in route.stops]
    assert sorted(routed) == sorted(s for route in plan.routes.values() for s in route.stops)
    patch = diff(plan, after)
    assert replace(patch.inverted().apply(after), version=plan.version) == plan
    assert patch.touched() <= command.names(plan)
    for route in plan.routes:
        front = plan.behind(route)
        assert after.routes[route].stops[: len(front)] == front


@given(days())
def test_twice_is_as_before(plan: Plan) -> None:
    assert done(done(plan, ReverseRoute(R0)), ReverseRoute(R0)) == plan
    assert done(done(plan, SwapRoutes(R0, R1)), SwapRoutes(R0, R1)) == plan


def test_two_drivers_exchange_their_day_with_what_is_their_own(plan: Plan) -> None:
    one, other = plan.routes[R0], plan.routes[R1]
    done_ = done(plan, SwapShifts(R0, R1))
    now = done_.routes[R0]
    assert (now.shift.driver, now.shift.skills) == (other.shift.driver, other.shift.skills)
    assert (now.shift.vehicle, now.shift.start) == (one.shift.vehicle, one.shift.start)
    assert now.stops == one.stops
    assert done(done_, SwapShifts(R0, R1)) == plan
    assert refused(plan, SwapShifts(R0, R0)) == "same_route"
    assert refused(plan, SwapShifts(R0, RouteId("x"))) == "unknown_route"
    assert refused(served(plan, S[0]), SwapShifts(R0, R1)) == "already_served"
    assert refused(done(plan, SwitchDriver(R2)), SwapShifts(R0, R2)) == "driver_off"
    assert refused(done(plan, LockRoutes((R1,))), SwapShifts(R0, R1)) == "frozen"
    assert refused(done(plan, ReleaseRoutes((R0,))), SwapShifts(R0, R1)) == "released"
