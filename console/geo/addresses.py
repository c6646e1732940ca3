"""Builds a region's address index from its extract; runs in a process of its own.

One SQLite file. ``streets``: one row per street and town (or named settlement without street
numbers); ``names``: every folded spelling of a street's name; ``houses``: number, suffix, point;
``towns`` and ``postcodes``: where they are; ``name_text``: trigrams of the names for typing errors;
``house_tree``: an R-tree for the way back from a point. Sources of truth are OpenStreetMap's addr:*
tags; a house without a town belongs to the municipality it lies in, else to the nearest settlement.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# (osmium and shapely come without complete types)

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from console.geo.naming import bare_key, plain, sorted_key, street_key, town_key
from console.geo.numbers import all_numbers, house_number
from console.geo.settlements import Settlements

FILE = "addresses.sqlite"
SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE streets (id INTEGER PRIMARY KEY, name TEXT, town TEXT, town_key TEXT,
    postcode TEXT, lat REAL, lon REAL, houses INTEGER);
CREATE TABLE names (key TEXT, sorted TEXT, words TEXT, street INTEGER,
    PRIMARY KEY (key, street)) WITHOUT ROWID;
CREATE INDEX names_sorted ON names (sorted);
CREATE TABLE houses (id INTEGER PRIMARY KEY, street INTEGER, number INTEGER, key TEXT,
    label TEXT, postcode TEXT, lat REAL, lon REAL);
CREATE TABLE towns (key TEXT, name TEXT, kind TEXT, lat REAL, lon REAL, houses INTEGER);
CREATE INDEX towns_key ON towns (key);
CREATE TABLE postcodes (postcode TEXT PRIMARY KEY, lat REAL, lon REAL, houses INTEGER)
    WITHOUT ROWID;
CREATE TABLE countries (key TEXT PRIMARY KEY, code TEXT, own INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE name_text USING fts5(key, tokenize = 'trigram');
CREATE VIRTUAL TABLE house_tree USING rtree(id, west, east, south, north);
"""
_INDEXES = """
CREATE INDEX names_street ON names (street);
CREATE INDEX streets_town ON streets (town_key);
CREATE INDEX houses_street ON houses (street, number);
INSERT INTO house_tree SELECT id, lon, lon, lat, lat FROM houses;
INSERT INTO name_text (key) SELECT DISTINCT key FROM names WHERE length(key) > 2;
"""
_STREET_TAGS = ("addr:street", "addr:place", "addr:hamlet", "addr:quarter")
_OTHER_NAMES = re.compile(r"^(?:(?:alt_|old_|short_|official_|loc_)?name(?::[a-z]{2})?)$")


@dataclass(slots=True)
class _House:
    street: str
    label: str
    postcode: str
    town: str
    lat: float
    lon: float
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class _Way:
    name: str
    lat: float
    lon: float
    nodes: int
    aliases: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    houses: list[_House] = field(default_factory=list[_House])
    ways: list[_Way] = field(default_factory=list[_Way])
    countries: Counter[str] = field(default_factory=Counter[str])
    country_names: dict[str, str] = field(default_factory=dict[str, str])
    settlements: Settlements = field(default_factory=Settlements)


def build(extract: str, target: str, tell: Callable[[float], None]) -> dict[str, int | str]:
    """Write the index of ``extract`` to ``target``; answers its counts and the country's code."""
    found = _read(extract, tell)
    found.settlements.finish()
    tell(0.6)
    Path(target).unlink(missing_ok=True)
    index = sqlite3.connect(target)
    try:
        index.executescript(SCHEMA)
        streets = _write_streets(index, found)
        houses = _write_houses(index, found, streets)
        _write_towns(index, found)
        country = _write_countries(index, found)
        tell(0.8)
        index.executescript(_INDEXES)
        index.commit()
        index.execute("ANALYZE")
        index.commit()
    finally:
        index.close()
    return {"addresses": houses, "streets": len(streets), "country": country}


