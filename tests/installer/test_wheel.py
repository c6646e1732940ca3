"""The wheel holds what a checkout holds beside the package."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.shared import ROOT


def test_the_wheel_carries_resources_and_data(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    line += ["--no-build-isolation", "-w", str(tmp_path), str(ROOT)]
    done = subprocess.run(line, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 0, done.stderr
    [path] = tmp_path.glob("doorstep-*.whl")
    names = set(zipfile.ZipFile(path).namelist())
    beside = {
        f"console/{top}/{file.relative_to(ROOT / top).as_posix()}"
        for top in ("resources", "data")
        for file in (ROOT / top).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert beside <= names
    assert {"console/__main__.py", "console/domain/plan.py"} <= names
    assert not any(name.startswith(("tests/", "installer/")) for name in names)
    scripts = [name for name in names if name.endswith("entry_points.txt")]
    assert b"doorstep = console.cli:main" in zipfile.ZipFile(path).read(scripts[0])
