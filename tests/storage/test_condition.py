"""What ``doorstep doctor`` says of the store."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from console.dispatch.services import Component
from console.storage import condition, holding, replica, sqlite
from console.storage.backups import FOLDER, STALE, Backups
from console.storage.replica import Replica
from console.storage.store import FILE, Store
from tests.postgres import Server
from tests.storage.plans import EIGHT, one_of_each, rows_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = Store.open(tmp_path)
    store.journal.append_all(rows_of(one_of_each())[0])
    store.close()
    return tmp_path


def told(folder: Path, name: str, later: timedelta = timedelta()) -> Component:
    found = condition.components(folder, EIGHT + later)
    return next(part for part in found if part.name == name)


def test_no_store_yet_is_no_fault(tmp_path: Path) -> None:
    part = told(tmp_path, "Store")
    assert (part.found, part.version) == (True, "none yet")
    assert list(tmp_path.iterdir()) == []
    assert condition.counts(tmp_path, "") == {}


def test_a_sound_store(folder: Path) -> None:
    part = told(folder, "Store")
    assert part.found
    assert f"{len(one_of_each())} journal rows" in part.version
    assert condition.counts(folder, "")["entry"] == len(one_of_each())


def test_a_damaged_store_has_a_remedy(folder: Path) -> None:
    content = bytearray((folder / FILE).read_bytes())
    content[4096 : 4096 + 3000] = bytes(3000)
    (folder / FILE).write_bytes(content)
    part = told(folder, "Store")
    assert not part.found
    assert part.remedy


def test_backups_and_their_proof(folder: Path) -> None:
    assert "doorstep db backup" in told(folder, "Backups").remedy
    database, kept = sqlite.connect(folder / FILE), Backups(folder / FOLDER)
    kept.make(database, EIGHT)
    kept.prove(database, EIGHT)
    database.close()
    assert "2026-11-23 08:00" in told(folder, "Backups").version
    proof = "A backup last restored to prove it"
    assert "2026-11-23 08:00" in told(folder, proof).version
    assert not told(folder, "Backups").remedy
    assert told(folder, "Backups", STALE).remedy
    assert told(folder, proof, STALE).remedy


def test_a_shared_database_that_does_not_answer() -> None:
    assert condition.shared("") == []
    (part,) = condition.shared("postgresql://ana@127.0.0.1:9/none")
    assert not part.found
    assert part.remedy
    assert condition.counts(Path(), "postgresql://ana@127.0.0.1:9/none") == {}


@pytest.mark.skipif(sys.platform == "win32", reason="the system itself locks open files there")
def test_who_holds_the_store(folder: Path) -> None:
    mark = folder / (FILE + holding.MARK)
    mark.unlink(missing_ok=True)
    assert told(folder, "Lock of the store").version == "free"
    assert not mark.exists()
    with holding.hold(folder / FILE):
        part = told(folder, "Lock of the store")
        assert (part.found, part.version) == (True, "open in a window")
    assert told(folder, "Lock of the store").version == "free"
    with holding.alone(folder / FILE):
        part = told(folder, "Lock of the store")
        assert (part.found, part.version) == (False, "held alone")
        assert "wait" in part.remedy


def test_the_copy_of_a_shared_database(server: Server, shared: str, tmp_path: Path) -> None:
    where = server.url(shared, "ana")
    assert condition.copy(tmp_path, "", EIGHT) == []
    (part,) = condition.copy(tmp_path, where, EIGHT)
    assert (part.found, part.version) == (True, "none yet")
    assert list(tmp_path.iterdir()) == []
    ana, copied = Store.open(where), Replica.open(tmp_path, where)
    (part,) = condition.copy(tmp_path, where, EIGHT)
    assert not part.found
    copied.follow(ana.database, "ana", ana.roles)
    session = copied.session()
    assert session is not None
    copied.close()
    ana.close()
    (part,) = condition.copy(tmp_path, where, session.at)
    assert part.found
    assert f"{session.at:%Y-%m-%d %H:%M} UTC, as ana" in part.version
    assert not part.remedy
    (part,) = condition.copy(tmp_path, where, session.at + STALE)
    assert "while the server answers" in part.remedy
    replica.file_for(tmp_path, where).write_bytes(b"no database" * 1000)
    (part,) = condition.copy(tmp_path, where, session.at)
    assert not part.found
    assert "made anew" in part.remedy
