"""A journal of a million entries: a round is a day of 2,500, so that 400 rounds are a million.

Whatever a console does with its store is done with this one, each in a process of its own, which
tells what it took; and every row has to be there afterwards, in every copy.
"""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from console.analytics.tables import csv_bytes, xlsx_bytes
from console.dispatch.desk import Desk
from console.dispatch.drawing import Surroundings, draw
from console.dispatch.journal import beginning
from console.dispatch.replay import Replay
from console.dispatch.roles import Role
from console.storage import address, backups, checking, migrate, moving, postgres, sqlite
from console.storage.backups import Backups
from console.storage.journal import SqlJournal
from console.storage.looks import Looks
from console.storage.replica import Replica
from console.storage.schema import entries
from console.storage.store import FILE, Store
from console.ui.audit.rows import audit_rows, exported, matching
from tests.gauntlet import consoles, years
from tests.gauntlet.kills import to_older
from tests.gauntlet.spent import spent
from tests.gauntlet.tally import Tally
from tests.postgres import running


@dataclass(slots=True)
class _Looked:
    """What the pieces of work told of one store, by their names."""

    tally: Tally
    rows: int
    where: str

    def did(self, what: str, work: Callable[[], Any]) -> Any:
        """One piece of work, written down."""
        done = spent(work)
        print(f"    {what}: {done}", flush=True)
        return done.answer

    def require(self, what: str, found: int) -> None:
        """So many rows were found; those that lack are lost."""
        self.tally.lost += max(0, self.rows - found)
        if found != self.rows:
            self.tally.blame(0, f"{what}: {found} rows of {self.rows}")


def fault(seeds: range, folder: Path) -> Tally:
    """In a file."""
    tally, where = Tally(), folder / "store"
    looked = _Looked(tally, len(seeds) * years.ROWS, str(where))
    for before in ("backups", "older"):
        shutil.rmtree(folder / before, ignore_errors=True)
    _fill(looked, seeds)
    print(f"    the file: {(where / FILE).stat().st_size / 1e6:,.0f} MB")
    _work_on_it(looked, seeds)
    truth = looked.did("a sum of every row", partial(_digest, str(where)))
    looked.require("the journal", truth[0])
    _tend(looked, where, folder / "backups")
    backup = Backups(folder / "backups").all()[0]
    older = folder / "older"
    older.mkdir()
    shutil.copyfile(backup, older / FILE)
    to_older(older)
    looked.did("migrated", partial(_opened, str(older)))
    for what, copy in (("the backup", backup), ("migrated", older / FILE)):
        if _digest_of(sqlite.connect(copy)) != truth:
            tally.blame(0, f"{what} has other rows")
    _finish(tally, seeds, looked.rows)
    return tally


def server_fault(seeds: range, folder: Path) -> Tally:
    """Moved from a file to PostgreSQL, worked on there, copied from there."""
    tally, server = Tally(), running()
    looked = _Looked(tally, len(seeds) * years.ROWS, str(folder / "store"))
    _fill(looked, seeds)
    truth = _digest(looked.where)
    name = server.fresh()
    looked.did("moved to the server", partial(_moved, looked.where, server.url(name)))
    looked.where = server.url(name, "ana")
    _work_on_it(looked, seeds)
    taken = looked.did("copied to a console", partial(_followed, folder / "home", looked.where))
    looked.require("the copy", taken)
    looked.did("followed again", partial(_followed, folder / "home", looked.where))
    saved = folder / "saved.db"
    looked.did("backed up, checked", partial(_saved, server.url(name), saved))
    for what, copy in (("the server", postgres.connect(address.read(looked.where))),
                       ("the backup", sqlite.connect(saved))):  # fmt: skip
        if _digest_of(copy) != truth:
            tally.blame(0, f"{what} has other rows")
    server.drop(name)
    _finish(tally, seeds, looked.rows)
    return tally


def _finish(tally: Tally, seeds: range, rows: int) -> None:
    tally.rounds += len(seeds)
    tally.acknowledged += rows


def _fill(looked: _Looked, seeds: range) -> None:
    """Days that are there already are not written again: a long fill may be ended at any time."""

    def filled() -> int:
        store = Store.open(looked.where)
        rows = years.fill(store, seeds)
        store.close()
        return rows

    looked.require("written", looked.did("written", filled))


