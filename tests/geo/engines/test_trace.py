"""A driven way from positions: noise, standing, dead spots, places off any road."""

import math
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from console.dispatch.ports import Region
from console.dispatch.traces import Fix, Gap, Trace, Untraced
from console.domain.errors import ConsoleError
from console.domain.places import EARTH_RADIUS_M, Coordinate
from console.geo import cutting, roads
from console.geo.engines.contract import Line, Tracing
from console.geo.engines.own_osrm import OsrmEngine
from console.geo.engines.own_valhalla import ValhallaEngine
from console.geo.engines.serving import Server
from console.geo.engines.straight import StraightLines
from console.geo.engines.valhalla_server import ValhallaServer
from console.geo.lines import thin
from console.geo.streets import RoadStreets
from tests.geo import town
from tests.geo.engines import servers
from tests.shared import shared_data

MORNING = datetime(2026, 11, 22, 6, tzinfo=UTC)
DEGREE_M = math.radians(1) * EARTH_RADIUS_M
NOISE_M = 6.0
PACE = 10.0  # m/s
EVERY_S = 5
FROM, TO = (town.WEST + 0.001, town.row(0)), (town.WEST + 0.008, town.row(4))


def cut_region(name: str, extract: Path, folder: Path) -> Region:
    """Its streets alone."""
    source = roads.source(folder)
    source.parent.mkdir()
    cutting.cut(str(extract), str(source), lambda _: None)
    return Region(name, "0" * 64, folder, (0, 0, 0, 0), "UTC", 0, MORNING)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Region:
    folder = tmp_path_factory.mktemp("small")
    town.draw().write(folder / "town.osm.pbf")
    return cut_region("town", folder / "town.osm.pbf", folder)


@pytest.fixture(scope="module")
def own(small: Region) -> Iterator[ValhallaEngine]:
    engine = ValhallaEngine(small)
    engine.prepare("car")
    yield engine
    engine.close()


@pytest.fixture(scope="module", params=["in process", "server"])
def engine(
    request: pytest.FixtureRequest,
    own: ValhallaEngine,
    small: Region,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Tracing]:
    if request.param == "in process":
        yield own
        return
    with servers.valhalla_service(small.folder, tmp_path_factory.mktemp("server")) as url:
        served = ValhallaServer(Server(url))
        yield served
        served.close()


@pytest.fixture(scope="module")
def route(own: ValhallaEngine) -> Line:
    """Along one street, up Hauptstraße, along another: 1.6 km."""
    line = own.lines("car", [(FROM, TO)])[0]
    assert line is not None
    return line


def drive(line: Line, chance: random.Random) -> list[Fix]:
    """Where a phone says it is, every few seconds."""
    fixes: list[Fix] = []
    travelled, due = 0.0, 0.0
    for a, b in pairwise(line):
        metres = a.metres_to(b)
        while metres and due <= travelled + metres:
            share = (due - travelled) / metres
            spot = Coordinate(a.lat + (b.lat - a.lat) * share, a.lon + (b.lon - a.lon) * share)
            at = MORNING + timedelta(seconds=due / PACE)
            fixes.append(Fix(at, beside(spot, chance), 8.0))
            due += PACE * EVERY_S
        travelled += metres
    return fixes


def beside(spot: Coordinate, chance: random.Random) -> Coordinate:
    north, east = chance.gauss(0, NOISE_M), chance.gauss(0, NOISE_M)
    wide = DEGREE_M * math.cos(math.radians(spot.lat))
    return Coordinate(spot.lat + north / DEGREE_M, spot.lon + east / wide)


def shifted(fixes: Sequence[Fix], lon: float) -> list[Fix]:
    return [Fix(f.at, Coordinate(f.point.lat, f.point.lon + lon), f.accuracy) for f in fixes]


def length(line: Line) -> float:
    return sum(a.metres_to(b) for a, b in pairwise(line))


def farthest(fixed: Line, line: Line) -> float:
    """How far a corner of one line is from the other, the worst of all."""
    return max(min(_off(corner, a, b) for a, b in pairwise(line)) for corner in fixed)


def _off(point: Coordinate, a: Coordinate, b: Coordinate) -> float:
    wide = DEGREE_M * math.cos(math.radians(point.lat))
    ax, ay = (a.lon - point.lon) * wide, (a.lat - point.lat) * DEGREE_M
    dx, dy = (b.lon - a.lon) * wide, (b.lat - a.lat) * DEGREE_M
    size = dx * dx + dy * dy
    share = max(0.0, min(1.0, -(ax * dx + ay * dy) / size)) if size else 0.0
    return math.hypot(ax + share * dx, ay + share * dy)


def is_the_way(trace: Trace, line: Line) -> None:
    """It is one line, the one that was driven, within some metres."""
    assert trace.gaps == ()
    (drawn,) = trace.lines
    assert trace.metres == round(length(drawn))
    assert trace.metres == pytest.approx(length(line), abs=40)
    assert farthest(drawn, line) < 25
    assert farthest(thin(line, 1.0), drawn) < 40  # the ends lie as far as the last position does


def test_a_trembling_trace_is_the_way_that_was_driven(engine: Tracing, route: Line) -> None:
    fixes = drive(route, random.Random(1))
    trace = engine.trace("car", fixes)
    is_the_way(trace, route)
    assert len(trace.matched) == len(fixes)
    for fix, matched in zip(fixes, trace.matched, strict=True):
        assert matched is not None
        assert matched.piece == 0
        assert matched.point.metres_to(fix.point) < 30
        assert farthest([matched.point], trace.lines[0]) < 2


