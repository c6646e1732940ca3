"""Quarters of different character, and the streets that divide each of them into blocks."""
# Shapely's stubs leave keyword arguments and the elements of arrays open.
# pyright: reportUnknownMemberType=false

from dataclasses import dataclass

import numpy as np
import shapely
import shapely.ops

from console.simulator.noise import Line, Points, Warp, sampled
from console.simulator.plan import RIVER_WIDTH, TownPlan
from console.simulator.roads import Stroke


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a quarter is divided: blocks of `depth` x `length` metres, lines bent by `reach`.

    `kept` is the share of the cross streets that exist; a low share makes long blocks.
    """

    depth: float
    length: float
    reach: float
    kept: float
    kind: str = "street"


PATTERNS = {
    "perimeter": Pattern(100, 150, 14, 0.86),
    "terrace": Pattern(68, 190, 9, 0.8),
    "garden": Pattern(76, 190, 34, 0.68),
    "villa": Pattern(96, 170, 38, 0.72),
    "tower": Pattern(150, 210, 16, 0.8),
    "works": Pattern(200, 270, 10, 0.75, "works"),
    "village": Pattern(104, 165, 40, 0.6, "village"),
}
BUILT = frozenset({*PATTERNS, "oldtown"})
_OLD_BLOCK = 3000.0


@dataclass(frozen=True, slots=True, eq=False)
class Quarter:
    """A piece of ground between large roads; `character` is a pattern or open, water..."""

    ground: shapely.Polygon
    character: str
    settlement: int = -1


def quarters(plan: TownPlan, rng: np.random.Generator) -> list[Quarter]:
    """Divide the plan along its strokes and give every piece a character."""
    lines = shapely.union_all([stroke.line for stroke in plan.strokes])
    faces = [
        face
        for face in shapely.get_parts(shapely.polygonize([*shapely.get_parts(lines)]))
        if face.area > 400
    ]
    park = _park(plan, faces)
    deck: list[str] = []
    found: list[Quarter] = []
    for face in faces:
        village = _village(plan, face)
        if village is not None:
            found.append(Quarter(face, "village", village))
        else:
            character = "park" if face is park else _character(plan, face, deck, rng)
            found.append(Quarter(face, character))
    return found


def fill(quarter: Quarter, rng: np.random.Generator) -> list[Stroke]:
    """Draw the streets of one quarter; none where nothing is built."""
    if quarter.character == "oldtown":
        return [Stroke(line, "alley") for line in _carved(quarter.ground, rng)]
    pattern = PATTERNS.get(quarter.character)
    if pattern is None or quarter.ground.area < 1.4 * pattern.depth * pattern.length:
        return []
    return _lattice(quarter, pattern, rng)


def _village(plan: TownPlan, face: shapely.Polygon) -> int | None:
    inside = face.representative_point()
    for number, village in enumerate(plan.villages):
        if village.ground.contains(inside):
            return number
    return None


def _park(plan: TownPlan, faces: list[shapely.Polygon]) -> shapely.Polygon:
    """The town park: the ground just outside the old town nearest to the north-west."""
    spot = shapely.Point(plan.warp.bend(np.array([[-0.7, 0.7]]) * (plan.core + plan.rings[1]) / 2))
    return min(faces, key=lambda face: shapely.distance(face, spot))


_MIX = ("terrace", "garden", "tower", "villa", "perimeter", "garden", "terrace")
_EDGE = ("garden", "villa", "terrace", "garden", "tower", "garden", "villa")


def _character(
    plan: TownPlan, face: shapely.Polygon, deck: list[str], rng: np.random.Generator
) -> str:
    x, y = shapely.get_coordinates(face.centroid)[0]
    distance, bearing = float(np.hypot(x, y)), float(np.degrees(np.arctan2(y, x)))
    corridor = _corridor(plan, face)
    if corridor or not plan.limit.contains(face.representative_point()):
        return corridor or "open"
    if distance < plan.core:
        return "oldtown"
    if distance < plan.rings[1] * 0.97:
        return "perimeter"
    if -22 < bearing < 52 and distance > 0.58 * plan.radius:
        return "works"
    if not deck:
        edge = distance > plan.rings[-1]
        deck += [str(each) for each in rng.permutation(_EDGE if edge else _MIX)]
    return deck.pop()


def _corridor(plan: TownPlan, face: shapely.Polygon) -> str:
    """Whether the piece is the band of the river or of the railway."""
    for line, reach, name in ((plan.river, RIVER_WIDTH / 2 + 25, "water"), (plan.rail, 27, "rail")):
        band = shapely.intersection(line.buffer(reach), face)
        if band.area > 0.7 * face.area:
            return name
    return ""


def _spread(rng: np.random.Generator, reach: float, step: float) -> Points:
    """Positions from -reach to reach, unevenly `step` apart."""
    gaps = step * rng.uniform(0.84, 1.18, int(2.6 * reach / step) + 3)
    return np.cumsum(gaps) - reach * 1.1 - rng.uniform(0, step)


def _lattice(quarter: Quarter, pattern: Pattern, rng: np.random.Generator) -> list[Stroke]:
    """Two families of bent lines; the second is broken where a cross street is left out."""
    centre = shapely.get_coordinates(quarter.ground.centroid)[0]
    reach = float(shapely.minimum_bounding_radius(quarter.ground)) * 1.2
    angle = float(np.arctan2(centre[1], centre[0])) + rng.uniform(-0.25, 0.25)
    if quarter.character == "village" or rng.random() < 0.5:
        angle += np.pi / 2
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    warp = Warp.of(rng, 520.0, pattern.reach)
    rows, columns = _spread(rng, reach, pattern.depth), _spread(rng, reach, pattern.length)
    plain = [(np.array([[-reach, row], [reach, row]]), True) for row in rows]
    plain += [(run, False) for run in _cross(rng, rows, columns, pattern.kept)]
    middle = {len(rows) // 2}
    wide, core = quarter.ground.buffer(1.5), quarter.ground.buffer(-34)
    strokes: list[Stroke] = []
    for number, (ends, through) in enumerate(plain):
        points = sampled(ends[0], ends[1], 18.0) @ turn + centre
        kind = "collector" if number in middle and pattern.kind == "street" else pattern.kind
        line = shapely.LineString(warp.bend(points))
        strokes += [Stroke(part, kind) for part in _clipped(line, wide, core, through=through)]
    return strokes


def _cross(rng: np.random.Generator, rows: Points, columns: Points, kept: float) -> list[Points]:
    """Runs of cross street: maximal chains of kept steps between neighbouring rows."""
    runs: list[Points] = []
    for column in columns:
        keep = rng.random(len(rows) - 1) < kept
        edges = np.flatnonzero(np.diff(np.r_[False, keep, False].astype(int)))
        for start, stop in edges.reshape(-1, 2):
            runs.append(np.array([[column, rows[start] - 2], [column, rows[stop] + 2]]))
    return runs


def _clipped(
    line: Line, wide: shapely.Geometry, core: shapely.Geometry, *, through: bool
) -> list[Line]:
    """The parts of a street inside its quarter; one that hugs the quarter's edge is left out."""
    inside = shapely.intersection(line, wide)
    parts = [part for part in shapely.get_parts(inside) if part.geom_type == "LineString"]
    need = 0.55 if through else 0.4
    return [
        part
        for part in parts
        if part.length > 40 and shapely.intersection(part, core).length > need * part.length - 40
    ]


