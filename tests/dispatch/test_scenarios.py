"""Scenarios: plans of a day kept under names, laid on the day as it is, compared and adopted."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from console.dispatch import scenarios
from console.dispatch.arranging import ENGINE, Drift, can_go, drift, laid, without
from console.dispatch.proposals import adopt
from console.dispatch.registers import Scenario
from console.dispatch.scenarios import PRESENT, Wanted
from console.dispatch.station import Station
from console.domain.commands import (
    AdoptSolution,
    CancelOrders,
    LockRoutes,
    MoveStops,
    PinStops,
    SwitchDriver,
)
from console.domain.errors import ConsoleError, Rejected
from console.domain.objective import GREEN
from console.domain.orders import OrderId
from console.domain.plan import Plan, RouteId, StopId
from console.planning.run import Terms
from tests.dispatch.consoles import DAY, World, begun, brought, journey, row
from tests.ui.day import build_plan

QUICK = Terms(2.0, engine="ruin")
ROWS = tuple(row(name, f"Weg {i}0") for i, name in enumerate("ABCDEF", 1))
A, B, C, D, E, F = (StopId(f"s:{name}") for name in "ABCDEF")


async def planned(station: Station, world: World) -> Sequence[RouteId]:
    await begun(station, world, *ROWS, drivers=("Ida", "Jan"))
    ida, jan = station.picture.plan.routes
    await station.submit(MoveStops((A, F, B), ida))
    await station.submit(MoveStops((E, C, D), jan))
    return ida, jan


def orders(plan: Plan) -> dict[RouteId, tuple[StopId, ...]]:
    return {route.id: route.stops for route in plan.routes.values()}


@journey
async def test_a_kept_plan_is_adopted_as_one_step_that_is_undone(world: World) -> None:
    with world.console() as station:
        ida, jan = await planned(station, world)
        first = orders(station.picture.plan)
        kept = await scenarios.keep(station, "  As  Monday ")
        assert kept.name == "As Monday"
        assert kept.actor == "ada"
        await station.submit(MoveStops((A, F, B), jan))
        other = orders(station.picture.plan)
        proposal = await scenarios.compare(station, kept, None)
        assert orders(proposal.proposed.plan) == first
        assert proposal.sides.present == PRESENT
        assert await adopt(station, proposal) is None
        assert orders(station.picture.plan) == first
        entry = station.workday.desk.entries[-1]
        assert isinstance(entry.command, AdoptSolution)
        assert entry.command.engine == ENGINE
        await station.undo()
        assert orders(station.picture.plan) == other
        assert orders(station.picture.plan)[ida] == ()
        with pytest.raises(Rejected, match="no_change"):
            await adopt(
                station,
                await scenarios.compare(station, await scenarios.keep(station, "Now"), None),
            )


@journey
async def test_scenarios_survive_a_restart_and_belong_to_their_day(world: World) -> None:
    with world.console() as station:
        await planned(station, world)
        await scenarios.keep(station, "Plan")
        await scenarios.keep(station, "Plan")
    with world.console("bob") as station:
        await station.open(DAY)
        await station.refresh()
        known = await scenarios.kept(station)
        assert [s.name for s in known] == ["Plan", "Plan 2"]
        shown = await scenarios.standings(station)
        assert all(each.is_present for each in shown)
        assert shown[0].figures.served == len(ROWS)
        assert shown[0].figures.cost == pytest.approx(station.picture.totals.cost, abs=0.01)
        await station.open(DAY.replace(day=24))
        assert await scenarios.kept(station) == []
        assert await scenarios.standings(station) == ()


@journey
async def test_duplicate_rename_remove_and_restore(world: World) -> None:
    with world.console() as station:
        await planned(station, world)
        one = await scenarios.keep(station, "One")
        two = await scenarios.duplicate(station, one)
        assert (two.name, two.routes) == ("One 2", one.routes)
        assert (await scenarios.rename(station, two, "Two")).id == two.id
        same = await scenarios.rename(station, one, "One")
        assert same == one
        assert [s.name for s in await scenarios.kept(station)] == ["One", "Two"]
        await scenarios.remove(station, [one])
        assert [s.name for s in await scenarios.kept(station)] == ["Two"]
        await scenarios.restore(station, [one])
        assert [s.name for s in await scenarios.kept(station)] == ["One", "Two"]
        with pytest.raises(ConsoleError, match="needs a name"):
            await scenarios.keep(station, "   ")


@journey
async def test_a_search_without_a_driver_is_kept_and_the_plan_stays(world: World) -> None:
    with world.console() as station:
        ida, jan = await planned(station, world)
        before = station.picture.plan
        terms = replace(QUICK, objective=GREEN)
        found = await scenarios.keep_search(station, Wanted("Only Ida", terms, (jan,)))
        assert station.picture.plan == before
        assert dict(found.routes)[jan] == ()
        assert len(dict(found.routes)[ida]) == len(ROWS)
        assert (found.objective, found.off, found.version) == (GREEN, (jan,), before.version)
        proposal = await scenarios.compare(station, found, await scenarios.keep(station, "Both"))
        assert proposal.comparison.before.vehicles == 2
        assert proposal.comparison.after.vehicles == 1
        assert proposal.sides.present == "Both"
        await adopt(station, proposal)
        assert station.picture.plan.day is not None
        assert station.picture.plan.day.objective == GREEN
        assert not station.picture.plan.routes[jan].stops
        with pytest.raises(ConsoleError, match="No driver is left"):
            await scenarios.keep_search(station, Wanted("None", QUICK, (ida, jan)))


@journey
async def test_a_version_of_the_history_becomes_a_scenario(world: World) -> None:
    with world.console() as station:
        _ida, jan = await planned(station, world)
        version = station.picture.plan.version
        first = orders(station.picture.plan)
        await station.submit(MoveStops((A, F, B), jan))
        kept = await scenarios.keep_version(station, version, "Before")
        assert dict(kept.routes) == first
        assert kept.version == version


@journey
async def test_what_came_and_went_since_is_told_and_nobody_loses_an_order(world: World) -> None:
    with world.console() as station:
        ida, jan = await planned(station, world)
        kept = await scenarios.keep(station, "Morning")
        await station.submit(MoveStops((A, F, B), jan))
        await station.submit(CancelOrders((OrderId("C"),)))
        await brought(station, world.orders(row("G", "Weg 70"), row("H", "Weg 71")))
        await station.submit(MoveStops((StopId("s:G"),), jan, E))
        assert (await scenarios.standings(station))[0].drift == Drift(2, 1)
        plan = laid(station.picture.plan, kept).apply(station.picture.plan)
        assert orders(plan) == {ida: (A, F, B), jan: (E, StopId("s:G"), D)}
        assert drift(plan, kept).sentence == "2 stops came since, 1 is gone"


def test_pins_locks_and_drivers_who_are_off_hold() -> None:
    plan, _ = build_plan(3, 4, 1, seed=4)
    r1, r2, r3 = plan.routes
    (a1, a2, *_), (b1, *_), (c1, *_) = (plan.routes[r].stops for r in (r1, r2, r3))
    waiting = plan.unassigned[0]
    wanted = Scenario(
        "",
        "All to one",
        (
            (r1, ()),
            (r2, ()),
            (r3, tuple(s for s in plan.stops if s != waiting)),
            (RouteId("x"), ()),
        ),
        (waiting,),
    )
    pinned = PinStops((a1,)).apply(plan)
    held = LockRoutes((r2,)).apply(pinned)
    after = laid(held, wanted).apply(held)
    assert after.routes[r1].stops == (a1,)
    assert after.routes[r2].stops == plan.routes[r2].stops
    assert a2 in after.routes[r3].stops
    assert b1 not in after.routes[r3].stops
    off = SwitchDriver(r3).apply(plan)
    alone = laid(off, wanted)
    assert not alone.routes, "who is off can be given nothing"
    gone = replace(plan, routes={r: route for r, route in plan.routes.items() if r != r3})
    assert not laid(gone, wanted).routes
    assert c1 in after.routes[r3].stops


def test_who_a_search_can_do_without() -> None:
    plan, _ = build_plan(2, 4, 0, seed=4)
    r1, r2 = plan.routes
    assert can_go(plan, plan.routes[r1]) == ""
    locked = LockRoutes((r1,)).apply(plan)
    assert can_go(locked, locked.routes[r1]) == "locked"
    pinned = PinStops(plan.routes[r1].stops[:1]).apply(plan)
    assert can_go(pinned, pinned.routes[r1]) == "has pinned stops"
    off = without(plan, [r2])
    assert can_go(off, off.routes[r2]) == "off today"
    assert len(off.unassigned) == len(plan.routes[r2].stops)
