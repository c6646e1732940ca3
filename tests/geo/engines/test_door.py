"""What a dispatcher is told when a road server is not there, slow, full of faults, or another."""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from console.dispatch.ports import Region, Unreachable
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate, PlaceId
from console.geo.engines.contract import Engine
from console.geo.engines.door import Door
from console.geo.engines.ors_server import OrsServer
from console.geo.engines.osrm_server import OsrmServer
from console.geo.engines.serving import Server
from console.geo.engines.valhalla_server import ValhallaServer
from console.geo.streets import RoadStreets
from tests.geo.engines.servers import Answer, free_port, serving

BOUNDS = (47.0, 15.0, 47.1, 15.1)
HERE, THERE = (15.01, 47.01), (15.02, 47.02)
PLACES = {PlaceId("here"): Coordinate(47.01, 15.01), PlaceId("there"): Coordinate(47.02, 15.02)}
GARBAGE: list[Any] = [
    {},
    [],
    {"durations": [[0]], "distances": None},
    {"durations": [[0, 1]], "distances": [["a", "b"]], "sources": [], "destinations": []},
    {"sources_to_targets": {"durations": "soon"}},
    {"routes": [{"legs": [{"steps": [{}]}]}], "trip": {"legs": [{}]}, "features": [{}]},
    {"locations": 5},
]


def region(folder: Path) -> Region:
    made = datetime(2026, 11, 22, tzinfo=UTC)
    return Region("nowhere", "0" * 64, folder, BOUNDS, "UTC", 0, made)


Make = Callable[[Server], Engine]


