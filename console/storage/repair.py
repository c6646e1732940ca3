"""A damaged file is set aside whole, and a new one made of it and of the newest sound backup."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import DBAPIError

from console.domain.errors import ConsoleError
from console.storage import backups, checking, folders, holding, migrate, sqlite
from console.storage.backups import Backups
from console.storage.moving import tables
from console.storage.salvage import Salvaged, Values
from console.storage.schema import entries, streams
from console.storage.sqlite import SqliteDatabase
from console.tongues import tr


@dataclass(frozen=True, slots=True)
class Repaired:
    """``lost`` is how many rows each stream is shorter than the damaged file said it was."""

    aside: Path
    rows: int
    registers: int
    lost: Mapping[str, int]

    def sentence(self) -> str:
        """What became of it."""
        told = tr("It was set aside whole as {aside}", aside=self.aside)
        if not self.rows and not self.registers:
            return tr("{told}; nothing in it could be read, and there is no backup.", told=told)
        told += tr(
            ", and rebuilt with {rows} changes of plans and {registers} other rows.",
            rows=self.rows,
            registers=self.registers,
        )
        if self.lost:
            some = ", ".join(
                tr("{count} of {stream}", count=count, stream=stream)
                for stream, count in self.lost.items()
            )
            return tr("{told} Lost are the last changes: {some}.", told=told, some=some)
        return tr("{told} No change of a plan is lost.", told=told)


def rebuild(file: Path, seen: tuple[int, int] | None = None) -> Repaired:
    """Set the file aside and put what can be proved in its place.

    A row of the journal is taken only where the chain holds from the first row on; registers are
    the damaged file's, or the backup's where it has lost them. ConsoleError leaves the damaged
    file where it was: another window has it open, or has replaced the one that was ``seen`` to be
    damaged, or the disk says no.
    """
    with holding.alone(file):
        if seen is not None and holding.identity(file) != seen:
            raise ConsoleError(
                tr("Another window has put a whole file in its place."),
                remedy=tr("Start again to go on with it."),
            )
        return _rebuilt(file)


def _rebuilt(file: Path) -> Repaired:
    made = file.with_name(file.name + ".rebuilt")
    folders.remove(made)
    found = Salvaged()
    for backup in Backups(file.parent / backups.FOLDER).all():
        if backups.examined(backup).is_whole:
            found.read(backup)
            break
    found.read(file)
    try:
        rows, registers = _written(found, made)
        aside = folders.set_aside(file)
        if rows or registers:
            folders.put_in_place(made, file)
    finally:
        folders.remove(made)
    lost = {
        stream: head - rows.get(stream, 0)
        for stream, head in sorted(found.heads.items())
        if head > rows.get(stream, 0)
    }
    return Repaired(aside, sum(rows.values()), registers, lost)


def _written(found: Salvaged, target: Path) -> tuple[dict[str, int], int]:
    database = sqlite.connect(target)
    try:
        migrate.upgrade(database)
        with database.writing() as connection:
            rows = _put_journal(connection, found)
            registers = _put_registers(connection, found)
        _require_whole(database)
        database.fold()
    finally:
        database.close()
    return rows, registers


def _put_journal(connection: Connection, found: Salvaged) -> dict[str, int]:
    counts: dict[str, int] = {}
    for stream, chain in found.chains():
        if not chain:
            continue
        head = {"name": stream, "version": len(chain), "hash": chain[-1]["hash"]}
        connection.execute(insert(streams).values(head))
        connection.execute(insert(entries), chain)
        counts[stream] = len(chain)
    return counts


def _put_registers(connection: Connection, found: Salvaged) -> int:
    """Rows one by one: one that does not fit (its depot is lost) keeps no other from going in."""
    return sum(
        _put(connection, table, values)
        for table in tables()
        for values in found.registers.get(table.name, {}).values()
    )


def _put(connection: Connection, table: Table, values: Values) -> bool:
    with contextlib.suppress(DBAPIError, TypeError, ValueError), connection.begin_nested():
        connection.execute(insert(table), values)
        return True
    return False


def _require_whole(database: SqliteDatabase) -> None:
    finding = checking.check(database)
    if not finding.is_whole:
        raise ConsoleError(
            tr(
                "{file} could not be rebuilt ({text}).",
                file=database.file,
                text="; ".join(finding.faults),
            ),
            remedy=tr("Restore a backup: doorstep db restore FILE"),
        )
