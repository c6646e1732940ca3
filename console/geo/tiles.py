"""Cuts an extract into the basemap's vector tiles; runs in a process of its own.

Layers and kinds: ``console.geo.basemap``. Coordinates are Web Mercator scaled to 0..1, y down.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# (osmium and shapely come without complete types)

import gzip
import math
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from console.geo import coast, features, mvt
from console.geo.basemap import ZOOMS
from console.geo.features import Feature

_BUFFER = 64  # tile units around a tile, so that wide lines meet
_LEAST_AREA = 24  # tile units, squared: what is smaller is not drawn below the last zoom
_BATCH = 5_000  # shapes
_SURFACE = 2  # dimensions of a polygon
_SHAPES = {0: mvt.POINT, 1: mvt.LINE, 2: mvt.POLYGON}
_WANTED = (
    "place", "highway", "railway", "waterway", "boundary", "building", "natural", "landuse",
    "leisure", "amenity", "aeroway", "addr:housenumber",
)  # fmt: skip


@dataclass(slots=True)
class _Things:
    """All features and, in step with them, their shapes; the newest wait as WKB.

    A region has few different features and many shapes: equal features are kept once.
    """

    features: list[Feature] = field(default_factory=list[Feature])
    shapes: list[Any] = field(default_factory=list[Any])
    coastline: list[Any] = field(default_factory=list[Any])
    _same: dict[Feature, Feature] = field(default_factory=dict[Feature, Feature])
    _waiting: list[tuple[Feature, str, Feature | None]] = field(
        default_factory=list[tuple[Feature, str, Feature | None]]
    )

    def add(self, feature: Feature, shape: Any) -> None:
        self.features.append(self._same.setdefault(feature, feature))
        self.shapes.append(shape)

    def add_wkb(self, feature: Feature, wkb: str, inside: Feature | None = None) -> None:
        """A shape, and what is written inside it."""
        self._waiting.append((feature, wkb, inside))
        if len(self._waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Read the waiting shapes, all at once."""
        shapes = shapely.from_wkb([wkb for _, wkb, _ in self._waiting])
        points = shapely.point_on_surface(shapes)
        for i, (feature, _, inside) in enumerate(self._waiting):
            self.add(feature, shapes[i])
            if inside is not None:
                self.add(inside, points[i])
        self._waiting.clear()

    def projected(self) -> Any:
        """The shapes in Mercator; they are handed over."""
        self.flush()
        shapes = np.array(self.shapes, dtype=object)
        self.shapes.clear()
        for i in range(0, len(shapes), _BATCH):
            shapes[i : i + _BATCH] = shapely.transform(shapes[i : i + _BATCH], _mercator)
        return shapes


def build(extract: str, target: str, credit: str, tell: Callable[[float], None]) -> int:
    """Write the tiles of ``extract`` to ``target`` (MBTiles tables); answers their number.

    ``credit`` is what every map of them has to show.
    """
    things = _read(extract)
    tell(0.3)
    shapes = _with_sea(things, things.projected())
    Path(target).unlink(missing_ok=True)
    out = sqlite3.connect(target)
    try:
        _prepare(out, shapes, credit)
        count = 0
        for zoom in ZOOMS:
            for row in _tiles(zoom, things.features, shapes):
                out.execute("INSERT INTO tiles VALUES (?, ?, ?, ?)", row)
                count += 1
            tell(0.3 + 0.7 * (zoom - ZOOMS[0] + 1) / len(ZOOMS))
        out.commit()
    finally:
        out.close()
    return count


def _with_sea(things: _Things, shapes: Any) -> Any:
    """Add the sea, as far as the built-up land reaches."""
    land = np.array([each.layer in {"roads", "buildings"} for each in things.features])
    if not things.coastline or not land.any():
        return shapes
    lines = [shapely.transform(line, _mercator) for line in things.coastline]
    west, north, east, south = (float(edge) for edge in shapely.total_bounds(shapes[land]))
    found = coast.sea(lines, (west, north, east, south))
    things.features += [Feature("water", ZOOMS[0], (("kind", "sea"),))] * len(found)
    return np.append(shapes, found) if found else shapes


def _read(extract: str) -> _Things:
    import osmium

    things = _Things()
    wkb = osmium.geom.WKBFactory()
    wanted = osmium.filter.KeyFilter(*_WANTED)
    source = osmium.FileProcessor(extract).with_locations().with_areas(wanted).with_filter(wanted)
    for thing in source:
        try:
            _take(thing, dict(thing.tags), wkb, things)
        except (RuntimeError, osmium.InvalidLocationError):
            continue  # cut off at the extract's edge
    return things


def _take(thing: Any, tags: dict[str, str], wkb: Any, things: _Things) -> None:
    if thing.is_node():
        if feature := features.of_point(tags):
            things.add(feature, shapely.Point(thing.location.lon, thing.location.lat))
    elif thing.is_way():
        if tags.get("natural") == "coastline":
            things.coastline += _pieces(thing)
        elif feature := features.of_line(tags):
            things.add_wkb(feature, wkb.create_linestring(thing))
    elif thing.is_area() and (feature := features.of_area(tags)):
        inside = features.house(tags) if feature.layer == "buildings" else None
        things.add_wkb(feature, wkb.create_multipolygon(thing), inside)


def _pieces(way: Any) -> Iterator[Any]:
    """The parts of a way whose nodes the extract holds."""
    points: list[tuple[float, float]] = []
    for node in [*way.nodes, None]:
        if node is not None and node.location.valid():
            points.append((node.lon, node.lat))
            continue
        if len(points) > 1:
            yield shapely.LineString(points)
        points = []


