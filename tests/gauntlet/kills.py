"""kill -9 while a console saves or imports, on a file and on a server; and of a migration."""

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import event

from console.domain.errors import ConsoleError
from console.domain.orders import OrderId
from console.storage import migrate, schema, sqlite
from console.storage.journal import SqlJournal
from console.storage.store import FILE, Store
from tests.gauntlet import consoles
from tests.gauntlet.reopening import reopen
from tests.gauntlet.tally import Tally, examine, whole
from tests.postgres import Server, running

PER_STORE = 25  # rounds before a fresh file is taken

OF_0004 = frozenset(
    (
        *("stream", "entry", "snapshot", "seal", "place", "place_access", "order_entry", "driver"),
        *("vehicle", "depot", "shift_template", "note", "preference", "traffic"),
    )
)
SINCE = tuple(t.name for t in reversed(schema.metadata.sorted_tables) if t.name not in OF_0004)
"""Tables that a migration since release 0004 has made."""
OLDER = (
    *(f"DROP TABLE {name}" for name in SINCE),
    "UPDATE alembic_version SET version_num = '0004'",
)
"""Back to the tables of release 0004."""

type Deed = Callable[[str, str, int, Callable[[str], None]], None]
"""What a child does until it is killed: where, stream, seed, whom to tell."""


def save(where: str, stream: str, seed: int, tell: Callable[[str], None]) -> None:
    store, chance = Store.open(where), random.Random(seed)
    desk = consoles.desk_of(store, stream, "ana")
    consoles.begin(desk)
    while True:
        tell(consoles.edit(desk, chance))


def take_in(where: str, stream: str, seed: int, tell: Callable[[str], None]) -> None:
    store, number = Store.open(where), 0
    desk = consoles.desk_of(store, stream, "ana")
    while True:
        number += 1
        tell(consoles.import_orders(store, desk, f"{seed}-{number}", 60))


def on_file(deed: Deed, most: int) -> Callable[[range, Path], Tally]:
    """Killed consoles on files; a stream for each, so that what they leave behind is told apart."""

    def fault(seeds: range, folder: Path) -> Tally:
        tally = Tally()
        for seed in seeds:
            where = str(folder / f"store-{seed // PER_STORE}")
            version = _round(tally, seed, deed, (where, most))
            if seed % PER_STORE == PER_STORE - 1 or seed == seeds[-1]:
                reopen(tally, seed, (where, f"plan/depot/{seed}"), version)
                _look_whole(tally, seed, where)
        return tally

    return fault


def on_server(deed: Deed, most: int) -> Callable[[range, Path], Tally]:
    """The same against PostgreSQL."""

    def fault(seeds: range, _: Path) -> Tally:
        tally, server = Tally(), running()
        where = server.url(server.fresh(), "ana")
        for seed in seeds:
            version = _round(tally, seed, deed, (where, most))
            if seed % PER_STORE == PER_STORE - 1 or seed == seeds[-1]:
                reopen(tally, seed, (where, f"plan/depot/{seed}"), version)
        return tally

    return fault


def server_killed(seeds: range, _: Path) -> Tally:
    """The server dies at once, as in a power cut, under a console that saves; it starts again."""
    tally, server = Tally(), running()
    where = server.url(server.fresh(), "ana")
    for seed in seeds:
        _server_round(tally, seed, server, where)
    return tally


def _server_round(tally: Tally, seed: int, server: Server, where: str) -> None:
    """What was acknowledged is there; what was under way is there once or not at all."""
    chance, stream = random.Random(seed), f"plan/depot/{seed}"
    store = Store.open(where)
    desk = consoles.desk_of(store, stream, "ana")
    consoles.begin(desk)
    acknowledged = [consoles.edit(desk, chance) for _ in range(chance.randrange(1, 12))]
    if chance.random() < 0.5:
        acknowledged.append(consoles.begun(desk, chance))
    server.crash()
    desk.flush()
    acknowledged.append(consoles.edit(desk, chance))
    if examine(tally, seed, (store.journal, stream), acknowledged) != desk.plan:
        tally.blame(seed, "replay and desk differ")
    store.close()
    tally.rounds += 1


