"""A journal that lives as long as its process: for demo replays, what-ifs and tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from console.dispatch.journal import Draft, Entry
from console.storage.rows import GENESIS, Row, check_version, entry_of, unbroken, written


@dataclass(slots=True)
class MemoryJournal:
    """The same contract and the same bytes as on disk; safe from any thread."""

    _rows: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    _known: dict[tuple[str, str], Row] = field(default_factory=dict[tuple[str, str], Row])
    _lock: Lock = field(default_factory=Lock)

    def append(self, draft: Draft) -> Entry:
        """Add one row; see ``Journal.append``."""
        return self.append_all((draft,))[0]

    def append_all(self, drafts: Sequence[Draft]) -> list[Entry]:
        """Add several rows, of one or more streams, all or none."""
        rows = [written(draft) for draft in drafts]
        with self._lock:
            self._check(rows)
            return [self._add(draft, row) for draft, row in zip(drafts, rows, strict=True)]

    def _check(self, rows: Sequence[Row]) -> None:
        heads: dict[str, int] = {}
        for row in rows:
            if (row.stream, row.command_id) in self._known:
                continue
            head = heads.get(row.stream, len(self._rows.get(row.stream, ())))
            check_version(row, head)
            heads[row.stream] = row.version

    def _add(self, draft: Draft, row: Row) -> Entry:
        stored = self._known.get((row.stream, row.command_id))
        if stored is not None:
            return stored.entry()
        rows = self._rows.setdefault(row.stream, [])
        row = replace(row, hash=row.chained(rows[-1].hash if rows else GENESIS))
        rows.append(row)
        self._known[row.stream, row.command_id] = row
        return entry_of(draft, row)

    def read(self, stream: str, after: int = 0, known: int = 0) -> Sequence[Entry]:
        """Rows above ``after``, the chain checked."""
        with self._lock:
            rows = self._rows.get(stream, [])
            previous = rows[after - 1].hash if 0 < after <= len(rows) else GENESIS
            newer = rows[after:]
        return [row.entry(known) for row in unbroken(newer, after, previous)]

    def head(self, stream: str) -> int:
        """The newest version; 0 when there is none."""
        with self._lock:
            return len(self._rows.get(stream, []))

    def streams(self) -> Sequence[str]:
        """All streams, sorted."""
        with self._lock:
            return sorted(self._rows)
