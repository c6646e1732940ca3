"""Houses along the streets: footprints that follow the frontage, by the character of the block."""
# Shapely's stubs leave keyword arguments and the elements of arrays open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.simulator.network import Network, Numbers
from console.simulator.noise import Points, Shapes
from console.simulator.roads import ROADS
from console.simulator.town import Town

type Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Style:
    """Metres: house `front` and `depth`, `setback` from the carriageway, `gap` after `row` houses.

    Houses of a row share their walls; a row of one is a detached house.
    """

    front: Range
    depth: Range
    setback: Range
    gap: Range
    row: tuple[int, int]
    building: str


STYLES = {
    "oldtown": Style((8, 14), (10, 14), (1.0, 1.8), (0, 3), (5, 12), "house"),
    "perimeter": Style((15, 23), (11.5, 13.5), (3.0, 3.8), (0, 5), (6, 14), "apartments"),
    "terrace": Style((6.6, 8.6), (9, 11), (5, 6.5), (6, 9), (4, 8), "terrace"),
    "garden": Style((9, 13), (8, 11), (6, 9), (7.5, 13), (1, 1), "detached"),
    "villa": Style((11, 17), (10, 14), (7, 11), (11, 20), (1, 1), "detached"),
    "tower": Style((16, 20), (12, 13), (9, 13), (18, 28), (2, 5), "apartments"),
    "works": Style((34, 84), (26, 52), (10, 16), (16, 34), (1, 1), "industrial"),
    "village": Style((10, 16), (9, 13), (4, 10), (9, 20), (1, 1), "house"),
}
_PAVEMENT = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Lots:
    """Frontages: a lot lies on a `side` (+1 left, -1 right) of an edge, `begin` to `finish`."""

    edge: Numbers
    side: Numbers
    begin: Points
    finish: Points
    setback: Points
    depth: Points
    detached: NDArray[np.bool_]
    block: Numbers

    def only(self, keep: NDArray[np.bool_] | Numbers) -> "Lots":
        """The chosen lots, in the order chosen."""
        return Lots(
            self.edge[keep], self.side[keep], self.begin[keep], self.finish[keep],
            self.setback[keep], self.depth[keep], self.detached[keep], self.block[keep],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Houses:
    """Footprints with the lot each stands on; `sheds` are further buildings without address."""

    shapes: Shapes
    lots: Lots
    sheds: Shapes


def build(town: Town, rng: np.random.Generator) -> Houses:
    """Put houses along both sides of every street with built ground beside it."""
    lots = _lots(town, rng)
    order = np.lexsort((rng.random(len(lots.edge)), -town.network.ranks[lots.edge]))
    lots = lots.only(order)
    raw = _footprints(town.network, lots, rng)
    yards = shapely.buffer(town.blocks, -4.6)[lots.block]
    inside = shapely.intersection(raw, yards)
    whole = shapely.area(raw)
    share = shapely.area(inside) / whole
    keep = np.where(lots.detached, share > 0.999, share > 0.5)
    keep &= (shapely.get_type_id(inside) == 3) & ~_on_road(town.network, inside)
    shapes, lots = inside[keep], lots.only(keep)
    shapes, kept = _apart(shapes, lots.detached)
    shapes = _tidy(shapes)
    kept &= (shapely.get_type_id(shapes) == 3) & (shapely.area(shapes) > 28)
    shapes, lots = shapes[kept], lots.only(kept)
    sheds = _sheds(town, shapes, lots, rng)
    plain = Houses(shapes, lots, sheds)
    return Houses(_extended(town, plain, rng), lots, sheds)


def _on_road(network: Network, shapes: Shapes) -> NDArray[np.bool_]:
    """Which shapes stand on a carriageway: dead ends run through the middle of a block."""
    road = network.ranks > 0
    half = np.array([ROADS[str(kind)].half for kind in network.kinds[road]])
    lanes = shapely.buffer(network.lines[road], half + 0.8, quad_segs=3)
    hit = shapely.STRtree(lanes).query(shapes, predicate="intersects")[0]
    return np.isin(np.arange(len(shapes)), hit)


def _lots(town: Town, rng: np.random.Generator) -> Lots:
    network = town.network
    lengths = shapely.length(network.lines)
    clear = _clearance(network)
    rows: list[Points] = []
    for edge in np.flatnonzero(network.ranks > 0):
        if not ROADS[str(network.kinds[edge])].addressed:
            continue
        for side, blocks in ((1, town.left), (-1, town.right)):
            block = int(blocks[edge])
            style = STYLES.get(str(town.uses[block])) if block >= 0 else None
            if style is None:
                continue
            back = style.setback[0]
            start = float(clear[network.start[edge]]) + back
            stop = float(lengths[edge] - clear[network.end[edge]]) - back
            run = _run(style, start, stop, rng)
            if len(run):
                owner = np.array([edge, side, block, style.row[1] == 1], dtype=float)
                tail = np.tile(owner, (len(run), 1))
                half = ROADS[str(network.kinds[edge])].half
                rows.append(np.c_[run[:, :2], run[:, 2] + half, run[:, 3], tail])
    table = np.concatenate(rows)
    edge, side, block = (table[:, column].astype(np.int64) for column in (4, 5, 6))
    return Lots(
        edge, side, table[:, 0], table[:, 1], table[:, 2], table[:, 3], table[:, 7] > 0, block
    )


def _clearance(network: Network) -> Points:
    """Metres from each junction that the roads meeting there keep free of houses."""
    clear = np.zeros(int(max(network.start.max(), network.end.max())) + 1)
    half = np.array([ROADS[str(kind)].half for kind in network.kinds])
    np.maximum.at(clear, network.start, half)
    np.maximum.at(clear, network.end, half)
    return clear


def _run(style: Style, start: float, stop: float, rng: np.random.Generator) -> Points:
    """Rows (begin, finish, setback, depth) of the houses that fit between start and stop."""
    houses: list[tuple[float, float, float, float]] = []
    at = start + (0.0 if style.row[1] > 1 else rng.uniform(1, 5))
    while at < stop:
        setback = rng.uniform(*style.setback)
        count = int(rng.integers(style.row[0], style.row[1] + 1))
        depth = rng.uniform(*style.depth)
        for _ in range(count):
            front = rng.uniform(*style.front)
            left = stop - at - front
            if style.row[1] > 1 and 0 < left < style.front[0]:
                front += left
            if at + front > stop + 0.01:
                at = stop
                break
            houses.append((at, at + front, setback, depth))
            at += front
        at += rng.uniform(*style.gap)
    return np.array(houses).reshape(-1, 4)


def _footprints(network: Network, lots: Lots, rng: np.random.Generator) -> Shapes:
    """Row houses share walls across the street's bends; detached ones stand square to it."""
    middle = (lots.begin + lots.finish) / 2
    here, normal = _frame(network, lots, middle)
    tangent = np.c_[normal[:, 1], -normal[:, 0]] * lots.side[:, None]
    half = ((lots.finish - lots.begin) / 2)[:, None] * tangent
    near, far = lots.setback[:, None], (lots.setback + lots.depth)[:, None]
    lean = rng.uniform(-0.03, 0.03, (len(middle), 1)) * tangent
    square = np.stack(
        [
            here - half + normal * near, here + half + normal * near,
            here + half + (normal + lean) * far, here - half + (normal + lean) * far,
        ],
        axis=1,
    )  # fmt: skip
    first, first_normal = _frame(network, lots, lots.begin)
    last, last_normal = _frame(network, lots, lots.finish)
    row = np.stack(
        [
            first + first_normal * near, last + last_normal * near,
            last + last_normal * far, first + first_normal * far,
        ],
        axis=1,
    )  # fmt: skip
    rings = np.where(lots.detached[:, None, None], square, row)
    shapes: Shapes = np.asarray(shapely.polygons(rings), dtype=object)
    return np.where(shapely.is_valid(shapes), shapes, shapely.buffer(shapes, 0))


def _frame(network: Network, lots: Lots, at: Points) -> tuple[Points, Points]:
    """Point of each lot's edge at a distance along it, and the unit normal to the lot's side."""
    lines = network.lines[lots.edge]
    here = shapely.get_coordinates(shapely.line_interpolate_point(lines, at))
    total = shapely.length(lines)
    ahead = shapely.line_interpolate_point(lines, np.minimum(at + 4, total))
    behind = shapely.line_interpolate_point(lines, np.maximum(at - 4, 0))
    along = shapely.get_coordinates(ahead) - shapely.get_coordinates(behind)
    along /= np.hypot(*along.T)[:, None]
    return here, np.c_[-along[:, 1], along[:, 0]] * lots.side[:, None]


def _apart(shapes: Shapes, detached: NDArray[np.bool_]) -> tuple[Shapes, NDArray[np.bool_]]:
    """Cut later houses where they run into earlier ones; drop those that lose too much."""
    shapes = shapes.copy()
    grown = np.where(detached, shapely.buffer(shapes, 2.0, quad_segs=1), shapes)
    one, other = shapely.STRtree(grown).query(grown, predicate="intersects")
    pairs = np.c_[one, other][one < other]
    clash = shapely.area(shapely.intersection(shapes[pairs[:, 0]], grown[pairs[:, 1]])) > 0.2
    kept = np.ones(len(shapes), dtype=bool)
    whole = shapely.area(shapes)
    for first, second in pairs[clash][np.lexsort(pairs[clash].T)]:
        if not (kept[first] and kept[second]):
            continue
        rest: BaseGeometry = shapely.difference(shapes[[second]], shapes[first])[0]
        if detached[second] or rest.geom_type != "Polygon" or rest.area < 0.5 * whole[second]:
            kept[second] = False
        else:
            shapes[second] = rest
    return shapes, kept


def _tidy(shapes: Shapes) -> Shapes:
    """Cut off the spikes that clipping leaves; footprints without any stay as they are."""
    slim = shapely.buffer(shapes, -0.5, join_style="mitre")
    opened = shapely.buffer(slim, 0.5, join_style="mitre")
    spiky = (shapely.get_num_coordinates(shapes) > 5) | (
        shapely.area(shapes) - shapely.area(opened) > 0.01
    )
    return np.where(spiky, opened, shapes)


def _sheds(town: Town, shapes: Shapes, lots: Lots, rng: np.random.Generator) -> Shapes:
    """Garages beside detached houses and rear buildings behind some of the others."""
    pick = rng.random(len(shapes)) < np.where(lots.detached, 0.42, 0.16)
    some = lots.only(pick)
    beside = np.where(some.detached, 5.5, 0.0)
    shift = np.where(some.detached, rng.uniform(0, 9, len(beside)), rng.uniform(5, 9, len(beside)))
    width = np.where(some.detached, 3.6, rng.uniform(7, 12, len(beside)))
    at = np.where(some.detached, some.finish + beside - 2, (some.begin + some.finish) / 2)
    back = np.where(some.detached, some.setback + shift, some.setback + some.depth + shift)
    deep = np.where(some.detached, 6.0, rng.uniform(6, 9, len(beside)))
    lot = Lots(
        some.edge, some.side, at - width / 2, at + width / 2, back, deep,
        np.ones(len(at), dtype=bool), some.block,
    )  # fmt: skip
    raw = _footprints(town.network, lot, rng)
    fits = shapely.covered_by(raw, shapely.buffer(town.blocks, -6)[lot.block])
    fits &= ~_on_road(town.network, raw)
    raw = raw[fits]
    hit, _ = shapely.STRtree(shapes).query(shapely.buffer(raw, 0.8), predicate="intersects")
    clear = np.ones(len(raw), dtype=bool)
    clear[hit] = False
    raw = raw[clear]
    _, kept = _apart(raw, np.ones(len(raw), dtype=bool))
    return raw[kept]


def _extended(town: Town, houses: Houses, rng: np.random.Generator) -> Shapes:
    """Give some detached houses a wing, so that not every footprint is a rectangle."""
    shapes = houses.shapes.copy()
    plain = houses.lots.detached & (shapely.get_num_coordinates(shapes) == 5)
    chosen = np.flatnonzero(plain & (rng.random(len(shapes)) < 0.34))
    a, b, c, d = (shapely.get_coordinates(shapes[chosen]).reshape(-1, 5, 2)[:, i] for i in range(4))
    share = rng.uniform(0.35, 0.6, (len(chosen), 1))
    corner = c + (d - c) * share
    out = (c - b) * rng.uniform(0.3, 0.45, (len(chosen), 1))
    wings: Shapes = np.asarray(
        shapely.polygons(np.stack([a, b, c + out, corner + out, corner, d], axis=1)), dtype=object
    )
    hit, _ = shapely.STRtree(np.r_[shapes, houses.sheds]).query(wings, predicate="intersects")
    other, _ = shapely.STRtree(wings).query(wings, predicate="intersects")
    alone = np.bincount(hit, minlength=len(wings)) == 1
    alone &= np.bincount(other, minlength=len(wings)) == 1
    fits = alone & shapely.is_valid(wings) & ~_on_road(town.network, wings)
    shapes[chosen[fits]] = wings[fits]
    return shapes
