"""The road build in folders as people name them."""

import subprocess
from pathlib import Path

import pytest

from console.geo import roads


def run(words: list[str], log: Path) -> None:
    with log.open("a") as out:
        subprocess.run(words, stdout=out, stderr=subprocess.STDOUT, check=True)


@pytest.mark.parametrize("name", ["Anna Müller", "A & B", "it's"])
def test_blanks_and_signs_in_paths(
    extract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    installed = tmp_path / name / "osrm"
    installed.parent.mkdir()
    installed.symlink_to(roads.package(), target_is_directory=True)
    monkeypatch.setattr(roads, "package", lambda: installed)
    folder = tmp_path / name / "a region"
    roads.build(extract, folder, roads.Build("car"), run)
    made = roads.base(folder, "car")
    assert any(made.parent.glob("map.osrm.hsgr"))
