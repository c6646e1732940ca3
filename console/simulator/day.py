"""A simulated day: drivers and phones on one clock, in the order of their moments.

It speaks through the ports alone: it is told by notices, and tells positions and facts. The same
scenario, seed and manifests give the same day, at whatever speed it is run.
"""

import heapq
import itertools
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from functools import partial

from console.dispatch.kindofday import Incident, IncidentKind, Scenario, check_incident
from console.dispatch.lanes import Lane, Lanes
from console.dispatch.manifests import Manifest
from console.dispatch.ports import Streets
from console.dispatch.street import Notice, NoticeKind
from console.dispatch.street import Street as StreetPort
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate
from console.domain.plan import RouteId
from console.domain.watching import Line, Plane
from console.simulator.clock import SimulatedClock
from console.simulator.driver import Drive, Driver, Life, Street
from console.simulator.fate import Ground, fate_of, joined
from console.tongues import tr

_MORNING = frozenset((IncidentKind.ILL, IncidentKind.DEPOT_LATE))
"""What happens only to somebody who has not left."""

WALKING = 8.0  # m/s, as the crow flies, where no road leads


@dataclass(frozen=True, slots=True)
class Surface:
    """What drivers drive on, and how long its answers may take."""

    streets: Streets
    lanes: Lanes


