"""The store as the window sees it: saved, restored, moved there and back, and written down."""

import os
import stat
from dataclasses import replace
from pathlib import Path
from threading import Event

import psycopg
import pytest

from console.dispatch.extracts import Cancelled
from console.dispatch.roles import Role
from console.dispatch.stores import ServerForm
from console.domain.errors import ConsoleError
from console.storage import address, choosing
from console.storage.keeper import Keeper
from console.storage.outbox import file_for
from console.storage.store import FILE, Store
from console.storage.stores import WindowStores, Wish
from tests.postgres import PASSWORD, Server
from tests.storage.plans import EIGHT, STREAM, one_of_each, rows_of

ROWS = len(one_of_each())


class Clock:
    def now(self):
        return EIGHT


def _silent(_sentence: str, _share: float = 0.0) -> None:
    """Nobody listens."""


def _stores(home: Path, shared: str = "") -> WindowStores:
    keeper = Keeper(home / "store", shared, _silent, Clock())
    store = Store.open(shared or home / "store")
    try:
        return WindowStores.of(home, keeper, store)
    finally:
        store.close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DOORSTEP_DATABASE", raising=False)
    store = Store.open(tmp_path / "store")
    store.journal.append_all(rows_of(one_of_each())[0])
    store.close()
    return tmp_path


def _form(server: Server, database: str, login: str, password: str = "") -> ServerForm:
    return ServerForm("127.0.0.1", database, login, password, server.port)


def test_a_form_is_an_address() -> None:
    form = ServerForm(
        "db.depot.example", "doorstep", "ana", "p@ss:w/rd", 5433, "verify-ca", "/x y.pem"
    )
    read = address.read(form.address)
    assert (read.host, read.port, read.database) == ("db.depot.example", 5433, "doorstep")
    assert (read.login, read.password) == ("ana", "p@ss:w/rd")
    assert dict(read.tls) == {"sslmode": "verify-ca", "sslrootcert": "/x y.pem"}
    assert "p%40ss" not in read.entry
    assert address.read(read.entry) == replace(read, password="")
    safe = address.read(ServerForm("db.depot.example", "doorstep", "ana").address)
    assert dict(safe.tls)["sslmode"] == "verify-full"


def test_a_backup_is_restored_between_two_windows(home: Path) -> None:
    stores = _stores(home)
    made = stores.save()
    (saved,) = stores.saved()
    assert (saved.file, saved.made) == (made, EIGHT)
    assert saved.size > 0
    store = Store.open(home / "store")
    store.notes.put("after the backup")
    told: list[str] = []
    stores.restore_later(made, lambda sentence, _share: told.append(sentence))
    assert told
    assert store.journal.head(STREAM) == ROWS  # the window goes on until it is closed
    store.close()
    stores.leave_word()
    assert stores.wish is None
    assert "before-restore" in stores.take_word()
    assert stores.take_word() == ""
    store = Store.open(home / "store")
    assert store.journal.head(STREAM) == ROWS
    store.close()


def test_another_window_stops_a_restore_aloud(home: Path) -> None:
    stores = _stores(home)
    stores.restore_later(stores.save(), _silent)
    other = Store.open(home / "store", busy_ms=50)
    with other.database.reading():
        stores.leave_word()
    other.close()
    assert "open" in stores.take_word()
    store = Store.open(home / "store")
    assert store.journal.head(STREAM) == ROWS
    store.close()


def test_a_bad_backup_is_not_laid_ready(home: Path) -> None:
    stores = _stores(home)
    bad = home / "bad.db"
    bad.write_bytes(b"no database")
    with pytest.raises(ConsoleError, match="not a whole backup"):
        stores.restore_later(bad, _silent)
    assert stores.wish is None


def test_a_check_names_every_backup_and_can_be_called_off(home: Path) -> None:
    stores = _stores(home)
    made = stores.save()
    shares: list[float] = []
    found = stores.check(lambda _sentence, share: shares.append(share), Event())
    assert [(each.name, each.rows, each.faults) for each in found][1] == (made.name, ROWS, ())
    assert shares == sorted(shares)
    stop = Event()
    stop.set()
    with pytest.raises(Cancelled):
        stores.check(_silent, stop)


