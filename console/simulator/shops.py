"""Shops, inns and offices with invented names, where a town has them; the station too."""
# Shapely's stubs leave keyword arguments and the elements of arrays open.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray

from console.simulator.buildings import Houses
from console.simulator.landmarks import Tags
from console.simulator.names import NameBook
from console.simulator.town import Town

_SORTS: tuple[tuple[str, str, str], ...] = (
    ("shop", "bakery", "Bäckerei {}"),
    ("shop", "supermarket", "Frischmarkt {}"),
    ("shop", "hairdresser", "Salon {}"),
    ("shop", "clothes", "Modehaus {}"),
    ("shop", "books", "Buchhandlung {}"),
    ("shop", "florist", "Blumen {}"),
    ("shop", "bicycle", "Zweirad {}"),
    ("shop", "butcher", "Fleischerei {}"),
    ("amenity", "restaurant", "Gasthaus {}"),
    ("amenity", "cafe", "Café {}"),
    ("amenity", "pharmacy", "{}-Apotheke"),
    ("amenity", "dentist", "Praxis {}"),
    ("amenity", "bank", "{} Bank"),
    ("tourism", "hotel", "Hotel {}"),
)
_SHARE = {
    "mall": 0.34, "alley": 0.07, "ring": 0.18, "radial": 0.18, "wall": 0.2, "collector": 0.12,
    "quay": 0.06, "village": 0.03, "street": 0.02,
}  # fmt: skip
_LANDMARKS = {
    "church": ("amenity", "place_of_worship", "Sankt-{}-Kirche"),
    "townhall": ("amenity", "townhall", "Rathaus"),
    "school": ("amenity", "school", "{}-Schule"),
    "hospital": ("amenity", "hospital", "Klinikum"),
    "retail": ("shop", "mall", "{}-Center"),
}

type Marked = tuple[tuple[float, float], Tags]


def shops(
    book: NameBook, town: Town, houses: Houses, kinds: NDArray[np.str_], rng: np.random.Generator
) -> Iterator[Marked]:
    """Points of interest as (place in metres, tags)."""
    share = np.array([_SHARE.get(str(kind), 0.0) for kind in kinds])[houses.lots.edge]
    works = town.uses[houses.lots.block] == "works"
    chosen = np.flatnonzero((rng.random(len(share)) < share) & ~works)
    spots = shapely.get_coordinates(shapely.centroid(houses.shapes))
    for house in chosen:
        key, value, pattern = _SORTS[int(rng.integers(len(_SORTS)))]
        called = pattern.format(str(rng.choice(book.last_names)))
        yield (float(spots[house, 0]), float(spots[house, 1])), {key: value, "name": called}
    yield from _landmarks(book, town, rng)
    station = _station(town)
    tags = {"railway": "station", "public_transport": "station", "name": f"{book.city} Bahnhof"}
    yield station, tags


def _landmarks(book: NameBook, town: Town, rng: np.random.Generator) -> Iterator[Marked]:
    count = 0
    for use, (key, value, pattern) in _LANDMARKS.items():
        for block in np.flatnonzero(town.uses == use):
            inside = shapely.point_on_surface(town.blocks[block])
            pool = book.saints if use == "church" else book.last_names
            called = pattern.format(pool[count % len(pool)])
            count += int(rng.integers(1, 3))
            yield (float(inside.x), float(inside.y)), {key: value, "name": called}


def _station(town: Town) -> tuple[float, float]:
    """Where the railway comes nearest to the old town."""
    rail = town.plan.rail
    at = rail.interpolate(rail.project(shapely.Point(60, 0)))
    return float(at.x), float(at.y)
