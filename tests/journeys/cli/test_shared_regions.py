"""Regions through a shared database by commands: published, listed, fetched on another computer."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.cli import FAILED, app, guarded
from console.dispatch.journal import Disconnected
from console.dispatch.publications import Package
from console.dispatch.registers import DepotRecord
from console.domain.fleet import DepotId
from console.domain.places import Address
from console.geo.regions import RegionStore
from console.storage.publications import SqlPublications
from console.storage.store import Store
from tests.geo import town
from tests.geo.conftest import StillClock, silent
from tests.postgres import Server, running

Computer = Callable[[str, str], Path]


def run(*words: str) -> int:
    return guarded(lambda: app(list(words), standalone_mode=False))


@pytest.fixture(scope="module")
def server() -> Server:
    return running()


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    name = server.fresh()
    yield name
    server.drop(name)


@pytest.fixture
def at(server: Server, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    """Sits down at a computer of one's own."""

    def computer(name: str, login: str) -> Path:
        monkeypatch.setenv("DOORSTEP_HOME", str(tmp_path / name))
        monkeypatch.setenv("DOORSTEP_DATABASE", server.url(database, login) if login else "")
        return tmp_path / name

    return computer


def test_from_one_computer_to_another(
    at: Computer, tmp_path: Path, server: Server, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    town.draw().write(tmp_path / "teststadt.osm.pbf")
    RegionStore(at("office", "mia") / "regions", StillClock()).add(
        tmp_path / "teststadt.osm.pbf", "teststadt", silent
    )
    assert run("region", "list", "--shared") == 0
    assert "Nothing yet" in capsys.readouterr().out
    assert run("region", "publish", "Teststadt") == 0
    told = capsys.readouterr()
    assert told.out.startswith("teststadt is published: ")
    assert "Sending teststadt to the shared database" in told.err

    at("depot", "vera")
    assert run("region", "list") == 0
    assert "No regions yet" in capsys.readouterr().out
    assert run("region", "list", "--shared") == 0
    listed = capsys.readouterr().out
    assert listed.startswith("teststadt")
    assert "68 addresses" in listed
    assert "published by mia on" in listed
    assert run("region", "fetch", "teststadt") == 0
    told = capsys.readouterr()
    assert told.out == "teststadt: 68 addresses, zone Europe/Vienna\n"
    assert "Building the roads of teststadt" in told.err
    assert run("region", "show", "teststadt") == 0
    assert "the shared database" in capsys.readouterr().out
    assert run("region", "publish", "teststadt") == FAILED
    assert "Your login may not do this" in capsys.readouterr().err

    at("third", "ana")
    assert run("region", "fetch") == FAILED
    assert "No depot plans on a region yet" in capsys.readouterr().err
    store = Store.open(server.url(database, "ana"))
    place = store.places.remember(Address("Depot"))
    store.fleet.put_depots([DepotRecord(DepotId(""), "North", place.id, "UTC", region="teststadt")])
    store.close()
    assert run("region", "fetch") == 0
    assert "teststadt: 68 addresses" in capsys.readouterr().out

    at("office", "mia")
    assert run("region", "publish", "teststadt", "--remove") == 0
    capsys.readouterr()
    assert run("region", "fetch", "teststadt") == FAILED
    assert "No region named 'teststadt' is published" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("publish", "x"), ("fetch", "x"), ("list", "--shared")])
def test_a_file_shares_its_streets_already(
    at: Computer, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    at("alone", "")
    assert run("region", *words) == FAILED
    said = capsys.readouterr().err
    assert "its windows use the same streets already" in said
    assert "doorstep db setup" in said


class Mended(SqlPublications):
    """A shelf whose server is started again by the one who found it gone."""

    def piece(self, package: Package, number: int) -> bytes | None:
        try:
            return super().piece(package, number)
        except Disconnected:
            running().start()
            raise


def test_a_server_that_goes_and_comes_back_in_the_middle(
    at: Computer, tmp_path: Path, server: Server, database: str
) -> None:
    town.draw().write(tmp_path / "teststadt.osm.pbf")
    here = RegionStore(at("office", "mia") / "regions", StillClock())
    here.add(tmp_path / "teststadt.osm.pbf", "teststadt", silent)
    store = Store.open(server.url(database, "mia"))
    shelf = Mended(store.database, StillClock())
    here.publish("teststadt", shelf, silent)
    stopped: list[str] = []

    def told(sentence: str, share: float) -> None:
        if sentence.startswith("Fetching") and share > 0 and not stopped:
            stopped.append(sentence)
            server.control("-m", "immediate", "stop")

    (tmp_path / "depot").mkdir()
    there = RegionStore(tmp_path / "depot", StillClock())
    fetched = there.fetch("teststadt", shelf, told)
    assert stopped
    assert fetched.hash == here.find("teststadt").hash
    store.close()


def test_a_server_that_is_away(
    at: Computer, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    at("office", "mia")
    server.control("-m", "immediate", "stop")
    try:
        assert run("region", "fetch", "x") == FAILED
    finally:
        server.start()
    assert "does not answer" in capsys.readouterr().err
