"""A made-up countryside of any size as an extract: towns on a grid, streets, houses, fields.

It has the shape of map data rather than of a town: every street is cut into a way a block, every
house is an outline with a whole address, every town has a boundary, a name and postcodes. Towns are
drawn one after the other, so that memory does not grow with the number of addresses.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import osmium
from osmium.osm import mutable

SOUTH, WEST = 48.0, 9.0
BLOCKS = 24  # a town's streets each way are one more
BLOCK_M = 90.0
APART_M = 5_000.0  # between two towns' corners
COLUMNS = 16  # towns from west to east
HOUSES_A_TOWN = 2_000
_SIDE = BLOCKS + 1
_CROSS_BLOCKS = 190
_DRIVEWAYS = 370
WAYS_A_TOWN = 2 * 5 * BLOCKS + 20 * 20 + _CROSS_BLOCKS + _DRIVEWAYS
_METRES = 111_320.0
_FIRST = (
    "Ahorn", "Birken", "Buchen", "Eichen", "Erlen", "Eschen", "Fichten", "Flieder", "Garten",
    "Hasel", "Hof", "Holz", "Kirch", "Kloster", "Korn", "Linden", "Markt", "Moos", "Mühl", "Nuss",
    "Quellen", "Rosen", "Sand", "Schloss", "Schul", "See", "Sonnen", "Stein", "Tal", "Tannen",
    "Ufer", "Ulmen", "Wald", "Weiden", "Wiesen", "Wein", "Winzer", "Ziegel", "Ober", "Unter",
)  # fmt: skip
_LAST = ["straße", "weg", "gasse", "allee", "platz", "ring", "pfad", "steig", "damm", "graben"]
_MIDDLE = ("", "hof", "berg", "bach", "feld", "tal", "brunn", "grund")
_TOWN = ["heim", "hausen", "dorf", "stadt", "ingen", "berg", "kirchen", "bach"]
Tags = dict[str, str]
Box = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Size:
    """What was written."""

    addresses: int
    roads: int


@dataclass(slots=True)
class _Town:
    """A town's things with ids of its own, counted on from the towns before."""

    nodes: list[tuple[float, float, Tags]]
    ways: list[tuple[list[int], Tags]]
    border: int


def write_countryside(path: Path, addresses: int, *, seed: int = 1) -> Size:
    """Write a sorted ``.osm.pbf`` of about so many addresses, and 0.6 road ways an address."""
    towns = max(1, round(addresses / HOUSES_A_TOWN))
    header = osmium.io.Header()
    header.set("generator", "doorstep countryside")
    with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
        _write_nodes(writer, towns, seed)
        borders = _write_ways(writer, towns, seed)
        for number, way in enumerate(borders):
            tags = {"type": "boundary", "boundary": "administrative", "admin_level": "8"}
            tags["name"] = _name(number)
            members = [("w", way, "outer")]
            writer.add_relation(
                mutable.Relation(id=number + 1, version=1, members=members, tags=tags)
            )
    return Size(towns * HOUSES_A_TOWN, towns * WAYS_A_TOWN)


def address(number: int, seed: int = 1) -> tuple[str, str, str, str]:
    """Street, number, postcode and town of one house of a town, for questions."""
    town = _drawn(number, seed)
    tags = next(tags for _, tags in town.ways if "addr:street" in tags)
    return (
        tags["addr:street"], tags["addr:housenumber"], tags["addr:postcode"], tags["addr:city"],
    )  # fmt: skip


def _write_nodes(writer: osmium.SimpleWriter, towns: int, seed: int) -> None:
    count = 0
    for number in range(towns):
        for lat, lon, tags in _drawn(number, seed).nodes:
            count += 1
            writer.add_node(mutable.Node(id=count, version=1, location=(lon, lat), tags=tags))


def _write_ways(writer: osmium.SimpleWriter, towns: int, seed: int) -> list[int]:
    """The ids of the towns' borders."""
    nodes = ways = 0
    borders: list[int] = []
    corners: dict[int, list[int]] = {}
    for number in range(towns):
        town = _drawn(number, seed)
        for members, tags in town.ways:
            ways += 1
            moved = [nodes + 1 + member for member in members]
            writer.add_way(mutable.Way(id=ways, version=1, nodes=moved, tags=tags))
        borders.append(ways - len(town.ways) + 1 + town.border)
        corners[number] = [nodes + 1, nodes + _SIDE**2]
        nodes += len(town.nodes)
        for before in _joined(number):
            ways += 1
            ends = [corners[before][1], corners[number][0]]
            tags = {"highway": "primary", "name": f"Landstraße {number}"}
            writer.add_way(mutable.Way(id=ways, version=1, nodes=ends, tags=tags))
    return borders


def _joined(number: int) -> Iterator[int]:
    """The towns before this one that a road leads to."""
    if number % COLUMNS:
        yield number - 1
    if number >= COLUMNS:
        yield number - COLUMNS


def _name(number: int) -> str:
    first, rest = number % len(_FIRST), number // len(_FIRST)
    last, more = rest % len(_TOWN), rest // len(_TOWN)
    return _FIRST[first] + _TOWN[last] + (f" {more}" if more else "")


def _street(rng: Random) -> str:
    return rng.choice(_FIRST) + rng.choice(_MIDDLE) + rng.choice(_LAST)


