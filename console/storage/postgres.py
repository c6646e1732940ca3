"""The one module that speaks PostgreSQL: the engine, its settings, and the wake-up."""

import contextlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event, Thread
from typing import Any, override

import psycopg
from sqlalchemy import Connection, Engine, Select, create_engine, text
from sqlalchemy.pool import QueuePool

from console.domain.errors import ConsoleError
from console.storage import refusals
from console.storage.address import Address
from console.storage.company import NoticeCompany
from console.storage.database import Database

CHANNEL = "doorstep"
HERE = "doorstep_here"
"""Consoles tell each other there where they are."""

OWNER = "doorstep_owner"
GROUP = "doorstep_{}"
"""The group role of a ``Role`` of the console."""

_ALONE = 0x446F6F72  # one number for all consoles: "Door"
_KEPT_ALIVE: dict[str, str | int] = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # ms until a cut cable is an error
    "application_name": "doorstep",
    "options": "-c timezone=UTC -c statement_timeout=60000 -c lock_timeout=15000 "
    "-c idle_in_transaction_session_timeout=60000 -c client_min_messages=error",
}
_LISTEN_S = 0.25  # how long a closing console waits for its watch
_AGAIN_S = 1.0  # between attempts to reach a server that is gone


@dataclass(frozen=True, slots=True)
class PostgresDatabase(Database):
    """An engine on a server."""

    engine: Engine
    address: Address

    @property
    @override
    def name(self) -> str:
        """The address without its password."""
        return self.address.name

    @contextlib.contextmanager
    @override
    def asking(self) -> Generator[Connection]:
        """One statement, one answer."""
        with self._transaction(_by_itself) as connection:
            yield connection

    @override
    def row_of_bytes(self, query: Select[*tuple[Any, ...]]) -> Sequence[Any] | None:
        """As bytes instead of hexadecimal text, which is twice as long on the way."""
        words = query.compile(self.engine, compile_kwargs={"render_postcompile": True})
        with self.asking_itself() as connection:
            raw: Any = connection.connection.driver_connection
            try:
                with raw.cursor(binary=True) as cursor:
                    return cursor.execute(str(words), words.params).fetchone()
            except psycopg.Error as error:
                connection.invalidate(error)
                raise self.verdict(error) from error

    @override
    def verdict(self, error: BaseException) -> ConsoleError:
        """The sentence for an error of psycopg or of SQLAlchemy."""
        return refusals.verdict(error, self.address)

    @override
    def _prepared(self, connection: Connection, *, writes: bool) -> Connection:
        """Readers see one state throughout; writers wait for the row they contend for."""
        level = "READ COMMITTED" if writes else "REPEATABLE READ"
        return connection.execution_options(isolation_level=level, postgresql_readonly=not writes)

    @override
    def _lock(self, connection: Connection) -> None:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ALONE})

    @override
    def own(self, connection: Connection) -> None:
        """Only the administrator may."""
        connection.execute(text(f"SET LOCAL ROLE {OWNER}"))

    @override
    def renewed(self, connection: Connection) -> None:
        """Rights are granted by the set-up."""

    @override
    def patient(self, connection: Connection) -> None:
        """No limit but that of a connection that is gone."""
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            connection.execute(text(f"SET LOCAL {limit} = 0"))

    @override
    def faults(self) -> str:
        """Empty when the server answers and reads every row of the journal's index."""
        with self.reading() as connection:
            self.patient(connection)
            connection.execute(text("SELECT count(hash) FROM entry"))
        return ""


def _by_itself(connection: Connection) -> Connection:
    return connection.execution_options(isolation_level="AUTOCOMMIT")


def connect(address: Address, *, options: dict[str, str] | None = None) -> PostgresDatabase:
    """A database at this address; nothing is asked of it yet."""
    words: dict[str, Any] = {**_KEPT_ALIVE, **address.words(), **(options or {})}

    def opened() -> Any:
        return psycopg.connect(**words)

    engine = create_engine(
        address.url(), creator=opened, poolclass=QueuePool, pool_pre_ping=True, pool_size=3
    )
    return PostgresDatabase(engine, address)


def opened(address: Address, database: str = "") -> psycopg.Connection:
    """A plain connection on which every statement is a transaction; ConsoleError when refused."""
    words: dict[str, Any] = {**_KEPT_ALIVE, **address.words(database)}
    try:
        return psycopg.connect(**words, autocommit=True)
    except psycopg.Error as error:
        raise refusals.verdict(error, address) from error


class ServerWatch:
    """Listens for other consoles on a connection, and a thread, of its own.

    A notice is a wake-up only: what was missed while the connection was down is in the journal,
    so every new connection counts as a notice. ``woken`` is called from the watch's thread.
    """

    def __init__(
        self, address: Address, woken: Callable[[], None] = lambda: None, *, is_lost: bool = False
    ) -> None:
        self._address, self._woken, self._is_lost = address, woken, is_lost
        self._company = NoticeCompany()
        self._version = self._registers = 0
        self._is_connected = False
        self._ended = Event()
        self._thread = Thread(target=self._run, name="doorstep-watch", daemon=True)
        self._thread.start()

    @property
    def is_connected(self) -> bool:
        """False while the server cannot be reached."""
        return self._is_connected

    @property
    def is_lost(self) -> bool:
        """True from a try that failed until one that did not."""
        return self._is_lost

    def data_version(self) -> int:
        """Grows with every notice."""
        return self._version

    def registers_version(self) -> int:
        """Grows with every notice of a register, and with every new connection."""
        return self._registers

    def company(self, origin: str) -> NoticeCompany:
        """Who else is here, heard on this watch's connection."""
        return self._company

    def close(self) -> None:
        """Stop listening."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            with contextlib.suppress(ConsoleError, psycopg.Error):
                self._listen()
            self._is_connected, self._is_lost = False, True
            self._company.lost()
            self._ended.wait(_AGAIN_S)

    def _listen(self) -> None:
        with opened(self._address) as connection:
            for channel in (CHANNEL, HERE):
                connection.execute(f"LISTEN {channel}".encode())
            self._is_connected, self._is_lost = True, False
            self._registers += 1
            self._wake()
            while not self._ended.is_set():
                for notice in list(connection.notifies(timeout=_LISTEN_S, stop_after=1)):
                    self._notice(notice, connection)
                self._speak(connection)
            self._company.leave()
            self._speak(connection)

    def _notice(self, notice: psycopg.Notify, connection: psycopg.Connection) -> None:
        if notice.channel == CHANNEL:
            self._registers += " " not in notice.payload  # of the journal: stream and version
            self._wake()
        else:
            self._company.heard(notice.payload, notice.pid, partial(_login_of, connection))

    def _speak(self, connection: psycopg.Connection) -> None:
        def notify(text: str) -> None:
            connection.execute("SELECT pg_notify(%s, %s)", (HERE, text))

        self._company.speak(notify)

    def _wake(self) -> None:
        self._version += 1
        self._woken()


def _login_of(connection: psycopg.Connection, process: int) -> str:
    """Whose process of the server that is."""
    asked = "SELECT usename FROM pg_stat_activity WHERE pid = %s"
    found = connection.execute(asked, (process,)).fetchone()
    return str(found[0]) if found and found[0] else ""