def _read(extract: str, tell: Callable[[float], None]) -> _Found:
    import osmium

    wanted = osmium.filter.KeyFilter(
        "addr:housenumber", "place", "highway", "boundary", "addr:city", "landuse"
    )
    areas = osmium.filter.KeyFilter("addr:housenumber", "boundary")
    found = _Found()
    for thing in (
        osmium.FileProcessor(extract).with_locations().with_areas(areas).with_filter(wanted)
    ):
        _take(thing, found)
    tell(0.4)
    return found


def _take(thing: Any, found: _Found) -> None:
    tags = dict(thing.tags)
    if thing.is_area():
        _take_area(thing, tags, found)
        return
    if tags.get("boundary") == "administrative" and tags.get("admin_level") == "2":
        _take_country(tags, found)
    point = _point(thing)
    if point is None:
        return
    if "addr:housenumber" in tags:
        _take_house(tags, point, found)
    if "place" in tags and "name" in tags:
        found.settlements.take_place(tags, point)
    elif "highway" in tags and "name" in tags and thing.is_way():
        found.ways.append(_Way(tags["name"], *point, len(thing.nodes), _aliases(tags)))


def _take_area(area: Any, tags: dict[str, str], found: _Found) -> None:
    """A municipality, or a house of several outlines (a simple one came as a way)."""
    if tags.get("boundary") == "administrative":
        found.settlements.take_area(area, tags)
    elif "addr:housenumber" in tags and not area.from_way():
        ring = [(node.lat, node.lon) for node in next(iter(area.outer_rings()))]
        _take_house(tags, _mean(ring[1:]), found)


def _point(thing: Any) -> tuple[float, float] | None:
    if thing.is_node():
        return thing.location.lat, thing.location.lon
    if not thing.is_way():
        return None
    points = [(node.lat, node.lon) for node in thing.nodes if node.location.valid()]
    if not points:
        return None
    if not thing.is_closed():
        return points[len(points) // 2]
    ring = points[:-1] or points
    return sum(lat for lat, _ in ring) / len(ring), sum(lon for _, lon in ring) / len(ring)


def _take_country(tags: dict[str, str], found: _Found) -> None:
    code = tags.get("ISO3166-1:alpha2") or tags.get("ISO3166-1") or tags.get("country_code")
    if code:
        names = [value for key, value in tags.items() if _OTHER_NAMES.match(key)]
        found.country_names.update({town_key(name): code.upper() for name in [*names, code]})


def _take_house(tags: dict[str, str], point: tuple[float, float], found: _Found) -> None:
    street = next((tags[key] for key in _STREET_TAGS if tags.get(key)), "")
    town = tags.get("addr:city", "")
    street = street or town  # villages whose houses have numbers but no streets
    if "addr:country" in tags:
        found.countries[tags["addr:country"].upper()] += 1
    if not street:
        return
    aliases = tuple(v for k, v in tags.items() if k.startswith("addr:street:"))
    for label in re.split(r"[;,]", tags["addr:housenumber"]):
        if label.strip():
            postcode = tags.get("addr:postcode", "")
            found.houses.append(_House(street, label.strip(), postcode, town, *point, aliases))


def _aliases(tags: dict[str, str]) -> tuple[str, ...]:
    return tuple(
        {value for key, value in tags.items() if key != "name" and _OTHER_NAMES.match(key)}
    )


def _write_streets(index: sqlite3.Connection, found: _Found) -> dict[tuple[str, str], int]:
    """The ids of the streets by (folded name, folded town)."""
    houses: dict[tuple[str, str], list[_House]] = defaultdict(list)
    for house in found.houses:
        house.town = house.town or found.settlements.town_at(house.lat, house.lon)
        houses[street_key(house.street), town_key(house.town)].append(house)
    ways: dict[tuple[str, str], list[_Way]] = defaultdict(list)
    towns: dict[tuple[str, str], str] = {}
    for way in found.ways:
        town = found.settlements.town_at(way.lat, way.lon)
        key = street_key(way.name), town_key(town)
        ways[key].append(way)
        towns[key] = town
    spellings: dict[str, set[str]] = defaultdict(set)
    for way in found.ways:
        spellings[street_key(way.name)].update(way.aliases)
    ids: dict[tuple[str, str], int] = {}
    for number, key in enumerate(sorted(houses.keys() | ways.keys()), start=1):
        ids[key] = number
        town = houses[key][0].town if key in houses else towns[key]
        _write_street(index, number, _Street(town, key, houses.get(key, []), ways.get(key, [])))
        names = {name for house in houses.get(key, ()) for name in house.aliases} | spellings[
            key[0]
        ]
        _write_names(index, number, names | {_name(houses.get(key, []), ways.get(key, []))})
    return ids


@dataclass(slots=True)
class _Street:
    town: str
    key: tuple[str, str]
    houses: list[_House]
    ways: list[_Way]


def _name(houses: list[_House], ways: list[_Way]) -> str:
    names = Counter([house.street for house in houses] or [way.name for way in ways])
    return max(sorted(names), key=names.__getitem__)


def _write_street(index: sqlite3.Connection, number: int, street: _Street) -> None:
    lat, lon = _middle(street)
    postcodes = Counter(house.postcode for house in street.houses if house.postcode)
    postcode = max(sorted(postcodes), key=postcodes.__getitem__) if postcodes else ""
    name = _name(street.houses, street.ways)
    index.execute(
        "INSERT INTO streets VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (number, name, street.town, street.key[1], postcode, lat, lon, len(street.houses)),
    )


def _middle(street: _Street) -> tuple[float, float]:
    """The member nearest to the mean of all, so that it lies on the street."""
    points = [(house.lat, house.lon) for house in street.houses]
    points = points or [(way.lat, way.lon) for way in street.ways]
    lat = sum(point[0] for point in points) / len(points)
    lon = sum(point[1] for point in points) / len(points)
    return min(points, key=lambda point: math.dist(point, (lat, lon)))


def _write_names(index: sqlite3.Connection, number: int, names: set[str]) -> None:
    """Every spelling, with and without its leading article."""
    keys = {fold(name): name for fold in (bare_key, street_key) for name in sorted(names)}
    index.executemany(
        "INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)",
        [(key, sorted_key(name), plain(name), number) for key, name in sorted(keys.items()) if key],
    )


def _write_houses(
    index: sqlite3.Connection, found: _Found, streets: dict[tuple[str, str], int]
) -> int:
    count = 0
    for house in found.houses:
        number = house_number(house.label)
        street = streets[street_key(house.street), town_key(house.town)]
        if number is None:
            continue
        count += 1
        index.executemany(
            "INSERT INTO houses (street, number, key, label, postcode, lat, lon)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (street, each.number, each.key, house.label, house.postcode, house.lat, house.lon)
                for each in all_numbers(number)
            ],
        )
    return count


