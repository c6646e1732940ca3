"""The journal in the database: one transaction for one row, or for rows of several streams."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import batched, chain, groupby
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    RowMapping,
    and_,
    bindparam,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from console.dispatch.journal import Draft, Entry
from console.domain.errors import ConsoleError, Stale
from console.storage import codec
from console.storage.database import Database
from console.storage.rows import (
    GENESIS,
    RESTORE,
    Row,
    check_version,
    damaged,
    entry_of,
    unbroken,
    written,
)
from console.storage.schema import entries, streams
from console.tongues import tr

_ONCE = select(literal(1).label("once")).subquery()
_HEAD = select(streams).where(streams.c.name == bindparam("of"))
_FROM = (
    select(
        _HEAD.with_only_columns(streams.c.version).scalar_subquery().label("head"),
        _HEAD.with_only_columns(streams.c.hash).scalar_subquery().label("last"),
        entries,
    )
    .select_from(
        _ONCE.outerjoin(
            entries,
            and_(entries.c.stream == bindparam("of"), entries.c.version >= bindparam("after")),
        )
    )
    .order_by(entries.c.version)
)
"""The rows of a stream from a version on, each beside the stream's head; one of NULLs where there
are none. One statement, so one state: a pull spends its time on the way to the server and back."""

_ASKED = 500  # ids in one question


@dataclass(frozen=True, slots=True)
class SqlJournal:
    """Rows by (stream, version), each commit synced to the disk; safe from any thread."""

    database: Database

    def append(self, draft: Draft) -> Entry:
        """Add one row; see ``Journal.append``."""
        return self.append_all((draft,))[0]

    def append_all(self, drafts: Sequence[Draft]) -> list[Entry]:
        """Add several rows, of one or more streams, in one transaction: all or none.

        Raises Stale when one of the versions is taken. Give the streams in sorted order.
        """
        pairs = [(draft, written(draft)) for draft in drafts]
        with self.database.writing() as connection:
            try:
                runs = groupby(pairs, key=lambda pair: pair[1].stream)
                return [each for _, run in runs for each in _append_run(connection, list(run))]
            except IntegrityError as error:  # another writer made the stream or took the version
                raise Stale(drafts[0].stream, drafts[0].version) from error

    def read(self, stream: str, after: int = 0, known: int = 0) -> Sequence[Entry]:
        """Rows above ``after``, the chain checked; see ``Journal.read``."""
        return [row.entry(known) for row in self._rows(stream, after)]

    def verify(self, stream: str) -> int:
        """Check the whole chain of a stream without decoding it; the number of its rows."""
        return sum(1 for _ in self._streamed(stream))

    def each(self, stream: str) -> Iterator[Entry]:
        """All rows as ``read`` has them, held a few hundred at a time: for days of any length."""
        return (row.entry() for row in self._streamed(stream))

    def head(self, stream: str) -> int:
        """The newest version; 0 when there is none."""
        with self.database.reading() as connection:
            return _head(connection, stream)[0]

    def hash_at(self, stream: str, version: int) -> str:
        """The hash of a row; empty where there is no such row."""
        with self.database.reading() as connection:
            return _hash_at(connection, stream, version)

    def streams(self) -> Sequence[str]:
        """All streams, sorted."""
        with self.database.reading() as connection:
            return sorted(connection.execute(select(streams.c.name)).scalars())

    def heads(self) -> dict[str, tuple[int, str]]:
        """The newest version of every stream, and its hash: equal ones have equal rows."""
        with self.database.reading() as connection:
            found = connection.execute(select(streams).order_by(streams.c.name)).all()
        return {row.name: (row.version, row.hash) for row in found}

    def _rows(self, stream: str, after: int) -> list[Row]:
        with self.database.asking() as connection:
            found = connection.execute(_FROM, {"of": stream, "after": after})
            return list(_checked(found, after, stream))

    def _streamed(self, stream: str) -> Iterator[Row]:
        with self.database.reading() as connection:
            some = {"yield_per": _ASKED}
            found = connection.execute(_FROM, {"of": stream, "after": 0}, execution_options=some)
            yield from _checked(found, 0, stream)


def _checked(result: CursorResult[Any], after: int, stream: str) -> Iterator[Row]:
    """What ``_FROM`` found above a version, each row held against the one before.

    The last one has to be the stream's head.
    """
    found = iter(result.mappings())
    first = next(found)
    head, last = first["head"] or 0, first["last"]
    version, own = after, last
    try:
        for row in _unbroken(chain((first,), found), after):
            version, own = row.version, row.hash
            yield row
    except (TypeError, ValueError, AttributeError) as error:  # a value of another type
        raise damaged(stream, after + 1) from error
    if version > after and (version, own) != (head, last):
        raise damaged(stream, head)
    if version == after and head > after:
        raise ConsoleError(
            tr("The journal {stream} lacks version {head}.", stream=stream, head=head),
            remedy=RESTORE,
        )


def _unbroken(found: Iterator[RowMapping], after: int) -> Iterator[Row]:
    previous, first = GENESIS, next(found)
    if first["version"] == after:
        previous = first["hash"]
    elif first["version"] is not None:
        found = chain((first,), found)
    return unbroken(map(_measured, found), after, previous)


def _append_run(connection: Connection, run: Sequence[tuple[Draft, Row]]) -> Iterator[Entry]:
    """Rows of one stream, in order; several of them take as many statements as one."""
    stream = run[0][1].stream
    stored = _stored(connection, stream, [row.command_id for _, row in run])
    version, previous = _head(connection, stream)
    head, fresh = version, list[Row]()
    for draft, row in run:
        if (known := stored.get(row.command_id)) is not None:
            yield known.entry()
            continue
        check_version(row, head)
        chained = replace(row, hash=row.chained(previous))
        fresh.append(chained)
        head, previous = chained.version, chained.hash
        yield entry_of(draft, chained)
    if fresh:
        _move_head(connection, version, fresh[-1])
        connection.execute(insert(entries), [_columns(row) for row in fresh])


def _stored(connection: Connection, stream: str, ids: Sequence[str]) -> dict[str, Row]:
    """The rows that already carry these commands' ids: the author's crash came after the commit."""
    query = select(entries).where(entries.c.stream == stream)
    found = dict[str, Row]()
    for some in batched(ids, _ASKED):
        for values in connection.execute(query.where(entries.c.command_id.in_(some))).mappings():
            row = row_of(values)
            found[row.command_id] = row
    return found


def _move_head(connection: Connection, before: int, row: Row) -> None:
    """Take the versions up to this row's under the stream's lock; Stale when another was first."""
    values = {"version": row.version, "hash": row.hash}
    if not before:
        connection.execute(insert(streams).values(name=row.stream, **values))
        return
    moved = connection.execute(
        update(streams)
        .where(streams.c.name == row.stream, streams.c.version == before)
        .values(values)
    )
    if moved.rowcount != 1:
        raise Stale(row.stream, row.version)


def _head(connection: Connection, stream: str) -> tuple[int, str]:
    found = connection.execute(
        select(streams.c.version, streams.c.hash).where(streams.c.name == stream)
    ).first()
    return (found.version, found.hash) if found else (0, GENESIS)


def _hash_at(connection: Connection, stream: str, version: int) -> str:
    found = connection.execute(
        select(entries.c.hash).where(entries.c.stream == stream, entries.c.version == version)
    ).scalar()
    return found if found is not None else GENESIS


def _columns(row: Row) -> dict[str, object]:
    size = len(row.command) + len(row.patch)
    packed = size > codec.LARGE
    return {
        "stream": row.stream,
        "version": row.version,
        "command_id": row.command_id,
        "kind": row.kind,
        "actor": row.actor,
        "origin": row.origin,
        "at": row.at,
        "packed": packed,
        "command": codec.pack(row.command) if packed else row.command,
        "patch": codec.pack(row.patch) if packed else row.patch,
        "size": size,
        "hash": row.hash,
    }


def row_of(values: RowMapping | Mapping[str, Any]) -> Row:
    """The row of a table's values, unpacked; its hash is not checked yet."""
    command, patch = values["command"], values["patch"]
    if values["packed"]:
        try:
            command, patch = codec.unpack(command), codec.unpack(patch)
        except ValueError as error:
            raise damaged(values["stream"], values["version"]) from error
    return Row(
        values["stream"],
        values["version"],
        values["command_id"],
        values["kind"],
        values["actor"],
        values["origin"],
        values["at"],
        command,
        patch,
        values["hash"],
    )


def _measured(values: RowMapping) -> Row:
    """The row; the size beside it is not in the chain, so it is held against the bytes."""
    row = row_of(values)
    if values["size"] != len(row.command) + len(row.patch):
        raise damaged(row.stream, row.version)
    return row


def weight(database: Database, stream: str, after: int) -> tuple[int, int]:
    """How many rows there are above a version, and their size in bytes before compression."""
    with database.reading() as connection:
        found = connection.execute(
            select(func.count(), func.coalesce(func.sum(entries.c.size), 0)).where(
                entries.c.stream == stream, entries.c.version > after
            )
        ).one()
    return int(found[0]), int(found[1])
