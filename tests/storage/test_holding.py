"""A damaged file that two windows have open: nobody sets it aside under the other one."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from console.dispatch.journal import Entry
from console.domain.errors import ConsoleError
from console.storage import holding
from console.storage.holding import alone, hold
from console.storage.keeper import Keeper
from console.storage.repair import rebuild
from console.storage.store import FILE, Store
from tests.storage.plans import EIGHT, STREAM
from tests.storage.writer import append

ROOT = Path(__file__).resolve().parents[2]
PAGE = 4096
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the system itself refuses there")


class _Clock:
    def now(self) -> datetime:
        return EIGHT


def _writer(folder: Path, name: str) -> subprocess.Popen[str]:
    """A window of its own, which goes on writing until it is killed."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", str(folder), name, "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is refused is refused at once."""
    monkeypatch.setattr("console.storage.holding.WAIT_S", 0.0)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process at work on a store that lost a page of its registers."""
    store = Store.open(tmp_path)
    for number in range(400):
        store.notes.put(f"note {number} " * 40)
    append(store, "before", 1)
    store.close()
    process = _writer(tmp_path, "other")
    assert process.stdout is not None
    for _ in range(3):
        process.stdout.readline()
    _damage(tmp_path / FILE)
    yield process
    if process.poll() is None:
        process.kill()
        process.communicate()


def _damage(file: Path) -> None:
    """Overwrite a page in the middle of the notes, which the writer does not touch."""
    data = file.read_bytes()
    at = data.index(b"note 200 ") // PAGE * PAGE
    with file.open("r+b") as out:
        out.seek(at)
        out.write(b"\xff" * PAGE)


def _ids(entries: Sequence[Entry]) -> set[str]:
    return {entry.command_id for entry in entries}


def test_a_window_loses_nothing_because_another_finds_the_file_damaged(
    tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    with pytest.raises(ConsoleError, match="damaged") as refused:
        Store.open(tmp_path)
    assert "other window" in refused.value.remedy
    assert not list(tmp_path.glob("*.damaged-*"))
    assert other.stdout is not None
    told = [other.stdout.readline() for _ in range(5)]
    os.kill(other.pid, signal.SIGKILL)
    rest, _ = other.communicate()
    acknowledged = {line.split()[0] for line in "".join([*told, rest]).split("\n")[:-1]}
    assert len(acknowledged) >= 5
    with pytest.raises(ConsoleError, match="No change of a plan is lost"):
        Store.open(tmp_path)
    again = Store.open(tmp_path)
    assert acknowledged <= _ids(again.journal.read(STREAM))
    again.close()


def test_nobody_restores_or_repairs_under_another_window(
    tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    said: list[str] = []
    keeper = Keeper(tmp_path, "", said.append, _Clock())
    backup = tmp_path / "saved.db"
    (tmp_path / "elsewhere").mkdir()
    made = Store.open(tmp_path / "elsewhere")
    made.backup(backup)
    made.close()
    for deed in (keeper.repair, lambda: keeper.restore(backup)):
        with pytest.raises(ConsoleError, match="Another window"):
            deed()
    assert other.poll() is None
    assert not [each for each in tmp_path.iterdir() if "-1" in each.name]


def test_two_windows_that_find_the_damage_at_once(tmp_path: Path) -> None:
    """The second one must not rebuild what the first has just rebuilt."""
    (tmp_path / FILE).write_bytes(b"rubbish" * 5000)
    seen = holding.identity(tmp_path / FILE)
    with pytest.raises(ConsoleError, match="damaged"):
        Store.open(tmp_path)
    store = Store.open(tmp_path)
    append(store, "ana", 1)
    store.close()
    with pytest.raises(ConsoleError, match="whole file in its place"):
        rebuild(tmp_path / FILE, seen)
    assert len(list(tmp_path.glob("*.damaged-*"))) == 1


def test_nothing_is_called_saved_in_a_file_that_was_taken_away(tmp_path: Path) -> None:
    """Somebody moves the file by hand, which nothing can refuse."""
    store = Store.open(tmp_path)
    append(store, "ana", 1)
    (tmp_path / FILE).rename(tmp_path / "moved.db")
    with pytest.raises(ConsoleError, match="moved or replaced") as told:
        append(store, "ana", 2)
    assert "Put the file back" in told.value.remedy
    (tmp_path / "moved.db").rename(tmp_path / FILE)
    append(store, "ana", 3)
    store.close()


def test_a_start_waits_for_a_restore(tmp_path: Path) -> None:
    file = tmp_path / FILE
    with alone(file, 0), pytest.raises(ConsoleError, match="restored or repaired"):
        hold(file, 0)
    refused = pytest.raises(ConsoleError, match="Another window")
    with hold(file, 0), hold(file, 0), refused, alone(file, 0):
        pass
    with alone(file, 0):
        pass
