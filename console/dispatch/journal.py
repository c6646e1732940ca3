"""The journal's contract: rows of intent and effect, one stream a plan, versions without gaps."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from console.domain.commands import Command
from console.domain.errors import ConsoleError
from console.domain.patch import Outline, Patch, in_order_of_change
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


class Unread:
    """What a stored row did, read once somebody asks for it; what it changed is known at once.

    ``read`` raises ConsoleError where only a newer console understands it. Equal to the patch.
    """

    __slots__ = ("_patch", "_read", "outline")

    def __init__(self, outline: Outline, read: Callable[[], Patch]) -> None:
        self.outline = outline
        self._read: Callable[[], Patch] | None = read
        self._patch = Patch()

    @property
    def patch(self) -> Patch:
        """What it did; two threads that ask at once both get it."""
        read = self._read
        if read is not None:
            self._patch = read()
            self._read = None
        return self._patch

    def __eq__(self, other: object) -> bool:
        return self.patch == (other.patch if isinstance(other, Unread) else other)

    def __hash__(self) -> int:
        return hash(self.patch)


@dataclass(frozen=True, slots=True)
class Entry:
    """A durable row. ``command`` is None when a newer console wrote a kind unknown here.

    What it did is ``patch``; what it changed, which costs nothing to ask, is ``outline``.
    """

    stream: str
    version: int
    command_id: str
    kind: str
    command: Command | None
    effect: Patch | Unread
    actor: str
    origin: str
    at: datetime
    hash: str

    @property
    def patch(self) -> Patch:
        """What it did."""
        return self.effect if isinstance(self.effect, Patch) else self.effect.patch

    @property
    def outline(self) -> Outline:
        """Which entities it changed."""
        return self.effect.outline


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

    def read(self, stream: str, after: int = 0, known: int = 0) -> Sequence[Entry]:
        """All rows of a stream with a version above ``after``, in order.

        What those up to version ``known`` did is read when somebody asks for it: their reader has
        the plan that they lead to.
        """
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
    """Where a desk may begin: a plan, and the rows around and after it; blocking.

    What the rows before a snapshot did is not read yet (``read_all``).
    """
    kept = snapshots.latest(stream) if snapshots else None
    if kept is None:
        return Plan(), journal.read(stream)
    version, plan = kept
    rows = journal.read(stream, max(0, version - TAIL), version)
    before = (row.outline for row in rows if row.version <= version)
    return in_order_of_change(plan, before), rows


def read_all(entries: Iterable[Entry]) -> None:
    """Read what these rows did, so that nobody waits for it later; blocking."""
    for entry in entries:
        _ = entry.patch
