"""The road network as OpenStreetMap ways: cut at bridges, joined along streets."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from console.simulator.addresses import Streets
from console.simulator.extract import Extract
from console.simulator.landmarks import Tags
from console.simulator.noise import Line, Points
from console.simulator.roads import PEDESTRIAN, ROADS
from console.simulator.town import Town
from console.simulator.traffic import Traffic

_LAYER = "road"
_ABUTMENT = 7.0


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """A piece of road with one set of tags; `edges` are the network edges it was made of."""

    points: Points
    tags: Tags
    edges: tuple[int, ...]


def write_highways(extract: Extract, town: Town, streets: Streets, traffic: Traffic) -> None:
    """Add all roads, signals, crossings and turn restrictions to the extract."""
    barred = {_key(_place(town, edge, junction)) for edge, junction, _ in traffic.bans}
    ways: dict[int, list[tuple[int, Points]]] = {}
    for run in _joined(list(_pieces(town, streets, traffic)), barred):
        way = extract.way(run.points, run.tags, layer=_LAYER)
        for edge in run.edges:
            ways.setdefault(edge, []).append((way, run.points))
    network = town.network
    for junction in traffic.signals:
        edge = np.flatnonzero((network.start == junction) | (network.end == junction))[0]
        at = _place(town, int(edge), int(junction))
        extract.node(at.tolist(), {"highway": "traffic_signals"}, layer=_LAYER)
    for source, junction, target in traffic.bans:
        _ban(extract, ways, (source, target), _place(town, source, junction))


def _ban(
    extract: Extract,
    ways: dict[int, list[tuple[int, Points]]],
    arms: tuple[int, int],
    at: Points,
) -> None:
    via = extract.node(at.tolist(), {}, layer=_LAYER)
    ends = [_touching(ways[arm], at) for arm in arms]
    if ends[0] and ends[1] and ends[0] != ends[1]:
        members = [("w", ends[0], "from"), ("n", via, "via"), ("w", ends[1], "to")]
        extract.relation(members, {"type": "restriction", "restriction": "no_left_turn"})


def _touching(ways: list[tuple[int, Points]], at: Points) -> int:
    """The way that starts or ends at this place, or 0."""
    for way, points in ways:
        if _key(at) in (_key(points[0]), _key(points[-1])):
            return way
    return 0


def _key(point: Points) -> tuple[int, int]:
    return round(float(point[0]) * 100), round(float(point[1]) * 100)


def _place(town: Town, edge: int, junction: int) -> Points:
    points = shapely.get_coordinates(town.network.lines[edge])
    return points[0] if town.network.start[edge] == junction else points[-1]


def _pieces(town: Town, streets: Streets, traffic: Traffic) -> Iterator[_Run]:
    """Edges in the order of their streets, each cut where it crosses the river."""
    network = town.network
    river = shapely.buffer(town.plan.water, _ABUTMENT)
    wet = shapely.intersects(network.lines, river)
    order = np.lexsort((streets.along, network.stroke, streets.of))
    for edge in order[network.ranks[order] > 0]:
        tags = _tags(town, streets, traffic, int(edge))
        way = int(traffic.oneway[edge]) or int(streets.forward[edge])
        line: Line = network.lines.item(edge)
        line = line if way > 0 else line.reverse()
        parts = _cut(line, river) if wet[edge] else [(line, False)]
        for part, bridge in parts:
            over = {"bridge": "yes", "layer": "1"} if bridge else {}
            yield _Run(shapely.get_coordinates(part), {**tags, **over}, (int(edge),))


def _cut(
    line: shapely.LineString, river: shapely.Geometry
) -> list[tuple[shapely.LineString, bool]]:
    """The line in pieces, in order, with whether each is a bridge."""
    pieces = [
        (part, bridge)
        for shape, bridge in (
            (shapely.difference(line, river), False),
            (shapely.intersection(line, river), True),
        )
        for part in shapely.get_parts(shape)
        if part.geom_type == "LineString" and part.length > 0.05
    ]
    return sorted(
        pieces, key=lambda piece: line.project(piece[0].interpolate(0.5, normalized=True))
    )


def _tags(town: Town, streets: Streets, traffic: Traffic, edge: int) -> Tags:
    kind = ROADS[str(traffic.kinds[edge])]
    street = int(streets.of[edge])
    tags = {"highway": kind.highway, "surface": "asphalt"}
    if street >= 0:
        tags["name"] = streets.names[street]
    if kind is ROADS[PEDESTRIAN]:
        return {**tags, "surface": "sett"}
    tags["maxspeed"] = str(kind.speed)
    if kind.highway == "living_street":
        tags["surface"] = "paving_stones"
    if traffic.kinds[edge] == "circle":
        return {**tags, "junction": "roundabout", "oneway": "yes"}
    if traffic.oneway[edge]:
        tags["oneway"] = "yes"
    if traffic.kinds[edge] in ("bypass", "radial", "country"):
        tags["ref"] = "B 431" if traffic.kinds[edge] == "bypass" else f"L {_reference(town, edge)}"
    if kind.rank >= 6:
        tags["lit"] = "no" if traffic.kinds[edge] == "country" else "yes"
    return tags


def _reference(town: Town, edge: int) -> int:
    """One road number for each bearing from the centre."""
    x, y = shapely.get_coordinates(town.network.lines[edge]).mean(axis=0)
    return 12 + int(np.degrees(np.arctan2(y, x)) % 360 // 45)


def _joined(runs: list[_Run], barred: set[tuple[int, int]]) -> Iterator[_Run]:
    """Chain consecutive runs with equal tags, but not across a place where a turn is forbidden."""
    current: _Run | None = None
    for run in runs:
        if current is not None and current.tags == run.tags:
            joint = _key(current.points[-1])
            if joint == _key(run.points[0]) and joint not in barred:
                points = np.r_[current.points, run.points[1:]]
                current = _Run(points, run.tags, current.edges + run.edges)
                continue
        if current is not None:
            yield current
        current = run
    if current is not None:
        yield current
