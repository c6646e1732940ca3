"""Tables from nothing, from an older release, and never from a newer one."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from console.domain.commands import AddStops
from console.domain.errors import ConsoleError
from console.domain.plan import Plan
from console.storage import checking, migrate, schema, sqlite
from console.storage.journal import SqlJournal
from console.storage.sqlite import SqliteDatabase
from console.storage.store import FILE, Store
from tests.storage.plans import STREAM, draft, stop

NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "0008"
def upgrade():
    op.create_table("weather", sa.Column("id", sa.Integer, primary_key=True))
    op.add_column("note", sa.Column("kind", sa.String(8)))
"""


def _rows(store: SqliteDatabase) -> list[str]:
    with store.reading() as connection:
        query = text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return list(connection.execute(query).scalars())


def _filled(folder: Path) -> SqliteDatabase:
    store = Store.open(folder)
    store.journal.append(draft(Plan(), AddStops((stop(1),)), 1))
    store.close()
    return sqlite.connect(folder / FILE)


def test_the_migrations_make_the_tables_of_the_schema(store: Store) -> None:
    with store.database.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, schema.metadata) == []
    assert migrate.revision(store.database) == schema.REVISION


def test_the_tables_are_plain_enough_for_postgresql() -> None:
    for table in schema.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))


def test_an_up_to_date_store_is_left_alone(tmp_path: Path) -> None:
    made = _filled(tmp_path)
    assert migrate.upgrade(made) is None
    assert not (tmp_path / "backups").exists()
    made.close()


def test_an_older_store_is_backed_up_and_migrated(tmp_path: Path) -> None:
    made = _filled(tmp_path / "store")
    (tmp_path / "0002_weather.py").write_text(NEXT)
    backup = migrate.upgrade(made, further=[tmp_path])
    assert backup is not None
    assert backup.name == "doorstep-before-9999-1.db"
    assert "weather" in _rows(made)
    assert migrate.revision(made) == "9999"
    assert len(SqlJournal(made).read(STREAM)) == 1
    before = sqlite.connect(backup)
    assert "weather" not in _rows(before)
    assert len(SqlJournal(before).read(STREAM)) == 1
    before.close()
    made.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    made = _filled(tmp_path / "store")
    (tmp_path / "0002_weather.py").write_text(NEXT + "    raise RuntimeError('half way')\n")
    tables = _rows(made)
    with pytest.raises(RuntimeError, match="half way"):
        migrate.upgrade(made, further=[tmp_path])
    assert _rows(made) == tables
    assert migrate.revision(made) == schema.REVISION
    assert len(SqlJournal(made).read(STREAM)) == 1
    made.close()


def test_a_newer_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    made = _filled(tmp_path)
    with made.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0777'"))
    made.close()
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(ConsoleError, match="newer Doorstep") as refused:
        Store.open(tmp_path)
    assert "Update" in refused.value.remedy
    assert (tmp_path / FILE).read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    other = sqlite.connect(tmp_path / FILE)
    with other.writing() as connection:
        connection.execute(text("CREATE TABLE recipes (name TEXT)"))
    other.close()
    with pytest.raises(ConsoleError, match="another program"):
        Store.open(tmp_path)
    other = sqlite.connect(tmp_path / FILE)
    assert _rows(other) == ["recipes"]
    other.close()


def test_a_folder_with_a_percent_sign(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "100 % sure")
    assert store.journal.head(STREAM) == 0
    store.close()


def test_a_store_of_the_first_release_is_sealed(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.notes.put("written by the first release")
    with store.database.writing() as connection:
        for name in (
            "seal",
            "place_access",
            "traffic",
            "scenario",
            "recurring_order",
            "position",
            "proof",
            "retention",
            "region",
            "region_piece",
        ):
            connection.execute(text(f"DROP TABLE {name}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    store.close()
    store = Store.open(tmp_path)
    assert migrate.revision(store.database) == schema.REVISION
    assert checking.check(store.database).is_whole
    store.notes.put("and by this one")
    assert checking.check(store.database).is_whole
    assert len(list((tmp_path / "backups").glob("*before-0008*.db"))) == 1
    store.close()
