"""The sea: OpenStreetMap draws coastlines with the land on their left, never the water itself."""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# (shapely comes without complete types)

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import shapely

_PROBE = 1e-9  # of the world's width, 4 cm: a step off the line into the face beside it
_SAMPLES = 50  # of each line's segments: enough to know both its sides


def sea(coastline: Sequence[Any], bounds: tuple[float, float, float, float]) -> list[Any]:
    """Polygons of the sea within ``bounds`` (west, north, east, south); none without a coast.

    ``coastline`` are lines in Mercator with y down, which puts the sea on their mathematical left.
    A coast cut off at the extract's edge is led on to the nearest edge of the bounds. What touches
    no coast stays land.
    """
    box = shapely.box(*bounds)
    lines = [shapely.intersection(line, box) for line in coastline]
    lines = [line for line in lines if not shapely.is_empty(line)]
    if not lines:
        return []
    merged = shapely.line_merge(shapely.union_all(lines), directed=True)
    border = shapely.get_exterior_ring(box)
    network = shapely.union_all([merged, border, *_led_on(merged, border)])
    faces = shapely.get_parts(shapely.polygonize([*shapely.get_parts(network)]))
    votes: Counter[int] = Counter()
    tree = shapely.STRtree(faces)
    for start, end in _segments(merged):
        votes.update(_beside(tree, start, end, side=1))
        votes.subtract(_beside(tree, start, end, side=-1))
    return [faces[i] for i, vote in sorted(votes.items()) if vote > 0]


def _led_on(lines: Any, border: Any) -> Iterator[Any]:
    """Straight lines from where a coast ends within the bounds to the border."""
    for line in shapely.get_parts(lines):
        if shapely.is_closed(line):
            continue
        for end in (line.coords[0], line.coords[-1]):
            way_out = shapely.shortest_line(shapely.Point(end), border)
            if way_out is not None and shapely.length(way_out):
                yield way_out


def _segments(lines: Any) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    for line in shapely.get_parts(lines):
        pairs = list(pairwise(line.coords))
        yield from pairs[:: max(1, len(pairs) // _SAMPLES)]


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
