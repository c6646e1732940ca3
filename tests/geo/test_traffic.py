"""Other speeds on the town's roads: kinds of road, slow, closed and low-emission zones, hours."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from console.dispatch.ports import Region, Unreachable
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate, PlaceId
from console.domain.speeds import USUAL
from console.domain.traffic import CLASSES, RoadClass, SpeedState, Traffic
from console.domain.travel import SHUT, UNREACHABLE, TravelMatrix, barred_key
from console.domain.zones import Zone, ZoneId, ZoneKind
from console.geo import children, roads, segments, speeds
from console.geo.engines.own_osrm import OsrmEngine
from console.geo.timed import TimedStreets
from tests.geo import town

ZONE = ZoneInfo("Europe/Vienna")
DAY = date(2026, 11, 23)
SOUTH, NORTH, EAST = PlaceId("south"), PlaceId("north"), PlaceId("east")
POINTS = {
    SOUTH: Coordinate(town.row(0), town.WEST + 0.0002),
    NORTH: Coordinate(town.row(6), town.WEST + 0.0002),
    EAST: Coordinate(town.row(3), town.WEST + 4 * town.STEP),
}


def box(south: float, west: float, north: float, east: float) -> tuple[Coordinate, ...]:
    corners = ((south, west), (south, east), (north, east), (north, west))
    return tuple(Coordinate(lat, lon) for lat, lon in corners)


# Hauptstraße between the second and the fourth street: everybody has to go round.
ON_MAIN = box(town.row(2) + 0.0005, town.WEST - 0.0005, town.row(3) - 0.0005, town.WEST + 0.0005)
AROUND_EAST = box(
    town.row(3) - 0.0008, town.WEST + 3 * town.STEP, town.row(3) + 0.0008, town.WEST + 0.0092
)
WORKS = Zone(ZoneId("1"), "Works", ZoneKind.CLOSED, ON_MAIN, begins=time(8), ends=time(12))


@pytest.fixture(scope="module")
def timed(region: Region) -> Iterator[TimedStreets]:
    streets = TimedStreets(region, OsrmEngine(region))
    yield streets
    streets.close()


def silent(_sentence: str, _share: float) -> None:
    """Progress nobody looks at."""


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=ZONE).astimezone(UTC)


def travel(streets: TimedStreets, *zones: Zone, speed: bool = False) -> TravelMatrix:
    traffic = Traffic(USUAL if speed else None, zones).on(DAY, ZONE)
    return streets.day_matrix(POINTS, traffic.keeping_out([(), ("electric",)]))


def matrix_at_noon(streets: TimedStreets) -> TravelMatrix:
    return travel(streets, replace(WORKS, ends=time(13)))


def test_every_segment_has_its_kind_and_length(region: Region) -> None:
    base = roads.base(region.folder, "car")
    told: list[float] = []
    count = segments.classify(str(roads.source(region.folder)), str(base), told.append)
    found = segments.read(base)
    assert len(found.origins) <= 2 * count
    assert told == [1.0]
    kinds = {CLASSES[kind] for kind in map(int, found.kinds)}
    assert kinds == {RoadClass.PRIMARY, RoadClass.SECONDARY, RoadClass.LOCAL}
    main = found.kinds == CLASSES.index(RoadClass.PRIMARY)
    assert sum(found.metres[main]) == pytest.approx(2 * 6 * 222.4, rel=0.01)  # both ways
    assert min(found.seconds) > 0


def test_half_the_speed_takes_twice_as_long(timed: TimedStreets) -> None:
    free = timed.matrix(POINTS)
    half = replace(USUAL, rows=(((50,) * 6,) * 5,) * 4)
    slow = timed.day_matrix(POINTS, Traffic(half).on(DAY, ZONE))
    assert not slow.slices
    for one, other in ((SOUTH, NORTH), (NORTH, EAST)):
        ratio = slow.seconds(one, other, at(7)) / free.seconds(one, other, at(7))
        assert 1.7 < ratio <= 2.02  # turns take as long as before
    assert timed.matrix(POINTS).durations == free.durations


def test_the_hour_decides_how_long_it_takes(timed: TimedStreets) -> None:
    matrix = travel(timed, speed=True)
    assert len(matrix.slices) >= 5
    night, morning, noon = (matrix.seconds(SOUTH, NORTH, at(hour)) for hour in (3, 8, 12))
    assert night < noon < morning
    assert matrix.source == "OSRM teststadt"


def test_a_closed_road_is_gone_round_while_it_is_closed(timed: TimedStreets) -> None:
    free, closed = timed.matrix(POINTS), travel(timed, WORKS)
    before, during = (closed.seconds(SOUTH, NORTH, at(hour)) for hour in (7, 9))
    assert before == free.seconds(SOUTH, NORTH, at(7))
    assert during > before * 1.2
    assert matrix_at_noon(timed).metres(SOUTH, NORTH) > free.metres(SOUTH, NORTH)


def test_a_line_goes_round_what_is_closed_when_it_is_driven(timed: TimedStreets) -> None:
    timed.prepare_day(Traffic(None, (WORKS,)).on(DAY, ZONE), "car", silent, threading.Event())
    day = Traffic(None, (WORKS,)).on(DAY, ZONE)
    points = [POINTS[SOUTH], POINTS[NORTH], POINTS[EAST]]
    states = [day.at(int(at(hour).timestamp())) for hour in (7, 9)]
    drawn = timed.day_geometry(points, [states[0], states[0]])
    assert drawn.legs == timed.geometry(points).legs
    through, round_it = drawn.legs[0], timed.day_geometry(points, [states[1], states[0]]).legs[0]
    assert max(point.lon for point in through) < town.WEST + 0.002
    assert max(point.lon for point in round_it) > town.WEST + 4 * town.STEP
    assert len(timed.day_geometry(points, states).legs) == 2


def test_directions_go_round_what_is_closed_when_it_is_driven(timed: TimedStreets) -> None:
    day = Traffic(None, (WORKS,)).on(DAY, ZONE)
    timed.prepare_day(day, "car", silent, threading.Event())
    points = [POINTS[SOUTH], POINTS[NORTH], POINTS[EAST]]
    before, during = (day.at(int(at(hour).timestamp())) for hour in (7, 9))
    told = timed.day_directions(points, [before, before], language="de")
    assert told == timed.directions(points, language="de")
    round_it, after = timed.day_directions(points, [during, before])
    assert sum(step.metres for step in round_it) > 1.2 * sum(step.metres for step in told[0])
    assert [step.metres for step in after] == [step.metres for step in told[1]]


def test_a_slow_zone_slows(timed: TimedStreets) -> None:
    slow = replace(WORKS, kind=ZoneKind.SLOW, percent=10)
    before, during = (travel(timed, slow).seconds(SOUTH, NORTH, at(hour)) for hour in (7, 9))
    assert before < during


def test_a_place_in_a_closed_zone_waits_until_it_opens(timed: TimedStreets) -> None:
    market = replace(WORKS, corners=AROUND_EAST)
    matrix = travel(timed, market)
    assert SHUT in matrix.slices[0].durations
    arrival = at(9).timestamp() + matrix.seconds(SOUTH, EAST, at(9))
    assert at(12).timestamp() < arrival < at(12, 10).timestamp()
    assert matrix.seconds(EAST, SOUTH, at(9)) < 600  # out one may


def test_a_place_that_is_closed_all_day_is_named(timed: TimedStreets) -> None:
    with pytest.raises(Unreachable) as told:
        travel(timed, replace(WORKS, corners=AROUND_EAST, begins=time(), ends=time()))
    assert {target for _, target in told.value.pairs} == {EAST}


def test_a_low_emission_zone_is_closed_to_those_it_bars(timed: TimedStreets) -> None:
    timed_zone = replace(WORKS, kind=ZoneKind.LOW_EMISSION, allowed=("electric",))
    green = replace(timed_zone, begins=time(), ends=time())
    matrix = travel(timed, green)
    electric = matrix.of(matrix.key_for("car", ("electric", "lift")))
    diesel = matrix.of(matrix.key_for("car", ("lift",)))
    assert electric is matrix
    assert diesel.profile == barred_key("car", (0,))
    assert diesel.seconds(SOUTH, NORTH, at(9)) > electric.seconds(SOUTH, NORTH, at(9)) * 1.2
    inside = travel(timed, replace(green, corners=AROUND_EAST))
    cells = inside.of(inside.key_for("car", ())).durations
    assert cells[inside.cell(0, 2)] == UNREACHABLE
    assert inside.durations[inside.cell(0, 2)] < 600
    waits = travel(timed, replace(timed_zone, corners=AROUND_EAST))
    barred = waits.of(waits.key_for("car", ()))
    assert barred.seconds(SOUTH, EAST, at(7)) < 600
    assert at(9).timestamp() + barred.seconds(SOUTH, EAST, at(9)) > at(12).timestamp()


def test_delivery_hours_limit_the_places_inside(timed: TimedStreets) -> None:
    zone = replace(WORKS, kind=ZoneKind.DELIVERY_HOURS, corners=AROUND_EAST)
    matrix = travel(timed, zone)
    assert set(matrix.hours) == {EAST}
    assert (at(8).timestamp(), at(12).timestamp()) in matrix.hours[EAST][0]
    assert not matrix.slices


def test_speeds_are_built_once_and_a_cancelled_build_leaves_nothing(region: Region) -> None:
    state = SpeedState((42,) * 6)
    stop = threading.Event()
    stop.set()
    home = roads.base(region.folder, "car").parent.parent
    with pytest.raises(children.Cancelled):
        speeds.build(region.folder, "car", state, stop)
    assert not [f for f in home.iterdir() if state.key in f.name or "building" in f.name]
    name = speeds.build(region.folder, "car", state, threading.Event())
    made = roads.base(region.folder, name).with_name("map.osrm.hsgr")
    written = made.stat().st_mtime_ns
    assert speeds.build(region.folder, "car", state, threading.Event()) == name
    assert made.stat().st_mtime_ns == written
    assert not speeds.is_built(region.folder, "car", SpeedState((43,) * 6))


def test_a_day_is_prepared_with_progress(timed: TimedStreets) -> None:
    told: list[float] = []
    slow = Traffic(None, (replace(WORKS, kind=ZoneKind.SLOW, percent=33),)).on(DAY, ZONE)
    timed.prepare_day(slow, "car", lambda _sentence, share: told.append(share), threading.Event())
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert speeds.is_built(timed.folder, "car", slow.distinct[-1])


def test_a_bicycle_is_not_slowed_but_kept_out() -> None:
    traffic = Traffic(USUAL, (WORKS, replace(WORKS, id=ZoneId("2"), kind=ZoneKind.SLOW)))
    state = traffic.on(DAY, ZONE).at(int(at(9).timestamp()))
    assert speeds.name_of("car", state) == f"car@speeds-{state.key}"
    ridden = SpeedState(areas=tuple(area for area in state.areas if not area.percent))
    assert len(ridden.areas) == 1
    assert speeds.name_of("bicycle", state) == f"bicycle@speeds-{ridden.key}"
    assert speeds.name_of("foot", SpeedState((50,) * 6)) == "foot"


def test_a_state_survives_the_way_to_a_child() -> None:
    state = Traffic(USUAL, (WORKS,)).on(DAY, ZONE).at(int(at(9).timestamp()))
    assert SpeedState(*speeds.unpacked(speeds.packed(state))) == state


def test_a_region_without_kinds_of_road_says_what_to_do(tmp_path: Path, region: Region) -> None:
    base = roads.base(tmp_path, "car")
    base.parent.mkdir(parents=True)
    for ending in ("geometry", "nbg_nodes"):
        there = roads.base(region.folder, "car").with_name(f"map.osrm.{ending}")
        base.with_name(f"map.osrm.{ending}").write_bytes(there.read_bytes())
    with pytest.raises(ConsoleError, match="cannot be given other speeds") as told:
        segments.read(base)
    assert "extract again" in told.value.remedy
    base.with_name("map.osrm.geometry").write_bytes(b"no tar")
    with pytest.raises(ConsoleError, match="geometry is not as expected"):
        segments.read(base)
