"""One town, built into a region once for all tests of geo."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.dispatch.ports import Region
from console.geo.engines.own_osrm import OsrmEngine
from console.geo.geocoder import RegionGeocoder
from console.geo.regions import RegionStore
from console.geo.streets import RoadStreets
from tests.geo import town


class StillClock:
    """It is always the same moment."""

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 6, tzinfo=UTC)


def silent(sentence: str, share: float) -> None:
    """Progress nobody looks at."""


@pytest.fixture(scope="session")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("extract") / "teststadt.osm.pbf"
    town.draw().write(path)
    return path


@pytest.fixture(scope="session")
def region(extract: Path, tmp_path_factory: pytest.TempPathFactory) -> Region:
    store = RegionStore(tmp_path_factory.mktemp("regions"), StillClock())
    return store.add(extract, "teststadt", silent)


@pytest.fixture(scope="session")
def geocoder(region: Region) -> Iterator[RegionGeocoder]:
    geocoder = RegionGeocoder(region)
    yield geocoder
    geocoder.close()


@pytest.fixture
def streets(region: Region) -> Iterator[RoadStreets]:
    streets = RoadStreets(region, OsrmEngine(region))
    yield streets
    streets.close()
