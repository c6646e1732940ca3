"""The shelf of published regions: pieces, checksums, who may, what goes; on file and server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from console.dispatch.journal import Disconnected, NotAllowed
from console.dispatch.publications import PIECE, File, Package, checksum
from console.domain.errors import ConsoleError
from console.storage import condition
from console.storage.moving import copy_all
from console.storage.publications import SqlPublications
from console.storage.schema import pieces, published
from console.storage.store import Store
from tests.postgres import Server

CONTENT = bytes(range(256)) * (PIECE // 256) * 2 + b"the rest"
PARTS = [CONTENT[i : i + PIECE] for i in range(0, len(CONTENT), PIECE)]


class Noon:
    """A clock that is set by hand."""

    def __init__(self, day: int = 1) -> None:
        self.day = day

    def now(self) -> datetime:
        return datetime(2031, 3, self.day, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    where = str(tmp_path / "store")
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("server")
        where = server.url(request.getfixturevalue("shared"), "mia")
    opened = Store.open(where)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Noon:
    return Noon()


@pytest.fixture
def shelf(store: Store, clock: Noon) -> SqlPublications:
    return SqlPublications(store.database, clock, "mia")


def package(name: str = "town", hash_: str = "ab" * 32) -> Package:
    file = File("basemap.sqlite", len(CONTENT), checksum(CONTENT))
    return Package(name, hash_, 8, "2031-02-01", "2031-02-02T08:00:00+00:00", 900, "{}", (file,))


def lay(shelf: SqlPublications, wanted: Package) -> None:
    for number, data in enumerate(PARTS):
        shelf.put(wanted, number, data)


def rows(store: Store) -> int:
    with store.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(pieces)).scalar_one()


def test_what_is_published_comes_back_byte_by_byte(shelf: SqlPublications) -> None:
    wanted = package()
    assert wanted.pieces == len(PARTS) == 3
    lay(shelf, wanted)
    assert shelf.all() == []
    made = shelf.publish(wanted)
    assert (made.package, made.actor) == (wanted, "mia")
    assert shelf.find("TOWN") == made
    assert b"".join(filter(None, (shelf.piece(wanted, n) for n in range(3)))) == CONTENT
    assert shelf.piece(wanted, 3) is None
    assert shelf.held(wanted) == {n: checksum(data) for n, data in enumerate(PARTS)}


def test_pieces_are_packed(store: Store, shelf: SqlPublications) -> None:
    shelf.put(package(), 0, PARTS[0])
    with store.database.reading() as connection:
        stored = connection.execute(select(pieces.c.data)).scalar_one()
    assert len(stored) < PIECE / 50


def test_an_unknown_region_is_told_with_those_there_are(shelf: SqlPublications) -> None:
    lay(shelf, package())
    shelf.publish(package())
    with pytest.raises(ConsoleError, match=r"No region named 'berg' .* Published: town") as caught:
        shelf.find("berg")
    assert "region publish" in caught.value.remedy


def test_what_is_not_whole_is_not_published(shelf: SqlPublications) -> None:
    shelf.put(package(), 0, PARTS[0])
    with pytest.raises(ConsoleError, match="Pieces of town are missing"):
        shelf.publish(package())
    assert shelf.all() == []


def test_a_new_version_takes_the_place_of_the_old(store: Store, shelf: SqlPublications) -> None:
    old, new, other = package(), package(hash_="cd" * 32), package("berg")
    for each in (old, other, new):
        lay(shelf, each)
        shelf.publish(each)
    assert [each.package.id for each in shelf.all()] == [other.id, new.id]
    assert shelf.piece(old, 0) is None
    assert shelf.piece(new, 0) == PARTS[0]
    assert rows(store) == 6


def test_a_name_is_one_region_in_any_spelling(shelf: SqlPublications) -> None:
    for name in ("town", "Town"):
        lay(shelf, package(name))
        shelf.publish(package(name))
    assert [each.name for each in shelf.all()] == ["Town"]


def test_what_nobody_went_on_with_goes_after_a_week(
    store: Store, shelf: SqlPublications, clock: Noon
) -> None:
    shelf.put(package("begun"), 0, PARTS[0])
    clock.day = 7
    lay(shelf, package())
    shelf.publish(package())
    assert rows(store) == 4  # somebody may still be at it
    clock.day = 9
    shelf.publish(package())
    assert rows(store) == 3


def test_what_was_called_off_leaves_nothing(store: Store, shelf: SqlPublications) -> None:
    lay(shelf, package())
    shelf.drop(package())
    assert rows(store) == 0
    lay(shelf, package())
    shelf.publish(package())
    shelf.drop(package())  # it is in use
    assert rows(store) == 3
    shelf.remove("town")
    assert (shelf.all(), rows(store)) == ([], 0)


def test_a_damaged_piece_is_named(store: Store, shelf: SqlPublications) -> None:
    lay(shelf, package())
    good = shelf.piece(package(), 1)
    assert good == PARTS[1]
    for wrong in (b"no zlib", b""):
        with store.database.writing() as connection:
            own = pieces.c.number == 1
            connection.execute(update(pieces).where(own).values(data=wrong))
        with pytest.raises(ConsoleError, match=r"the checksum of piece 2 of 3 is wrong") as caught:
            shelf.piece(package(), 1)
        assert caught.value.remedy.endswith("doorstep region publish town")


def test_what_a_later_console_published_is_passed_to_nobody(
    store: Store, shelf: SqlPublications
) -> None:
    lay(shelf, package())
    shelf.publish(package())
    with store.database.writing() as connection:
        connection.execute(update(published).values(value='{"name": 7}'))
    with pytest.raises(ConsoleError, match="register of regions") as caught:
        shelf.all()
    assert "Update this console" in caught.value.remedy


def test_regions_are_in_no_backup(store: Store, shelf: SqlPublications, tmp_path: Path) -> None:
    lay(shelf, package())
    shelf.publish(package())
    copy = Store.open(tmp_path / "copy")
    copy_all(store.database, copy.database)
    assert rows(copy) == 0
    assert SqlPublications(copy.database, Noon()).all() == []
    copy.close()


# -- of the server alone ---------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["ana", "vera", "tom"])
def test_only_managers_publish(server: Server, shared: str, login: str) -> None:
    opened = Store.open(server.url(shared, login))
    shelf = SqlPublications(opened.database, Noon(), "mia")
    for call in (
        lambda: shelf.put(package(), 0, PARTS[0]),
        lambda: shelf.publish(replace(package(), files=())),
    ):
        with pytest.raises(NotAllowed) as caught:
            call()
        assert "another role" in caught.value.remedy
    assert shelf.all() == []
    opened.close()


def test_the_server_says_who_published(server: Server, shared: str) -> None:
    store = Store.open(server.url(shared, "mia"))
    shelf = SqlPublications(store.database, Noon(), "somebody else")
    lay(shelf, package())
    made = shelf.publish(package())
    assert made.actor == "mia"
    assert made.at.year < 2031  # the server's clock, not the console's
    store.close()
    viewer = Store.open(server.url(shared, "vera"))
    read = SqlPublications(viewer.database, Noon())
    assert read.piece(read.find("town").package, 2) == b"the rest"
    viewer.close()


def test_publishing_wakes_other_consoles_once(server: Server, shared: str) -> None:
    store, other = (Store.open(server.url(shared, login)) for login in ("mia", "ana"))
    shelf = SqlPublications(store.database, Noon())
    while not other.watch.is_connected:
        pass
    before = other.data_version()
    lay(shelf, package())
    assert other.data_version() == before  # pieces are of nobody's interest
    shelf.publish(package())
    while other.data_version() == before:
        pass
    for each in (store, other):
        each.close()


def test_a_server_that_is_gone_is_told(server: Server, shared: str) -> None:
    store = Store.open(server.url(shared, "mia"))
    shelf = SqlPublications(store.database, Noon())
    lay(shelf, package())
    server.control("-m", "immediate", "stop")
    try:
        for call in (shelf.all, lambda: shelf.piece(package(), 0), lambda: shelf.held(package())):
            with pytest.raises(Disconnected):
                call()
    finally:
        server.start()
    assert shelf.piece(package(), 0) == PARTS[0]
    store.close()


def test_the_doctor_says_what_is_published(store: Store, shelf: SqlPublications) -> None:
    part = condition.published(store.database)
    assert (part.version, part.found) == ("none yet", True)
    assert "doorstep region publish" in part.remedy
    lay(shelf, package())
    made = shelf.publish(package())
    part = condition.published(store.database)
    assert part.version.startswith(f"{made.name} of ")
    assert part.version.endswith(f"by {made.actor}")
    assert not part.remedy
