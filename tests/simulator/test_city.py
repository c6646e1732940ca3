"""The demo city is a town: read back from its extract, not from the generator's memory."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import osmium
import pytest
import shapely

from console.simulator.city import City, write_city

DRIVABLE = {"primary", "secondary", "tertiary", "unclassified", "residential", "living_street"}
_NORTH = 111_320.0
_EAST = _NORTH * np.cos(np.radians(54.76))


@dataclass(frozen=True)
class Read:
    """An extract in metres: tagged ways with node ids and lines, areas, tagged nodes."""

    city: City
    path: Path
    ways: list[tuple[dict[str, str], list[int], shapely.LineString]]
    areas: list[tuple[dict[str, str], shapely.Geometry]]
    nodes: list[dict[str, str]]
    relations: list[dict[str, str]]
    broken: int

    def roads(self) -> Iterator[tuple[dict[str, str], list[int], shapely.LineString]]:
        """All ways a car may use."""
        return (way for way in self.ways if way[0].get("highway") in DRIVABLE)


def _metres(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, lambda points: points * np.array([_EAST, _NORTH]))


def _read(path: Path, city: City) -> Read:
    ways, areas, nodes, relations, broken = [], [], [], [], 0
    factory = osmium.geom.WKBFactory()
    for each in osmium.FileProcessor(str(path)).with_locations().with_areas():
        tags = dict(each.tags)
        if each.is_node() and tags:
            nodes.append(tags)
        elif each.is_way() and ("highway" in tags or "waterway" in tags or "railway" in tags):
            line = shapely.LineString([(node.lon, node.lat) for node in each.nodes])
            ways.append((tags, [node.ref for node in each.nodes], _metres(line)))
        elif each.is_relation():
            relations.append(tags)
        elif each.is_area():
            try:
                shape = shapely.from_wkb(bytes.fromhex(factory.create_multipolygon(each)))
                areas.append((tags, _metres(shape)))
            except RuntimeError:
                broken += 1
    return Read(city, path, ways, areas, nodes, relations, broken)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    path = tmp_path_factory.mktemp("city") / "city.osm.pbf"
    return _read(path, write_city(path))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_same_seed_same_bytes_other_seed_other_town(tmp_path: Path) -> None:
    one, two, other = (tmp_path / f"{name}.osm.pbf" for name in ("one", "two", "other"))
    first, again = write_city(one, seed=3, addresses=800), write_city(two, seed=3, addresses=800)
    different = write_city(other, seed=4, addresses=800)
    assert first == again
    assert _digest(one) == _digest(two)
    assert _digest(one) != _digest(other)
    assert different.addresses != first.addresses


def test_has_at_least_the_addresses_asked_for_each_once(read: Read) -> None:
    assert 6000 <= len(read.city.addresses) <= 8500
    houses = [tags for tags, _ in read.areas if "addr:housenumber" in tags]
    keys = Counter((tags["addr:street"], tags["addr:housenumber"]) for tags in houses)
    assert set(keys.values()) == {1}
    assert set(keys) == {(place.street, place.number) for place in read.city.addresses}
    assert all(re.fullmatch(r"43\d{3}", place.postcode) for place in read.city.addresses)
    assert read.city.depot in read.city.addresses


def test_odd_numbers_on_one_side_even_on_the_other(read: Read) -> None:
    sides: dict[str, Counter[int]] = defaultdict(Counter)
    for place in read.city.addresses:
        sides[place.street][int(re.sub(r"\D", "", place.number)) % 2] += 1
    long_streets = [each for each in sides.values() if each.total() > 40]
    assert len(long_streets) > 20
    assert sum(min(each.values()) > 8 for each in long_streets) > 0.7 * len(long_streets)


def test_every_area_is_a_valid_polygon(read: Read) -> None:
    assert read.broken == 0
    assert len(read.areas) > 7000


def test_header_holds_the_bounds_and_all_houses_lie_in_them(read: Read) -> None:
    box = osmium.io.Reader(str(read.path)).header().box()
    south, west, north, east = read.city.bounds
    assert (box.bottom_left.lat, box.bottom_left.lon) == pytest.approx((south, west), abs=1e-7)
    assert (box.top_right.lat, box.top_right.lon) == pytest.approx((north, east), abs=1e-7)
    for place in read.city.addresses:
        assert south < place.latitude < north
        assert west < place.longitude < east


def test_each_street_name_is_one_connected_street(read: Read) -> None:
    pieces: dict[str, list[list[int]]] = defaultdict(list)
    for tags, nodes, _ in read.ways:
        if "highway" in tags and "name" in tags:
            pieces[tags["name"]].append(nodes)
    assert len(pieces) > 250
    for name, ways in pieces.items():
        reached, left = set(ways[0]), ways[1:]
        while touching := [way for way in left if reached & set(way)]:
            reached.update(*touching)
            left = [way for way in left if way not in touching]
        assert not left, name
    assert {place.street for place in read.city.addresses} <= set(pieces)
    assert any(set(name) & set("äöüß") for name in pieces)


def test_roads_cross_the_river_only_on_bridges(read: Read) -> None:
    river = next(shape for tags, shape in read.areas if tags.get("water") == "river")
    crossing = [tags for tags, _, line in read.ways if "highway" in tags and line.intersects(river)]
    assert len(crossing) >= 5
    assert all(tags.get("bridge") == "yes" and tags.get("layer") == "1" for tags in crossing)
    lines = [line for tags, _, line in read.ways if tags.get("waterway") == "river"]
    assert all(river.covers(line.interpolate(0.5, normalized=True)) for line in lines)


def _reached(edges: dict[int, list[int]], source: int) -> set[int]:
    seen, todo = {source}, [source]
    while todo:
        for node in edges.get(todo.pop(), []):
            if node not in seen:
                seen.add(node)
                todo.append(node)
    return seen


def _directed(read: Read) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    ahead: dict[int, list[int]] = defaultdict(list)
    back: dict[int, list[int]] = defaultdict(list)
    for tags, nodes, _ in read.roads():
        for a, b in pairwise(nodes):
            ahead[a].append(b)
            back[b].append(a)
            if tags.get("oneway") != "yes":
                ahead[b].append(a)
                back[a].append(b)
    return ahead, back


def test_a_car_reaches_every_road_from_every_road(read: Read) -> None:
    ahead, back = _directed(read)
    every = set(ahead) | set(back)
    source = next(iter(every))
    assert _reached(ahead, source) == every
    assert _reached(back, source) == every


def test_every_house_is_within_60_metres_of_a_drivable_road(read: Read) -> None:
    tree = shapely.STRtree([line for _, _, line in read.roads()])
    spots = shapely.points(
        [(place.longitude * _EAST, place.latitude * _NORTH) for place in read.city.addresses]
    )
    _, distances = tree.query_nearest(spots, return_distance=True, all_matches=False)
    assert distances.max() < 60
    assert np.median(distances) < 25


def test_has_what_a_town_has(read: Read) -> None:
    kinds = Counter(tags.get("highway") for tags, _, _ in read.ways)
    assert {*DRIVABLE, "pedestrian", "footway"} <= set(kinds)
    assert kinds["pedestrian"] > 5
    assert sum(tags.get("oneway") == "yes" for tags, _, _ in read.ways) > 30
    assert any(tags.get("junction") == "roundabout" for tags, _, _ in read.ways)
    assert any(tags.get("railway") == "rail" for tags, _, _ in read.ways)
    assert any(tags.get("type") == "restriction" for tags in read.relations)
    assert any(tags.get("highway") == "traffic_signals" for tags in read.nodes)
    assert any(tags.get("railway") == "station" for tags in read.nodes)
    places = Counter(tags.get("place") for tags in read.nodes)
    assert places["suburb"] == 9
    assert places["village"] >= 3
    assert sum("shop" in tags for tags in read.nodes) > 100
    ground = Counter(
        tags.get(key) for tags, _ in read.areas for key in ("landuse", "leisure", "natural")
    )
    assert {"residential", "industrial", "farmland", "forest", "park", "water"} <= set(ground)


def test_houses_do_not_overlap_nor_stand_on_a_road_or_in_the_river(read: Read) -> None:
    houses = np.array([shape for tags, shape in read.areas if "addr:housenumber" in tags])
    one, other = shapely.STRtree(houses).query(houses, predicate="intersects")
    pairs = one < other
    common = shapely.area(shapely.intersection(houses[one[pairs]], houses[other[pairs]]))
    assert common.max() < 2.0
    roads = [line for _, _, line in read.roads()]
    hit, _ = shapely.STRtree(houses).query(roads, predicate="intersects")
    assert not len(hit)
    river = next(shape for tags, shape in read.areas if tags.get("water") == "river")
    assert not shapely.intersects(houses, river).any()


@pytest.mark.parametrize(("seed", "addresses"), [(1, 800), (2, 1500), (11, 1500)])
def test_other_seeds_and_sizes_hold_together(tmp_path: Path, seed: int, addresses: int) -> None:
    path = tmp_path / "city.osm.pbf"
    other = _read(path, write_city(path, seed=seed, addresses=addresses))
    assert addresses <= len(other.city.addresses) < 2 * addresses
    assert other.broken == 0
    test_a_car_reaches_every_road_from_every_road(other)
    test_each_house_keeps_its_street(other)
    test_roads_lead_over_bridges(other)


def test_each_house_keeps_its_street(read: Read) -> None:
    streets: dict[str, list[shapely.LineString]] = defaultdict(list)
    for tags, _, line in read.ways:
        if "name" in tags and "highway" in tags:
            streets[tags["name"]].append(line)
    joined = {name: shapely.union_all(lines) for name, lines in streets.items()}
    for place in read.city.addresses:
        spot = shapely.Point(place.longitude * _EAST, place.latitude * _NORTH)
        assert joined[place.street].distance(spot) < 60, place


def test_roads_lead_over_bridges(read: Read) -> None:
    river = next(shape for tags, shape in read.areas if tags.get("water") == "river")
    wet = [tags for tags, _, line in read.roads() if line.intersects(river)]
    assert wet
    assert all("bridge" in tags for tags in wet)