def _round(tally: Tally, seed: int, deed: Deed, at: tuple[str, int]) -> int:
    """The version that the stream has come to."""
    where, most = at
    chance, stream = random.Random(seed), f"plan/depot/{seed}"
    acknowledged = consoles.killed(
        lambda tell: deed(where, stream, seed, tell),
        chance.randrange(0, most),
        chance.random() * 0.01,
    )
    with tally.reopening():
        store = Store.open(where)
    plan = examine(tally, seed, (store.journal, stream), acknowledged)
    if plan.version - len(acknowledged) > 3:  # two to begin with, one that was under way
        tally.blame(seed, "rows that nobody had told of")
    if consoles.desk_of(store, stream, "ben").plan != plan:
        tally.blame(seed, "a colleague sees another plan")
    _half_imports(tally, seed, store, [order.id for s in plan.stops.values() for order in s.orders])
    store.close()
    tally.rounds += 1
    return plan.version


def _half_imports(tally: Tally, seed: int, store: Store, ids: list[str]) -> None:
    """An import's stops are all there or none, and every one of them has its register rows."""
    batches: dict[str, int] = {}
    for own in (each for each in ids if each.startswith(f"{seed}-")):
        batch = own.rpartition("-")[0]
        batches[batch] = batches.get(batch, 0) + 1
    if any(size != 60 for size in batches.values()):
        tally.blame(seed, "half an import")
    known = store.orders.get([OrderId(each) for each in ids if each.startswith(f"{seed}-")])
    if len(known) != sum(batches.values()):
        tally.blame(seed, "an order without its register row")


def _look_whole(tally: Tally, seed: int, where: str) -> None:
    store = Store.open(where)
    whole(tally, seed, store.database)
    store.close()


_NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{down}"
def upgrade():
    op.create_table("weather", sa.Column("id", sa.Integer, primary_key=True))
    for name in ("wind", "rain", "snow"):
        op.add_column("note", sa.Column(name, sa.String(8)))
    op.execute("UPDATE note SET wind = 'calm'")
    op.create_index("ix_note_wind", "note", ["wind"])
"""


def migration_killed(seeds: range, folder: Path) -> Tally:
    """A migration killed after any of its statements: the tables before or after, never between."""
    tally = Tally()
    further = folder / "further"
    further.mkdir(parents=True, exist_ok=True)
    down = schema.REVISION
    (further / "9999_weather.py").write_text(_NEXT.format(down=down))
    for seed in seeds:
        where = folder / f"migrated-{seed}"
        store = Store.open(where)
        desk = consoles.desk_of(store, "plan/depot/1", "ana")
        consoles.begin(desk)
        acknowledged = [consoles.edit(desk, random.Random(seed)) for _ in range(3)]
        for number in range(50):
            store.notes.put(f"note {number}")
        store.close()
        if seed % 2:
            to_older(where)
        _kill_migration(where, further, seed % 60)
        _after_migration(tally, seed, (where, further), acknowledged)
        tally.rounds += 1
    return tally


def to_older(where: Path) -> None:
    """The tables as an earlier release had them, so that ours are made again, too."""
    database = sqlite.connect(where / FILE)
    with database.writing() as connection:
        for statement in OLDER:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("DELETE FROM seal WHERE name = 'sqlite_master'")
    database.close()


def _kill_migration(where: Path, further: Path, statement: int) -> None:
    """kill -9 when so many statements have been run; the last seeds let it end."""

    def migrating(tell: Callable[[str], None]) -> None:
        database = sqlite.connect(where / FILE)
        done = [0]

        def counted(*_: object) -> None:
            if done[0] == statement:
                os.kill(os.getpid(), signal.SIGKILL)
            done[0] += 1

        event.listen(database.engine, "after_cursor_execute", counted)
        migrate.upgrade(database, further=[further])
        tell("migrated")

    consoles.killed(migrating, 1, 0.0)


def _after_migration(
    tally: Tally, seed: int, at: tuple[Path, Path], acknowledged: list[str]
) -> None:
    where, further = at
    database = sqlite.connect(where / FILE)
    present = migrate.revision(database)
    with database.reading() as connection:
        columns = connection.exec_driver_sql("PRAGMA table_info(note)").all()
        has_weather = connection.exec_driver_sql(
            "SELECT count(*) FROM sqlite_master WHERE name = 'weather'"
        ).scalar()
    is_after = present == "9999"
    if (len(columns) == 5, bool(has_weather)) != (is_after, is_after):
        tally.blame(seed, f"tables between two releases: {present}, {len(columns)} columns")
    try:
        migrate.upgrade(database, further=[further])  # what was killed is done again
        examine(tally, seed, (SqlJournal(database), "plan/depot/1"), acknowledged)
    except ConsoleError as error:
        tally.lost += len(acknowledged)
        tally.notes.append(f"seed {seed}: {error.message}")
    database.close()
