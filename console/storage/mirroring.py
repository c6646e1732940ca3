"""A shared database with its copy on this machine, which is read while nobody answers."""

import contextlib
import logging
from collections.abc import Callable, Generator
from dataclasses import dataclass
from threading import Event, Thread
from typing import override

from sqlalchemy import Connection

from console.dispatch.roles import Role
from console.domain.errors import ConsoleError
from console.storage import refusals
from console.storage.database import Database
from console.storage.postgres import PostgresDatabase
from console.storage.replica import Replica

log = logging.getLogger("console.storage")

FIRST_S, EVERY_S = 5.0, 20.0
"""Until the copy first follows, when the window is open; and between two times at least."""

_CLOSE_S = 10.0


@dataclass(frozen=True, slots=True)
class MirroredDatabase(PostgresDatabase):
    """Written to on the server alone; while that is lost, read from the copy.

    ``is_lost`` is asked before each transaction.
    """

    replica: Replica | None = None
    is_lost: Callable[[], bool] = lambda: False

    @contextlib.contextmanager
    @override
    def reading(self) -> Generator[Connection]:
        """One state throughout: the server's, or the copy's."""
        if self.replica is not None and self.is_lost():
            with self.replica.database.reading() as connection:
                yield connection
        else:
            with PostgresDatabase.reading(self) as connection:
                yield connection

    @contextlib.contextmanager
    @override
    def asking(self) -> Generator[Connection]:
        """The same of one statement."""
        if self.replica is not None and self.is_lost():
            with self.replica.database.asking() as connection:
                yield connection
        else:
            with PostgresDatabase.asking(self) as connection:
                yield connection

    @contextlib.contextmanager
    @override
    def asking_itself(self) -> Generator[Connection]:
        """The server; Disconnected at once while it is known to be lost."""
        if self.is_lost():
            raise refusals.unreachable(self.address)
        with PostgresDatabase.asking(self) as connection:
            yield connection

    @contextlib.contextmanager
    @override
    def writing(self, *, alone: bool = True) -> Generator[Connection]:
        """On the server; Disconnected at once while it is known to be lost."""
        if self.is_lost():
            raise refusals.unreachable(self.address)
        with PostgresDatabase.writing(self, alone=alone) as connection:
            yield connection

    @override
    def close(self) -> None:
        """Both."""
        PostgresDatabase.close(self)
        if self.replica is not None:
            self.replica.close()


class Mirror:
    """Has the copy follow the server, on a thread of its own, as often as something happens."""

    def __init__(
        self, replica: Replica, server: Database, login: str, roles: frozenset[Role]
    ) -> None:
        self._replica, self._server = replica, server
        self._login, self._roles = login, roles
        self._woken, self._ended = Event(), Event()
        self._woken.set()
        self._thread = Thread(target=self._run, name="doorstep-copy", daemon=True)

    def begin(self) -> None:
        """Follow from now on."""
        self._thread.start()

    def wake(self) -> None:
        """Something changed there; any thread."""
        self._woken.set()

    def close(self) -> None:
        """Follow a last time, where something is new, and end."""
        self._ended.set()
        self._woken.set()
        self._thread.join(_CLOSE_S)

    def _run(self) -> None:
        self._ended.wait(FIRST_S)
        is_over = False
        while not is_over:
            self._woken.wait()
            self._woken.clear()
            is_over = self._ended.is_set()
            try:
                self._replica.follow(self._server, self._login, self._roles)
            except ConsoleError as error:
                log.info("the copy could not follow", exc_info=error)
            self._ended.wait(EVERY_S)
