"""A copy of the shared database on this machine: what a console opens on when nobody answers.

It follows the server: rows of the journal by version, each chain checked; registers by sums that
the server makes over parts of each table, so that only parts which changed are sent again. It is a
copy and no more: a damaged one is thrown away, and nothing is ever sent from it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5, sha256
from itertools import batched
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Table, delete, insert, select, text

from console.dispatch.roles import Role
from console.domain.errors import ConsoleError
from console.storage import address, folders, migrate, sqlite
from console.storage.database import Database
from console.storage.journal import row_of
from console.storage.rows import GENESIS, unbroken
from console.storage.schema import entries, positions, registers, snapshots, streams
from console.storage.sqlite import SqliteDatabase
from console.storage.upsert import CHUNK

FILE = "copy.db"
_MADE = (
    "CREATE TABLE IF NOT EXISTS followed (name TEXT, part TEXT, sum TEXT, PRIMARY KEY (name, part))"
)
_SESSION = "session"
_PART = 2  # letters of a digest that name a part: 256 of them


@dataclass(frozen=True, slots=True)
class Session:
    """Who the server said we are, and when it was last copied (aware UTC)."""

    login: str
    roles: frozenset[Role]
    at: datetime


@dataclass(frozen=True, slots=True)
class Replica:
    """The copy; every call blocks, several windows may follow at once."""

    database: SqliteDatabase

    @classmethod
    def open(cls, home: Path, where: str) -> Self:
        """The copy of this database, empty where there is none; a damaged one is made anew."""
        file = file_for(home, where)
        folders.prepare(file.parent)
        try:
            return cls(_opened(file))
        except ConsoleError:
            folders.remove(file)
            return cls(_opened(file))

    def session(self) -> Session | None:
        """The last one; None where nothing was copied yet."""
        with self.database.reading() as connection:
            found = _sums(connection, _SESSION).get("")
        if found is None:
            return None
        told = json.loads(found)
        roles = frozenset(Role(name) for name in told["roles"])
        return Session(told["login"], roles, datetime.fromisoformat(told["at"]))

    def follow(self, server: Database, login: str, roles: frozenset[Role]) -> int:
        """Take over what changed, all or nothing; how many rows. ConsoleError changes nothing."""
        with server.reading() as theirs, self.database.writing() as ours:
            server.patient(theirs)  # the first time it takes over the work of years
            ours.exec_driver_sql("PRAGMA secure_delete=ON")  # who is forgotten there is gone here
            ours.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            taken = sum(_follow_table(theirs, ours, table) for table in _copied())
            taken += _follow_journal(theirs, ours)
            at: Any = theirs.execute(text("SELECT now()")).scalar()
            told = {"login": login, "roles": sorted(roles), "at": at.isoformat()}
            _keep(ours, _SESSION, {"": json.dumps(told)})
        return taken

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()


def _copied() -> list[Table]:
    """All registers but drivers' ways, which stay in one place."""
    return [table for table in registers() if table is not positions]


def file_for(home: Path, where: str) -> Path:
    """Where the copy of this database is kept."""
    name = sha256(address.read(where).public.encode()).hexdigest()[:8]
    return home / f"{name}-copy" / FILE


def _opened(file: Path) -> SqliteDatabase:
    database = sqlite.use(file)
    try:
        migrate.upgrade(database)
        with database.writing() as connection:
            connection.exec_driver_sql(_MADE)
        faults = database.faults_at_start()
    except ConsoleError:
        database.close()
        raise
    if faults:
        database.close()
        raise ConsoleError(faults)
    return database


# -- registers -------------------------------------------------------------------------------------


def _follow_table(theirs: Connection, ours: Connection, table: Table) -> int:
    now = _asked(theirs, table)
    known = _sums(ours, table.name)
    changed = [part for part in {*now, *known} if now.get(part) != known.get(part)]
    if not changed:
        return 0
    _drop(ours, table, frozenset(changed))
    taken = 0
    part = text(f"left(md5({_key(table)}), {_PART}) = ANY(:parts)").bindparams(parts=changed)
    query = select(table).where(part).execution_options(yield_per=CHUNK)
    for rows in batched(theirs.execute(query).mappings(), CHUNK):
        ours.execute(insert(table), [dict(row) for row in rows])
        taken += len(rows)
    _keep(ours, table.name, now)
    return taken


