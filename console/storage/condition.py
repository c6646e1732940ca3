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
from console.tongues import tr

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
        return [Component(tr("Shared database"), "", found=False, remedy=told)]
    roles = ", ".join(sorted(role.value for role in store.roles))
    told = tr(
        "{name}, as {login} ({roles})", name=store.database.name, login=store.login, roles=roles
    )
    try:
        return [Component(tr("Shared database"), told, found=True), published(store.database)]
    finally:
        store.close()


def published(database: Database) -> Component:
    """The streets that consoles may fetch; blocking."""
    name = tr("Streets in the shared database")
    try:
        found = publications.published_in(database)
    except ConsoleError as error:
        return Component(name, "", found=False, remedy=f"{error.message} {error.remedy}")
    told = [
        tr("{name} of {day}, by {actor}", name=each.name, day=_dated(each), actor=each.actor)
        for each in found
    ]
    remedy = "" if told else tr("A manager publishes them: doorstep region publish NAME")
    return Component(name, "; ".join(told) or tr("none yet"), found=True, remedy=remedy)


def _dated(each: Published) -> str:
    """The day of the map data, else of the publication."""
    return each.package.data_date or f"{each.at:%Y-%m-%d}"


def _examined(folder: Path, now: datetime) -> Iterator[Component]:
    file = folder / FILE
    if not file.exists():
        yield Component(tr("Store"), tr("none yet"), found=True)
        return
    free = shutil.disk_usage(folder).free
    room = "" if free >= _ROOM else tr("Make room: a full disk stops saving.")
    yield Component(
        tr("Room beside the store"), tr("{value:,.1f} GB", value=free / 1e9), not room, room
    )
    kind = folders.drive_kind(folder)
    if folders.is_network(kind):
        remedy = tr("Move the store to this computer's own disk; a network drive breaks it.")
        yield Component(tr("Drive of the store"), kind, found=False, remedy=remedy)
    yield _lock(file)
    yield _store(file)
    yield from _backups(Backups(folder / backups.FOLDER), now)


def copy(home: Path, where: str, now: datetime) -> list[Component]:
    """What a console opens on where the shared database does not answer; nothing without one."""
    if not where:
        return []
    file, name = replica.file_for(home, where), tr("Copy of the shared database")
    if not file.exists():
        remedy = tr("An open console makes one within seconds.")
        return [Component(name, tr("none yet"), found=True, remedy=remedy)]
    database = sqlite.connect(file)
    try:
        session, faults = Replica(database).session(), database.faults()
    except ConsoleError as error:
        session, faults = None, error.message
    finally:
        database.close()
    if faults or session is None:
        remedy = tr(
            "{value} It is made anew when a console is opened.",
            value=faults or tr("It was never finished."),
        )
        return [Component(name, "", found=False, remedy=remedy)]
    told = tr(
        "{value:,.1f} MB of {at:%Y-%m-%d %H:%M} UTC, ",
        value=file.stat().st_size / 1e6,
        at=session.at,
    )
    is_fresh = now - session.at < backups.STALE
    remedy = "" if is_fresh else tr("Open a console while the server answers: the copy follows it.")
    return [
        Component(
            name, tr("{told}as {login}", told=told, login=session.login), found=True, remedy=remedy
        )
    ]


def _lock(file: Path) -> Component:
    """A store that is held alone opens in no window."""
    said = {
        Hold.NOBODY: "free",
        Hold.WINDOWS: tr("open in a window"),
        Hold.ONE_ALONE: tr("held alone"),
        Hold.UNKNOWN: tr("not told on this system"),
    }
    held = holding.state(file)
    is_held = held is Hold.ONE_ALONE
    remedy = tr("It is being restored or repaired: wait until that is done.") if is_held else ""
    return Component(tr("Lock of the store"), said[held], not is_held, remedy)


def _store(file: Path) -> Component:
    database = sqlite.connect(file)
    try:
        revision = migrate.revision(database)
        faults = database.faults() or database.contents()
        journal = SqlJournal(database)
        rows = sum(journal.head(stream) for stream in journal.streams())
    except ConsoleError as error:
        return Component(tr("Store"), "", found=False, remedy=f"{error.message} {error.remedy}")
    finally:
        database.close()
    size = file.stat().st_size / 1e6
    told = tr(
        "{size:,.1f} MB, tables {value} of {REVISION}, {rows:,} journal rows",
        size=size,
        value=revision or "none",
        REVISION=REVISION,
        rows=rows,
    )
    remedy = tr("Rebuild it: doorstep db repair") if faults else ""
    return Component(tr("Store"), told, not faults, f"{faults}. {remedy}" if faults else "")


def _backups(kept: Backups, now: datetime) -> Iterator[Component]:
    all_of_them = kept.all()
    made = kept.newest_at()
    if made is None:
        remedy = tr("An open console makes one every hour; at once: doorstep db backup")
        yield Component(tr("Backups"), tr("none yet"), found=True, remedy=remedy)
        return
    told = tr(
        "{all_of_them}, the newest of {made:%Y-%m-%d %H:%M} UTC",
        all_of_them=len(all_of_them),
        made=made,
    )
    is_fresh = now - made < backups.STALE
    remedy = "" if is_fresh else tr("Open the console, or: doorstep db backup")
    yield Component(tr("Backups"), told, found=True, remedy=remedy)
    proved = kept.proved_at()
    told = tr("{proved:%Y-%m-%d %H:%M} UTC", proved=proved) if proved else "never"
    remedy = (
        "" if proved and now - proved < backups.STALE else tr("doorstep db check looks at all.")
    )
    yield Component(tr("A backup last restored to prove it"), told, found=True, remedy=remedy)


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
