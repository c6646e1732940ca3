"""Travel times already computed, by pair of places: nothing is asked of an engine twice.

What was computed at once is a block: times from some points to others. Blocks are rows of a SQLite
file beside the region's roads; which points they hold is kept in memory. A request is put
together from the blocks that hold its pairs, whichever days they come from; only what none holds
is computed.
"""

import sqlite3
import threading
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Cells = NDArray[np.uint32]
Keys = NDArray[np.int64]
Known = NDArray[np.bool_]
Point = tuple[int, int]
"""Latitude and longitude in millionths of a degree."""
_Part = tuple[Sequence[int] | NDArray[np.intp], Sequence[int] | NDArray[np.intp]]
Compute = Callable[[Sequence[int], Sequence[int]], tuple[Cells, Cells]]
"""Seconds and metres from some positions to others."""
Cut = Callable[[int, int], Iterable[tuple[slice, slice]]]
"""The pieces in which so many rows and columns are computed, row by row within some columns."""

FILE = "travel.sqlite"
ROOM = 512 << 20
"""Bytes of times kept in all; what was used longest ago goes first."""
_PIECES = 24  # a request put together from more is kept as a whole
_RECTANGLES = 6  # questions in which what is missing is asked
_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS blocks (
        id INTEGER PRIMARY KEY, profile TEXT, origins BLOB, targets BLOB, size INTEGER, used INTEGER
    )""",
    "CREATE TABLE IF NOT EXISTS times (id INTEGER PRIMARY KEY, seconds BLOB, metres BLOB)",
)


@dataclass(frozen=True, slots=True)
class Square:
    """Seconds and metres between all pairs of points; both of shape (points, points)."""

    points: tuple[Point, ...]
    seconds: Cells
    metres: Cells


def _at_once(rows: int, columns: int) -> Iterator[tuple[slice, slice]]:
    yield slice(0, rows), slice(0, columns)


def _silent(share: float) -> None:
    """Nobody looks."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How what is missing is computed: in which pieces, and who is told the share after each.

    Whatever ``told`` raises ends it; the pieces that are done are kept.
    """

    cut: Cut = _at_once
    told: Callable[[float], None] = _silent


@dataclass(frozen=True, slots=True)
class _Block:
    """From which points to which; sorted, as ``_keys`` writes them."""

    id: int
    origins: Keys
    targets: Keys


@dataclass(slots=True)
class _Draft:
    """A square in the making; ``known`` marks the cells that are filled."""

    keys: Keys
    seconds: Cells
    metres: Cells
    known: Known

    @classmethod
    def of(cls, keys: Keys) -> "_Draft":
        shape = len(keys), len(keys)
        return cls(
            keys, np.zeros(shape, np.uint32), np.zeros(shape, np.uint32), np.zeros(shape, np.bool_)
        )


@dataclass(frozen=True, slots=True)
class _Made:
    """How a square came about: the positions to keep, what was computed, which blocks helped."""

    kept: NDArray[np.intp]
    fresh: Sequence[_Part]
    used: Sequence[_Block]


class TravelCache:
    """Blocks of one region and engine; safe from any thread and beside other consoles."""

    def __init__(self, folder: Path | None) -> None:
        """Kept in ``folder``; in memory only without one."""
        self._file = ":memory:" if folder is None else str(folder / FILE)
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._blocks: dict[str, dict[int, _Block]] = {}

    def complete(
        self,
        points: Sequence[Point],
        profile: str,
        compute: Compute,
        lost: Container[int] = (),
        manner: Manner = Manner(),
    ) -> Square:
        """The matrix of distinct ``points``, computing only the pairs that are not known yet.

        What ``compute`` has put into ``lost``, positions of points, is not kept.
        """
        draft = _Draft.of(_keys(points))
        used = self._filled(draft, profile)
        fresh = list(_missing(draft.known))
        done: list[_Part] = []
        try:
            for some in _computed(draft, fresh, compute, manner):
                done = some
        except BaseException:
            parts = [_without(part, lost) for part in done]
            self._keep(draft, profile, _Made(np.zeros(0, np.intp), parts, ()))
            raise
        kept = np.array([i for i in range(len(points)) if i not in lost], dtype=np.intp)
        self._keep(draft, profile, _Made(kept, [_without(part, lost) for part in fresh], used))
        return Square(tuple(points), draft.seconds, draft.metres)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._shut()

    # -- reading -----------------------------------------------------------------------------------

    def _filled(self, draft: _Draft, profile: str) -> list[_Block]:
        """Fill in what blocks know; answers the blocks that were of use, most useful first."""
        with self._lock:
            try:
                blocks = self._known(profile)
                overlaps = [(each, _overlap(draft.keys, each)) for each in blocks]
                overlaps.sort(key=lambda each: -each[1][0].size * each[1][2].size)
                return [block for block, where in overlaps if self._fill(draft, block, where)]
            except sqlite3.OperationalError:  # another console is writing, or nobody may
                self._shut()
            except (sqlite3.Error, ValueError):
                self._lose()
            draft.known[:] = False
            return []

    def _fill(self, draft: _Draft, block: _Block, where: Sequence[NDArray[np.intp]]) -> bool:
        rows, from_rows, columns, from_columns = where
        cells = _at(rows, columns)
        if not rows.size or not columns.size or draft.known[cells].all():
            return False
        for ours, theirs in zip((draft.seconds, draft.metres), self._times(block), strict=True):
            ours[cells] = theirs.take(from_rows, axis=0).take(from_columns, axis=1)
        draft.known[cells] = True
        return True

    def _known(self, profile: str) -> list[_Block]:
        """The blocks of a profile; those other consoles added are read as well."""
        known = self._blocks.setdefault(profile, {})
        rows = self._open().execute("SELECT id FROM blocks WHERE profile = ?", (profile,))
        ids = {int(row[0]) for row in rows}
        for gone in known.keys() - ids:
            del known[gone]
        for new in ids - known.keys():
            row = self._open().execute("SELECT origins, targets FROM blocks WHERE id = ?", (new,))
            origins, targets = row.fetchone()
            known[new] = _Block(
                new, np.frombuffer(origins, np.int64), np.frombuffer(targets, np.int64)
            )
        return list(known.values())

    def _times(self, block: _Block) -> tuple[Cells, Cells]:
        shape = len(block.origins), len(block.targets)
        query = "SELECT seconds, metres FROM times WHERE id = ?"
        seconds, metres = self._open().execute(query, (block.id,)).fetchone()
        return (
            np.frombuffer(seconds, np.uint32).reshape(shape),
            np.frombuffer(metres, np.uint32).reshape(shape),
        )

    # -- writing -----------------------------------------------------------------------------------

    def _keep(self, draft: _Draft, profile: str, made: _Made) -> None:
        """Store what is new, or all of it where it came in too many pieces."""
        used = made.used
        is_patchwork = made.kept.size and len(used) + len(made.fresh) > _PIECES
        parts = [(made.kept, made.kept)] if is_patchwork else made.fresh
        with self._lock:
            try:
                with self._open() as connection:
                    _touch(connection, used)
                    for rows, columns in parts:
                        if len(rows) and len(columns):
                            self._store(draft, profile, np.asarray(rows), np.asarray(columns))
                    if is_patchwork:
                        _drop(connection, _within(draft.keys, used))
                    _make_room(connection)
            except sqlite3.Error:
                self._shut()  # a full disk costs time later, nothing else

    def _store(
        self, draft: _Draft, profile: str, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> None:
        rows, columns = (each[np.argsort(draft.keys[each])] for each in (rows, columns))
        cells = np.ix_(rows, columns)
        seconds, metres = draft.seconds[cells].tobytes(), draft.metres[cells].tobytes()
        connection = self._open()
        cursor = connection.execute(
            "INSERT INTO blocks (profile, origins, targets, size, used)"
            " VALUES (?, ?, ?, ?, (SELECT coalesce(max(used), 0) + 1 FROM blocks))",
            (
                profile,
                draft.keys[rows].tobytes(),
                draft.keys[columns].tobytes(),
                len(seconds) + len(metres),
            ),
        )
        row = (cursor.lastrowid, seconds, metres)
        connection.execute("INSERT INTO times (id, seconds, metres) VALUES (?, ?, ?)", row)

    # -- the file ----------------------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            connection = sqlite3.connect(self._file, timeout=2, check_same_thread=False)
            self._connection = connection
            connection.execute("PRAGMA synchronous = OFF")  # only a cache
            for table in _SCHEMA:
                connection.execute(table)
        return self._connection

    def _shut(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._blocks.clear()

    def _lose(self) -> None:
        """Begin anew: the file is damaged."""
        self._shut()
        if self._file != ":memory:":
            Path(self._file).unlink(missing_ok=True)


def _computed(
    draft: _Draft, fresh: Sequence[_Part], compute: Compute, manner: Manner
) -> Iterator[list[_Part]]:
    """Fill in what is missing piece by piece; after each what is done so far, in few rectangles."""
    whole: list[_Part] = []
    cells, wanted = 0, sum(len(rows) * len(columns) for rows, columns in fresh)
    if wanted:
        manner.told(0.0)
    for rows, columns in fresh:
        for down, across in manner.cut(len(rows), len(columns)):
            some, others = list(rows[down]), list(columns[across])
            where = np.ix_(some, others)
            draft.seconds[where], draft.metres[where] = compute(some, others)
            draft.known[where] = True
            yield [*whole, (rows, columns[: across.start]), (rows[: down.stop], others)]
            cells += len(some) * len(others)
            manner.told(cells / wanted)
        whole.append((rows, columns))


def _keys(points: Sequence[Point]) -> Keys:
    """One number for each point."""
    flat = np.array(points, dtype=np.int64).reshape(-1, 2)
    return (flat[:, 0] << 32) + (flat[:, 1] & 0xFFFFFFFF)


def _overlap(keys: Keys, block: _Block) -> tuple[NDArray[np.intp], ...]:
    """Rows of ours, the same of the block's; columns of ours, the same of the block's."""
    return (*_common(keys, block.origins), *_common(keys, block.targets))


def _common(keys: Keys, ordered: Keys) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    if not ordered.size:
        none = np.zeros(0, np.intp)
        return none, none
    place = np.minimum(np.searchsorted(ordered, keys), len(ordered) - 1)
    ours = np.flatnonzero(ordered[place] == keys)
    return ours, place[ours]


def _at(rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Any:
    """Where cells are; as slices where the positions follow each other, which is much faster."""
    spans = _span(rows), _span(columns)
    return np.ix_(rows, columns) if None in spans else spans


def _span(positions: NDArray[np.intp]) -> slice | None:
    """Ascending positions as a slice, where none between them is left out."""
    if not positions.size or positions[-1] - positions[0] + 1 != positions.size:
        return None
    return slice(int(positions[0]), int(positions[-1]) + 1)


def _missing(known: Known) -> Iterator[tuple[list[int], list[int]]]:
    """Rectangles of rows and columns that cover every unknown cell, few and with little known.

    Rows that lack the same columns are asked together; rows that lack much are asked whole, in one
    question, where there are too many kinds of them.
    """
    lacking = np.flatnonzero(~known.all(axis=1))
    if not lacking.size:
        return
    kinds: dict[bytes, list[int]] = {}
    for row, packed in zip(lacking.tolist(), np.packbits(known[lacking], axis=1), strict=True):
        kinds.setdefault(packed.tobytes(), []).append(row)
    if len(kinds) > _RECTANGLES:
        yield lacking.tolist(), np.flatnonzero(~known[lacking].all(axis=0)).tolist()
        return
    for rows in kinds.values():
        yield rows, np.flatnonzero(~known[rows[0]]).tolist()


def _without(part: _Part, lost: Container[int]) -> _Part:
    rows, columns = part
    return [i for i in rows if i not in lost], [i for i in columns if i not in lost]


def _touch(connection: sqlite3.Connection, used: Sequence[_Block]) -> None:
    connection.executemany(
        "UPDATE blocks SET used = (SELECT max(used) + 1 FROM blocks) WHERE id = ?",
        [(block.id,) for block in used],
    )


def _within(keys: Keys, blocks: Sequence[_Block]) -> list[int]:
    """The blocks all of whose pairs are in a square of these points."""
    return [
        block.id
        for block in blocks
        if np.isin(block.origins, keys).all() and np.isin(block.targets, keys).all()
    ]


def _make_room(connection: sqlite3.Connection) -> None:
    """What was used last is kept whatever its size."""
    left = ROOM
    rows = connection.execute("SELECT id, size FROM blocks ORDER BY used DESC, id DESC").fetchall()
    gone: list[int] = []
    for place, (block, size) in enumerate(rows):
        left -= size
        if place and left < 0:
            gone.append(block)
    _drop(connection, gone)


def _drop(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    for table in ("blocks", "times"):
        connection.executemany(
            f"DELETE FROM {table} WHERE id = ?",  # noqa: S608 - our own names
            [(each,) for each in ids],
        )
