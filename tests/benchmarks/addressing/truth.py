"""The addresses of an extract, read from its tags and not from the console's own index."""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import osmium

from console.domain.places import Coordinate

_STREETS = ("addr:street", "addr:place")


@dataclass(frozen=True, slots=True)
class House:
    """One address as it is tagged."""

    street: str
    number: str
    postcode: str
    city: str
    country: str


def read(extract: Path) -> dict[House, list[Coordinate]]:
    """Every house with a street and a number, and all points where it stands."""
    found: dict[House, list[Coordinate]] = defaultdict(list)
    wanted = osmium.filter.KeyFilter("addr:housenumber")
    for thing in osmium.FileProcessor(str(extract)).with_locations().with_filter(wanted):
        street = next((thing.tags[key] for key in _STREETS if key in thing.tags), "")
        point = None if thing.is_relation() else _point(thing)
        if street and point:
            for number in re.split("[;,]", thing.tags["addr:housenumber"]):
                if any(map(str.isdigit, number)):
                    found[_house(thing.tags, street, number.strip())].append(point)
    return found


def _house(tags: osmium.osm.TagList, street: str, number: str) -> House:
    rest = (tags.get(f"addr:{key}", "") for key in ("postcode", "city", "country"))
    return House(street, number, *rest)


def _point(thing: osmium.osm.Node | osmium.osm.Way) -> Coordinate | None:
    if thing.is_node():
        return Coordinate(thing.location.lat, thing.location.lon)
    nodes = [node for node in list(thing.nodes)[:-1] if node.location.valid()]
    if not nodes:
        return None
    count = len(nodes)
    return Coordinate(sum(n.lat for n in nodes) / count, sum(n.lon for n in nodes) / count)
