"""Lines along streets: reading encoded polylines and thinning them for the map."""

import math
from collections.abc import Sequence

from console.domain.places import EARTH_RADIUS_M, Coordinate

_METRES_PER_DEGREE = math.radians(1) * EARTH_RADIUS_M


def decode(line: str, digits: int = 6) -> list[Coordinate]:
    """The points of a polyline encoded with so many digits (Google's algorithm)."""
    scale = 10.0**digits
    points: list[Coordinate] = []
    lat = lon = place = 0
    while place < len(line):
        step, place = _number(line, place)
        lat += step
        step, place = _number(line, place)
        lon += step
        points.append(Coordinate(lat / scale, lon / scale))
    return points


def _number(line: str, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        chunk = ord(line[place]) - 63
        place += 1
        value |= (chunk & 31) << shift
        shift += 5
        if chunk < 32:
            break
    return (~(value >> 1) if value & 1 else value >> 1), place


def thin(points: Sequence[Coordinate], tolerance: float) -> tuple[Coordinate, ...]:
    """Drop points that lie within ``tolerance`` metres of the line (Douglas-Peucker 1973)."""
    if len(points) < 3:
        return tuple(points)
    flat = _flatten(points)
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        farthest, off = _farthest(flat, first, last)
        if off > tolerance:
            kept.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return tuple(points[i] for i in sorted(kept))


def _flatten(points: Sequence[Coordinate]) -> list[tuple[float, float]]:
    """Metres on a plane that touches the earth at the first point; good for one leg."""
    narrowing = math.cos(math.radians(points[0].lat))
    return [
        (point.lon * narrowing * _METRES_PER_DEGREE, point.lat * _METRES_PER_DEGREE)
        for point in points
    ]


def _farthest(flat: list[tuple[float, float]], first: int, last: int) -> tuple[int, float]:
    (x0, y0), (x1, y1) = flat[first], flat[last]
    dx, dy = x1 - x0, y1 - y0
    length = math.hypot(dx, dy)
    best, off = first, 0.0
    for i in range(first + 1, last):
        x, y = flat[i]
        if length:
            along = max(0.0, min(1.0, ((x - x0) * dx + (y - y0) * dy) / length**2))
            distance = math.hypot(x - x0 - along * dx, y - y0 - along * dy)
        else:
            distance = math.hypot(x - x0, y - y0)
        if distance > off:
            best, off = i, distance
    return best, off
