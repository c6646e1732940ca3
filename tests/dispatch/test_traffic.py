"""Changing the traffic of a depot: new times behind the old ones, undone, seen by all consoles."""

from dataclasses import replace
from datetime import time, timedelta

from console.dispatch.daytraffic import nothing_told
from console.dispatch.station import Station
from console.dispatch.trafficwork import put_zone, remove_zone, set_speeds, stops_in
from console.domain.commands import MoveStops
from console.domain.places import Coordinate
from console.domain.plan import RouteId, StopId
from console.domain.speeds import USUAL
from console.domain.traffic import NO_TRAFFIC, Traffic
from console.domain.violations import Rule
from console.domain.zones import Zone, ZoneId, ZoneKind
from tests.dispatch.consoles import DAY, EVENING_BEFORE, SetClock, World, begun, journey, row

A, B = StopId("s:A"), StopId("s:B")
ROWS = (row("A", "Weg 10"), row("B", "Weg 2000"))
AROUND_B = tuple(
    Coordinate(lat, lon) for lat, lon in ((47.15, 9.4), (47.15, 9.6), (47.25, 9.6), (47.25, 9.4))
)
MORNING = Zone(
    ZoneId("z1"), "Market", ZoneKind.DELIVERY_HOURS, AROUND_B, begins=time(6), ends=time(8, 15)
)


async def planned(station: Station, world: World) -> RouteId:
    await begun(station, world, *ROWS)
    (route,) = station.picture.plan.routes
    await station.submit(MoveStops((A, B), route))
    return route


def driving(station: Station, route: RouteId) -> timedelta:
    return station.picture.schedules[route].duration


@journey
async def test_other_speeds_change_the_times_and_the_plan_names_them(world: World) -> None:
    with world.console() as station:
        route = await planned(station, world)
        free = driving(station, route)
        assert station.traffic.served == NO_TRAFFIC
        await set_speeds(station, USUAL)
        assert driving(station, route) > free
        day = station.workday.desk.plan.day
        assert day is not None
        assert day.traffic_version == Traffic(USUAL).version
        await station.undo()
        assert driving(station, route) == free
        await station.redo()
        assert driving(station, route) > free
    with world.console() as station:
        await station.open(DAY + timedelta(days=7))
        assert station.traffic.wanted(station.workday.desk.plan) == NO_TRAFFIC  # not read yet
        await station.refresh()
        assert station.traffic.value.speeds == USUAL


@journey
async def test_the_traffic_that_a_return_brought_back_holds_for_other_days(world: World) -> None:
    with world.console() as station:
        route = await planned(station, world)
        before, free = station.workday.desk.plan.version, driving(station, route)
        await set_speeds(station, USUAL)
        await station.return_to(before)
        assert driving(station, route) == free
    with world.console() as station:
        await station.open(DAY + timedelta(days=7))
        await station.refresh()
        assert station.traffic.value == Traffic()


@journey
async def test_the_times_before_serve_until_the_new_ones_are_built(world: World) -> None:
    with world.console() as station:
        route = await planned(station, world)
        free, seen = driving(station, route), list[tuple[float, timedelta]]()

        def told(_sentence: str, share: float) -> None:
            seen.append((share, driving(station, route)))

        await set_speeds(station, USUAL, told)
        assert seen == [(0.0, free)]
        assert driving(station, route) > free


@journey
async def test_a_build_that_another_one_replaces_changes_nothing(world: World) -> None:
    with world.console() as station:
        route = await planned(station, world)
        free = driving(station, route)
        await set_speeds(station, USUAL, lambda _sentence, _share: station.traffic.call_off())
        assert driving(station, route) == free
        await station.refresh()
        assert driving(station, route) > free


@journey
async def test_delivery_hours_are_a_rule_of_the_stops_inside(world: World) -> None:
    with world.console() as station:
        route = await planned(station, world)
        assert stops_in(station, MORNING) == [B]
        assert not station.picture.schedules[route].violations
        await put_zone(station, MORNING)
        late = station.picture.schedules[route].violations
        assert [(v.rule, v.stop) for v in late] == [(Rule.LATE, B)]
        await put_zone(station, replace(MORNING, ends=time(18)))
        assert not station.picture.schedules[route].violations
        assert [zone.ends for zone in station.traffic.value.zones] == [time(18)]
        await remove_zone(station, MORNING.id)
        assert station.traffic.value == Traffic()


@journey
async def test_another_console_sees_the_zone(world: World) -> None:
    with world.console() as ada, world.console("bea") as bea:
        await planned(ada, world)
        await bea.open(DAY)
        await bea.refresh()
        await put_zone(ada, MORNING)
        await bea.pull()
        assert bea.traffic.value.zones == (MORNING,)
        assert bea.picture.schedules == ada.picture.schedules


@journey
async def test_a_day_that_is_over_keeps_its_traffic(world: World) -> None:
    with world.console() as station:
        route = await planned(station, world)
        await set_speeds(station, USUAL)
        slow = driving(station, route)
        await station.open(DAY + timedelta(days=1))
        await set_speeds(station, None)
    later = SetClock(EVENING_BEFORE + timedelta(days=2))
    with world.console(clock=later) as station:
        await station.open(DAY)
        await station.refresh()
        assert driving(station, route) == slow
        nothing_told("", 0.0)
