"""Orders and fleets of many days in the demo city."""

from collections.abc import Callable
from pathlib import Path

from console.simulator.city import write_city
from console.simulator.demo import ADDRESSES, SEED
from console.simulator.fleet import write_fleet
from console.simulator.orders import write_orders
from console.simulator.rehearsal import Rehearsal


def day_files(folder: Path, wanted: Rehearsal) -> Callable[[int], tuple[Path, Path]]:
    """Who writes the files of a day into ``folder``; the city is drawn once, a few seconds."""
    city = write_city(folder / "city.osm.pbf", seed=SEED, addresses=ADDRESSES)
    fleet = folder / "fleet.csv"
    write_fleet(fleet, city, drivers=wanted.crew, seed=SEED)

    def write(day: int) -> tuple[Path, Path]:
        orders = folder / "orders.csv"
        seed = wanted.scenario.seed * 1000 + day
        write_orders(orders, city, count=wanted.stops, seed=seed, trouble=False)
        return orders, fleet

    return write
