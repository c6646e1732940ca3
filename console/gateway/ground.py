"""The ground of a printed map: water, green and streets from the region's vector tiles."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from console.dispatch.ports import Basemap
from console.domain.places import Coordinate

LAYERS = ("landuse", "water", "roads")
ZOOMS = (8, 14)
_MOVE, _DRAW, _CLOSE = 1, 2, 7
_LINE, _POLYGON = 2, 3
_MOST_TILES = 24
_MARGIN_X, _MARGIN_Y = 1.14, 1.2
_EARTH_M = 40_075_016.686
_LEAST = 1e-9  # of the earth: a hand's breadth, so that a single door has a ratio too

Point = tuple[float, float]
"""In the plane of the map: the whole earth is 1 x 1, x to the east, y to the south."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A feature to draw: its layer and kind, and its lines or rings."""

    layer: str
    kind: str
    is_area: bool
    paths: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the plane: west, north, and its width and height."""

    x: float
    y: float
    width: float
    height: float


def flat(point: Coordinate) -> Point:
    """A point in the plane, by Mercator's projection on a sphere."""
    sine = max(-0.9999, min(0.9999, math.sin(math.radians(point.lat))))
    return point.lon / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def ratio_of(points: Sequence[Coordinate]) -> float:
    """How wide the points lie for their height, margins included."""
    (_, width), (_, height) = _extent(points)
    return max(width * _MARGIN_X, _LEAST) / max(height * _MARGIN_Y, _LEAST)


def frame_of(points: Sequence[Coordinate], ratio: float, least_m: float = 600) -> Frame:
    """All points with a margin, ``ratio`` as wide as high, no narrower than ``least_m`` metres."""
    (x, wide), (y, high) = _extent(points)
    metre = 1 / (_EARTH_M * math.cos(math.radians(points[0].lat)))
    width = max(wide * _MARGIN_X, high * _MARGIN_Y * ratio, least_m * metre)
    height = width / ratio
    return Frame(x - width / 2, y - height / 2, width, height)


def _extent(points: Sequence[Coordinate]) -> list[tuple[float, float]]:
    """Middle and length of both axes."""
    axes = zip(*(flat(point) for point in points), strict=True)
    return [((min(axis) + max(axis)) / 2, max(axis) - min(axis)) for axis in axes]


class Ground:
    """Shapes of one basemap; the same tile is read once for all sheets of a print."""

    def __init__(self, basemap: Basemap) -> None:
        self._shapes = lru_cache(maxsize=256)(self._read)
        self._basemap = basemap

    @property
    def credit(self) -> str:
        """Whose data it is: has to stand on the print."""
        return self._basemap.attribution

    def shapes(self, frame: Frame) -> list[Shape]:
        """All that lies in the frame, what is drawn first first."""
        zoom, west, north, east, south = _tiles(frame)
        found = [
            shape
            for y in range(north, south + 1)
            for x in range(west, east + 1)
            for shape in self._shapes(zoom, x, y)
        ]
        return sorted(found, key=lambda shape: LAYERS.index(shape.layer))

    def _read(self, zoom: int, x: int, y: int) -> tuple[Shape, ...]:
        data = self._basemap.tile(zoom, x, y)
        return tuple(_decoded(data, zoom, x, y)) if data else ()


def _tiles(frame: Frame) -> tuple[int, int, int, int, int]:
    """The finest zoom that needs few tiles, and the span of these."""
    zoom = ZOOMS[1]
    while True:
        count = 1 << zoom
        west, east = int(frame.x * count), int((frame.x + frame.width) * count)
        north, south = int(frame.y * count), int((frame.y + frame.height) * count)
        if (east - west + 1) * (south - north + 1) <= _MOST_TILES or zoom == ZOOMS[0]:
            return zoom, west, north, east, south
        zoom -= 1


# -- Mapbox vector tiles (specification 2.1) -------------------------------------------------------


def _decoded(data: bytes, zoom: int, x: int, y: int) -> Iterator[Shape]:
    for field, layer in _fields(memoryview(data)):
        if field == 3 and isinstance(layer, memoryview):
            parts = list(_fields(layer))
            name = next(_string(v) for f, v in parts if f == 1)
            if name in LAYERS:
                yield from _layer(name, parts, (zoom, x, y))


def _layer(
    name: str, parts: Sequence[tuple[int, "int | memoryview"]], tile: tuple[int, int, int]
) -> Iterator[Shape]:
    keys = [_string(value) for field, value in parts if field == 3]
    values = [_value(value) for field, value in parts if field == 4]
    extent = next((v for f, v in parts if f == 5 and isinstance(v, int)), 4096)
    key = keys.index("kind") if "kind" in keys else -1
    for field, feature in parts:
        if field != 2 or not isinstance(feature, memoryview):
            continue
        inner = dict(_fields(feature))
        shape, geometry = inner.get(3), inner.get(4)
        if shape not in {_LINE, _POLYGON} or not isinstance(geometry, memoryview):
            continue
        tags = _numbers(inner.get(2))
        pairs = dict(zip(tags[::2], tags[1::2], strict=False))
        kind = values[pairs[key]] if key in pairs else ""
        yield Shape(name, kind, shape == _POLYGON, tuple(_paths(geometry, tile, extent)))


def _paths(
    data: memoryview, tile: tuple[int, int, int], extent: int
) -> Iterator[tuple[Point, ...]]:
    zoom, left, top = tile
    unit = 1 / (extent << zoom)
    x, y = left * extent, top * extent
    numbers = iter(_numbers(data))
    path: list[Point] = []
    for command in numbers:
        what, count = command & 7, command >> 3
        if what == _CLOSE:
            path.append(path[0])
            continue
        for _ in range(count):
            x += _zigzag(next(numbers))
            y += _zigzag(next(numbers))
            if what == _MOVE:
                if len(path) > 1:
                    yield tuple(path)
                path = []
            path.append((x * unit, y * unit))
    if len(path) > 1:
        yield tuple(path)


def _fields(data: memoryview) -> Iterator[tuple[int, "int | memoryview"]]:
    """A message of protocol buffers: field numbers with whole numbers or bytes."""
    place = 0
    while place < len(data):
        head, place = _varint(data, place)
        kind = head & 7
        if kind == 0:
            value, place = _varint(data, place)
            yield head >> 3, value
            continue
        length = {1: 8, 5: 4}.get(kind, 0)
        if kind == 2:
            length, place = _varint(data, place)
        yield head >> 3, data[place : place + length]
        place += length


def _varint(data: memoryview, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7


def _numbers(data: "int | memoryview | None") -> list[int]:
    if not isinstance(data, memoryview):
        return []
    found, place = list[int](), 0
    while place < len(data):
        number, place = _varint(data, place)
        found.append(number)
    return found


def _zigzag(value: int) -> int:
    return (value >> 1) ^ -(value & 1)


def _string(data: "int | memoryview") -> str:
    return bytes(data).decode("utf-8", "replace") if isinstance(data, memoryview) else ""


def _value(data: "int | memoryview") -> str:
    """A property's value; only texts matter here."""
    if not isinstance(data, memoryview):
        return ""
    return next((_string(value) for field, value in _fields(data) if field == 1), "")
