"""Every command: what it does, and every reason for which it is refused."""

import dataclasses
from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.commands import (
    KINDS,
    AddStops,
    AdoptSolution,
    AmendOrders,
    AmendShift,
    CancelOrders,
    Command,
    LoadStops,
    LockRoutes,
    MoveStops,
    OpenDay,
    OpenShifts,
    OverrideRule,
    PinStops,
    RecordFact,
    Revert,
    SwitchDriver,
)
from console.domain.errors import Rejected
from console.domain.fleet import DepotId
from console.domain.integrity import check
from console.domain.load import Load
from console.domain.objective import COST, GREEN
from console.domain.orders import OrderId, TimeWindow
from console.domain.patch import diff
from console.domain.places import PlaceId
from console.domain.plan import (
    Day,
    Fact,
    FactId,
    FactKind,
    Override,
    Plan,
    Route,
    RouteId,
    Stop,
    StopId,
    StopStatus,
)
from tests.dispatch.desks import MORNING, order, shift, stop

R0, R1, R2 = (RouteId(f"r{i}") for i in range(3))
S = [StopId(f"s{i}") for i in range(8)]
DAY = Day(DepotId("d"), MORNING.date(), "UTC")


def window(begin: float, end: float) -> TimeWindow:
    return TimeWindow(MORNING + timedelta(hours=begin), MORNING + timedelta(hours=end))


@pytest.fixture
def plan() -> Plan:
    """r0: s0 s1 s2; r1: s3; r2 empty; s4 to s6 wait."""
    orders = {R0: (S[0], S[1], S[2]), R1: (S[3],), R2: ()}
    on = {s: route for route, stops in orders.items() for s in stops}
    stops = [replace(stop(str(i)), route=on.get(S[i])) for i in range(7)]
    routes = [Route(r, shift(i), stops) for i, (r, stops) in enumerate(orders.items())]
    return Plan(day=DAY).with_stops(stops).with_routes(routes)


def done(plan: Plan, command: Command) -> Plan:
    """What a desk would do."""
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


def locked(plan: Plan, route: RouteId = R0) -> Plan:
    return done(plan, LockRoutes((route,)))


def test_kinds_are_stable_names() -> None:
    assert sorted(KINDS) == [
        *(
            "add_stops.1",
            "admit_stop.1",
            "adopt_solution.1",
            "amend_orders.1",
            "amend_shift.1",
            "attend_exception.1",
            "cancel_orders.1",
            "join_stops.1",
        ),
        *("load_stops.1", "lock_routes.1", "log_exception.1", "mark_day.1", "merge_routes.1"),
        *("move_stops.1", "note_alarms.1", "open_day.1"),
        *("open_shifts.1", "override_rule.1", "pin_stops.1", "record_fact.1", "release_routes.1"),
        *("resolve_exceptions.1", "return_to.1", "reverse_route.1", "revert.1", "seal_day.1"),
        *("send_tail.1", "split_route.1"),
        *("swap_routes.1", "swap_shifts.1", "switch_driver.1"),
    ]
    assert all(dataclasses.is_dataclass(kind) for kind in KINDS.values())


# -- move ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("move", "r0", "r1"),
    [
        (MoveStops((S[4],), R1), "s0 s1 s2", "s3 s4"),
        (MoveStops((S[4],), R1, before=S[3]), "s0 s1 s2", "s4 s3"),
        (MoveStops((S[0], S[4]), R1, after=S[3]), "s1 s2", "s3 s0 s4"),
        (MoveStops((S[2],), R0, before=S[0]), "s2 s0 s1", "s3"),
        (MoveStops((S[0],), R0, after=S[1], before=S[2]), "s1 s0 s2", "s3"),
        (MoveStops((S[0],), R0, after=S[6], before=S[2]), "s1 s0 s2", "s3"),
        (MoveStops((S[2], S[0]), R0), "s1 s2 s0", "s3"),
        (MoveStops((S[1], S[3]), None), "s0 s2", ""),
        (MoveStops((S[0], S[1], S[2]), R0, after=S[0]), "s0 s1 s2", "s3"),
    ],
)
def test_move(plan: Plan, move: MoveStops, r0: str, r1: str) -> None:
    after = done(plan, move)
    assert (" ".join(after.routes[R0].stops), " ".join(after.routes[R1].stops)) == (r0, r1)
    assert all(after.stops[s].route == move.to for s in move.stops)
    assert move.names(plan) == set(move.stops)


