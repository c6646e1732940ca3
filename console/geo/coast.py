"""The sea: OpenStreetMap draws coastlines with the land on their left, never the water itself."""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# (osmium and shapely come without complete types)

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import shapely

_PROBE = 1e-9  # of the world's width: a step off the line that lands in the face beside it


def sea(coastline: Sequence[Any]) -> list[Any]:
    """Polygons of the sea within the coastline's bounding box; none where there is no coast.

    ``coastline`` are lines in Mercator with y down, which puts the sea on their mathematical left.
    Only faces that touch a coastline are known; others stay land.
    """
    if not coastline:
        return []
    lines = shapely.line_merge(shapely.union_all(list(coastline)), directed=True)
    box = shapely.box(*shapely.bounds(lines))
    border = shapely.get_exterior_ring(box)
    network = shapely.union_all([shapely.intersection(lines, box), border])
    faces = shapely.get_parts(shapely.polygonize([*shapely.get_parts(network)]))
    tree = shapely.STRtree(faces)
    wet: set[int] = set()
    dry: set[int] = set()
    for start, end in _segments(lines):
        wet.update(_beside(tree, start, end, side=1))
        dry.update(_beside(tree, start, end, side=-1))
    return [faces[i] for i in sorted(wet - dry)]


def _segments(lines: Any) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Every line's segments, at most some dozens a line: enough to know both its sides."""
    found: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for line in shapely.get_parts(lines):
        points = list(line.coords)
        pairs = list(pairwise(points))
        found += pairs[:: max(1, len(pairs) // 50)]
    return found


def _beside(
    tree: shapely.STRtree, start: tuple[float, float], end: tuple[float, float], *, side: int
) -> list[int]:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    probe = shapely.Point(
        (start[0] + end[0]) / 2 - side * dy / length * _PROBE,
        (start[1] + end[1]) / 2 + side * dx / length * _PROBE,
    )
    return [int(i) for i in tree.query(probe, predicate="within")]
