"""Absences that meet routes: on the open day, on another, and those that meet none."""

from dataclasses import replace
from datetime import date, timedelta

from console.dispatch.absences import away_with_routes
from console.dispatch.fleetwork import open_usual_shifts
from console.dispatch.orderwork import locate_day, read_file, take_in
from console.dispatch.station import Station
from console.domain.commands import MoveStops, SwitchDriver
from console.domain.fleet import FleetEntry
from console.domain.plan import RouteId
from console.intake import read_fleet
from tests.dispatch.consoles import DAY, SetClock, World, begun, journey, row

NEXT = DAY + timedelta(days=1)


def entries_of(world: World, *away: tuple[date, date]) -> list[FleetEntry]:
    """Ida is away then, Ole never."""
    ida, ole = read_fleet(world.fleet("Ida", "Ole")).entries
    return [replace(ida, absences=away), ole]


def route_of(station: Station, name: str) -> RouteId:
    drivers = station.picture.drivers
    return next(route for route, label in drivers.items() if label.name == name)


@journey
async def test_routes_of_who_is_away_are_found_day_by_day(world: World) -> None:
    with world.console(clock=SetClock()) as station:
        await begun(station, world, row("A", "Weg 10"), row("B", "Weg 11"), drivers=("Ida", "Ole"))
        ida = route_of(station, "Ida")
        await station.submit(MoveStops(tuple(station.picture.plan.stops), ida))
        await station.open(NEXT)
        await open_usual_shifts(station)
        await take_in(station, await read_file(station, world.orders(row("C", "Weg 12"))))
        await locate_day(station)
        tomorrow = route_of(station, "Ida")
        (stop,) = station.picture.plan.stops
        await station.submit(MoveStops((stop,), tomorrow))
        await station.open(DAY)
        both = await away_with_routes(station, entries_of(world, (DAY, NEXT)))
        assert [(a.name, a.day, a.route, a.stops) for a in both] == [
            ("Ida", DAY, ida, 2), ("Ida", NEXT, tomorrow, 1),
        ]  # fmt: skip
        long_ago = DAY - timedelta(days=9)
        assert await away_with_routes(station, entries_of(world, (long_ago, long_ago))) == []
        assert await away_with_routes(station, entries_of(world)) == []
        await station.submit(SwitchDriver(ida))
        (rest,) = await away_with_routes(station, entries_of(world, (DAY, NEXT)))
        assert rest.day == NEXT


@journey
async def test_a_row_for_other_weekdays_keeps_nobody_at_work(world: World) -> None:
    with world.console(clock=SetClock()) as station:
        await begun(station, world, row("A", "Weg 10"), drivers=("Ida", "Ole"))
        ida, ole = entries_of(world, (DAY, DAY))
        other = replace(ida, weekdays=((DAY.weekday() + 1) % 7,), absences=())
        (away,) = await away_with_routes(station, [ida, other, ole])
        assert (away.name, away.stops) == ("Ida", 0)
        same = replace(other, weekdays=(DAY.weekday(),))
        assert await away_with_routes(station, [ida, same, ole]) == []
