"""The shape of the house, as ARCHITECTURE.md tells it."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared import ROOT

PACKAGES = {
    "analytics",
    "dispatch",
    "domain",
    "gateway",
    "geo",
    "intake",
    "planning",
    "simulator",
    "storage",
    "ui",
}
MODULES = {
    "__init__",
    "__main__",
    "bootstrap",
    "cli",
    "demonstration",
    "formats",
    "keeping",
    "privacy",
    "regions",
    "settings",
    "tongues",
    "wording",
}
BANNED = {"utils", "util", "common", "helpers", "core", "managers", "models", "misc"}
MODULE_CEILING = 400
WINDOW_CEILING = 250
TOP = {"console", "resources", "data", "tests", "installer"}

CONSOLE = sorted((ROOT / "console").rglob("*.py"))
OURS = CONSOLE + sorted((ROOT / "installer").glob("*.py"))

# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = (
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "deb." + "debian.org",
)
MACHINE_PATHS = (
    "/ro" + "ot/",
    "/wo" + "rk/main",
    "/wo" + "rk/shared",
    "/wo" + "rk/.",
    "/tm" + "p/w/",
    "/opt/wh" + "eels",
)


def tracked() -> list[Path]:
    """Return every file of the checkout that git follows, or all but the made ones without git."""
    try:
        listing = subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=True
        ).stdout
        paths = [ROOT / name for name in listing.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        made = {".venv", ".git", "__pycache__", ".hypothesis", ".pytest_cache", ".ruff_cache"}
        paths = [p for p in ROOT.rglob("*") if not made & set(p.relative_to(ROOT).parts)]
    return [path for path in paths if path.is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    """Yield every tracked file that is text, with what it says."""
    for path in tracked():
        try:
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_there_are_ten_packages() -> None:
    inside = (ROOT / "console").iterdir()
    folders = {p.name for p in inside if p.is_dir() and p.name != "__pycache__"}
    assert folders == PACKAGES
    assert all((ROOT / "console" / name / "__init__.py").is_file() for name in PACKAGES)


def test_the_top_modules_are_the_named_ones() -> None:
    assert {p.stem for p in (ROOT / "console").glob("*.py")} == MODULES


def test_the_top_folders_are_the_named_ones() -> None:
    folders = {p.relative_to(ROOT).parts[0] for p in tracked() if p.parent != ROOT}
    assert folders - TOP == {".ci"}


def test_no_module_is_longer_than_the_ceiling() -> None:
    long = {str(p.relative_to(ROOT)): lines(p) for p in OURS if lines(p) > MODULE_CEILING}
    assert long == {}


def test_the_window_only_docks() -> None:
    assert lines(ROOT / "console/ui/window.py") < WINDOW_CEILING


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = {p.relative_to(ROOT) for p in CONSOLE if BANNED & {p.stem, *p.parts}}
    assert named == set()


def test_no_module_is_left_unfinished() -> None:
    # words with which people mark what they have not done
    unfinished = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [p for p in OURS if unfinished.search(p.read_text(encoding="utf-8"))]
    assert found == []


def test_nothing_names_a_registry_or_a_machine() -> None:
    pattern = re.compile("|".join(re.escape(word) for word in REGISTRIES + MACHINE_PATHS))
    found = {str(path): hit.group() for path, text in texts() if (hit := pattern.search(text))}
    assert found == {}


def test_tests_mirror_the_console() -> None:
    areas = {p.name for p in (ROOT / "tests").iterdir() if p.is_dir() and p.name != "__pycache__"}
    other = {
        "architecture",
        "benchmarks",
        "fuzz",
        "gauntlet",
        "guide",
        "installer",
        "journeys",
        "racing",
        "tongues",
        "web",
    }
    assert areas - other <= PACKAGES | {"bootstrap", "cli"}


@pytest.mark.parametrize("contract", ["layers", "pure-domain", "acyclic"])
def test_the_contracts_are_still_written_down(contract: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {each["id"]: each for each in project["tool"]["importlinter"]["contracts"]}
    assert contract in contracts
    assert contracts["layers"]["exhaustive"] is True
    assert not any("ignore_imports" in each for each in contracts.values())


def test_a_painter_ends_with_its_block() -> None:
    """One that an error's traceback keeps paints on what is gone, and the window crashes."""
    loose = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in CONSOLE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"(?<!with )QPainter\((?!\))", line)
    ]
    assert not loose, loose
