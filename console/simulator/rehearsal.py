"""Whole days without a window: orders and fleet in, planned, released, driven, checked."""

import gc
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from console.dispatch.fleetwork import import_fleet
from console.dispatch.forecasting import Forecast
from console.dispatch.kindofday import Scenario
from console.dispatch.lanes import Lane
from console.dispatch.memory import give_back, resident
from console.dispatch.noticeboard import Noticeboard
from console.dispatch.optimising import optimise
from console.dispatch.orderwork import locate_day, read_file, take_in
from console.dispatch.services import Services
from console.dispatch.station import Station
from console.dispatch.tracking import Tracking
from console.domain.commands import ReleaseRoutes
from console.domain.etas import EtaErrors
from console.domain.plan import Plan, StopStatus
from console.planning.run import Terms
from console.simulator.clock import SimulatedClock
from console.simulator.day import SimulatedDay, Surface, on_day
from console.simulator.invariants import broken

FIRST_DAY = date(2031, 1, 6)  # a Monday; the same days give the same figures
STOPS_A_DRIVER, HOMES_A_DRIVER = 25, 15
HOME_DELIVERY = 150  # orders up to which they are furniture and groceries (``orders``)
EVENING = timedelta(hours=22)
NIGHT = timedelta(hours=3)  # before anybody is at work

Say = Callable[[str], None]
Files = Callable[[int], tuple[Path, Path]]
"""Writes the orders and the fleet of a day, from 0; answers both files."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What is asked for: so many days of so many orders, and what kind of days."""

    days: int
    stops: int
    scenario: Scenario
    drivers: int = 0

    @property
    def crew(self) -> int:
        """Drivers a day: unless told, as many as these orders keep busy."""
        a_driver = STOPS_A_DRIVER if self.stops > HOME_DELIVERY else HOMES_A_DRIVER
        return self.drivers or max(2, round(self.stops / a_driver))


@dataclass(slots=True)
class Tally:
    """What came of it.

    ``memory_growth`` is that of the process from the first day's end to the last one's, as a share;
    None where it cannot be read, or there is one day only.
    """

    stops: int = 0
    delivered: int = 0
    failed: int = 0
    open: int = 0
    invariant_breaks: int = 0
    wall_seconds: float = 0.0
    memory_growth: float | None = None

    def add(self, plan: Plan) -> None:
        """One more day."""
        statuses = [stop.status for stop in plan.stops.values()]
        self.stops += len(statuses)
        self.delivered += statuses.count(StopStatus.DELIVERED)
        self.failed += statuses.count(StopStatus.FAILED)
        self.open += len(statuses) - sum(
            status in (StopStatus.DELIVERED, StopStatus.FAILED) for status in statuses
        )

    def as_json(self) -> str:
        """The last line of ``doorstep simulate``."""
        return json.dumps(asdict(self))


async def rehearse(
    services: Services, region: str, wanted: Rehearsal, files: Files, say: Say
) -> Tally:
    """All days in a store of their own; every day is checked when it is over."""
    tally, errors, first = Tally(), EtaErrors(), None
    begun = time.monotonic()
    for number in range(wanted.days):
        day = FIRST_DAY + timedelta(days=number)
        clock = SimulatedClock(datetime(day.year, day.month, day.day, tzinfo=UTC) + NIGHT)
        station = Station(replace(services, clock=clock, notices=Noticeboard(), messages=None))
        try:
            await _day(station, region, day, wanted, (number, files, say, tally, errors))
        finally:
            station.close_streets()
        gc.collect()
        give_back()
        first = first or resident()
    last = resident()
    if first and last and wanted.days > 1:
        tally.memory_growth = round(last / first - 1, 4)
    tally.wall_seconds = round(time.monotonic() - begun, 2)
    _tell_errors(errors, say)
    return tally


_Given = tuple[int, Files, Say, Tally, EtaErrors]


async def _day(station: Station, region: str, day: date, wanted: Rehearsal, given: _Given) -> None:
    number, files, say, tally, errors = given
    board, clock = station.services.notices, station.services.clock
    if not (isinstance(board, Noticeboard) and isinstance(clock, SimulatedClock)):
        raise TypeError("a rehearsal has its own clock and noticeboard")
    await station.open(day)
    await station.use_region(station.services.regions.find(region))
    orders, fleet = await station.services.lanes.run(Lane.FILES, partial(files, number))
    await import_fleet(station, fleet)
    await take_in(station, await read_file(station, orders))
    await locate_day(station)
    await optimise(station, Terms(1.0, number, engine="insertion", work=1))
    Forecast(station.workday, clock, errors)
    surface = Surface(await station.streets(), station.services.lanes)
    simulated = SimulatedDay(on_day(wanted.scenario, number), clock, Tracking(station), surface)
    board.follow(simulated)
    plan = station.picture.plan
    await station.submit(
        ReleaseRoutes(tuple(route.id for route in plan.routes.values() if route.stops))
    )
    await simulated.advance(clock.now() - NIGHT + EVENING)
    tally.add(station.picture.plan)
    for sentence in broken(station.workday.desk, len(plan.stops)):
        tally.invariant_breaks += 1
        say(f"Day {number + 1}: {sentence}.")
    say(
        f"Day {number + 1}: {len(plan.stops)} stops, {tally.delivered} delivered, "
        f"{tally.failed} failed, {tally.open} open so far."
    )


def _tell_errors(errors: EtaErrors, say: Say) -> None:
    for lead, (count, low, middle, high) in errors.summary().items():
        say(
            f"Arrivals foretold {lead} min or more before: {count}, off by {low / 60:+.1f} to "
            f"{high / 60:+.1f} min (p10 to p90), median {middle / 60:+.1f}."
        )
