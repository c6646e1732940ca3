"""The stamp, and environments that are stale, broken, moved, foreign or being made."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from installer import environment
from installer.environment import Environment
from installer.machine import SetupError
from installer.pythons import Python
from tests.shared import ROOT

HERE = Python(sys.executable, (3, 12, 0))


class Recorder(Environment):
    """A real environment, but without pip; what pip would do is only written down."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.filled: list[bool] = []

    def _create(self, python: Python) -> None:
        line = [python.path, "-m", "venv", "--without-pip", str(self.folder)]
        subprocess.run(line, check=True)

    def _has_pip(self) -> bool:
        return True

    def _fill(self, *, tests: bool) -> None:
        self.filled.append(tests)


class Whole(Recorder):
    """A real environment with a real pip that is not told to install anything."""

    _create = Environment._create
    _has_pip = Environment._has_pip


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "a check out"
    (root / "installer").mkdir(parents=True)
    for name in ("installer/requirements.lock", "installer/requirements-test.lock"):
        (root / name).write_text("one==1 --hash=sha256:0\n")
    (root / "pyproject.toml").write_text("[project]\n")
    return root


@pytest.fixture
def made(checkout: Path) -> Recorder:
    made = Recorder(checkout)
    made.make(HERE, tests=False)
    return made


def again(checkout: Path, *, tests: bool = False) -> list[bool]:
    env = Recorder(checkout)
    assert not env.ready(tests=tests)
    env.make(HERE, tests=tests)
    assert env.ready(tests=tests)
    return env.filled


def test_a_new_environment_is_ready_and_stays_so(made: Recorder) -> None:
    assert made.filled == [False]
    assert made.ready(tests=False)
    assert not made.ready(tests=True)
    made.make(HERE, tests=False)
    assert made.filled == [False]


@pytest.mark.parametrize(
    "name", ["installer/requirements.lock", "installer/requirements-test.lock", "pyproject.toml"]
)
def test_a_changed_file_makes_it_stale(made: Recorder, name: str) -> None:
    (made.root / name).write_text("two==2 --hash=sha256:0\n")
    assert again(made.root) == [False]


def test_the_tests_add_to_it_and_the_demo_keeps_them(made: Recorder) -> None:
    assert again(made.root, tests=True) == [True]
    assert Recorder(made.root).ready(tests=False)
    (made.root / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert again(made.root) == [True]


def test_an_interrupted_set_up_is_done_again(made: Recorder) -> None:
    made.stamp.unlink()
    assert again(made.root) == [False]
    made.stamp.write_text("half a st")
    assert again(made.root) == [False]
    made.stamp.write_text("[]")
    assert again(made.root) == [False]


@pytest.mark.skipif(sys.platform == "win32", reason="links to the interpreter")
def test_a_broken_interpreter_is_made_anew(made: Recorder) -> None:
    for name in ("python", "python3"):
        (made.folder / "bin" / name).unlink()
    (made.folder / "bin/python").symlink_to("/nowhere/python")
    (made.folder / "left-over").touch()
    assert again(made.root) == [False]
    assert not (made.folder / "left-over").exists()


def test_a_moved_checkout_is_made_anew(made: Recorder) -> None:
    elsewhere = made.root.with_name("moved")
    made.root.rename(elsewhere)
    (elsewhere / ".venv/left-over").touch()
    assert again(elsewhere) == [False]
    assert not (elsewhere / ".venv/left-over").exists()


def test_an_environment_without_pip_is_made_anew(checkout: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(checkout / ".venv")], check=True
    )
    whole = Whole(checkout)
    assert not whole._has_pip()
    whole.make(HERE, tests=False)
    assert whole._has_pip()
    assert whole.ready(tests=False)


def test_a_foreign_folder_is_left_alone(checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    (checkout / ".venv/thesis.txt").write_text("years of work")
    with pytest.raises(SetupError, match="no Python environment") as refused:
        Recorder(checkout).make(HERE, tests=False)
    assert "Move it away" in refused.value.remedy
    assert (checkout / ".venv/thesis.txt").exists()


def test_a_full_disk_is_told_before_anything_is_made(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "NEEDED_BYTES", 10**18)
    with pytest.raises(SetupError, match="GB are free"):
        Whole(checkout).make(HERE, tests=False)
    assert not (checkout / ".venv").exists()


def test_an_interpreter_that_vanished_is_named(checkout: Path) -> None:
    gone = Python("/nowhere/python3.13", (3, 13, 0))
    with pytest.raises(SetupError, match="/nowhere/python"):
        Whole(checkout).make(gone, tests=False)


SET_UP_TWICE = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from installer.environment import Environment
from installer.pythons import Python
class Slow(Environment):
    _create = lambda self, python: __import__("venv").create(self.folder)
    def _fill(self, *, tests):
        print("filled", flush=True)
        time.sleep(1.5)
Slow(Path(sys.argv[2])).make(Python(sys.executable, (3, 12, 0)), tests=False)
"""


def test_two_at_once_make_it_once(checkout: Path) -> None:
    line = [sys.executable, "-c", SET_UP_TWICE, str(ROOT), str(checkout)]
    both = [subprocess.Popen(line, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [each.communicate(timeout=120)[0] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert "".join(said).count("filled") == 1
    assert "".join(said).count("waiting for it") == 1
    stamp = json.loads((checkout / ".venv" / environment.STAMP).read_text())
    assert stamp["root"] == str(checkout)