def _drawn(number: int, seed: int) -> _Town:
    """One town, the same whenever it is asked for."""
    rng = Random(f"{seed} {number}")
    row, column = divmod(number, COLUMNS)
    south = SOUTH + row * APART_M / _METRES
    narrow = math.cos(math.radians(SOUTH))
    west = WEST + column * APART_M / (_METRES * narrow)
    step_lat, step_lon = BLOCK_M / _METRES, BLOCK_M / (_METRES * narrow)
    town = _Town([], [], 0)
    for i in range(_SIDE):
        for j in range(_SIDE):
            wobble = rng.uniform(-0.1, 0.1), rng.uniform(-0.1, 0.1)
            at = south + (i + wobble[0]) * step_lat, west + (j + wobble[1]) * step_lon
            town.nodes.append((*at, {}))
    names = [_street(rng) for _ in range(2 * _SIDE)]
    place = _Place(_name(number), f"{10000 + number % 80000:05d}")
    _draw_streets(town, names, rng)
    _draw_houses(town, names, place, rng)
    _draw_ground(town, place, rng)
    return town


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    postcode: str


def _draw_streets(town: _Town, names: list[str], rng: Random) -> None:
    """Main streets; between them dead ends from west and east, some joined to their neighbours."""
    lines = [line for line in range(_SIDE) if line % 6]
    kept = set(rng.sample([(line, i) for line in lines for i in range(BLOCKS)], _CROSS_BLOCKS))
    for line, name in enumerate(names):
        across, fixed = line >= _SIDE, line % _SIDE
        oneway = {"oneway": "yes"} if rng.random() < 0.1 and fixed % 6 else {}
        tags = {"highway": "residential" if fixed % 6 else "tertiary", "name": name, **oneway}
        for i in range(BLOCKS):
            if fixed % 6 == 0 or ((fixed, i) in kept if across else i % 6 != 2):
                _draw_block(
                    town, _ends(across=across, fixed=fixed, block=i), rng.uniform(0.4, 0.6), tags
                )
    for _ in range(_DRIVEWAYS):
        start = rng.randrange(_SIDE**2, len(town.nodes))  # the middle of a block
        lat, lon, _tags = town.nodes[start]
        town.nodes.append((lat + rng.uniform(-3e-4, 3e-4), lon + rng.uniform(-3e-4, 3e-4), {}))
        members = [start, len(town.nodes) - 1]
        town.ways.append((members, {"highway": "service", "service": "driveway"}))


def _draw_block(town: _Town, ends: tuple[int, int], share: float, tags: Tags) -> None:
    town.nodes.append((*_between(town, ends, share, 0), {}))
    town.ways.append(([ends[0], len(town.nodes) - 1, ends[1]], tags))


def _ends(*, across: bool, fixed: int, block: int) -> tuple[int, int]:
    """The crossings at both ends of a block of one street."""
    if across:
        return block * _SIDE + fixed, (block + 1) * _SIDE + fixed
    return fixed * _SIDE + block, fixed * _SIDE + block + 1


def _draw_houses(town: _Town, names: list[str], place: _Place, rng: Random) -> None:
    """Outlines along the streets, odd numbers on one side, even ones on the other."""
    for house in range(HOUSES_A_TOWN):
        line, order = house % _SIDE, house // _SIDE
        block, side = (order // 2) % BLOCKS, 1 if order % 2 else -1
        share = 0.3 + 0.4 * (order // 2 // BLOCKS) + rng.uniform(0, 0.1)
        at = _between(town, _ends(across=False, fixed=line, block=block), share, side)
        tags = {
            "building": "house",
            "addr:street": names[line],
            "addr:housenumber": str(order + 1),
            "addr:postcode": place.postcode,
            "addr:city": place.name,
            "addr:country": "DE",
        }
        _draw_box(town, at, (4.0 + rng.random() * 3, 5.0 + rng.random() * 4), tags)


def _draw_ground(town: _Town, place: _Place, rng: Random) -> None:
    lat, lon, _ = town.nodes[_SIDE**2 // 2]
    town.nodes.append((lat + 0.0002, lon, {"place": "village", "name": place.name}))
    half = BLOCKS * BLOCK_M / 2
    _draw_box(town, (lat, lon), (half + 100, half + 100), {"landuse": "residential"})
    for _ in range(20):
        field = lat + rng.uniform(-0.02, 0.02), lon + rng.uniform(-0.03, 0.03)
        kind = rng.choice(({"landuse": "farmland"}, {"natural": "wood"}, {"natural": "water"}))
        _draw_box(town, field, (rng.uniform(50, 300), rng.uniform(50, 300)), kind)
    town.border = len(town.ways)
    _draw_box(town, (lat, lon), (APART_M / 2, APART_M / 2), {})


def _draw_box(
    town: _Town, middle: tuple[float, float], half: tuple[float, float], tags: Tags
) -> None:
    """A rectangle of half its height and width in metres."""
    lat, lon = middle
    up, right = half[0] / _METRES, half[1] / (_METRES * math.cos(math.radians(SOUTH)))
    first = len(town.nodes)
    for x, y in ((-1, -1), (-1, 1), (1, 1), (1, -1)):
        town.nodes.append((lat + x * up, lon + y * right, {}))
    town.ways.append(([first, first + 1, first + 2, first + 3, first], tags))


def _between(town: _Town, ends: tuple[int, int], share: float, side: int) -> tuple[float, float]:
    """A point along a block, 15 m to its left or right where a side is given."""
    lat, lon, _ = town.nodes[ends[0]]
    to_lat, to_lon, _ = town.nodes[ends[1]]
    up, right = to_lat - lat, to_lon - lon
    narrow = math.cos(math.radians(SOUTH))
    length = math.hypot(up, right * narrow)
    off = side * 15.0 / _METRES / length
    return lat + share * up - off * right * narrow, lon + share * right + off * up / narrow
