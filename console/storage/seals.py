"""Digests of register rows in a file: SQLite passes three of four flipped bits as sound.

The journal has its chain. For registers, every connection brings triggers of its own (temporary
ones, which leave nothing behind in the file) that keep a digest beside each row it writes. The
statements that made the tables are sealed with them: SQLite takes a type's name as it comes.
"""

from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, text

from console.storage.schema import registers, seals

_FUNCTION = "doorstep_seal"
_TABLES = "sqlite_master"  # in the place of a register's name


def seal(*values: object) -> str:
    """The digest of a row's values, each with its type and length."""
    digest = sha256()
    for value in values:
        data = value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass")
        digest.update(b"%s:%d:" % (type(value).__name__.encode(), len(data)))
        digest.update(data)
    return digest.hexdigest()[:32]


def watch(raw: Any) -> None:
    """Have this connection of SQLite's driver seal what it writes, where there are seals."""
    raw.create_function(_FUNCTION, -1, seal, deterministic=True)
    known = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    if seals.name not in known:
        return
    for table in registers():
        if table.name in known:
            for statement in _triggers(table):
                raw.execute(statement)


def seal_all(connection: Connection) -> None:
    """A fresh digest for every row."""
    connection.execute(delete(seals))
    for table in registers():
        connection.execute(
            text(
                f"INSERT INTO {seals.name} SELECT '{table.name}', {_key(table, '')}, "  # noqa: S608
                f"{_seal(table, '')} FROM {table.name}"
            )
        )
    made = [
        {"name": _TABLES, "key": table, "digest": seal(statement)}
        for table, statement in _made_by(connection).items()
    ]
    connection.execute(insert(seals), made)


def misdescribed(connection: Connection) -> str:
    """Whose description is not what it was; empty where nothing is wrong, or nothing was sealed.

    What was sealed is asked alone, so a store of a newer release is no damaged one here.
    """
    made = _made_by(connection)
    if seals.name not in made:
        return ""
    for table, digest in sorted(_sealed(connection, _TABLES)):
        if digest != seal(made.get(table)):
            return f"the description of the table “{table}” was changed after it had been written"
    return ""


def _made_by(connection: Connection) -> dict[str, str]:
    """Tables to the statements that made them."""
    query = text(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    return {row.name: row.sql for row in connection.execute(query)}


def broken(connection: Connection) -> list[str]:
    """The registers whose rows are not those that were written."""
    return [
        f"the register “{table.name}” was changed after it had been written"
        for table in registers()
        if _now(connection, table) != _sealed(connection, table.name)
    ]


def _now(connection: Connection, table: Table) -> set[tuple[str, str]]:
    query = text(f"SELECT {_key(table, '')}, {_seal(table, '')} FROM {table.name}")  # noqa: S608
    return {(row[0], row[1]) for row in connection.execute(query)}


def _sealed(connection: Connection, name: str) -> set[tuple[str, str]]:
    query = select(seals.c.key, seals.c.digest).where(seals.c.name == name)
    return {(row.key, row.digest) for row in connection.execute(query)}


def _triggers(table: Table) -> list[str]:
    """In the words of SQLite; names of tables and columns are the schema's."""
    put = (
        f"INSERT OR REPLACE INTO {seals.name} "  # noqa: S608
        f"VALUES ('{table.name}', {_key(table, 'NEW.')}, {_seal(table, 'NEW.')});"
    )
    drop = (
        f"DELETE FROM {seals.name} WHERE name = '{table.name}' "  # noqa: S608
        f"AND key = {_key(table, 'OLD.')};"
    )
    events = (("insert", put), ("update", f"{drop} {put}"), ("delete", drop))
    return [
        f"CREATE TEMP TRIGGER IF NOT EXISTS seal_{table.name}_{event} "
        f"AFTER {event} ON {table.name} BEGIN {does} END"
        for event, does in events
    ]


def _key(table: Table, row: str) -> str:
    columns = (f"CAST({row}{column.name} AS TEXT)" for column in table.primary_key.columns)
    return " || '|' || ".join(columns)


def _seal(table: Table, row: str) -> str:
    return f"{_FUNCTION}({', '.join(f'{row}{column.name}' for column in table.columns)})"
