"""Fleet files become shifts; today's changes stay today's."""

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from console.dispatch.emissions import factors
from console.dispatch.fleetbook import shift_of
from console.dispatch.fleetwork import import_fleet, open_usual_shifts
from console.dispatch.importing import ServiceDay
from console.dispatch.registers import DepotRecord, ShiftTemplate
from console.dispatch.station import Station
from console.domain.commands import LockRoutes, MoveStops
from console.domain.fleet import DepotId, DriverId, DrivingRule, Shift, VehicleId
from console.domain.places import PlaceId
from console.domain.plan import StopId
from tests.dispatch.consoles import DAY, FLAT, FLEET, World, begun, journey, local, row

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


RICH = (
    f"{FLEET},vehicle_skills,people,end_address,fixed_start,max_stops,max_km,max_driving_hours,"
    "driving_rule,reloads,reload_minutes,chargers,charge_minutes,range_km,speed_factor,"
    "territories,territory_price,co2e_kg_per_km,profile"
)


def shifts(station: Station) -> list[Shift]:
    """The day's shifts by the drivers' names."""
    named = sorted(station.picture.drivers.items(), key=lambda item: item[1].name)
    return [station.picture.plan.routes[route].shift for route, _ in named]


def rich(world: World, end: str = "Weg 7", chargers: str = "Weg 5", depot: str = "Weg 1") -> Path:
    return world.file(
        "fleet.csv",
        RICH,
        f"Ida,+1,cold,Ida-1,50,200,{depot},08:00,16:00,30,0.5,30,lift,2,{end},yes,9,80,6,on,1,20,"
        f'"{chargers}",25,60,0.8,north;east,15,0.05,hovercraft',
        "Jan,+1,cold,Jan-1,50,200,Weg 1,08:00,16:00,30,0.5,30,,,open,,,,,,,,,,,,,,,",
    )


@journey
async def test_everything_a_row_says_is_in_the_shift(world: World) -> None:
    with world.console() as station:
        await station.open(DAY)
        imported = await import_fleet(station, rich(world, chargers="Weg 5;47.0008, 9.503"))
        assert not imported.unplaced
        ida, jan = shifts(station)
        assert (ida.vehicle_skills, ida.people, ida.fixed_start) == (("lift",), 2, True)
        assert (ida.max_stops, ida.max_metres) == (9, 80_000)
        assert (ida.max_driving, ida.driving_rule) == (timedelta(hours=6), DrivingRule())
        assert (ida.reloads, ida.reload_time) == (1, timedelta(minutes=20))
        assert (ida.range_m, ida.charge_time, ida.speed_factor) == (
            60_000,
            timedelta(minutes=25),
            1.25,
        )
        assert (ida.territories, ida.territory_price) == (("north", "east"), 15)
        assert (ida.co2e_per_km, ida.profile) == (0.05, "hovercraft")
        assert len(ida.places) == 4
        assert ida.places <= set(station.workday.matrix.index)
        assert station.picture.is_timed
        assert (jan.open_ended, jan.end_place, jan.people) == (True, None, 1)
        assert jan.co2e_per_km == factors().of("van").kg_per_km
        told = [each.sentence for each in imported.report.assumptions]
        assert any("no roads for the profile “hovercraft”" in sentence for sentence in told)
        await station.open(DAY + timedelta(days=1))
        await open_usual_shifts(station)
        tomorrow, _ = shifts(station)
        assert replace(tomorrow, start=ida.start, end=ida.end) == ida


@journey
async def test_ends_and_chargers_that_are_not_found_are_rejected(world: World) -> None:
    with world.console() as station:
        await station.open(DAY)
        imported = await import_fleet(station, rich(world, end="Nirgends"))
        (reject,) = imported.report.rejects
        assert (reject.row, reject.order, reject.field) == (2, "Ida", "end_address")
        assert "The end of Ida's route was not found: Nirgends" in reject.problem
        assert imported.drivers == 1
        again = await import_fleet(station, rich(world, chargers="Weg 5;Irgendwo"))
        assert again.report.rejects[0].field == "chargers"


@journey
async def test_every_driver_starts_where_the_file_says(world: World) -> None:
    with world.console() as station:
        await station.open(DAY)
        await import_fleet(station, rich(world, depot="Weg 30"))
        ida, jan = shifts(station)
        assert (ida.depot != jan.depot, ida.place != jan.place) == (True, True)
        await station.open(DAY + timedelta(days=1))
        await open_usual_shifts(station)
        assert [shift.place for shift in shifts(station)] == [ida.place, jan.place]
