"""Edges become named streets, houses get their numbers: odd on one side, even on the other."""
# Shapely's stubs leave keyword arguments and the elements of arrays open.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false

from dataclasses import dataclass

import numpy as np
import shapely

from console.simulator.buildings import Houses
from console.simulator.names import NameBook, StreetNames
from console.simulator.network import Network, Numbers
from console.simulator.noise import Points, Shapes
from console.simulator.town import Town

# No German postcode begins with 43.
_POSTCODES = 43100
_UNNAMED = ("country", "link", "circle", "rim")


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """`of[e]` is the street of edge e (-1: none), `along[e]` metres from the street's first house.

    `forward[e]` tells whether numbers rise with the edge's direction.
    """

    of: Numbers
    names: tuple[str, ...]
    along: Points
    forward: Numbers


@dataclass(frozen=True, slots=True)
class District:
    """A part of the town or a village: all its houses share a postcode and a city name."""

    name: str
    city: str
    postcode: str
    at: tuple[float, float]


def name_streets(town: Town, adjectives: list[str], supply: StreetNames) -> Streets:
    """Join edges to streets and name each: a name belongs to one connected street only."""
    network = town.network
    of = _grouped(network)
    count = int(of.max()) + 1
    lengths = np.bincount(of[of >= 0], weights=shapely.length(network.lines[of >= 0]))
    called = [""] * count
    first = {int(street): edge for edge, street in reversed(list(enumerate(of))) if street >= 0}
    for street in np.argsort(-lengths, kind="stable"):
        stroke = network.strokes[int(network.stroke[first[int(street)]])]
        called[int(street)] = _called(stroke.name, stroke.kind, adjectives, supply)
    along, forward = _measured(network, of, count)
    return Streets(of, tuple(called), along, forward)


def _called(wanted: str, kind: str, adjectives: list[str], supply: StreetNames) -> str:
    if wanted:
        return supply.reserve(wanted)
    if kind == "radial" and adjectives:
        return supply.reserve(f"{adjectives.pop(0)} Straße")
    return supply.take(kind)


def _grouped(network: Network) -> Numbers:
    """Number of the street of each edge: edges of one stroke or name that touch each other."""
    key: dict[str, list[int]] = {}
    for edge, number in enumerate(network.stroke):
        stroke = network.strokes[int(number)]
        if network.kinds[edge] not in _UNNAMED:
            key.setdefault(stroke.name or f"#{number}", []).append(edge)
    of = np.full(len(network.lines), -1)
    count = 0
    for edges in key.values():
        for group in _touching(network, edges):
            of[group] = count
            count += 1
    return of


def _touching(network: Network, edges: list[int]) -> list[list[int]]:
    at: dict[int, list[int]] = {}
    for edge in edges:
        for junction in (int(network.start[edge]), int(network.end[edge])):
            at.setdefault(junction, []).append(edge)
    groups: list[list[int]] = []
    seen: set[int] = set()
    for first in edges:
        group, todo = [], [first]
        while todo:
            edge = todo.pop()
            if edge not in seen:
                seen.add(edge)
                group.append(edge)
                todo += at[int(network.start[edge])] + at[int(network.end[edge])]
        if group:
            groups.append(group)
    return groups


def _measured(network: Network, of: Numbers, count: int) -> tuple[Points, Numbers]:
    """Walk every street from its end nearest the centre; where it parts, by distance walked."""
    along = np.zeros(len(of))
    forward = np.ones(len(of), dtype=np.int64)
    lengths = shapely.length(network.lines)
    heads = shapely.get_coordinates(shapely.get_point(network.lines, 0))
    tails = shapely.get_coordinates(shapely.get_point(network.lines, -1))
    for street in range(count):
        edges = np.flatnonzero(of == street)
        ends = _ends(network, edges, heads, tails)
        walked = {min(ends, key=lambda junction: ends[junction]): 0.0}
        left = set(edges.tolist())
        while left:
            edge = min(left, key=lambda each: _reach(network, each, walked))
            left.remove(edge)
            a, b = int(network.start[edge]), int(network.end[edge])
            if walked.get(b, np.inf) < walked.get(a, np.inf):
                a, b, forward[edge] = b, a, -1
            along[edge] = walked.get(a, 0.0)
            walked[b] = min(walked.get(b, np.inf), along[edge] + lengths[edge])
    return along, forward