@pytest.mark.parametrize(
    ("move", "reason"),
    [
        (MoveStops((StopId("x"),), R1), "unknown_stop"),
        (MoveStops((S[4],), RouteId("x")), "unknown_route"),
        (MoveStops((S[4], S[4]), R1), "doubled"),
        (MoveStops((S[4],), R0, after=S[3]), "place_gone"),
        (MoveStops((S[4],), R0, after=S[3], before=S[6]), "place_gone"),
    ],
)
def test_move_is_refused(plan: Plan, move: MoveStops, reason: str) -> None:
    assert refused(plan, move) == reason


def test_what_is_done_or_frozen_does_not_move(plan: Plan) -> None:
    half = served(plan, S[0])
    assert refused(half, MoveStops((S[0],), R1)) == "already_served"
    assert refused(half, MoveStops((S[4],), R0, before=S[0])) == "already_served"
    assert done(half, MoveStops((S[4],), R0, after=S[0])).routes[R0].stops[1] == S[4]
    assert refused(locked(plan), MoveStops((S[4],), R0)) == "frozen"
    assert refused(locked(plan), MoveStops((S[0],), None)) == "frozen"
    off = done(plan, SwitchDriver(R1))
    assert refused(off, MoveStops((S[4],), R1)) == "driver_off"


# -- pin, lock, override ---------------------------------------------------------------------------


def test_pin(plan: Plan) -> None:
    pinned = done(plan, PinStops((S[0], S[3])))
    assert [s for s in S[:7] if pinned.stops[s].pinned] == [S[0], S[3]]
    assert done(pinned, PinStops((S[0], S[3]), pinned=False)) == plan
    assert refused(plan, PinStops((S[4],))) == "not_on_a_route"
    assert refused(plan, PinStops((StopId("x"),))) == "unknown_stop"
    assert refused(plan, PinStops((S[0], S[0]))) == "doubled"


def test_load_and_unload(plan: Plan) -> None:
    loaded = done(plan, LoadStops((S[0], S[3])))
    assert [s for s in S[:7] if loaded.stops[s].loaded] == [S[0], S[3]]
    assert done(loaded, LoadStops((S[0], S[3]), loaded=False)) == plan
    assert refused(plan, LoadStops((S[4],))) == "not_on_a_route"
    assert LoadStops((S[0],)).names(plan) == {S[0]}


def test_goods_on_board_stay_with_their_driver(plan: Plan) -> None:
    loaded = done(plan, LoadStops((S[0],)))
    assert refused(loaded, MoveStops((S[0],), R1)) == "loaded"
    assert refused(loaded, MoveStops((S[0],), None)) == "loaded"
    assert done(loaded, MoveStops((S[0],), R0)).routes[R0].stops == (S[1], S[2], S[0])
    assert refused(loaded, AdoptSolution(((R0, (S[1], S[2])),))) == "loaded"
    assert done(loaded, AdoptSolution(((R0, (S[2], S[0])),))).stops[S[0]].loaded
    assert not done(loaded, SwitchDriver(R0)).stops[S[0]].loaded


def test_a_stop_taken_off_its_route_is_pinned_no_more(plan: Plan) -> None:
    pinned = done(plan, PinStops((S[0],)))
    assert not done(pinned, MoveStops((S[0],), None)).stops[S[0]].pinned
    assert done(pinned, MoveStops((S[0],), R1)).stops[S[0]].pinned


