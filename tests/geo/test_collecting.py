"""What an extract may say about addresses besides plain addr:* tags."""

from pathlib import Path

import osmium
import pytest
from osmium.osm import mutable

from console.geo.collecting import Found, collect


def _write(path: Path) -> None:
    """A row of a French and an American town: relations, interpolation, areas with postcodes."""
    nodes = [
        (1, 48.0, 2.0, {"addr:housenumber": "1"}),
        (2, 48.0, 2.001, {"addr:housenumber": "3", "addr:postcode": "75001"}),
        (3, 48.001, 2.0, {"addr:housenumber": "100", "addr:street": "Oak Lane"}),
        (4, 48.001, 2.004, {"addr:housenumber": "108", "addr:street": "Oak Lane"}),
        (5, 48.002, 2.0, {"addr:housename": "Rose Cottage", "addr:street": "Oak Lane"}),
        (6, 48.002, 2.001, {"amenity": "bench", "name": "Bench"}),
        (7, 48.002, 2.002, {"railway": "station", "name": "Gare du Nord", "name:en": "North"}),
        (8, 48.002, 2.003, {"addr:housenumber": "7", "addr:city": "Dorf"}),
        (9, 48.002, 2.003, {"addr:housenumber": "8"}),
        (11, 47.9, 1.9, {}),
        (12, 47.9, 2.1, {}),
        (13, 48.1, 2.1, {}),
        (14, 48.1, 1.9, {}),
        (15, 48.1, 1.95, {}),
    ]
    border = {"type": "boundary", "boundary": "administrative", "admin_level": "8"}
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for ref, lat, lon, tags in nodes:
            writer.add_node(mutable.Node(id=ref, location=(lon, lat), tags=tags, version=1))
        row = {"addr:interpolation": "even"}
        writer.add_way(mutable.Way(id=1, nodes=[3, 4], tags=row, version=1))
        writer.add_way(mutable.Way(id=2, nodes=[11, 12, 13, 15, 14, 11], tags={}, version=1))
        street = {"type": "associatedStreet", "name": "Rue Neuve"}
        members = [("n", 1, "house"), ("n", 2, "house")]
        writer.add_relation(mutable.Relation(id=1, members=members, tags=street, version=1))
        area = {**border, "name": "Villeneuve", "postal_code": "41100"}
        writer.add_relation(
            mutable.Relation(id=2, members=[("w", 2, "outer")], tags=area, version=1)
        )


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    path = tmp_path_factory.mktemp("collecting") / "row.osm.pbf"
    _write(path)
    return collect(str(path), lambda _share: None)


def test_a_street_may_be_named_by_a_relation(found: Found) -> None:
    row = [(h.label, h.postcode, h.town) for h in found.houses if h.street == "Rue Neuve"]
    assert row == [("1", "41100", "Villeneuve"), ("3", "75001", "Villeneuve")]


def test_a_line_between_two_numbers_stands_for_those_between(found: Found) -> None:
    row = {h.label: h.lon for h in found.houses if h.street == "Oak Lane"}
    assert sorted(row, key=int) == ["100", "102", "104", "106", "108"]
    assert row["104"] == pytest.approx(2.002)


def test_places_with_names_are_kept_benches_are_not(found: Found) -> None:
    names = {name for poi in found.pois for name in poi.names}
    assert names == {"Rose Cottage", "Gare du Nord", "North"}
    assert {poi.town for poi in found.pois} == {"Villeneuve"}


def test_a_village_without_streets_is_its_own_street(found: Found) -> None:
    assert [(h.street, h.label) for h in found.houses if h.town == "Dorf"] == [("Dorf", "7")]
    assert "8" not in [house.label for house in found.houses]  # a slip where others have streets