def test_a_store_moves_there_and_back_whole(server: Server, shared: str, home: Path) -> None:
    stores = _stores(home)
    form = _form(server, shared, "postgres")
    stop = Event()

    def at_the_orders(sentence: str, _share: float) -> None:
        if "Copying" in sentence:
            stop.set()

    with pytest.raises(Cancelled):
        stores.move(form, at_the_orders, stop)
    shares: list[float] = []
    said = stores.move(form, lambda _sentence, share: shares.append(share), Event())
    assert f"{ROWS} changes of plans" in said
    assert shares == sorted(shares)
    assert shares[-1] < 1.0
    stores.use_later(form)
    assert stores.wish is Wish.SWITCH
    where = f"postgresql://postgres@127.0.0.1:{server.port}/{shared}"
    assert (home / "doorstep.toml").read_text() == f'database = "{where}"\n'
    assert stores.carry_out() == ""

    there = _stores(home, where)
    assert (there.place().is_shared, there.place().login) == (True, "postgres")
    with pytest.raises(ConsoleError, match="cannot restore"):
        there.restore_later(home / "x.db", _silent)
    assert f"{ROWS} changes of plans" in there.bring_back(_silent, Event())
    there.use_later(None)
    assert "before-return" in there.carry_out()
    assert (home / "doorstep.toml").read_text() == 'database = ""\n'
    store = Store.open(home / "store")
    assert store.journal.head(STREAM) == ROWS
    store.close()
    assert list((home / "store").glob(f"{FILE}.before-return-*"))


def test_a_set_up_database_is_tried_out(server: Server, home: Path) -> None:
    stores, name = _stores(home), "doorstep_by_window"
    told: list[str] = []
    stores.set_up(_form(server, name, "postgres"), told.append)
    try:
        assert any("Checked" in line for line in told)
        stores.admit(_form(server, name, "postgres"), "ada", Role.MANAGER, PASSWORD)
        said = stores.try_out(_form(server, name, "ada", PASSWORD))
        assert "ada" in said
        assert "manager" in said
        with pytest.raises(ConsoleError, match="does not let"):
            stores.try_out(_form(server, name, "ada", "wrong"))
        with pytest.raises(ConsoleError):
            stores.try_out(replace(_form(server, name, "ana"), port=1))
    finally:
        stores.admit(_form(server, name, "postgres"), "ada", Role.ADMIN, PASSWORD)
        server.drop(name)


def test_an_environment_variable_is_not_overruled(home: Path, monkeypatch) -> None:
    monkeypatch.setenv("DOORSTEP_DATABASE", "")
    stores = _stores(home)
    with pytest.raises(ConsoleError, match="DOORSTEP_DATABASE"):
        stores.use_later(None)
    assert not (home / "doorstep.toml").exists()


def test_settings_keep_all_other_lines() -> None:
    before = '# mine\ncores = 2\ndatabase = "old"  # there\n\n[streets]\ndatabase = "not this"\n'
    after = choosing.with_database(before, "postgresql://a@b/c\\d")
    assert after == before.replace(
        'database = "old"  # there', 'database = "postgresql://a@b/c\\d"'
    )
    assert choosing.with_database("[streets]\n", "x") == 'database = "x"\n[streets]\n'


def test_a_kept_password_is_ours_alone_and_found(
    server: Server, shared: str, home: Path, monkeypatch
) -> None:
    monkeypatch.delenv("PGPASSFILE", raising=False)
    where = address.read(_form(server, shared, "ada", PASSWORD).address)
    choosing.keep_password(home, replace(where, password="old:one\\"))
    choosing.keep_password(home, where)
    file = home / choosing.PASSWORDS
    assert len(file.read_text().splitlines()) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    monkeypatch.setenv("PGPASSFILE", "")
    monkeypatch.delenv("PGPASSFILE")
    choosing.know_passwords(home)
    try:
        with psycopg.connect(**replace(where, password="").words()) as connection:
            assert connection.info.user == "ada"
    finally:
        os.environ.pop("PGPASSFILE", None)


def test_what_waits_for_one_server_is_not_sent_to_another(tmp_path: Path) -> None:
    one = file_for(tmp_path, "postgresql://ana@depot-a/doorstep")
    assert one == file_for(tmp_path, "postgresql://ben:secret@depot-a/doorstep")
    assert one != file_for(tmp_path, "postgresql://ana@depot-b/doorstep")
