"""Backups that are proved, repair that never empties, moves that are compared: `doorstep db`."""

import os
import random
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text

from console.domain.commands import AddStops
from console.domain.errors import ConsoleError
from console.domain.places import Address
from console.domain.plan import Plan
from console.storage import address, backups, checking, moving, postgres, sqlite
from console.storage.backups import Backups, kept
from console.storage.keeper import Keeper
from console.storage.repair import rebuild
from console.storage.store import FILE, Store
from console.storage.tending import Tending
from tests.postgres import Server
from tests.storage.plans import EIGHT, STREAM, draft, one_of_each, rows_of, stop

HOUR = timedelta(hours=1)
ROWS = len(one_of_each())


def _fill(store: Store) -> int:
    """A journal and every register; the number of its journal rows."""
    drafts, _ = rows_of(one_of_each())
    store.journal.append_all(drafts)
    store.places.remember_all([Address(f"Street {i}") for i in range(300)])
    for i in range(20):
        store.notes.put(f"note {i}")
    return len(drafts)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = Store.open(tmp_path / "store")
    _fill(store)
    store.close()
    return tmp_path / "store"


class SetClock:
    """Shows the time it is set to."""

    moment = EIGHT

    def now(self) -> datetime:
        return self.moment


@pytest.fixture(autouse=True)
def _own_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tending process steps behind others; the tests' own process does not."""
    monkeypatch.setattr(os, "nice", lambda _: 0)


def _keeper(folder: Path, shared: str = "") -> tuple[Keeper, list[str]]:
    told: list[str] = []
    return Keeper(folder, shared, told.append, SetClock()), told


def _tended(keeper: Keeper, at: datetime) -> int:
    return replace(keeper, clock=_at(at)).tend()


def _at(moment: datetime) -> SetClock:
    clock = SetClock()
    clock.moment = moment
    return clock


def _spoil(folder: Path, statement: str) -> None:
    database = sqlite.connect(folder / FILE)
    with database.writing() as connection:
        connection.execute(text(statement))
    database.close()


def _versions(folder: Path) -> list[int]:
    store = Store.open(folder)
    try:
        return [entry.version for entry in store.journal.read(STREAM)]
    finally:
        store.close()


# -- backups ---------------------------------------------------------------------------------------


def test_an_hourly_backup_is_made_checked_and_proved(store: Store, tmp_path: Path) -> None:
    rows = _fill(store)
    saved = Backups(tmp_path / "backups")
    assert saved.is_due(EIGHT)
    file = saved.make(store.database, EIGHT)
    assert not saved.is_due(EIGHT + HOUR / 2)
    assert saved.is_due(EIGHT + HOUR)
    assert saved.is_due(EIGHT - HOUR)  # the clock was set back: rather once too often
    assert backups.examined(file, store.database).rows == rows
    proof = saved.prove(store.database, EIGHT)
    assert proof is not None
    assert proof.is_whole
    assert saved.prove(store.database, EIGHT + HOUR) is None
    assert saved.prove(store.database, EIGHT + 24 * HOUR) is not None


def test_a_backup_of_another_history_is_no_proof(store: Store, tmp_path: Path) -> None:
    _fill(store)
    saved = Backups(tmp_path / "backups")
    other = Store.open(tmp_path / "other")
    other.journal.append(draft(Plan(), AddStops((stop(7),)), 7))
    saved.make(other.database, EIGHT)
    other.close()
    proof = saved.prove(store.database, EIGHT)
    assert proof is not None
    assert "another history" in proof.faults[0]
    assert saved.prove(store.database, EIGHT) is not None  # still due


def test_hours_days_and_months_are_kept() -> None:
    now = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    times = [now - hours * HOUR for hours in range(24 * 420)]
    keep = kept(times)
    assert {now - hours * HOUR for hours in range(24)} <= keep
    assert len({time.date() for time in keep if now - time < timedelta(days=31)}) == 31
    assert len({(time.year, time.month) for time in keep}) == 12
    assert len(keep) <= 24 + 31 + 12
    assert kept(sorted(keep)) == keep


