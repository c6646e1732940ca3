"""Regions published and fetched: whole, gone on with, checked, refused; the old one serves."""

import errno
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from console.dispatch.extracts import SHARED, Cancelled, Wanted
from console.dispatch.journal import Disconnected
from console.dispatch.ports import Region
from console.dispatch.publications import PIECE, Package
from console.domain.errors import ConsoleError
from console.domain.places import Address
from console.geo import addresses, fetching, packing, pointers, roads
from console.geo.geocoder import RegionGeocoder
from console.geo.regions import RegionStore
from console.storage.publications import SqlPublications
from console.storage.schema import pieces, published
from tests.geo import town
from tests.geo.conftest import StillClock, silent
from tests.geo.shelf import Cut, opened
from tests.geo.test_install import works


@pytest.fixture
def here(region: Region, tmp_path: Path) -> RegionStore:
    """The publisher's regions."""
    shutil.copytree(region.folder.parent, tmp_path / "here" / region.name)
    return RegionStore(tmp_path / "here", StillClock())


@pytest.fixture
def there(tmp_path: Path) -> RegionStore:
    """A new console's."""
    (tmp_path / "there").mkdir()
    return RegionStore(tmp_path / "there", StillClock())


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[SqlPublications]:
    with opened(tmp_path / "store") as shelf:
        yield shelf


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """The town is small, too: some dozen pieces of it."""
    for module in ("console.dispatch.publications", "console.geo.packing", "console.geo.fetching"):
        monkeypatch.setattr(f"{module}.PIECE", 1 << 13)
    monkeypatch.setattr(fetching.Fetch, "__init__", _impatient(fetching.Fetch.__init__))


def _impatient(init):
    """Waits between two tries are over at once."""

    def made(self, *args, **kwargs) -> None:
        init(self, *args, **{**kwargs, "pause": 0.0})

    return made


def newer(store: RegionStore, tmp_path: Path) -> Region:
    """The town a house later."""
    changed = town.draw()
    changed.house(town.at(0, 8), "Bahnhofstraße", "8", **town.NAMES)
    path = tmp_path / "newer.osm.pbf"
    changed.write(path)
    return store.install(Wanted(str(path), "teststadt"), silent)


def cut(shelf: SqlPublications, good: int = 10**9, bad: int = 0) -> Cut:
    return Cut(shelf.database, shelf.clock, shelf.actor, good, bad)


def gathered(store: Path) -> list[Path]:
    return list((store / fetching.FOLDER).glob("*"))


def test_a_new_console_has_the_same_region(
    here: RegionStore, there: RegionStore, shelf: SqlPublications, tmp_path: Path
) -> None:
    told: list[tuple[str, float]] = []
    made = here.publish("TESTSTADT", shelf, lambda sentence, share: told.append((sentence, share)))
    assert (made.actor, made.package.form) == ("mia", pointers.BUILD_VERSION)
    assert told[0] == ("Sending teststadt to the shared database", 0.0)
    assert told[-1][1] == 1.0
    told.clear()
    fetched = there.fetch(
        "teststadt", shelf, lambda sentence, share: told.append((sentence, share))
    )
    ours = here.find("teststadt")
    assert (fetched.hash, fetched.bounds, fetched.built_at) == (
        ours.hash,
        ours.bounds,
        ours.built_at,
    )
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert told[-1] == ("teststadt is ready", 1.0)
    assert roads.built(fetched.folder) == ["car"]
    assert there.description("teststadt").source == SHARED
    for path in packing.FILES:
        assert (fetched.folder / path).read_bytes() == (ours.folder / path).read_bytes()
    assert gathered(tmp_path / "there") == []
    works(there, fetched)


def test_nothing_of_this_computer_travels(
    here: RegionStore, shelf: SqlPublications, tmp_path: Path
) -> None:
    facts = pointers.facts(tmp_path / "here" / "teststadt")
    assert facts is not None
    assert facts.source.startswith("/")
    here.publish("teststadt", shelf, silent)
    assert facts.source not in shelf.find("teststadt").package.facts
    paths = {file.path for file in shelf.find("teststadt").package.files}
    assert paths == {"roads/streets.osm.pbf", "addresses.sqlite", "basemap.sqlite"}


def test_what_is_here_already_is_not_fetched(here: RegionStore, shelf: SqlPublications) -> None:
    here.publish("teststadt", shelf, silent)
    line = cut(shelf)
    assert here.fetch("teststadt", line, silent) == here.find("teststadt")
    assert line.asked == []


