from typing import Any

import mapbox_vector_tile
from hypothesis import given
from hypothesis import strategies as st

from console.geo.mvt import LINE, POINT, POLYGON, TileFeature, encode

numbers = st.integers(-64, 4160)
points = st.tuples(numbers, numbers)
values = st.one_of(st.text(max_size=12), st.integers(-(2**31), 2**31))
properties = st.dictionaries(st.text(min_size=1, max_size=6), values, max_size=4)


def decoded(features: list[TileFeature]) -> list[dict[str, Any]]:
    data = encode({"layer": features})
    layers = mapbox_vector_tile.decode(data, default_options={"y_coord_down": True})
    return layers["layer"]["features"] if layers else []


@given(st.lists(st.tuples(points, properties), min_size=1, max_size=6))
def test_points_and_properties_come_back(
    drawn: list[tuple[tuple[int, int], dict[str, Any]]],
) -> None:
    read = decoded([TileFeature(POINT, [[at]], tuple(tags.items())) for at, tags in drawn])
    assert [(tuple(f["geometry"]["coordinates"]), f["properties"]) for f in read] == drawn


@given(st.lists(points, min_size=2, max_size=30, unique=True))
def test_lines_come_back(line: list[tuple[int, int]]) -> None:
    (read,) = decoded([TileFeature(LINE, [line], ())])
    assert [tuple(point) for point in read["geometry"]["coordinates"]] == line


def test_a_polygon_with_a_hole_comes_back() -> None:
    outer = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
    inner = [(20, 20), (20, 40), (40, 40), (40, 20), (20, 20)]
    (read,) = decoded([TileFeature(POLYGON, [outer, inner], ())])
    rings = read["geometry"]["coordinates"]
    assert read["geometry"]["type"] == "Polygon"
    assert [len(ring) for ring in rings] == [5, 5]
    assert {tuple(point) for point in rings[1]} == set(inner)


def test_what_shrinks_to_nothing_is_left_out() -> None:
    dot = [(5, 5), (5, 5)]
    sliver = [(0, 0), (9, 0), (0, 0)]
    assert encode({"a": [TileFeature(LINE, [dot], ())], "b": []}) == b""
    assert encode({"a": [TileFeature(POLYGON, [sliver], ())]}) == b""
