"""Drawn towns of countries whose extracts are not here: addresses in five styles within 60 m."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.places import Address, Certainty
from console.geo import addresses
from console.geo.geocoder import RegionGeocoder
from tests.benchmarks.addresses import _region, _tally
from tests.benchmarks.addressing import styles, towns, truth

ASKED = Namespace(ask=60, seed=3, show=0)


@pytest.fixture(scope="module", params=["pl", "nl", "es"])
def drawn(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, RegionGeocoder]]:
    folder = tmp_path_factory.mktemp(request.param)
    extract = folder / "drawn.osm.pbf"
    towns.write(request.param, extract, ASKED.seed)
    addresses.build(str(extract), str(folder / addresses.FILE), lambda _share: None)
    geocoder = RegionGeocoder(_region(request.param, folder))
    yield extract, geocoder
    geocoder.close()


def test_97_of_100_are_found(drawn: tuple[Path, RegionGeocoder]) -> None:
    extract, geocoder = drawn
    houses = truth.read(extract)
    tallies = [_tally(style, houses, geocoder, ASKED) for style in styles.FIVE]
    assert sum(tally.asked for tally in tallies) == len(styles.FIVE) * ASKED.ask
    assert sum(tally.found for tally in tallies) >= 0.97 * sum(tally.asked for tally in tallies)
    assert sum(tally.false for tally in tallies) <= 0.01 * sum(tally.asked for tally in tallies)


def test_a_postcode_alone_tells_the_town(drawn: tuple[Path, RegionGeocoder]) -> None:
    extract, geocoder = drawn
    houses = truth.read(extract)
    house = max(houses, key=lambda each: (each.street, each.number.isdigit(), each.number))
    (found,) = geocoder.locate_all([Address(f"{house.street} {house.number}", house.postcode)])
    assert found.certainty is Certainty.ROOFTOP
    assert found.coordinate
    assert min(found.coordinate.metres_to(point) for point in houses[house]) < 60
