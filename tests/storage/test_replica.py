"""A console that starts while the shared server is away: on its copy, with an outbox, and back."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from console.bootstrap import Console, open_console
from console.dispatch.fleetwork import open_usual_shifts
from console.dispatch.journal import Disconnected
from console.dispatch.lanes import ThreadLanes
from console.dispatch.station import Station
from console.domain.commands import AddStops
from console.domain.errors import ConsoleError
from console.domain.plan import Plan
from console.settings import Settings
from console.storage import address, moving, postgres
from console.storage.journal import SqlJournal
from console.storage.replica import Replica
from console.storage.schema import registers
from console.storage.store import Store
from tests.postgres import Server
from tests.storage.plans import STREAM, draft, stop

DAY = date(2031, 3, 4)


@pytest.fixture
def config(server: Server, shared: str, tmp_path: Path) -> Settings:
    return Settings(tmp_path, "ana", database=server.url(shared, "ana"))


@contextmanager
def _away(server: Server) -> Generator[None]:
    server.control("-m", "immediate", "stop")
    try:
        yield
    finally:
        server.start()


async def _opened(console: Console) -> Station:
    station = Station(console.services)
    await station.open(DAY)
    await open_usual_shifts(station)
    return station


def _session(config: Settings, lanes: ThreadLanes) -> Console:
    return open_console(config, lanes)


def _until_back(console: Console) -> None:
    watch = console.store.watch
    while not watch.is_connected:
        pass


def test_a_console_starts_without_its_server_and_loses_nothing(
    server: Server, shared: str, config: Settings
) -> None:
    lanes = ThreadLanes()

    async def at_work(console: Console, number: int) -> Station:
        station = await _opened(console)
        await station.submit(AddStops((stop(number),)))
        return station

    first = _session(config, lanes)
    assert first.store.told == ""
    before = asyncio.run(at_work(first, 1)).workday.desk.plan
    first.close()
    with _away(server):
        alone = _session(config, lanes)
        assert "does not answer" in alone.store.told
        assert (alone.store.login, alone.store.roles) == ("ana", first.store.roles)

        async def offline() -> None:
            station = await _opened(alone)
            assert station.workday.desk.plan == before
            with pytest.raises(Disconnected):
                await station.submit(AddStops((stop(2),)))
            assert len(station.workday.desk.plan.stops) == 2

        asyncio.run(offline())
        alone.close()  # as good as killed: nothing could be sent
        again = _session(config, lanes)

    async def returned() -> Plan:
        """What waited is sent behind what a colleague did meanwhile."""
        with _away(server):
            station = await _opened(again)
            assert len(station.workday.desk.plan.stops) == 2
        colleague = Store.open(server.url(shared, "ben"))
        stream = station.workday.desk.stream
        other = replace(draft(Plan(), AddStops((stop(3),)), 1), stream=stream)
        version = colleague.journal.head(stream) + 1
        colleague.journal.append(replace(other, version=version, command_id="ben-1"))
        _until_back(again)
        await station.save()
        assert station.workday.desk.is_saved
        assert [row.actor for row in colleague.journal.read(stream)][-2:] == ["ben", "ana"]
        colleague.close()
        return station.workday.desk.plan

    assert len(asyncio.run(returned()).stops) == 3
    again.close()
    lanes.close()


def test_without_a_copy_the_server_is_asked_for(server: Server, config: Settings) -> None:
    lanes = ThreadLanes()
    with _away(server), pytest.raises(Disconnected) as told:
        open_console(config, lanes)
    assert told.value.remedy
    lanes.close()


def test_the_copy_is_what_the_server_has(server: Server, shared: str, tmp_path: Path) -> None:
    """Registers and journal after changes, erasures and another history; and what is sent."""
    where = server.url(shared, "ana")
    store = Store.open(where)
    for number in range(300):
        store.notes.put(f"note {number}")
    store.journal.append(draft(Plan(), AddStops((stop(1),)), 1))
    replica = Replica.open(tmp_path, where)
    assert replica.session() is None

    def follow() -> int:
        taken = replica.follow(store.database, store.login, store.roles)
        with store.database.reading() as theirs, replica.database.reading() as ours:
            for table in moving.tables():
                assert moving.digest(ours, table) == moving.digest(theirs, table), table.name
        return taken

    assert follow() == 301
    assert follow() == 0
    gone = store.notes.put("of somebody")
    assert 1 <= follow() < 30
    store.notes.erase([gone])
    follow()
    store.journal.append(replace(draft(Plan(), AddStops((stop(2),)), 2), version=2))
    assert follow() == 1
    server.clean(shared)
    store.journal.append(draft(Plan(), AddStops((stop(7),)), 1))
    assert follow() == 1
    assert [row.version for row in SqlJournal(replica.database).read(STREAM)] == [1]
    assert replica.database.contents() == ""
    known = replica.session()
    assert known is not None
    assert (known.login, known.roles) == ("ana", store.roles)
    replica.close()
    store.close()


def test_a_damaged_copy_is_made_anew(server: Server, shared: str, tmp_path: Path) -> None:
    where = server.url(shared, "ana")
    replica = Replica.open(tmp_path, where)
    file = replica.database.file
    database = postgres.connect(address.read(where))
    replica.follow(database, "ana", frozenset())
    replica.close()
    file.write_bytes(b"rubbish" * 1000)
    again = Replica.open(tmp_path, where)
    assert again.session() is None
    again.follow(database, "ana", frozenset())
    assert again.session() is not None
    again.close()
    database.close()


def test_registers_are_read_from_the_copy_and_never_written_to_it(
    server: Server, shared: str, tmp_path: Path
) -> None:
    where = server.url(shared, "ana")
    store = Store.open(where, copies=tmp_path)
    note = store.notes.put("at the gate")
    store.close()
    with _away(server):
        alone = Store.open(where, copies=tmp_path)
        assert alone.notes.get([note]) == {note: "at the gate"}
        assert not alone.watch.is_connected
        with pytest.raises(ConsoleError, match="does not answer"):
            alone.notes.put("another")
        alone.close()
    assert {table.name for table in registers()} >= {"note", "order_entry", "place"}