def _work_on_it(looked: _Looked, seeds: range) -> None:
    """What a console does, at the last day and at one anywhere."""
    chance = random.Random(seeds.stop)
    for what, seed in (("the last day", seeds[-1]), ("another", chance.choice(seeds))):
        told = looked.did(f"opened, {what}", partial(_day, looked.where, seed))
        if told != [years.ROWS, True]:
            looked.tally.blame(seed, f"{what} opened at {told}")
    looked.require("the chains", looked.did("every chain", partial(_chains, looked.where)))
    looked.require("replayed", looked.did("everything, replayed", partial(_checked, looked.where)))
    told = looked.did("a day played, both ways", partial(_played, looked.where, seeds[-1]))
    if told != years.ROWS + 1:
        looked.tally.blame(seeds[-1], f"{told} moments of a day")
    told = looked.did("its audit, filtered, exported", partial(_audited, looked.where, seeds[-1]))
    if told[0] != years.ROWS or not 0 < told[1] < told[0]:
        looked.tally.blame(seeds[-1], f"the audit shows {told}")


def _opened(where: str) -> str:
    store = Store.open(where)
    revision = migrate.revision(store.database)
    store.close()
    return revision


def _day(where: str, seed: int) -> tuple[int, bool]:
    """As a console opens it: its version, and whether it can be worked on."""
    store = Store.open(where)
    stream = years.stream_of(seed)
    desk = Desk(store.journal, stream, "ana", "ana", consoles.Ticking())
    desk.begin(*beginning(store.journal, store.snapshots, stream))
    store.close()
    return desk.plan.version, bool(desk.undo_stack())


def _chains(where: str) -> int:
    store = Store.open(where)
    rows = sum(store.journal.verify(stream) for stream in store.journal.streams())
    store.close()
    return rows


def _checked(where: str) -> int:
    store = Store.open(where)
    finding = checking.check(store.database)
    store.close()
    return finding.rows if finding.is_whole else -1


def _played(where: str, seed: int) -> int:
    """Every moment of a day, forwards and back to nothing; the last is the plan that was kept."""
    store = Store.open(where)
    stream = years.stream_of(seed)
    replay, kept = Replay(store.journal.read(stream)), store.snapshots.latest(stream)
    store.close()
    moments = 0
    for version in range(replay.last + 1):
        plan = replay.at(version)
        moments += 1
        if kept is not None and kept[0] == version and kept[1] != plan:
            return -1
    return moments if not replay.at(0).stops else -1


def _audited(where: str, seed: int) -> tuple[int, int, int]:
    """Rows shown, rows that a filter leaves, bytes of the files they are exported to."""
    store = Store.open(where)
    found = store.journal.read(years.stream_of(seed))
    store.close()
    picture = draw(Replay(found).at(len(found)), Surroundings())
    rows = audit_rows(found, picture, {})
    left = matching(rows, "moved", "ana", frozenset())
    table = exported(left)
    return len(rows), len(left), len(csv_bytes(table)) + len(xlsx_bytes([table]))


def _digest(where: str) -> list[Any]:
    return _digest_of(sqlite.connect(Path(where) / FILE))


def _digest_of(database: Any) -> list[Any]:
    with database.reading() as connection:
        count, total = moving.digest(connection, entries)
    database.close()
    return [count, str(total)]


def _tend(looked: _Looked, where: Path, folder: Path) -> None:
    """What is done behind the window: everything looked at, then what is new; a checked backup."""

    def look() -> int:
        database = sqlite.connect(where / FILE)
        finding = Looks(folder).look(database, consoles.EIGHT)
        database.close()
        return finding.rows if finding.is_whole else -1

    def back_up() -> int:
        database = sqlite.connect(where / FILE)
        known = Looks(folder).heads(database)
        made = Backups(folder).make(database, consoles.EIGHT, known)
        database.close()
        return made.stat().st_size

    looked.require("looked at", looked.did("behind the window, everything", look))
    looked.did("behind the window, ten minutes later", look)
    looked.did("a backup, checked", back_up)


def _moved(where: str, to: str) -> int:
    """What ``doorstep db move`` does."""
    source, target = sqlite.connect(Path(where) / FILE), postgres.connect(address.read(to))
    told = moving.copy_all(source, target)
    source.close()
    target.close()
    return told.entries


def _followed(home: Path, where: str) -> int:
    """A console's copy of the shared database; the rows that it has of the journal."""
    server = postgres.connect(address.read(where))
    replica = Replica.open(home, where)
    replica.follow(server, "ana", frozenset({Role.DISPATCHER}))
    rows = sum(version for version, _ in SqlJournal(replica.database).heads().values())
    replica.close()
    server.close()
    return rows


def _saved(where: str, target: Path) -> int:
    server = postgres.connect(address.read(where))
    backups.backup(server, target)
    server.close()
    return target.stat().st_size
