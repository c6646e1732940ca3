"""Fleet files become shifts; today's changes stay today's."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from console.dispatch.fleetbook import shift_of
from console.dispatch.fleetwork import import_fleet
from console.dispatch.importing import ServiceDay
from console.dispatch.registers import DepotRecord, ShiftTemplate
from console.domain.commands import LockRoutes, MoveStops
from console.domain.fleet import DepotId, DriverId, VehicleId
from console.domain.places import PlaceId
from console.domain.plan import StopId
from tests.dispatch.consoles import DAY, FLAT, World, begun, journey, local, row

DEPOT = DepotRecord(DepotId("d"), "Depot", PlaceId("p"), "Europe/Vaduz")
TEMPLATE = ShiftTemplate(DriverId("i"), VehicleId("v"), time(8), time(16))
VADUZ = ServiceDay(DAY, ZoneInfo("Europe/Vaduz"))


@journey
async def test_a_fleet_is_opened_stored_and_drawn(world: World) -> None:
    with world.console() as station:
        await begun(station, world, drivers=("Ida", "Jan"))
        ida, _jan = station.picture.plan.routes.values()
        assert (ida.shift.start, ida.shift.end) == (local(8), local(16))
        assert ida.shift.capacity.kg == 200
        assert ida.shift.skills == ("cold",)
        labels = list(station.picture.drivers.values())
        assert {(one.name, one.plate) for one in labels} == {("Ida", "Ida-1"), ("Jan", "Jan-1")}
        assert labels[0].number != labels[1].number
        assert station.depot is not None
        assert station.depot.name == "Weg 1"
        assert station.picture.depots
        assert station.picture.is_timed


@journey
async def test_colours_stay_with_their_drivers(world: World) -> None:
    with world.console() as station:
        await begun(station, world, drivers=("Ida", "Jan"))
        before = {label.name: label.number for label in station.picture.drivers.values()}
        await station.open(DAY + timedelta(days=1))
        await import_fleet(station, world.fleet("Kim", "Jan", "Ida"))
        after = {label.name: label.number for label in station.picture.drivers.values()}
        assert after | before == after
        assert len(set(after.values())) == 3


@journey
async def test_the_fleet_again_amends_open_routes_only(world: World) -> None:
    with world.console() as station:
        await begun(station, world, row("A", "Weg 9"), drivers=("Ida", "Jan"))
        ida, jan = station.picture.plan.routes
        await station.submit(MoveStops((StopId("s:A"),), ida))
        await station.submit(LockRoutes((ida,)))
        again = await import_fleet(station, world.fleet("Ida", "Jan", "Kim", shift="09:00,17:00"))
        assert again.refused == ()
        routes = station.picture.plan.routes
        assert routes[ida].shift.start == local(8)
        assert routes[jan].shift.start == local(9)
        assert len(routes) == 3
        assert routes[ida].stops == ("s:A",)


@journey
async def test_a_depot_that_is_not_found_is_told(world: World) -> None:
    with world.console() as station:
        await station.open(DAY)
        path = world.fleet()
        path.write_text(
            path.read_text(encoding="utf-8").replace("Weg 1", "Nirgends"), encoding="utf-8"
        )
        imported = await import_fleet(station, path)
        assert [place.address.street for place in imported.unplaced] == ["Nirgends"]
        assert not station.picture.is_timed


def test_a_night_shift_ends_the_next_day() -> None:
    shift = shift_of(replace(TEMPLATE, start=time(22), end=time(6)), DEPOT, VADUZ)
    assert shift.start == local(22)
    assert shift.end == local(30)


def test_breaks_without_hours_may_be_taken_any_time() -> None:
    half = timedelta(minutes=30)
    rule = shift_of(replace(TEMPLATE, break_time=half), DEPOT, VADUZ).break_rule
    assert rule is not None
    assert (rule.earliest, rule.latest) == (local(8), local(32))
    late = replace(TEMPLATE, break_time=half, break_from=time(12), break_to=time(13))
    rule = shift_of(late, DEPOT, VADUZ).break_rule
    assert rule is not None
    assert (rule.earliest, rule.latest) == (local(12), local(13))
    assert shift_of(TEMPLATE, DEPOT, VADUZ).break_rule is None


def test_a_break_in_the_night() -> None:
    """A night shift's break after midnight is on the next day, like the shift's end."""
    night = replace(
        TEMPLATE,
        start=time(22),
        end=time(6),
        break_time=timedelta(minutes=30),
        break_from=time(1),
        break_to=time(3),
    )
    rule = shift_of(night, DEPOT, VADUZ).break_rule
    assert rule is not None
    assert (rule.earliest, rule.latest) == (local(25), local(27))


def test_ranges_are_metres() -> None:
    assert shift_of(replace(TEMPLATE, range_km=120.5), DEPOT, VADUZ).range_m == 120_500
    assert FLAT.zone == DEPOT.zone
