"""Damage, full disks, locks and drives: a clear message each, and nothing saved is lost."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from console.domain.commands import AddStops
from console.domain.errors import ConsoleError
from console.domain.plan import Plan
from console.storage import checking, folders, repair, sqlite
from console.storage.sqlite import is_wal_safe
from console.storage.store import FILE, Store, components
from tests.storage.plans import STREAM, draft, one_of_each, rows_of, stop

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a closed store that holds a journal and notes."""
    store = Store.open(tmp_path / "store")
    store.journal.append_all(rows_of(one_of_each())[0])
    for i in range(200):
        store.notes.put(f"note {i} " * 20)
    store.close()
    return tmp_path / "store"


def _asides(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.damaged-*"))


def test_a_file_that_is_no_database_is_set_aside_whole(folder: Path) -> None:
    rubbish = random.Random(1).randbytes(50_000)
    for number in (1, 2):
        (folder / FILE).write_bytes(rubbish)
        with pytest.raises(ConsoleError, match="damaged") as told:
            Store.open(folder)
        assert f"{FILE}.damaged-{number}" in told.value.message
        assert told.value.remedy
        assert _asides(folder)[-1].read_bytes() == rubbish
        Store.open(folder).close()


def test_a_torn_file_is_set_aside_whole(folder: Path) -> None:
    data = (folder / FILE).read_bytes()
    torn = data[: len(data) // 2]
    (folder / FILE).write_bytes(torn)
    with pytest.raises(ConsoleError, match="damaged"):
        Store.open(folder)
    assert [aside.read_bytes() for aside in _asides(folder)] == [torn]
    again = Store.open(folder)
    assert all(part.is_fit for part in again.components())
    again.close()


def test_an_empty_file_is_an_empty_store(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"")
    Store.open(tmp_path).close()


def test_no_flipped_bit_of_the_journal_goes_unseen(folder: Path) -> None:
    """Every flip is found, set aside, or did not touch what the journal says."""
    whole = (folder / FILE).read_bytes()
    store = Store.open(folder)
    truth = store.journal.read(STREAM)
    store.close()
    chance = random.Random(7)
    found = 0
    for _ in range(60):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        for left in folder.glob("*"):
            if left.is_file():
                left.unlink()
        (folder / FILE).write_bytes(data)
        try:
            store = Store.open(folder)
        except ConsoleError:
            found += 1
            continue
        try:
            assert store.journal.read(STREAM) == truth
        except ConsoleError:
            found += 1
        finally:
            store.close()
    assert found


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET actor = 'somebody else' WHERE version = 3",
        "UPDATE entry SET at = '2026-11-23T09:00:00.000000+00:00' WHERE version = 3",
        "UPDATE entry SET patch = x'7b7d' WHERE version = 3",
        "UPDATE entry SET packed = 1 WHERE version = 2",
        "DELETE FROM entry WHERE version = 3",
        "DELETE FROM entry WHERE version = (SELECT max(version) FROM entry)",
        "UPDATE entry SET hash = '' WHERE version = 1",
        "UPDATE entry SET size = size + 8 WHERE version = 2",
    ],
)
def test_an_edited_journal_is_not_believed(folder: Path, change: str) -> None:
    store = Store.open(folder)
    with store.database.writing() as connection:
        connection.execute(text(change))
    with pytest.raises(ConsoleError, match="journal plan/depot-1/2026-11-23") as told:
        store.journal.read(STREAM)
    assert told.value.remedy
    assert not all(component.is_fit for component in store.components())
    store.close()


def test_a_size_that_is_wrong_is_taken_anew(folder: Path) -> None:
    """The chain says nothing of it, so no row is lost with it."""
    store = Store.open(folder)
    truth = store.journal.read(STREAM)
    with store.database.writing() as connection:
        connection.execute(text("UPDATE entry SET size = size + 8 WHERE version = 2"))
    store.close()
    repaired = repair.rebuild(folder / FILE)
    assert (repaired.rows, repaired.lost) == (len(truth), {})
    store = Store.open(folder)
    assert store.journal.read(STREAM) == truth
    store.close()


def test_a_garbled_description_of_a_table_is_set_aside(folder: Path) -> None:
    """SQLite's own check takes the name of a type as it comes."""
    store = Store.open(folder)
    truth = store.journal.read(STREAM)
    store.close()
    database = sqlite.connect(folder / FILE)
    database.fold()
    database.close()
    garbled = (folder / FILE).read_bytes().replace(b"\tplate TEXT", b"\tplate TAXT")
    (folder / FILE).write_bytes(garbled)
    database = sqlite.connect(folder / FILE)
    assert "“vehicle”" in "".join(checking.check(database).faults)
    database.close()
    with pytest.raises(ConsoleError, match="“vehicle”"):
        Store.open(folder)
    assert [b"plate TAXT" in aside.read_bytes() for aside in _asides(folder)] == [True]
    store = Store.open(folder)
    assert store.journal.read(STREAM) == truth
    store.close()


