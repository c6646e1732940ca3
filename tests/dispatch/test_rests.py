"""Two drivers exchange their day: in the plan, in its labels, and with the days around it."""

from dataclasses import replace
from datetime import timedelta

from console.dispatch.fleetwork import import_fleet, open_usual_shifts
from console.dispatch.rests import short_rests
from console.dispatch.station import Station
from console.domain.commands import AmendShift, SwapShifts
from console.domain.plan import RouteId
from tests.dispatch.consoles import DAY, SetClock, World, journey


def routes_of(station: Station) -> tuple[RouteId, RouteId]:
    """Ida's, then Ole's."""
    labels = station.picture.drivers
    ida, ole = sorted(labels, key=lambda route: labels[route].name)
    return ida, ole


async def later(station: Station, route: RouteId, hours: int) -> None:
    """This shift begins and ends so much later."""
    shift, off = station.picture.plan.routes[route].shift, timedelta(hours=hours)
    moved = replace(shift, start=shift.start + off, end=shift.end + off, break_rule=None)
    await station.submit(AmendShift(route, moved))


@journey
async def test_a_swap_changes_the_labels_at_once_and_is_undone(world: World) -> None:
    with world.console(clock=SetClock()) as station:
        await station.open(DAY)
        await import_fleet(station, world.fleet("Ida", "Ole"))
        ida, ole = routes_of(station)
        before = station.picture.drivers
        await station.submit(SwapShifts(ida, ole))
        now = station.picture.drivers
        assert [now[ida].name, now[ole].name] == ["Ole", "Ida"]
        assert now[ida].plate == before[ida].plate
        assert now[ida].number == before[ole].number
        await station.relabel()
        assert station.picture.drivers[ida].name == "Ole"
        await station.undo()
        assert station.picture.drivers[ida].name == "Ida"


@journey
async def test_a_short_rest_to_the_day_before_or_after_is_told(world: World) -> None:
    with world.console(clock=SetClock()) as station:
        await station.open(DAY)
        await import_fleet(station, world.fleet("Ida", "Ole"))
        ida, ole = routes_of(station)
        assert await short_rests(station, ida, ole) == []
        shift = station.picture.plan.routes[ole].shift
        length = shift.end - shift.start
        off = 8
        await later(station, ole, off)
        (short,) = await short_rests(station, ida, ole)
        assert (short.name, short.is_before) == ("Ida", False)
        assert short.day == DAY + timedelta(days=1), "as usual: nobody opened it"
        assert short.rest == timedelta(days=1) - length - timedelta(hours=off)
        await station.open(DAY + timedelta(days=1))
        await open_usual_shifts(station)
        for route in routes_of(station):
            await later(station, route, off)
        await station.open(DAY)
        assert await short_rests(station, ida, ole) == [], "that day begins later, too"
