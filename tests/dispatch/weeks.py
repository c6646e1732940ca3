"""Days on which two drivers were out, told stop by stop."""

from collections.abc import Sequence
from datetime import timedelta

from console.dispatch.fleetwork import import_fleet, open_usual_shifts
from console.dispatch.orderwork import locate_day, read_file, take_in
from console.dispatch.reporting import record
from console.dispatch.station import Station
from console.domain.commands import MoveStops, ReleaseRoutes
from console.domain.plan import Cause, FactKind, RouteId, StopId
from tests.dispatch.consoles import DAY, SetClock, World, local, row

STOPS = 6  # a driver


async def out(station: Station, world: World, clock: SetClock, number: int) -> Sequence[RouteId]:
    """A day on which Ida and Ole are out, at nine; Ole's stops are the second half."""
    day = DAY + timedelta(days=number)
    clock.moment = local(4) + (day - DAY)
    await station.open(day)
    if number == 0:
        await import_fleet(station, world.fleet("Ida", "Ole"))
    else:
        await open_usual_shifts(station)
    rows = [
        row(f"d{number}o{i:02}", f"Weg {10 + i}", postcode=str(9490 + i // STOPS),
            window_from="08:00", window_to="12:00" if i % 2 else "16:00")
        for i in range(2 * STOPS)
    ]  # fmt: skip
    await take_in(station, await read_file(station, world.orders(*rows)))
    await locate_day(station)
    plan = station.picture.plan
    routes = sorted(plan.routes, key=lambda r: station.picture.drivers[r].name)
    stops = first_stops(station)
    for i, route in enumerate(routes):
        await station.submit(MoveStops(tuple(stops[STOPS * i : STOPS * (i + 1)]), route))
    await station.submit(ReleaseRoutes(tuple(routes)))
    clock.moment = local(9) + (day - DAY)
    station.workday.set_now(station.now())
    return routes


def first_stops(station: Station) -> list[StopId]:
    """All of them, Ida's first."""
    plan = station.picture.plan
    return sorted(plan.stops, key=lambda s: plan.stops[s].orders[0].id)


async def driven(station: Station, wrong: Sequence[int]) -> None:
    """Every stop is told: these failed as nobody was there, all others were delivered."""
    for i, stop in enumerate(first_stops(station)):
        kind = FactKind.FAILED if i in wrong else FactKind.DELIVERED
        await record(station, kind, stop, cause=Cause.ABSENT if i in wrong else None)


async def week(world: World, station: Station, clock: SetClock, days: int = 5) -> None:
    """Every day three of Ole's six stops fail, none of Ida's."""
    for number in range(days):
        await out(station, world, clock, number)
        await driven(station, [STOPS + (number + i) % STOPS for i in range(3)])
    clock.moment = local(7) + timedelta(days=days)
    await station.open(DAY + timedelta(days=days))
