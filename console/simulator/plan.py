"""The large lines of a town: river, railway, rings, radial roads, villages (metres from 0, 0)."""
# Shapely's stubs leave keyword arguments and the elements of arrays open.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.affinity import rotate
from shapely.geometry.base import BaseGeometry

from console.simulator.noise import Line, Noise, Points, Warp, rising, sampled
from console.simulator.roads import Stroke

_STEP = 25.0
RIVER_WIDTH = 54.0
# Clear of the river, which runs from west to east just south of the old town.
_BEARINGS = (90.0, 128.0, 169.0, 222.0, 270.0, 318.0, 371.0, 412.0)
_RADIALS = len(_BEARINGS)


@dataclass(frozen=True, slots=True, eq=False)
class Village:
    """A village about a point of a radial road; houses stand within `ground`."""

    centre: Points
    ground: shapely.Polygon


@dataclass(frozen=True, slots=True, eq=False)
class TownPlan:
    """Everything drawn before the first house: lengths in metres; `box` is the whole extract."""

    radius: float
    core: float
    box: shapely.Polygon
    rings: tuple[float, ...]
    warp: Warp
    river: Line
    water: shapely.Polygon
    rail: Line
    limit: shapely.Polygon
    strokes: tuple[Stroke, ...]
    villages: tuple[Village, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """The measures that the parts of a plan share while it is drawn."""

    rng: np.random.Generator
    radius: float
    core: float
    half: float
    rings: tuple[float, ...]
    warp: Warp
    bearings: Points
    sway: Points

    def radial(self, number: int, distances: Points) -> Points:
        """Points of radial road `number` at these distances, before the warp."""
        phase = self.sway[number]
        angle = self.bearings[number] + 0.10 * np.sin(distances / (0.45 * self.radius) + phase)
        return np.c_[distances * np.cos(angle), distances * np.sin(angle)]

    def angle(self, number: int, distance: float) -> float:
        """Bearing of radial road `number` at a distance."""
        x, y = self.radial(number, np.array([distance]))[0]
        return float(np.arctan2(y, x))

    def line(self, points: Points) -> Line:
        """The warped line through these points."""
        return shapely.LineString(self.warp.bend(points))


def draw_plan(rng: np.random.Generator, radius: float, turn: float = 0.0) -> TownPlan:
    """Draw the plan of a town whose built-up area reaches about `radius` metres.

    It will be turned by `turn` radians on the map, where its box is to stand upright.
    """
    draft = _draft(rng, radius)
    limit = _limit(draft)
    river, arcs = _river(draft)
    water = _widened(draft, river)
    rail = _rail(draft)
    half = draft.half
    box = rotate(shapely.box(-half, -half, half, half), -turn, origin=(0, 0), use_radians=True)
    radials = [part for line in _radials(draft, river) for part in _lines(line & box)]
    villages = _villages(draft, shapely.union_all([water, rail]))
    grounds = shapely.union_all([village.ground for village in villages])
    strokes = [
        *arcs,
        *_banks(draft, river, RIVER_WIDTH / 2 + 24, "quay", limit),
        *_banks(draft, rail, 26.0, "street", limit),
        *_classed(radials, limit, grounds),
        *_links(draft, villages, water, grounds, limit),
        *_rims(limit, villages),
    ]
    return TownPlan(
        radius, draft.core, box, draft.rings, draft.warp, river, water, rail, limit,
        tuple(strokes), tuple(villages),
    )  # fmt: skip


def _draft(rng: np.random.Generator, radius: float) -> _Draft:
    core = 265.0 * (radius / 1600) ** 0.35
    bypass = 0.95 * radius
    gaps = max(2, round((bypass - core) / 640))
    rings = tuple(np.linspace(core, bypass, gaps + 1))
    bearings = np.radians(_BEARINGS) + rng.uniform(-0.13, 0.13, _RADIALS)
    if gaps > 3:
        bearings = np.r_[bearings, bearings + np.pi / _RADIALS]
    warp = Warp.of(rng, 1500.0, 75.0, (rng.uniform(1.06, 1.18), rng.uniform(0.9, 0.97)))
    sway = rng.uniform(0, 2 * np.pi, len(bearings))
    return _Draft(rng, radius, core, 2.35 * radius, rings, warp, bearings, sway)


def _limit(draft: _Draft) -> shapely.Polygon:
    around = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    circle = np.c_[np.cos(around), np.sin(around)]
    reach = draft.radius * 1.3 * (1 + 0.06 * Noise.of(draft.rng, 1.1).at(circle))
    return shapely.Polygon(draft.warp.bend(circle * reach[:, None]))


def _course(draft: _Draft, phases: Points) -> Line:
    """The river for these phases: straight before the old town, winding further out."""
    x = np.arange(-1.3 * draft.half, 1.3 * draft.half, 30.0)
    wide = 0.17 * draft.radius * np.sin(2 * np.pi * x / (2.3 * draft.radius) + phases[0])
    small = 75 * np.sin(2 * np.pi * x / (0.85 * draft.radius) + phases[1])
    taper = rising(np.abs(x), 0.6 * draft.core, 2.6 * draft.core)
    fall = 0.13 * np.maximum(0, np.abs(x) - 0.9 * draft.radius)
    return draft.line(np.c_[x, -(draft.core + 78) + taper * (wide + small) - fall])


def _river(draft: _Draft) -> tuple[Line, list[Stroke]]:
    """Try courses until every ring crosses the river twice and steeply."""
    arcs = _arcs(draft)
    lines = [arc.line for arc in arcs if arc.kind != "wall"]
    best, best_angle = None, -1.0
    for _ in range(60):
        course = _course(draft, draft.rng.uniform(0, 2 * np.pi, 2))
        angles = [angle for line in lines for angle in _crossings(line, course)]
        expected = 2 * (len(draft.rings) - 1)
        worst = min(angles, default=0.0) - 90.0 * (len(angles) != expected)
        if best is None or worst > best_angle:
            best, best_angle = course, worst
        if best_angle > 55:
            break
    assert best is not None  # noqa: S101 - sixty courses were tried
    return best, arcs


def _heading(line: Line, point: shapely.Point) -> float:
    at = shapely.line_locate_point(line, point)
    ends = shapely.get_coordinates(shapely.line_interpolate_point(line, [max(0, at - 15), at + 15]))
    return float(np.arctan2(*(ends[1] - ends[0])[::-1]))


def _crossings(line: Line, other: Line) -> list[float]:
    """Angles in degrees (0 to 90) at which two lines cross."""
    met = shapely.get_parts(shapely.intersection(line, other))
    points = met[~shapely.is_empty(met)]
    turns = [_heading(line, point) - _heading(other, point) for point in points]
    return [float(np.degrees(np.arcsin(abs(np.sin(turn))))) for turn in turns]


_WALLS = ("Nordwall", "Westwall", "Südwall", "Ostwall")
_RINGS = ("Nordring", "Westring", "Südring", "Ostring")
_BYPASS = ("Nordtangente", "Westtangente", "Südtangente", "Osttangente")


def _arcs(draft: _Draft) -> list[Stroke]:
    """The rings, each in as many pieces as there are radial roads."""
    strokes: list[Stroke] = []
    for level, distance in enumerate(draft.rings):
        last = level == len(draft.rings) - 1
        kind = "wall" if level == 0 else "bypass" if last else "ring"
        names = _WALLS if level == 0 else _BYPASS if last else _RINGS if level == 1 else ("",) * 4
        sway = Noise.of(draft.rng, 2.2)
        for number in range(_RADIALS):
            start = draft.angle(number, distance)
            sweep = (draft.angle((number + 1) % _RADIALS, distance) - start) % (2 * np.pi)
            over = 3.0 / distance
            around = np.linspace(start - over, start + sweep + over, max(12, int(distance / 25)))
            circle = np.c_[np.cos(around), np.sin(around)]
            share = np.clip((around - start) / sweep, 0, 1)
            bulge = 1 + (0.10 if level else 0.06) * sway.at(circle) * np.sin(np.pi * share)
            line = draft.line(circle * (distance * bulge)[:, None])
            strokes.append(Stroke(line, kind, names[((number + 1) % _RADIALS) // 2]))
    return strokes


def _widened(draft: _Draft, river: Line) -> shapely.Polygon:
    """The river's surface: a band of uneven width around its line."""
    along = np.arange(0, river.length, 25.0)
    at = shapely.get_coordinates(shapely.line_interpolate_point(river, along))
    tangent = np.gradient(at, axis=0)
    normal = np.c_[-tangent[:, 1], tangent[:, 0]] / np.hypot(tangent[:, 0], tangent[:, 1])[:, None]
    left, right = Noise.of(draft.rng, 420.0), Noise.of(draft.rng, 420.0)
    west = at + normal * (RIVER_WIDTH / 2 + 5 * left.at(at))[:, None]
    east = at - normal * (RIVER_WIDTH / 2 + 5 * right.at(at))[:, None]
    return shapely.Polygon(np.r_[west, east[::-1]])


def _rail(draft: _Draft) -> Line:
    x = np.arange(-1.3 * draft.half, 1.3 * draft.half, 60.0)
    slope = draft.rng.uniform(-0.07, 0.07)
    bend = 0.10 * draft.radius * rising(np.abs(x), 0.6 * draft.radius, 2.2 * draft.radius)
    return draft.line(np.c_[x, draft.rings[1] + 190 + slope * x + bend])


def _banks(
    draft: _Draft, axis: Line, offset: float, kind: str, limit: shapely.Polygon
) -> list[Stroke]:
    """Streets on both sides of river or railway inside the bypass, bare boundaries beyond."""
    reach = draft.radius * 0.97
    circle = shapely.Polygon(draft.warp.bend(_circle(reach)))
    strokes: list[Stroke] = []
    for side in (offset, -offset):
        line = axis.offset_curve(side)
        inside = shapely.intersection(line, circle)
        outside = shapely.intersection(shapely.difference(line, circle), limit.buffer(2))
        strokes += [Stroke(part, kind) for part in _lines(inside)]
        strokes += [Stroke(part, "rim") for part in _lines(outside)]
    return strokes


def _circle(reach: float) -> Points:
    around = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    return reach * np.c_[np.cos(around), np.sin(around)]


def _lines(shape: BaseGeometry) -> list[Line]:
    merged = shapely.line_merge(shape) if shape.geom_type == "MultiLineString" else shape
    return [part for part in shapely.get_parts(merged) if part.length > 1]


def _radials(draft: _Draft, river: Line) -> list[Line]:
    """The radial roads from a ring outwards; one that meets the river askew starts later."""
    lines: list[Line] = []
    for number in range(len(draft.bearings)):
        level = 0 if number < _RADIALS else 2
        while True:
            start = draft.rings[level] - 3
            line = draft.line(draft.radial(number, np.arange(start, 1.6 * draft.half, _STEP)))
            near = shapely.LineString(line.coords[: int(draft.radius / _STEP)])
            angles = _crossings(near, river)
            if level == 2 or (len(angles) <= 1 and min(angles, default=90) > 42):
                break
            level += 1
        lines.append(line)
    return lines


def _classed(
    radials: list[Line], limit: shapely.Polygon, grounds: shapely.Geometry
) -> list[Stroke]:
    """Radial roads in pieces: in town, in a village, in the country."""
    strokes: list[Stroke] = []
    country = shapely.union_all([limit, grounds])
    for line in radials:
        inner = [part for part in _lines(shapely.intersection(line, limit)) if part.length > 60]
        strokes += [Stroke(part, "radial") for part in inner]
        strokes += [
            Stroke(part, "radial")
            for part in _lines(shapely.intersection(line, grounds))
            if part.length > 60
        ]
        strokes += [Stroke(part, "country") for part in _lines(shapely.difference(line, country))]
    return strokes


def _villages(draft: _Draft, barred: shapely.Geometry) -> list[Village]:
    """Villages on radial roads, clear of river and railway and of each other."""
    villages: list[Village] = []
    count = len(draft.bearings)
    tries = np.r_[draft.rng.permutation(count), draft.rng.permutation(count)]
    wanted = 2 if draft.radius < 900 else 5 if draft.radius < 2400 else 10
    for number in tries:
        distance = draft.radius * draft.rng.uniform(1.66, 2.15)
        centre = draft.warp.bend(draft.radial(int(number), np.array([distance])))[0]
        ground = _ground(draft.rng, centre + draft.rng.uniform(-50, 50, 2))
        others = shapely.union_all([village.ground for village in villages])
        if (
            shapely.distance(ground, barred) > 150
            and (not villages or shapely.distance(ground, others) > 0.55 * draft.radius)
            and len(villages) < wanted
        ):
            villages.append(Village(centre, ground))
    return villages


def _ground(rng: np.random.Generator, centre: Points) -> shapely.Polygon:
    circle = _circle(1.0)[::6]
    reach = rng.uniform(260, 340) * (1 + 0.2 * Noise.of(rng, 1.6).at(circle))
    return shapely.Polygon(centre + circle * reach[:, None])


def _links(
    draft: _Draft,
    villages: list[Village],
    water: shapely.Geometry,
    grounds: shapely.Geometry,
    limit: shapely.Polygon,
) -> list[Stroke]:
    """Country lanes between neighbouring villages on the same side of the river."""
    ordered = sorted(villages, key=lambda each: float(np.arctan2(*each.centre[::-1])))
    strokes: list[Stroke] = []
    for here, there in zip(ordered, [*ordered[1:], *ordered[:1]], strict=True):
        line = shapely.LineString(_lane(draft.rng, here.centre, there.centre))
        if not line.intersects(water) and not line.intersects(limit.buffer(60)):
            strokes += [Stroke(part, "link") for part in _lines(shapely.difference(line, grounds))]
            strokes += [Stroke(part, "entry") for part in _lines(line.intersection(grounds))]
    return strokes


def _lane(rng: np.random.Generator, start: Points, end: Points) -> Points:
    """A winding way round the town from one village to the next."""
    points = sampled(start, end, 40.0)
    share = np.linspace(0, 1, len(points))[:, None]
    ends = np.hypot(*start) * (1 - share) + np.hypot(*end) * share
    bowed = points / np.maximum(1.0, np.hypot(*points.T))[:, None] * ends
    sway = Warp.of(rng, 900.0, 45.0).bend(bowed) - bowed
    lane = bowed + sway * np.sin(np.pi * share)
    over = 5.0 / np.hypot(*(lane[1] - lane[0]))
    first, last = lane[0] - over * (lane[1] - lane[0]), lane[-1] + over * (lane[-1] - lane[-2])
    return np.r_[[first], lane, [last]]


def _rims(limit: shapely.Polygon, villages: list[Village]) -> list[Stroke]:
    grounds = [limit, *(village.ground for village in villages)]
    return [Stroke(shapely.LineString(each.exterior.coords), "rim") for each in grounds]