def _asked(theirs: Connection, table: Table) -> dict[str, str]:
    """The server's sums over the parts of a table; names of tables and columns are ours."""
    name, key = table.name, _key(table)
    query = text(
        f"SELECT left(md5({key}), {_PART}), md5(string_agg(md5({name}::text), '' ORDER BY {key})) "  # noqa: S608
        f"FROM {name} GROUP BY 1"
    )
    return {str(part): str(total) for part, total in theirs.execute(query)}


def _drop(ours: Connection, table: Table, parts: frozenset[str]) -> None:
    columns = list(table.primary_key.columns)
    for row in ours.execute(select(*columns)).all():
        if _part_of(row) in parts:
            same = (column == value for column, value in zip(columns, row, strict=True))
            ours.execute(delete(table).where(*same))


def _part_of(key: Sequence[object]) -> str:
    text = "|".join(str(value) for value in key)
    return md5(text.encode(), usedforsecurity=False).hexdigest()[:_PART]


def _key(table: Table) -> str:
    columns = (f"{table.name}.{column.name}::text" for column in table.primary_key.columns)
    return " || '|' || ".join(columns)


def _sums(connection: Connection, name: str) -> dict[str, str]:
    query = text("SELECT part, sum FROM followed WHERE name = :name")
    return {str(part): str(total) for part, total in connection.execute(query, {"name": name})}


def _keep(ours: Connection, name: str, sums: Mapping[str, str]) -> None:
    ours.execute(text("DELETE FROM followed WHERE name = :name"), {"name": name})
    rows = [{"name": name, "part": part, "sum": total} for part, total in sums.items()]
    if rows:
        ours.execute(text("INSERT INTO followed VALUES (:name, :part, :sum)"), rows)


# -- the journal -----------------------------------------------------------------------------------


def _follow_journal(theirs: Connection, ours: Connection) -> int:
    there, here = _heads(theirs), _heads(ours)
    for stream in here.keys() - there.keys():
        _forget(ours, stream)
    taken = 0
    for stream, head in there.items():
        known = here.get(stream, (0, GENESIS))
        if known != head:
            taken += _follow_stream(theirs, ours, stream, known)
    return taken


def _follow_stream(
    theirs: Connection, ours: Connection, stream: str, known: tuple[int, str]
) -> int:
    """The rows above those we have, or all of them where the server has another history."""
    version, previous = known
    if version and _hash_at(theirs, stream, version) != previous:
        _forget(ours, stream)
        version, previous = 0, GENESIS
    taken = 0
    for rows in batched(_rows(theirs, stream, version), CHUNK):
        last = list(unbroken((row_of(row) for row in rows), version, previous))[-1]
        _move_head(ours, stream, version, (last.version, last.hash))
        ours.execute(insert(entries), list(rows))
        version, previous = last.version, last.hash
        taken += len(rows)
    return taken


def _rows(theirs: Connection, stream: str, after: int) -> Iterator[dict[str, Any]]:
    query = (
        select(entries)
        .where(entries.c.stream == stream, entries.c.version > after)
        .order_by(entries.c.version)
        .execution_options(yield_per=CHUNK)
    )
    for row in theirs.execute(query).mappings():
        yield dict(row)


def _move_head(ours: Connection, stream: str, before: int, head: tuple[int, str]) -> None:
    values = {"name": stream, "version": head[0], "hash": head[1]}
    if before:
        ours.execute(streams.update().where(streams.c.name == stream).values(values))
    else:
        ours.execute(insert(streams).values(values))


def _heads(connection: Connection) -> dict[str, tuple[int, str]]:
    query = select(streams.c.name, streams.c.version, streams.c.hash)
    return {row.name: (row.version, row.hash) for row in connection.execute(query)}


def _hash_at(connection: Connection, stream: str, version: int) -> str:
    query = select(entries.c.hash).where(entries.c.stream == stream, entries.c.version == version)
    return str(connection.execute(query).scalar())


def _forget(ours: Connection, stream: str) -> None:
    for table in (snapshots, entries):
        ours.execute(delete(table).where(table.c.stream == stream))
    ours.execute(delete(streams).where(streams.c.name == stream))
