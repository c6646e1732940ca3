"""Collects what has an address or a name from an extract: houses, streets, towns, places by name.

Sources of truth are OpenStreetMap's addr:* tags. A house without a street may have one by an
associatedStreet relation; one without a postcode has that of the area it lies in.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# (osmium and shapely come without complete types)

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from console.geo.naming import town_key
from console.geo.numbers import house_number
from console.geo.settlements import Settlements

_STREET_TAGS = ("addr:street", "addr:place", "addr:hamlet", "addr:quarter")
_OTHER_NAMES = re.compile(r"^(?:(?:alt_|old_|short_|official_|loc_)?name(?::[a-z]{2})?)$")
_POI_KEYS = (
    "amenity", "shop", "tourism", "office", "leisure", "healthcare", "craft", "historic",
    "man_made", "aeroway", "club", "industrial",
)  # fmt: skip
_NO_POI = frozenset({"bench", "parking_space", "waste_basket", "recycling", "memorial"})
_STATIONS = frozenset({"station", "halt"})
_STEPS = {"odd": 2, "even": 2, "all": 1}
_LONGEST_ROW = 1000  # numbers that one interpolation line may stand for

Point = tuple[float, float]


@dataclass(slots=True)
class House:
    """One house number as tagged; ``aliases`` are other names of its street."""

    street: str
    label: str
    postcode: str
    town: str
    lat: float
    lon: float
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class Way:
    """A stretch of a named road; the point lies on it."""

    name: str
    lat: float
    lon: float
    nodes: int
    aliases: tuple[str, ...]


@dataclass(slots=True)
class Poi:
    """Something people know by its name: a hospital, a shop, a house with a name."""

    names: tuple[str, ...]
    street: str
    postcode: str
    town: str
    lat: float
    lon: float


@dataclass(slots=True)
class Found:
    """All of it, in the order of the extract."""

    houses: list[House] = field(default_factory=list[House])
    ways: list[Way] = field(default_factory=list[Way])
    pois: list[Poi] = field(default_factory=list[Poi])
    countries: Counter[str] = field(default_factory=Counter[str])
    country_names: dict[str, str] = field(default_factory=dict[str, str])
    settlements: Settlements = field(default_factory=Settlements)
    by_relation: dict[tuple[str, int], str] = field(default_factory=dict[tuple[str, int], str])
    by_node: dict[int, House] = field(default_factory=dict[int, House])


def collect(extract: str, tell: Callable[[float], None]) -> Found:
    """Read the extract once for relations of streets, once for all the rest."""
    import osmium

    found = Found()
    streets = osmium.filter.TagFilter(("type", "associatedStreet"), ("type", "street"))
    for relation in osmium.FileProcessor(extract, osmium.osm.RELATION).with_filter(streets):
        _take_relation(relation, found)
    tell(0.05)
    wanted = osmium.filter.KeyFilter(
        "addr:housenumber", "addr:housename", "addr:interpolation", "place", "highway", "boundary",
        "railway", *_POI_KEYS,
    )  # fmt: skip
    areas = osmium.filter.KeyFilter("addr:housenumber", "boundary", *_POI_KEYS)
    things = osmium.FileProcessor(extract).with_locations().with_areas(areas).with_filter(wanted)
    for thing in things:
        _take(thing, found)
    found.settlements.finish()
    _complete(found)
    tell(0.4)
    return found


def _take_relation(relation: Any, found: Found) -> None:
    name = relation.tags.get("addr:street") or relation.tags.get("name") or ""
    if name:
        for member in relation.members:
            if member.role in {"house", "address", ""}:
                found.by_relation[member.type, member.ref] = name


def _take(thing: Any, found: Found) -> None:
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
        _take_house(thing, tags, point, found)
    elif "addr:interpolation" in tags and thing.is_way():
        _take_row(thing, tags, found)
    if "place" in tags and "name" in tags:
        found.settlements.take_place(tags, point)
    elif "highway" in tags and "name" in tags and thing.is_way():
        found.ways.append(Way(tags["name"], *point, len(thing.nodes), _aliases(tags)))
    _take_poi(tags, point, found)


def _take_area(area: Any, tags: dict[str, str], found: Found) -> None:
    """A municipality, or what has several outlines (a simple one came as a way)."""
    if "boundary" in tags:
        found.settlements.take_area(area, tags)
    elif not area.from_way():
        ring = [(node.lat, node.lon) for node in next(iter(area.outer_rings()))]
        point = mean(ring[1:])
        if "addr:housenumber" in tags:
            _take_house(area, tags, point, found)
        _take_poi(tags, point, found)


def _point(thing: Any) -> Point | None:
    if thing.is_node():
        return thing.location.lat, thing.location.lon
    if not thing.is_way():
        return None
    points = [(node.lat, node.lon) for node in thing.nodes if node.location.valid()]
    if not points:
        return None
    if not thing.is_closed():
        return points[len(points) // 2]
    return mean(points[:-1] or points)


def mean(points: list[Point]) -> Point:
    """The middle of some points."""
    count = len(points)
    return sum(lat for lat, _ in points) / count, sum(lon for _, lon in points) / count


def _take_country(tags: dict[str, str], found: Found) -> None:
    code = tags.get("ISO3166-1:alpha2") or tags.get("ISO3166-1") or tags.get("country_code")
    if code:
        names = [value for key, value in tags.items() if _OTHER_NAMES.match(key)]
        found.country_names.update({town_key(name): code.upper() for name in [*names, code]})


def _take_house(thing: Any, tags: dict[str, str], point: Point, found: Found) -> None:
    street = next((tags[key] for key in _STREET_TAGS if tags.get(key)), "")
    street = street or found.by_relation.get(_reference(thing), "")
    if "addr:country" in tags:
        found.countries[tags["addr:country"].upper()] += 1
    aliases = tuple(v for k, v in tags.items() if k.startswith("addr:street:"))
    labels = [label.strip() for label in re.split(r"[;,]", tags["addr:housenumber"])]
    if tags.get("addr:streetnumber"):  # the number is that of the house in the whole village
        labels.append(tags["addr:streetnumber"])
    for label in dict.fromkeys(labels):
        if label:
            postcode, town = tags.get("addr:postcode", ""), tags.get("addr:city", "")
            house = House(street, label, postcode, town, *point, aliases)
            found.houses.append(house)
            if thing.is_node():
                found.by_node[thing.id] = house


def _reference(thing: Any) -> tuple[str, int]:
    if thing.is_area():
        return ("w" if thing.from_way() else "r"), thing.orig_id()
    return ("n" if thing.is_node() else "w"), thing.id


def _take_row(way: Any, tags: dict[str, str], found: Found) -> None:
    """The houses that a line between two numbered nodes stands for."""
    step = _STEPS.get(tags["addr:interpolation"], 0)
    known = [(i, found.by_node[n.ref]) for i, n in enumerate(way.nodes) if n.ref in found.by_node]
    for (i, first), (j, last) in pairwise(known):
        nodes = [(n.lat, n.lon) for n in list(way.nodes)[i : j + 1] if n.location.valid()]
        street = first.street or last.street or tags.get("addr:street", "")
        low, high = house_number(first.label), house_number(last.label)
        if step and low and high and street and len(nodes) > 1:
            between = _between(low.number, high.number, step)
            for number, share in between:
                spot = _along(nodes, share)
                found.houses.append(House(street, str(number), first.postcode, first.town, *spot))


def _between(one: int, other: int, step: int) -> Iterator[tuple[int, float]]:
    if 0 < abs(other - one) <= _LONGEST_ROW:
        way = step if other > one else -step
        for number in range(one + way, other, way):
            yield number, (number - one) / (other - one)


def _along(points: list[Point], share: float) -> Point:
    """The point at a share of a line's length, in degrees."""
    lengths = [((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5 for a, b in pairwise(points)]
    left = share * sum(lengths)
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        if left <= length and length:
            part = left / length
            return a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])
        left -= length
    return points[-1]


