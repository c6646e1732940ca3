"""One store: the journal and the registers in one database, opened, checked and migrated."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from sqlalchemy import text

from console.dispatch.roles import Role
from console.domain.errors import ConsoleError
from console.storage import address, folders, migrate
from console.storage.database import Database, Watch
from console.storage.faults import is_damage
from console.storage.fleet import SqlFleet
from console.storage.holding import identity
from console.storage.journal import SqlJournal
from console.storage.notes import SqlNotes, SqlPreferences
from console.storage.orders import SqlOrders
from console.storage.places import SqlPlaces, counted_ids
from console.storage.positions import SqlPositions
from console.storage.recurring import SqlRecurring
from console.storage.scenarios import SqlScenarios
from console.storage.snapshots import Snapshots
from console.storage.sqlite import (
    BUSY_MS,
    FileWatch,
    SqliteDatabase,
    driver,
    is_wal_safe,
    use,
)
from console.storage.traffic import SqlTraffics
from console.tongues import tr

FILE = "doorstep.db"


@dataclass(frozen=True, slots=True)
class Component:
    """What ``doorstep doctor`` says of a part: its version, whether it is fit, else the remedy."""

    name: str
    version: str
    is_fit: bool
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Store:
    """Everything that is kept; several consoles of one machine may have the same one open.

    All calls block and may come from any thread. Every change is durable when its call returns.
    """

    database: Database
    journal: SqlJournal
    snapshots: Snapshots
    places: SqlPlaces
    orders: SqlOrders
    fleet: SqlFleet
    notes: SqlNotes
    preferences: SqlPreferences
    traffics: SqlTraffics
    scenarios: SqlScenarios
    recurring: SqlRecurring
    positions: SqlPositions
    watch: Watch
    login: str = ""
    """Who the shared database says we are; empty on a local store."""
    roles: frozenset[Role] = frozenset(Role)
    told: str = ""
    """What whoever opens it should know: a copy stands in for a shared database."""
    further: tuple[Callable[[], None], ...] = ()
    """What else ends with it."""

    @classmethod
    def open(cls, where: Path | str, *, busy_ms: int = BUSY_MS, copies: Path | None = None) -> Self:
        """The store in this folder, made when there is none; or the shared one at this address.

        ``copies`` is where a copy of a shared one is kept, which stands in while that does not
        answer; without it that is an error.

        A damaged file is set aside whole and rebuilt from what can be read of it and from the
        newest backup; the ConsoleError says what became of it, the next ``open`` goes on. Further
        ConsoleErrors: read-only folder, network drive, full disk, locked by another program, made
        by a newer Doorstep or by another program; of an address: not set up, no answer, not let in.
        """
        if address.is_shared(where):
            return cls._shared(str(where), copies)
        folder = _folder(where)
        folders.prepare(folder)
        database = use(folder / FILE, busy_ms=busy_ms)
        seen = identity(database.file)
        try:
            if not (faults := database.misdescribed()):
                migrate.upgrade(database)
                faults = database.faults_at_start()
        except ConsoleError as error:
            database.close()
            if is_damage(error):
                raise _rebuilt(database.file, seen, str(error.__cause__)) from error
            raise
        if faults:
            database.close()
            raise _rebuilt(database.file, seen, faults)
        return cls._of(database, SqlJournal(database), FileWatch(database.file))

    @classmethod
    def _shared(cls, where: str, copies: Path | None) -> Self:
        from console.storage import sharing  # here, as a local store needs no psycopg

        found = sharing.reached(where, copies)
        opened = cls._of(found.database, sharing.SharedJournal(found.database), found.watch)
        return replace(
            opened, login=found.login, roles=found.roles, told=found.told, further=found.further
        )

    @classmethod
    def _of(cls, database: Database, journal: SqlJournal, watch: Watch) -> Self:
        return cls(
            database,
            journal,
            Snapshots(database),
            SqlPlaces(database),
            SqlOrders(database),
            SqlFleet(database),
            SqlNotes(database),
            SqlPreferences(database),
            SqlTraffics(database),
            SqlScenarios(database),
            SqlRecurring(database),
            SqlPositions(database),
            watch,
        )

    def repeatable(self) -> Self:
        """The same store, giving new places, drivers, vehicles and depots ids that count up.

        For a store of one piece of work that is thrown away: what is planned in it twice is
        planned alike.
        """
        places = SqlPlaces(self.database, counted_ids("p"))
        return replace(self, places=places, fleet=SqlFleet(self.database, counted_ids("f")))

    def data_version(self) -> int:
        """Changes with every commit of anybody else than this watch: time to pull."""
        return self.watch.data_version()

    def registers_version(self) -> int:
        """The same where it may have been a register."""
        return self.watch.registers_version()

    @property
    def is_shared(self) -> bool:
        """True when several machines work on it."""
        return not isinstance(self.database, SqliteDatabase)

    @property
    def line(self) -> str:
        """How the server is reached; a file is simply here."""
        if not self.is_shared:
            return tr("a file here")
        query = "SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        with self.database.reading() as connection:
            is_secret, version = connection.execute(text(query)).one()
        return str(version) if is_secret else tr("not encrypted")

    def backup(self, target: Path) -> None:
        """A whole, checked copy of a file; consoles may go on meanwhile."""
        if not isinstance(self.database, SqliteDatabase):
            raise TypeError("a shared database is dumped, not copied")
        self.database.copy(target)

    def components(self) -> list[Component]:
        """The engine and this store, for ``doorstep doctor``; checks the whole file and chains."""
        name = self.database.name
        try:
            broken = self.database.faults()
            rows = sum(self.journal.verify(stream) for stream in self.journal.streams())
            engine = self._engine()
        except ConsoleError as error:
            return [*components(), Component(name, "", is_fit=False, remedy=str(error))]
        told = tr(
            "tables {revision}, {rows} journal rows",
            revision=migrate.revision(self.database),
            rows=rows,
        )
        return [*engine, Component(name, told, not broken, broken)]

    def _engine(self) -> list[Component]:
        if not self.is_shared:
            return components()
        with self.database.reading() as connection:
            version = str(connection.execute(text("SHOW server_version")).scalar())
        return [Component("PostgreSQL", version, is_fit=True)]

    def close(self) -> None:
        """Close all connections; nothing is waiting to be saved."""
        self.watch.close()
        for end in self.further:
            end()
        self.database.close()


def components() -> list[Component]:
    """The database engine, for ``doorstep doctor``."""
    version = driver().sqlite_version_info
    safe = is_wal_safe(version)
    remedy = (
        "" if safe else tr("Install pysqlite3: this SQLite is slower, its fast log is not safe.")
    )
    return [Component(tr("SQLite"), driver().sqlite_version, safe, remedy)]


def _folder(where: Path | str) -> Path:
    if isinstance(where, str) and "://" in where:
        prefix = "sqlite:///"
        if not where.startswith(prefix):
            scheme = where.partition("://")[0]
            raise ConsoleError(
                tr("A store is kept in a folder or in PostgreSQL, not in {scheme}.", scheme=scheme),
                remedy=tr(
                    "Give the path of a folder, or an address like {EXAMPLE}",
                    EXAMPLE=address.EXAMPLE,
                ),
            )
        where = where.removeprefix(prefix)
    return Path(where).expanduser().resolve()


def _rebuilt(file: Path, seen: tuple[int, int] | None, why: str) -> ConsoleError:
    """Rebuild it, unless another window did that while we looked, or has it open still."""
    from console.storage.repair import rebuild  # here, as sound stores need none of it

    try:
        repaired = rebuild(file, seen)
    except ConsoleError as error:
        told = tr(
            "The store {file} is damaged ({why}). {message}",
            file=file,
            why=why,
            message=error.message,
        )
        return ConsoleError(told, remedy=error.remedy)
    return ConsoleError(
        tr(
            "The store {file} is damaged ({why}). {sentence}",
            file=file,
            why=why,
            sentence=repaired.sentence(),
        ),
        remedy=tr(
            "Start again to go on with what was saved, or put a backup in its place "
            "first: doorstep db restore FILE"
        ),
    )