def test_a_newer_one_is_told_from_an_older(
    here: RegionStore, there: RegionStore, shelf: SqlPublications, tmp_path: Path
) -> None:
    old = here.find("teststadt")
    here.publish("teststadt", shelf, silent)
    first = shelf.find("teststadt")
    assert first.is_newer_than(None)
    assert not first.is_newer_than(old)
    there.fetch("teststadt", shelf, silent)
    new = newer(here, tmp_path)
    later = replace(first, package=replace(first.package, hash=new.hash, data_date="2031-05-01"))
    assert later.is_newer_than(old, "2031-04-01")
    assert not later.is_newer_than(old, "2031-06-01")
    assert not later.is_newer_than(old, "")  # built at the same moment
    after = replace(later, package=replace(later.package, built_at="2031-01-01T00:00:00+00:00"))
    assert after.is_newer_than(old, "")
    here.publish("teststadt", shelf, silent)
    fetched = there.fetch("teststadt", shelf, silent)
    assert fetched.hash == new.hash
    assert fetched.addresses == old.addresses + 1
    assert there.known() == [fetched]


def test_an_older_version_does_not_take_the_place_of_a_newer(
    here: RegionStore, shelf: SqlPublications
) -> None:
    made = here.publish("teststadt", shelf, silent)
    built = '"built_at":"' + made.package.built_at
    _change(shelf, f'"hash":"{made.package.hash}"', f'"hash":"{"ab" * 32}"')
    _change(shelf, built, '"built_at":"2031-01-01T00:00:00+00:00')
    line = cut(shelf)
    with pytest.raises(ConsoleError, match="A newer version of teststadt is published") as caught:
        here.publish("teststadt", line, silent)
    assert "--remove" in caught.value.remedy
    assert line.sent == []
    shelf.remove("teststadt")
    assert here.publish("teststadt", shelf, silent).package == made.package


def test_an_update_of_a_fetched_one_says_where_to_ask(
    here: RegionStore, there: RegionStore, shelf: SqlPublications
) -> None:
    here.publish("teststadt", shelf, silent)
    there.fetch("teststadt", shelf, silent)
    with pytest.raises(ConsoleError, match="come from the shared database") as caught:
        there.update("teststadt", silent)
    assert caught.value.remedy.endswith("doorstep region fetch teststadt")


# -- what is cut, called off, damaged --------------------------------------------------------------


def test_a_fetch_goes_on_through_short_cuts(
    here: RegionStore, there: RegionStore, shelf: SqlPublications
) -> None:
    here.publish("teststadt", shelf, silent)
    line = cut(shelf, good=2, bad=fetching.ATTEMPTS - 1)
    fetched = there.fetch("teststadt", line, silent)
    assert line.asked.count(2) == fetching.ATTEMPTS
    works(there, fetched)


def test_a_fetch_that_was_cut_is_gone_on_with(
    here: RegionStore, there: RegionStore, shelf: SqlPublications, tmp_path: Path
) -> None:
    here.publish("teststadt", shelf, silent)
    with pytest.raises(Disconnected) as caught:
        there.fetch("teststadt", cut(shelf, good=3, bad=fetching.ATTEMPTS), silent)
    assert "gone on with" in caught.value.remedy
    assert there.known() == []
    assert len(gathered(tmp_path / "there")) == 1
    line = cut(shelf)
    fetched = there.fetch("teststadt", line, silent)
    assert line.asked == list(range(3, shelf.find("teststadt").package.pieces))
    works(there, fetched)


def test_what_a_killed_console_left_is_gone_on_with(
    here: RegionStore, there: RegionStore, shelf: SqlPublications, tmp_path: Path
) -> None:
    here.publish("teststadt", shelf, silent)
    with pytest.raises(Disconnected):
        there.fetch("teststadt", cut(shelf, good=4, bad=fetching.ATTEMPTS), silent)
    [left] = gathered(tmp_path / "there")
    gone = left.rename(left.with_name(f"{left.stem}.999999999"))
    streets = gone / packing.STREETS
    streets.write_bytes(bytes(streets.stat().st_size))  # the disk did not have it all
    line = cut(shelf)
    works(there, there.fetch("teststadt", line, silent))
    assert not gone.exists()
    package = shelf.find("teststadt").package
    assert len(line.asked) == package.pieces - 4 + package.files[0].pieces


def test_what_nobody_goes_on_with_goes_after_a_week(
    here: RegionStore, there: RegionStore, shelf: SqlPublications, tmp_path: Path
) -> None:
    here.publish("teststadt", shelf, silent)
    folder = tmp_path / "there" / fetching.FOLDER
    for name in ("0123456789abcdef.999999999", "4f.999999999", "a note"):
        (folder / name).mkdir(parents=True)
    os.utime(folder / "4f.999999999", (0, 0))
    there.fetch("teststadt", shelf, silent)
    assert sorted(path.name for path in folder.iterdir()) == [
        "0123456789abcdef.999999999",
        "a note",
    ]