def _write_towns(index: sqlite3.Connection, found: _Found) -> None:
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    postcodes: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for house in found.houses:
        points[town_key(house.town), house.town].append((house.lat, house.lon))
        if house.postcode:
            postcodes[house.postcode.replace(" ", "").upper()].append((house.lat, house.lon))
    rows = [(key, name, "town", *_mean(each), len(each)) for (key, name), each in points.items()]
    rows += [
        (town_key(name), name, place.kind, place.lat, place.lon, 0)
        for place in found.settlements.places
        for name in place.names
    ]
    index.executemany("INSERT INTO towns VALUES (?, ?, ?, ?, ?, ?)", [r for r in rows if r[0]])
    index.executemany(
        "INSERT INTO postcodes VALUES (?, ?, ?, ?)",
        [(code, *_mean(each), len(each)) for code, each in postcodes.items()],
    )


def _mean(points: list[tuple[float, float]]) -> tuple[float, float]:
    count = len(points)
    return sum(lat for lat, _ in points) / count, sum(lon for _, lon in points) / count


def _write_countries(index: sqlite3.Connection, found: _Found) -> str:
    own = max(sorted(found.countries), key=found.countries.__getitem__, default="")
    names = dict(found.country_names)
    for code in found.countries:
        names[code.casefold()] = code
    index.executemany(
        "INSERT OR IGNORE INTO countries VALUES (?, ?, ?)",
        [(key, code, code == own) for key, code in sorted(names.items())],
    )
    return own
