"""A driver drops out during the day; the others take over what is left."""

import pytest

from console.dispatch.disruptions import answered
from console.dispatch.dropping import MOST_CHANGES, dealing
from console.dispatch.proposals import adopt
from console.dispatch.reporting import record
from console.dispatch.station import Station
from console.domain.commands import LockRoutes, MoveStops, ReleaseRoutes, SwitchDriver
from console.domain.errors import Rejected
from console.domain.objective import COST
from console.domain.plan import FactKind, RouteId, StopId
from console.planning.run import ChangeBudget, Terms
from tests.dispatch.consoles import World, begun, journey, row

NAMES = [StopId(f"s:{name}") for name in "ABCDEF"]


def quick(route: RouteId) -> Terms:
    return dealing(route, 2.0, COST, ChangeBudget())


async def on_the_street(station: Station, world: World) -> list[RouteId]:
    """Ida has served A and has B, C ahead; Jan has D, E, F."""
    rows = [row(name, f"Weg {10 + 10 * i}") for i, name in enumerate("ABCDEF")]
    await begun(station, world, *rows, drivers=("Ida", "Jan"))
    routes = sorted(station.picture.plan.routes, key=lambda r: station.picture.drivers[r].name)
    await station.submit(MoveStops(tuple(NAMES[:3]), routes[0]))
    await station.submit(MoveStops(tuple(NAMES[3:]), routes[1]))
    await station.submit(ReleaseRoutes(tuple(routes)))
    await record(station, FactKind.DELIVERED, NAMES[0])
    return routes


@journey
async def test_what_a_driver_leaves_is_proposed_to_the_others(world: World) -> None:
    with world.console() as station:
        ida, jan = await on_the_street(station, world)
        before = station.picture.plan
        proposal = await answered(station, quick(ida))
        assert station.picture.plan == before
        assert proposal.amendment == "without Ida, released routes amended: 1"
        assert proposal.changed_driver == 0  # Jan keeps all that is his
        assert proposal.unreleased == ()
        assert await adopt(station, proposal) is None
        after = station.picture.plan
        assert after.routes[ida].off
        assert after.routes[ida].stops == (NAMES[0],)
        assert set(after.routes[jan].stops) == set(NAMES[1:])
        assert after.routes[jan].released
        await station.undo()
        assert station.picture.plan.routes == before.routes
        assert station.picture.plan.stops == before.stops


@journey
async def test_who_takes_over_without_a_route_that_is_out_is_named(world: World) -> None:
    with world.console() as station:
        ida, jan = await on_the_street(station, world)
        await station.submit(ReleaseRoutes((jan,), released=False))
        proposal = await answered(station, quick(ida))
        assert proposal.command.opened == ()
        assert proposal.unreleased == ("Jan",)


@journey
async def test_who_is_locked_or_off_cannot_drop_out(world: World) -> None:
    with world.console() as station:
        ida, jan = await on_the_street(station, world)
        await station.submit(LockRoutes((ida,)))
        with pytest.raises(Rejected, match="frozen"):
            await answered(station, quick(ida))
        await station.submit(ReleaseRoutes((jan,), released=False))
        await station.submit(SwitchDriver(jan))
        with pytest.raises(Rejected, match="driver_off"):
            await answered(station, quick(jan))


def test_few_stops_of_the_others_change_driver_unless_a_budget_says_so() -> None:
    assert quick(RouteId("r")).budget.drivers == MOST_CHANGES
    asked = ChangeBudget(drivers=2, promises=3, minutes=5)
    assert dealing(RouteId("r"), 2.0, COST, asked).budget == asked