@pytest.fixture(params=["OSRM", "Valhalla", "openrouteservice"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    return {
        "OSRM": lambda server: OsrmServer(region(tmp_path), server),
        "Valhalla": ValhallaServer,
        "openrouteservice": OrsServer,
    }[request.param]


def verdicts(engine: Engine) -> Iterator[str]:
    """What is said on every kind of question."""
    asked: list[Callable[[], object]] = [
        lambda: engine.table("car", [HERE, THERE], [0], [1]),
        lambda: engine.nearest("car", [HERE]),
        lambda: engine.lines("car", [(HERE, THERE)]),
        lambda: engine.directions("car", [HERE, THERE], "en"),
        lambda: engine.reach("car", HERE, [5]),
    ]
    for ask in asked:
        with pytest.raises(ConsoleError) as caught:
            ask()
        assert caught.value.remedy
        yield caught.value.message
    engine.close()


def test_nobody_listens(make: Make) -> None:
    for said in verdicts(make(Server(f"http://127.0.0.1:{free_port()}"))):
        assert "server http://127.0.0.1:" in said
        assert "cannot be reached" in said


def test_a_name_that_is_not_known(make: Make) -> None:
    for said in verdicts(make(Server("http://roads.invalid"))):
        assert "cannot be reached (its name is not known)" in said


@pytest.mark.parametrize("url", ["", "roads.example", "ftp://roads.example", "http://"])
def test_an_address_that_is_none(make: Make, url: str) -> None:
    with pytest.raises(ConsoleError, match="is not the address of a") as caught:
        make(Server(url))
    assert "doorstep.toml" in caught.value.remedy


def test_a_server_that_never_answers(make: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = make(Server(f"http://127.0.0.1:{silent.getsockname()[1]}", seconds=0.05))
        for said in verdicts(engine):
            assert "did not answer within 0 seconds" in said


@pytest.mark.parametrize(
    ("status", "told", "remedy"),
    [
        (400, "refuses the question (400 too far)", "table_size"),
        (401, "refuses the question (401", "key"),
        (404, "refuses the question (404", "profile"),
        (413, "refuses the question (413", "table_size"),
        (429, "refuses the question (429", "wait"),
        (500, "has a fault (500 too far)", "Try again"),
        (503, "has a fault (503", "Try again"),
    ],
)
@pytest.mark.parametrize("words", [{"message": "too far"}, {"error": {"message": "too far"}}])
def test_a_server_that_refuses(
    make: Make, status: int, told: str, remedy: str, words: Mapping[str, Any]
) -> None:
    with serving(lambda path, body: (status, words)) as url:
        engine = make(Server(url))
        with pytest.raises(ConsoleError) as caught:
            engine.table("car", [HERE, THERE], [0], [1])
        assert told in caught.value.message
        assert remedy in caught.value.remedy
        engine.close()


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>Hi</html>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://x/\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 15\r\n\r\n<html>Hi</html>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{",
        b"\x00\x01\x02 this is another protocol\r\n\r\n",
        b"",
    ],
)
def test_a_server_that_talks_nonsense(make: Make, raw: bytes) -> None:
    with serving(lambda path, body: raw) as url:
        for said in verdicts(make(Server(url))):
            assert url in said


@pytest.mark.parametrize("answer", GARBAGE)
def test_a_server_of_another_kind(make: Make, answer: Any) -> None:
    with serving(lambda path, body: (200, answer)) as url:
        for said in verdicts(make(Server(url))):
            assert "answers without" in said


def test_a_connection_that_was_closed_is_opened_again() -> None:
    said: list[str] = []

    def answer(path: str, body: Mapping[str, Any] | None) -> Answer | bytes:
        said.append(path)
        if len(said) % 2:
            return b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"  # and hangs up without a word
        return 200, {}

    with serving(answer) as url:
        door = Door("test server", url, 5, {})
        assert [door.get(f"/{i}") for i in range(4)] == [{}] * 4
        door.close()


def test_many_threads_share_a_door() -> None:
    found: dict[int, object] = {}
    with serving(lambda path, body: (200, {"path": path})) as url:
        door = Door("test server", f"{url}/base/", 5, {})

        def ask(number: int) -> None:
            found[number] = door.post(f"/{number}", {})["path"]

        threads = [threading.Thread(target=ask, args=(i,)) for i in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        door.close()
    assert found == {i: f"/base/{i}" for i in range(8)}


def test_a_cell_without_a_way_is_named_with_both_places(tmp_path: Path) -> None:
    def answer(path: str, body: Mapping[str, Any] | None) -> Answer:
        rows = len(path.partition("sources=")[2].partition("&")[0].split(";"))
        columns = len(path.partition("destinations=")[2].partition("&")[0].split(";"))
        ends = {"location": list(HERE), "distance": 1.0}
        cells = [[None if i < j else 60.0 * (i != j) for j in range(columns)] for i in range(rows)]
        return 200, {
            "durations": cells,
            "distances": cells,
            "sources": [ends] * rows,
            "destinations": [ends] * columns,
        }

    with serving(answer) as url:
        streets = RoadStreets(region(tmp_path), OsrmServer(region(tmp_path), Server(url)))
        with pytest.raises(Unreachable, match="No road leads from here to there") as caught:
            streets.matrix(PLACES)
        assert caught.value.pairs == (("here", "there"),)
        streets.close()
    assert not list(tmp_path.iterdir())  # what a server says is not kept


def test_profiles_of_a_server(tmp_path: Path) -> None:
    asked: list[str] = []

    def answer(path: str, body: Mapping[str, Any] | None) -> Answer:
        asked.append(path.split("/")[3])
        return 400, {"code": "NoTable"}

    with serving(answer) as url:
        profiles = {"truck": f"{url}/lorries", "truck-h3.5": "low", "bicycle": "bikes"}
        engine = OsrmServer(region(tmp_path), Server(url, profiles))
        for profile in ("car", "van", "truck", "truck-h4-hazmat", "truck-h3.5", "bicycle"):
            with pytest.raises(ConsoleError):
                engine.nearest(profile, [HERE])
        with pytest.raises(ConsoleError, match="only for: bicycle, car, truck, truck-h3"):
            engine.prepare("foot")
        engine.close()
    assert asked == ["driving", "driving", "lorries", "lorries", "low", "bikes"]


def test_a_key_is_told_nobody(make: Make) -> None:
    with serving(lambda path, body: (403, {"error": "no key"})) as url:
        engine = make(Server(url, key="secret"))
        with pytest.raises(ConsoleError) as caught:
            engine.nearest("car", [HERE])
        assert "secret" not in f"{caught.value.message}{caught.value.remedy}"
        assert "key" in caught.value.remedy
        engine.close()