def test_a_full_disk_loses_nothing(folder: Path) -> None:
    store = Store.open(folder)
    before = store.journal.read(STREAM)
    plan = rows_of(one_of_each())[1]
    row = draft(plan, AddStops(tuple(stop(100 + i) for i in range(3000))), 500)
    with store.database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(ConsoleError, match="full") as told:
        store.journal.append(row)
    assert "Free some space" in told.value.remedy
    assert store.journal.read(STREAM) == before
    with store.database.reading() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    assert store.journal.append(row).version == len(before) + 1
    store.close()


_LIMITED = """
import resource, sys
from pathlib import Path
from console.domain.errors import ConsoleError
from console.storage.store import Store, FILE
from tests.storage.writer import append
store = Store.open(Path(sys.argv[1]))
size = sum(p.stat().st_size for p in Path(sys.argv[1]).iterdir())
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 60_000, resource.RLIM_INFINITY))
done = 0
try:
    while True:
        append(store, "limited", done + 1)
        done += 1
except ConsoleError as error:
    assert error.remedy, error
    print("refused", done)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
append(store, "limited", done + 1)
store.close()
print(done + 1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_a_disk_that_takes_no_more_loses_nothing(folder: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "refused" in result.stdout
    count = int(result.stdout.split()[-1])
    store = Store.open(folder)
    ids = [entry.command_id for entry in store.journal.read(STREAM)]
    assert ids[-count:] == [f"limited-{i}" for i in range(1, count + 1)]
    assert count > 1
    store.close()


def test_a_store_that_another_program_locks(folder: Path) -> None:
    store = Store.open(folder, busy_ms=50)
    other = sqlite.driver().connect(str(folder / FILE))
    other.execute("BEGIN IMMEDIATE")
    row = draft(rows_of(one_of_each())[1], AddStops((stop(99),)), 500)
    with pytest.raises(ConsoleError, match="locked") as told:
        store.journal.append(row)
    assert "Close what else" in told.value.remedy
    other.rollback()
    other.close()
    store.journal.append(row)
    store.close()


def test_a_store_that_may_not_be_written(folder: Path) -> None:
    store = Store.open(folder)
    with store.database.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(ConsoleError, match="may not be written"):
        store.notes.put("x")
    store.close()


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("x")
    with pytest.raises(ConsoleError, match="cannot be used"):
        Store.open(tmp_path / "store")


def test_a_store_whose_file_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(ConsoleError, match="cannot be opened"):
        Store.open(tmp_path)


def test_what_the_system_says_of_a_folder() -> None:
    full, forbidden = OSError(28, "No space left on device"), PermissionError(13, "no")
    assert "full" in folders.unusable(Path("/x"), full).message
    assert "may not be written" in folders.unusable(Path("/x"), forbidden).message


def test_an_address_of_another_database(tmp_path: Path) -> None:
    with pytest.raises(ConsoleError, match="not in mysql"):
        Store.open("mysql://depot/doorstep")
    Store.open(f"sqlite:///{tmp_path}/store").close()
    assert (tmp_path / "store" / FILE).exists()


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_versions_with_a_safe_log(version: tuple[int, ...], safe: bool) -> None:
    assert is_wal_safe(version) is safe


def test_an_affected_sqlite_does_not_get_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(tmp_path).close()
    monkeypatch.setattr(sqlite, "is_wal_safe", lambda _: False)
    store = Store.open(tmp_path)
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 3
    store.journal.append(draft(Plan(), AddStops((stop(1),)), 1))
    store.close()


def test_commits_are_synced_and_keys_checked(store: Store) -> None:
    assert components()[0].is_fit
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


MOUNTS = """\
22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
23 22 0:5 / /home rw shared:2 - ext4 /dev/vda2 rw
40 23 0:50 / /home/depot\\040share rw shared:9 - cifs //server/depot rw
41 23 0:51 / /home/nfs rw - nfs4 server:/depot rw
broken line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ana/.local", "ext4"),
        ("/home/depot share/doorstep", "cifs"),
        ("/home/nfs", "nfs4"),
        ("/home/nfsx", "ext4"),
        ("/var", "ext4"),
    ],
)
def test_the_drive_of_a_folder(folder: str, kind: str) -> None:
    assert folders.kind_in(MOUNTS, Path(folder)) == kind


def test_a_network_drive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "drive_kind", lambda _: "nfs4")
    with pytest.raises(ConsoleError, match="network drive") as told:
        Store.open(tmp_path)
    assert "own disk" in told.value.remedy


def test_a_damaged_file_that_cannot_be_moved(tmp_path: Path) -> None:
    with pytest.raises(ConsoleError, match="could not be set aside"):
        folders.set_aside(tmp_path / "absent.db")