def test_lock(plan: Plan) -> None:
    both = done(plan, LockRoutes((R0, R1)))
    assert both.routes[R0].is_frozen
    assert both.routes[R1].is_frozen
    assert done(both, LockRoutes((R0, R1), locked=False)) == plan
    assert refused(plan, LockRoutes((RouteId("x"),))) == "unknown_route"


def test_override(plan: Plan) -> None:
    late = done(plan, OverrideRule(S[0], "late", "customer agreed"))
    assert late.stops[S[0]].overrides == (Override("late", "customer agreed"),)
    again = done(late, OverrideRule(S[0], "late", "called"))
    assert again.stops[S[0]].overrides == (Override("late", "called"),)
    assert done(again, OverrideRule(S[0], "late", None)) == plan
    over = done(plan, OverrideRule(R0, "overloaded", "two trips"))
    assert over.routes[R0].overrides == (Override("overloaded", "two trips"),)
    assert refused(plan, OverrideRule(S[0], "late", "  ")) == "reason_missing"
    assert refused(plan, OverrideRule(RouteId("x"), "late", "y")) == "unknown_route"


# -- orders ----------------------------------------------------------------------------------------


def test_add(plan: Plan) -> None:
    fresh = stop("7")
    assert done(plan, AddStops((fresh,))).stops[S[7]] == fresh
    assert AddStops((fresh,)).names(plan) == {S[7]}


@pytest.mark.parametrize(
    ("stops", "reason"),
    [
        ((stop("0"),), "stop_exists"),
        ((Stop(S[7], PlaceId("p"), (order("0"),)),), "order_exists"),
        ((stop("7"), stop("7")), "doubled"),
        ((stop("7"), Stop(StopId("y"), PlaceId("p"), (order("7"),))), "doubled"),
        ((replace(stop("7"), route=R0),), "not_new"),
        ((replace(stop("7"), orders=()),), "not_new"),
        ((replace(stop("7"), status=StopStatus.ARRIVED),), "not_new"),
    ],
)
def test_add_is_refused(plan: Plan, stops: tuple[Stop, ...], reason: str) -> None:
    assert refused(plan, AddStops(stops)) == reason


@pytest.fixture
def shared(plan: Plan) -> Plan:
    """s4 serves o4 and o7 on r2."""
    both = replace(stop("4"), orders=(order("4"), replace(order("7"), place=PlaceId("p4"))))
    return done(plan.with_stops([both]), MoveStops((S[4],), R2))


def test_amend_keeps_route_and_pin(plan: Plan) -> None:
    pinned = done(plan, PinStops((S[1],)))
    heavier = replace(order("1"), load=Load(kg=9))
    after = done(pinned, AmendOrders((heavier,)))
    assert after.stops[S[1]] == replace(pinned.stops[S[1]], orders=(heavier,))
    moved = replace(order("1"), place=PlaceId("elsewhere"))
    assert done(pinned, AmendOrders((moved,))).stops[S[1]].place == "elsewhere"


def test_an_order_that_no_longer_fits_leaves_its_stop(shared: Plan) -> None:
    elsewhere = replace(order("7"), place=PlaceId("elsewhere"))
    after = done(shared, AmendOrders((elsewhere,), (StopId("new"),)))
    assert after.stops[S[4]].orders == (order("4"),)
    assert after.stops[StopId("new")] == Stop(StopId("new"), PlaceId("elsewhere"), (elsewhere,))
    heavier = replace(order("7"), place=PlaceId("p4"), load=Load(kg=9))
    assert done(shared, AmendOrders((heavier,))).stops[S[4]].orders == (order("4"), heavier)

    early = replace(order("4"), windows=(window(0, 1),))
    late = replace(order("7"), place=PlaceId("p4"), windows=(window(2, 3),))
    apart = done(shared, AmendOrders((early, late), (StopId("x"), StopId("y"))))
    assert apart.stops[S[4]].orders == (early,)
    assert apart.stops[StopId("x")].orders == (late,)
    assert StopId("y") not in apart.stops
    assert refused(shared, AmendOrders((elsewhere,))) == "new_stop_missing"
    assert refused(shared, AmendOrders((elsewhere,), (S[0],))) == "new_stop_missing"


