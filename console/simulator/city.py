"""The demo city: an invented town, drawn from a seed and written as an ordinary map extract.

It lies in the open sea (so that it is nobody's), in a place whose time zone is Europe/Berlin.
"""
# Shapely's stubs leave keyword arguments and the elements of arrays open.
# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from console.simulator.addresses import (
    District,
    Streets,
    district_of,
    districts,
    name_streets,
    number_houses,
)
from console.simulator.buildings import STYLES, Houses, build
from console.simulator.extract import Extract, Projection
from console.simulator.highways import write_highways
from console.simulator.landmarks import Tags, large_buildings
from console.simulator.landscape import landscape
from console.simulator.names import NameBook, StreetNames, name_book, villages
from console.simulator.network import Numbers
from console.simulator.shops import shops
from console.simulator.town import Town, lay_out
from console.simulator.traffic import Traffic, regulate

LATITUDE, LONGITUDE = 54.76, 13.09


@dataclass(frozen=True, slots=True)
class CityAddress:
    """One house: its street and number are unique in the city; degrees WGS 84."""

    street: str
    number: str
    postcode: str
    city: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class City:
    """What was written: `bounds` are (south, west, north, east), `centre` (latitude, longitude)."""

    name: str
    centre: tuple[float, float]
    bounds: tuple[float, float, float, float]
    depot: CityAddress
    addresses: tuple[CityAddress, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Drawing:
    """A finished town before it is written; `house_district` gives each house its district."""

    book: NameBook
    town: Town
    houses: Houses
    streets: Streets
    numbers: list[str]
    traffic: Traffic
    districts: list[District]
    house_district: Numbers
    projection: Projection


def write_city(path: Path, *, seed: int = 7, addresses: int = 6000) -> City:
    """Draw the city of this seed with at least so many addresses and write its `.osm.pbf`.

    The same seed and size give the same content. 6,000 addresses take a few seconds.
    """
    drawing = _drawn(seed, addresses)
    rng = np.random.default_rng([seed, 1])
    found = _addresses(drawing)
    plan = drawing.town.plan
    corners = drawing.projection.degrees(shapely.get_coordinates(plan.box))
    west, south = corners.min(axis=0)
    east, north = corners.max(axis=0)
    bounds = (float(south), float(west), float(north), float(east))
    extract = Extract(drawing.projection)
    _write_ground(extract, drawing, rng)
    write_highways(extract, drawing.town, drawing.streets, drawing.traffic)
    depot = _depot(drawing)
    _write_houses(extract, drawing, found, depot)
    _write_places(extract, drawing, rng)
    extract.write(path, bounds)
    return City(drawing.book.city, (LATITUDE, LONGITUDE), bounds, found[depot], tuple(found))


def _drawn(seed: int, addresses: int) -> _Drawing:
    """Draw towns of growing radius until one has enough houses; usually the first has."""
    radius = 200 + 15.1 * np.sqrt(addresses)
    while True:
        rng = np.random.default_rng(seed)
        turn = float(rng.uniform(-0.5, 0.5))
        town = lay_out(rng, float(radius), turn)
        houses = build(town, rng)
        if len(houses.shapes) >= addresses:
            break
        radius *= max(1.02, 1.01 * np.sqrt(addresses / len(houses.shapes)))
    book = name_book()
    around = villages(book, rng, len(town.plan.villages) + 24)
    streets = name_streets(town, [adjective for _, adjective in around], StreetNames(book, rng))
    numbers = number_houses(houses, streets, town.network)
    traffic = regulate(town, streets, houses, rng)
    parts = districts(town, book, [village for village, _ in around])
    where = district_of(town, parts, houses.shapes, houses.lots.block)
    projection = Projection(LATITUDE, LONGITUDE, turn)
    return _Drawing(book, town, houses, streets, numbers, traffic, parts, where, projection)


def _addresses(drawing: _Drawing) -> list[CityAddress]:
    spots = drawing.projection.degrees(
        shapely.get_coordinates(shapely.centroid(drawing.houses.shapes))
    )
    of = drawing.streets.of[drawing.houses.lots.edge]
    found: list[CityAddress] = []
    for house, (longitude, latitude) in enumerate(spots.tolist()):
        part = drawing.districts[int(drawing.house_district[house])]
        street = drawing.streets.names[int(of[house])]
        found.append(
            CityAddress(
                street, drawing.numbers[house], part.postcode, part.city, latitude, longitude
            )
        )
    return found


def _depot(drawing: _Drawing) -> int:
    """Number of the depot: the largest hall in the industrial quarter."""
    works = drawing.town.uses[drawing.houses.lots.block] == "works"
    return int(np.argmax(shapely.area(drawing.houses.shapes) * works))


def _write_ground(extract: Extract, drawing: _Drawing, rng: np.random.Generator) -> None:
    book = drawing.book
    ground = landscape(drawing.town, drawing.houses.shapes, rng, river=book.river, lake=book.lake)
    parks = iter(("Stadtpark", *book.parks))
    for patch in ground.patches:
        tags = patch.tags
        if tags.get("leisure") == "park":
            tags = {**tags, "name": next(parks, "")}
        if tags.get("place") == "square":
            tags = {**tags, "name": "Marktplatz"}
        extract.area(patch.shape, {key: value for key, value in tags.items() if value}, layer="")
    for way in ground.ways:
        layer = "path" if "highway" in way.tags else "rail"
        extract.way(shapely.get_coordinates(way.line), way.tags, layer=layer)


def _write_houses(
    extract: Extract, drawing: _Drawing, found: list[CityAddress], depot: int
) -> None:
    uses = drawing.town.uses[drawing.houses.lots.block]
    for house, address in enumerate(found):
        part = drawing.districts[int(drawing.house_district[house])]
        tags: Tags = {
            "building": STYLES[str(uses[house])].building,
            "addr:street": address.street,
            "addr:housenumber": address.number,
            "addr:postcode": address.postcode,
            "addr:city": address.city,
        }
        if part.city != part.name:
            tags["addr:suburb"] = part.name
        if house == depot:
            tags |= {
                "building": "warehouse",
                "name": f"Depot {drawing.book.city}",
                "industrial": "depot",
            }
        extract.area(drawing.houses.shapes[house], tags, layer="house")
    for shed in drawing.houses.sheds:
        building = "garage" if shed.area < 24 else "yes"
        extract.area(shed, {"building": building}, layer="shed")
    for landmark in large_buildings(drawing.town.blocks, drawing.town.uses):
        extract.area(landmark.shape, landmark.tags, layer="")


def _write_places(extract: Extract, drawing: _Drawing, rng: np.random.Generator) -> None:
    """Place names, boundaries, shops."""
    town = drawing.town
    market = shapely.centroid(town.blocks[town.uses == "market"])[0]
    extract.node(
        (market.x, market.y), {"place": "town", "name": drawing.book.city, "population": "31000"}
    )
    villages = len(town.plan.villages)
    for number, part in enumerate(drawing.districts):
        place = "village" if number < villages else "suburb"
        extract.node(part.at, {"place": place, "name": part.name})
    borders = [(drawing.book.city, town.plan.limit)]
    borders += [
        (part.name, village.ground.buffer(220))
        for part, village in zip(drawing.districts, town.plan.villages, strict=False)
    ]
    for name, border in borders:
        ring = extract.way(shapely.get_coordinates(border.exterior), {}, layer="border")
        tags = {"type": "boundary", "boundary": "administrative", "admin_level": "8", "name": name}
        extract.relation([("w", ring, "outer")], tags)
    for at, tags in shops(drawing.book, town, drawing.houses, drawing.traffic.kinds, rng):
        extract.node(at, tags)
