"""A long journal: what was replayed once is not replayed again, and nothing is seen less for it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from console.domain.errors import ConsoleError
from console.storage import backups, checking, looks, sqlite
from console.storage.looks import WHOLE_EVERY, Looks
from console.storage.store import FILE, Store
from tests.storage.plans import EIGHT, HOUR, STREAM, one_of_each, rows_of

OTHER = "plan/depot-2/2026-11-24"


@pytest.fixture
def store(tmp_path: Path):
    made = Store.open(tmp_path / "store")
    made.journal.append_all(rows_of(one_of_each())[0])
    yield made
    made.close()


@pytest.fixture
def replays(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The streams that are replayed from now on."""
    heard: list[str] = []
    replayed = checking._replayed

    def listened(database, stream: str) -> int:
        heard.append(stream)
        return replayed(database, stream)

    monkeypatch.setattr(checking, "_replayed", listened)
    return heard


def _another_day(store: Store) -> None:
    rows = rows_of(one_of_each())[0][:5]
    store.journal.append_all([replace(row, stream=OTHER) for row in rows])


def test_what_was_replayed_is_not_replayed_again(store: Store, tmp_path: Path, replays) -> None:
    seen = Looks(tmp_path)
    first = seen.look(store.database, EIGHT)
    assert (first.is_whole, replays) == (True, [STREAM])
    _another_day(store)
    again = seen.look(store.database, EIGHT + HOUR)
    assert (again.is_whole, again.streams, replays) == (True, 2, [STREAM, OTHER])
    assert again.rows == store.journal.head(STREAM) + 5
    assert seen.heads(store.database) == store.journal.heads()


def test_of_a_long_journal_only_the_new_is_looked_at(
    store: Store, tmp_path: Path, replays, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "FEW", 3)
    seen = Looks(tmp_path)
    seen.look(store.database, EIGHT)
    assert seen.look(store.database, EIGHT + HOUR).streams == 0
    _another_day(store)
    new = seen.look(store.database, EIGHT + HOUR)
    assert (new.streams, new.rows, replays) == (1, 5, [STREAM, OTHER])
    whole = seen.look(store.database, EIGHT + WHOLE_EVERY)
    assert (whole.streams, whole.is_whole) == (2, True)


def test_a_row_changed_since_is_found_by_its_chain(store: Store, tmp_path: Path) -> None:
    seen = Looks(tmp_path)
    seen.look(store.database, EIGHT)
    with store.database.writing() as connection:
        connection.execute(text("UPDATE entry SET actor = 'eve' WHERE version = 3"))
    found = seen.look(store.database, EIGHT + HOUR)
    assert not found.is_whole
    assert "Version 3" in found.faults[0]


@pytest.mark.parametrize("written", ["", "{", "[]", '{"name": 1}', '{"name": "x", "heads": 3}'])
def test_what_cannot_be_read_is_as_if_nothing_was_known(
    store: Store, tmp_path: Path, written: str, replays
) -> None:
    (tmp_path / "looked.json").write_text(written)
    assert Looks(tmp_path).look(store.database, EIGHT).is_whole
    assert replays == [STREAM]


def test_a_wrong_hash_that_is_known_is_no_reason_to_look_away(store: Store, replays) -> None:
    known = {STREAM: (store.journal.head(STREAM), "0" * 64)}
    assert checking.check(store.database, known=known).is_whole
    assert replays == [STREAM]


def test_a_large_file_is_opened_after_a_quick_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(tmp_path / "store")
    monkeypatch.setattr(sqlite, "_AT_ONCE", 0)
    database = sqlite.connect(tmp_path / "store" / FILE)
    assert database.faults_at_start() == ""
    with database.reading() as connection:
        root = "SELECT rootpage FROM sqlite_master WHERE name = 'depot'"
        page = connection.execute(text(root)).scalar_one()
    database.close()
    store.close()
    data = bytearray((tmp_path / "store" / FILE).read_bytes())
    size = int.from_bytes(data[16:18], "big")
    data[(page - 1) * size : (page - 1) * size + 8] = b"\x0d\x00\x00\xff\xff\xff\xff\x00"
    (tmp_path / "store" / FILE).write_bytes(data)
    with pytest.raises(ConsoleError, match="is damaged"):
        Store.open(tmp_path / "store")


def test_fewer_backups_where_there_is_room_for_few() -> None:
    times = [EIGHT - timedelta(hours=6 * number) for number in range(400)]
    assert len(backups.kept(times)) > len(backups.kept(times, 0.5)) > len(backups.kept(times, 0.01))
    assert backups.kept(times, 0.01) == {EIGHT}
    assert backups.kept(times, 5.0) == backups.kept(times)


def test_rows_are_streamed_as_they_are_read(store: Store) -> None:
    assert list(store.journal.each(STREAM)) == list(store.journal.read(STREAM))
    assert list(store.journal.each("plan/none/2026-11-23")) == []