@dataclass(slots=True)
class SimulatedDay:
    """Implements ``ports.Notices`` for all drivers of a day."""

    scenario: Scenario
    clock: SimulatedClock
    street: StreetPort
    surface: Surface
    drivers: dict[RouteId, Driver] = field(default_factory=dict[RouteId, Driver])
    _given: dict[RouteId, Manifest] = field(default_factory=dict[RouteId, Manifest])
    _waiting: list[tuple[datetime, int, RouteId, bool]] = field(
        default_factory=list[tuple[datetime, int, RouteId, bool]]
    )
    _lives: dict[RouteId, Life] = field(default_factory=dict[RouteId, Life])
    _parked: set[RouteId] = field(default_factory=set[RouteId])
    _ground: Ground = Ground(())
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    # -- what is told ------------------------------------------------------------------------------

    def send(self, notice: Notice) -> None:
        """A driver's phone rings."""
        driver = self.drivers.get(notice.route)
        if driver is not None:
            driver.is_withdrawn = notice.kind is NoticeKind.WITHDRAWN
            if notice.manifest is not None:
                driver.manifest = notice.manifest
            if notice.route in self._parked and not driver.is_withdrawn:
                self._parked.discard(notice.route)
                self._wake(notice.route, self.clock.now())
        elif notice.manifest is not None:
            self._given[notice.route] = notice.manifest
        else:
            self._given.pop(notice.route, None)

    def begin(self) -> None:
        """Whoever was given a route by now comes to work; later ones come as they are released."""
        ground = Ground.of(list(self._given.values()))
        self._ground = self._ground if self._ground.stops else ground
        given = sorted(self._given.values(), key=lambda m: (m.driver.number, m.route))
        self._given = {}
        for place, manifest in enumerate(given, len(self.drivers) + 1):
            self._hire(manifest, place, ground)

    def _hire(self, manifest: Manifest, place: int, ground: Ground) -> None:
        here = manifest.depot or next((s.point for s in manifest.stops if s.point), None)
        if here is None:
            return
        fate = fate_of(self.scenario.incidents, place, partial(self._moment, manifest), ground)
        plane = Plane(here.lat, here.lon)
        driver = Driver(place, self.clock, self.scenario, fate, manifest, plane, here)
        self.drivers[manifest.route] = driver
        self._lives[manifest.route] = driver.life()
        self._wake(manifest.route, self.clock.now())
        self._push(self.clock.now(), manifest.route, is_phone=True)

    def inject(self, incident: Incident) -> Incident:
        """One more thing happens, on the same way as the scenario's; answers it as it will happen.

        What lies in the past happens now: a breakdown when the driver next drives off. ConsoleError
        where it could never happen any more.
        """
        check_incident(incident)
        affected = [d for d in self.drivers.values() if incident.driver in (0, d.number)]
        if incident.kind in _MORNING:
            affected = [driver for driver in affected if not driver.done and not driver.is_out]
        if not affected:
            raise ConsoleError(
                tr("Nobody is left to whom this could happen."),
                remedy=tr("Choose another driver, or something that happens on the road."),
            )
        manifest = affected[0].manifest
        now = self.clock.now().astimezone(manifest.zone).time()
        incident = replace(incident, at=max(incident.at, now.replace(microsecond=0)))
        for driver in affected:
            of_hers = partial(self._moment, driver.manifest)
            more = fate_of((incident,), driver.number, of_hers, self._ground)
            driver.suffer(joined(driver.fate, more))
        return incident

    def _moment(self, manifest: Manifest, at: time) -> datetime:
        day = self.clock.now().astimezone(manifest.zone).date()
        return datetime.combine(day, at, manifest.zone).astimezone(self.clock.now().tzinfo)

    # -- what happens ------------------------------------------------------------------------------

    @property
    def is_over(self) -> bool:
        """True when nobody has anything left to do or to send."""
        return not self._waiting

    @property
    def is_idle(self) -> bool:
        """True when whoever is still at work has nothing to do, and nothing waits to be sent."""
        at_work = set(self._lives) - self._parked
        return not at_work and not any(d.phone.holds_back for d in self.drivers.values())

    @property
    def next_at(self) -> datetime | None:
        """When something happens next."""
        return self._waiting[0][0] if self._waiting else None

    async def advance(self, until: datetime) -> None:
        """Let everything happen up to a moment; then it is that moment."""
        if self._given:
            self.begin()
        while self._waiting and self._waiting[0][0] <= until:
            at, _, route, is_phone = heapq.heappop(self._waiting)
            self.clock.go_to(at)
            if is_phone:
                self._phone_goes_on(self.drivers[route])
            else:
                await self._goes_on(self.drivers[route])
            await self._send(self.drivers[route])
        self.clock.go_to(until)

    def _phone_goes_on(self, driver: Driver) -> None:
        wake = next(driver.phone_life)
        route = driver.manifest.route
        if route in self._lives or driver.phone.is_silent() or driver.phone.holds_back:
            self._push(wake, route, is_phone=True)

    async def _goes_on(self, driver: Driver) -> None:
        route = driver.manifest.route
        life = self._lives[route]
        try:
            wish = next(life)
            while isinstance(wish, Drive):
                wish = life.send(await self._way(driver, wish))
        except StopIteration:
            del self._lives[route]
            return
        if wish is None:
            self._parked.add(route)
        else:
            self._wake(route, wish)

    async def _send(self, driver: Driver) -> None:
        phone = driver.phone
        positions, phone.positions = phone.positions, []
        reports, phone.reports = phone.reports, []
        if positions:
            await self.street.accept(positions)
        if reports:
            await self.street.report(reports)

    async def _way(self, driver: Driver, wish: Drive) -> Street:
        run, streets = self.surface.lanes.run, self.surface.streets
        straight = wish.origin.metres_to(wish.target)
        points: tuple[Coordinate, ...] = (wish.origin, wish.target)
        seconds = straight / WALKING
        if straight > 1:
            try:
                asked = partial(streets.geometry, points)
                seconds = (await run(Lane.STREETS, partial(streets.way, *points))).seconds
                points = (await run(Lane.STREETS, asked)).legs[0] or points
            except ConsoleError:  # no road: she finds a way
                points = (wish.origin, wish.target)
        return Street(Line([driver.plane.xy(point) for point in points]), seconds)

    def _wake(self, route: RouteId, at: datetime) -> None:
        self._push(max(at, self.clock.now()), route, is_phone=False)

    def _push(self, at: datetime, route: RouteId, *, is_phone: bool) -> None:
        heapq.heappush(self._waiting, (at, next(self._numbers), route, is_phone))


def on_day(scenario: Scenario, day: int) -> Scenario:
    """The same kind of day with other dice."""
    return replace(scenario, seed=scenario.seed * 1000 + day)
