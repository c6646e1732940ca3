"""A town's ground plan: quarters, streets and blocks, with the fields at its edge cleared."""
# Shapely's stubs leave keyword arguments and the elements of arrays open.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from console.simulator.landmarks import set_aside
from console.simulator.network import (
    Network,
    Numbers,
    blocks,
    prune,
    reachable,
    sides,
    weave,
)
from console.simulator.noise import Noise, Shapes
from console.simulator.plan import TownPlan, draw_plan
from console.simulator.roads import Stroke
from console.simulator.roundabouts import circled, junctions_to_circle
from console.simulator.streets import BUILT, Quarter, fill, quarters

_REMOVABLE = ("street", "collector", "works", "village", "alley", "quay")


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """Blocks with their quarter and use; `left` and `right` are the blocks beside each edge.

    `uses[b]` is the quarter's character, or "open" where the town has not grown to, or "water",
    "rail", "park".
    """

    plan: TownPlan
    quarters: tuple[Quarter, ...]
    network: Network
    blocks: Shapes
    quarter: Numbers
    uses: NDArray[np.str_]
    left: Numbers
    right: Numbers


def lay_out(rng: np.random.Generator, radius: float, turn: float = 0.0) -> Town:
    """Draw a town of about this radius in metres, without houses, to be turned on the map."""
    plan = draw_plan(rng, radius, turn)
    areas = quarters(plan, rng)
    strokes: list[Stroke] = list(plan.strokes)
    for area in areas:
        strokes += fill(area, rng)
    network = weave(strokes)
    faces = blocks(network)
    inner = shapely.point_on_surface(faces)
    grounds = np.array([area.ground for area in areas], dtype=object)
    owner = shapely.STRtree(grounds).nearest(inner)
    uses = _uses(plan, areas, faces, owner, Noise.of(rng, 850.0))
    left, right = sides(network, faces)
    town = Town(plan, tuple(areas), network, faces, owner, uses, left, right)
    return _finished(_cleared(town), rng)


def _uses(
    plan: TownPlan, areas: list[Quarter], faces: Shapes, owner: Numbers, noise: Noise
) -> NDArray[np.str_]:
    """What each block is for: its quarter's character unless it lies beyond the town's edge."""
    uses = np.array([areas[number].character for number in owner], dtype="<U12")
    centres = shapely.get_coordinates(shapely.centroid(faces))
    reach = np.hypot(*centres.T) / plan.radius
    settlement = np.array([areas[number].settlement for number in owner])
    for number, village in enumerate(plan.villages):
        size = np.sqrt(village.ground.area / np.pi)
        here = settlement == number
        reach[here] = 0.25 + np.hypot(*(centres[here] - village.centre).T) / size
    beyond = reach > 0.97 + 0.24 * noise.at(centres)
    built = np.isin(uses, list(BUILT))
    uses[built & beyond] = "open"
    return uses


def _cleared(town: Town) -> Town:
    """Remove the streets that serve no built block, and whatever then hangs in the air."""
    built = np.isin(town.uses, [*BUILT])
    served = np.zeros(len(town.network.lines), dtype=bool)
    for side in (town.left, town.right):
        served |= (side >= 0) & built[side]
    keep = served | ~np.isin(town.network.kinds, _REMOVABLE)
    network = town.network.only(keep)
    road = network.ranks > 0
    network = prune(network.only(reachable(network, road) | ~road))
    left, right = sides(network, town.blocks)
    road = network.ranks > 0
    bare = ~np.isin(np.arange(len(town.blocks)), np.r_[left[road], right[road]])
    uses = np.where(built & bare, "open", town.uses)
    return replace(town, network=network, uses=uses, left=left, right=right)


def _finished(town: Town, rng: np.random.Generator) -> Town:
    """Roundabouts on the bypass; blocks set aside for market, churches, schools and parks."""
    uses = set_aside(town.blocks, town.uses, town.quarter, rng)
    network = circled(town.network, junctions_to_circle(town.network, town.plan.water))
    left, right = sides(network, town.blocks)
    return replace(town, network=network, uses=uses, left=left, right=right)
