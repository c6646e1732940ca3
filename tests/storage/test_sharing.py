"""A shared database: who may do what, what the server stamps, who hears of it, TLS, passwords."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Event, Thread

import pytest
from sqlalchemy import text

from console.dispatch.journal import Disconnected, NotAllowed
from console.dispatch.roles import PERMISSIONS, Role, may, with_included
from console.domain.commands import KINDS, AddStops, LockRoutes
from console.domain.errors import ConsoleError
from console.domain.places import Address
from console.domain.plan import Plan
from console.storage import address, founding, postgres, rights
from console.storage.condition import shared as shared_components
from console.storage.store import Store
from tests.postgres import LOGINS, PASSWORD, Server
from tests.storage.plans import EIGHT, STREAM, draft, one_of_each, rows_of, stop

PAST_THE_FUNCTION = (
    "UPDATE entry SET actor = 'ben'",
    "DELETE FROM entry",
    "INSERT INTO stream VALUES ('plan/x', 7, '')",
    "UPDATE stream SET version = 0",
    "TRUNCATE entry CASCADE",
    "INSERT INTO permission VALUES ('doorstep_viewer', '*', '')",
    "DROP TABLE entry",
    "CREATE TABLE mine (x int)",
    "SET ROLE doorstep_owner",
)


@pytest.fixture
def ana(server: Server, shared: str) -> Iterator[Store]:
    opened = Store.open(server.url(shared, "ana"))
    yield opened
    opened.close()


def _as(server: Server, shared: str, login: str) -> Store:
    return Store.open(server.url(shared, login))


def test_the_server_says_who_wrote_and_when(ana: Store) -> None:
    row = replace(draft(Plan(), AddStops((stop(1),)), 1), actor="somebody else")
    entry = ana.journal.append(row)
    assert entry.actor == ana.login == "ana"
    assert entry.at != EIGHT
    assert ana.journal.read(STREAM) == [entry]


def test_the_roles_of_a_login(server: Server, shared: str) -> None:
    for login, role in LOGINS.items():
        if login == "ada":
            continue
        store = _as(server, shared, login)
        assert store.roles == with_included([role])
        assert (store.login, store.is_shared) == (login, True)
        store.close()


@pytest.mark.parametrize("login", ["ana", "vera", "leo", "tom", "mia"])
def test_server_and_desk_agree_on_every_command(server: Server, shared: str, login: str) -> None:
    """Each kind of command, to a plan and to a training: the same table on both sides."""
    drafts, _ = rows_of(one_of_each())
    store = _as(server, shared, login)
    for row in {each.command.kind: each for each in drafts}.values():
        for prefix in ("plan/", "training/", "other/"):
            asked = replace(row, stream=f"{prefix}{row.command.kind}", version=1)
            if may([LOGINS[login]], row.command.kind, asked.stream):
                assert store.journal.append(asked).version == 1
            else:
                with pytest.raises(NotAllowed) as refused:
                    store.journal.append(asked)
                assert refused.value.remedy
    store.close()


def test_every_permission_names_a_command() -> None:
    assert {each.kind for each in PERMISSIONS} <= {*KINDS, "*"}


@pytest.mark.parametrize("login", ["ana", "mia", "vera"])
def test_nobody_writes_past_the_function(server: Server, shared: str, login: str) -> None:
    store = _as(server, shared, login)
    for change in PAST_THE_FUNCTION:
        with pytest.raises(NotAllowed), store.database.writing() as connection:
            connection.execute(text(change))
    store.close()


def test_a_viewer_reads_and_changes_no_register(server: Server, shared: str, ana: Store) -> None:
    place = ana.places.remember(Address("Städtle 12"))
    ana.journal.append(draft(Plan(), AddStops((stop(1),)), 1))
    vera = _as(server, shared, "vera")
    assert vera.places.get([place.id]) == {place.id: place}
    assert len(vera.journal.read(STREAM)) == 1
    with pytest.raises(NotAllowed, match="may not do this"):
        vera.places.remember(Address("Städtle 14"))
    vera.close()


def test_preferences_are_everybodys_own(server: Server, shared: str, ana: Store) -> None:
    vera = _as(server, shared, "vera")
    vera.preferences.put("vera", {"last_day": "2026-11-23"})
    assert vera.preferences.get("vera") == {"last_day": "2026-11-23"}
    assert ana.preferences.get("vera") == {}
    with pytest.raises(NotAllowed):
        vera.preferences.put("ana", {"last_day": "x"})
    vera.close()


def test_what_copies_years_is_not_hurried(ana: Store) -> None:
    """Two transactions wait for each other while a journal of years is copied and compared."""

    def limits() -> list[str]:
        names = ("statement_timeout", "idle_in_transaction_session_timeout")
        return [str(connection.execute(text(f"SHOW {name}")).scalar()) for name in names]

    with ana.database.reading() as connection:
        assert limits() == ["1min", "1min"]
        ana.database.patient(connection)
        assert limits() == ["0", "0"]
    with ana.database.reading() as connection:
        assert limits() == ["1min", "1min"]


def test_a_login_without_a_role_is_told_so(server: Server, shared: str) -> None:
    with pytest.raises(ConsoleError) as refused:
        _as(server, shared, "stranger")
    assert "administrator" in refused.value.remedy


def test_a_password_is_asked_and_sent_as_scram_only(server: Server, shared: str) -> None:
    with pytest.raises(ConsoleError, match="does not let “ada” in"):
        _as(server, shared, "ada")
    with pytest.raises(ConsoleError, match="does not let “ada” in"):
        _as(server, shared, "ada:wrong")
    store = _as(server, shared, f"ada:{PASSWORD.replace(' ', '%20')}")
    assert Role.ADMIN in store.roles
    assert PASSWORD not in store.database.name
    store.close()
    with server.admin() as connection:
        stored = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'ada'")
        assert str(stored.fetchone()).startswith("('SCRAM-SHA-256$")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate")
def test_the_server_has_to_prove_who_it_is(server: Server, shared: str) -> None:
    authority = server.data / "server.crt"
    query = f"?sslmode=verify-full&sslrootcert={authority}"
    local = server.url(shared, "ana", query).replace("127.0.0.1", "localhost")
    store = Store.open(local)
    with store.database.reading() as connection:
        used = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert connection.execute(text(used)).scalar()
    store.close()
    with pytest.raises(ConsoleError, match="not safe") as refused:
        Store.open(server.url(shared, "ana", query))  # the certificate is for another name
    assert "sslrootcert" in refused.value.remedy


@pytest.mark.parametrize(
    ("text", "tls"),
    [
        ("postgresql://ana@depot/d", {"sslmode": "verify-full", "sslrootcert": "system"}),
        ("postgresql://ana@depot/d?sslmode=require", {"sslmode": "require"}),
        ("postgresql://ana@127.0.0.1/d", {}),
        ("postgresql:///d?host=/var/run/postgresql", {}),
        (
            "postgres://depot/d?sslmode=verify-full&sslrootcert=/ca.pem",
            {"sslmode": "verify-full", "sslrootcert": "/ca.pem"},
        ),
    ],
)
def test_tls_is_asked_for_beyond_this_machine(text: str, tls: dict[str, str]) -> None:
    assert dict(address.read(text).tls) == tls


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("mysql://depot/d", "not postgresql"),
        ("postgresql://depot", "name is missing"),
        ("postgresql://depot:x/d", "cannot be read"),
        ("postgresql://depot/d?sslmode=maybe", "sslmode is one of"),
        ("postgresql://depot/d?colour=red", "colour is not one of"),
    ],
)
def test_a_wrong_address_is_named(text: str, wrong: str) -> None:
    with pytest.raises(ConsoleError, match=wrong) as told:
        address.read(text)
    assert address.EXAMPLE in told.value.remedy


def test_an_address_without_its_password() -> None:
    named = address.read("postgresql://ana:secret@depot:6000/d").name
    assert named == "ana@depot:6000/d"


def test_nobody_answers(server: Server) -> None:
    silent = server.url("d", "ana").replace(f":{server.port}", ":1")
    with pytest.raises(Disconnected) as told:
        Store.open(silent)
    assert "network" in told.value.remedy


def test_a_database_that_is_not_there_or_not_set_up(server: Server) -> None:
    with pytest.raises(ConsoleError, match="no database of this name"):
        Store.open(server.url("nowhere", "ana"))
    with pytest.raises(ConsoleError, match="not set up"):
        Store.open(server.url("postgres", "ana"))


def test_a_newer_database_is_refused(server: Server, own: str) -> None:
    owner = postgres.connect(address.read(server.url(own)))
    with owner.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0777'"))
    owner.close()
    with pytest.raises(ConsoleError, match="newer Doorstep"):
        _as(server, own, "ana")


def test_another_console_is_woken(server: Server, shared: str, ana: Store) -> None:
    ben, woken = _as(server, shared, "ben"), Event()
    watch = postgres.ServerWatch(address.read(server.url(shared, "ben")), woken.set)
    try:
        assert woken.wait(20)
        woken.clear()
        before = watch.data_version()
        ana.journal.append(draft(Plan(), AddStops((stop(1),)), 1))
        assert woken.wait(20)
        assert watch.data_version() != before
        woken.clear()
        ana.notes.put("a register")
        assert woken.wait(20)
    finally:
        watch.close()
        ben.close()


def test_what_was_missed_while_the_line_was_down_is_pulled(server: Server, shared: str) -> None:
    ana = _as(server, shared, "ana")
    woken = Event()
    watch = postgres.ServerWatch(address.read(server.url(shared, "ben")), woken.set)
    try:
        assert woken.wait(20)
        woken.clear()
        before = watch.data_version()
        with server.admin() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ben'"
            )
        assert woken.wait(20)
        assert watch.data_version() != before
        assert watch.is_connected
    finally:
        watch.close()
        ana.close()


def test_a_console_goes_on_after_the_server_crashed(server: Server, shared: str) -> None:
    ana = _as(server, shared, "ana")
    first = ana.journal.append(draft(Plan(), AddStops((stop(1),)), 1))
    server.crash()
    assert ana.journal.read(STREAM) == [first]
    assert ana.journal.append(draft(Plan(version=1), AddStops((stop(2),)), 2)).version == 2
    ana.close()


def test_writers_of_one_register_wait_for_each_other(server: Server, shared: str) -> None:
    stores = [_as(server, shared, login) for login in ("ana", "ben")]
    asked = [Address(f"Street {i}") for i in range(300)]
    answers: list[list[str]] = []

    def remember(store: Store) -> None:
        answers.append([place.id for place in store.places.remember_all(asked)])

    threads = [Thread(target=remember, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers[0] == answers[1]
    for store in stores:
        store.close()


def test_setting_up_twice_changes_nothing(server: Server, shared: str, ana: Store) -> None:
    entry = ana.journal.append(draft(Plan(), LockRoutes(()), 1))
    told: list[str] = []
    founding.found(address.read(server.url(shared)), told.append, lambda _: server.folder)
    assert any("Checked" in line for line in told)
    assert ana.journal.read(STREAM) == [entry]


def test_setting_up_names_a_grant_that_somebody_made(server: Server, own: str) -> None:
    owner = postgres.connect(address.read(server.url(own)))
    with owner.writing() as connection:
        connection.execute(text("GRANT DELETE ON entry TO doorstep_manager"))
        assert rights.examined(connection)
    owner.close()
    with pytest.raises(ConsoleError, match="doorstep_manager may DELETE entry"):
        founding.found(address.read(server.url(own)), lambda _: None, lambda _: server.folder)


def test_only_an_administrator_sets_up(server: Server) -> None:
    with pytest.raises(ConsoleError, match="may not set up") as refused:
        founding.found(
            address.read(server.url("another", "ana")), lambda _: None, lambda _: server.folder
        )
    assert "postgres" in refused.value.remedy


def test_a_login_that_cannot_be(server: Server) -> None:
    with pytest.raises(ConsoleError, match="cannot be a login"):
        founding.admit(address.read(server.url("postgres")), 'x"; DROP', Role.VIEWER, "")


def test_the_parts_of_a_shared_store(ana: Store) -> None:
    ana.journal.append(draft(Plan(), AddStops((stop(1),)), 1))
    assert all(part.is_fit for part in ana.components())
    assert ana.components()[0].name == "PostgreSQL"


def test_time_moves_on(ana: Store) -> None:
    """The server's clock, not ours: two rows are in the order in which they came."""
    one = ana.journal.append(draft(Plan(), AddStops((stop(1),)), 1))
    two = ana.journal.append(draft(Plan(version=1), AddStops((stop(2),)), 2))
    assert one.at <= two.at
    assert abs(two.at.timestamp() - time.time()) < 3600


def test_the_doctor_says_who_we_are_there(server: Server, shared: str) -> None:
    part, streets = shared_components(server.url(shared, "leo"))
    assert part.found
    assert streets.found
    assert part.version.endswith("as leo (driver_lead, viewer)")
    (part,) = shared_components(server.url(shared, "stranger"))
    assert not part.found
    assert "doorstep db person ADDRESS stranger" in part.remedy
    assert shared_components("") == []
