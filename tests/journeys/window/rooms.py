"""Days to train on in the small town: as those of the invented city, and quicker to make."""

import asyncio
import contextlib
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from console.bootstrap import inline, open_console
from console.dispatch.fleetwork import import_fleet
from console.dispatch.kindofday import Scenario
from console.dispatch.lanes import ThreadLanes
from console.dispatch.noticeboard import Noticeboard
from console.dispatch.optimising import optimise
from console.dispatch.orderwork import locate_day, read_file, take_in
from console.dispatch.ports import Progress, Streets
from console.dispatch.services import Services
from console.dispatch.station import Station
from console.dispatch.street import Street
from console.dispatch.training.results import Results
from console.dispatch.training.shelf import Shelf
from console.domain.commands import ReleaseRoutes
from console.planning.run import Terms
from console.settings import Settings
from console.simulator.clock import SimulatedClock
from console.simulator.day import Surface
from console.simulator.playback import Playback
from tests.journeys.town import Town

DAY = date(2026, 11, 24)


@dataclass
class TownRoom:
    services: Services
    pace: Playback
    scenario: Scenario
    trainee: str
    opened: contextlib.ExitStack
    day: date = DAY

    async def live(self, street: Street, streets: Streets) -> None:
        await self.pace.live(street, Surface(streets, self.services.lanes))

    def close(self) -> None:
        self.opened.close()


class TownRooms:
    def __init__(self, town: Town, folder: Path) -> None:
        self._town = town
        self.shelf, self.results = Shelf(folder / "scenarios"), Results(folder / "results.json")

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 15, tzinfo=UTC)

    def open(self, scenario: Scenario, trainee: str, speed: float, told: Progress) -> TownRoom:
        with contextlib.ExitStack() as opened:
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
            lanes = ThreadLanes()
            opened.callback(lanes.close)
            console = open_console(Settings(self._town.home, trainee, 1), lanes, store=folder)
            opened.callback(console.close)
            clock = SimulatedClock(datetime(2026, 11, 24, 5, tzinfo=UTC))
            playback = Playback(scenario, clock, speed)
            board = Noticeboard([playback])
            services = replace(console.services, clock=clock, notices=board, actor=trainee)
            told("Planning the day", 0.5)
            asyncio.run(self._planned(Station(inline(services))))
            return TownRoom(services, playback, scenario, trainee, opened.pop_all())

    async def _planned(self, station: Station) -> None:
        await station.open(DAY)
        await station.use_region(station.services.regions.find("town"))
        await import_fleet(station, self._town.fleet)
        await take_in(station, await read_file(station, self._town.orders))
        await locate_day(station)
        await optimise(station, Terms(1.0, engine="insertion", work=1))
        routes = station.picture.plan.routes.values()
        await station.submit(ReleaseRoutes(tuple(r.id for r in routes if r.stops)))
        station.close_streets()
