"""What every road engine answers, on our own town and on regions of three countries."""

import contextlib
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from itertools import pairwise
from pathlib import Path

import numpy as np
import osmium
import pytest

from console.dispatch.ports import OffRoad, Region
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate, PlaceId
from console.domain.traffic import NO_TRAFFIC
from console.domain.travel import SHUT
from console.domain.zones import Zone, ZoneId, ZoneKind
from console.geo import cutting, roads
from console.geo.engines.contract import Engine, Line, Point, Ring
from console.geo.engines.ors_server import OrsServer
from console.geo.engines.osrm_server import OsrmServer
from console.geo.engines.own_osrm import OsrmEngine
from console.geo.engines.own_valhalla import ValhallaEngine
from console.geo.engines.serving import Server
from console.geo.engines.straight import StraightLines
from console.geo.engines.valhalla_server import ValhallaServer
from console.geo.matrices import TravelCache
from console.geo.streets import RoadStreets
from console.geo.timed import TimedStreets
from tests.geo import town
from tests.geo.engines import servers
from tests.geo.engines.days import around, on
from tests.shared import shared_data

REGIONS = ("teststadt", "copenhagen-centre", "helsinki-centre")
MOST = 12
STREETS = {"residential", "living_street", "tertiary", "secondary", "unclassified"}
ALL_ENGINES = ("OSRM", "Valhalla", "OSRM server", "Valhalla server", "ORS server", "straight")


def extract_of(name: str, scratch: Path) -> Path:
    if name != "teststadt":
        return shared_data(f"regions/{name}.osm.pbf")
    made = scratch / "teststadt.osm.pbf"
    town.draw().write(made)
    return made


