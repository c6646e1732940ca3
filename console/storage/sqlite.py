"""The one module that speaks SQLite: the engine, its settings, checks and copies.

Every commit is synced to the disk (``synchronous=FULL``). The write-ahead log is used only where
SQLite is free of the WAL-reset bug (3.7.0 to 3.51.2, apart from the backports 3.50.7 and 3.44.6;
sqlite.org/changes); elsewhere the slower rollback journal does the same work.
"""

import sqlite3
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import IO, Any, override

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import QueuePool

from console.domain.errors import ConsoleError
from console.storage import holding, schema, seals
from console.storage.company import FOLDER, FolderCompany
from console.storage.database import Database
from console.storage.faults import code_of, verdict
from console.tongues import tr

BUSY_MS = 15_000  # as long as a colleague's console may hold the file
_BUSY = 5  # SQLITE_BUSY
_AT_ONCE = 64_000_000
"""Bytes that are looked at in a tenth of a second or two."""
_GROWING = frozenset(
    table.name
    for table in (
        *(schema.entries, schema.snapshots, schema.seals),
        *(schema.orders, schema.places, schema.positions, schema.notes, schema.pieces),
    )
)
_WRITES = "doorstep_writes"
_FILE = "doorstep_file"


def driver() -> ModuleType:
    """The SQLite that comes with the console; Python's own where there is none."""
    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


def is_wal_safe(version: tuple[int, ...]) -> bool:
    """False for versions whose write-ahead log can corrupt a database of two connections."""
    backports = ((3, 44, 6), (3, 50, 7))
    return version >= (3, 51, 3) or any(
        version[:2] == fixed[:2] and version >= fixed for fixed in backports
    )


@dataclass(frozen=True, slots=True)
class SqliteDatabase(Database):
    """An engine on one file; ``held`` keeps others from taking the file away."""

    engine: Engine
    file: Path
    held: IO[str] | None = None

    @property
    @override
    def name(self) -> str:
        """The file."""
        return str(self.file)

    @contextmanager
    @override
    def writing(self, *, alone: bool = True) -> Generator[Connection]:
        """One transaction, durable in the file of this name when it is left.

        ConsoleError where the file was moved or replaced since it was opened: what is written to a
        file without a name is lost.
        """
        with Database.writing(self, alone=alone) as connection:
            opened = connection.info[_FILE]
            yield connection
        if holding.identity(self.file) != opened:
            raise ConsoleError(
                tr(
                    "The store {file} was moved or replaced while this window had it open; the "
                    "last change is not saved in it.",
                    file=self.file,
                ),
                remedy=tr("Put the file back, or close this window and open it again."),
            )

    @override
    def close(self) -> None:
        """Close all connections and let go of the file."""
        Database.close(self)
        if self.held is not None:
            self.held.close()

    @override
    def verdict(self, error: BaseException) -> ConsoleError:
        """The sentence for an error of the driver or of SQLAlchemy."""
        return verdict(error, self.file)

    @override
    def renewed(self, connection: Connection) -> None:
        """Seal every row again: the tables have changed."""
        seals.watch(connection.connection.driver_connection)
        seals.seal_all(connection)

    @override
    def _prepared(self, connection: Connection, *, writes: bool) -> Connection:
        return connection.execution_options(**{_WRITES: writes})

    @override
    def _lock(self, connection: Connection) -> None:
        """``BEGIN IMMEDIATE`` has it already."""

    @override
    def own(self, connection: Connection) -> None:
        """A file belongs to whoever may write to it."""

    @override
    def faults(self) -> str:
        """What SQLite's own check finds wrong with the file; empty when nothing."""
        with self.reading() as connection:
            rows = connection.exec_driver_sql("PRAGMA quick_check(3)").scalars().all()
        return "" if list(rows) == ["ok"] else "; ".join(str(row) for row in rows)

    def faults_at_start(self) -> str:
        """What a quick look finds before a store is opened, however long its journal has become.

        Of a large file it leaves out what grows with every day. The rows of the day that is opened
        are held against their chain as they are read; the rest is looked at behind the window.
        """
        if self.file.stat().st_size <= _AT_ONCE:
            return self.faults()
        with self.reading() as connection:
            tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='table'")
            wrong = [
                str(row)
                for name in tables.scalars().all()
                if name not in _GROWING
                for row in connection.exec_driver_sql(f"PRAGMA quick_check('{name}')").scalars()
                if row != "ok"
            ]
        return "; ".join(wrong)

    def misdescribed(self) -> str:
        """What is wrong with what says how the tables are made; empty when nothing."""
        with self.reading() as connection:
            return seals.misdescribed(connection)

    def contents(self) -> str:
        """What is wrong inside: indexes that lack a row, registers that were changed; slower."""
        with self.reading() as connection:
            rows = connection.exec_driver_sql("PRAGMA integrity_check(3)").scalars().all()
            wrong = [str(row) for row in rows if row != "ok"] or seals.broken(connection)
            wrong += filter(None, [seals.misdescribed(connection)])
        return "; ".join(wrong)

    @override
    def wipe(self, connection: Connection) -> None:
        """Also where it lay in the file."""
        connection.exec_driver_sql("PRAGMA secure_delete=ON")

    def fold(self) -> None:
        """Take the log into the file, which can then be moved or copied alone.

        ConsoleError when another console has the file open.
        """
        held: Any = self.engine.raw_connection()
        try:
            mode = held.driver_connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except driver().Error as error:
            raise verdict(error, self.file) from error
        finally:
            held.invalidate()
        if mode != "delete":
            raise ConsoleError(
                tr("Another program has the store {file} open.", file=self.file),
                remedy=tr("Close every console, then try again."),
            )

    def compact(self) -> None:
        """Write the file anew without what was deleted from it, and empty the log.

        ConsoleError when another console is at work.
        """
        held: Any = self.engine.raw_connection()
        try:
            held.driver_connection.execute("VACUUM")
            busy = held.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except driver().Error as error:
            raise verdict(error, self.file) from error
        finally:
            held.close()
        if busy:
            raise ConsoleError(
                tr("Another program reads the store {file}.", file=self.file),
                remedy=tr("Close it, then try again."),
            )

    def copy(self, target: Path) -> None:
        """A whole, consistent copy of the live database, checked; ``target`` must not exist."""
        if target.exists():
            raise FileExistsError(target)
        source: Any = self.engine.raw_connection()
        try:
            copied = driver().connect(str(target))
            try:
                source.driver_connection.backup(copied)
                result = copied.execute("PRAGMA integrity_check").fetchall()
            finally:
                copied.close()
        except driver().Error as error:
            target.unlink(missing_ok=True)
            raise verdict(error, target) from error
        finally:
            source.close()
        if result != [("ok",)]:
            target.unlink()
            raise ConsoleError(
                tr("The backup {target} could not be verified.", target=target),
                remedy=tr("Check the disk, then try again; nothing was changed."),
            )


