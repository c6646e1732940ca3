"""What is within so many minutes, for engines that answer tables only: a grid, and its contours."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import contourpy
import numpy as np

from console.domain.places import EARTH_RADIUS_M, Coordinate
from console.geo.engines.contract import Floats, Point, Ring, Table

Ask = Callable[[Sequence[Point], Sequence[int], Sequence[int]], Table]
"""Points, positions of sources and of targets, to a table."""
Bounds = tuple[float, float, float, float]
"""(south, west, north, east) in degrees."""
_STEPS = 56  # cells across
_FASTEST = 25.0  # metres a second, as the crow flies, on a motorway and off it
_DEGREE_M = math.radians(1) * EARTH_RADIUS_M
_NEAR_M = 200.0  # from a road, or as wide as a cell: what is farther off is not reached
_OFF_ROAD = 5.0  # metres a second on what is no road of ours
_TOO_LONG = 1e6  # seconds, where no road is near or no way leads


def reach(ask: Ask, point: Point, minutes: Sequence[int], bounds: Bounds) -> list[tuple[Ring, ...]]:
    """The outlines for each of ``minutes``, each on a grid that is as wide as one gets.

    Nobody is asked about what lies beyond the region's ``bounds``.
    """
    look = partial(_look, ask, point, bounds)
    found = {limit: _outlines(look, limit * 60.0) for limit in sorted(set(minutes))}
    return [found[limit] for limit in minutes]


def _outlines(look: Callable[[float], "_Field"], most: float) -> tuple[Ring, ...]:
    """A first look finds how far one gets in so many seconds."""
    field = look(_FASTEST * most)
    near = field.farthest(most) * 1.2 + field.step
    if near < _FASTEST * most * 0.6:
        field = look(near)
    drawn: Any = contourpy.contour_generator(field.lons, field.lats, field.seconds)
    return tuple(_ring(line) for line in drawn.lines(most) if len(line) > 3)


@dataclass(frozen=True, slots=True)
class _Field:
    """Seconds to every point of a grid; ``metres`` as the crow flies, ``step`` between points."""

    lons: Floats
    lats: Floats
    seconds: Floats
    metres: Floats
    step: float

    def farthest(self, seconds: float) -> float:
        """Metres to the farthest point that is reached in time."""
        return float(self.metres[self.seconds <= seconds].max(initial=0.0))


def _look(ask: Ask, point: Point, bounds: Bounds, far: float) -> _Field:
    """A grid ``far`` metres to each side of the point."""
    lon, lat = point
    east = far / (_DEGREE_M * math.cos(math.radians(lat)))
    lons = np.linspace(lon - east, lon + east, _STEPS + 1)
    lats = np.linspace(lat - far / _DEGREE_M, lat + far / _DEGREE_M, _STEPS + 1)
    south, west, north, east_end = bounds
    edge = _NEAR_M / _DEGREE_M
    is_here = np.outer(
        (lats > south - edge) & (lats < north + edge),
        (lons > west - edge) & (lons < east_end + edge),
    )
    spots = [(float(lons[x]), float(lats[y])) for y, x in np.argwhere(is_here)]
    seconds = np.full((len(lats), len(lons)), _TOO_LONG)
    if spots:
        table = ask([point, *spots], [0], range(1, len(spots) + 1))
        near = max(_NEAR_M, 2 * far / _STEPS)
        off = np.asarray(table.to_road, dtype=np.float64)
        lost = (off > near) | np.isnan(table.seconds[0])
        seconds[is_here] = np.where(lost, _TOO_LONG, table.seconds[0] + off / _OFF_ROAD)
    straight = np.hypot(
        (lons - lon)[None, :] * _DEGREE_M * math.cos(math.radians(lat)),
        (lats - lat)[:, None] * _DEGREE_M,
    )
    return _Field(lons, lats, seconds, straight, 2 * far / _STEPS)


def _ring(line: Floats) -> Ring:
    return tuple(Coordinate(float(lat), float(lon)) for lon, lat in line)