def test_old_backups_are_thinned_when_one_is_made(store: Store, tmp_path: Path) -> None:
    saved = Backups(tmp_path / "backups")
    for hours in range(30):
        saved.make(store.database, EIGHT + hours * HOUR)
    assert len(saved.all()) == 24


def test_a_backup_that_is_damaged_does_not_count(folder: Path, tmp_path: Path) -> None:
    store = Store.open(folder)
    with store.database.writing() as connection:
        connection.execute(text("UPDATE entry SET actor = 'x' WHERE version = 3"))
    target = tmp_path / "copy.db"
    with pytest.raises(ConsoleError, match="could not be verified"):
        backups.backup(store.database, target)
    assert list(tmp_path.glob("copy*")) == []
    store.close()


def test_a_backup_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.db").write_text("mine")
    with pytest.raises(ConsoleError, match="already there"):
        backups.backup(store.database, tmp_path / "mine.db")
    assert (tmp_path / "mine.db").read_text() == "mine"


# -- check, restore, repair ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        ("UPDATE entry SET actor = 'x' WHERE version = 3", "Version 3"),
        ("DELETE FROM entry WHERE version = 4", "lacks version 4"),
        ("UPDATE stream SET version = 99", "Version 99"),
        ("UPDATE seal SET digest = 'x' WHERE name = 'note'", "register “note”"),
        ("DELETE FROM seal WHERE name = 'place'", "register “place”"),
    ],
)
def test_a_check_names_what_is_wrong(folder: Path, spoil: str, fault: str) -> None:
    keeper, told = _keeper(folder)
    assert keeper.check() == 0
    _spoil(folder, spoil)
    assert keeper.check() == 1
    assert fault in "\n".join(told)
    assert "repair" in told[-1]


def test_a_register_that_was_changed_outside_is_found(folder: Path) -> None:
    """As a flipped bit does it: past every trigger."""
    raw = sqlite.driver().connect(str(folder / FILE))
    raw.execute("UPDATE place SET street = 'Street 7 b' WHERE street = 'Street 7'")
    raw.commit()
    raw.close()
    keeper, told = _keeper(folder)
    assert keeper.check() == 1
    assert "the register “place” was changed" in told[0]


def test_a_snapshot_that_lies_is_found(store: Store) -> None:
    _fill(store)
    _, plan = rows_of(one_of_each())
    store.snapshots.store(STREAM, plan)
    assert checking.check(store.database).is_whole
    lie = Plan(version=plan.version, day=plan.day)
    store.snapshots.store(STREAM, lie)
    assert "snapshot" in checking.check(store.database).faults[0]


def test_restoring_sets_the_present_store_aside_whole(folder: Path, tmp_path: Path) -> None:
    keeper, told = _keeper(folder)
    keeper.backup(tmp_path / "saved.db")
    before = _versions(folder)
    store = Store.open(folder)
    store.journal.append(draft(Plan(version=before[-1]), AddStops((stop(50),)), 900))
    store.close()
    keeper.restore(tmp_path / "saved.db")
    assert _versions(folder) == before
    (aside,) = folder.glob("*.before-restore-*")
    kept_aside = sqlite.connect(aside)
    assert checking.check(kept_aside).rows == len(before) + 1
    kept_aside.close()
    assert str(aside) in told[-1]


def test_a_store_that_is_open_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    keeper, _ = _keeper(folder)
    keeper.backup(tmp_path / "saved.db")
    store = Store.open(folder, busy_ms=50)
    store.journal.read(STREAM)
    with pytest.raises(ConsoleError):
        keeper.restore(tmp_path / "saved.db")
    assert (
        store.journal.append(draft(Plan(version=ROWS), AddStops((stop(50),)), 900)).version
        == ROWS + 1
    )
    store.close()
    assert len(_versions(folder)) == ROWS + 1


def test_what_is_no_backup_is_not_restored(folder: Path, tmp_path: Path) -> None:
    keeper, _ = _keeper(folder)
    before = _versions(folder)
    (tmp_path / "rubbish.db").write_bytes(b"rubbish" * 1000)
    for source in (tmp_path / "rubbish.db", tmp_path / "absent.db"):
        with pytest.raises(ConsoleError):
            keeper.restore(source)
    assert _versions(folder) == before


