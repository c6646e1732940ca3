"""The journal on a shared database: rows are made by the server's own function; how it is reached.

A console that was let in before opens on its copy where nobody answers now.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, override

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from console.dispatch.journal import Disconnected, Draft, Entry, NotAllowed
from console.dispatch.roles import Role
from console.domain.errors import ConsoleError, Stale
from console.storage import address, migrate, postgres, rights
from console.storage.database import Database
from console.storage.journal import SqlJournal
from console.storage.mirroring import Mirror, MirroredDatabase
from console.storage.refusals import AHEAD, STALE, state_of
from console.storage.replica import Replica, Session
from console.storage.rows import Row, ahead, entry_of, written
from console.tongues import tr

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
            return NotAllowed(
                tr("Your login may not submit this ({kind}).", kind=row.kind), remedy=said.remedy
            )
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


@dataclass(frozen=True, slots=True)
class Reached:
    """A shared database that let us in, or its copy; ``told`` says so where it is that."""

    database: Database
    watch: postgres.ServerWatch
    login: str
    roles: frozenset[Role]
    told: str = ""
    further: tuple[Callable[[], None], ...] = ()


def reached(where: str, copies: Path | None) -> Reached:
    """The database at an address, with its copy where ``copies`` names a folder for it.

    ConsoleError where it refuses us, and where it does not answer and was never copied.
    """
    at = address.read(where)
    server = postgres.connect(at)
    replica = Replica.open(copies, where) if copies else None
    try:
        session, is_lost = _session(server, replica)
    except ConsoleError:
        server.close()
        if replica is not None:
            replica.close()
        raise
    if replica is None:
        return Reached(server, postgres.ServerWatch(at), *session)
    mirror = Mirror(replica, server, *session)
    watch = postgres.ServerWatch(at, mirror.wake, is_lost=is_lost)
    is_copied = _Once(lambda: replica.session() is not None)
    database = MirroredDatabase(
        server.engine, at, replica, lambda: watch.is_lost and is_copied.is_true()
    )
    mirror.begin()
    told = _standing_in(server, replica.session()) if is_lost else ""
    return Reached(database, watch, *session, told, (mirror.close,))


class _Once:
    """Asked until it is true."""

    def __init__(self, ask: Callable[[], bool]) -> None:
        self._ask, self._was = ask, False

    def is_true(self) -> bool:
        """True from the first time on that it was."""
        self._was = self._was or self._ask()
        return self._was


def _session(server: Database, replica: Replica | None) -> tuple[tuple[str, frozenset[Role]], bool]:
    """Who we are, and whether that is what the copy remembers."""
    try:
        login, roles = rights.of_session(server)
        _admitted(server, rights.no_role(server, login), is_known=bool(roles))
    except Disconnected:
        known = replica.session() if replica else None
        if known is None:
            raise
        return (known.login, known.roles), True
    return (login, roles), False


def _admitted(database: Database, verdict: NotAllowed, *, is_known: bool) -> None:
    """ConsoleError unless the tables are there and the login may read them."""
    try:
        migrate.check(database)
    except NotAllowed as error:
        raise verdict from error
    if not is_known:
        raise verdict


def _standing_in(server: Database, session: Session | None) -> str:
    copied = f" of {session.at.astimezone():%a %d %b, %H:%M}" if session else ""
    return tr(
        "The database {name} does not answer. This window works on the copy{copied} "
        "on this computer; what you do is kept here, and sent when the server answers"
        " again.",
        name=server.name,
        copied=copied,
    )
