"""The window in other languages: a made-up one, from the left and from the right, and German."""

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import Any

from tests.journeys.town import Town

CHILD = Path(__file__).with_name("tongue_child.py")
QT_OWN = {"Scroll Left", "Scroll Right", "Press shortcut", "Shortcut"}
"""Texts of Qt for which it has no translation into a made-up language."""
NAMES = {
    "Doorstep", "Letter", "Google Maps", "Apple Maps", "English", "Deutsch", "Español", "Français",
    "Italiano", "Nederlands", "Polski", "Português", "Română", "https://…/{z}/{x}/{y}.png",
    "CHF", "CZK", "DKK", "GBP", "NOK", "PLN", "SEK", "USD", "town",
}  # fmt: skip
"""The same in every language, or said in their own."""
ENDINGS = (".xlsx", ".csv", ".geojson", ".gpx", ".json", ".osm.pbf")
SURFACES_SHOW = 3000
"""More texts than this are seen, or the surfaces did not open."""


def look(code: str, town: Town, store: Path, folder: Path) -> dict[str, Any]:
    """Open everything in a language, in a process of its own: texts are said as modules load."""
    copytree(store, folder / "store")
    done = subprocess.run(
        [sys.executable, str(CHILD), str(town.home), str(folder), code],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["seen"] > SURFACES_SHOW
    return found


def is_a_name(text: str) -> bool:
    """Nothing that anybody would translate."""
    marks = ("contributors", "ODbL", "Invented by Doorstep", ": BSD", "çóñšóľé", "óšm.pbf")
    return text in NAMES | QT_OWN or text.endswith(ENDINGS) or any(m in text for m in marks)


def test_everything_is_said_through_the_catalogue_and_fits_when_it_is_longer(
    town: Town, planned_store: Path, tmp_path: Path
) -> None:
    found = look("qps", town, planned_store, tmp_path)
    guide = {text for text, where in found["unsaid"].items() if where == "help"}
    unsaid = {t: where for t, where in found["unsaid"].items() if not is_a_name(t)}
    assert {t: w for t, w in unsaid.items() if t not in guide} == {}
    assert found["cut"] == {}


def test_german_fits_into_the_smallest_window_and_has_its_guide(
    town: Town, planned_store: Path, tmp_path: Path
) -> None:
    found = look("de", town, planned_store, tmp_path)
    assert found["cut"] == {}
    assert found["guide"] == "Der erste Tag"


def test_from_the_right_the_docks_change_sides_and_nothing_breaks(
    town: Town, planned_store: Path, tmp_path: Path
) -> None:
    found = look("he", town, planned_store, tmp_path)
    middle = 50
    assert found["docks"]
    assert all(place > middle for place in found["docks"].values()), found["docks"]
    painted = found["painted"]
    assert painted["first step"] > painted["last step"]
    assert painted["drivers"] > painted["clock"]
    assert painted["waiting lane"] > painted["first lane"]