def test_nothing_to_repair(folder: Path) -> None:
    keeper, told = _keeper(folder)
    keeper.repair()
    assert "nothing to repair" in told[-1]
    assert not list(folder.glob("*.damaged-*"))


@pytest.mark.parametrize(
    ("spoil", "left"),
    [
        ("UPDATE entry SET actor = 'x' WHERE version = 5", 4),
        ("DELETE FROM entry WHERE version = 5", 4),
        (f"UPDATE entry SET hash = '' WHERE version = {ROWS}", ROWS - 1),
    ],
)
def test_repair_keeps_all_that_the_chain_proves(folder: Path, spoil: str, left: int) -> None:
    _spoil(folder, spoil)
    keeper, told = _keeper(folder)
    keeper.repair()
    assert _versions(folder) == list(range(1, left + 1))
    assert f"{ROWS - left} of {STREAM}" in told[-1]
    assert len(list(folder.glob("*.damaged-1"))) == 1


def test_a_backup_fills_what_is_damaged(folder: Path) -> None:
    """The backup has the row that is lost, the damaged file the rows since."""
    store = Store.open(folder)
    Backups(folder / "backups").make(store.database, EIGHT)
    store.journal.append(draft(Plan(version=ROWS), AddStops((stop(50),)), 900))
    store.close()
    _spoil(folder, "UPDATE entry SET patch = x'00' WHERE version = 5")
    keeper, told = _keeper(folder)
    keeper.repair()
    assert _versions(folder) == list(range(1, ROWS + 2))
    assert "No change of a plan is lost" in told[-1]