def test_amend_is_refused(plan: Plan) -> None:
    assert refused(plan, AmendOrders((order("9"),))) == "unknown_order"
    assert refused(served(plan, S[0]), AmendOrders((order("0"),))) == "already_served"
    changed = replace(order("0"), load=Load(kg=1))
    assert refused(locked(plan), AmendOrders((changed,))) == "frozen"
    assert AmendOrders((changed,), (S[7],)).names(plan) == {S[0], S[7]}


def test_cancel(shared: Plan) -> None:
    one = done(shared, CancelOrders((OrderId("o7"),)))
    assert one.stops[S[4]].orders == (order("4"),)
    both = done(shared, CancelOrders((OrderId("o7"), OrderId("o4"))))
    assert S[4] not in both.stops
    assert both.routes[R2].stops == ()
    assert CancelOrders((OrderId("o7"),)).names(shared) == {S[4]}
    assert refused(shared, CancelOrders((OrderId("o9"),))) == "unknown_order"
    assert refused(served(shared, S[4]), CancelOrders((OrderId("o4"),))) == "already_served"
    assert refused(locked(shared), CancelOrders((OrderId("o0"),))) == "frozen"


# -- day and shifts --------------------------------------------------------------------------------


def test_open_day() -> None:
    plan = done(Plan(), OpenDay(DAY))
    moved = replace(DAY, region="north", zone="Europe/Vaduz")
    assert done(plan, OpenDay(moved)).day == moved
    assert refused(plan, OpenDay(replace(DAY, depot=DepotId("x")))) == "other_day"
    tomorrow = DAY.service_day + timedelta(days=1)
    assert refused(plan, OpenDay(replace(DAY, service_day=tomorrow))) == "other_day"
    assert OpenDay(DAY).names(plan) == {"day"}


def test_open_shifts(plan: Plan) -> None:
    new = RouteId("r9")
    assert done(plan, OpenShifts(((new, shift(9)),))).routes[new] == Route(new, shift(9))
    assert refused(plan, OpenShifts(((R0, shift(9)),))) == "route_exists"
    assert refused(plan, OpenShifts(((new, shift(0)),))) == "driver_twice"
    twice = OpenShifts(((new, shift(8)), (RouteId("r8"), shift(8))))
    assert refused(plan, twice) == "driver_twice"
    assert refused(plan, OpenShifts(((new, shift(8)), (new, shift(9))))) == "doubled"


def test_amend_shift(plan: Plan) -> None:
    longer = replace(shift(0), end=shift(0).end + timedelta(hours=1))
    assert done(plan, AmendShift(R0, longer)).routes[R0].shift == longer
    assert refused(plan, AmendShift(R0, shift(1))) == "driver_differs"
    backwards = replace(shift(0), end=shift(0).start)
    assert refused(plan, AmendShift(R0, backwards)) == "shift_backwards"
    assert refused(plan, AmendShift(RouteId("x"), longer)) == "unknown_route"
    assert refused(locked(plan), AmendShift(R0, longer)) == "frozen"


def test_switch_driver(plan: Plan) -> None:
    half = done(served(plan, S[0]), PinStops((S[1],)))
    off = done(half, SwitchDriver(R0))
    assert off.routes[R0].off
    assert off.routes[R0].stops == (S[0],)
    assert {S[1], S[2]} <= set(off.unassigned)
    assert not off.stops[S[1]].pinned
    assert not done(off, SwitchDriver(R0, off=False)).routes[R0].off
    assert refused(locked(plan), SwitchDriver(R0)) == "frozen"
    assert refused(plan, SwitchDriver(RouteId("x"))) == "unknown_route"
    assert SwitchDriver(R0).names(plan) == {R0, S[0], S[1], S[2]}


