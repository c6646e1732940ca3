"""Proposals: made beside the plan, adopted, outdated and repaired."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.dispatch.proposals import Proposal, adopt, search
from console.dispatch.station import Station
from console.domain.commands import LockRoutes, MoveStops, PinStops, ReleaseRoutes
from console.domain.errors import ConsoleError, Rejected
from console.domain.objective import COST, GREEN
from console.domain.plan import StopId
from console.planning.compare import Kind
from console.planning.run import ChangeBudget, Run, Terms
from tests.dispatch.consoles import DAY, World, begun, journey, row

QUICK = Terms(2.0, engine="ruin")
WAYS = dict(zip("ABCDEF", range(10, 70, 10), strict=True))
ROWS = tuple(row(name, f"Weg {number}") for name, number in WAYS.items())
NAMES = [StopId(f"s:{name}") for name in "ABCDEF"]


async def jumbled(station: Station, world: World) -> None:
    """A day that somebody planned badly: there and back and there again."""
    await begun(station, world, *ROWS, drivers=("Ida", "Jan"))
    ida, jan = station.picture.plan.routes
    a, b, c, d, e, f = NAMES
    await station.submit(MoveStops((a, f, b), ida))
    await station.submit(MoveStops((e, c, d), jan))


@journey
async def test_a_proposal_changes_nothing_until_it_is_adopted(world: World) -> None:
    with world.console() as station:
        await jumbled(station, world)
        before = station.picture.plan
        proposal = await search(station, QUICK)
        assert station.picture.plan == before
        assert not proposal.is_empty
        assert not proposal.is_first
        assert proposal.present.plan == before
        assert proposal.comparison.after.cost < proposal.comparison.before.cost
        assert proposal.comparison.before.cost == pytest.approx(
            station.picture.totals.cost, abs=0.01
        )
        assert proposal.comparison.routes_changed
        assert await adopt(station, proposal) is None
        assert station.picture.plan.routes == proposal.proposed.plan.routes
        assert station.picture.totals.cost == proposal.proposed.totals.cost
        assert station.picture.schedules == proposal.proposed.schedules
        await station.undo()
        assert station.picture.plan.routes == before.routes
        assert station.picture.plan.stops == before.stops


@journey
async def test_the_first_plan_of_a_day_is_told_apart(world: World) -> None:
    with world.console() as station:
        await begun(station, world, *ROWS)
        proposal = await search(station, QUICK)
        assert proposal.is_first
        assert len(proposal.comparison.of_kind(Kind.ASSIGNED)) == len(ROWS)
        assert await adopt(station, proposal) is None
        again = await search(station, QUICK)
        assert not again.is_first
        if again.is_empty:
            assert again.comparison.is_same
            assert await adopt(station, again) is None


@journey
async def test_an_edit_outdates_a_proposal_and_it_is_repaired(world: World) -> None:
    with world.console() as station:
        await jumbled(station, world)
        proposal = await search(station, QUICK)
        assert not proposal.is_outdated(station.picture.plan)
        ida, _jan = station.picture.plan.routes
        await station.submit(MoveStops((NAMES[0],), None))
        assert proposal.is_outdated(station.picture.plan)
        await station.submit(PinStops((NAMES[1],)))
        mine = station.picture.plan
        again = await adopt(station, proposal)
        assert isinstance(again, Proposal)
        assert again.repaired == 1
        assert again.base == mine
        assert again.terms == proposal.terms
        assert station.picture.plan == mine, "a repaired proposal is looked at first"
        assert await adopt(station, again) is None
        assert station.picture.plan.stops[NAMES[1]].route == ida


@journey
async def test_a_colleagues_lock_outdates_it_too(world: World) -> None:
    with world.console("ada") as ada, world.console("bob") as bob:
        await jumbled(ada, world)
        await bob.open(DAY)
        await bob.refresh()
        proposal = await search(bob, QUICK)
        ida = next(iter(ada.picture.plan.routes))
        await ada.submit(LockRoutes((ida,)))
        locked = ada.picture.plan.routes[ida].stops
        await bob.pull()
        assert proposal.is_outdated(bob.picture.plan)
        again = await adopt(bob, proposal)
        assert again is not None
        if not again.is_empty:
            await adopt(bob, again)
        assert bob.picture.plan.routes[ida].stops == locked


@journey
async def test_what_it_does_not_decide_about_outdates_nothing(world: World) -> None:
    with world.console() as station:
        await jumbled(station, world)
        proposal = await search(station, QUICK)
        apart = replace(proposal, command=replace(proposal.command, routes=()))
        await station.submit(MoveStops((NAMES[0],), None))
        assert not apart.is_outdated(station.picture.plan)


@journey
async def test_weights_stay_with_the_day(world: World) -> None:
    with world.console() as station:
        await jumbled(station, world)
        day = station.picture.plan.day
        assert day is not None
        assert day.objective == COST
        proposal = await search(station, replace(QUICK, objective=GREEN))
        await adopt(station, proposal)
        assert station.picture.plan.day == replace(day, objective=GREEN)
        region = station.services.regions.find("flat")
        await station.use_region(region)
        assert station.picture.plan.day == replace(day, objective=GREEN)
    with world.console() as station:
        await station.open(DAY)
        assert station.picture.plan.day == replace(day, objective=GREEN)
        await station.open(DAY + timedelta(days=1))
        assert station.picture.plan.day.objective == COST


@journey
async def test_terms_and_minutes_are_passed_on(world: World) -> None:
    seen: list[Run] = []
    with world.console() as station:
        await jumbled(station, world)
        terms = replace(QUICK, budget=ChangeBudget(minutes=3))
        proposal = await search(station, terms, begun=seen.append)
        assert seen[0].terms == terms
        assert proposal.comparison.minutes == 3
        assert proposal.seconds > 0


@journey
async def test_nothing_to_plan_is_said(world: World) -> None:
    with world.console() as station:
        await begun(station, world)
        with pytest.raises(ConsoleError, match="no orders to plan"):
            await search(station, QUICK)


@journey
async def test_other_verdicts_are_not_swallowed(world: World) -> None:
    with world.console() as station:
        await jumbled(station, world)
        proposal = await search(station, QUICK)
        (route, stops), *rest = sorted(proposal.command.routes, key=lambda pair: -len(pair[1]))
        broken = replace(proposal.command, routes=((route, (*stops, stops[0])), *rest))
        with pytest.raises(Rejected, match="doubled"):
            await adopt(station, replace(proposal, command=broken))


@journey
async def test_routes_that_are_out_are_amended_only_where_the_terms_say_so(world: World) -> None:
    with world.console() as station:
        await jumbled(station, world)
        await station.submit(ReleaseRoutes(tuple(station.picture.plan.routes)))
        before = station.picture.plan
        assert (await search(station, QUICK)).is_empty
        proposal = await search(station, replace(QUICK, amends=True))
        assert proposal.command.opened
        assert proposal.comparison.after.cost < proposal.comparison.before.cost
        assert await adopt(station, proposal) is None
        after = station.picture.plan.routes
        assert all(after[route].released == bool(after[route].stops) for route in after)
        assert {r for r in after if after[r].edition} == set(proposal.command.opened)
        await station.undo()
        assert station.picture.plan.routes == before.routes
        assert station.picture.plan.stops == before.stops


@journey
async def test_a_route_that_went_out_meanwhile_is_not_amended(world: World) -> None:
    with world.console() as station:
        await jumbled(station, world)
        proposal = await search(station, replace(QUICK, amends=True))
        (first, *_) = (route for route, _ in proposal.command.routes)
        await station.submit(ReleaseRoutes((first,)))
        out = station.picture.plan.routes[first]
        again = await adopt(station, proposal)
        assert again is not None  # searched anew, to be looked at
        assert station.picture.plan.routes[first] == out
