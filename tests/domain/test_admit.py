"""A stop is let in, and what makes room for it goes along in the same step."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from console.domain.commands import Acceptance, AdmitStop, Landing, LoadStops, MoveStops
from console.domain.errors import Rejected
from console.domain.integrity import check
from console.domain.load import Load
from console.domain.orders import OrderId
from console.domain.patch import diff
from console.domain.plan import Override, Plan, Route, RouteId, StopId
from tests.dispatch.desks import order, shift, stop

R0, R1 = RouteId("r0"), RouteId("r1")
S = [StopId(f"s{i}") for i in range(5)]


def day(**of_route: Any) -> Plan:
    """s0 and s1 on r0, s2 to s4 wait; r1 is empty."""
    stops = [replace(stop(str(i)), route=R0 if i < 2 else None) for i in range(5)]
    routes = [Route(R0, shift(0), (S[0], S[1]), **of_route), Route(R1, shift(1))]
    return Plan().with_stops(stops).with_routes(routes)


def admitted(plan: Plan, command: AdmitStop) -> Plan:
    after = command.apply(plan)
    check(plan, after, diff(plan, after))
    return after


def test_it_lands_between_neighbours() -> None:
    after = admitted(day(), AdmitStop((Landing(S[2], R0, S[0], S[1]), Landing(S[3], R1))))
    assert after.routes[R0].stops == (S[0], S[2], S[1])
    assert after.routes[R1].stops == (S[3],)
    assert after.stops[S[2]].route == R0


def test_everything_gives_way_in_one_step() -> None:
    wide = replace(order("2"), load=Load(pieces=9))
    after = admitted(
        day(),
        AdmitStop(
            (Landing(S[2], R0, after=S[0]),),
            orders=(wide,),
            overtime=((R0, timedelta(hours=1)),),
            dropped=(S[1],),
            accepted=(Acceptance(S[2], "skill", "knows"), Acceptance(R0, "overloaded", "strong")),
        ),
    )
    assert after.routes[R0].stops == (S[0], S[2])
    assert after.routes[R0].shift.max_overtime == timedelta(hours=1)
    assert after.routes[R0].overrides == (Override("overloaded", "strong"),)
    assert after.stops[S[2]].orders == (wide,)
    assert after.stops[S[2]].overrides == (Override("skill", "knows"),)
    assert after.stops[S[1]].route is None
    back = diff(day(), after).inverted().apply(after)
    assert replace(back, version=0) == day()


def test_a_locked_route_opens_only_when_it_is_said() -> None:
    plan = day(locked=True)
    command = AdmitStop((Landing(S[2], R0, after=S[0]),))
    with pytest.raises(Rejected, match="frozen"):
        admitted(plan, command)
    after = admitted(plan, replace(command, unlocked=(R0,)))
    assert not after.routes[R0].locked
    with pytest.raises(Rejected, match="frozen"):
        admitted(day(locked=True, released=True), replace(command, unlocked=(R0,)))


def test_a_stop_is_made_two() -> None:
    more = replace(order("9"), place=stop("2").place)
    plan = day().with_stops([replace(stop("2"), orders=(order("2"), more))])
    part = replace(stop("2"), id=StopId("s2/2"), orders=(more,))
    after = admitted(plan, AdmitStop((Landing(S[2], R0), Landing(part.id, R1)), parts=(part,)))
    assert [o.id for o in after.stops[S[2]].orders] == ["o2"]
    assert after.stops[part.id].route == R1
    emptied = replace(part, orders=(order("2"), more))
    with pytest.raises(Rejected, match="empty_stop"):
        AdmitStop((Landing(S[2], R0),), parts=(emptied,)).apply(plan)


def test_what_it_decides_about_is_named() -> None:
    command = AdmitStop(
        (Landing(S[2], R0),),
        orders=(order("3"),),
        parts=(stop("7"),),
        overtime=((R1, timedelta()),),
        dropped=(S[1],),
        accepted=(Acceptance(S[2], "late", "knows"),),
    )
    assert command.names(day()) == {S[2], S[3], S[1], "s7", R0, R1}


def test_it_is_refused_as_its_steps_are() -> None:
    for command, reason in (
        (AdmitStop(()), "nothing_to_admit"),
        (AdmitStop((Landing(StopId("x"), R0),)), "unknown_stop"),
        (AdmitStop((Landing(S[2], RouteId("x")),)), "unknown_route"),
        (AdmitStop((Landing(S[2], R0, after=S[4]),)), "place_gone"),
        (AdmitStop((Landing(S[2], R0),), overtime=((RouteId("x"), timedelta()),)), "unknown_route"),
        (AdmitStop((Landing(S[2], R0),), orders=(replace(order("x")),)), "unknown_order"),
    ):
        with pytest.raises(Rejected, match=reason):
            command.apply(day())
    loaded = LoadStops((S[1],)).apply(day())
    with pytest.raises(Rejected, match="loaded"):
        AdmitStop((Landing(S[2], R0),), dropped=(S[1],)).apply(loaded)
    assert MoveStops((S[1],), None).apply(day()).stops[S[1]].route is None


def test_reasons_are_given_afterwards() -> None:
    command = AdmitStop((Landing(S[2], R0),), accepted=(Acceptance(R0, "stops", ""),))
    assert command.because("short ways").accepted[0].reason == "short ways"
    with pytest.raises(Rejected, match="reason_missing"):
        command.apply(day())
    assert OrderId("o2") in {o.id for o in day().stops[S[2]].orders}
