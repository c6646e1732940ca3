"""Who answers for a region: chosen and kept beside the settings, and really asked to try it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from console.dispatch.choices import Choices
from console.dispatch.ports import Region
from console.domain.errors import ConsoleError
from console.geo.choices import RegionChoices
from console.geo.geocoders.choosing import limits_of
from console.settings import AddressSettings, RegionServices, Settings, StreetSettings, load
from tests.geo.engines import servers
from tests.geo.geocoders.services import Server, photon, serving

OWN = RegionServices(
    StreetSettings("osrm-server", "http://roads:5000", profiles={"truck": "hgv"}),
    AddressSettings("photon", "http://names:2322", pause=0.5, most=30),
)


@pytest.fixture
def choices(tmp_path: Path) -> RegionChoices:
    made = RegionChoices(Settings(tmp_path, streets=StreetSettings("valhalla")))
    checked: Choices = made
    assert checked
    return made


def test_what_is_chosen_holds_for_its_region_alone(choices: RegionChoices, tmp_path: Path) -> None:
    usual = RegionServices(StreetSettings("valhalla"))
    assert choices.of("town") == usual
    choices.put("town", OWN)
    again = RegionChoices(Settings(tmp_path, streets=StreetSettings("valhalla")))
    assert again.of("town") == OWN
    assert again.is_own("town")
    assert again.of("elsewhere") == usual
    assert (tmp_path / "services.json").stat().st_mode & 0o077 == 0  # keys stand in it
    again.put("town", None)
    assert choices.of("town") == usual
    assert [path.name for path in tmp_path.iterdir()] == ["services.json"]


def test_the_environment_names_the_engine_whatever_was_chosen(tmp_path: Path) -> None:
    RegionChoices(Settings(tmp_path)).put("town", OWN)
    env = {"DOORSTEP_HOME": str(tmp_path), "DOORSTEP_ENGINE": "straight"}
    found = RegionChoices(load(env)).of("town")
    assert found.streets.engine == "straight"
    assert found.addresses == OWN.addresses


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "cannot be read"),
        ("[]", "must be a table"),
        ('{"town": {"streets": {"engine": "horse"}}}', "town: streets.engine must be one of"),
        ('{"town": {"addresses": {"most": -1}}}', "addresses.most must be from 0 to"),
        ('{"town": {"addresses": {"pause": "long"}}}', "addresses.pause must be from 0 to 60"),
    ],
)
def test_a_file_that_is_wrong_is_named(
    choices: RegionChoices, tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "services.json").write_text(text)
    with pytest.raises(ConsoleError, match=r"services\.json") as caught:
        choices.of("town")
    assert told in caught.value.message
    assert "take the file away" in caught.value.remedy


def test_what_cannot_hold_is_not_kept(choices: RegionChoices, tmp_path: Path) -> None:
    with pytest.raises(ConsoleError, match=r"needs streets\.url"):
        choices.put("town", replace(OWN, streets=StreetSettings("ors-server")))
    assert not (tmp_path / "services.json").exists()
    choices.put("town", OWN)
    assert json.loads((tmp_path / "services.json").read_text())["town"]["addresses"]["most"] == 30


def test_a_server_is_really_asked(choices: RegionChoices, region: Region, tmp_path: Path) -> None:
    with servers.osrm_routed(region.folder, tmp_path) as url:
        said = choices.try_streets(region, StreetSettings("osrm-server", url))
        assert said.startswith(f"OSRM server {url} answers: ")
        assert f"min across {region.name}" in said
        far = replace(region, bounds=(60.0, 20.0, 60.2, 20.2), name="Faraway")
        with pytest.raises(ConsoleError, match="knows no roads in Faraway: the nearest is") as told:
            choices.try_streets(far, StreetSettings("osrm-server", url))
        assert "holds this area" in told.value.remedy
    lost = StreetSettings("osrm-server", f"http://127.0.0.1:{servers.free_port()}")
    with pytest.raises(ConsoleError, match="cannot be reached") as told:
        choices.try_streets(region, lost)
    assert "Engines and services" in told.value.remedy


def test_own_engines_are_tried_too(choices: RegionChoices, region: Region) -> None:
    assert "OSRM teststadt answers" in choices.try_streets(region, StreetSettings("osrm"))
    assert "no roads answers" in choices.try_streets(region, StreetSettings("straight"))


def test_an_address_service_is_really_asked(choices: RegionChoices, region: Region) -> None:
    own = choices.try_addresses(region, AddressSettings())
    assert own.endswith(f"{region.addresses:,} addresses.")
    server = Server([])
    with serving(server, photon) as url:
        wanted = AddressSettings("photon", url)
        with pytest.raises(ConsoleError, match="answers, but does not know") as told:
            choices.try_addresses(region, wanted)
        assert "holds this area" in told.value.remedy
        (words,) = server.asked
        assert words
    lost = AddressSettings("photon", f"http://127.0.0.1:{servers.free_port()}")
    with pytest.raises(ConsoleError, match="cannot be reached"):
        choices.try_addresses(region, lost)


def test_limits_of_ones_own_server_are_kept_and_public_ones_hold() -> None:
    wanted = AddressSettings("photon", pause=0.5, most=30)
    own = limits_of("http://10.0.0.7:2322", wanted)
    assert (own.pace.seconds, own.most) == (0.5, 30)
    public = limits_of("https://photon.komoot.io", wanted)
    assert (public.pace.seconds, public.most) == (1.0, 30)
    greedy = limits_of("https://photon.komoot.io", AddressSettings("photon", most=1000))
    assert greedy.most == 50
