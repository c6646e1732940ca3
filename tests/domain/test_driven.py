"""Which legs of a day were driven, and which of them tell nothing of the roads."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.domain.commands import LogException, RecordFact
from console.domain.driven import Driven, Spot, Why, beyond, legs, stood
from console.domain.places import Coordinate, PlaceId
from console.domain.plan import Cause, Fact, FactId, FactKind, Plan, Route, RouteId, StopId
from tests.dispatch.desks import MORNING, shift, stop

R0 = RouteId("r0")
S = [StopId(f"s{i}") for i in range(3)]
A, B = Coordinate(47.0, 9.5), Coordinate(47.02, 9.5)  # 2.2 km


def at(minutes: float) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def fact(kind: FactKind, subject: str, minutes: float, cause: Cause | None = None) -> Fact:
    return Fact(FactId(f"{kind} {subject} {minutes}"), kind, StopId(subject), at(minutes), cause)


DAY = (
    fact(FactKind.DEPARTED, "r0", 0),
    fact(FactKind.ARRIVED, "s1", 10),
    fact(FactKind.DELIVERED, "s1", 14),
    fact(FactKind.ARRIVED, "s0", 20),
    fact(FactKind.FAILED, "s0", 25),
    fact(FactKind.DELIVERED, "s2", 40),  # nobody told when she came
    fact(FactKind.RETURNED, "r0", 60),
)


def day(*more: Fact, reloads: int = 0) -> Plan:
    stops = [replace(stop(str(i)), route=R0) for i in range(3)]
    route = Route(R0, replace(shift(0), reloads=reloads), tuple(S))
    plan = Plan().with_stops(stops).with_routes([route])
    for one in (*DAY, *more):
        made = LogException(one) if one.kind is FactKind.EXCEPTION else RecordFact(one)
        plan = made.apply(plan)
    return plan


def driven(plan: Plan) -> list[tuple[float, float, Why | None]]:
    return [
        ((leg.left - MORNING).seconds / 60, (leg.came - MORNING).seconds / 60, leg.why)
        for leg in legs(plan)
    ]


def test_legs_go_from_leaving_to_coming_in_the_order_driven() -> None:
    plan = day()
    assert driven(plan) == [(0, 10, None), (14, 20, None), (40, 60, None)]
    places = [(leg.origin, leg.target) for leg in legs(plan)]
    depot = plan.routes[R0].shift.place
    own = [plan.stops[s].place for s in S]
    assert places == [(depot, own[1]), (own[1], own[0]), (own[2], depot)]


def test_where_nothing_was_told_there_are_no_legs() -> None:
    stops = [replace(stop(str(i)), route=R0) for i in range(3)]
    assert not list(legs(Plan().with_stops(stops).with_routes([Route(R0, shift(0), tuple(S))])))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ((fact(FactKind.EXCEPTION, "r0", 17, Cause.BREAKDOWN),), Why.TROUBLE),
        ((fact(FactKind.EXCEPTION, "s0", 18, Cause.TRAFFIC),), Why.TROUBLE),
        (
            (fact(FactKind.BREAK_BEGAN, "r0", 15), fact(FactKind.BREAK_ENDED, "r0", 19)),
            Why.BREAK,
        ),
    ],
)
def test_what_else_happened_on_a_leg_takes_it_out(more: tuple[Fact, ...], why: Why) -> None:
    assert driven(day(*more)) == [(0, 10, None), (14, 20, why), (40, 60, None)]


def test_routes_that_load_again_tell_nothing() -> None:
    assert {why for _, _, why in driven(day(reloads=1))} == {Why.RELOADS}


LEG = Driven(R0, PlaceId("a"), PlaceId("b"), at(0), at(30))


def spot(minutes: float, share: float) -> Spot:
    return Spot(at(minutes), Coordinate(A.lat + (B.lat - A.lat) * share, A.lon))


def test_standing_on_the_way_is_no_driving() -> None:
    moving = [spot(minute, minute / 30) for minute in range(31)]
    assert not stood(LEG, (A, B), moving)
    halts = [spot(minute, min(minute, 10) / 20) for minute in range(31)]
    assert stood(LEG, (A, B), halts)
    short = [spot(minute, 0.5 if 10 <= minute < 19 else minute / 30) for minute in range(31)]
    assert not stood(LEG, (A, B), short)
    at_the_door = [spot(minute, 0.99) for minute in range(31)]
    assert not stood(LEG, (A, B), at_the_door)


def test_how_far_from_a_door_she_was_when_it_was_told() -> None:
    way = [spot(0, 0.0), spot(28, 0.98), spot(30, 1.0)]
    assert beyond(at(28.2), B, way) == pytest.approx(44, abs=1)
    assert beyond(at(20), B, way) == 0  # nobody knows: no position is near in time
    assert beyond(at(28), A, way) == 0  # a mistake of somebody's clock, not a fence
    assert beyond(at(28), B, []) == 0
