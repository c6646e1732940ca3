"""Positions of a day: arrivals become facts once, whatever phones do."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from console.dispatch.registers import Track
from console.dispatch.reporting import record
from console.dispatch.station import Station, stream_of
from console.dispatch.street import Position, Street
from console.dispatch.tracking import AT_A_TIME, Tracking
from console.domain.commands import MoveStops
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate
from console.domain.plan import FactKind, RouteId, StopId, StopStatus
from tests.dispatch.consoles import SetClock, World, begun, journey, local, row

HOUR = timedelta(hours=1)


async def under_way(station: Station, world: World) -> tuple[RouteId, list[StopId], Street]:
    """Ida has four stops in a row, 1.1 km apart."""
    await begun(station, world, *(row(f"o{i}", f"Weg {100 * i + 100}") for i in range(4)))
    (route,) = station.picture.plan.routes
    plan = station.picture.plan
    stops = sorted(plan.stops, key=lambda s: plan.stops[s].orders[0].id)
    await station.submit(MoveStops(tuple(stops), route))
    await record(station, FactKind.DEPARTED, route, local(8))
    return route, stops, Tracking(station)


def at(station: Station, stop: StopId, north: float = 0.0) -> Coordinate:
    point = station.picture.labels[stop].coordinate
    assert point is not None
    return Coordinate(point.lat + north / 111_195, point.lon)


def standing(route: RouteId, point: Coordinate, hour: float, seconds: int) -> list[Position]:
    begin = local(hour)
    steps = range(0, seconds + 1, 10)
    return [Position(route, begin + timedelta(seconds=s), point) for s in steps]


@journey
async def arrives(world: World) -> None:
    with world.console(clock=SetClock(local(9))) as station:
        route, stops, street = await under_way(station, world)
        stay = standing(route, at(station, stops[0], 12), 8.2, 60)
        await street.accept(stay)
        plan = station.picture.plan
        assert plan.stops[stops[0]].status is StopStatus.ARRIVED
        assert station.picture.visits[stops[0]].arrival == local(8.2)
        facts = dict(plan.facts)
        await street.accept(stay)  # sent again
        assert station.picture.plan.facts == facts
        drive = [
            Position(route, local(8.3), at(station, stops[0], 300)),
            Position(route, local(8.31), at(station, stops[0], 500)),
        ]
        await street.accept(drive)
        assert [f.kind for f in station.picture.plan.facts.values()][-1] is FactKind.DEPARTED
        assert station.picture.visits[stops[0]].departure == local(8.3)


def test_a_driver_who_stands_at_a_stop_has_arrived(world: World) -> None:
    arrives(world)


@journey
async def seen(world: World) -> None:
    with world.console(clock=SetClock(local(9))) as station:
        route, stops, street = await under_way(station, world)
        assert isinstance(street, Tracking)
        moved: list[Collection[RouteId]] = []
        street.follow(moved.append)
        between = at(station, stops[1], 20)
        aside = Coordinate(between.lat, between.lon + 0.0001)
        await street.accept(
            [Position(route, local(9), aside), Position(RouteId("x"), local(9), aside)]
        )
        where = street.seen(route)
        assert where is not None
        assert where.along is not None
        assert 0 < (where.off or 0) < 60
        assert not where.is_stale(local(9.01))
        assert where.is_stale(local(9.1))
        assert [set(each) for each in moved] == [{route}]
        off = Coordinate(between.lat, between.lon + 0.005)
        await street.accept([Position(route, local(9.1), off, heading=90)])
        where = street.seen(route)
        assert where is not None
        assert (where.point, where.heading, where.off) == (off, 90, None)
        assert street.seen(RouteId("x")) is None


def test_a_driver_is_shown_on_her_line_or_where_she_says_she_is(world: World) -> None:
    seen(world)


@journey
async def retracted(world: World) -> None:
    with world.console(clock=SetClock(local(9))) as station:
        route, stops, street = await under_way(station, world)
        await street.accept(standing(route, at(station, stops[0]), 8.2, 60))
        await record(station, FactKind.DELIVERED, stops[0], local(8.25))
        await station.submit(MoveStops((stops[3],), None))
        await street.accept(standing(route, at(station, stops[1]), 8.5, 60))
        stops_now = station.picture.plan.stops
        assert stops_now[stops[0]].status is StopStatus.DELIVERED
        assert stops_now[stops[1]].status is StopStatus.ARRIVED


def test_a_route_that_changes_is_followed_on(world: World) -> None:
    retracted(world)


@journey
async def is_seen_again(world: World) -> None:
    with world.console(clock=SetClock(local(9))) as station:
        route, stops, street = await under_way(station, world)
        stay = standing(route, at(station, stops[0], 12), 8.2, 60)
        await street.accept(stay[:2])
        ways = station.services.positions
        day = station.picture.plan.day
        assert ways is not None
        assert day is not None
        stream = stream_of(day.depot, day.service_day)
        assert ways.of_day(stream) == {}  # a few are not worth a transaction
        await street.accept(stay)
        assert [each.at for each in ways.of_day(stream)[route]] == [
            local(8.2) + timedelta(seconds=s) for s in (0, 20, 40, 60)
        ]
    with world.console("ben", clock=SetClock(local(9))) as other:
        await other.open(day.service_day)
        tracking = Tracking(other)
        assert tracking.seen(route) is None
        await tracking.resume()
        seen = tracking.seen(route)
        assert seen is not None
        assert (seen.at, seen.along) == (local(8.2) + timedelta(seconds=60), None)
        assert seen.is_stale(local(9))


def test_another_window_knows_where_she_was(world: World) -> None:
    is_seen_again(world)


class OutOfReach:
    """A server that is gone, then there again."""

    def __init__(self) -> None:
        self.is_there, self.kept = False, list[Track]()

    def put(self, stream: str, tracks: Sequence[Track]) -> None:
        if not self.is_there:
            raise ConsoleError("The server does not answer.")
        self.kept += tracks

    def of_day(self, stream: str) -> dict[RouteId, list[Position]]:
        return {}


@journey
async def waits(world: World) -> None:
    with world.console(clock=SetClock(local(9))) as station:
        route, stops, _ = await under_way(station, world)
        gone = OutOfReach()
        station.services = replace(station.services, positions=gone)
        street = Tracking(station)
        stay = standing(route, at(station, stops[0], 12), 8.2, 60)
        await street.accept(stay)  # her arrival is noted all the same
        assert station.picture.plan.stops[stops[0]].status is StopStatus.ARRIVED
        gone.is_there = True
        away = standing(route, at(station, stops[0], 500), 8.3, 30)
        await street.accept(away)
        (track,) = gone.kept
        assert (track.driver, len(track.positions)) == (
            station.picture.plan.routes[route].shift.driver,
            4 + 2,
        )


def test_positions_wait_for_a_server_that_is_gone(world: World) -> None:
    waits(world)


ROUTES, FIXES = 60, 100


@journey
async def a_thousand_a_second(world: World) -> None:
    """Six thousand positions by as many phones as there are routes, each in order, none waiting."""
    with world.console(clock=SetClock(local(9))) as station:
        names = [f"Driver {number:02}" for number in range(ROUTES)]
        rows = [row(f"o{i:02}", f"Weg {100 * i + 100}") for i in range(ROUTES)]
        await begun(station, world, *rows, drivers=names)
        plan = station.picture.plan
        stops = sorted(plan.stops, key=lambda s: plan.stops[s].orders[0].id)
        pairs = list(zip(plan.routes, stops, strict=True))
        for route, stop in pairs:
            await station.submit(MoveStops((stop,), route))
            await record(station, FactKind.DEPARTED, route, local(8))
        station.services = replace(station.services, positions=(kept := OutOfReach()))
        kept.is_there = True
        street, turns = Tracking(station), [0]

        async def window() -> None:
            while True:
                turns[0] += 1
                await asyncio.sleep(0)

        beside = asyncio.create_task(window())
        stays = [standing(r, at(station, s, 12), 8.2, 10 * FIXES - 10) for r, s in pairs]
        each_alone = (street.accept([fix]) for fixes in zip(*stays, strict=True) for fix in fixes)
        await asyncio.gather(*each_alone)
        alone = turns[0]
        late = [[replace(fix, at=fix.at + HOUR) for fix in stay] for stay in stays]
        await street.accept([fix for stay in late for fix in stay])
        beside.cancel()
        await street.keep()
        assert turns[0] - alone >= ROUTES * FIXES // 2 // AT_A_TIME
        for (route, stop), stay in zip(pairs, late, strict=True):
            where = street.seen(route)
            assert where is not None
            assert (where.at, where.along is not None) == (stay[-1].at, True)
            assert station.picture.plan.stops[stop].status is StopStatus.ARRIVED
        found: dict[RouteId, list[Position]] = {}
        for track in kept.kept:
            found.setdefault(track.route, []).extend(track.positions)
        for (route, _), stay, later in zip(pairs, stays, late, strict=True):
            wanted = [*stay[::2], *later[::2]]  # one in fifteen seconds, of those that come in ten
            assert found[route] == wanted


def test_a_thousand_a_second_are_all_taken_in_and_the_window_has_its_turns(world: World) -> None:
    a_thousand_a_second(world)


@journey
async def waits_for_a_save(world: World) -> None:
    """A look for colleagues that waited while an arrival was saved: everything was drawn anew."""
    with world.console(clock=SetClock(local(9))) as station:
        route, stops, _ = await under_way(station, world)
        desk, saving = station.workday.desk, station._saving
        async with saving._saving:
            pulled = asyncio.create_task(saving.pull(desk))
            await asyncio.sleep(0)
            station.workday.submit(MoveStops((stops[3],), None))
            desk.flush()
        assert not await pulled
        with world.console("ben", clock=SetClock(local(9))) as other:
            day = station.picture.plan.day
            assert day is not None
            await other.open(day.service_day)
            await other.submit(MoveStops((stops[3],), route))
        assert await saving.pull(desk)


def test_what_we_saved_ourselves_is_no_news_of_colleagues(world: World) -> None:
    waits_for_a_save(world)
