import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from console.dispatch.ports import Region
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate, PlaceId
from console.geo import link
from console.geo.engines import osrm_child, own_osrm
from console.geo.engines.contract import Limits
from console.geo.engines.own_osrm import OsrmEngine
from console.geo.matrices import TravelCache
from console.geo.streets import OffRoad, RoadStreets, Unreachable
from tests.geo import town

ROOT = Path(__file__).resolve().parents[2]


def place(street: int, number: int) -> Coordinate:
    return Coordinate(*town.at(street, number))


PLACES = {
    PlaceId("a"): place(0, 1),
    PlaceId("b"): place(3, 30),
    PlaceId("c"): place(6, 15),
    PlaceId("d"): place(3, 30),  # two places at one point
}


def link_of(roads: RoadStreets) -> link.EngineLink:
    assert isinstance(roads._engine, OsrmEngine)
    return roads._engine.link("car")


def engine(roads: RoadStreets) -> int:
    pid = link_of(roads).pid
    assert pid
    return pid


def test_times_and_distances_follow_the_roads(streets: RoadStreets) -> None:
    matrix = streets.matrix(PLACES)
    assert matrix.places == tuple(PLACES)
    a, b, c, d = range(4)
    assert [matrix.durations[matrix.cell(i, i)] for i in range(4)] == [0] * 4
    straight = PLACES[PlaceId("a")].metres_to(PLACES[PlaceId("b")])
    assert straight < matrix.distances[matrix.cell(a, b)] < 2 * straight
    assert matrix.distances[matrix.cell(b, d)] == 0
    assert matrix.distances[matrix.cell(a, b)] == matrix.distances[matrix.cell(a, d)]
    # The eastern road is one-way towards the north.
    assert matrix.durations[matrix.cell(b, c)] < matrix.durations[matrix.cell(c, b)]
    assert matrix.source == "OSRM teststadt"


