"""How the store is: for ``doorstep doctor`` and the diagnostics. Nothing is made or changed."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from console.dispatch.publications import Published
from console.dispatch.services import Component
from console.domain.errors import ConsoleError
from console.storage import backups, folders, holding, migrate, publications, replica, sqlite
from console.storage.backups import Backups
from console.storage.database import Database
from console.storage.holding import Hold
from console.storage.journal import SqlJournal
from console.storage.replica import Replica
from console.storage.schema import REVISION, metadata
from console.storage.store import FILE, Store
from console.storage.store import components as engine

_ROOM = 500_000_000  # bytes that should be free beside the store


def components(folder: Path, now: datetime) -> list[Component]:
    """The database engine; the local store: its disk, file, tables and backups; blocking."""
    parts = [Component(each.name, each.version, each.is_fit, each.remedy) for each in engine()]
    return [*parts, *_examined(folder, now)]


def shared(where: str) -> list[Component]:
    """The shared database, if there is one: whether it lets us in, as whom, with which roles."""
    if not where:
        return []
    try:
        store = Store.open(where)
    except ConsoleError as error:
        told = f"{error.message} {error.remedy}"
        return [Component("Shared database", "", found=False, remedy=told)]
    roles = ", ".join(sorted(role.value for role in store.roles))
    told = f"{store.database.name}, as {store.login} ({roles})"
    try:
        return [Component("Shared database", told, found=True), published(store.database)]
    finally:
        store.close()


def published(database: Database) -> Component:
    """The streets that consoles may fetch; blocking."""
    name = "Streets in the shared database"
    try:
        found = publications.published_in(database)
    except ConsoleError as error:
        return Component(name, "", found=False, remedy=f"{error.message} {error.remedy}")
    told = [f"{each.name} of {_dated(each)}, by {each.actor}" for each in found]
    remedy = "" if told else "A manager publishes them: doorstep region publish NAME"
    return Component(name, "; ".join(told) or "none yet", found=True, remedy=remedy)


def _dated(each: Published) -> str:
    """The day of the map data, else of the publication."""
    return each.package.data_date or f"{each.at:%Y-%m-%d}"


def _examined(folder: Path, now: datetime) -> Iterator[Component]:
    file = folder / FILE
    if not file.exists():
        yield Component("Store", "none yet", found=True)
        return
    free = shutil.disk_usage(folder).free
    room = "" if free >= _ROOM else "Make room: a full disk stops saving."
    yield Component("Room beside the store", f"{free / 1e9:,.1f} GB", not room, room)
    kind = folders.drive_kind(folder)
    if folders.is_network(kind):
        remedy = "Move the store to this computer's own disk; a network drive breaks it."
        yield Component("Drive of the store", kind, found=False, remedy=remedy)
    yield _lock(file)
    yield _store(file)
    yield from _backups(Backups(folder / backups.FOLDER), now)


def copy(home: Path, where: str, now: datetime) -> list[Component]:
    """What a console opens on where the shared database does not answer; nothing without one."""
    if not where:
        return []
    file, name = replica.file_for(home, where), "Copy of the shared database"
    if not file.exists():
        remedy = "An open console makes one within seconds."
        return [Component(name, "none yet", found=True, remedy=remedy)]
    database = sqlite.connect(file)
    try:
        session, faults = Replica(database).session(), database.faults()
    except ConsoleError as error:
        session, faults = None, error.message
    finally:
        database.close()
    if faults or session is None:
        remedy = f"{faults or 'It was never finished.'} It is made anew when a console is opened."
        return [Component(name, "", found=False, remedy=remedy)]
    told = f"{file.stat().st_size / 1e6:,.1f} MB of {session.at:%Y-%m-%d %H:%M} UTC, "
    is_fresh = now - session.at < backups.STALE
    remedy = "" if is_fresh else "Open a console while the server answers: the copy follows it."
    return [Component(name, f"{told}as {session.login}", found=True, remedy=remedy)]


def _lock(file: Path) -> Component:
    """A store that is held alone opens in no window."""
    said = {
        Hold.NOBODY: "free",
        Hold.WINDOWS: "open in a window",
        Hold.ONE_ALONE: "held alone",
        Hold.UNKNOWN: "not told on this system",
    }
    held = holding.state(file)
    is_held = held is Hold.ONE_ALONE
    remedy = "It is being restored or repaired: wait until that is done." if is_held else ""
    return Component("Lock of the store", said[held], not is_held, remedy)


def _store(file: Path) -> Component:
    database = sqlite.connect(file)
    try:
        revision = migrate.revision(database)
        faults = database.faults() or database.contents()
        journal = SqlJournal(database)
        rows = sum(journal.head(stream) for stream in journal.streams())
    except ConsoleError as error:
        return Component("Store", "", found=False, remedy=f"{error.message} {error.remedy}")
    finally:
        database.close()
    size = file.stat().st_size / 1e6
    told = f"{size:,.1f} MB, tables {revision or 'none'} of {REVISION}, {rows:,} journal rows"
    remedy = "Rebuild it: doorstep db repair" if faults else ""
    return Component("Store", told, not faults, f"{faults}. {remedy}" if faults else "")


def _backups(kept: Backups, now: datetime) -> Iterator[Component]:
    all_of_them = kept.all()
    made = kept.newest_at()
    if made is None:
        remedy = "An open console makes one every hour; at once: doorstep db backup"
        yield Component("Backups", "none yet", found=True, remedy=remedy)
        return
    told = f"{len(all_of_them)}, the newest of {made:%Y-%m-%d %H:%M} UTC"
    is_fresh = now - made < backups.STALE
    remedy = "" if is_fresh else "Open the console, or: doorstep db backup"
    yield Component("Backups", told, found=True, remedy=remedy)
    proved = kept.proved_at()
    told = f"{proved:%Y-%m-%d %H:%M} UTC" if proved else "never"
    remedy = "" if proved and now - proved < backups.STALE else "doorstep db check looks at all."
    yield Component("A backup last restored to prove it", told, found=True, remedy=remedy)


def counts(folder: Path, where: str) -> dict[str, int]:
    """Rows by table of the store in use; empty where it is not there or cannot be read."""
    file = folder / FILE
    if not where and not file.exists():
        return {}
    try:
        if not where:
            return _counted(sqlite.connect(file))
        return _counted(Store.open(where).database)
    except ConsoleError:
        return {}


def _counted(database: Database) -> dict[str, int]:
    try:
        with database.reading() as connection:
            return {
                table.name: int(
                    connection.execute(select(func.count()).select_from(table)).scalar_one()
                )
                for table in metadata.sorted_tables
            }
    finally:
        database.close()
