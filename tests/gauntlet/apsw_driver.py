"""apsw dressed as the SQLite driver the store expects, so that the real store runs on a VFS."""

import sqlite3
from types import ModuleType
from typing import Any, Self

import apsw


class Cursor:
    def __init__(self, connection: apsw.Connection) -> None:
        self._connection, self._cursor = connection, connection.cursor()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1
        self._rows: list[tuple[Any, ...]] = []

    def execute(self, sql: str, parameters: Any = ()) -> Self:
        before = self._connection.total_changes()
        described: list[Any] = []

        def traced(cursor: apsw.Cursor, *_: object) -> bool:
            """Before the first row, as a cursor without rows describes nothing afterwards."""
            described[:] = cursor.get_description()
            return True

        self._cursor.exec_trace = traced
        try:
            self._cursor.execute(sql, tuple(parameters) if parameters else None)
            self._rows = list(self._cursor)
        except apsw.Error as error:
            raise _as_sqlite3(error) from error
        self.description = [(name, *[None] * 6) for name, _ in described] or None
        self.rowcount = self._connection.total_changes() - before
        self.lastrowid = self._connection.last_insert_rowid()
        return self

    def executemany(self, sql: str, several: Any) -> Self:
        for parameters in several:
            self.execute(sql, parameters)
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows.pop(0) if self._rows else None

    def fetchall(self) -> list[tuple[Any, ...]]:
        rows, self._rows = self._rows, []
        return rows

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    def __iter__(self) -> Any:
        return iter(self.fetchall())

    def close(self) -> None:
        self._cursor.close()


class Connection:
    isolation_level: str | None = None

    def __init__(self, name: str, vfs: str) -> None:
        self._held = apsw.Connection(name, vfs=vfs)

    def cursor(self, *_: object) -> Cursor:
        return Cursor(self._held)

    def execute(self, sql: str, parameters: Any = ()) -> Cursor:
        return Cursor(self._held).execute(sql, parameters)

    def create_function(
        self, name: str, count: int, call: Any, *, deterministic: bool = False
    ) -> None:
        self._held.create_scalar_function(name, call, count, deterministic=deterministic)

    def commit(self) -> None:
        if self._held.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        if self._held.in_transaction:
            self.execute("ROLLBACK")

    def close(self) -> None:
        self._held.close()


def _as_sqlite3(error: apsw.Error) -> sqlite3.Error:
    code = getattr(error, "result", 1)
    kind = sqlite3.IntegrityError if code == apsw.SQLITE_CONSTRAINT else sqlite3.OperationalError
    made = kind(str(error))
    made.sqlite_errorcode = code
    return made


def on(vfs: str) -> Any:
    """What ``sqlite.driver`` answers while the store runs on the VFS of this name."""
    module: Any = ModuleType("apsw_driver")
    for name in dir(sqlite3):
        setattr(module, name, getattr(sqlite3, name))
    module.connect = lambda name, **_: Connection(name, vfs)
    version = apsw.sqlite_lib_version()
    module.sqlite_version = version
    module.sqlite_version_info = tuple(int(part) for part in version.split("."))
    return lambda: module
