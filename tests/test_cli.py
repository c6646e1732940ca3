"""The command line: exit statuses, sentences instead of tracebacks, nothing heavy on the way."""

import json
import logging
import zipfile
from pathlib import Path

import pytest
import typer

from console import bootstrap
from console.cli import FAILED, INTERRUPTED, app, guarded
from console.dispatch.registers import DriverRecord
from console.dispatch.services import Component
from console.domain.errors import ConsoleError, Rejected
from console.domain.fleet import DriverId
from console.domain.orders import OrderEntry, OrderId
from console.domain.places import Address, Coordinate
from console.storage.store import Store
from tests.geo import town


def run(*words: str) -> int:
    return guarded(lambda: app(list(words), standalone_mode=False))


def raising(error: BaseException) -> int:
    def command() -> None:
        raise error

    return guarded(command)


def test_what_goes_wrong_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert raising(ConsoleError("The file is empty.", remedy="Export it again.")) == FAILED
    err = capsys.readouterr().err
    assert "doorstep: The file is empty.\n" in err
    assert err.endswith("Export it again.\n")
    assert raising(ConsoleError("No.")) == FAILED
    assert capsys.readouterr().err.count("\n") == 1
    assert raising(Rejected("frozen", route="r1")) == FAILED
    assert "locked: unlock it first" in capsys.readouterr().err


def test_interrupted() -> None:
    assert raising(KeyboardInterrupt()) == INTERRUPTED
    assert raising(typer.Abort()) == INTERRUPTED


def test_status_of_a_command() -> None:
    assert guarded(lambda: 3) == 3
    assert guarded(lambda: None) == 0


def test_a_defect_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        guarded(lambda: 1 / 0)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["plan"], "orders"),
        (["fly"], "fly"),
        (["plan", "a.csv", "--fleet", "b.csv", "--region", "r", "--date", "soon"], "soon"),
        (["plan", "a.csv", "--seconds", "0"], "--seconds"),
        (["region", "add"], "extract"),
        (["plan", "a.csv"], "an order file needs --fleet, --region and --date"),
        (["plan", "a.json", "--fleet", "b.csv"], "a VROOM problem brings its vehicles"),
        (["plan", "a.json", "--profile", "fast"], "'fast' is not one of cost, speed, green"),
        (["plan", "a.json", "--format", "xml"], "'xml' is not one of plan, vroom"),
        (["plan", "a.json", "--change-budget", "vans=1"], "'vans=1' is not a number"),
        (["plan", "a.json", "--scope", "some"], "some"),
        (["export"], "out"),
        (["export", "a.pdf", "--size", "A3"], "A3"),
        (["export", "a.csv", "--date", "soon"], "soon"),
    ],
)
def test_wrong_words(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--help"], ["plan", "--help"], ["region", "--help"]])
def test_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 0
    assert "Usage" in capsys.readouterr().out


def test_no_regions_yet(user_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("region", "list") == 0
    assert "No regions yet" in capsys.readouterr().out
    assert not (user_home / "doorstep" / "store").exists()


def test_a_region_from_its_file_to_its_end(
    user_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town.draw().write(tmp_path / "teststadt-latest.osm.pbf")
    assert run("region", "add", str(tmp_path / "teststadt-latest.osm.pbf")) == 0
    told = capsys.readouterr()
    assert told.out == "teststadt: 68 addresses, zone Europe/Vienna\n"
    assert "Building the roads" in told.err
    assert run("region", "list") == 0
    assert "teststadt" in capsys.readouterr().out
    assert run("region", "update", "teststadt") == 0
    assert "up to date" in capsys.readouterr().err
    assert run("region", "show", "teststadt") == 0
    shown = capsys.readouterr().out
    for words in ("ODbL", "© OpenStreetMap contributors", "teststadt-latest.osm.pbf", "ready"):
        assert words in shown
    assert run("region", "remove", "teststadt") == 0
    capsys.readouterr()
    assert run("region", "update", "teststadt") == FAILED
    assert "no region named 'teststadt'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--clip", "here"], "“here” is no part of a map"),
        (["--clip", "47,9,46,10"], "SOUTH,WEST,NORTH,EAST"),
        (["--clip", "47,9,0"], "a radius of 0 km"),
        (["--checksum", "abc"], "'abc' is no checksum"),
        (["--name", "../up"], "cannot be named"),
    ],
)
def test_a_region_asked_for_wrongly(
    user_home: Path, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("region", "add", "x.osm.pbf", *words) == FAILED
    assert told in capsys.readouterr().err


def test_doctor(user_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("doctor") == 0
    told = capsys.readouterr().out
    for part in ("Python", "PySide6", "ortools", "osrm", "SQLite", "Regions"):
        assert part in told
    assert "MISSING" not in told


def test_doctor_tells_what_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = [Component("roads", "", found=False, remedy="Install the roads.")]
    monkeypatch.setattr(bootstrap, "examine_all", lambda _config: lost)
    assert run("doctor") == FAILED
    told = capsys.readouterr().out
    assert "MISSING roads" in told
    assert "Install the roads." in told


PEOPLE = ("Müllerová", "Hinterm Dorf", "+423 555 01 02", "ida@example.org", "Torcode 4711")
SECRETS = ("s3cret-key", "ops@depot.example", "ada.lovelace", "9.51234")


def _lived_in(home: Path) -> None:
    """A store with people in it, settings with secrets, and a run in which all went wrong."""
    (home / "doorstep.toml").write_text(
        f'actor = "{SECRETS[2]}"\n[addresses]\nkey = "{SECRETS[0]}"\ncontact = "{SECRETS[1]}"\n',
        encoding="utf-8",
    )
    config = bootstrap.load_settings()
    with bootstrap.logged(config):
        store = Store.open(config.store)
        address = Address(PEOPLE[1], "9490", "Vaduz")
        store.places.remember(address)
        point = Coordinate(47.1, 9.51234)
        entry = OrderEntry(OrderId("1"), address, PEOPLE[0], PEOPLE[2], PEOPLE[3], coordinate=point)
        store.orders.put([entry])
        store.fleet.put_drivers([DriverRecord(DriverId(""), PEOPLE[0], PEOPLE[2])])
        store.notes.put(PEOPLE[4])
        store.close()
        log = logging.getLogger("console")
        for error in (ConsoleError(f"No {PEOPLE[0]} at {PEOPLE[1]}."), ValueError(*PEOPLE)):
            log.warning("refused %s", PEOPLE, exc_info=error)
        logging.getLogger("library").warning(" ".join((*PEOPLE, *SECRETS)))


def test_what_is_sent_to_whoever_helps_names_nobody(
    user_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (user_home / "doorstep").mkdir()
    _lived_in(user_home / "doorstep")
    out = tmp_path / "support.zip"
    assert run("doctor", "--zip", str(out)) == 0
    assert "Nothing in it is of a person" in capsys.readouterr().out
    with zipfile.ZipFile(out) as book:
        told = {name: book.read(name).decode("utf-8") for name in book.namelist()}
    assert json.loads(told["store.json"])["order_entry"] == 1
    assert any("ValueError" in text for name, text in told.items() if name.startswith("logs/"))
    for word in (*PEOPLE, *SECRETS, str(Path.home())):
        for form in (word, json.dumps(word)[1:-1]):
            assert [name for name, text in told.items() if form in text] == [], word


def test_settings_that_are_wrong(user_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = user_home / "doorstep"
    home.mkdir()
    (home / "doorstep.toml").write_text("cores = 'many'", encoding="utf-8")
    assert run("region", "list") == FAILED
    assert "cores must be a whole number" in capsys.readouterr().err
