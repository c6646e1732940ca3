"""A customer wants it otherwise, while the order is planned or out: what it costs, who makes it."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from console.dispatch.amending import Changed, changed, done_by, moving, staying
from console.dispatch.disruptions import answered
from console.dispatch.dropping import careful
from console.dispatch.orderwork import put_order
from console.dispatch.proposals import adopt, at_once
from console.dispatch.reporting import record
from console.dispatch.rewriting import submit_with
from console.dispatch.station import Station
from console.domain.commands import LockRoutes, MoveStops
from console.domain.errors import ConsoleError, Rejected
from console.domain.load import Load
from console.domain.orders import DayWindow, OrderEntry, OrderId
from console.domain.places import Address
from console.domain.plan import FactKind, StopId
from console.planning.run import Terms
from tests.dispatch.consoles import DAY, World, begun, journey, row
from tests.dispatch.test_dropping import NAMES, on_the_street

A, B, C, D = NAMES[:4]
QUICK = careful(Terms(1.0))


def entry_of(station: Station, order: str) -> OrderEntry:
    return station.services.orders.get([OrderId(order)])[OrderId(order)]


async def moved(station: Station, order: str, street: str) -> Changed:
    entry = entry_of(station, order)
    return await changed(station, replace(entry, address=Address(street, city="Ebene")))


@journey
async def test_another_door_of_a_released_route_costs_what_the_way_costs(world: World) -> None:
    with world.console() as station:
        _, jan = await on_the_street(station, world)
        before = station.picture
        wanted = await moved(station, "D", "Weg 300")
        assert station.picture.plan == before.plan, "nothing is decided yet"
        assert entry_of(station, "D").address.street == "Weg 40"
        there = staying(station, wanted)
        assert there is not None
        assert there.route == jan
        assert there.cost > 0
        assert there.seconds > 0
        assert there.harm is None
        command = done_by(before.plan, wanted, there)
        assert command.routes == ()
        await submit_with(station, command, wanted.rewrite, before.plan.version)
        after = station.picture
        assert after.plan.routes[jan].stops == before.plan.routes[jan].stops
        assert after.plan.routes[jan].edition == 1, "handed to its driver anew"
        assert after.plan.routes[jan].released
        assert after.labels[D].street == "Weg 300"
        assert round(after.totals.cost - before.totals.cost, 2) == there.cost
        assert entry_of(station, "D").address.street == "Weg 300"
        order = after.plan.stops[D].orders[0]
        assert order.digest == station.services.orders.put([entry_of(station, "D")])[order.id]
        await station.undo()
        assert station.picture.plan.stops == before.plan.stops
        assert station.picture.plan.routes == before.plan.routes
        assert station.picture.labels[D].street == "Weg 40"


@journey
async def test_a_better_place_is_offered_and_both_routes_are_handed_out_anew(world: World) -> None:
    with world.console() as station:
        ida, jan = await on_the_street(station, world)
        before = station.picture
        entry = replace(entry_of(station, "D"), windows=(DayWindow(time(8), time(8, 1)),))
        wanted = await changed(station, entry)
        stays = staying(station, wanted)
        assert stays is not None
        places = moving(station, wanted)
        assert 1 <= len(places) <= 3
        assert (stays.route, stays.after) not in [(p.route, p.after) for p in places]
        there = next(place for place in places if place.route == ida)
        await submit_with(station, done_by(before.plan, wanted, there), wanted.rewrite)
        after = station.picture
        assert D in after.plan.routes[ida].stops[1:], "not before what is done"
        assert {after.plan.routes[route].edition for route in (ida, jan)} == {1}
        assert round(after.totals.cost - before.totals.cost, 2) == there.cost
        await station.undo()
        assert station.picture.plan.routes == before.plan.routes


@journey
async def test_it_is_planned_around_beside_what_becomes_of_the_day_without(world: World) -> None:
    with world.console() as station:
        _, jan = await on_the_street(station, world)
        before = station.picture.plan
        entry = replace(
            entry_of(station, "D"),
            address=Address("Weg 900", city="Ebene"),
            load=Load(2, 3.0),
            service_time=timedelta(minutes=20),
        )
        wanted = await changed(station, entry)
        terms = replace(QUICK, trouble=wanted.trouble)
        first = (await at_once(station, terms)).with_rewrite(wanted.rewrite)
        assert first.present.plan.stops[D].orders[0].load == Load(2, 3.0)
        assert first.present.schedules[jan].cost > station.picture.schedules[jan].cost
        assert first.amendment.startswith("changed: D")
        proposal = (await answered(station, terms)).with_rewrite(wanted.rewrite)
        assert proposal.proposed.labels[D].street == "Weg 900"
        assert not proposal.is_empty
        assert station.picture.plan == before
        assert await adopt(station, proposal) is None
        assert station.picture.plan.stops[D].service_time == timedelta(minutes=20)
        assert station.picture.labels[D].street == "Weg 900"
        await station.undo()
        assert station.picture.plan.stops == before.stops
        assert station.picture.plan.routes == before.routes


@journey
async def test_too_late_is_said_with_its_reason(world: World) -> None:
    with world.console() as station:
        _, jan = await on_the_street(station, world)
        with pytest.raises(Rejected, match="already_served"):
            await moved(station, "A", "Weg 300")
        await record(station, FactKind.ARRIVED, B)
        with pytest.raises(Rejected, match="driver_is_there"):
            await moved(station, "B", "Weg 300")
        await station.submit(LockRoutes((jan,)))
        with pytest.raises(Rejected, match="frozen"):
            await moved(station, "D", "Weg 300")
        with pytest.raises(Rejected, match="no_change"):
            await changed(station, entry_of(station, "C"))
        assert entry_of(station, "D").address.street == "Weg 40"


@journey
async def test_an_arrival_meanwhile_leaves_plan_and_register_as_they_were(world: World) -> None:
    with world.console() as station:
        await on_the_street(station, world)
        wanted = await moved(station, "D", "Weg 300")
        there = staying(station, wanted)
        assert there is not None
        command = done_by(station.picture.plan, wanted, there)
        await record(station, FactKind.ARRIVED, D)
        with pytest.raises(Rejected, match="driver_is_there"):
            await submit_with(station, command, wanted.rewrite)
        assert entry_of(station, "D").address.street == "Weg 40"


@journey
async def test_an_address_that_nobody_finds_or_no_road_leads_to_is_refused(world: World) -> None:
    with world.console() as station:
        await on_the_street(station, world)
        with pytest.raises(ConsoleError, match="not found"):
            await moved(station, "D", "Nirgendwo")
        with pytest.raises(ConsoleError, match="No road"):
            await moved(station, "D", "Berg 1")


@journey
async def test_goods_on_board_stay_with_their_van(world: World) -> None:
    with world.console() as station:
        ida, _ = await on_the_street(station, world)
        wanted = await moved(station, "C", "Weg 60")
        assert wanted.held_by == ida
        assert {there.route for there in moving(station, wanted)} <= {ida}


@journey
async def test_an_order_that_no_longer_fits_its_neighbours_gets_a_stop_of_its_own(
    world: World,
) -> None:
    with world.console() as station:
        await begun(station, world, row("A", "Weg 10"), row("B", "Weg 10"), drivers=("Ida",))
        (stop,) = station.picture.plan.stops
        (route,) = station.picture.plan.routes
        await station.submit(MoveStops((stop,), route))
        before = station.picture.plan
        wanted = await moved(station, "B", "Weg 50")
        assert wanted.was == stop
        assert wanted.stop == StopId("s:B")
        assert staying(station, wanted) is None, "it waits"
        (there,) = moving(station, wanted)
        await submit_with(station, done_by(before, wanted, there), wanted.rewrite)
        after = station.picture
        assert set(after.plan.routes[route].stops) == {stop, wanted.stop}
        assert after.labels[wanted.stop].street == "Weg 50"
        await station.undo()
        assert station.picture.plan.stops == before.stops


@journey
async def test_a_colleague_who_was_first_is_not_written_over(world: World) -> None:
    with world.console() as ada, world.console("bea") as bea:
        await on_the_street(ada, world)
        await bea.open(DAY)
        await bea.refresh()
        wanted = await moved(bea, "D", "Weg 300")
        there = staying(bea, wanted)
        assert there is not None
        before = bea.picture.plan
        first = await moved(ada, "D", "Weg 200")
        mine = staying(ada, first)
        assert mine is not None
        await submit_with(ada, done_by(ada.picture.plan, first, mine), first.rewrite)
        await bea.pull()
        with pytest.raises(Rejected, match="changed_since"):
            await submit_with(bea, done_by(before, wanted, there), wanted.rewrite, before.version)
        assert entry_of(bea, "D").address.street == "Weg 200"
        assert bea.picture.labels[D].street == "Weg 200"


@journey
async def test_undo_brings_back_whom_to_call_and_redo_the_new_one(world: World) -> None:
    with world.console() as station:
        await on_the_street(station, world)
        was = entry_of(station, "D")
        wanted = await changed(station, replace(was, recipient="Eva Neu", phone="+49 30 1"))
        there = staying(station, wanted)
        assert there is not None
        command = done_by(station.picture.plan, wanted, there)
        await submit_with(station, command, wanted.rewrite)
        assert station.picture.labels[D].phones == ("+49 30 1",)
        await station.undo()
        assert entry_of(station, "D") == was
        assert station.picture.labels[D].phones != ("+49 30 1",)
        await station.redo()
        now = entry_of(station, "D")
        assert (now.recipient, now.phone) == ("Eva Neu", "+49 30 1")
        await station.undo()
        assert entry_of(station, "D") == was


@journey
async def test_undo_leaves_what_was_erased_and_what_another_step_wrote(world: World) -> None:
    with world.console() as station:
        await begun(station, world, *(row(name, "Weg 10") for name in ("A", "B")))
        first = entry_of(station, "A")
        await put_order(station, replace(first, recipient="Eva Neu"))
        await put_order(station, replace(first, recipient="Eva Neuer"))
        await station.undo()
        assert entry_of(station, "A").recipient == "Eva Neu"
        station.services.orders.erase([OrderId("A")])
        await station.undo()
        assert station.services.orders.get([OrderId("A")]) == {}