# -- proposals -------------------------------------------------------------------------------------


def test_adopt(plan: Plan) -> None:
    command = AdoptSolution(((R0, (S[4], S[0], S[1])), (R1, (S[2],))), "x", 1.0)
    after = done(plan, command)
    assert after.routes[R0].stops == (S[4], S[0], S[1])
    assert after.stops[S[2]].route == R1
    assert after.stops[S[3]].route is None
    assert command.names(plan) == {R0, R1, *S[:5]}


@pytest.mark.parametrize(
    ("routes", "reason"),
    [
        (((R0, (S[0],)), (R0, ())), "doubled"),
        (((R0, (S[0],)), (R1, (S[0],))), "doubled"),
        (((R0, (S[3],)),), "taken"),
        (((R0, (StopId("x"),)),), "unknown_stop"),
        (((RouteId("x"), (S[4],)),), "unknown_route"),
    ],
)
def test_adopt_is_refused(plan: Plan, routes: tuple, reason: str) -> None:
    assert refused(plan, AdoptSolution(routes)) == reason


def test_a_proposal_leaves_pins_locks_and_what_is_done(plan: Plan) -> None:
    pinned = done(plan, PinStops((S[0],)))
    assert refused(pinned, AdoptSolution(((R0, ()), (R1, (S[3], S[0]))))) == "pinned"
    assert refused(pinned, AdoptSolution(((R0, (S[1], S[2])),))) == "pinned"
    assert done(pinned, AdoptSolution(((R0, (S[2], S[0])),))).stops[S[0]].pinned
    assert refused(locked(plan), AdoptSolution(((R0, (S[1], S[0], S[2])),))) == "frozen"
    half = served(plan, S[0])
    assert refused(half, AdoptSolution(((R0, (S[1], S[0], S[2])),))) == "already_served"
    off = done(plan, SwitchDriver(R2))
    assert refused(off, AdoptSolution(((R2, (S[4],)),))) == "driver_off"


# -- undo ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        MoveStops((S[0], S[4]), R1),
        AddStops((stop("7"),)),
        CancelOrders((OrderId("o0"),)),
        SwitchDriver(R0),
        AdoptSolution(((R0, (S[4],)),)),
        OverrideRule(S[0], "late", "y"),
        AmendShift(R0, replace(shift(0), vehicle="v9")),
        LockRoutes((R0,)),
    ],
    ids=lambda command: command.kind,
)
def test_revert_takes_back(plan: Plan, command: Command) -> None:
    after = command.apply(plan)
    undo = Revert(1, diff(plan, after).inverted())
    back = undo.apply(after)
    assert (back.stops, back.routes, back.day) == (plan.stops, plan.routes, plan.day)
    assert undo.names(after) == diff(plan, after).touched()


def test_revert_is_refused_where_somebody_built_on_it(plan: Plan) -> None:
    first = MoveStops((S[4],), R1).apply(plan)
    second = MoveStops((S[5],), R1).apply(first)
    assert refused(second, Revert(1, diff(plan, first).inverted())) == "changed_since"


def test_what_happened_is_not_undone(plan: Plan) -> None:
    after = served(plan, S[0])
    assert refused(after, Revert(1, diff(plan, after).inverted())) == "facts_stay"


def test_a_solution_brings_its_objective(plan: Plan) -> None:
    proposal = ((R0, (S[2], S[0])),)
    after = done(plan, AdoptSolution(proposal, objective=GREEN))
    assert after.day == replace(DAY, objective=GREEN)
    assert diff(plan, after).inverted().apply(after).day == DAY
    assert done(plan, AdoptSolution(proposal)).day == DAY
    assert done(plan, AdoptSolution(proposal, objective=COST)).day is plan.day
    assert done(replace(plan, day=None), AdoptSolution(proposal, objective=GREEN)).day is None
