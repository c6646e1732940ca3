import math
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import pytest

from console.dispatch.ports import Region
from console.domain.errors import ConsoleError
from console.geo.basemap import FILE, ZOOMS, RegionBasemap
from tests.geo import town


def tile_of(lat: float, lon: float, zoom: int) -> tuple[int, int, int]:
    sine = math.sin(math.radians(lat))
    y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return zoom, int((lon + 180) / 360 * 2**zoom), int(y * 2**zoom)


def everything(basemap: RegionBasemap, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """All features of the last zoom, layer by layer, as another program reads them."""
    with closing(sqlite3.connect(folder / FILE)) as tiles:
        rows = tiles.execute("SELECT * FROM tiles WHERE zoom_level = 14").fetchall()
    layers: dict[str, list[dict[str, Any]]] = {}
    for zoom, x, row, _ in rows:
        data = basemap.tile(zoom, x, 2**zoom - 1 - row)
        assert data
        for name, layer in mapbox_vector_tile.decode(data).items():
            assert layer["extent"] == 4096
            assert layer["version"] == 2
            layers.setdefault(name, []).extend(layer["features"])
    return layers


@pytest.fixture
def basemap(region: Region) -> Iterator[RegionBasemap]:
    basemap = RegionBasemap(region.folder)
    yield basemap
    basemap.close()


def test_every_layer_is_there(basemap: RegionBasemap, region: Region) -> None:
    layers = everything(basemap, region.folder)
    assert set(layers) == {"roads", "water", "buildings", "places", "addr"}
    roads = [feature["properties"] for feature in layers["roads"]]
    assert {"kind": "major_road", "name": "Hauptstraße"} in roads
    assert {"kind": "minor_road", "name": "Mühlweg"} in roads
    assert {"kind": "major_road", "oneway": 1} in roads
    assert {feature["properties"]["kind"] for feature in layers["water"]} == {"lake", "river"}
    assert {feature["properties"]["name"] for feature in layers["places"]} >= {"Teststadt"}
    assert "20-24" in {feature["properties"]["hnr"] for feature in layers["addr"]}


def test_shapes_keep_their_place(basemap: RegionBasemap) -> None:
    """The crossing of Mühlweg and Hauptstraße is where the map says."""
    zoom, x, y = tile_of(town.row(4), town.WEST, 14)
    data = basemap.tile(zoom, x, y)
    assert data
    roads = mapbox_vector_tile.decode(data, default_options={"y_coord_down": True})["roads"]
    road = next(f for f in roads["features"] if f["properties"].get("name") == "Mühlweg")
    sine = math.sin(math.radians(town.row(4)))
    down = (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * 2**14
    expected = (((town.WEST + 180) / 360 * 2**14 - x) * 4096, (down - y) * 4096)
    assert road["geometry"]["coordinates"][0] == pytest.approx(expected, abs=2)


def test_polygons_are_filled(basemap: RegionBasemap, region: Region) -> None:
    lakes = [
        f for f in everything(basemap, region.folder)["water"] if f["properties"]["kind"] == "lake"
    ]
    assert {lake["geometry"]["type"] for lake in lakes} <= {"Polygon", "MultiPolygon"}


def test_far_zooms_show_less(basemap: RegionBasemap) -> None:
    data = basemap.tile(*tile_of(town.row(3), town.WEST, ZOOMS[1]))
    assert data
    layers = mapbox_vector_tile.decode(data)
    assert "addr" not in layers
    assert all(f["properties"]["kind"] == "major_road" for f in layers["roads"]["features"])


@pytest.mark.parametrize("tile", [(14, 0, 0), (7, 0, 0), (15, 1, 1), (14, -1, 0), (9, 512, 0)])
def test_nothing_where_there_is_nothing(basemap: RegionBasemap, tile: tuple[int, int, int]) -> None:
    assert basemap.tile(*tile) is None


def test_bounds_and_credit(basemap: RegionBasemap) -> None:
    south, west, north, east = basemap.bounds
    assert south < town.row(0) < town.row(6) < north
    assert west < town.WEST < east
    assert "OpenStreetMap" in basemap.attribution
    basemap.close()
    assert basemap.tile(14, 1, 1) is None


def test_a_missing_map_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ConsoleError, match="map of the region") as caught:
        RegionBasemap(tmp_path)
    assert "region add" in caught.value.remedy
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(ConsoleError, match="map of the region"):
        RegionBasemap(tmp_path)