def _mercator(degrees: Any) -> Any:
    sine = np.sin(np.radians(degrees[:, 1]))
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return np.column_stack([(degrees[:, 0] + 180) / 360, y])


def _degrees(x: float, y: float) -> tuple[float, float]:
    return x * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


def _prepare(out: sqlite3.Connection, shapes: Any, credit: str) -> None:
    west, north, east, south = (float(edge) for edge in shapely.total_bounds(shapes))
    corners = (*_degrees(west, south), *_degrees(east, north))
    out.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "CREATE TABLE metadata (name TEXT, value TEXT);"
        "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER,"
        " tile_data BLOB, PRIMARY KEY (zoom_level, tile_column, tile_row)) WITHOUT ROWID;"
    )
    metadata = {
        "name": "Doorstep basemap",
        "format": "pbf",
        "bounds": ",".join(f"{corner:.6f}" for corner in corners),
        "minzoom": str(ZOOMS[0]),
        "maxzoom": str(ZOOMS[-1]),
        "attribution": credit,
    }
    out.executemany("INSERT INTO metadata VALUES (?, ?)", metadata.items())


def _tiles(
    zoom: int, described: list[Feature], shapes: Any
) -> Iterator[tuple[int, int, int, bytes]]:
    """(zoom, column, row from the south, gzipped tile) for every tile with something in it."""
    chosen, thinned = _visible(zoom, described, shapes)
    per_tile: dict[tuple[int, int], list[int]] = defaultdict(list)
    side = 2**zoom
    margin = _BUFFER / mvt.EXTENT
    edges = shapely.bounds(thinned) * side
    low = np.floor(edges[:, :2] - margin).astype(int)
    high = np.floor(edges[:, 2:] + margin).astype(int)
    for i in range(len(thinned)):
        for x in range(max(low[i, 0], 0), min(high[i, 0], side - 1) + 1):
            for y in range(max(low[i, 1], 0), min(high[i, 1], side - 1) + 1):
                per_tile[x, y].append(i)
    for (x, y), members in sorted(per_tile.items()):
        cut = _cut(thinned[members], side, x, y)
        layers: dict[str, list[mvt.TileFeature]] = defaultdict(list)
        for i, kind, paths in _paths(cut):
            feature = described[chosen[members[i]]]
            layers[feature.layer].append(mvt.TileFeature(kind, paths, feature.properties))
        if data := mvt.encode(layers):
            yield zoom, x, side - 1 - y, gzip.compress(data, 6, mtime=0)


def _visible(zoom: int, described: list[Feature], shapes: Any) -> tuple[Any, Any]:
    """Positions and thinned shapes of what is drawn at this zoom."""
    unit = 1 / (2**zoom * mvt.EXTENT)
    last = zoom == ZOOMS[-1]
    zooms = np.array([feature.zoom for feature in described])
    flat = shapely.get_dimensions(shapes) < 2
    large = shapely.area(shapes) > (0 if last else (unit * _LEAST_AREA) ** 2)
    chosen = np.flatnonzero((zooms <= zoom) & (flat | large))
    thinned = shapely.simplify(shapes[chosen], unit * (2 if last else 6), preserve_topology=False)
    kept = ~(shapely.is_empty(thinned) | shapely.is_missing(thinned))
    return chosen[kept], thinned[kept]


def _cut(shapes: Any, side: int, x: int, y: int) -> Any:
    """The shapes within the tile and its margin, in tile units."""
    margin = _BUFFER / mvt.EXTENT
    box = [
        (x - margin) / side,
        (y - margin) / side,
        (x + 1 + margin) / side,
        (y + 1 + margin) / side,
    ]
    try:
        cut = shapely.clip_by_rect(shapes, *box)
    except shapely.GEOSException:
        cut = shapely.clip_by_rect(shapely.make_valid(shapes), *box)

    def scale(points: Any) -> Any:
        return np.rint((points * side - (x, y)) * mvt.EXTENT)

    return shapely.orient_polygons(shapely.transform(cut, scale))


def _paths(shapes: Any) -> Iterator[tuple[int, int, list[mvt.Path]]]:
    """(position, kind, points, lines or rings) of every simple part of some shapes.

    All coordinates are fetched at once: a region has millions.
    """
    parts, owners = shapely.get_parts(shapes, return_index=True)
    kinds = shapely.get_dimensions(parts)
    kept = ~shapely.is_empty(parts) & (kinds >= 0)
    parts, owners, kinds = parts[kept], owners[kept], kinds[kept]
    lines, of = parts.copy(), np.arange(len(parts))
    if (kinds == _SURFACE).any():
        rings, ring_of = shapely.get_rings(parts, return_index=True)
        flat = np.flatnonzero(kinds != _SURFACE)
        lines, of = np.append(rings, parts[flat]), np.append(ring_of, flat)
        order = np.argsort(of, kind="stable")
        lines, of = lines[order], of[order]
    coordinates, line_of = shapely.get_coordinates(lines, return_index=True)
    points: list[tuple[int, int]] = list(map(tuple, coordinates.astype(int).tolist()))
    ends = np.searchsorted(line_of, np.arange(len(lines)), side="right").tolist()
    paths: list[list[mvt.Path]] = [[] for _ in parts]
    start = 0
    for owner, end in zip(of.tolist(), ends, strict=True):
        paths[owner].append(points[start:end])
        start = end
    for i, owner in enumerate(owners.tolist()):
        yield owner, _SHAPES[int(kinds[i])], paths[i]
