"""Which engine answers, by the settings; what doctor says of it."""

import importlib.util
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.dispatch.ports import Region
from console.domain.errors import ConsoleError
from console.geo.engines import choosing
from console.geo.engines.own_osrm import OsrmEngine
from console.geo.engines.own_valhalla import ValhallaEngine
from console.settings import ENGINES, StreetSettings
from tests.geo.engines.servers import free_port

URL = "http://roads.example"


@pytest.fixture
def nowhere(tmp_path: Path) -> Region:
    made = datetime(2026, 11, 22, tzinfo=UTC)
    return Region("nowhere", "0" * 64, tmp_path, (47, 15, 48, 16), "UTC", 0, made)


def test_every_name_is_an_engine(nowhere: Region) -> None:
    names = {
        name: choosing.engine_for(nowhere, StreetSettings(name, URL, factor=1.3)).name
        for name in ENGINES
    }
    assert names == {
        "auto": "OSRM nowhere",
        "osrm": "OSRM nowhere",
        "valhalla": "Valhalla nowhere",
        "osrm-server": f"OSRM server {URL}",
        "valhalla-server": f"Valhalla server {URL}",
        "ors-server": f"openrouteservice {URL}",
        "straight": "Straight lines times 1.3, no roads",
    }


def test_valhalla_stands_in_where_osrm_has_no_wheel(
    nowhere: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(choosing.engine_for(nowhere, StreetSettings()), OsrmEngine)
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "osrm" else find(name)
    )
    assert isinstance(choosing.engine_for(nowhere, StreetSettings()), ValhallaEngine)


def test_a_region_without_streets_says_what_to_do(nowhere: Region) -> None:
    for name in ("osrm", "valhalla"):
        engine = choosing.engine_for(nowhere, StreetSettings(name))
        assert not engine.is_ready("car")
        with pytest.raises(ConsoleError, match="no streets to build") as caught:
            engine.nearest("car", [(15.5, 47.5)])
        assert "Add the region" in caught.value.remedy


def test_doctor_tries_the_engine(nowhere: Region) -> None:
    assert choosing.component(None, StreetSettings()).version == "osrm"
    lost = StreetSettings("valhalla-server", f"http://127.0.0.1:{free_port()}")
    found = choosing.component(nowhere, lost)
    assert not found.found
    assert "cannot be reached" in found.remedy
    guessed = choosing.component(nowhere, StreetSettings("straight"))
    assert guessed.found
    assert "no roads" in guessed.remedy