def test_a_dead_spot_is_driven_by_road(engine: Tracing, route: Line) -> None:
    """Over the corner, where a straight line would cut through the houses."""
    fixes = drive(route, random.Random(2))
    corner = min(fixes, key=lambda fix: fix.point.metres_to(Coordinate(town.row(4), town.WEST)))
    kept = [fix for fix in fixes if fix.point.metres_to(corner.point) > 180]
    assert len(kept) < len(fixes) - 4
    is_the_way(engine.trace("car", kept), route)


def test_standing_is_no_driving(engine: Tracing, route: Line) -> None:
    chance = random.Random(3)
    fixes = drive(route, chance)
    half, door = len(fixes) // 2, fixes[len(fixes) // 2]
    stop = [
        Fix(door.at + timedelta(seconds=15 * i), beside(door.point, chance), 8.0)
        for i in range(1, 41)
    ]
    later = [Fix(fix.at + timedelta(minutes=11), fix.point, 8.0) for fix in fixes[half + 1 :]]
    trace = engine.trace("car", [*fixes[: half + 1], *stop, *later])
    assert trace.metres == pytest.approx(length(route), rel=0.05)
    assert trace.gaps == ()


def test_a_trace_off_any_road_says_so(engine: Tracing, route: Line) -> None:
    fixes = shifted(drive(route, random.Random(4)), 0.2)
    trace = engine.trace("car", fixes)
    assert trace == Trace((), 0, (None,) * len(fixes), (Gap(0, len(fixes) - 1, Untraced.OFF_ROAD),))


def test_a_piece_off_any_road_is_named(engine: Tracing, route: Line) -> None:
    fixes = drive(route, random.Random(5))
    strayed = [*fixes[:14], *shifted(fixes[14:20], 0.03), *fixes[20:]]
    trace = engine.trace("car", strayed)
    assert trace.gaps == (Gap(14, 19, Untraced.OFF_ROAD),)
    before, after = trace.lines
    assert [each and each.piece for each in trace.matched] == [
        *[0] * 14,
        *[None] * 6,
        *[1] * (len(fixes) - 20),
    ]
    assert before[-1].metres_to(fixes[13].point) < 30
    assert after[0].metres_to(fixes[20].point) < 30
    assert trace.metres < length(route) - 200


def test_no_line_leads_where_no_road_does(engine: Tracing, route: Line) -> None:
    """To a street that nothing joins to the rest."""
    fixes = drive(route, random.Random(6))[:8]
    island = [
        Fix(fixes[-1].at + timedelta(minutes=i), Coordinate(town.SOUTH + 0.0155, lon), 5.0)
        for i, lon in enumerate((town.WEST + 0.0042, town.WEST + 0.0048), start=1)
    ]
    trace = engine.trace("car", [*fixes, *island])
    assert trace.gaps == (Gap(7, 8, Untraced.NO_WAY),)
    assert [len(line) > 1 for line in trace.lines] == [True, True]
    assert length(trace.lines[1]) == pytest.approx(45.5, abs=3)


def test_who_never_moved_is_on_the_road_beside_her(engine: Tracing, route: Line) -> None:
    here = Fix(MORNING, Coordinate(town.row(2) + 0.0001, town.WEST + 0.003))
    trace = engine.trace("car", [here, here, here])
    assert (trace.lines, trace.metres, trace.gaps) == ((), 0, ())
    assert {each and round(each.point.lat, 5) for each in trace.matched} == {town.row(2)}
    assert engine.trace("car", []) == Trace((), 0, (), ())
    far = engine.trace("car", shifted([here], 0.2))
    assert far.gaps == (Gap(0, 0, Untraced.OFF_ROAD),)


def test_positions_out_of_order_are_named(engine: Tracing, route: Line) -> None:
    fixes = drive(route, random.Random(7))
    fixes[3], fixes[4] = fixes[4], fixes[3]
    with pytest.raises(ConsoleError, match="Position 5 of the trace is older"):
        engine.trace("car", fixes)


def test_the_streets_ask_their_engine_or_say_who_could(
    own: ValhallaEngine, small: Region, route: Line, tmp_path: Path
) -> None:
    fixes = drive(route, random.Random(8))
    assert RoadStreets(small, own).trace(fixes) == own.trace("car", fixes)
    for other in (OsrmEngine(small), StraightLines()):
        with pytest.raises(ConsoleError, match="cannot tell which roads were driven") as told:
            RoadStreets(small, other).trace(fixes)
        assert "Valhalla" in told.value.remedy


def test_ways_through_a_real_city(tmp_path: Path) -> None:
    """Some kilometres of it; and where nothing is known for 2 km, no way is made up."""
    region = cut_region("copenhagen", shared_data("regions/copenhagen-centre.osm.pbf"), tmp_path)
    engine = ValhallaEngine(region)
    try:
        ends = ((12.5430, 55.6610), (12.5900, 55.6880))
        line = engine.lines("car", [ends])[0]
        assert line is not None
        fixes = drive(line, random.Random(9))
        trace = engine.trace("car", fixes)
        assert length(line) > 4000
        assert trace.metres == pytest.approx(length(line), rel=0.02)
        assert trace.gaps == ()
        assert farthest(trace.lines[0], line) < 40
        begin = 5
        after = next(
            i
            for i in range(begin, len(fixes))
            if fixes[i].point.metres_to(fixes[begin].point) > 2100
        )
        broken = engine.trace("car", [*fixes[: begin + 1], *fixes[after:]])
        assert broken.gaps == (Gap(begin, begin + 1, Untraced.NO_WAY),)
        assert broken.metres < trace.metres - 2000
    finally:
        engine.close()
