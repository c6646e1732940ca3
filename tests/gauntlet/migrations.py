"""kill -9 of whoever migrates a shared database: its tables are before or after, never between."""

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, event, text

from console.domain.errors import ConsoleError
from console.storage import address, founding, migrate, postgres, schema
from console.storage.store import Store
from tests.gauntlet import consoles
from tests.gauntlet.kills import OLDER, SINCE
from tests.gauntlet.tally import Tally, examine, whole
from tests.postgres import Server, running

MOST = 60  # statements; the last seeds let it end
STREAM = "plan/depot/1"


def server_migration_killed(seeds: range, folder: Path) -> Tally:
    """From release 0004 to ours, each time of a database of its own."""
    tally, server = Tally(), running()
    for seed in seeds:
        name = server.fresh()
        _round(tally, seed, (server, name), folder)
        server.drop(name)
        tally.rounds += 1
    return tally


def _round(tally: Tally, seed: int, at: tuple[Server, str], folder: Path) -> None:
    server, name = at
    store = Store.open(server.url(name, "ana"))
    desk = consoles.desk_of(store, STREAM, "ana")
    consoles.begin(desk)
    acknowledged = [consoles.edit(desk, random.Random(seed)) for _ in range(3)]
    store.close()
    where = address.read(server.url(name))
    owner = postgres.connect(where)
    with owner.writing() as connection:
        owner.own(connection)
        for statement in OLDER:
            connection.execute(text(statement))
    owner.close()
    consoles.killed(lambda tell: _migrating(where, seed % MOST, tell), 1, 0.0)
    _require_either(tally, seed, where)
    try:
        founding.found(where, lambda _: None, lambda _: folder)  # what was killed is done again
        store = Store.open(server.url(name, "ana"))
    except ConsoleError as error:
        tally.lost += len(acknowledged)
        tally.notes.append(f"seed {seed}: {error.message}")
        return
    desk = consoles.desk_of(store, STREAM, "ana")
    acknowledged.append(consoles.edit(desk, random.Random(seed)))
    if examine(tally, seed, (store.journal, STREAM), acknowledged) != desk.plan:
        tally.blame(seed, "replay and desk differ")
    whole(tally, seed, store.database)
    store.close()


def _migrating(where: address.Address, statement: int, tell: Callable[[str], None]) -> None:
    done = [0]

    def counted(*_: object) -> None:
        if done[0] == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        done[0] += 1

    event.listen(Engine, "after_cursor_execute", counted)
    founding.found(where, lambda _: None, lambda _: Path())
    tell("migrated")


def _require_either(tally: Tally, seed: int, where: address.Address) -> None:
    database = postgres.connect(where)
    present = migrate.revision(database)
    query = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    with database.reading() as connection:
        tables = set(connection.execute(query).scalars())
    database.close()
    is_after = present == schema.REVISION
    made = set(SINCE) & tables
    if len(made) != (len(SINCE) if is_after else 0):
        tally.blame(seed, f"tables between two releases: {present}, with {sorted(made)}")