def test_a_fetch_is_called_off_and_the_old_one_serves(
    here: RegionStore, there: RegionStore, shelf: SqlPublications, tmp_path: Path
) -> None:
    here.publish("teststadt", shelf, silent)
    before = there.fetch("teststadt", shelf, silent)
    newer(here, tmp_path)
    here.publish("teststadt", shelf, silent)
    for part in ("Fetching", "Building the roads"):
        stop = threading.Event()

        def told(sentence: str, share: float, part: str = part, stop: object = stop) -> None:
            if sentence.startswith(part) and share > 0 and isinstance(stop, threading.Event):
                stop.set()

        with pytest.raises(Cancelled):
            there.fetch("teststadt", shelf, told, stop)
        works(there, before)
    line = cut(shelf)
    after = there.fetch("teststadt", line, silent)
    assert line.asked == []  # everything had come
    assert there.known() == [after]
    assert after.hash == here.find("teststadt").hash


def test_a_damaged_piece_changes_nothing_and_is_mended(
    here: RegionStore, there: RegionStore, shelf: SqlPublications, tmp_path: Path
) -> None:
    here.publish("teststadt", shelf, silent)
    with shelf.database.writing() as connection:
        connection.execute(update(pieces).where(pieces.c.number == 2).values(data=b"bits"))
    with pytest.raises(ConsoleError, match="the checksum of piece 3 of"):
        there.fetch("teststadt", shelf, silent)
    assert there.known() == []
    again = cut(shelf)
    here.publish("teststadt", again, silent)
    assert again.sent == [2]
    works(there, there.fetch("teststadt", shelf, silent))


def test_a_piece_that_is_missing_is_told(
    here: RegionStore, there: RegionStore, shelf: SqlPublications
) -> None:
    here.publish("teststadt", shelf, silent)
    with shelf.database.writing() as connection:
        connection.execute(pieces.delete().where(pieces.c.number == 5))
    with pytest.raises(ConsoleError, match=r"piece 6 of \d+ is missing") as caught:
        there.fetch("teststadt", shelf, silent)
    assert "publish them again" in caught.value.remedy


def test_a_version_that_came_between_is_told(
    here: RegionStore, there: RegionStore, shelf: SqlPublications, tmp_path: Path
) -> None:
    here.publish("teststadt", shelf, silent)
    newer(here, tmp_path)

    def told(sentence: str, share: float) -> None:
        if share > 0 and shelf.find("teststadt").package.hash != here.find("teststadt").hash:
            here.publish("teststadt", shelf, silent)

    with pytest.raises(fetching.Replaced, match="Another version of teststadt was published"):
        there.fetch("teststadt", shelf, told)
    fetched = there.fetch("teststadt", shelf, silent)
    assert fetched.hash == here.find("teststadt").hash


def test_a_file_that_is_not_what_was_published_is_refused(
    here: RegionStore, there: RegionStore, shelf: SqlPublications
) -> None:
    here.publish("teststadt", shelf, silent)
    found = shelf.find("teststadt")
    package = found.package
    wrong = replace(package.files[1], digest="0" * 64)
    lied = replace(package, files=(package.files[0], wrong, package.files[2]))
    fetch = fetching.Fetch(package, shelf, there._folder, silent, threading.Event())
    line = replace(fetch, package=lied, shelf=_Renamed(shelf, package))
    with pytest.raises(ConsoleError, match="arrived damaged: the checksum of addresses"):
        line.run()


class _Renamed:
    """Answers for a package what another one holds."""

    def __init__(self, shelf: SqlPublications, package: object) -> None:
        self._shelf, self._package = shelf, package

    def piece(self, _package: object, number: int) -> bytes | None:
        return self._shelf.piece(self._package, number)


def test_a_full_disk_changes_nothing(
    here: RegionStore, there: RegionStore, shelf: SqlPublications, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.publish("teststadt", shelf, silent)
    usage = shutil.disk_usage(".")
    with monkeypatch.context() as small:
        small.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
        with pytest.raises(ConsoleError, match="The disk is full") as caught:
            there.fetch("teststadt", shelf, silent)
        assert "Make room" in caught.value.remedy
    with monkeypatch.context() as full:

        def fsync(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        full.setattr("console.geo.fetching.os.fsync", fsync)
        with pytest.raises(ConsoleError, match="The disk is full: no region could be built"):
            there.fetch("teststadt", shelf, silent)
    assert there.known() == []
    works(there, there.fetch("teststadt", shelf, silent))


@pytest.mark.parametrize(
    "said",
    [(-1, "an older Doorstep", "update them and publish"), (1, "a newer Doorstep", "Update this")],
)
def test_another_version_of_the_console_is_told(
    here: RegionStore, there: RegionStore, shelf: SqlPublications, said: tuple[int, str, str]
) -> None:
    more, words, remedy = said
    here.publish("teststadt", shelf, silent)
    form = shelf.find("teststadt").package.form
    _change(shelf, f'"form":{form}', f'"form":{form + more}')
    with pytest.raises(ConsoleError, match=words) as caught:
        there.fetch("teststadt", shelf, silent)
    assert remedy in caught.value.remedy


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"path":"addresses.sqlite"', '"path":"../addresses.sqlite"'),
        ('\\"roads\\":', '\\"lanes\\":'),
        (r"\"name\": \"teststadt\"", r"\"name\": \"../teststadt\""),
    ],
)
def test_what_is_no_region_of_ours_is_refused(
    here: RegionStore, there: RegionStore, shelf: SqlPublications, was: str, becomes: str
) -> None:
    here.publish("teststadt", shelf, silent)
    _change(shelf, was, becomes)
    with pytest.raises(ConsoleError):
        there.fetch("teststadt", shelf, silent)
    assert there.known() == []
    assert not list(there._folder.parent.glob("*.sqlite"))


