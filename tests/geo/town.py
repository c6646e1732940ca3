"""A small town as an ordinary extract: streets, houses, a river, an island, a hut in the hills.

Streets run east from the meridian, 200 m apart, joined by Hauptstraße along it. Everything a
geocoder may stumble over is there once: see ``HOUSES``.
"""

from dataclasses import dataclass, field
from pathlib import Path

import osmium
from osmium.osm import mutable

SOUTH, WEST = 47.0, 15.0
STEP = 0.002  # degrees between two streets and two crossings
NUMBER = 0.0002  # degrees of longitude between two house numbers
Tags = dict[str, str]


@dataclass
class Drawing:
    """Nodes, ways and relations in the order they were drawn."""

    nodes: list[tuple[float, float, Tags]] = field(default_factory=list)
    ways: list[tuple[list[int], Tags]] = field(default_factory=list)
    at: dict[tuple[float, float], int] = field(default_factory=dict)
    turns: list[tuple[list[tuple[str, int, str]], Tags]] = field(default_factory=list)

    def node(self, lat: float, lon: float, tags: Tags | None = None) -> int:
        place = round(lat, 7), round(lon, 7)
        if tags is None and place in self.at:
            return self.at[place]
        self.nodes.append((*place, tags or {}))
        if tags is None:
            self.at[place] = len(self.nodes)
        return len(self.nodes)

    def way(self, points: list[tuple[float, float]], tags: Tags) -> int:
        self.ways.append(([self.node(*point) for point in points], tags))
        return len(self.ways)

    def turn(self, origin: int, via: int, target: int, kind: str) -> None:
        """Restrict the turn from way to way at a node, such as ``no_left_turn``."""
        members = [("w", origin, "from"), ("n", via, "via"), ("w", target, "to")]
        self.turns.append((members, {"type": "restriction", "restriction": kind}))

    def house(self, point: tuple[float, float], street: str, number: str, **tags: str) -> None:
        address = {"addr:street": street, "addr:housenumber": number}
        self.node(*point, {**address, **{f"addr:{key}": value for key, value in tags.items()}})

    def write(self, path: Path, *, shuffled: bool = False, claims_order: bool = False) -> None:
        header = osmium.io.Header()
        if claims_order:
            header.set("sorting", "Type_then_ID")
        nodes = [
            mutable.Node(id=i, location=(lon, lat), tags=tags, version=1)
            for i, (lat, lon, tags) in enumerate(self.nodes, start=1)
        ]
        ways = [
            mutable.Way(id=i, nodes=members, tags=tags, version=1)
            for i, (members, tags) in enumerate(self.ways, start=1)
        ]
        relations = [
            mutable.Relation(id=i, members=members, tags=tags, version=1)
            for i, (members, tags) in enumerate(self.turns, start=1)
        ]
        with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
            for way in reversed(ways) if shuffled else ():
                writer.add_way(way)
            for node in reversed(nodes) if shuffled else nodes:
                writer.add_node(node)
            for way in () if shuffled else ways:
                writer.add_way(way)
            for relation in relations:
                writer.add_relation(relation)


def row(number: int) -> float:
    """The latitude of a street."""
    return SOUTH + number * STEP


def at(street: int, number: int) -> tuple[float, float]:
    """The point of a house, 10 m off its street."""
    return row(street) + 0.0001 * (1 if number % 2 else -1), WEST + number * NUMBER


STREETS = {
    0: "Bahnhofstraße",
    1: "Sankt-Veit-Gasse",
    2: "Im alten Riet",
    3: "Dr.-Karl-Renner-Straße",
    4: "Mühlweg",
    5: "Rosengasse",
    6: "Bahnhofstraße",  # again, in Oberdorf
}
NAMES = {"postcode": "8010", "city": "Teststadt", "country": "AT"}
UPPER = {"postcode": "8020", "city": "Oberdorf", "country": "AT"}


def draw() -> Drawing:
    """The town."""
    town = Drawing()
    for street, name in STREETS.items():
        points = [(row(street), WEST + i * STEP) for i in range(6)]
        extra = {"name:sl": "Rožna ulica"} if name == "Rosengasse" else {}
        town.way(points, {"highway": "residential", "name": name, **extra})
        around = UPPER if street == 6 else NAMES
        for number in (1, 2, 3, 4, 5, 6, 11, 15, 30):
            town.house(at(street, number), name, str(number), **around)
    town.way([(row(i), WEST) for i in range(7)], {"highway": "primary", "name": "Hauptstraße"})
    town.way(
        [(row(i), WEST + 5 * STEP) for i in range(7)], {"highway": "secondary", "oneway": "yes"}
    )
    _draw_oddities(town)
    _draw_ground(town)
    return town


def _draw_oddities(town: Drawing) -> None:
    town.house(at(4, 20), "Mühlweg", "20-24", **NAMES)
    town.house(at(4, 27), "Mühlweg", "27a", **NAMES)
    town.house(at(5, 40), "Rosengasse", "40", **NAMES)
    town.house(at(5, 60), "Rosengasse", "40", **NAMES)  # 300 m apart
    hospital = {"amenity": "hospital", "name": "Landesspital Sankt Anna", "addr:postcode": "8010"}
    town.node(*at(1, 20), {**hospital, "addr:city": "Teststadt"})
    for number in (8, 12):
        bakery = {"shop": "bakery", "name": "Goldkorn", "addr:city": "Teststadt"}
        town.node(*at(3, number), {**bakery, "addr:postcode": "8010"})
    town.house((SOUTH + 0.03, WEST + 0.03), "Almhütte", "1", **NAMES)  # 2 km from the next road
    island = SOUTH + 0.0155
    town.way([(island, WEST + 0.004), (island, WEST + 0.005)], {"highway": "residential"})


def _draw_ground(town: Drawing) -> None:
    town.node(row(2), WEST + STEP, {"place": "town", "name": "Teststadt"})
    town.node(row(6), WEST + STEP, {"place": "village", "name": "Oberdorf"})
    town.node(row(4), WEST + STEP, {"place": "suburb", "name": "Mühlau"})
    corners = [(row(4) - 0.0005, WEST + 0.001), (row(4) - 0.0005, WEST + 0.002)]
    corners += [(row(4) - 0.0008, WEST + 0.002), (row(4) - 0.0008, WEST + 0.001)]
    town.way([*corners, corners[0]], {"building": "yes"})
    lake = [(row(1) + 0.0005, WEST + 0.003), (row(1) + 0.0005, WEST + 0.006)]
    lake += [(row(1) + 0.0015, WEST + 0.006), (row(1) + 0.0015, WEST + 0.003)]
    town.way([*lake, lake[0]], {"natural": "water"})
    town.way(
        [(SOUTH - 0.002, WEST - 0.002), (SOUTH + 0.02, WEST - 0.002)],
        {"waterway": "river", "name": "Test"},
    )