def test_a_file_with_holes_gives_back_every_row_that_is_left(folder: Path) -> None:
    """Pages overwritten at random: what comes back is whole, the registers too where they are."""
    whole = (folder / FILE).read_bytes()
    chance = random.Random(5)
    counts: list[int] = []
    for _ in range(8):
        data = bytearray(whole)
        page = 4096 * chance.randrange(1, len(data) // 4096)
        data[page : page + 4096] = chance.randbytes(4096)
        for left in folder.glob(f"{FILE}*"):
            left.unlink()
        (folder / FILE).write_bytes(data)
        repaired = rebuild(folder / FILE)
        assert repaired.aside.read_bytes() == data
        if (folder / FILE).exists():
            counts.append(len(_versions(folder)))
        else:
            assert repaired.rows == 0
    assert ROWS in counts


def test_with_a_backup_rubbish_is_no_loss(folder: Path) -> None:
    store = Store.open(folder)
    Backups(folder / "backups").make(store.database, EIGHT)
    store.close()
    (folder / FILE).write_bytes(random.Random(1).randbytes(50_000))
    with pytest.raises(ConsoleError, match=f"rebuilt with {ROWS} changes"):
        Store.open(folder)
    assert _versions(folder) == list(range(1, ROWS + 1))
    again = Store.open(folder)
    assert len(again.places.remember_all([Address(f"Street {i}") for i in range(300)])) == 300
    again.close()


# -- shared ----------------------------------------------------------------------------------------


@pytest.fixture
def to_server(server: Server, shared: str, folder: Path) -> Callable[[], tuple[Keeper, str]]:
    def moved() -> tuple[Keeper, str]:
        keeper, _ = _keeper(folder)
        keeper.move(server.url(shared), back=False)
        return keeper, server.url(shared, "ana")

    return moved


def test_a_store_moves_to_the_server_and_back_whole(
    to_server: Callable[[], tuple[Keeper, str]], server: Server, shared: str, folder: Path
) -> None:
    _, where = to_server()
    store = Store.open(where)
    plan = Plan(version=store.journal.head(STREAM))
    store.journal.append(draft(plan, AddStops((stop(50),)), 900))
    assert store.journal.verify(STREAM) == ROWS + 1
    store.close()
    back, told = _keeper(folder.parent / "back")
    back.move(server.url(shared), back=True)
    assert f"{ROWS + 1} changes" in told[0]
    here, there = sqlite.connect(back.file), postgres.connect(address.read(server.url(shared)))
    with here.reading() as one, there.reading() as other:
        for table in moving.tables():
            assert moving.digest(one, table) == moving.digest(other, table), table.name
    here.close()
    there.close()
    assert _versions(back.folder) == list(range(1, ROWS + 2))


def test_two_stores_are_never_mixed(
    to_server: Callable[[], tuple[Keeper, str]], server: Server, shared: str
) -> None:
    keeper, _ = to_server()
    with pytest.raises(ConsoleError, match="not empty"):
        keeper.move(server.url(shared), back=False)
    with pytest.raises(ConsoleError, match="already"):
        keeper.move(server.url(shared), back=True)


def test_a_dispatcher_cannot_move_a_store(server: Server, shared: str, folder: Path) -> None:
    keeper, _ = _keeper(folder)
    with pytest.raises(ConsoleError, match="may not"):
        keeper.move(server.url(shared, "ana"), back=False)


def test_a_dispatchers_console_saves_the_shared_store(
    to_server: Callable[[], tuple[Keeper, str]], tmp_path: Path
) -> None:
    _, where = to_server()
    keeper, told = _keeper(tmp_path / "console", where)
    keeper.backup(None)
    assert keeper.check() == 0
    (saved,) = keeper.backups.all()
    assert backups.examined(saved).rows == ROWS
    assert f"{ROWS} rows" in told[-1]
    with pytest.raises(ConsoleError, match="cannot restore") as refused:
        keeper.restore(saved)
    assert "db move" in refused.value.remedy


def test_setting_up_and_admitting_by_the_keeper(server: Server, own: str, tmp_path: Path) -> None:
    from console.dispatch.roles import Role

    keeper, told = _keeper(tmp_path / "console")
    keeper.migrate(server.url(own))
    assert f'database = "postgresql://127.0.0.1:{server.port}/{own}"' in told[-1]
    keeper.admit(server.url(own), "zoe", Role.VIEWER, "")
    assert told[-1].startswith("zoe is a viewer")
    store = Store.open(server.url(own, "zoe"))
    assert Role.DISPATCHER not in store.roles
    store.close()
    keeper.admit(server.url(own), "zoe", Role.MANAGER, "")
    store = Store.open(server.url(own, "zoe"))
    assert Role.DISPATCHER in store.roles
    store.close()


# -- behind the window -----------------------------------------------------------------------------


def test_tending_saves_proves_and_is_silent(folder: Path) -> None:
    keeper, told = _keeper(folder)
    assert _tended(keeper, EIGHT) == 0
    assert _tended(keeper, EIGHT + HOUR / 2) == 0
    assert len(keeper.backups.all()) == 1
    assert _tended(keeper, EIGHT + HOUR) == 0
    assert len(keeper.backups.all()) == 2
    assert (keeper.backups.folder / "proved").exists()
    assert told == []


def test_tending_tells_what_is_wrong_and_backs_it_up_no_more(folder: Path) -> None:
    keeper, told = _keeper(folder)
    _tended(keeper, EIGHT)
    _spoil(folder, "UPDATE entry SET actor = 'x' WHERE version = 3")
    with pytest.raises(ConsoleError, match="could not be verified"):
        _tended(keeper, EIGHT + HOUR)
    assert len(keeper.backups.all()) == 1
    assert _tended(keeper, EIGHT + HOUR / 2) == 1
    assert "Version 3" in told[-1]


def test_nothing_is_made_where_there_is_no_store(tmp_path: Path) -> None:
    keeper, _ = _keeper(tmp_path / "none")
    assert _tended(keeper, EIGHT) == 0
    for deed in (keeper.check, keeper.repair, lambda: keeper.backup(None)):
        with pytest.raises(ConsoleError, match="no store"):
            deed()
    assert not (tmp_path / "none" / FILE).exists()


def test_a_console_that_closes_ends_what_it_had_begun() -> None:
    waiting = Tending([sys.executable, "-c", "input()"], dict(os.environ))
    thread = Thread(target=waiting)
    thread.start()
    waiting.close()
    thread.join(30)
    assert not thread.is_alive()
    assert waiting() == ""


def test_what_the_process_says_is_told_only_when_it_failed() -> None:
    for code, told in ((0, ""), (1, "the store is damaged")):
        program = f"print('the store is damaged'); raise SystemExit({code})"
        assert Tending([sys.executable, "-c", program], dict(os.environ))() == told
