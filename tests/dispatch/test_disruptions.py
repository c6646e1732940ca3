"""What happens during the day is answered by a proposal, and adopted with it in one step."""

from datetime import timedelta

import pytest

from console.dispatch.disruptions import (
    aboard,
    answered,
    best_places,
    broken_down,
    later,
    likely_places,
    may_be_late,
    put_in,
    standing_places,
)
from console.dispatch.dropping import careful
from console.dispatch.orderwork import put_order
from console.dispatch.proposals import adopt, at_once
from console.dispatch.reporting import record
from console.dispatch.tracking import Seen
from console.domain.commands import LockRoutes
from console.domain.errors import ConsoleError, Rejected
from console.domain.orders import OrderEntry, OrderId
from console.domain.places import Address
from console.domain.plan import FactKind, RouteId, StopId
from console.planning.run import ChangeBudget, Terms
from tests.dispatch.consoles import World, journey
from tests.dispatch.test_dropping import NAMES, on_the_street

QUICK = careful(Terms(1.0))
A, B, C, D = NAMES[:4]


@journey
async def test_goods_on_a_broken_van_are_fetched_before_they_are_brought(world: World) -> None:
    with world.console() as station:
        ida, jan = await on_the_street(station, world)
        before = station.picture.plan
        assert {stop.id for stop in aboard(before, station.workday.matrix, ida)} == {B, C}
        assert aboard(before, station.workday.matrix, jan) == (), (
            "his van has not left: its goods are at the depot"
        )
        terms = await broken_down(station, ida, before.stops[A].place, QUICK)
        first = await at_once(station, terms)
        assert station.picture.plan == before
        proposal = await answered(station, terms)
        assert first.terms == proposal.terms
        assert await adopt(station, proposal) is None
        after = station.picture.plan
        assert after.routes[ida].off
        assert after.routes[ida].stops == (A,)
        order = after.routes[jan].stops
        for stop in (B, C):
            fetched = after.stop_of_order(after.stops[stop].orders[0].pickup or OrderId(""))
            assert fetched is not None
            assert fetched.place == after.stops[A].place
            assert fetched.collected == after.stops[stop].load
            assert order.index(fetched.id) < order.index(stop)
            assert "Handover" in station.picture.labels[fetched.id].recipients[0]
        await station.undo()
        assert station.picture.plan.stops == before.stops
        assert station.picture.plan.routes == before.routes


@journey
async def test_goods_that_nobody_fetches_wait_with_that_reason(world: World) -> None:
    with world.console() as station:
        ida, jan = await on_the_street(station, world)
        await station.submit(LockRoutes((jan,)))
        place = station.picture.plan.stops[A].place
        proposal = await at_once(station, await broken_down(station, ida, place, QUICK))
        assert await adopt(station, proposal) is None
        plan = station.picture.plan
        waiting = {stop for stop in plan.unassigned if plan.stops[stop].orders[0].pickup}
        assert waiting == {B, C}


@journey
async def test_a_van_stands_at_its_last_door_unless_somebody_knows_better(world: World) -> None:
    with world.console() as station:
        ida, jan = await on_the_street(station, world)
        plan = station.picture.plan
        assert [stop for _, stop in standing_places(plan, ida)] == [A, None, B, C]
        assert standing_places(plan, jan)[0] == (plan.routes[jan].shift.place, None)


@journey
async def test_a_van_stands_where_it_was_seen_after_the_last_report(world: World) -> None:
    with world.console() as station:
        ida, _ = await on_the_street(station, world)
        picture = station.picture
        told = max(fact.happened_at for fact in picture.plan.facts.values())
        point = picture.labels[C].coordinate
        assert point is not None
        later_on = Seen(told + timedelta(minutes=1), point)
        before = Seen(told - timedelta(minutes=1), point)
        usual = standing_places(picture.plan, ida)
        found = likely_places(picture, ida, later_on)
        assert found[0][1] == C
        assert set(found) == set(usual)
        assert likely_places(picture, ida, before) == usual
        assert likely_places(picture, ida, None) == usual


@journey
async def test_a_van_that_breaks_down_in_the_yard_leaves_no_handover(world: World) -> None:
    with world.console() as station:
        _, jan = await on_the_street(station, world)
        depot = station.picture.plan.routes[jan].shift.place
        terms = await broken_down(station, jan, depot, QUICK)
        assert terms.trouble.stops == ()
        assert terms.off == (jan,)


@journey
async def test_who_comes_late_is_planned_late_and_the_route_handed_out_anew(world: World) -> None:
    with world.console() as station:
        ida, jan = await on_the_street(station, world)
        before = station.picture.plan
        assert may_be_late(before) == [jan], "who has left cannot come late"
        late = timedelta(hours=2)
        trouble = later(before, [jan], late, None)
        terms = careful(Terms(1.0, budget=ChangeBudget(drivers=0), trouble=trouble))
        proposal = await answered(station, terms)
        assert proposal.present.schedules[jan].start >= before.routes[jan].shift.start + late
        assert not proposal.is_empty
        assert await adopt(station, proposal) is None
        after = station.picture.plan.routes[jan]
        assert after.shift.start == before.routes[jan].shift.start + late
        assert after.edition == before.routes[jan].edition + 1
        assert after.released
        assert station.picture.plan.routes[ida].stops[0] == A
        await station.undo()
        assert station.picture.plan.routes[jan].shift == before.routes[jan].shift


@journey
async def test_nothing_of_a_shift_is_left_is_said(world: World) -> None:
    with world.console() as station:
        _, jan = await on_the_street(station, world)
        with pytest.raises(ConsoleError, match="nothing is left"):
            later(station.picture.plan, [jan], timedelta(hours=20), None)


@journey
async def test_a_locked_route_comes_not_late(world: World) -> None:
    with world.console() as station:
        _, jan = await on_the_street(station, world)
        trouble = later(station.picture.plan, [jan], timedelta(minutes=30), None)
        await station.submit(LockRoutes((jan,)))
        assert may_be_late(station.picture.plan) == []
        with pytest.raises(Rejected, match="frozen"):
            await answered(station, careful(Terms(1.0, trouble=trouble)))


@journey
async def test_an_urgent_order_goes_onto_a_route_that_is_out(world: World) -> None:
    with world.console() as station:
        ida, _ = await on_the_street(station, world)
        await put_order(station, OrderEntry(OrderId("G"), Address("Weg 31", "6900", "Bregenz")))
        stop = StopId("s:G")
        places = best_places(station, stop)
        assert [there.cost for there in places] == sorted(there.cost for there in places)
        assert {there.route for there in places} == set(station.picture.plan.routes)
        there = next(place for place in places if place.route == ida)
        await station.submit(put_in(station.picture.plan, stop, there))
        route = station.picture.plan.routes[ida]
        assert stop in route.stops[1:], "not before what is done"
        assert (route.released, route.edition) == (True, 1)
        await station.undo()
        assert station.picture.plan.stops[stop].route is None


@journey
async def test_a_proposal_outlives_changes_elsewhere(world: World) -> None:
    with world.console() as station:
        ida, jan = await on_the_street(station, world)
        trouble = later(station.picture.plan, [jan], timedelta(minutes=30), None)
        terms = careful(Terms(1.0, routes=(jan,), trouble=trouble))
        proposal = await at_once(station, terms)
        await record(station, FactKind.ARRIVED, B)
        assert RouteId(ida) in station.picture.plan.routes
        again = await adopt(station, proposal)
        assert again is None or again.terms == terms
