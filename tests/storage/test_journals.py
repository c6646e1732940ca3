"""The journal's contract, over every implementation."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from console.domain.commands import AddStops
from console.domain.errors import ConsoleError, Stale
from console.domain.plan import Plan
from console.storage.journal import SqlJournal
from console.storage.memory import MemoryJournal
from console.storage.sharing import SharedJournal
from console.storage.store import Store
from tests.postgres import Server
from tests.storage.plans import STREAM, draft, fresh_database, one_of_each, rows_of, stop

type AnyJournal = MemoryJournal | SqlJournal


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyJournal]:
    if request.param == "memory":
        yield MemoryJournal()
    elif request.param == "sqlite":
        database = fresh_database(tmp_path)
        yield SqlJournal(database)
        database.close()
    else:
        server: Server = request.getfixturevalue("server")
        name: str = request.getfixturevalue("shared")
        store = Store.open(server.url(name, "ana"))
        yield store.journal
        store.close()


def test_an_empty_stream(journal: AnyJournal) -> None:
    assert journal.head(STREAM) == 0
    assert list(journal.read(STREAM)) == []
    assert list(journal.streams()) == []


def test_all_commands_come_back_and_replay(journal: AnyJournal) -> None:
    drafts, plan = rows_of(one_of_each())
    appended = [journal.append(row) for row in drafts]
    entries = journal.read(STREAM)
    assert [entry.version for entry in entries] == list(range(1, len(drafts) + 1))
    assert [entry.hash for entry in entries] == [entry.hash for entry in appended]
    replayed = Plan()
    for row, entry in zip(drafts, entries, strict=True):
        assert (entry.kind, entry.patch) == (row.command.kind, row.patch)
        assert entry.at == row.at or isinstance(journal, SharedJournal)  # the server's clock
        assert (entry.actor, entry.origin, entry.command_id) == (
            row.actor,
            row.origin,
            row.command_id,
        )
        replayed = entry.patch.apply(replayed)
    assert replayed == plan


def test_every_journal_writes_the_same_chain(journal: AnyJournal) -> None:
    """Where the time is the author's; a shared journal's chain is computed by the server."""
    drafts, _ = rows_of(one_of_each())
    if isinstance(journal, SharedJournal):
        journal.append_all(drafts)
        assert journal.verify(STREAM) == len(drafts)
        return
    other = MemoryJournal()
    assert [journal.append(row).hash for row in drafts] == [
        other.append(row).hash for row in drafts
    ]


def test_reading_after_a_version(journal: AnyJournal) -> None:
    drafts, _ = rows_of(one_of_each())
    for row in drafts:
        journal.append(row)
    assert [entry.version for entry in journal.read(STREAM, len(drafts) - 2)] == [
        len(drafts) - 1,
        len(drafts),
    ]
    assert list(journal.read(STREAM, len(drafts))) == []
    assert list(journal.read(STREAM, len(drafts) + 9)) == []


def test_a_taken_version_is_stale(journal: AnyJournal) -> None:
    journal.append(draft(Plan(), AddStops((stop(1),)), 1))
    with pytest.raises(Stale):
        journal.append(draft(Plan(), AddStops((stop(2),)), 2))
    assert journal.head(STREAM) == 1


def test_a_version_beyond_the_next_is_refused(journal: AnyJournal) -> None:
    with pytest.raises(ConsoleError, match="older copy"):
        journal.append(draft(Plan(version=7), AddStops((stop(1),)), 1))


def test_the_same_command_twice_is_one_row(journal: AnyJournal) -> None:
    first = journal.append(draft(Plan(), AddStops((stop(1),)), 1))
    journal.append(draft(Plan(version=1), AddStops((stop(2),)), 2))
    again = journal.append(draft(Plan(version=2), AddStops((stop(1),)), 1))
    assert again == first
    assert journal.head(STREAM) == 2


def test_one_command_id_may_stand_in_two_streams(journal: AnyJournal) -> None:
    row = draft(Plan(), AddStops((stop(1),)), 1)
    other = replace(row, stream="backlog/depot-1")
    assert journal.append(row).hash != journal.append(other).hash
    assert list(journal.streams()) == ["backlog/depot-1", STREAM]


def test_several_rows_at_once(journal: AnyJournal) -> None:
    drafts, _ = rows_of(one_of_each())
    entries = journal.append_all(drafts)
    assert [entry.version for entry in entries] == [row.version for row in drafts]
    assert len(journal.read(STREAM)) == len(drafts)


def test_several_rows_of_which_some_are_there_already(journal: AnyJournal) -> None:
    drafts, _ = rows_of(one_of_each())
    before = journal.append_all(drafts[:4])
    again = journal.append_all(drafts[2:8])
    assert list(again[:2]) == list(before[2:])
    assert [entry.version for entry in again] == [3, 4, 5, 6, 7, 8]
    assert [entry.command_id for entry in journal.read(STREAM)] == [
        row.command_id for row in drafts[:8]
    ]


def test_rows_of_two_streams_at_once(journal: AnyJournal) -> None:
    drafts, _ = rows_of(one_of_each())
    other = [replace(row, stream="backlog/depot-1") for row in drafts[:3]]
    journal.append_all([*other, *drafts[:5]])
    assert [journal.head(stream) for stream in journal.streams()] == [3, 5]
    with pytest.raises(Stale):
        journal.append_all([*drafts[5:], replace(drafts[0], command_id="another")])
    assert journal.head(STREAM) == 5
    assert len(journal.read(STREAM)) == 5


def test_of_several_rows_all_or_none(journal: AnyJournal) -> None:
    journal.append(draft(Plan(), AddStops((stop(1),)), 1))
    good = replace(draft(Plan(), AddStops((stop(2),)), 2), stream="backlog/depot-1")
    taken = draft(Plan(), AddStops((stop(3),)), 3)
    with pytest.raises(Stale):
        journal.append_all((good, taken))
    assert list(journal.streams()) == [STREAM]
    assert journal.head("backlog/depot-1") == 0


def test_large_rows_come_back(journal: AnyJournal) -> None:
    command = AddStops(tuple(stop(i) for i in range(300)))
    entry = journal.append(draft(Plan(), command, 1))
    (again,) = journal.read(STREAM)
    assert (again.command, again.hash) == (command, entry.hash)


def test_threads_take_turns(journal: AnyJournal) -> None:
    def write(writer: int) -> None:
        for i in range(10):
            row = draft(Plan(), AddStops((stop(writer * 100 + i),)), writer * 100 + i)
            while True:
                try:
                    journal.append(replace(row, version=journal.head(STREAM) + 1))
                    break
                except Stale:
                    continue

    threads = [Thread(target=write, args=(writer,)) for writer in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [entry.version for entry in journal.read(STREAM)] == list(range(1, 31))


def test_a_naive_time_is_a_defect(journal: AnyJournal) -> None:
    row = draft(Plan(), AddStops((stop(1),)), 1)
    with pytest.raises(ValueError, match="aware"):
        journal.append(replace(row, at=row.at.replace(tzinfo=None)))
    assert journal.head(STREAM) == 0