@pytest.fixture(scope="module", params=REGIONS)
def region(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Region:
    """Its streets alone, without addresses and map."""
    folder = tmp_path_factory.mktemp("region")
    source = roads.source(folder)
    source.parent.mkdir()
    extract = extract_of(request.param, folder)
    cutting.cut(str(extract), str(source), lambda _: None)
    spots = street_points(source)
    lats, lons = [lat for _, lat in spots], [lon for lon, _ in spots]
    bounds = min(lats), min(lons), max(lats), max(lons)
    made = datetime(2026, 11, 22, tzinfo=UTC)
    return Region(request.param, "0" * 64, folder, bounds, "UTC", 0, made)


def street_points(source: Path) -> list[Point]:
    found: dict[int, Point] = {}
    ways = osmium.FileProcessor(str(source)).with_locations()
    for way in ways.with_filter(osmium.filter.KeyFilter("highway")):
        if way.is_way() and way.tags["highway"] in STREETS and "access" not in way.tags:
            for node in way.nodes:
                if node.location.valid():
                    found[node.ref] = node.location.lon, node.location.lat
    return [found[ref] for ref in sorted(found)]


@pytest.fixture(scope="module")
def own_osrm(region: Region) -> Iterator[OsrmEngine]:
    engine = OsrmEngine(region)
    engine.prepare("car")
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def own_valhalla(region: Region) -> Iterator[ValhallaEngine]:
    engine = ValhallaEngine(region)
    engine.prepare("car")
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def points(region: Region, own_osrm: OsrmEngine) -> list[Point]:
    """Beside streets from and to which all others lead."""
    spots = street_points(roads.source(region.folder))
    random.Random(4).shuffle(spots)
    spots = [(lon + 0.00004, lat + 0.00003) for lon, lat in spots[: 4 * MOST]]
    table = own_osrm.table("car", spots, range(len(spots)), range(len(spots)))
    is_way = ~np.isnan(table.seconds)
    most = max(range(len(spots)), key=lambda i: int(is_way[i].sum() + is_way[:, i].sum()))
    both = is_way[most] & is_way[:, most] & (np.array(table.from_road) < 20)
    return [spots[i] for i in np.flatnonzero(both)][:MOST]


@pytest.fixture(scope="module", params=ALL_ENGINES)
def engine(
    request: pytest.FixtureRequest,
    region: Region,
    own_osrm: OsrmEngine,
    own_valhalla: ValhallaEngine,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Engine]:
    scratch = tmp_path_factory.mktemp("server")
    with contextlib.ExitStack() as stack:
        made: dict[str, Callable[[], Engine]] = {
            "OSRM": lambda: own_osrm,
            "Valhalla": lambda: own_valhalla,
            "straight": StraightLines,
            "OSRM server": lambda: OsrmServer(
                region,
                Server(stack.enter_context(servers.osrm_routed(region.folder, scratch))),
            ),
            "Valhalla server": lambda: ValhallaServer(
                Server(stack.enter_context(servers.valhalla_service(region.folder, scratch)))
            ),
            "ORS server": lambda: OrsServer(
                Server(stack.enter_context(servers.serving(servers.Ors(own_osrm))))
            ),
        }
        engine = made[request.param]()
        yield engine
        engine.close()


@pytest.fixture
def streets(region: Region, engine: Engine, tmp_path: Path) -> Iterator[RoadStreets]:
    """With a cache of its own."""
    streets = RoadStreets(replace(region, folder=tmp_path), engine)
    yield streets
    streets.close()


@pytest.fixture
def timed(region: Region, engine: Engine) -> TimedStreets:
    """Over the region's own folder, where roads are given other speeds; the engine stays open."""
    return TimedStreets(region, engine)


def is_straight(engine: Engine) -> bool:
    return isinstance(engine, StraightLines)


def off_m(engine: Engine) -> float:
    """Valhalla may begin on another road than the next, where that one leads hardly anywhere."""
    return 100 if engine.name.startswith("Valhalla") else 30


def close(engine: Engine, value: object) -> object:
    """A Valhalla server takes short cuts that make some of its times a little longer."""
    is_hasty = isinstance(engine, ValhallaServer)
    return pytest.approx(value, rel=0.03, abs=5) if is_hasty else pytest.approx(value, abs=2)


def coordinate(point: Point) -> Coordinate:
    return Coordinate(point[1], point[0])


def is_ors(engine: Engine) -> bool:
    """Ours, in these tests, knows not where a step is."""
    return isinstance(engine, OrsServer)


def length(line: Line) -> float:
    return sum(a.metres_to(b) for a, b in pairwise(line))


def test_a_table_holds_plausible_travel(engine: Engine, points: list[Point]) -> None:
    everything = range(len(points))
    table = engine.table("car", points, everything, everything)
    assert table.seconds.shape == table.metres.shape == (len(points), len(points))
    assert not np.isnan(table.seconds).any()
    assert (np.diag(table.seconds) == 0).all()
    for i in everything:
        for j in set(everything) - {i}:
            straight = coordinate(points[i]).metres_to(coordinate(points[j]))
            assert table.metres[i, j] > 0.98 * straight - 30
            assert 1 < table.metres[i, j] / max(1, table.seconds[i, j]) * 3.6 < 130
    assert max([*table.from_road, *table.to_road]) < 30


def test_a_part_of_a_table_is_the_same(engine: Engine, points: list[Point]) -> None:
    everything = range(len(points))
    whole = engine.table("car", points, everything, everything)
    part = engine.table("car", points[::-1], [0, 4], [2, 3, 9])
    last = len(points) - 1
    rows, columns = [last, last - 4], [last - 2, last - 3, last - 9]
    assert part.seconds == close(engine, whole.seconds[np.ix_(rows, columns)])
    assert part.metres == close(engine, whole.metres[np.ix_(rows, columns)])
    assert list(part.from_road) == pytest.approx([whole.from_road[i] for i in rows], abs=0.2)
    assert list(part.to_road) == pytest.approx([whole.to_road[i] for i in columns], abs=0.2)


def test_a_point_is_put_on_the_next_road(engine: Engine, points: list[Point]) -> None:
    found = engine.nearest("car", points)
    assert len(found) == len(points)
    for point, (spot, metres) in zip(points, found, strict=True):
        assert coordinate(point).metres_to(coordinate(spot)) == pytest.approx(metres, abs=0.5)
        assert metres < 30


def test_lines_are_the_ways_that_were_measured(engine: Engine, points: list[Point]) -> None:
    legs = list(pairwise(points))[:5]
    drawn = engine.lines("car", legs)
    assert len(drawn) == len(legs)
    for (origin, target), line in zip(legs, drawn, strict=True):
        if is_straight(engine):
            assert line is None
            continue
        assert line
        metres = engine.table("car", [origin, target], [0], [1]).metres[0, 0]
        assert length(line) == pytest.approx(metres, rel=0.02, abs=15)
        assert line[0].metres_to(coordinate(origin)) < off_m(engine)
        assert line[-1].metres_to(coordinate(target)) < off_m(engine)


def test_directions_lead_from_leg_to_leg(engine: Engine, points: list[Point]) -> None:
    stops = points[:4]
    legs = engine.directions("car", stops, "en")
    assert len(legs) == len(stops) - 1
    for i, leg in enumerate(legs):
        assert leg[0].kind == "depart"
        assert leg[-1].kind == "arrive"
        assert all(step.sentence.endswith(".") for step in leg)
        assert leg[0].at.metres_to(coordinate(stops[i])) < off_m(engine) or is_ors(engine)
        table = engine.table("car", stops, [i], [i + 1])
        assert sum(step.metres for step in leg) == pytest.approx(
            table.metres[0, 0], rel=0.05, abs=20
        )
        assert sum(step.seconds for step in leg) == pytest.approx(
            table.seconds[0, 0], rel=0.1, abs=20
        )
    german = engine.directions("car", stops, "de-AT")
    assert [len(leg) for leg in german] == [len(leg) for leg in legs]
    assert german[0][0].sentence != legs[0][0].sentence


def test_what_is_within_reach(engine: Engine, points: list[Point]) -> None:
    table = engine.table("car", points, [0], range(len(points)))
    limits = [max(1, math.ceil(table.seconds[0].max() / 60 * share)) for share in (0.5, 2.0)]
    near, far = engine.reach("car", points[0], limits)
    assert near
    assert far
    judged = [
        (contains(near, points[j]), table.seconds[0, j] < limits[0] * 60)
        for j in range(len(points))
        if not 0.6 < table.seconds[0, j] / (limits[0] * 60) < 1.5
    ]
    assert sum(inside == is_near for inside, is_near in judged) >= 0.8 * len(judged)
    assert sum(contains(far, point) for point in points) >= 0.9 * len(points)
    assert engine.reach("car", points[0], limits[::-1])[1] == near


def contains(rings: tuple[Ring, ...], point: Point) -> bool:
    lon, lat = point
    crossings = 0
    for ring in rings:
        for a, b in pairwise(ring):
            if (a.lat > lat) != (b.lat > lat):
                crossings += lon < a.lon + (lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)
    return crossings % 2 == 1


def test_a_matrix_is_of_one_engine_and_says_which(
    streets: RoadStreets, engine: Engine, points: list[Point]
) -> None:
    places = {PlaceId(str(i)): coordinate(point) for i, point in enumerate(points)}
    told: list[float] = []
    matrix = streets.matrix(places, progress=lambda _, share: told.append(share))
    assert matrix.source == engine.name
    assert ("no roads" in matrix.source) == is_straight(engine)
    assert told[-1] == 1.0
    table = engine.table("car", points, range(len(points)), range(len(points)))
    assert list(matrix.durations) == close(engine, table.seconds.ravel().tolist())
    way = streets.way(places[PlaceId("0")], places[PlaceId("1")])
    assert [way.seconds, way.metres] == close(engine, [matrix.durations[1], matrix.distances[1]])
    assert way.source == engine.name


def test_a_matrix_within_narrow_limits_is_the_same(
    streets: RoadStreets, engine: Engine, points: list[Point], monkeypatch: pytest.MonkeyPatch
) -> None:
    places = {PlaceId(str(i)): coordinate(point) for i, point in enumerate(points)}
    whole = streets.matrix(places)
    asked: list[int] = []
    table = engine.table

    def counted(
        profile: str, points: list[Point], sources: list[int], targets: list[int]
    ) -> object:
        asked.append(len(points))
        return table(profile, points, sources, targets)

    monkeypatch.setattr(engine, "limits", replace(engine.limits, points=5))
    monkeypatch.setattr(engine, "table", counted)
    streets._cache = TravelCache(None)
    matrix = streets.matrix(places)
    assert max(asked) <= 5
    assert list(matrix.durations) == close(engine, list(whole.durations))


def test_a_stop_is_heard(streets: RoadStreets, points: list[Point]) -> None:
    def stop(sentence: str, share: float) -> None:
        raise InterruptedError

    places = {PlaceId(str(i)): coordinate(point) for i, point in enumerate(points)}
    with pytest.raises(InterruptedError):
        streets.matrix(places, progress=stop)
    assert streets.matrix(places).places == tuple(places)


def test_slow_hours_and_slow_zones_make_ways_longer(
    timed: TimedStreets, engine: Engine, points: list[Point]
) -> None:
    places = {PlaceId(str(i)): coordinate(point) for i, point in enumerate(points[:5])}
    free = np.array(timed.matrix(places).durations, dtype=np.float64)
    half = timed.day_matrix(places, on(percent=50))
    ways = free > 60
    assert 1.6 < (np.array(half.durations)[ways] / free[ways]).mean() < 2.05
    assert half.source.startswith(engine.name)
    assert ("one factor" in half.source) == (not isinstance(engine, OsrmEngine))
    corners = around(points[0], 0.5)  # the whole region
    zone = Zone(ZoneId("1"), "Snow", ZoneKind.SLOW, corners, percent=50)
    snow = np.array(timed.day_matrix(places, on(zone)).durations)
    assert 1.6 < (snow[ways] / free[ways]).mean() < 2.05
    assert timed.day_matrix(places, NO_TRAFFIC) == timed.matrix(places)


def test_a_closed_zone_is_kept_out_of_or_the_day_is_refused(
    timed: TimedStreets, engine: Engine, points: list[Point]
) -> None:
    places = {PlaceId(str(i)): coordinate(point) for i, point in enumerate(points[:5])}
    corners = around(points[0], 0.0004)
    zone = Zone(ZoneId("1"), "Works", ZoneKind.CLOSED, corners, begins=time(8), ends=time(12))
    if not isinstance(engine, OsrmEngine | ValhallaEngine | ValhallaServer):
        with pytest.raises(ConsoleError, match="cannot be told of closed roads") as told:
            timed.day_matrix(places, on(zone))
        assert "Valhalla" in told.value.remedy
        return
    matrix, size = timed.day_matrix(places, on(zone)), len(places)
    free = np.array(timed.matrix(places).durations, dtype=np.float64).reshape(size, size)
    shut = np.array(matrix.slices[0].durations).reshape(size, size)
    inside = [zone.contains(point) for point in places.values()]
    assert inside[0]
    assert (shut[1:, 0] == SHUT).all()
    assert (shut >= free - 2 - 0.03 * free).all()
    assert (np.array(matrix.slices[1].durations) == SHUT).sum() == 0


def test_a_place_without_roads_is_named(
    streets: RoadStreets, engine: Engine, points: list[Point]
) -> None:
    if is_straight(engine):
        # there is no such place for this engine, which is in the suite for all the rest
        pytest.skip("straight lines go everywhere")
    lon, lat = points[0]
    places = {PlaceId("here"): Coordinate(lat, lon), PlaceId("far"): Coordinate(lat - 0.5, lon)}
    with pytest.raises(OffRoad, match=r"far \(\d+,\d{3} m\)") as caught:
        streets.matrix(places)
    assert set(caught.value.places) == {"far"}
    assert streets.snap([places[PlaceId("far")]]) == [None]
    with pytest.raises(OffRoad):
        streets.reach(places[PlaceId("far")], [5])


def test_what_is_no_vehicle_is_refused(streets: RoadStreets, points: list[Point]) -> None:
    with pytest.raises(ConsoleError, match="'boat'") as caught:
        streets.snap([coordinate(points[0])], profile="boat")
    assert caught.value.remedy


def test_no_places_need_no_engine(streets: RoadStreets) -> None:
    assert streets.matrix({}).places == ()
    assert streets.geometry([]).legs == ()
    assert streets.snap([]) == []
    assert streets.directions([]) == []
    assert streets.reach(Coordinate(0, 0), []) == []


def test_it_can_be_closed_and_asked_again(streets: RoadStreets, points: list[Point]) -> None:
    before = streets.snap([coordinate(points[0])])
    streets.close()
    assert streets.snap([coordinate(points[0])]) == before
