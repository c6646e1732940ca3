"""The journal's contract: rows of intent and effect, one stream a plan, versions without gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from console.domain.commands import Command
from console.domain.errors import ConsoleError
from console.domain.patch import Patch
from console.domain.plan import Plan


@dataclass(frozen=True, slots=True)
class Draft:
    """A row that is not durable yet.

    ``version`` is the one it wants to become (the stream's head plus one). ``command_id`` is a
    UUID made by the author's console. ``actor`` is a person, ``origin`` a console. ``at`` is UTC.
    """

    stream: str
    version: int
    command_id: str
    command: Command
    patch: Patch
    actor: str
    origin: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A durable row. ``command`` is None when a newer console wrote a kind unknown here."""

    stream: str
    version: int
    command_id: str
    kind: str
    command: Command | None
    patch: Patch
    actor: str
    origin: str
    at: datetime
    hash: str


class Disconnected(ConsoleError):  # noqa: N818 - a state of the network
    """The journal cannot be reached now; whether the last row arrived is not known."""


class NotAllowed(ConsoleError):  # noqa: N818 - a verdict
    """Nobody of this login's roles may submit such a command: it was not stored."""


class Journal(Protocol):
    """Rows by (stream, version); every call blocks, and is safe from one thread at a time.

    Saved means durable: when ``append`` returns, the row survives a power loss. The hash of a row
    covers its stored bytes and the hash before it; ``read`` raises ConsoleError on a broken chain.
    """

    def append(self, draft: Draft) -> Entry:
        """Add one row.

        Raises Stale when the version is taken, NotAllowed when the author may not do that, and
        Disconnected when nobody answers. A shared journal stamps actor and time itself. A
        ``command_id`` that is already stored in this stream is answered with the stored entry: the
        caller's crash came after the commit.
        """
        ...

    def read(self, stream: str, after: int = 0) -> Sequence[Entry]:
        """All rows of a stream with a version above ``after``, in order."""
        ...

    def head(self, stream: str) -> int:
        """The newest version of a stream; 0 when it is empty."""
        ...

    def streams(self) -> Sequence[str]:
        """The names of all streams, sorted."""
        ...


class Snapshots(Protocol):
    """Plans kept beside the journal, so that a long stream opens fast; never the truth."""

    def latest(self, stream: str) -> tuple[int, Plan] | None:
        """The newest as (version, plan); None when there is none that fits the journal."""
        ...

    def keep(self, stream: str, plan: Plan) -> None:
        """Keep a confirmed plan, when enough rows have come since the last one."""
        ...


class Outbox(Protocol):
    """What a console could not send yet, on this machine's disk; every call blocks."""

    def keep(self, stream: str, drafts: Sequence[Draft]) -> None:
        """These are now all that waits for a stream; durable when the call returns."""
        ...

    def waiting(self, stream: str) -> list[Draft]:
        """What waits, in order."""
        ...


TAIL = 2_000
"""Rows before a snapshot that are read all the same: for undo, history and conflicts."""


def beginning(
    journal: Journal, snapshots: Snapshots | None, stream: str
) -> tuple[Plan, Sequence[Entry]]:
    """Where a desk may begin: a plan, and the rows around and after it; blocking."""
    kept = snapshots.latest(stream) if snapshots else None
    if kept is None or kept[0] <= TAIL:
        return Plan(), journal.read(stream)
    version, plan = kept
    return plan, journal.read(stream, version - TAIL)
