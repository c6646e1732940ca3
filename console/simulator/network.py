"""Strokes become a network: junctions, edges between them, and the blocks they enclose."""
# Shapely's stubs leave keyword arguments and the elements of arrays open.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from console.simulator.noise import Line, Shapes
from console.simulator.roads import ROADS, Stroke

type Numbers = NDArray[np.int64]

_NEAR = 15.0
_STUB = 36.0


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Edge i runs along `lines[i]` from junction `start[i]` to `end[i]`, as its stroke was drawn.

    `kinds` are keys of ROADS; an edge of kind "rim" bounds blocks but is no road.
    """

    strokes: tuple[Stroke, ...]
    lines: Shapes
    start: Numbers
    end: Numbers
    stroke: Numbers
    kinds: NDArray[np.str_]

    def only(self, keep: NDArray[np.bool_]) -> "Network":
        """The network of some of the edges."""
        return Network(
            self.strokes, self.lines[keep], self.start[keep], self.end[keep],
            self.stroke[keep], self.kinds[keep],
        )  # fmt: skip

    @property
    def ranks(self) -> Numbers:
        """Rank of each edge's road kind."""
        return np.array([ROADS[kind].rank for kind in self.kinds])

    def degrees(self, of: NDArray[np.bool_]) -> Numbers:
        """Number of the chosen edges that meet at each junction."""
        size = int(max(self.start.max(), self.end.max())) + 1
        return np.bincount(self.start[of], minlength=size) + np.bincount(
            self.end[of], minlength=size
        )


def weave(strokes: list[Stroke]) -> Network:
    """Cut all strokes where they cross, join junctions that nearly coincide, drop stubs."""
    sources = np.array([stroke.line for stroke in strokes], dtype=object)
    pieces = shapely.get_parts(shapely.union_all(sources))
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    owner = shapely.STRtree(sources).nearest(middles)
    first = shapely.line_locate_point(sources[owner], shapely.get_point(pieces, 0))
    last = shapely.line_locate_point(sources[owner], shapely.get_point(pieces, -1))
    pieces = np.where(first > last, shapely.reverse(pieces), pieces)
    ends = np.r_[shapely.get_point(pieces, 0), shapely.get_point(pieces, -1)]
    keys = np.round(shapely.get_coordinates(ends), 3)
    _, junction = np.unique(keys, axis=0, return_inverse=True)
    kinds = np.array([strokes[number].kind for number in owner])
    count = len(pieces)
    woven = Network(
        tuple(strokes), pieces, junction[:count], junction[count:], owner.astype(np.int64), kinds
    )
    return prune(_single(_joined(_stubless(woven))))


def _stubless(network: Network) -> Network:
    """Drop the overhangs that clipping left, so that joining starts from true junctions."""
    degrees = network.degrees(np.ones(len(network.lines), dtype=bool))
    loose = (degrees[network.start] == 1) | (degrees[network.end] == 1)
    return network.only(~(loose & (shapely.length(network.lines) < 9)))


def _joined(network: Network) -> Network:
    """Contract edges shorter than `_NEAR` into the junction of the more important road."""
    parent = np.arange(max(network.start.max(), network.end.max()) + 1)
    weight = np.zeros(len(parent))
    np.maximum.at(weight, network.start, network.ranks)
    np.maximum.at(weight, network.end, network.ranks)

    def root(junction: int) -> int:
        while parent[junction] != junction:
            junction = int(parent[junction])
        return junction

    lengths = shapely.length(network.lines)
    for edge in np.argsort(lengths, kind="stable")[: int((lengths < _NEAR).sum())]:
        a, b = root(int(network.start[edge])), root(int(network.end[edge]))
        low, high = (a, b) if weight[a] <= weight[b] else (b, a)
        parent[low] = high
    where = np.zeros((len(parent), 2))
    where[network.start] = shapely.get_coordinates(shapely.get_point(network.lines, 0))
    where[network.end] = shapely.get_coordinates(shapely.get_point(network.lines, -1))
    roots = np.array([root(junction) for junction in range(len(parent))])
    start, end = roots[network.start], roots[network.end]
    moved = (start != network.start) | (end != network.end)
    lines = network.lines.copy()
    for edge in np.flatnonzero(moved):
        lines[edge] = _retied(lines[edge], where[start[edge]], where[end[edge]])
    tied = replace(network, lines=lines, start=start, end=end)
    return tied.only((start != end) | (shapely.length(lines) > 60))


def _retied(line: Line, start: NDArray[np.float64], end: NDArray[np.float64]) -> Line:
    """The line between new end points; inner points too close to them are dropped."""
    inner = shapely.get_coordinates(line)[1:-1]
    far = (np.hypot(*(inner - start).T) > 12) & (np.hypot(*(inner - end).T) > 12)
    return shapely.LineString(np.r_[[start], inner[far], [end]])


def _single(network: Network) -> Network:
    """Of two edges that lie side by side between the same junctions keep the more important."""
    order = np.argsort(-network.ranks, kind="stable")
    seen: dict[tuple[int, int], list[int]] = {}
    keep = np.ones(len(order), dtype=bool)
    for edge in order:
        a, b = int(network.start[edge]), int(network.end[edge])
        twins = seen.setdefault((min(a, b), max(a, b)), [])
        line = network.lines[edge]
        if any(shapely.hausdorff_distance(line, network.lines[twin]) < 22 for twin in twins):
            keep[edge] = False
        twins.append(int(edge))
    return network.only(keep)


def prune(network: Network) -> Network:
    """Remove short dead ends again and again until none is left."""
    while True:
        road = network.ranks > 0
        degrees = network.degrees(road)
        loose = (degrees[network.start] == 1) | (degrees[network.end] == 1)
        stub = road & loose & (shapely.length(network.lines) < _STUB)
        if not stub.any():
            return network
        network = network.only(~stub)


def blocks(network: Network) -> Shapes:
    """The faces of the network, rims included."""
    faces = shapely.get_parts(shapely.polygonize(list(network.lines)))
    return faces[shapely.area(faces) > 150]


def sides(network: Network, faces: Shapes) -> tuple[Numbers, Numbers]:
    """Number of the face to the left and to the right of each edge, -1 for none."""
    tree = shapely.STRtree(faces)
    found: list[Numbers] = []
    half = shapely.length(network.lines) / 2
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(network.lines, half + 0.5))
    behind = shapely.get_coordinates(shapely.line_interpolate_point(network.lines, half - 0.5))
    along = ahead - behind
    across = np.c_[-along[:, 1], along[:, 0]]
    for side in (1.0, -1.0):
        points = shapely.points((ahead + behind) / 2 + side * across)
        which, face = tree.query(points, predicate="within")
        number = np.full(len(points), -1)
        number[which] = face
        found.append(number)
    return found[0], found[1]


def reachable(network: Network, road: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of the chosen edges hang together with the largest part of them."""
    size = int(max(network.start.max(), network.end.max())) + 1
    label = np.arange(size)
    while True:
        before = label.copy()
        low = np.minimum(label[network.start[road]], label[network.end[road]])
        np.minimum.at(label, network.start[road], low)
        np.minimum.at(label, network.end[road], low)
        label = label[label]
        if (label == before).all():
            break
    lengths = np.bincount(
        label[network.start[road]], weights=shapely.length(network.lines[road]), minlength=size
    )
    return road & (label[network.start] == int(lengths.argmax()))
