"""Bringing a store's tables up to date: whole or not at all, and never without a checked backup."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from console.domain.errors import ConsoleError
from console.storage import folders
from console.storage.database import Database
from console.storage.schema import REVISION
from console.storage.sqlite import SqliteDatabase
from console.tongues import tr

SCRIPTS = Path(__file__).resolve().parent / "migrations"
_VERSION_TABLE = "alembic_version"


@dataclass(frozen=True, slots=True)
class Way:
    """How a database is migrated.

    ``backup`` is called with a reason before anything changes, ``begin`` first in the transaction
    of the migration. ``further`` are folders with more revisions than those packed here.
    """

    backup: Callable[[str], Path]
    begin: Callable[[Connection], None] = lambda _: None
    further: Sequence[Path] = ()


def upgrade(database: SqliteDatabase, *, further: Sequence[Path] = ()) -> Path | None:
    """Migrate a file to the newest revision; answers the backup that was made before, if any.

    ConsoleError when the file was made by a newer Doorstep or by another program: it is left as
    it is.
    """
    return upgrade_by(database, Way(lambda why: beside(database, why), further=further))


def upgrade_by(database: Database, way: Way) -> Path | None:
    """The same for any database."""
    with database.reading() as connection:
        present, is_empty = _state(connection)
    if present == REVISION and not way.further:
        return None
    if present is None and not is_empty:
        raise ConsoleError(
            tr(
                "{name} is a database of another program; it was left as it is.", name=database.name
            ),
            remedy=tr("Move the file away, or choose another folder or database."),
        )
    return _migrate(database, present, way)


def check(database: Database) -> None:
    """ConsoleError unless the tables are just those this program knows; nothing is changed."""
    present = revision(database)
    if not present:
        raise ConsoleError(
            tr("The database {name} is not set up for Doorstep.", name=database.name),
            remedy=tr("Have its administrator run: doorstep db setup ADDRESS"),
        )
    if present > REVISION:
        raise _newer(database, present)
    if present < REVISION:
        raise ConsoleError(
            tr("The tables of {name} are older than this console.", name=database.name),
            remedy=tr("Have its administrator run: doorstep db migrate ADDRESS"),
        )


def revision(database: Database) -> str:
    """The revision of the store's tables; empty when it has none."""
    with database.reading() as connection:
        return _state(connection)[0] or ""


def _state(connection: Connection) -> tuple[str | None, bool]:
    tables = inspect(connection).get_table_names()
    if _VERSION_TABLE not in tables:
        return None, not tables
    found = connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}"))  # noqa: S608
    return found.scalar(), False


def _newer(database: Database, present: str) -> ConsoleError:
    return ConsoleError(
        tr(
            "The store {name} was made by a newer Doorstep (tables {present}, known here "
            "up to {REVISION}); it was left as it is.",
            name=database.name,
            present=present,
            REVISION=REVISION,
        ),
        remedy=tr("Update this console, or choose another folder or database."),
    )


def _migrate(database: Database, present: str | None, way: Way) -> Path | None:
    from alembic import command  # here, as it costs 0.2 s and most starts migrate nothing
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    versions = "\n".join(str(folder) for folder in (SCRIPTS / "versions", *way.further))
    config.set_main_option("version_locations", versions.replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    if present is not None and present not in known:
        raise _newer(database, present)
    head = scripts.get_current_head()
    if present == head:
        return None
    backup = None if present is None else way.backup(f"before-{head}")
    with database.writing() as connection:
        database.patient(connection)
        way.begin(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        database.renewed(connection)
    database.engine.dispose()  # connections that knew the tables as they were
    return backup


def beside(database: SqliteDatabase, why: str) -> Path:
    """A checked copy beside the store, in ``backups``."""
    folder = database.file.parent / "backups"
    folders.prepare(folder)
    number = 1
    while (target := folder / f"{database.file.stem}-{why}-{number}.db").exists():
        number += 1
    database.copy(target)
    return target
