"""The journal on a shared database: rows are made by the server's own function."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, override

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from console.dispatch.journal import Draft, Entry, NotAllowed
from console.domain.errors import Stale
from console.storage.journal import SqlJournal
from console.storage.refusals import AHEAD, STALE, state_of
from console.storage.rows import Row, ahead, entry_of, written

_APPEND = text(
    "SELECT version, actor, at, command, patch, hash FROM doorstep_append"
    "(:stream, :version, :command_id, :kind, :origin, :command, :patch)"
)


@dataclass(frozen=True, slots=True)
class SharedJournal(SqlJournal):
    """Actor, time and hash are the server's; rows of a stream wait for each other, not for all."""

    @override
    def append_all(self, drafts: Sequence[Draft]) -> list[Entry]:
        """Add rows of one or more streams in one transaction; see ``SqlJournal.append_all``."""
        rows = [written(draft) for draft in drafts]
        with self.database.writing(alone=False) as connection:
            return [
                self._appended(connection, draft, row)
                for draft, row in zip(drafts, rows, strict=True)
            ]

    def _appended(self, connection: Connection, draft: Draft, row: Row) -> Entry:
        asked = {
            name: getattr(row, name)
            for name in ("stream", "version", "command_id", "kind", "origin", "command", "patch")
        }
        try:
            made = connection.execute(_APPEND, asked).one()
        except DBAPIError as error:
            raise self._refusal(error, row) from error
        return _entry(draft, row, made)

    def _refusal(self, error: DBAPIError, row: Row) -> Exception:
        """What the function said, in the journal's words."""
        state = state_of(error)
        if state == STALE:
            return Stale(row.stream, row.version)
        if state == AHEAD:
            return ahead(row)
        said = self.database.verdict(error)
        if isinstance(said, NotAllowed):
            return NotAllowed(f"Your login may not submit this ({row.kind}).", remedy=said.remedy)
        return said


def _entry(draft: Draft, row: Row, made: Any) -> Entry:
    """The row as the server made it, or had made it before."""
    stored = replace(
        row, version=made.version, actor=made.actor, at=made.at, command=made.command,
        patch=made.patch, hash=made.hash,
    )  # fmt: skip
    if (stored.command, stored.patch) != (row.command, row.patch):
        return stored.entry()
    return entry_of(draft, stored)