class FileWatch:
    """Sees whether anybody, in this process or another, has committed since it last looked."""

    def __init__(self, file: Path) -> None:
        self._connection = driver().connect(str(file), check_same_thread=False)
        self._folder = file.parent / FOLDER

    @property
    def is_connected(self) -> bool:
        """A file is always there."""
        return True

    def data_version(self) -> int:
        """A number that changes with every commit of another connection; microseconds to ask."""
        row = self._connection.execute("PRAGMA data_version").fetchone()
        return int(row[0])

    def registers_version(self) -> int:
        """A file does not say what was written."""
        return self.data_version()

    def company(self, origin: str) -> FolderCompany:
        """Other windows on the same file."""
        return FolderCompany(self._folder, origin)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def connect(file: Path, *, busy_ms: int = BUSY_MS) -> SqliteDatabase:
    """A database on this file, made when absent; nothing is read or written yet."""
    url = URL.create("sqlite", database=str(file))
    engine = create_engine(url, module=driver(), poolclass=QueuePool)

    def prepare(raw: Any, record: Any) -> None:
        _prepare(raw, busy_ms)
        record.info[_FILE] = holding.identity(file)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin)
    return SqliteDatabase(engine, file)


def use(file: Path, *, busy_ms: int = BUSY_MS) -> SqliteDatabase:
    """The same on a store's file, which nobody takes away or replaces until it is closed."""
    return replace(connect(file, busy_ms=busy_ms), held=holding.hold(file))


def _prepare(raw: Any, busy_ms: int) -> None:
    """Set up a new connection; transactions are begun by ``_begin`` alone."""
    raw.isolation_level = None
    raw.execute(f"PRAGMA busy_timeout={int(busy_ms)}")
    safe = is_wal_safe(driver().sqlite_version_info)
    _switch(raw, "wal" if safe else "delete", busy_ms)
    raw.execute(f"PRAGMA synchronous={'FULL' if safe else 'EXTRA'}")
    raw.execute("PRAGMA foreign_keys=ON")
    seals.watch(raw)


def _switch(raw: Any, mode: str, busy_ms: int) -> None:
    """Set the journal mode; SQLite does not wait for others here, so we do."""
    deadline = time.monotonic() + busy_ms / 1000
    while raw.execute("PRAGMA journal_mode").fetchone()[0] != mode:
        try:
            raw.execute(f"PRAGMA journal_mode={mode}").fetchone()
        except driver().Error as error:
            if code_of(error) != _BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
