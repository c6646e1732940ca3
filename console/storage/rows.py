"""The journal's rows as they are stored, and the hash chain over them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256

from console.dispatch.journal import Draft, Entry, Unread
from console.domain.errors import ConsoleError, Stale
from console.storage import codec
from console.tongues import tr

GENESIS = ""
"""The hash before the first row of a stream."""

RESTORE = "Restore the newest backup, or run 'doorstep doctor' to see what can be saved."


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``command`` and ``patch`` are the bytes once written, never encoded again."""

    stream: str
    version: int
    command_id: str
    kind: str
    actor: str
    origin: str
    at: str
    command: bytes
    patch: bytes
    hash: str = ""

    def chained(self, previous: str) -> str:
        """SHA-256 over the hash before and every field, each led by its length."""
        digest = sha256()
        for part in (
            previous,
            self.stream,
            str(self.version),
            self.command_id,
            self.kind,
            self.actor,
            self.origin,
            self.at,
            self.command,
            self.patch,
        ):
            data = part if isinstance(part, bytes) else part.encode()
            digest.update(b"%d:" % len(data))
            digest.update(data)
        return digest.hexdigest()

    def entry(self, known: int = 0) -> Entry:
        """The value; ``command`` is None for a kind unknown here.

        What a row up to version ``known`` did is read when somebody asks for it.
        """
        return Entry(
            self.stream,
            self.version,
            self.command_id,
            self.kind,
            codec.decode_command(self.kind, self.command),
            self._unread() if self.version <= known else codec.decode_patch(self.patch),
            self.actor,
            self.origin,
            datetime.fromisoformat(self.at),
            self.hash,
        )

    def _unread(self) -> Unread:
        return Unread(codec.decode_outline(self.patch), partial(codec.decode_patch, self.patch))


def written(draft: Draft) -> Row:
    """The row of a draft, its hash still missing; ConsoleError when it cannot be written down."""
    if draft.at.tzinfo is None:
        raise ValueError("a journal row needs an aware time")
    at = draft.at.astimezone(UTC).isoformat(timespec="microseconds")
    return Row(
        draft.stream,
        draft.version,
        draft.command_id,
        draft.command.kind,
        draft.actor,
        draft.origin,
        at,
        codec.encode_command(draft.command),
        codec.encode_patch(draft.patch),
    )


def entry_of(draft: Draft, row: Row) -> Entry:
    """The entry of a draft that became this row, without decoding it again."""
    return Entry(
        row.stream,
        row.version,
        row.command_id,
        row.kind,
        draft.command,
        draft.patch,
        row.actor,
        row.origin,
        datetime.fromisoformat(row.at),
        row.hash,
    )


def unbroken(rows: Iterable[Row], after: int = 0, previous: str = GENESIS) -> Iterator[Row]:
    """The rows, each checked against the hash before; ConsoleError at a gap or a changed row."""
    version = after
    for row in rows:
        version += 1
        if row.version != version:
            raise ConsoleError(
                tr(
                    "The journal {stream} lacks version {version}.",
                    stream=row.stream,
                    version=version,
                ),
                remedy=RESTORE,
            )
        if row.chained(previous) != row.hash:
            raise damaged(row.stream, version)
        previous = row.hash
        yield row


def damaged(stream: str, version: int) -> ConsoleError:
    """The verdict on a row that is not what was written."""
    return ConsoleError(
        tr(
            "Version {version} of the journal {stream} was changed after it had been "
            "written: the file is damaged or was edited.",
            version=version,
            stream=stream,
        ),
        remedy=RESTORE,
    )


def check_version(row: Row, head: int) -> None:
    """Stale when a row's version is taken; ConsoleError when its author has seen more than us."""
    if row.version <= head:
        raise Stale(row.stream, row.version)
    if row.version > head + 1:
        raise ahead(row)


def ahead(row: Row) -> ConsoleError:
    """The verdict on a row whose author has seen more than the journal holds."""
    return ConsoleError(
        tr(
            "The journal {stream} ends before version {value}, which this console has "
            "seen: the store was replaced by an older copy.",
            stream=row.stream,
            value=row.version - 1,
        ),
        remedy=tr("Close the console and open it again."),
    )
