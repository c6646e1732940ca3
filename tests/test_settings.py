"""Defaults, then doorstep.toml, then the environment; packed files wherever they are."""

import sys
from pathlib import Path

import pytest

from console import settings


def test_defaults(tmp_path: Path) -> None:
    found = settings.load({"DOORSTEP_HOME": str(tmp_path)})
    assert found.home == tmp_path
    assert found.actor
    assert found.cores == 0
    assert {found.store.parent, found.regions.parent, found.cache.parent} == {tmp_path}
    assert settings.load({}).home.name == "doorstep"


def test_the_file_then_the_environment(tmp_path: Path) -> None:
    (tmp_path / "doorstep.toml").write_text('actor = "Åse"\ncores = 3\n', encoding="utf-8")
    home = {"DOORSTEP_HOME": str(tmp_path)}
    assert settings.load(home) == settings.Settings(tmp_path, "Åse", 3)
    env = {**home, "DOORSTEP_ACTOR": "Bo", "DOORSTEP_CORES": "1"}
    assert settings.load(env) == settings.Settings(tmp_path, "Bo", 1)


@pytest.mark.parametrize("text", [b"cores = =", b"cores = -1", b'cores = "x"', b"actor = \xff"])
def test_a_wrong_file_is_named(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "doorstep.toml").write_bytes(text)
    with pytest.raises(ValueError, match=r"doorstep\.toml"):
        settings.load({"DOORSTEP_HOME": str(tmp_path)})


def test_the_engine_of_travel_times(tmp_path: Path) -> None:
    home = {"DOORSTEP_HOME": str(tmp_path)}
    assert settings.load(home).streets == settings.StreetSettings()
    (tmp_path / "doorstep.toml").write_text(
        '[streets]\nengine = "osrm-server"\nurl = "http://roads:5000"\ntimeout = 5\n'
        'table_size = 500\n[streets.profiles]\ntruck = "http://roads:5001/hgv"\n'
    )
    found = settings.load(home).streets
    assert found == settings.StreetSettings(
        "osrm-server", "http://roads:5000", "", 5, 500, 0.0, {"truck": "http://roads:5001/hgv"}
    )
    straight = {**home, "DOORSTEP_ENGINE": "straight", "DOORSTEP_ENGINE_URL": ""}
    assert settings.load(straight).streets.engine == "straight"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("streets = 3", "must be a table"),
        ('[streets]\nengine = "horse"', "one of auto, osrm, valhalla"),
        ("[streets]\nengine = 3", "streets.engine cannot be 3"),
        ('[streets]\nengine = "ors-server"', "needs streets.url"),
        ('[streets]\nwheel = "x"', "streets.wheel is not known; there are engine"),
        ("[streets]\ntimeout = -1", "streets.timeout must be from 0 to 600, not -1"),
        ("[streets]\ntable_size = true", "streets.table_size cannot be True"),
        ("[streets.profiles]\ncar = 3", "must give a name to each kind"),
    ],
)
def test_a_wrong_engine_is_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "doorstep.toml").write_text(text)
    with pytest.raises(ValueError, match=r"doorstep\.toml") as caught:
        settings.load({"DOORSTEP_HOME": str(tmp_path)})
    assert told in str(caught.value)


def test_who_finds_addresses(tmp_path: Path) -> None:
    text = '[addresses]\nservice = "pelias"\nurl = "http://h:4000"\ntimeout = 5\nasks = "all"\n'
    (tmp_path / "doorstep.toml").write_text(text, encoding="utf-8")
    found = settings.load({"DOORSTEP_HOME": str(tmp_path)}).addresses
    assert (found.service, found.url, found.timeout) == ("pelias", "http://h:4000", 5)
    assert found.asks == "all"
    assert settings.AddressSettings().service == "region"


@pytest.mark.parametrize(
    "text",
    [
        "addresses = 3",
        "[addresses]\nservice = 'google'",
        "[addresses]\nservice = 'pelias'",
        "[addresses]\nasks = 'some'",
        "[addresses]\ntimeout = 0",
        "[addresses]\ntimeout = true",
        "[addresses]\nurl = 3",
        "[addresses]\nserver = 'x'",
    ],
)
def test_a_wrong_address_service_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "doorstep.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"doorstep\.toml.*address"):
        settings.load({"DOORSTEP_HOME": str(tmp_path)})


def test_packed_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.bundled("resources/tokens.toml").is_file()
    with pytest.raises(FileNotFoundError, match="lacks resources/nothing"):
        settings.bundled("resources/nothing")
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "tokens.toml").write_text("x", encoding="utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert settings.bundled("resources/tokens.toml").parent.parent == tmp_path


def test_a_machine_without_a_login_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def nobody() -> str:
        raise OSError

    monkeypatch.setattr(settings.getpass, "getuser", nobody)
    assert settings.load({"DOORSTEP_HOME": str(tmp_path)}).actor == "dispatcher"
