"""The fleet goes out as a file and comes back as it was; shifts take place by their days."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from console.dispatch.fleetfile import COLUMNS, fleet_rows, write_fleet
from console.dispatch.fleetwork import import_fleet, open_usual_shifts, take_in_fleet
from console.domain.errors import ConsoleError
from console.intake import check_fleet, read_fleet
from console.intake.columns import FLEET, own_name
from tests.dispatch.consoles import DAY, World, journey

HEADER = (
    "driver,phone,weekdays,skills,skill_ends,absences,vehicle,vehicle_type,capacity_kg,"
    "depot_address,depot_city,shift_start,shift_end,break_minutes,break_from,break_to,fixed_cost,"
    "cost_per_km,cost_per_hour,end_address,end_city,range_km,chargers,charge_minutes,reloads,"
    "reload_minutes,speed_factor,territories,driving_rule,max_driving_hours"
)
ROWS = (
    (
        "Ida,+1,Mon-Fri,cold; adr,adr 2026-11-22,,I-1,e-van,200.5,Weg 1,Ebene,08:00,16:00,30,"
        "11:00,13:00,30,0.5,30,open,,120,Weg 5,20,2,10,1.25,north,yes,4.5"
    ),
    "Ida,+1,Sat,cold,,,I-1,e-van,200.5,Weg 1,Ebene,10:00,14:00,,,,30,0.5,30,,,,,,,,,,,",
    "Bo,,,,,2026-11-20 to 2026-11-24,B-1,van,,Weg 1,Ebene,08:00,16:00,,,,1,1,1,Weg 9,Ebene"
    + "," * 9,
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_every_column_of_a_fleet_file_can_be_written() -> None:
    sizes = {"vehicle_height", "vehicle_width", "vehicle_length", "vehicle_weight", "hazmat"}
    known = {own_name(field) for field in FLEET.titles if field not in sizes}
    assert set(COLUMNS) == known


@pytest.mark.parametrize("name", ["fleet.xlsx", "fleet.csv"])
def test_a_fleet_goes_out_and_comes_back(world: World, name: str) -> None:
    given = world.file("given.csv", HEADER, *ROWS)

    @journey
    async def run() -> None:
        with world.console() as station:
            await station.open(DAY)
            await import_fleet(station, given)
            before = station.services.fleet.templates(station.depot.id)
            assert await write_fleet(station, world.folder / name) == 3
            again = read_fleet(world.folder / name)
            assert (again.rejects, again.unknown_columns) == ((), ())
            await take_in_fleet(station, again)
            assert station.services.fleet.templates(station.depot.id) == before
            rows = await fleet_rows(station)
            assert check_fleet("x", rows).rejects == ()
            assert rows[0]["weekdays"] == "Mon, Tue, Wed, Thu, Fri"

    run()


def test_who_works_when(world: World) -> None:
    given = world.file("given.csv", HEADER, *ROWS)
    shifts: dict[date, dict[str, tuple[int, tuple[str, ...]]]] = {}

    @journey
    async def run() -> None:
        with world.console() as station:
            await station.open(DAY)
            await import_fleet(station, given)
            for ahead in (0, 1, 2, 5, 6):
                day = DAY + timedelta(days=ahead)
                await station.open(day)
                await open_usual_shifts(station)
                names = station.picture.drivers
                shifts[day] = {
                    names[route.id].name: (
                        station.picture.local(route.shift.start).hour,
                        route.shift.skills,
                    )
                    for route in station.picture.plan.routes.values()
                }

    run()
    monday, saturday, sunday = DAY, DAY + timedelta(days=5), DAY + timedelta(days=6)
    assert shifts[monday] == {"Ida": (8, ("cold",))}  # adr is over, Bo is away
    assert "Bo" not in shifts[DAY + timedelta(days=1)]
    assert set(shifts[DAY + timedelta(days=2)]) == {"Ida", "Bo"}
    assert shifts[saturday]["Ida"] == (10, ("cold",))
    assert set(shifts[sunday]) == {"Bo"}


def test_nothing_to_write(world: World) -> None:
    @journey
    async def run() -> None:
        with world.console() as station:
            with pytest.raises(ConsoleError, match="No day is open"):
                await fleet_rows(station)
            await station.open(DAY)
            with pytest.raises(ConsoleError, match="no fleet yet"):
                await write_fleet(station, world.folder / "x.csv")

    run()