def test_only_new_pairs_are_computed(streets: RoadStreets, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    ask = link.EngineLink.ask

    def count(self: link.EngineLink, kind: str, *arguments: Any, **named: float) -> object:
        if kind == "table":
            asked.append((len(arguments[1]), len(arguments[2])))
        return ask(self, kind, *arguments, **named)

    monkeypatch.setattr(link.EngineLink, "ask", count)
    three = {PlaceId(str(i)): place(2, i) for i in (1, 2, 3)}
    before = streets.matrix(three)
    asked.clear()
    after = streets.matrix({**three, PlaceId("new"): place(5, 4)})
    assert sorted(asked) == [(1, 4), (3, 1)]
    for one in range(3):
        for other in range(3):
            cell = after.cell(one, other)
            assert after.durations[cell] == before.durations[before.cell(one, other)]
    asked.clear()
    assert streets.matrix(three).durations == before.durations
    assert asked == []


def test_pieces_give_the_same_matrix(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    many = {PlaceId(f"{s}/{n}"): place(s, n) for s in (0, 2, 5) for n in (1, 4, 30)}
    told: list[float] = []
    monkeypatch.setattr(OsrmEngine, "limits", Limits(cells=20))
    pieces, whole = RoadStreets(region, OsrmEngine(region)), RoadStreets(region, OsrmEngine(region))
    pieces._cache = TravelCache(None)
    whole._cache = TravelCache(None)
    try:
        by_pieces = pieces.matrix(many, progress=lambda _, share: told.append(share))
        monkeypatch.undo()
        assert by_pieces == whole.matrix(many)
    finally:
        pieces.close()
        whole.close()
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_what_was_asked_longest_ago_gives_way(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sets of road tiles stand side by side: the same roads under three names."""
    monkeypatch.setattr(own_osrm, "_AT_ONCE", 2)
    engine = OsrmEngine(region)
    base = engine._sets.base("car")
    monkeypatch.setattr(engine._sets, "has", lambda name: True)
    monkeypatch.setattr(engine._sets, "base", lambda name: base)
    spot = [(town.WEST, town.SOUTH)]
    try:
        first = engine.nearest("a", spot)
        links = {name: engine.link(name) for name in "ab"}
        assert engine.nearest("b", spot) == first
        assert engine.nearest("a", spot) == first  # so that b is the one asked longest ago
        links["c"] = engine.link("c")
        engine.nearest("c", spot)
        engine.link("c")
        assert [name for name in "abc" if links[name].pid is None] == ["b"]
        assert engine.nearest("b", spot) == first
        assert engine._links["b"].pid is not None
        with links["c"]._lock:  # it is being asked
            assert not links["c"].rest()
    finally:
        engine.close()


def test_places_off_the_roads_are_named(streets: RoadStreets) -> None:
    hut, sea = Coordinate(town.SOUTH + 0.03, town.WEST + 0.03), Coordinate(0.0, 0.0)
    with pytest.raises(OffRoad, match=r"1000 m from any road.*hut \(2,\d{3} m\)") as caught:
        streets.matrix({**PLACES, PlaceId("hut"): hut, PlaceId("sea"): sea})
    assert set(caught.value.places) == {"hut", "sea"}
    assert caught.value.remedy
    assert streets.matrix(PLACES).places == tuple(PLACES)


def test_no_places_need_no_engine(streets: RoadStreets) -> None:
    assert streets.matrix({}).places == ()
    assert streets.geometry([]).legs == ()
    assert streets.snap([]) == []
    assert link_of(streets).pid is None


def test_unreachable_pairs_are_named(streets: RoadStreets, monkeypatch: pytest.MonkeyPatch) -> None:
    """OSRM snaps to what is connected, so a hole in its answer is made here."""
    ask = link.EngineLink.ask

    def with_hole(self: link.EngineLink, kind: str, *arguments: object, **named: float) -> object:
        answer = ask(self, kind, *arguments, **named)
        if kind != "table":
            return answer
        durations, *rest = answer
        return (b"\0\0\0\0\0\0\xf8\x7f" + durations[8:], *rest)

    monkeypatch.setattr(link.EngineLink, "ask", with_hole)
    with pytest.raises(Unreachable, match="No road leads from p to p") as caught:
        streets.matrix({PlaceId("p"): place(1, 6), PlaceId("q"): place(4, 6)})
    assert caught.value.pairs == (("p", "p"),)


def test_points_are_snapped_with_their_distance(streets: RoadStreets) -> None:
    near, far = streets.snap([place(3, 3), Coordinate(town.SOUTH + 0.03, town.WEST + 0.03)])
    assert near is not None
    assert near.metres == pytest.approx(11, abs=1)
    assert near.point.lat == pytest.approx(town.row(3), abs=1e-5)
    assert far is None


def test_a_route_follows_its_streets(streets: RoadStreets) -> None:
    stops = [place(0, 5), place(1, 5), place(1, 5), place(3, 30)]
    legs = streets.geometry(stops).legs
    assert len(legs) == 3
    corners = [(point.lat, point.lon) for point in legs[0]]
    assert any(lon == pytest.approx(town.WEST, abs=1e-5) for _, lon in corners)  # by Hauptstraße
    for leg, origin, target in zip(legs, stops, stops[1:], strict=False):
        assert leg[0].metres_to(origin) < 15
        assert leg[-1].metres_to(target) < 15
    assert streets.geometry(stops).legs is not legs
    assert streets.geometry(stops).legs == legs


def test_an_unknown_profile_is_refused(streets: RoadStreets) -> None:
    with pytest.raises(ConsoleError, match=r"no roads for 'boat', only for: car, van"):
        streets.snap([place(0, 1)], profile="boat")


def test_a_killed_engine_is_replaced(streets: RoadStreets) -> None:
    before = streets.snap([place(0, 1)])
    first = engine(streets)
    os.kill(first, signal.SIGKILL)
    assert streets.snap([place(0, 1)]) == before
    assert engine(streets) != first


def test_an_engine_killed_while_it_answers_is_replaced(streets: RoadStreets) -> None:
    streets.snap([place(0, 1)])
    os.kill(engine(streets), signal.SIGSTOP)
    killer = threading.Timer(0.2, os.kill, (engine(streets), signal.SIGKILL))
    killer.start()
    assert streets.snap([place(0, 1)]) != [None]
    killer.join()


def test_a_silent_engine_is_given_up(streets: RoadStreets) -> None:
    streets.snap([place(0, 1)])
    os.kill(engine(streets), signal.SIGSTOP)
    with pytest.raises(ConsoleError, match="did not answer"):
        link_of(streets).ask("nearest", [(town.WEST, town.SOUTH)], seconds=0.1)
    assert streets.snap([place(0, 1)]) != [None]


def test_an_engine_that_always_crashes_is_reported(
    streets: RoadStreets, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = link.EngineLink._start

    def start_and_crash(self: link.EngineLink) -> Connection:
        pipe = start(self)
        assert self._child
        self._child.kill()
        self._child.join()
        return pipe

    monkeypatch.setattr(link.EngineLink, "_start", start_and_crash)
    with pytest.raises(ConsoleError, match="crashed twice") as caught:
        streets.snap([place(0, 1)])
    assert caught.value.remedy
    monkeypatch.undo()
    assert streets.snap([place(0, 1)]) != [None]


def test_damaged_road_tiles_are_reported(tmp_path: Path) -> None:
    broken = link.EngineLink(osrm_child.serve, str(tmp_path / "map.osrm"), (0, 0, 1, 1))
    with pytest.raises(ConsoleError, match="road engine says") as caught:
        broken.ask("nearest", [(0.0, 0.0)])
    assert "add the region" in caught.value.remedy


def test_calls_from_many_threads_all_get_their_answer(streets: RoadStreets) -> None:
    answers: dict[int, object] = {}

    def call(number: int) -> None:
        answers[number] = streets.snap([place(0, number)])[0]

    threads = [threading.Thread(target=call, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answers[number] for number in range(1, 9)] == [
        streets.snap([place(0, number)])[0] for number in range(1, 9)
    ]


def test_close_ends_the_engine(region: Region) -> None:
    roads = RoadStreets(region, OsrmEngine(region))
    roads.snap([place(0, 1)])
    pid = engine(roads)
    roads.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    roads.close()


def test_the_engine_dies_with_the_console(region: Region, tmp_path: Path) -> None:
    script = tmp_path / "console_that_dies.py"
    script.write_text(
        "import os, sys\n"
        "from console.geo.engines.osrm_child import serve\n"
        "from console.geo.link import EngineLink\n"
        "if __name__ == '__main__':\n"
        f"    link = EngineLink(serve, sys.argv[1], {region.bounds})\n"
        "    link.ask('nearest', [(15.0, 47.0)])\n"
        "    print(link.pid, flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    base = region.folder / "roads" / "car" / "map.osrm"
    done = subprocess.run(
        [sys.executable, script, base],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    for _ in range(100):
        if not _runs(int(done.stdout)):
            return
        time.sleep(0.05)
    pytest.fail("the engine outlived its console")


def _runs(pid: int) -> bool:
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def test_the_engine_loads_no_more_than_it_needs() -> None:
    child = "console.geo.engines.osrm_child"
    code = f"import {child}, sys; print({{'numpy', 'shapely'}} & sys.modules.keys())"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "set()"
