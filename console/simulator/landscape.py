"""Ground that is not built on, and what covers it: fields, woods, parks, water, rail."""
# Shapely's stubs leave keyword arguments and the elements of arrays open.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from console.simulator.landmarks import Tags
from console.simulator.noise import Noise, Points, Shapes
from console.simulator.roads import ROADS
from console.simulator.town import Town

_BLOCK_TAGS: dict[str, Tags] = {
    "church": {"landuse": "religious"},
    "school": {"amenity": "school"},
    "green": {"leisure": "park"},
    "hospital": {"amenity": "hospital"},
    "cemetery": {"landuse": "cemetery"},
    "allotments": {"landuse": "allotments"},
    "pitch": {"leisure": "pitch", "sport": "soccer"},
    "retail": {"landuse": "retail"},
    "works": {"landuse": "industrial"},
    "market": {"highway": "pedestrian", "area": "yes", "place": "square"},
    "park": {"leisure": "park"},
    "rail": {"landuse": "railway"},
}
_HOMES = ("perimeter", "terrace", "garden", "villa", "tower", "oldtown", "townhall")
_FIELD = 330.0


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """An area with its tags; holes are allowed."""

    shape: shapely.Geometry
    tags: Tags


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A line with its tags."""

    line: shapely.LineString
    tags: Tags


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """All areas and lines that are neither building nor street."""

    patches: tuple[Patch, ...]
    ways: tuple[Way, ...]


def landscape(
    town: Town, homes: Shapes, rng: np.random.Generator, *, river: str, lake: str
) -> Landscape:
    """Cover the whole extract; `homes` are all houses, `river` and `lake` are names."""
    plan = town.plan
    water = shapely.intersection(plan.water, plan.box)
    patches = [Patch(water, {"natural": "water", "water": "river", "name": river})]
    course = shapely.intersection(plan.river, plan.box)
    ways = [Way(part, {"waterway": "river", "name": river}) for part in shapely.get_parts(course)]
    gardens = _gardens(town, homes)
    patches += [Patch(part, {"landuse": "residential"}) for part in gardens]
    patches += _settled(town)
    for park in np.flatnonzero(np.isin(town.uses, ["park", "green", "cemetery"])):
        ground = shapely.buffer(town.blocks[park], -5)
        if ground.geom_type == "Polygon" and ground.area > 2500:
            pond, paths = _park(ground, rng, pond=town.uses[park] != "cemetery")
            patches += pond
            ways += paths
    patches += _countryside(town, shapely.union_all([water, *gardens]), rng)
    patches += _lake(town, lake, rng)
    ways += _tracks(town)
    return Landscape(tuple(patches), tuple(ways))


def _gardens(town: Town, homes: Shapes) -> list[shapely.Polygon]:
    """The ground of the villages: as far as the gardens behind the houses reach."""
    ground = shapely.union_all(town.blocks[town.uses == "village"])
    near = homes[shapely.intersects(homes, ground)]
    reach = shapely.buffer(shapely.union_all(shapely.buffer(near, 46, quad_segs=3)), -18)
    parts = shapely.get_parts(shapely.intersection(ground, reach))
    return [part for part in parts if part.geom_type == "Polygon" and part.area > 300]


def _settled(town: Town) -> list[Patch]:
    """Residential ground per quarter, and every block of another use by itself."""
    patches: list[Patch] = []
    homes = np.isin(town.uses, _HOMES)
    for quarter in np.unique(town.quarter[homes]):
        ground = shapely.union_all(town.blocks[homes & (town.quarter == quarter)])
        patches += [Patch(part, {"landuse": "residential"}) for part in shapely.get_parts(ground)]
    for use, tags in _BLOCK_TAGS.items():
        for block in np.flatnonzero(town.uses == use):
            shape = town.blocks[block]
            if use not in ("works", "rail", "retail"):
                shape = shapely.buffer(shape, -5.0 if use != "market" else -2.0)
            patches += [Patch(part, tags) for part in shapely.get_parts(shape) if part.area > 100]
    banks = shapely.union_all(town.blocks[town.uses == "water"])
    green = shapely.difference(banks, shapely.buffer(town.plan.water, 1))
    patches += [
        Patch(part, {"landuse": "grass"}) for part in shapely.get_parts(green) if part.area > 500
    ]
    return patches


def _blob(centre: Points, radius: float, rng: np.random.Generator) -> shapely.Polygon:
    """A round shape with a wavy edge."""
    around = np.linspace(0, 2 * np.pi, 36, endpoint=False)
    circle = np.c_[np.cos(around), np.sin(around) * rng.uniform(0.55, 0.9)]
    reach = radius * (1 + 0.22 * Noise.of(rng, 1.8).at(circle))
    turn = rng.uniform(0, np.pi)
    spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return shapely.Polygon(centre + (circle * reach[:, None]) @ spin)


def _park(
    ground: shapely.Polygon, rng: np.random.Generator, *, pond: bool
) -> tuple[list[Patch], list[Way]]:
    """A pond, groves, and footpaths from gate to gate and round the middle."""
    centre = shapely.get_coordinates(shapely.point_on_surface(ground))[0]
    size = float(np.sqrt(ground.area))
    patches: list[Patch] = []
    pool = _blob(centre, size * 0.11, rng)
    if pond and ground.contains(pool.buffer(8)):
        patches.append(Patch(pool, {"natural": "water", "water": "pond"}))
    round_walk = _blob(centre, size * 0.2, rng).exterior
    gates = shapely.line_interpolate_point(
        ground.exterior, (np.arange(5) + rng.random(5) * 0.5) / 5, normalized=True
    )
    ways = [Way(shapely.LineString(round_walk.coords), {"highway": "footway"})]
    for gate in gates:
        near = shapely.line_interpolate_point(round_walk, round_walk.project(gate))
        walk = shapely.LineString([gate, near])
        if ground.buffer(1).contains(walk):
            ways.append(Way(walk, {"highway": "footway"}))
    groves = int(ground.area // 16000)
    for _ in range(groves):
        spot = centre + rng.uniform(-0.42, 0.42, 2) * size
        grove = shapely.intersection(_blob(spot, size * 0.09, rng), ground.buffer(-12))
        if grove.geom_type == "Polygon" and not grove.is_empty and not grove.intersects(pool):
            patches.append(Patch(grove, {"natural": "wood"}))
    return patches, ways


def _countryside(town: Town, covered: shapely.Geometry, rng: np.random.Generator) -> list[Patch]:
    """Fields, meadows and woods around the town, as irregular cells."""
    plan = town.plan
    taken = shapely.union_all(town.blocks[~np.isin(town.uses, ["open", "village"])])
    free = shapely.difference(plan.box, shapely.union_all([taken, covered]))
    shapely.prepare(free)
    cells = _cells(town, rng)
    kinds = _covers(town, cells, rng)
    patches: list[Patch] = []
    for kind in ("farmland", "meadow", "forest"):
        shapes = shapely.intersection(cells[kinds == kind], free)
        if kind != "farmland":
            shapes = shapely.get_parts(shapely.union_all(shapes))
        # Drawn in a little, so that no ring touches itself or another.
        parts = shapely.get_parts(shapely.buffer(shapes, -0.3, join_style="mitre"))
        parts = parts[(shapely.get_type_id(parts) == 3) & (shapely.area(parts) > 60)]
        patches += [Patch(part, {"landuse": kind}) for part in parts]
    return patches


def _cells(town: Town, rng: np.random.Generator) -> Shapes:
    """Irregular cells the size of a field, over the whole extract and a little more."""
    reach = float(np.abs(town.plan.box.bounds).max()) + _FIELD
    steps = np.arange(-reach, reach, _FIELD)
    grid = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    sites = town.plan.warp.bend(grid + rng.uniform(-0.42, 0.42, grid.shape) * _FIELD)
    flat = np.array([1.0, 1.35])
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(sites * flat)))
    return shapely.transform(cells, lambda points: points / flat)


def _covers(town: Town, cells: Shapes, rng: np.random.Generator) -> NDArray[np.str_]:
    """What grows in each cell: woods lie together and off the town, meadows along the river."""
    wooded, wet = Noise.of(rng, 1500.0), Noise.of(rng, 700.0)
    centres = shapely.get_coordinates(shapely.centroid(cells))
    river = shapely.distance(shapely.points(centres), town.plan.river)
    near_town = np.hypot(*centres.T) / town.plan.radius < 1.25
    wood = (wooded.at(centres) - 0.25 * near_town > 0.52) & (river > 200)
    meadow = (river < 260) | (wet.at(centres) > 0.55)
    return np.where(wood, "forest", np.where(meadow, "meadow", "farmland"))


def _lake(town: Town, name: str, rng: np.random.Generator) -> list[Patch]:
    """A lake in the country, if there is a place clear of roads."""
    middle = rng.uniform(-1, 1, 2) * town.plan.radius * 0.4
    shape = _blob(middle + np.array([0.9, 1.9]) * town.plan.radius, 190, rng)
    roads = town.network.lines[town.network.ranks > 0]
    if shapely.distance(roads, shape).min() < 60:
        return []
    return [Patch(shape, {"natural": "water", "water": "lake", "name": name})]


def _tracks(town: Town) -> list[Way]:
    """The railway: two tracks, on a bridge wherever a road passes below."""
    plan, network = town.plan, town.network
    roads = network.lines[network.ranks > 0]
    half = np.array([ROADS[str(kind)].half for kind in network.kinds[network.ranks > 0]])
    crossing = shapely.intersects(roads, plan.rail.buffer(8))
    gaps = shapely.union_all(shapely.buffer(roads[crossing], half[crossing] + 6, cap_style="flat"))
    ways: list[Way] = []
    for offset in (2.4, -2.4):
        track = shapely.intersection(plan.rail.offset_curve(offset), plan.box)
        plain = {"railway": "rail", "gauge": "1435", "usage": "main"}
        over = {**plain, "bridge": "yes", "layer": "1"}
        for shape, tags in (
            (shapely.difference(track, gaps), plain),
            (shapely.intersection(track, gaps), over),
        ):
            lines = [each for each in shapely.get_parts(shape) if each.geom_type == "LineString"]
            ways += [Way(line, tags) for line in lines if line.length > 0.5]
    return ways
