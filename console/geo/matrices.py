"""Travel times already computed: whatever pairs two requests share are asked of the engine once.

Whole square matrices are kept, a few in memory and on disk; a request takes what overlaps with the
most similar one and computes only the missing rows and columns.
"""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Cells = NDArray[np.uint32]
Point = tuple[int, int]
"""Latitude and longitude in millionths of a degree."""
Compute = Callable[[Sequence[int], Sequence[int]], tuple[Cells, Cells]]
"""Seconds and metres from some positions to others."""

FILE = "travel.sqlite"
_KEPT = 6
_CELLS = 10_000_000  # kept in all, 80 MB; the newest matrix is kept whatever its size
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS matrices (id INTEGER PRIMARY KEY, profile TEXT, points BLOB,"
    " seconds BLOB, metres BLOB)"
)


@dataclass(frozen=True, slots=True)
class Square:
    """Seconds and metres between all pairs of points; both of shape (points, points)."""

    points: tuple[Point, ...]
    seconds: Cells
    metres: Cells


class TravelCache:
    """Matrices of one region, newest last."""

    def __init__(self, folder: Path | None) -> None:
        """Kept in ``folder``; in memory only without one."""
        self._folder = folder
        self._lock = threading.Lock()
        self._squares: dict[str, list[Square]] = {}

    def complete(self, points: Sequence[Point], profile: str, compute: Compute) -> Square:
        """The matrix of distinct ``points``, computing only what is not known yet."""
        wanted = set(points)
        known = self._known(profile)
        best = max(known, key=lambda each: len(wanted.intersection(each.points)), default=None)
        square, is_new = _extend(best, tuple(points), compute)
        if is_new:
            with self._lock:
                kept = [each for each in known if not wanted.issuperset(each.points)]
                self._squares[profile] = _newest([*kept, square])
                self._save(square, profile)
        return square

    def _known(self, profile: str) -> list[Square]:
        with self._lock:
            if profile not in self._squares:
                self._squares[profile] = self._load(profile)
            return self._squares[profile]

    def _load(self, profile: str) -> list[Square]:
        if self._folder is None or not (self._folder / FILE).exists():
            return []
        try:
            with _open(self._folder) as cache:
                rows = cache.execute(
                    "SELECT points, seconds, metres FROM matrices WHERE profile = ? ORDER BY id",
                    (profile,),
                ).fetchall()
            return [_square(*row) for row in rows]
        except (sqlite3.Error, ValueError):
            (self._folder / FILE).unlink(missing_ok=True)  # only a cache
            return []

    def _save(self, square: Square, profile: str) -> None:
        if self._folder is None or square.seconds.size > _CELLS:
            return
        row = (profile, _packed(square.points), square.seconds.tobytes(), square.metres.tobytes())
        try:
            with _open(self._folder) as cache:
                cache.execute(_SCHEMA)
                cache.execute(
                    "INSERT INTO matrices (profile, points, seconds, metres) VALUES (?, ?, ?, ?)",
                    row,
                )
                cache.execute(
                    "DELETE FROM matrices WHERE id NOT IN"
                    " (SELECT id FROM matrices ORDER BY id DESC LIMIT ?)",
                    (_KEPT,),
                )
        except sqlite3.Error:
            return  # a full disk costs time later, nothing else


class _open:  # noqa: N801 - used as a function
    """A connection that commits and closes."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / FILE, timeout=2)

    def __enter__(self) -> sqlite3.Connection:
        return self._connection.__enter__()

    def __exit__(self, *error: Any) -> None:
        try:
            self._connection.__exit__(*error)
        finally:
            self._connection.close()


def _newest(squares: list[Square]) -> list[Square]:
    """The last few, as many as there is room for."""
    kept: list[Square] = []
    room = _CELLS
    for square in reversed(squares[-_KEPT:]):
        room -= square.seconds.size
        if kept and room < 0:
            break
        kept.insert(0, square)
    return kept


def _packed(points: tuple[Point, ...]) -> bytes:
    return np.array(points, dtype=np.int32).tobytes()


def _square(points: bytes, seconds: bytes, metres: bytes) -> Square:
    flat = np.frombuffer(points, dtype=np.int32).reshape(-1, 2)
    side = len(flat)
    return Square(
        tuple((int(lat), int(lon)) for lat, lon in flat),
        np.frombuffer(seconds, dtype=np.uint32).reshape(side, side),
        np.frombuffer(metres, dtype=np.uint32).reshape(side, side),
    )


def _extend(
    known: Square | None, points: tuple[Point, ...], compute: Compute
) -> tuple[Square, bool]:
    """The square of ``points`` and whether anything had to be computed for it."""
    where = {point: i for i, point in enumerate(known.points)} if known else {}
    old = [i for i, point in enumerate(points) if point in where]
    new = [i for i, point in enumerate(points) if point not in where]
    side = len(points)
    seconds = np.zeros((side, side), dtype=np.uint32)
    metres = np.zeros((side, side), dtype=np.uint32)
    if known and old:
        theirs = [where[points[i]] for i in old]
        seconds[np.ix_(old, old)] = known.seconds[np.ix_(theirs, theirs)]
        metres[np.ix_(old, old)] = known.metres[np.ix_(theirs, theirs)]
    if new:
        seconds[new, :], metres[new, :] = compute(new, range(side))
    if new and old:
        seconds[np.ix_(old, new)], metres[np.ix_(old, new)] = compute(old, new)
    return Square(points, seconds, metres), bool(new)