def _reach(network: Network, edge: int, walked: dict[int, float]) -> float:
    a, b = int(network.start[edge]), int(network.end[edge])
    return min(walked.get(a, np.inf), walked.get(b, np.inf))


def _ends(network: Network, edges: Numbers, heads: Points, tails: Points) -> dict[int, float]:
    """The street's loose ends (every junction of a closed one) with their distance from 0, 0."""
    distance: dict[int, float] = {}
    touched: dict[int, int] = {}
    for edge in edges:
        for junction, at in ((network.start[edge], heads[edge]), (network.end[edge], tails[edge])):
            distance[int(junction)] = float(np.hypot(*at))
            touched[int(junction)] = touched.get(int(junction), 0) + 1
    loose = {junction: far for junction, far in distance.items() if touched[junction] == 1}
    return loose or distance


def number_houses(houses: Houses, streets: Streets, network: Network) -> list[str]:
    """House numbers: they rise along the street, skip some, and now and then take a letter."""
    lots = houses.lots
    middle = (lots.begin + lots.finish) / 2
    lengths = shapely.length(network.lines[lots.edge])
    ahead = streets.forward[lots.edge] > 0
    place = streets.along[lots.edge] + np.where(ahead, middle, lengths - middle)
    left = lots.side * streets.forward[lots.edge] > 0
    numbers = [""] * len(middle)
    groups = np.lexsort((place, left, streets.of[lots.edge]))
    last, counter, previous, letter = (-1, False), 0, 0.0, ""
    for house in groups:
        side = (int(streets.of[lots.edge[house]]), bool(left[house]))
        if side != last:
            last, counter, previous, letter = side, -1, 0.0, ""
        gap = place[house] - previous
        letter = "a" if counter >= 0 and gap < 9.5 and house % 11 == 0 and not letter else ""
        counter += 0 if letter else 1 + min(3, int(gap // 45))
        numbers[house] = f"{2 * counter + (1 if left[house] else 2)}{letter}"
        previous = place[house]
    return numbers


def districts(town: Town, book: NameBook, villages: list[str]) -> list[District]:
    """The suburbs and villages with their postcodes; a village number is its settlement."""
    far = (town.plan.rings[1] + town.plan.radius) / 2
    bearing = {
        "east": 0, "north-east": 45, "north": 90, "north-west": 135,
        "west": 180, "south-west": 225, "south": 270, "south-east": 315,
    }  # fmt: skip
    found: list[District] = []
    for number, village in enumerate(town.plan.villages):
        x, y = village.centre.tolist()
        name, postcode = villages[number], str(_POSTCODES + 60 + number)
        found.append(District(name, name, postcode, (x, y)))
    for number, (side, name) in enumerate(book.suburbs.items()):
        angle = np.radians(bearing.get(side, 0))
        reach = 0.0 if side == "centre" else far * 0.88
        spot = (float(reach * np.cos(angle)), float(reach * np.sin(angle)))
        postcode = str(_POSTCODES + 1 + 2 * number)
        found.append(District(name, book.city, postcode, spot))
    return found


def district_of(town: Town, found: list[District], shapes: Shapes, block: Numbers) -> Numbers:
    """Number of the district of each shape: its village, else the nearest suburb."""
    settlement = np.array([quarter.settlement for quarter in town.quarters])
    village = settlement[town.quarter[block]]
    first = len(town.plan.villages)
    spots = np.array([district.at for district in found[first:]])
    centres = shapely.get_coordinates(shapely.centroid(shapes))
    offset = centres[:, None, :] - spots[None, :, :]
    away = np.hypot(offset[..., 0], offset[..., 1])
    away[:, 0] *= 1.35
    return np.where(village >= 0, village, first + away.argmin(axis=1))
