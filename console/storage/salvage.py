"""Reading what can still be read of a damaged file, row by row; nothing is believed unchecked."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from console.storage import sqlite
from console.storage.journal import row_of
from console.storage.moving import tables
from console.storage.rows import GENESIS, Row
from console.storage.schema import entries, streams

CHUNK = 200  # rows asked for at once, one by one where that fails
_BLANKS = 10  # chunks without any row before the end is believed

type Values = dict[str, object]


@dataclass(slots=True)
class Salvaged:
    """Rows by table, and how far each stream went by what the file said."""

    journal: dict[tuple[str, int], list[Values]] = field(
        default_factory=dict[tuple[str, int], list[Values]]
    )
    registers: dict[str, dict[tuple[object, ...], Values]] = field(
        default_factory=dict[str, dict[tuple[object, ...], Values]]
    )
    heads: dict[str, int] = field(default_factory=dict[str, int])

    def read(self, file: Path) -> None:
        """Add what a file still holds; a row that is there already stays beside the new one.

        The file itself is not touched: a copy is opened.
        """
        with tempfile.TemporaryDirectory(
            prefix="doorstep-salvage-", ignore_cleanup_errors=True
        ) as folder:
            copy = Path(folder) / file.name
            for side in ("", "-wal", "-journal"):
                with contextlib.suppress(FileNotFoundError):
                    shutil.copyfile(file.with_name(file.name + side), str(copy) + side)
            held = sqlite.driver().connect(str(copy))
            try:
                for table in tables():
                    for values in _rows(held, table):
                        self._keep(table, values)
            finally:
                held.close()

    def _keep(self, table: Table, values: Values) -> None:
        if table is entries:
            self._keep_entry(values)
        elif table is streams:
            with contextlib.suppress(TypeError, ValueError):
                name, version = str(values["name"]), int(str(values["version"]))
                self.heads[name] = max(version, self.heads.get(name, 0))
        else:
            key = tuple(values[column.name] for column in table.primary_key.columns)
            self.registers.setdefault(table.name, {})[key] = values

    def _keep_entry(self, values: Values) -> None:
        with contextlib.suppress(TypeError, ValueError):
            key = (str(values["stream"]), int(str(values["version"])))
            known = self.journal.setdefault(key, [])
            if values not in known:
                known.append(values)
            self.heads[key[0]] = max(key[1], self.heads.get(key[0], 0))

    def chains(self) -> Iterator[tuple[str, list[Values]]]:
        """Each stream's rows from the first on, as far as the chain holds."""
        for stream in sorted({stream for stream, _ in self.journal}):
            yield stream, list(self._chain(stream))

    def _chain(self, stream: str) -> Iterator[Values]:
        previous, version = GENESIS, 1
        while True:
            fitting = [
                values
                for values in self.journal.get((stream, version), [])
                if _is_next(values, previous)
            ]
            if not fitting:
                return
            yield _measured(fitting[0])
            previous, version = str(fitting[0]["hash"]), version + 1


def _measured(values: Values) -> Values:
    """The chain says nothing of the size beside a row: it is taken anew."""
    row = _row(values)
    return values if row is None else {**values, "size": len(row.command) + len(row.patch)}


def _is_next(values: Values, previous: str) -> bool:
    row = _row(values)
    return row is not None and row.chained(previous) == row.hash


def _row(values: Mapping[str, Any]) -> Row | None:
    """The row, None when a value is not what its column holds, or cannot be unpacked."""
    try:
        return row_of(values)
    except Exception:  # noqa: BLE001 - any value may stand in a damaged row
        return None


def _rows(held: Any, table: Table) -> Iterator[Values]:
    """Every row that can be read, by its number, around those that cannot."""
    names = [column.name for column in table.columns]
    query = f'SELECT {", ".join(names)} FROM "{table.name}" WHERE rowid BETWEEN ? AND ?'  # noqa: S608
    last = _asked(held, f'SELECT max(rowid) FROM "{table.name}"', ())  # noqa: S608
    end = last[0][0] if last and isinstance(last[0][0], int) else None
    first, blanks = 1, 0
    while (end is None or first <= end) and blanks < _BLANKS:
        found = _asked(held, query, (first, first + CHUNK - 1))
        if found is None:
            single = (_asked(held, query, (row, row)) for row in range(first, first + CHUNK))
            found = [row for some in single if some for row in some]
        blanks = 0 if found else blanks + 1
        for values in found:
            yield dict(zip(names, values, strict=True))
        first += CHUNK


def _asked(held: Any, query: str, values: tuple[int, ...]) -> list[tuple[Any, ...]] | None:
    try:
        return held.execute(query, values).fetchall()
    except (sqlite.driver().Error, UnicodeDecodeError, OverflowError):
        return None
