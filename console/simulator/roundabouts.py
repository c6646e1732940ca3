"""Roundabouts where the bypass meets the radial roads."""
# Shapely's stubs leave keyword arguments and the elements of arrays open.
# pyright: reportUnknownMemberType=false

import numpy as np
import shapely

from console.simulator.network import Network, Numbers
from console.simulator.noise import Line, Points, Shapes
from console.simulator.roads import Stroke

_RADIUS = 17.0
_FROM_WATER = 110.0


def junctions_to_circle(network: Network, water: shapely.Geometry) -> Numbers:
    """Up to five junctions of bypass and radial road that has the room, away from bridges."""
    bypass, radial = network.kinds == "bypass", np.isin(network.kinds, ["radial", "country"])
    both = (network.degrees(bypass) >= 2) & (network.degrees(radial) >= 1)
    degrees = network.degrees(network.ranks > 0)
    found: list[tuple[float, int]] = []
    for junction in np.flatnonzero(both & (degrees >= 3) & (degrees <= 5)):
        edges, at = _around(network, int(junction))
        roomy = shapely.length(network.lines[edges]).min() > 1.45 * _RADIUS
        if roomy and shapely.distance(shapely.Point(at), water) > _FROM_WATER:
            found.append((float(np.arctan2(at[1], at[0])), int(junction)))
    return np.array([junction for _, junction in sorted(found)][:5], dtype=np.int64)


def _around(network: Network, junction: int) -> tuple[Numbers, Points]:
    edges = np.flatnonzero((network.start == junction) | (network.end == junction))
    first = network.lines[edges[0]]
    index = 0 if network.start[edges[0]] == junction else -1
    return edges, shapely.get_coordinates(first)[index]


def circled(network: Network, junctions: Numbers) -> Network:
    """Replace these junctions by circles that are driven anticlockwise."""
    lines, start, end = network.lines.copy(), network.start.copy(), network.end.copy()
    arcs: list[tuple[Line, int, int]] = []
    fresh = int(max(start.max(), end.max())) + 1
    for junction in junctions:
        edges, at = _around(network, int(junction))
        disc = shapely.Point(at).buffer(_RADIUS, quad_segs=24)
        touching: list[tuple[float, int, Points]] = []
        for edge in edges:
            lines[edge] = _outside(lines.item(edge), disc)
            ends = start if network.start[edge] == junction else end
            ends[edge] = fresh
            point = shapely.get_coordinates(lines[edge])[0 if ends is start else -1]
            touching.append((float(np.arctan2(*(point - at)[::-1])), fresh, point))
            fresh += 1
        touching.sort(key=lambda each: each[0])
        arcs += [
            (_arc(at, here, there), here[1], there[1])
            for here, there in zip(touching, [*touching[1:], touching[0]], strict=True)
        ]
    return _with(network, (lines, start, end), arcs)


def _with(
    network: Network, ties: tuple[Shapes, Numbers, Numbers], arcs: list[tuple[Line, int, int]]
) -> Network:
    lines, start, end = ties
    count = len(network.strokes)
    strokes = (*network.strokes, *(Stroke(arc, "circle") for arc, _, _ in arcs))
    return Network(
        strokes,
        np.r_[lines, np.array([arc for arc, _, _ in arcs], dtype=object)],
        np.r_[start, np.array([a for _, a, _ in arcs], dtype=np.int64)],
        np.r_[end, np.array([b for _, _, b in arcs], dtype=np.int64)],
        np.r_[network.stroke, np.arange(count, count + len(arcs))],
        np.r_[network.kinds, np.full(len(arcs), "circle")],
    )


def _outside(line: Line, disc: shapely.Polygon) -> Line:
    parts = shapely.get_parts(shapely.difference(line, disc))
    return max(parts, key=lambda part: part.length)


def _arc(centre: Points, here: tuple[float, int, Points], there: tuple[float, int, Points]) -> Line:
    """Anticlockwise arc from one touching point to the next."""
    sweep = (there[0] - here[0]) % (2 * np.pi)
    angles = here[0] + np.linspace(0, sweep, max(3, int(sweep / 0.35) + 1))[1:-1]
    inner = centre + _RADIUS * np.c_[np.cos(angles), np.sin(angles)]
    return shapely.LineString(np.r_[[here[2]], inner, [there[2]]])