def _change(shelf: SqlPublications, was: str, becomes: str) -> None:
    with shelf.database.writing() as connection:
        value = connection.execute(published.select()).one().value
        assert was in value
        connection.execute(update(published).values(value=value.replace(was, becomes)))


# -- publishing ------------------------------------------------------------------------------------


def test_a_publication_that_was_cut_is_gone_on_with(
    here: RegionStore, shelf: SqlPublications
) -> None:
    with pytest.raises(Disconnected):
        here.publish("teststadt", cut(shelf, good=4, bad=1), silent)
    assert shelf.all() == []
    line = cut(shelf)
    made = here.publish("teststadt", line, silent)
    assert line.sent == list(range(4, made.package.pieces))


def test_a_publication_called_off_leaves_the_one_before(
    here: RegionStore, there: RegionStore, shelf: SqlPublications, tmp_path: Path
) -> None:
    here.publish("teststadt", shelf, silent)
    before = shelf.find("teststadt")
    newer(here, tmp_path)
    stop = threading.Event()

    def told(_sentence: str, share: float) -> None:
        if share > 0.5:
            stop.set()

    line = cut(shelf)
    with pytest.raises(Cancelled):
        here.publish("teststadt", line, told, stop)
    assert line.sent
    assert shelf.find("teststadt") == before
    there.fetch("teststadt", shelf, silent)
    with shelf.database.reading() as connection:
        packages = set(connection.execute(pieces.select()).scalars())
    assert packages == {before.package.id}


def test_a_server_without_room_keeps_nothing_of_it(
    here: RegionStore, shelf: SqlPublications
) -> None:
    """Its space is needed for the journal."""
    full = Full(shelf.database, shelf.clock, shelf.actor)
    with pytest.raises(ConsoleError, match="The disk of the database server is full"):
        here.publish("teststadt", full, silent)
    with shelf.database.reading() as connection:
        assert connection.execute(pieces.select()).first() is None


class Full(SqlPublications):
    """A server whose disk takes three pieces."""

    def put(self, package: Package, number: int, data: bytes) -> None:
        if number == 3:
            raise ConsoleError("The disk of the database server is full.")
        super().put(package, number, data)


def test_what_is_not_whole_is_not_published(
    here: RegionStore, shelf: SqlPublications, tmp_path: Path
) -> None:
    region = here.find("teststadt")
    (region.folder / addresses.FILE).unlink()
    with pytest.raises(ConsoleError, match="not whole on this computer") as caught:
        here.publish("teststadt", shelf, silent)
    assert caught.value.remedy.endswith("region update teststadt")
    shutil.rmtree(region.folder)
    with pytest.raises(ConsoleError, match="cannot be used on this computer"):
        here.publish("teststadt", shelf, silent)
    with pytest.raises(ConsoleError, match="no region named 'berg'"):
        here.publish("berg", shelf, silent)


def test_several_regions_are_published_side_by_side(
    here: RegionStore, there: RegionStore, shelf: SqlPublications, extract: Path
) -> None:
    here.install(Wanted(str(extract), "berg"), silent)
    for name in ("teststadt", "berg"):
        here.publish(name, shelf, silent)
    assert [each.name for each in shelf.all()] == ["berg", "teststadt"]
    for name in ("teststadt", "berg"):
        there.fetch(name, shelf, silent)
    assert [region.name for region in there.known()] == ["berg", "teststadt"]
    geocoder = RegionGeocoder(there.find("berg"))
    found = geocoder.locate(Address("Bahnhofstraße 4", "8010", "Teststadt"))
    geocoder.close()
    assert found.coordinate is not None


def test_a_large_file_is_never_in_memory() -> None:
    """One piece at a time, whatever the region's size."""
    assert PIECE <= 1 << 20
