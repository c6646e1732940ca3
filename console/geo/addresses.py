"""Builds a region's address index from its extract; runs in a process of its own.

One SQLite file. ``streets``: one row per street and town (or named settlement without street
numbers); ``names``: every folded spelling of a street's name; ``houses``: number, suffix, point;
``towns`` and ``postcodes``: where they are; ``name_text``: trigrams of the names for typing errors;
``house_tree``: an R-tree for the way back from a point; ``pois``: places that have a name.
"""

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from console.geo.collecting import Found, House, Poi, Way, collect, mean
from console.geo.naming import (
    accents,
    bare_key,
    plain,
    postcode_key,
    sorted_key,
    street_key,
    town_key,
)
from console.geo.numbers import all_numbers, house_number

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
CREATE TABLE pois (key TEXT, words TEXT, name TEXT, street TEXT, town TEXT, town_key TEXT,
    postcode TEXT, lat REAL, lon REAL);
CREATE INDEX pois_key ON pois (key);
CREATE TABLE countries (key TEXT PRIMARY KEY, code TEXT, own INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE name_text USING fts5(key, tokenize = 'trigram');
CREATE VIRTUAL TABLE poi_text USING fts5(key, tokenize = 'trigram');
CREATE VIRTUAL TABLE house_tree USING rtree(id, west, east, south, north);
"""
_INDEXES = """
CREATE INDEX names_street ON names (street);
CREATE INDEX streets_town ON streets (town_key);
CREATE INDEX houses_street ON houses (street, number);
INSERT INTO house_tree SELECT id, lon, lon, lat, lat FROM houses;
INSERT INTO name_text (key) SELECT DISTINCT key FROM names WHERE length(key) > 2;
INSERT INTO poi_text (key) SELECT DISTINCT key FROM pois WHERE length(key) > 2;
"""


_Key = tuple[str, str, str]  # folded name, its accents, folded town


def build(extract: str, target: str, tell: Callable[[float], None]) -> dict[str, int | str]:
    """Write the index of ``extract`` to ``target``; answers its counts and the country's code."""
    found = collect(extract, tell)
    tell(0.6)
    Path(target).unlink(missing_ok=True)
    index = sqlite3.connect(target)
    try:
        index.executescript(SCHEMA)
        streets = _write_streets(index, found)
        houses = _write_houses(index, found, streets)
        _write_towns(index, found)
        _write_pois(index, found.pois)
        country = _write_countries(index, found)
        tell(0.8)
        index.executescript(_INDEXES)
        index.commit()
        index.execute("ANALYZE")
        index.commit()
    finally:
        index.close()
    return {"addresses": houses, "streets": len(streets), "country": country}


def _key(name: str, town: str) -> _Key:
    return street_key(name), accents(name), town_key(town)


def _write_streets(index: sqlite3.Connection, found: Found) -> dict[_Key, int]:
    """The ids of the streets."""
    streets: dict[_Key, _Street] = {}
    spellings: dict[str, set[str]] = defaultdict(set)
    for house in found.houses:
        key = _key(house.street, house.town)
        street = streets.setdefault(key, _Street(house.town, key))
        street.houses.append(house)
        street.names.update(house.aliases)
    for way in found.ways:
        town = found.settlements.town_at(way.lat, way.lon)
        key = _key(way.name, town)
        streets.setdefault(key, _Street(town, key)).ways.append(way)
        spellings[key[0]].update(way.aliases)
    ids = {key: number for number, key in enumerate(sorted(streets), start=1)}
    for key, number in ids.items():
        _write_street(index, number, streets[key])
        _write_names(index, number, {*streets[key].names, *spellings[key[0]], streets[key].name})
    return ids


@dataclass(slots=True)
class _Street:
    town: str
    key: _Key
    houses: list[House] = field(default_factory=list[House])
    ways: list[Way] = field(default_factory=list[Way])
    names: set[str] = field(default_factory=set[str])

    @property
    def name(self) -> str:
        """The spelling most houses have, else most ways."""
        names = Counter([h.street for h in self.houses] or [way.name for way in self.ways])
        return max(sorted(names), key=names.__getitem__)


def _write_street(index: sqlite3.Connection, number: int, street: _Street) -> None:
    lat, lon = _middle(street)
    postcodes = Counter(house.postcode for house in street.houses if house.postcode)
    postcode = max(sorted(postcodes), key=postcodes.__getitem__) if postcodes else ""
    index.execute(
        "INSERT INTO streets VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (number, street.name, street.town, street.key[-1], postcode, lat, lon, len(street.houses)),
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


def _write_houses(index: sqlite3.Connection, found: Found, streets: dict[_Key, int]) -> int:
    count = 0
    for house in found.houses:
        number = house_number(house.label)
        street = streets[_key(house.street, house.town)]
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


def _write_towns(index: sqlite3.Connection, found: Found) -> None:
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    postcodes: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for house in found.houses:
        points[town_key(house.town), house.town].append((house.lat, house.lon))
        if house.postcode:
            postcodes[postcode_key(house.postcode)[1] or house.postcode].append(
                (house.lat, house.lon)
            )
    rows = [(key, name, "town", *mean(each), len(each)) for (key, name), each in points.items()]
    rows += [
        (town_key(name), name, place.kind, place.lat, place.lon, 0)
        for place in found.settlements.places
        for name in place.names
    ]
    index.executemany("INSERT INTO towns VALUES (?, ?, ?, ?, ?, ?)", [r for r in rows if r[0]])
    index.executemany(
        "INSERT INTO postcodes VALUES (?, ?, ?, ?)",
        [(code, *mean(each), len(each)) for code, each in postcodes.items()],
    )


def _write_pois(index: sqlite3.Connection, pois: Sequence[Poi]) -> None:
    rows = [
        (street_key(name), plain(name), each.names[0], each.street, each.town,
         town_key(each.town), each.postcode, each.lat, each.lon)
        for each in pois
        for name in each.names
    ]  # fmt: skip
    index.executemany(
        "INSERT INTO pois VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [row for row in rows if row[0]]
    )


def _write_countries(index: sqlite3.Connection, found: Found) -> str:
    own = max(sorted(found.countries), key=found.countries.__getitem__, default="")
    names = dict(found.country_names)
    for code in found.countries:
        names[code.casefold()] = code
    index.executemany(
        "INSERT OR IGNORE INTO countries VALUES (?, ?, ?)",
        [(key, code, code == own) for key, code in sorted(names.items())],
    )
    return own