def _carved(ground: shapely.Polygon, rng: np.random.Generator) -> list[Line]:
    """Medieval streets: the ground is cut across, again and again, never quite straight."""
    if ground.area < _OLD_BLOCK * rng.uniform(0.8, 1.5):
        return []
    for _ in range(4):
        cut = _cut(ground, rng)
        parts = shapely.get_parts(shapely.ops.split(ground, cut))
        if len(parts) == 2 and min(part.area for part in parts) > 0.25 * ground.area:
            shown = shapely.intersection(cut, ground.buffer(1.5))
            lines = [shown] if isinstance(shown, shapely.LineString) else []
            return lines + [line for part in parts for line in _carved(part, rng)]
    return []


def _cut(ground: shapely.Polygon, rng: np.random.Generator) -> Line:
    """A bent line across the longer side of the ground's bounding rectangle."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(ground))[:4]
    sides = np.diff(np.r_[corners, corners[:1]], axis=0)[:2]
    long, short = sides if np.hypot(*sides[0]) > np.hypot(*sides[1]) else sides[::-1]
    base = corners.mean(axis=0) + long * rng.uniform(-0.13, 0.13)
    angle = rng.uniform(-0.22, 0.22)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    half = (short / 2 * 1.5) @ turn
    share = np.linspace(-1, 1, 15)[:, None]
    side = np.array([-half[1], half[0]])
    bend = rng.uniform(-0.16, 0.16)
    return shapely.LineString(base + share * half + bend * (1 - share**2) * side)
