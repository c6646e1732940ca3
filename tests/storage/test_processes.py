"""Several consoles on one store, and consoles that are killed in the middle of their work."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from console.domain.plan import Plan
from console.storage.store import Store
from tests.storage.plans import STREAM
from tests.storage.writer import append

ROOT = Path(__file__).resolve().parents[2]


def _start(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", str(folder), name, str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def _acknowledged(output: str) -> list[str]:
    """Complete lines only: a killed writer may leave half a line."""
    lines = output.split("\n")[:-1]
    return [line.split()[0] for line in lines if line != "open"]


def _replay(store: Store) -> Plan:
    plan = Plan()
    for entry in store.journal.read(STREAM):
        plan = entry.patch.apply(plan)
    return plan


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal")
def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    acknowledged: list[str] = []
    for cycle in range(6):
        process = _start(tmp_path, f"w{cycle}", 0)
        assert process.stdout is not None
        seen = [process.stdout.readline() for _ in range(2 + 5 * cycle)]
        os.kill(process.pid, signal.SIGKILL)
        rest, _ = process.communicate()
        acknowledged += _acknowledged("".join(seen) + rest)
        assert process.returncode == -signal.SIGKILL
    store = Store.open(tmp_path)
    ids = [entry.command_id for entry in store.journal.read(STREAM)]
    assert set(acknowledged) <= set(ids)
    assert len(ids) - len(acknowledged) <= 6  # at most one unanswered row per killed console
    assert len(_replay(store).stops) == len(ids)
    assert all(component.is_fit for component in store.components())
    append(store, "after", 1)
    store.close()


def test_two_consoles_write_at_once(tmp_path: Path) -> None:
    processes = [_start(tmp_path, name, 100) for name in ("one", "two")]
    outputs = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    store = Store.open(tmp_path)
    entries = store.journal.read(STREAM)
    assert [entry.version for entry in entries] == list(range(1, 201))
    assert {entry.command_id for entry in entries} == {
        name for output in outputs for name in _acknowledged(output)
    }
    assert len(_replay(store).stops) == 200
    store.close()


def test_a_console_sees_that_another_wrote(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    before = store.data_version()
    assert store.data_version() == before
    process = _start(tmp_path, "other", 1)
    process.communicate()
    assert store.data_version() != before
    assert store.journal.head(STREAM) == 1
    store.close()


def test_two_consoles_of_one_process(tmp_path: Path) -> None:
    one, two = Store.open(tmp_path), Store.open(tmp_path)
    seen = two.data_version()
    append(one, "one", 1)
    assert two.data_version() != seen
    append(two, "two", 1)
    assert one.journal.read(STREAM) == two.journal.read(STREAM)
    one.close()
    two.close()


def test_a_backup_while_another_console_writes(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store")
    process = _start(tmp_path / "store", "other", 0)
    assert process.stdout is not None
    for _ in range(20):
        process.stdout.readline()
    (tmp_path / "copy").mkdir()
    store.backup(tmp_path / "copy" / "doorstep.db")
    process.kill()
    process.communicate()
    store.close()
    copy = Store.open(tmp_path / "copy")
    assert len(_replay(copy).stops) == copy.journal.head(STREAM) >= 19
    copy.close()
