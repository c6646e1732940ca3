"""What a console could not send to the shared database yet: a small file of its own, synced."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from console.dispatch.journal import Draft
from console.domain.commands import Command
from console.domain.patch import Patch
from console.storage import address, codec, folders, sqlite
from console.storage.rows import written

FILE = "outbox.db"
_TABLE = (
    "CREATE TABLE IF NOT EXISTS waiting (origin TEXT, stream TEXT, position INTEGER, "
    "value TEXT, command BLOB, patch BLOB, PRIMARY KEY (origin, stream, position))"
)
_FIELDS = ("version", "command_id", "kind", "actor", "at")


def file_for(home: Path, where: str) -> Path:
    """One file a shared database: what waits for one is never sent to another."""
    name = sha256(address.read(where).public.encode()).hexdigest()[:8]
    return home / f"{name}-{FILE}"


@dataclass(frozen=True, slots=True)
class FileOutbox:
    """Implements ``dispatch.journal.Outbox`` for the console of this origin."""

    file: Path
    origin: str

    def keep(self, stream: str, drafts: Sequence[Draft]) -> None:
        """These are now all that waits for a stream; ConsoleError when the disk takes no more."""
        if not drafts and not self.file.exists():
            return
        folders.prepare(self.file.parent)
        rows = [_row(self.origin, i, draft) for i, draft in enumerate(drafts)]
        database = sqlite.connect(self.file)
        try:
            with database.writing() as connection:
                connection.exec_driver_sql(_TABLE)
                connection.exec_driver_sql(
                    "DELETE FROM waiting WHERE origin = ? AND stream = ?", (self.origin, stream)
                )
                if rows:
                    connection.exec_driver_sql(
                        "INSERT INTO waiting VALUES (?, ?, ?, ?, ?, ?)", rows
                    )
        finally:
            database.close()

    def waiting(self, stream: str) -> list[Draft]:
        """What waits, in order, as far as it is whole and known to this program."""
        if not self.file.exists():
            return []
        database = sqlite.connect(self.file)
        try:
            with database.writing() as connection:
                connection.exec_driver_sql(_TABLE)
                found = connection.exec_driver_sql(
                    "SELECT value, command, patch FROM waiting "
                    "WHERE origin = ? AND stream = ? ORDER BY position",
                    (self.origin, stream),
                ).all()
        finally:
            database.close()
        drafts = (_draft(self.origin, stream, tuple(row)) for row in found)
        return [draft for draft in drafts if draft is not None]


def _row(origin: str, position: int, draft: Draft) -> tuple[object, ...]:
    row = written(draft)
    value = json.dumps({name: getattr(row, name) for name in _FIELDS})
    return (origin, row.stream, position, value, row.command, row.patch)


def _draft(origin: str, stream: str, found: tuple[Any, ...]) -> Draft | None:
    value, data, patch_data = found
    told = json.loads(value)
    command = codec.decode_command(told["kind"], data)
    if command is None:
        return None
    patch = codec.decode_patch(patch_data)
    return Draft(
        stream,
        told["version"],
        told["command_id"],
        _whole(command, patch),
        patch,
        told["actor"],
        origin,
        datetime.fromisoformat(told["at"]),
    )


def _whole(command: Command, patch: Patch) -> Command:
    """The command with what is not stored with it: the patch that it is (an undo, a return)."""
    value: Any = command
    lacking = [f.name for f in fields(value) if f.metadata.get("stored", True) is False]
    return replace(value, **dict.fromkeys(lacking, patch)) if lacking else command
