"""Tiles are read as they were written, and the frame holds what it is for."""

import mapbox_vector_tile
import pytest

from console.domain.places import Coordinate
from console.gateway.ground import Ground, flat, frame_of, ratio_of
from console.geo.mvt import LINE, POLYGON, TileFeature, encode

POINTS = [Coordinate(47.1, 9.50), Coordinate(47.2, 9.55), Coordinate(47.15, 9.60)]


class OneTile:
    """The same tile everywhere."""

    def __init__(self, data: bytes | None) -> None:
        self.data, self.asked = data, []

    attribution = "Whose data it is"

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        self.asked.append((z, x, y))
        return self.data


RING = ((0, 0), (4096, 0), (4096, 4096), (0, 4096), (0, 0))
TILE = encode(
    {
        "landuse": [TileFeature(POLYGON, [RING], (("kind", "park"),))],
        "buildings": [TileFeature(POLYGON, [RING], (("kind", "building"),))],
        "roads": [
            TileFeature(
                LINE, [((0, 0), (2048, 2048)), ((5, 5), (9, 5))], (("kind", "minor_road"),)
            ),
            TileFeature(LINE, [((0, 9), (9, 9))], (("name", "Weg"), ("oneway", 1))),
        ],
    }
)


def test_what_is_written_is_read() -> None:
    frame = frame_of(POINTS, 2)
    basemap = OneTile(TILE)
    shapes = Ground(basemap).shapes(frame)
    tiles = len(basemap.asked)
    assert 1 <= tiles <= 24
    assert [shape.layer for shape in shapes] == ["landuse"] * tiles + ["roads"] * 2 * tiles
    assert {shape.kind for shape in shapes} == {"park", "minor_road", ""}
    z, x, y = basemap.asked[0]
    park = shapes[0]
    assert park.is_area
    assert park.paths[0][0] == pytest.approx((x / 2**z, y / 2**z))
    assert park.paths[0][2] == pytest.approx(((x + 1) / 2**z, (y + 1) / 2**z))
    assert park.paths[0][0] == park.paths[0][-1]
    road = next(shape for shape in shapes if shape.kind == "minor_road")
    assert [len(path) for path in road.paths] == [2, 2]


def test_a_library_reads_the_same() -> None:
    told = mapbox_vector_tile.decode(TILE, default_options={"y_coord_down": True})
    lines = told["roads"]["features"][0]["geometry"]["coordinates"]
    shapes = Ground(OneTile(TILE)).shapes(frame_of(POINTS[:1], 1))
    z, x, y = 14, *(int(part * 2**14) for part in flat(POINTS[0]))
    road = next(
        s for s in shapes if s.kind == "minor_road" and s.paths[0][0] == (x / 2**z, y / 2**z)
    )
    mine = [[[(a * 2**z - x) * 4096, (b * 2**z - y) * 4096] for a, b in p] for p in road.paths]
    for path, line in zip(mine, lines, strict=True):
        for point, other in zip(path, line, strict=True):
            assert point == pytest.approx(other, abs=1e-3)


def test_a_hole_in_the_map_is_empty_and_a_tile_is_read_once() -> None:
    frame = frame_of(POINTS, 2)
    assert Ground(OneTile(None)).shapes(frame) == []
    basemap = OneTile(TILE)
    ground = Ground(basemap)
    ground.shapes(frame)
    asked = len(basemap.asked)
    ground.shapes(frame)
    assert len(basemap.asked) == asked


@pytest.mark.parametrize("points", [POINTS, POINTS[:1], POINTS[:1] * 3])
@pytest.mark.parametrize("ratio", [0.5, 2.4])
def test_the_frame_holds_every_point(points: list[Coordinate], ratio: float) -> None:
    frame = frame_of(points, ratio)
    assert frame.width / frame.height == pytest.approx(ratio)
    for x, y in map(flat, points):
        assert frame.x < x < frame.x + frame.width
        assert frame.y < y < frame.y + frame.height


def test_tall_routes_ask_for_tall_maps() -> None:
    assert ratio_of([Coordinate(47, 9), Coordinate(48, 9.1)]) < 0.2
    assert ratio_of([Coordinate(47, 9), Coordinate(47.01, 10)]) > 20
