"""Blocks set aside for the market, churches, schools and parks, and the large buildings on them."""
# Shapely's stubs leave keyword arguments and the elements of arrays open.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from console.simulator.network import Numbers
from console.simulator.noise import Points, Shapes

type Uses = NDArray[np.str_]
type Tags = dict[str, str]

# use: (smallest and largest area in m2, one for about so many blocks, quarters it may lie in)
_WANTED = {
    "church": (2500, 14000, 110, ("perimeter", "terrace", "garden", "village")),
    "school": (6000, 22000, 65, ("perimeter", "terrace", "garden", "tower")),
    "green": (4000, 30000, 24, ("perimeter", "terrace", "garden", "villa", "tower")),
    "hospital": (11000, 40000, 420, ("perimeter", "villa", "tower", "terrace")),
    "cemetery": (9000, 40000, 400, ("garden", "villa", "terrace")),
    "allotments": (7000, 40000, 140, ("garden", "villa", "terrace")),
    "pitch": (9000, 40000, 160, ("garden", "terrace", "tower")),
    "retail": (11000, 60000, 180, ("works", "tower", "terrace")),
}


def set_aside(blocks: Shapes, uses: Uses, quarter: Numbers, rng: np.random.Generator) -> Uses:
    """Give some blocks a special use; the others keep theirs."""
    changed = uses.copy()
    areas = shapely.area(blocks)
    _old_town(blocks, changed)
    total = int(np.isin(uses, ["perimeter", "terrace", "garden", "villa", "tower"]).sum())
    order = rng.permutation(len(blocks))
    for use, (low, high, share, places) in _WANTED.items():
        wanted = max(1, round(total / share))
        taken: set[int] = set()
        for block in order:
            fits = changed[block] in places and low < areas[block] < high
            if fits and int(quarter[block]) not in taken:
                changed[block] = use
                wanted -= 1
                if use != "green" or rng.random() < 0.5:
                    taken.add(int(quarter[block]))
            if not wanted:
                break
    return changed


def _old_town(blocks: Shapes, uses: Uses) -> None:
    """Market square in the middle, church and town hall beside it."""
    old = np.flatnonzero(uses == "oldtown")
    centre = shapely.centroid(shapely.union_all(blocks[old]))
    near = shapely.distance(shapely.centroid(blocks[old]), centre)
    score = near - 0.045 * np.minimum(shapely.area(blocks[old]), 4500)
    market = int(old[score.argmin()])
    uses[market] = "market"
    away = shapely.distance(shapely.centroid(blocks[old]), shapely.centroid(blocks[market]))
    away[shapely.area(blocks[old]) < 1300] += 500
    ranked = old[np.argsort(away, kind="stable")]
    for block, use in zip(ranked[ranked != market][:2], ("church", "townhall"), strict=True):
        uses[block] = use


@dataclass(frozen=True, slots=True, eq=False)
class Landmark:
    """A large building or a ground with what it is."""

    shape: shapely.Polygon
    tags: Tags


# Plans as corner points in the unit square, x along the longer side.
_CROSS = ((0, 0.36), (0.3, 0.36), (0.3, 0.05), (0.5, 0.05), (0.5, 0.36), (0.88, 0.36), (1, 0.5),
          (0.88, 0.64), (0.5, 0.64), (0.5, 0.95), (0.3, 0.95), (0.3, 0.64), (0, 0.64))  # fmt: skip
_ELL = ((0, 0), (1, 0), (1, 0.32), (0.34, 0.32), (0.34, 1), (0, 1))
_COMB = ((0, 0), (1, 0), (1, 0.9), (0.8, 0.9), (0.8, 0.3), (0.6, 0.3), (0.6, 1), (0.4, 1),
         (0.4, 0.3), (0.2, 0.3), (0.2, 0.9), (0, 0.9))  # fmt: skip
_BAR = ((0, 0), (1, 0), (1, 1), (0, 1))
_PLANS: dict[str, tuple[tuple[tuple[float, float], ...], float, float, str]] = {
    "church": (_CROSS, 44, 24, "church"),
    "townhall": (_COMB, 46, 26, "civic"),
    "school": (_ELL, 64, 44, "school"),
    "hospital": (_COMB, 100, 62, "hospital"),
    "retail": (_BAR, 78, 46, "retail"),
}


def large_buildings(blocks: Shapes, uses: Uses) -> list[Landmark]:
    """One building on every block that has a plan."""
    found: list[Landmark] = []
    for block in np.flatnonzero(np.isin(uses, list(_PLANS))):
        plan, length, width, building = _PLANS[str(uses[block])]
        yard = shapely.buffer(blocks[block], -7)
        if yard.geom_type == "Polygon" and yard.area > 150:
            shape = _placed(yard, np.array(plan, dtype=float), length, width)
            if shape is not None:
                found.append(Landmark(shape, {"building": building}))
    return found


def _placed(yard: shapely.Polygon, plan: Points, length: float, width: float) -> (
    shapely.Polygon | None
):  # fmt: skip
    """The plan in the middle of the yard along its longer side, smaller until it fits."""
    centre = shapely.get_coordinates(yard.centroid)[0]
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(yard))[:3]
    sides = np.diff(corners, axis=0)
    size = np.hypot(*sides.T)
    axis = sides[size.argmax()] / size.max()
    across = np.array([-axis[1], axis[0]])
    for scale in (1.0, 0.85, 0.7, 0.55, 0.42):
        local = (plan - 0.5) * np.array([length, width]) * scale
        shape = shapely.Polygon(centre + local[:, :1] * axis + local[:, 1:] * across)
        if yard.contains(shape):
            return shape
    return None
