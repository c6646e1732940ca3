"""Writes Mapbox vector tiles (specification 2.1): the few bytes of protocol buffers they need."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.geo.features import Value

EXTENT = 4096
POINT, LINE, POLYGON = 1, 2, 3
_MOVE, _DRAW, _CLOSE = 1, 2, 7
_ONE_BYTE = 0x80

Path = Sequence[tuple[int, int]]
"""Whole tile units, y down; a ring is closed by repeating its first point."""


@dataclass(frozen=True, slots=True)
class TileFeature:
    """A feature cut to a tile: kind of shape, its points, lines or rings, and its properties.

    Outer rings run clockwise on the screen, inner ones the other way.
    """

    shape: int
    paths: Sequence[Path]
    properties: tuple[tuple[str, Value], ...]


def encode(layers: Mapping[str, Iterable[TileFeature]]) -> bytes:
    """The tile; features that shrink to nothing and empty layers are left out."""
    written = [_layer(name, features) for name, features in layers.items()]
    return b"".join(_message(3, layer) for layer in written if layer)


def _layer(name: str, features: Iterable[TileFeature]) -> bytes:
    keys: dict[str, int] = {}
    values: dict[Value, int] = {}
    body: list[bytes] = []
    for feature in features:
        if geometry := _geometry(feature):
            tags = [
                number
                for key, value in feature.properties
                for number in (
                    keys.setdefault(key, len(keys)),
                    values.setdefault(value, len(values)),
                )
            ]
            packed = _message(2, _packed(tags)) if tags else b""
            packed += _number(3, feature.shape)
            body.append(_message(2, packed + _message(4, _packed(geometry))))
    if not body:
        return b""
    head = _number(15, 2) + _message(1, name.encode())
    head += b"".join(_message(3, key.encode()) for key in keys)
    head += b"".join(_message(4, _value(value)) for value in values)
    return head + b"".join(body) + _number(5, EXTENT)


def _value(value: Value) -> bytes:
    if isinstance(value, str):
        return _message(1, value.encode())
    return _number(6, _zigzag(value))


def _geometry(feature: TileFeature) -> list[int]:
    """The commands: zigzag steps from point to point; empty when nothing is left to draw."""
    if feature.shape == POINT:
        x, y = feature.paths[0][0]
        return [_MOVE | 1 << 3, _zigzag(x), _zigzag(y)]
    commands: list[int] = []
    x = y = 0
    least = 4 if feature.shape == POLYGON else 2
    for path in feature.paths:
        points = _without_repeats(path)
        if len(points) < least:
            continue
        if feature.shape == POLYGON:
            points = points[:-1]
        commands += [_MOVE | 1 << 3, _zigzag(points[0][0] - x), _zigzag(points[0][1] - y)]
        commands.append(_DRAW | (len(points) - 1) << 3)
        x, y = points[0]
        for to_x, to_y in points[1:]:
            commands += (_zigzag(to_x - x), _zigzag(to_y - y))
            x, y = to_x, to_y
        if feature.shape == POLYGON:
            commands.append(_CLOSE | 1 << 3)
    return commands


def _without_repeats(path: Path) -> list[tuple[int, int]]:
    points: list[tuple[int, int]] = []
    for point in path:
        if not points or point != points[-1]:
            points.append(point)
    return points


def _zigzag(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def _spelt(value: int) -> bytes:
    out = bytearray()
    while value >= _ONE_BYTE:
        out.append(value & 0x7F | _ONE_BYTE)
        value >>= 7
    out.append(value)
    return bytes(out)


_VARINTS = [_spelt(value) for value in range(1 << 14)]


def _varint(value: int) -> bytes:
    return _VARINTS[value] if value < len(_VARINTS) else _spelt(value)


def _packed(numbers: Sequence[int]) -> bytes:
    top = len(_VARINTS)
    return b"".join([_VARINTS[n] if n < top else _spelt(n) for n in numbers])


def _message(field: int, body: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(body)) + body


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)
