"""A day on the flat country that is driven: Ida and Ole have four stops each."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from console.dispatch.kindofday import Scenario
from console.dispatch.noticeboard import Noticeboard
from console.dispatch.station import Station
from console.dispatch.street import Position, Report, Street
from console.dispatch.tracking import Tracking
from console.domain.commands import MoveStops, ReleaseRoutes
from console.domain.plan import FactKind, Plan, RouteId
from console.simulator.clock import SimulatedClock
from console.simulator.day import SimulatedDay, Surface
from tests.dispatch.consoles import World, begun, local, row

NAMES = ("Ida", "Ole")
QUIET = Scenario("quiet", "Quiet", absent=0, refused=0, gps_gaps=0, gps_jumps=0)


@dataclass
class Overheard:
    """All that goes to the street's port."""

    street: Street
    positions: list[Position] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)

    async def accept(self, positions: Sequence[Position]) -> None:
        self.positions += positions
        await self.street.accept(positions)

    async def report(self, reports: Sequence[Report]) -> None:
        self.reports += reports
        await self.street.report(reports)


@dataclass
class Rehearsed:
    station: Station
    day: SimulatedDay
    heard: Overheard
    routes: tuple[RouteId, ...]

    @property
    def plan(self) -> Plan:
        return self.station.picture.plan

    def kinds(self, place: int) -> list[FactKind]:
        return [
            r.kind for r in self.heard.reports if r.id.startswith(f"phone {self.routes[place]}")
        ]


@asynccontextmanager
async def rehearsed(world: World, scenario: Scenario) -> AsyncIterator[Rehearsed]:
    """Ida and Ole have four stops each; the clock stands at five in the morning."""
    with world.console("sim") as station:
        clock, board = SimulatedClock(local(5)), Noticeboard()
        station.services = replace(station.services, clock=clock, notices=board)
        rows = [row(f"o{i}", f"Weg {100 * i + 100}") for i in range(8)]
        await begun(station, world, *rows, drivers=NAMES)
        plan = station.picture.plan
        routes = sorted(plan.routes, key=lambda r: station.picture.drivers[r].number)
        stops = sorted(plan.stops, key=lambda s: plan.stops[s].orders[0].id)
        await station.submit(MoveStops(tuple(stops[:4]), routes[0]))
        await station.submit(MoveStops(tuple(stops[4:]), routes[1]))
        heard = Overheard(Tracking(station))
        surface = Surface(await station.streets(), station.services.lanes)
        day = SimulatedDay(scenario, clock, heard, surface)
        board.follow(day)
        await station.submit(ReleaseRoutes(tuple(routes)))
        yield Rehearsed(station, day, heard, tuple(routes))