def _take_poi(tags: dict[str, str], point: Point, found: Found) -> None:
    kinds = {tags[key] for key in _POI_KEYS if key in tags} - _NO_POI
    is_poi = bool(kinds) or tags.get("railway") in _STATIONS
    names = [tags["name"], *_aliases(tags)] if is_poi and "name" in tags else []
    names += [tags["addr:housename"]] if tags.get("addr:housename") else []
    names += [tags["brand"]] if names and tags.get("brand") else []
    if names:
        street = f"{tags.get('addr:street', '')} {tags.get('addr:housenumber', '')}".strip()
        postcode, town = tags.get("addr:postcode", ""), tags.get("addr:city", "")
        names = list(dict.fromkeys(names))
        found.pois.append(Poi(tuple(names), street, postcode, town, *point))


def _aliases(tags: dict[str, str]) -> tuple[str, ...]:
    return tuple(
        {value for key, value in tags.items() if key != "name" and _OTHER_NAMES.match(key)}
    )


def _complete(found: Found) -> None:
    """Towns and postcodes by where a house lies; villages without streets are their own street."""
    for thing in (*found.houses, *found.pois):
        thing.town = thing.town or found.settlements.town_at(thing.lat, thing.lon)
        thing.postcode = thing.postcode or found.settlements.postcode_at(thing.lat, thing.lon)
    numbers, streets = Counter[str](), Counter[str]()
    for house in found.houses:
        numbers[house.town] += 1
        streets[house.town] += bool(house.street)
    for house in found.houses:
        if not house.street and streets[house.town] * 2 < numbers[house.town]:
            house.street = house.town
    found.houses = [house for house in found.houses if house.street]
