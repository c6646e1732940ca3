"""Kill -9 in the midst of work: what was acknowledged is there, and nothing runs on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.town import Town

VICTIM = Path(__file__).with_name("victim.py")
SECONDS = 60.0

Begin = Callable[[str], subprocess.Popen[str]]


@pytest.fixture
def begin(town: Town, tmp_path: Path) -> Iterator[Begin]:
    begun: list[subprocess.Popen[str]] = []

    def beginner(deed: str) -> subprocess.Popen[str]:
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DOORSTEP_JOURNEY": str(tmp_path)}
        child = subprocess.Popen(
            [sys.executable, str(VICTIM), deed, str(town.home), str(tmp_path)],
            env=env,
            stdout=subprocess.PIPE,
            text=True,
        )
        begun.append(child)
        return child

    yield beginner
    for child in begun:
        if child.poll() is None:
            child.kill()
        child.wait(10)
        assert child.stdout is not None
        child.stdout.close()


def line(child: subprocess.Popen[str], word: str) -> list[str]:
    """What the child says after this word."""
    assert child.stdout is not None
    for said in child.stdout:
        first, *rest = said.split()
        if first == word:
            return rest
    raise AssertionError(f"the child ended without {word}")


def descendants(folder: Path) -> dict[int, str]:
    """Processes that a console of this journey started, by what they inherited from it."""
    mark = f"DOORSTEP_JOURNEY={folder}".encode()
    found: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                called = (entry / "cmdline").read_bytes().replace(b"\0", b" ")
                found[int(entry.name)] = called.decode(errors="replace")
        except OSError:
            continue
    return found


def kill(child: subprocess.Popen[str], folder: Path) -> None:
    """Kill -9, then wait for all that it had started to end by itself."""
    assert len(descendants(folder)) > 1, "the console had no processes: the scan finds nothing"
    os.kill(child.pid, signal.SIGKILL)
    child.wait(10)
    alone(folder)


def alone(folder: Path) -> None:
    """Wait for all that a console had started; what it left ends when it hears of its end."""
    until = time.monotonic() + 15
    while (left := descendants(folder)) and time.monotonic() < until:
        time.sleep(0.2)
    assert not left, f"orphans run on: {left}"


@pytest.mark.skipif(sys.platform != "linux", reason="scans /proc")
def test_all_that_was_acknowledged_survives_kill(begin: Begin, tmp_path: Path) -> None:
    child = begin("work")
    kept = [line(child, "KEPT") for _ in range(5)]
    kill(child, tmp_path)
    rest = [["KEPT", *kept[-1]], *(said.split() for said in child.stdout or ())]
    last = max(i for i, said in enumerate(rest) if said[0] == "KEPT")
    may_be = [said[1:] for said in rest[last:]]  # saved, or on its way when it was killed

    child = begin("search")
    assert line(child, "FOUND") in may_be
    pinned = line(child, "KEPT")
    assert pinned not in may_be
    line(child, "SEARCHING")
    kill(child, tmp_path)

    child = begin("reopen")
    assert line(child, "KEPT") == pinned
    assert int(line(child, "SERVED")[0]) >= 30
    before, after, differs = line(child, "UNDONE")
    assert int(after) == int(before) + 1
    assert differs == "True"
    assert child.wait(SECONDS) == 0
    alone(tmp_path)
