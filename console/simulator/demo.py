"""The demo day: a fictional city with its orders and drivers, as files like a merchant's."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from console.dispatch.fleetwork import import_fleet
from console.dispatch.kindofday import Scenario
from console.dispatch.optimising import optimise
from console.dispatch.orderwork import Imported, locate_day, read_file, take_in
from console.dispatch.station import Station
from console.domain.commands import ReleaseRoutes
from console.planning.run import Terms

SEED, ORDERS, DRIVERS, ADDRESSES = 7, 120, 8, 6000
DEMO_VERSION = 1  # one more whenever the generator draws another city
SUNDAY = 6
PLANNING_SECONDS = 8.0

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """What the generator wrote; ``name`` is the city's."""

    name: str
    extract: Path
    orders: Path
    fleet: Path


def demo_files(folder: Path, say: Say) -> DemoFiles:
    """The demo's files in ``folder``; drawn by the first call, found by the next ones."""
    made = folder / f"city-{DEMO_VERSION}-{SEED}"
    card = made / "city.json"
    if not card.is_file():
        from console.simulator.city import write_city
        from console.simulator.fleet import write_fleet
        from console.simulator.orders import write_orders

        say("Drawing the demo city")
        made.mkdir(parents=True, exist_ok=True)
        city = write_city(made / "city.osm.pbf", seed=SEED, addresses=ADDRESSES)
        write_orders(made / "orders.csv", city, count=ORDERS, seed=SEED)
        write_fleet(made / "fleet.csv", city, drivers=DRIVERS, seed=SEED)
        card.write_text(json.dumps({"name": city.name}), encoding="utf-8")
    name = json.loads(card.read_text(encoding="utf-8"))["name"]
    return DemoFiles(name, made / "city.osm.pbf", made / "orders.csv", made / "fleet.csv")


def sized(files: DemoFiles, folder: Path, scenario: Scenario) -> DemoFiles:
    """The files of a day with as many stops and drivers as a scenario asks for, into ``folder``.

    Those of the demo where it asks for nothing; else the city is drawn once more, a few seconds.
    """
    if not scenario.stops and not scenario.drivers:
        return files
    from console.simulator.city import write_city
    from console.simulator.fleet import write_fleet
    from console.simulator.orders import write_orders

    orders, fleet = folder / "orders.csv", folder / "fleet.csv"
    city = write_city(folder / "city.osm.pbf", seed=SEED, addresses=ADDRESSES)
    write_orders(orders, city, count=scenario.stops or ORDERS, seed=scenario.seed, trouble=False)
    write_fleet(fleet, city, drivers=scenario.drivers or DRIVERS, seed=SEED)
    return replace(files, orders=orders, fleet=fleet)


async def fill_demo(station: Station, files: DemoFiles, day: date, say: Say) -> Imported | None:
    """Open the day and, where it is empty, import the demo's fleet and orders."""
    await station.open(day)
    await station.use_region(station.services.regions.find(files.name))
    imported = None
    if not station.workday.desk.plan.stops:
        say("Loading the demo day")
        await import_fleet(station, files.fleet)
        imported = await take_in(station, await read_file(station, files.orders))
        await locate_day(station)
    station.close_streets()
    return imported


async def fill_live(station: Station, files: DemoFiles, day: date, say: Say) -> None:
    """The same day planned and released: the drivers may come."""
    await fill_demo(station, files, day, say)
    say("Planning the day")
    await optimise(station, Terms(PLANNING_SECONDS, work=1))
    plan = station.picture.plan
    ready = tuple(route.id for route in plan.routes.values() if route.stops)
    await station.submit(ReleaseRoutes(ready))
    station.close_streets()


def next_working_day(now: datetime) -> date:
    """Tomorrow, or Monday when that is a Sunday."""
    day = now.date() + timedelta(days=1)
    return day + timedelta(days=1) if day.weekday() == SUNDAY else day
