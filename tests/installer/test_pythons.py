"""Finding a Python: fake interpreters that answer, fail, hang or are the wrong version."""

import ast
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from installer import pythons
from tests.shared import ROOT

SOURCES = sorted((ROOT / "installer").glob("*.py"))


def script(path: Path, body: str) -> list[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n" + body)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return [str(path)]


def answering(version: tuple[int, int, int], missing: str = "") -> str:
    said = (
        f'{{"path": "\'"$0"\'", "version": {list(version)}, "missing": [{missing}], "wide": true}}'
    )
    return f"echo '{said}'\n"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.name)
def test_every_module_reads_on_python_3_9(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.name)
def test_every_module_needs_the_standard_library_alone(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module).partition(".")[0])
    assert names <= set(sys.stdlib_module_names) | {"installer"}


@pytest.mark.parametrize("name", ["python3.9", "python3.10", "python3.11"])
def test_it_runs_on_an_old_python(name: str) -> None:
    old = shutil.which(name)
    if old is None or pythons.ask([old]) is None:
        # old interpreters cannot be installed here; whichever a machine has are tried
        pytest.skip(f"no {name} here")
    done = subprocess.run(
        [old, str(ROOT / "installer/bootstrap.py"), "--help"], capture_output=True, check=False
    )
    assert done.returncode == 0
    assert b"bootstrap.py demo" in done.stdout


def test_this_python_describes_itself() -> None:
    python = pythons.ask([sys.executable])
    assert python is not None
    assert python.version == sys.version_info[:3]
    assert python.fit


def test_one_that_fails_or_babbles_is_no_python(tmp_path: Path) -> None:
    assert pythons.ask(script(tmp_path / "shim", "echo version not set >&2; exit 127\n")) is None
    assert pythons.ask(script(tmp_path / "babble", "echo hello\n")) is None
    assert pythons.ask([str(tmp_path / "absent")]) is None


def test_one_that_hangs_is_given_up(tmp_path: Path) -> None:
    assert pythons.ask(script(tmp_path / "slow", "exec sleep 60\n"), timeout=0.3) is None


def test_the_first_fit_one_wins_and_the_rest_are_remembered(tmp_path: Path) -> None:
    candidates = [
        script(tmp_path / "shims/python3.12", "exit 127\n"),
        script(tmp_path / "old/python3", answering((3, 11, 2))),
        script(tmp_path / "new/python3", answering((3, 15, 0))),
        script(tmp_path / "bare/python3", answering((3, 13, 5), '"ensurepip"')),
        script(tmp_path / "good/python3", answering((3, 12, 1))),
        script(tmp_path / "later/python3", answering((3, 13, 0))),
    ]
    python, seen = pythons.find(candidates)
    assert python is not None
    assert python.path == str(tmp_path / "good/python3")
    assert [each.version for each in seen] == [(3, 11, 2), (3, 15, 0), (3, 13, 5), (3, 12, 1)]


def test_none_is_found_among_none() -> None:
    assert pythons.find([]) == (None, [])


def test_the_callers_python_settings_do_not_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/nonsense")
    monkeypatch.setenv("PYTHONHOME", "/nonsense")
    assert pythons.ask([sys.executable]) is not None
    assert not {"PYTHONPATH", "PYTHONHOME"} & set(pythons.clean_environment())


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand for interpreters")
def test_version_keepers_are_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "keeper/versions/3.12.9/bin/python3.12"
    uv = tmp_path / "home/.local/share/uv/python/cpython-3.13.1-linux/bin/python3.13"
    later = tmp_path / "keeper/versions/3.13.2/bin/python3.13"
    for path in (kept, uv, later):
        script(path, "exit 0\n")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", str(tmp_path / "keeper/shims"))
    found = [command[0] for command in pythons.candidates_here()]
    assert {str(kept), str(uv), str(later)} <= set(found)
    assert found.index(str(kept)) < found.index(str(later))
