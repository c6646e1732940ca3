"""What a street does not let through, on the map data itself: which of two roads is taken."""

from collections.abc import Iterator

import pytest

from console.dispatch.ports import Region
from console.geo import roads
from console.geo.engines.contract import Engine
from console.geo.engines.own_osrm import OsrmEngine
from console.geo.engines.own_valhalla import ValhallaEngine
from console.geo.roadsets import RoadSets
from tests.geo import crossing
from tests.geo.crossing import CROSSINGS

SHUT_TO = {
    "car": {"bollard", "zone", "zone with hours", "deliveries only", "no straight on"},
    "van": {
        "low bridge",
        "bollard",
        "zone",
        "zone with hours",
        "deliveries only",
        "no straight on",
    },
    "truck": {
        "low bridge",
        "weak bridge",
        "narrow",
        "short",
        "no lorries",
        "bollard",
        "zone",
        "zone with hours",
        "deliveries only",
        "no straight on",
    },
    "truck-h2.4-w2-l6-t3.5-hazmat": {
        "no lorries",
        "no dangerous goods",
        "bollard",
        "zone",
        "zone with hours",
        "deliveries only",
        "no straight on",
    },
    "bicycle": {"zone", "zone with hours", "deliveries only", "no straight on"},  # pushed there
    "foot": set[str](),
}
"""Where a vehicle takes the way round on its way east; a zone only lets in who has to go there."""
WALKED_ROUND = {"OSRM": set[str](), "Valhalla": {"deliveries only"}}
"""Valhalla takes a street that vehicles may only deliver to for one that walkers should avoid."""
ONE_WAY = {"car", "van", "truck", "bicycle"}
MONDAY_8, MONDAY_14, SUNDAY_8 = 8 * 60, 14 * 60, 6 * 1440 + 8 * 60
"""Minutes of the week."""


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Region:
    return crossing.region(tmp_path_factory.mktemp("crossings"))


@pytest.fixture(scope="module", params=[OsrmEngine, ValhallaEngine])
def engine(region: Region, request: pytest.FixtureRequest) -> Iterator[Engine]:
    engine = request.param(region)
    yield engine
    engine.close()


def shut(engine: Engine, profile: str, *, eastward: bool = True) -> set[str]:
    """The crossings whose straight road is not taken."""
    found: set[str] = set()
    for name in CROSSINGS:
        ends = [crossing.west(name), crossing.east(name)]
        points = [(each.lon, each.lat) for each in (ends if eastward else ends[::-1])]
        metres = engine.table(profile, points, [0], [1]).metres[0, 0]
        if metres > 1.1 * ends[0].metres_to(ends[1]):
            found.add(name)
    return found


def expected(engine: Engine, profile: str) -> set[str]:
    walked = WALKED_ROUND[engine.name.partition(" ")[0]] if profile == "foot" else set[str]()
    return SHUT_TO[profile] | walked


def off_road(engine: Engine, profile: str, name: str) -> float:
    """Metres from the middle of the straight road to a road that a vehicle may use."""
    middle = crossing.middle(name)
    ((_, metres),) = engine.nearest(profile, [(middle.lon, middle.lat)])
    return metres


@pytest.mark.parametrize("profile", SHUT_TO)
def test_a_vehicle_keeps_to_the_roads_that_let_it_through(engine: Engine, profile: str) -> None:
    assert shut(engine, profile) == expected(engine, profile)


@pytest.mark.parametrize("profile", ["car", "foot"])
def test_a_one_way_street_is_one_way_for_those_who_drive(engine: Engine, profile: str) -> None:
    others = expected(engine, profile) - {"no straight on"}  # which is for who comes from the west
    one_way = {"one way"} if profile in ONE_WAY else set[str]()
    assert shut(engine, profile, eastward=False) == others | one_way


def test_who_delivers_gets_into_the_zone(engine: Engine) -> None:
    for profile in ("car", "van", "truck"):
        assert off_road(engine, profile, "deliveries only") < 1
        assert off_road(engine, profile, "zone") > 100


def test_a_zone_is_open_in_its_hours(region: Region) -> None:
    engine = OsrmEngine(region)
    sets = RoadSets(region.folder)
    by_hour = {"": None, "mo8": MONDAY_8, "mo14": MONDAY_14, "su8": SUNDAY_8}
    off: dict[str, float] = {}
    taken: dict[str, bool] = {}
    try:
        for part, minute in by_hour.items():
            wanted = roads.Build("van", part, minute)
            sets.make(wanted)
            off[part] = off_road(engine, wanted.name, "zone with hours")
            taken[part] = "closed by day" not in shut(engine, wanted.name)
    finally:
        engine.close()
    assert {part for part, metres in off.items() if metres < 1} == {"", "mo8"}
    assert {part for part, is_taken in taken.items() if is_taken} == {"", "mo14"}
