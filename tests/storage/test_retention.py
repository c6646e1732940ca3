"""Positions and proofs are kept as long as is set, in a file and on a server, and then are gone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from console.dispatch.erasure import Person
from console.dispatch.journal import NotAllowed
from console.dispatch.registers import Positions, Track
from console.dispatch.retention import Retention, Retentions
from console.dispatch.street import Position
from console.domain.errors import ConsoleError
from console.domain.fleet import DriverId
from console.domain.places import Coordinate
from console.domain.plan import RouteId
from console.storage import checking, erasing, migrate, schema
from console.storage.keeper import Keeper
from console.storage.retention import SqlRetentions
from console.storage.sqlite import SqliteDatabase
from console.storage.store import FILE, Store
from tests.dispatch.consoles import SetClock
from tests.postgres import Server

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)
STREAM = "plan/depot/2026-11-23"
PHOTO = "f" * 64


@pytest.fixture(params=["file", "server"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """The same on either."""
    if request.param == "file":
        store = Store.open(tmp_path / "store")
    else:
        server: Server = request.getfixturevalue("server")
        store = Store.open(server.url(request.getfixturevalue("shared"), "ana"))
    yield store
    store.close()


def way(route: str, begin: datetime, *seconds: int, driver: str = "d1") -> Track:
    own = RouteId(route)
    fixes = tuple(
        Position(own, begin + timedelta(seconds=s), Coordinate(47.1, 9.5 + s / 1e4), 4.0, 90.0)
        for s in seconds
    )
    return Track(own, DriverId(driver), fixes)


def test_ways_are_read_back_in_order_and_once(kept: Store) -> None:
    positions: Positions = kept.positions
    positions.put(STREAM, [way("r1", NOW, 30, 45), way("r2", NOW, 5)])
    positions.put(STREAM, [way("r1", NOW, 0, 15, 30)])
    positions.put("plan/depot/2026-11-24", [way("r1", NOW + DAY, 0)])
    positions.put(STREAM, [way("r3", NOW)])
    assert positions.of_day(STREAM) == {
        "r1": list(way("r1", NOW, 0, 15, 30, 45).positions),
        "r2": list(way("r2", NOW, 5).positions),
    }
    assert positions.of_day("plan/depot/1999-01-01") == {}


def test_what_is_set_holds_for_every_console(kept: Store) -> None:
    retentions: Retentions = SqlRetentions(kept.database)
    assert retentions.get() == Retention(61, 365)
    retentions.put(Retention(14, 30))
    assert SqlRetentions(kept.database).get() == Retention(14, 30)
    retentions.put(Retention())
    assert retentions.get() == Retention()


def test_what_is_over_goes_and_the_rest_stays(kept: Store) -> None:
    retentions = SqlRetentions(kept.database)
    note = kept.notes.put("Gate code 12")
    kept.notes.keep(PHOTO, "old", NOW - 366 * DAY)
    kept.notes.keep("a" * 64, "young", NOW - 364 * DAY)
    kept.positions.put("old", [way("r1", NOW - 62 * DAY, 0, 15)])
    kept.positions.put(STREAM, [way("r1", NOW - 60 * DAY, 0)])
    assert retentions.tidy(NOW) == 2
    assert retentions.tidy(NOW) == 0
    assert set(kept.notes.get([note, PHOTO, "a" * 64])) == {note, "a" * 64}
    assert kept.positions.of_day("old") == {}
    assert list(kept.positions.of_day(STREAM)) == ["r1"]
    retentions.put(Retention(30, 30))
    assert retentions.tidy(NOW) == 2
    assert kept.positions.of_day(STREAM) == {}
    assert checking.check(kept.database).is_whole


def test_a_proof_that_is_kept_again_counts_anew(kept: Store) -> None:
    kept.notes.keep(PHOTO, "door", NOW - 400 * DAY)
    kept.notes.keep(PHOTO, "door", NOW)
    assert SqlRetentions(kept.database).tidy(NOW) == 0
    kept.notes.erase([PHOTO])
    assert SqlRetentions(kept.database).tidy(NOW + 400 * DAY) == 0


def test_a_proof_of_unknown_age_counts_from_now(kept: Store) -> None:
    """As a migration leaves those that were there."""
    kept.notes.keep(PHOTO, "door", NOW)
    with kept.database.writing() as connection:
        connection.execute(text("UPDATE proof SET at = ''"))
    assert SqlRetentions(kept.database).tidy(NOW) == 0
    assert SqlRetentions(kept.database).tidy(NOW + 365 * DAY) == 0
    assert SqlRetentions(kept.database).tidy(NOW + 366 * DAY) == 1


def test_a_driver_who_is_erased_leaves_no_way(kept: Store) -> None:
    kept.positions.put(STREAM, [way("r1", NOW, 0), way("r2", NOW, 0, driver="d2")])
    erasing.forget(kept.database, Person(drivers=(DriverId("d1"),)))
    assert list(kept.positions.of_day(STREAM)) == ["r2"]


@pytest.mark.parametrize("days", [(0, 365), (61, 3651), (-1, 10)])
def test_days_have_bounds(days: tuple[int, int]) -> None:
    with pytest.raises(ConsoleError, match="days") as told:
        Retention(*days)
    assert told.value.remedy


def test_a_login_that_keeps_nothing_leaves_it_to_others(server: Server, shared: str) -> None:
    ana, vera = (Store.open(server.url(shared, name)) for name in ("ana", "vera"))
    ana.positions.put(STREAM, [way("r1", NOW - 100 * DAY, 0)])
    for call in (
        lambda: vera.positions.put(STREAM, [way("r1", NOW, 0)]),
        lambda: SqlRetentions(vera.database).put(Retention(1, 1)),
        lambda: SqlRetentions(vera.database).tidy(NOW),
    ):
        with pytest.raises(NotAllowed):
            call()
    assert SqlRetentions(ana.database).tidy(NOW) == 1
    assert SqlRetentions(vera.database).tidy(NOW) == 0  # nothing to do: nothing to be refused
    ana.close()
    vera.close()


def test_what_is_gone_is_not_in_the_file_any_more(tmp_path: Path) -> None:
    """A console that tends the store does it, and the bytes are overwritten."""
    store = Store.open(tmp_path)
    store.positions.put(STREAM, [way("route-of-ida", NOW - 62 * DAY, 0, 15)])
    store.notes.keep(PHOTO, "her-front-door" * 500, NOW - 400 * DAY)
    assert isinstance(store.database, SqliteDatabase)
    store.database.fold()
    store.close()
    assert b"route-of-ida" in (tmp_path / FILE).read_bytes()
    told: list[str] = []
    assert Keeper(tmp_path, "", told.append, SetClock(NOW)).tend() == 0
    assert told == []
    left = (tmp_path / FILE).read_bytes()
    assert b"route-of-ida" not in left
    assert b"her-front-door" not in left


def test_days_are_set_by_the_command(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    told: list[str] = []
    keeper = Keeper(tmp_path, "", told.append, SetClock(NOW))
    assert keeper.keep_for(None, None) == 0
    assert keeper.keep_for(30, None) == 0
    assert keeper.retention() == Retention(30, 365)
    assert told == [
        "Kept: positions 61 days, proofs 365 days.",
        "Kept: positions 30 days, proofs 365 days.",
    ]
    with pytest.raises(ConsoleError, match="fewer than 1"):
        keeper.keep_for(None, 0)


def test_photos_of_an_older_store_are_known_as_proofs(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.notes.put("a note")
    store.notes.keep(PHOTO, "door", NOW)
    with store.database.writing() as connection:
        for name in ("position", "proof", "retention", "region", "region_piece"):
            connection.execute(text(f"DROP TABLE {name}"))
        connection.execute(text("DELETE FROM seal WHERE name = 'sqlite_master'"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))
    store.close()
    store = Store.open(tmp_path)
    assert migrate.revision(store.database) == schema.REVISION
    with store.database.reading() as connection:
        assert connection.execute(text("SELECT id, at FROM proof")).all() == [(PHOTO, "")]
    assert checking.check(store.database).is_whole
    store.close()
