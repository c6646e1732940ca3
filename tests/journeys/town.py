"""One small town for all journeys: drawn, built and kept for the session."""

from dataclasses import dataclass
from pathlib import Path

from console.bootstrap import SystemClock
from console.dispatch.ports import Region
from console.geo.regions import RegionStore
from console.simulator.city import City, write_city
from console.simulator.fleet import write_fleet
from console.simulator.orders import write_orders


@dataclass(frozen=True)
class Town:
    """Files as a merchant and a depot would have them, and the built region."""

    home: Path
    region: Region
    city: City
    orders: Path
    fleet: Path


def build_town(home: Path, *, addresses: int = 900, orders: int = 40, drivers: int = 4) -> Town:
    """A town with a day's orders, some of them troublesome."""
    home.mkdir(parents=True, exist_ok=True)
    extract = home / "town.osm.pbf"
    city = write_city(extract, seed=3, addresses=addresses)
    write_orders(home / "orders.csv", city, count=orders, seed=3)
    write_fleet(home / "fleet.csv", city, drivers=drivers, seed=3)
    store = RegionStore(home / "regions", SystemClock())
    region = store.add(extract, "town", lambda _sentence, _share: None)
    return Town(home, region, city, home / "orders.csv", home / "fleet.csv")
