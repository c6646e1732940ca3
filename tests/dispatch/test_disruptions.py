"""What happens during the day is answered by a proposal, and adopted with it in one step."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.dispatch.disruptions import (
    aboard,
    answered,
    best_places,
    broken_down,
    held_up,
    later,
    later_stops,
    likely_places,
    may_be_late,
    put_in,
    standing_places,
)
from console.dispatch.dropping import careful
from console.dispatch.orderwork import put_order
from console.dispatch.points import place_at
from console.dispatch.proposals import adopt, at_once
from console.dispatch.reporting import record
from console.dispatch.tracking import Seen
from console.domain.commands import LockRoutes, MoveStops
from console.domain.errors import ConsoleError, Rejected
from console.domain.orders import OrderEntry, OrderId
from console.domain.places import Address, Coordinate
from console.domain.plan import FactKind, RouteId, StopId
from console.planning.run import ChangeBudget, Terms
from tests.dispatch.consoles import SetClock, World, begun, journey, local, row
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


@journey
async def test_who_is_late_under_way_moves_the_rest_of_her_day(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        ida, jan = await on_the_street(station, world)
        clock.moment = local(8.5)
        await record(station, FactKind.DEPARTED, ida, local(8))
        clock.moment = local(8.6)
        station.workday.set_now(station.now())
        before = station.picture
        late = timedelta(minutes=50)
        trouble = held_up(before, ida, late, clock.moment)
        terms = replace(QUICK, trouble=trouble)
        proposal = await at_once(station, terms)
        assert proposal.amendment.startswith("Ida goes on no sooner than ")
        arrival, was = proposal.present.visits[B].arrival, before.visits[B].arrival
        assert arrival - max(was, clock.moment) == late, "than it would be by now"
        assert proposal.present.schedules[jan] == before.schedules[jan]
        assert await adopt(station, proposal) is None
        assert station.picture.plan.routes[ida].hold is not None
        again = held_up(station.picture, ida, late, clock.moment)
        assert again.held[0][1].until == trouble.held[0][1].until + late, "and later still"
        await record(station, FactKind.ARRIVED, B, local(8.7))
        assert station.picture.visits[B].arrival == local(8.7), "she is heard of"
        assert station.picture.visits[C].arrival < arrival + late


@journey
async def test_stops_that_get_late_are_named_the_worst_first(world: World) -> None:
    with world.console() as station:
        rows = [
            row("A", "Weg 10"),
            row("B", "Weg 20", window_from="08:00", window_to="09:00"),
            row("C", "Weg 30", window_from="08:00", window_to="09:30"),
        ]
        await begun(station, world, *rows, drivers=("Ida",))
        (ida,) = station.picture.plan.routes
        await station.submit(MoveStops((A, B, C), ida))
        await record(station, FactKind.DELIVERED, A, local(8.2))
        before = station.picture
        trouble = held_up(before, ida, timedelta(hours=2), local(8.3))
        after = station.workday.imaging()(trouble.befallen(before.plan))
        found = later_stops(before, after)
        assert [stop for stop, _ in found] == [B, C]
        assert found[0][1] > found[1][1] > timedelta()
        assert later_stops(after, after) == []
        with pytest.raises(ConsoleError, match="nothing is left"):
            held_up(before, ida, timedelta(hours=9), local(8.3))
        for stop in (B, C):
            await record(station, FactKind.DELIVERED, stop, local(8.4))
        with pytest.raises(ConsoleError, match="nothing left that could be late"):
            held_up(station.picture, ida, timedelta(hours=1), local(8.5))


@journey
async def test_a_report_meanwhile_is_worth_more_than_what_was_said_before(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        ida, _ = await on_the_street(station, world)
        trouble = held_up(station.picture, ida, timedelta(minutes=30), clock.moment)
        proposal = await at_once(station, replace(QUICK, trouble=trouble))
        clock.moment += timedelta(minutes=5)
        await record(station, FactKind.DELIVERED, B)
        assert proposal.is_outdated(station.picture.plan)
        before = station.picture
        if await adopt(station, proposal) is None:
            assert station.picture.schedules[ida] == before.schedules[ida]


@journey
async def test_goods_are_fetched_at_a_bare_point(world: World) -> None:
    with world.console() as station:
        ida, jan = await on_the_street(station, world)
        before = station.picture.plan
        point = Coordinate(47.0031, 9.5017)
        place = await place_at(station, point)
        assert await place_at(station, point) == place, "the same point is the same place"
        assert place in station.workday.matrix.index
        await station.refresh()
        assert place in station.workday.matrix.index, "as long as it is expected"
        proposal = await answered(station, await broken_down(station, ida, place, QUICK))
        assert await adopt(station, proposal) is None
        handed = [s for s in station.picture.plan.stops_of(jan) if s.place == place]
        assert len(handed) == 2
        assert station.picture.labels[handed[0].id].street == "47.00310, 9.50170"
        assert station.picture.labels[handed[0].id].coordinate == point
        await station.undo()
        assert station.picture.plan.routes == before.routes
        with pytest.raises(ConsoleError, match="No road"):
            await place_at(station, Coordinate(47.95, 9.5))
