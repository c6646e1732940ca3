"""A whole store copied into an empty one, file or server alike, and compared row by row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import batched

from sqlalchemy import Connection, Table, func, insert, select

from console.domain.errors import ConsoleError
from console.storage.database import Database
from console.storage.journal import SqlJournal
from console.storage.schema import FILES, metadata, seals, snapshots
from console.tongues import tr

CHUNK = 500  # rows in one statement
_LOOK = 0.2  # of the whole: the chains before


Told = Callable[[str, float], None]


def quiet(_sentence: str, _share: float) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was copied: rows of the journal, and rows of registers."""

    entries: int
    others: int


def copy_all(source: Database, target: Database, told: Told = quiet) -> Moved:
    """Copy every row, all or none; the chains and every row are checked before it counts.

    What ``told`` raises calls it off: nothing is kept.

    Hashes, actors and times stay as they are. ``target`` has its tables and no rows. Snapshots
    and published regions are left behind: they are made anew. ConsoleError when the target is not
    empty, or a chain broken.
    """
    streams = SqlJournal(source).streams()
    for at, stream in enumerate(streams):
        told(tr("Looking at every chain"), _LOOK * at / len(streams))
        SqlJournal(source).verify(stream)
    counted: dict[str, int] = {}
    with source.reading() as read, target.writing() as written:
        source.patient(read)
        target.patient(written)
        target.own(written)
        _require_empty(written, target)
        whole, done = _count(read), 0
        for table in tables():
            for rows in batched(_rows(read, table), CHUNK):
                told(
                    tr("Copying {replace}", replace=table.name.replace("_", " ")),
                    _LOOK + (1 - _LOOK) * done / max(1, whole),
                )
                written.execute(insert(table), [dict(row) for row in rows])
                done += len(rows)
            counted[table.name], total = digest(read, table)
            if (counted[table.name], total) != digest(written, table):
                raise ConsoleError(
                    tr(
                        "The copy of {name} in {name2} is not the same as in {name3}; nothing was "
                        "kept of it.",
                        name=table.name,
                        name2=target.name,
                        name3=source.name,
                    ),
                    remedy=tr("Try again; report it when it happens again."),
                )
    return Moved(counted.pop("entry"), sum(counted.values()))


def tables() -> list[Table]:
    """All that is moved, parents first."""
    stay = (snapshots, seals, *FILES)
    return [table for table in metadata.sorted_tables if table not in stay]


def digest(connection: Connection, table: Table) -> tuple[int, int]:
    """Number of rows, and a sum of their hashes: the same for the same rows in any order."""
    count, total = 0, 0
    for row in _rows(connection, table):
        count += 1
        total += int.from_bytes(sha256(repr(tuple(row.values())).encode()).digest()[:16])
    return count, total


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, object]]:
    """In the order of the key, so that equal stores are copied alike."""
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=CHUNK)
    for row in connection.execute(query).mappings():
        yield dict(row)


def _count(connection: Connection) -> int:
    """All rows that are moved."""
    queries = (select(func.count()).select_from(table) for table in tables())
    return sum(connection.execute(query).scalar() or 0 for query in queries)


def _require_empty(connection: Connection, target: Database) -> None:
    for table in tables():
        if connection.execute(select(func.count()).select_from(table)).scalar():
            raise ConsoleError(
                tr(
                    "{name} is not empty ({name2}); it was left as it is.",
                    name=target.name,
                    name2=table.name,
                ),
                remedy=tr("Choose an empty database or folder: two stores are never mixed."),
            )
