"""Storing rows that may be there already, in plain SQL."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import batched

from sqlalchemy import (
    Column,
    Connection,
    RowMapping,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

CHUNK = 500  # values in one IN list


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows or replace those with the same ``id``; the last of two alike wins."""
    unique = {str(row["id"]): dict(row) for row in rows}
    known = {str(row["id"]) for row in found(connection, table, table.c.id, list(unique))}
    fresh = [row for key, row in unique.items() if key not in known]
    if fresh:
        connection.execute(insert(table), fresh)
    change(connection, table, [row for key, row in unique.items() if key in known])


def change(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Change the named columns of rows that are there; all rows name the same columns."""
    if not rows:
        return
    columns = [name for name in rows[0] if name != "id"]
    statement = update(table).where(table.c.id == bindparam("this_id"))
    connection.execute(
        statement.values({name: bindparam(f"new_{name}") for name in columns}),
        [{"this_id": row["id"], **{f"new_{name}": row[name] for name in columns}} for row in rows],
    )


def found(
    connection: Connection, table: Table, column: Column[str], values: Sequence[str]
) -> Iterator[RowMapping]:
    """The rows whose column holds one of the values, in no particular order."""
    for some in batched(values, CHUNK):
        yield from connection.execute(select(table).where(column.in_(some))).mappings()


def erase(connection: Connection, table: Table, ids: Sequence[str]) -> None:
    """Delete the rows with these ids."""
    for some in batched(ids, CHUNK):
        connection.execute(delete(table).where(table.c.id.in_(some)))
