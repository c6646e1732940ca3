"""Speeds learned from days that the simulator drove, whose true pace is known."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from console.dispatch.extracts import Cancelled
from console.dispatch.fleetwork import import_fleet, open_usual_shifts
from console.dispatch.kindofday import Incident, IncidentKind, Scenario
from console.dispatch.learning import learn_speeds
from console.dispatch.noticeboard import Noticeboard
from console.dispatch.orderwork import locate_day, read_file, take_in
from console.dispatch.station import Station
from console.dispatch.tracking import Tracking
from console.dispatch.trafficwork import set_speeds
from console.domain.commands import MoveStops, ReleaseRoutes
from console.domain.errors import ConsoleError
from console.domain.speeds import USUAL
from console.simulator.clock import SimulatedClock
from console.simulator.day import SimulatedDay, Surface, on_day
from tests.dispatch.consoles import DAY, SetClock, World, begun, journey, local, row

PACE, JAM = 1.2, 1.4
NAMES = ("Ida", "Ole", "Pia")
STOPS, DAYS = 13, 4  # a driver; Monday to Thursday
SIMULATED = Scenario(
    "usual",
    "Usual",
    pace=PACE,
    incidents=(Incident(IncidentKind.SLOW, at=time(6, 30), until=time(9, 30), factor=JAM),),
)
MORNING, MIDDAY = (0, 1), (0, 2)
"""Monday to Thursday from 06:30 to 09:30, and from then to 15:30."""


async def drive(station: Station, world: World, day: date, number: int) -> None:
    """Plan a day and let the simulator drive it."""
    clock, board = SimulatedClock(local(5) + (day - DAY)), Noticeboard()
    station.services = replace(station.services, clock=clock, notices=board)
    await station.open(day)
    if number == 0:
        await import_fleet(station, world.fleet(*NAMES, shift="08:50,16:00"))
    else:
        await open_usual_shifts(station)
    rows = [row(f"d{number}o{i:02}", f"Weg {60 + 40 * i + number}") for i in range(3 * STOPS)]
    await take_in(station, await read_file(station, world.orders(*rows)))
    await locate_day(station)
    plan = station.picture.plan
    routes = sorted(plan.routes, key=lambda r: station.picture.drivers[r].number)
    stops = sorted(plan.stops, key=lambda s: plan.stops[s].orders[0].id)
    for i, route in enumerate(routes):
        await station.submit(MoveStops(tuple(stops[i::3]), route))
    surface = Surface(await station.streets(), station.services.lanes)
    simulated = SimulatedDay(on_day(SIMULATED, number), clock, Tracking(station), surface)
    board.follow(simulated)
    await station.submit(ReleaseRoutes(tuple(routes)))
    await simulated.advance(local(21) + (day - DAY))


@pytest.fixture(scope="module")
def driven(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A depot whose drivers were out for four days."""
    world = World(tmp_path_factory.mktemp("driven"))

    async def run() -> None:
        with world.console() as station:
            for number in range(DAYS):
                await drive(station, world, DAY + timedelta(days=number), number)

    asyncio.run(run())
    return world


@contextmanager
def afterwards(world: World) -> Iterator[Station]:
    """The day after the last one."""
    with world.console(clock=SetClock(local(7) + timedelta(days=DAYS))) as station:
        yield station


def test_the_simulators_pace_is_recovered(driven: World) -> None:
    @journey
    async def run() -> None:
        with afterwards(driven) as station:
            await station.open()
            told = list[float]()
            found = await learn_speeds(station, USUAL, lambda _, share: told.append(share))
            assert (found.days, told[0]) == (DAYS, 0.0)
            assert {cell for rows in found.table.rows for row in rows for cell in row} == {100}
            morning, midday = found.found[MORNING], found.found[MIDDAY]
            for learned, true in ((morning, PACE * JAM), (midday, PACE)):
                assert learned.low <= true <= learned.high
                assert learned.high - learned.low < 0.35
                assert learned.is_sure
                assert learned.after < learned.before

    run()


def test_speeds_in_force_are_what_it_is_measured_against(driven: World) -> None:
    @journey
    async def run() -> None:
        with afterwards(driven) as station:
            await station.open()
            await set_speeds(station, USUAL)
            found = await learn_speeds(station, USUAL)
            flat = USUAL.rows[0][MORNING[1]][2] / 100  # all roads of this country are primary
            morning = found.found[MORNING]
            assert morning.low <= PACE * JAM * flat <= morning.high
            assert station.traffic.value.speeds == USUAL  # nothing is in force by itself
            later = replace(USUAL.slices[1], begins=time(7))
            moved = replace(USUAL, slices=(USUAL.slices[0], later, *USUAL.slices[2:]))
            with pytest.raises(ConsoleError, match="not in force yet"):
                await learn_speeds(station, moved)

    run()


def test_it_can_be_called_off(driven: World) -> None:
    def stop(sentence: str, share: float) -> None:
        if share:
            raise Cancelled

    @journey
    async def run() -> None:
        with afterwards(driven) as station:
            await station.open()
            with pytest.raises(Cancelled):
                await learn_speeds(station, USUAL, stop)

    run()


@journey
async def test_a_depot_that_was_never_out_learns_nothing(world: World) -> None:
    with world.console() as station:
        await begun(station, world, row("A", "Weg 10"))
        found = await learn_speeds(station, USUAL)
        assert (found.days, found.legs, dict(found.found)) == (0, 0, {})
