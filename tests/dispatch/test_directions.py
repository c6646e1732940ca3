"""A route in words: every place it passes, on the roads that are open then; and for phones."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from console.dispatch.directions import directions, spoken_by
from console.dispatch.maplinks import MapLink
from console.dispatch.orderwork import note_access
from console.dispatch.phone import pieces
from console.dispatch.picture import Picture
from console.dispatch.registers import ShiftTemplate
from console.dispatch.trafficwork import put_zone
from console.domain.commands import AmendShift, MoveStops
from console.domain.load import Capacity
from console.domain.places import Access, Coordinate
from console.domain.plan import RouteId, StopId
from console.domain.zones import Zone, ZoneId, ZoneKind
from tests.dispatch.consoles import World, begun, journey, row
from tests.dispatch.prints import picture

ROWS = tuple(
    row(name, f"Weg {number}") for name, number in zip("ABC", (100, 300, 200), strict=True)
)
SOMEWHERE = tuple(
    Coordinate(lat, lon) for lat, lon in ((48.0, 9.0), (48.0, 9.1), (48.1, 9.1), (48.1, 9.0))
)


async def planned(station, world) -> RouteId:
    await begun(station, world, *ROWS)
    (route,) = station.picture.plan.routes
    await station.submit(MoveStops(tuple(StopId(f"s:{name}") for name in "ABC"), route))
    return route


@journey
async def test_the_way_leads_from_stop_to_stop_and_home(world: World) -> None:
    with world.console() as station:
        route = await planned(station, world)
        told: list[float] = []
        found = await directions(station, [route], "pl", lambda _, share: told.append(share))
        legs = found[route]
        assert [leg.number for leg in legs] == [1, 2, 3, 0]
        assert [leg.name for leg in legs] == ["Weg 100", "Weg 300", "Weg 200", "Depot, Weg 1"]
        assert {step.sentence for leg in legs for step in leg.steps} == {"pl car"}
        assert legs[1].metres == pytest.approx(2244, abs=10)
        assert told == [0.0]


@journey
async def test_a_driver_is_told_in_her_own_language(world: World) -> None:
    with world.console() as station:
        route = await planned(station, world)
        fleet, depot = station.services.fleet, station.depot
        assert depot is not None
        today = station.picture.plan.routes[route].shift
        driver = today.driver
        assert await spoken_by(station) == {}
        shift = ShiftTemplate(driver, today.vehicle, time(8), time(16), language="ro")
        fleet.put_templates(depot.id, [shift])
        own = await spoken_by(station)
        assert own == {driver: "ro"}
        legs = (await directions(station, [route], "pl", own=own))[route]
        assert {step.sentence for leg in legs for step in leg.steps} == {"ro car"}


@journey
async def test_it_passes_the_depot_where_it_loads_again(world: World) -> None:
    with world.console() as station:
        route = await planned(station, world)
        shift = station.picture.plan.routes[route].shift
        small = replace(
            shift, capacity=Capacity(pieces=2), reloads=1, reload_time=timedelta(minutes=5)
        )
        await station.submit(AmendShift(route, small))
        legs = (await directions(station, [route]))[route]
        assert sorted(leg.number for leg in legs) == [0, 0, 1, 2, 3]
        assert [leg.name for leg in legs].count("Depot, Weg 1") == 2
        assert len(pieces(station.picture, route, MapLink.GOOGLE)) == 2
        open_ended = replace(shift, open_ended=True)
        await station.submit(AmendShift(route, open_ended))
        legs = (await directions(station, [route]))[route]
        assert [leg.number for leg in legs] == [1, 2, 3]


@journey
async def test_roads_are_those_that_are_open_when_it_drives_there(world: World) -> None:
    with world.console() as station:
        route = await planned(station, world)
        leaves = station.picture.schedules[route].start
        begin = station.picture.local(leaves + timedelta(seconds=1)).time()
        works = Zone(
            ZoneId("z"), "Works", ZoneKind.CLOSED, SOMEWHERE, begins=begin, ends=time(23, 59)
        )
        await put_zone(station, works)
        legs = (await directions(station, [route]))[route]
        assert [step.kind for leg in legs for step in leg.steps] == ["open", *["closed"] * 3]


@journey
async def test_nothing_is_told_of_what_is_not_planned(world: World) -> None:
    with world.console() as station:
        await begun(station, world, *ROWS)
        (route,) = station.picture.plan.routes
        assert await directions(station, [route]) == {}


@journey
async def test_the_code_leads_to_where_the_van_stands(world: World) -> None:
    with world.console() as station:
        route = await planned(station, world)
        first = station.picture.plan.stops[StopId("s:A")]
        access = Access("4711", parking=Coordinate(47.5, 9.5))
        await note_access(station, first.place, access)
        assert station.picture.labels[first.id].access == access
        one, *_ = pieces(station.picture, route, MapLink.GEO)
        assert one.link == "geo:47.500000,9.500000?q=47.500000,9.500000"


@pytest.fixture
def long() -> tuple[Picture, RouteId]:
    """A route of 23 stops: its three visits over and over."""
    drawn = picture()
    route = next(r for r, s in drawn.schedules.items() if len(s.visits) == 3)
    schedule = drawn.schedules[route]
    many = replace(schedule, visits=(schedule.visits * 8)[:23])
    return replace(drawn, schedules={**drawn.schedules, route: many}), route


def test_pieces_hold_what_an_app_takes(long: tuple[Picture, RouteId]) -> None:
    for kind in (MapLink.GOOGLE, MapLink.APPLE):
        found = pieces(*long, kind)
        assert [(p.first, p.last) for p in found] == [(1, 10), (11, 20), (21, 23)]
        assert found[0].words == "Stops 1 to 10"
        assert all(len(p.link) < 2048 for p in found)
    assert [p.last for p in pieces(*long, MapLink.GEO)] == list(range(1, 24))
    assert pieces(*long, MapLink.OSM)[4].words == "Stop 5"


def test_a_link_through_stops_keeps_their_order(long: tuple[Picture, RouteId]) -> None:
    *_, google = pieces(*long, MapLink.GOOGLE)
    assert google.link == (
        "https://www.google.com/maps/dir/?api=1&travelmode=driving"
        "&destination=47.00200,9.50000&waypoints=47.00300,9.50000%7C47.00100,9.50000"
    )
    *_, apple = pieces(*long, MapLink.APPLE)
    assert apple.link == (
        "https://maps.apple.com/directions?destination=47.00200,9.50000"
        "&waypoint=47.00300,9.50000&waypoint=47.00100,9.50000&mode=driving"
    )


def test_a_route_without_a_timetable_has_no_pieces(long: tuple[Picture, RouteId]) -> None:
    drawn, route = long
    assert pieces(replace(drawn, schedules={}), route, MapLink.GOOGLE) == []
