"""A console at work: the day that is open, and the use cases of the window and the command line.

Every use case is a coroutine on the desk's thread; what blocks goes to a lane.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from console.dispatch.daytraffic import TrafficOfDay
from console.dispatch.depotstreets import FIRST_DEPOT_NAME, first_depot, on_streets, region_of
from console.dispatch.desk import PlanChange
from console.dispatch.drawing import Surroundings, brings_unknown, known_places
from console.dispatch.earlier import Earlier
from console.dispatch.importing import ServiceDay
from console.dispatch.journal import Disconnected
from console.dispatch.labels import driver_labels, stop_labels
from console.dispatch.lanes import Lane
from console.dispatch.picture import Picture
from console.dispatch.ports import Geocoder, Progress, Region, Streets
from console.dispatch.registers import DepotRecord
from console.dispatch.releasing import Announcer
from console.dispatch.roles import may
from console.dispatch.saving import Saving, opened
from console.dispatch.services import Services
from console.dispatch.traveltimes import travel_times
from console.dispatch.vehicles import VehicleRoads
from console.dispatch.watched import Watched
from console.dispatch.workday import Workday
from console.domain.commands import Command, OpenDay
from console.domain.errors import ConsoleError
from console.domain.fleet import DepotId
from console.domain.places import Coordinate, Place, PlaceId
from console.domain.plan import Day
from console.domain.sealing import seal_of
from console.domain.traffic import NO_TRAFFIC, DayTraffic
from console.domain.travel import TravelMatrix, empty_matrix
from console.tongues import tr

LAST_DEPOT, LAST_DAY = "last_depot", "last_day"


def stream_of(depot: DepotId, service_day: date) -> str:
    """The journal's name of a depot's day."""
    return f"plan/{depot}/{service_day.isoformat()}"


class Station:
    """One console. ``workday`` is there once a day is open."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.depot: DepotRecord | None = None
        self.region: Region | None = None
        self.off_road: dict[PlaceId, float] = {}
        self._located: dict[PlaceId, Coordinate] = {}
        self.traffic = TrafficOfDay()
        self.earlier = Earlier()
        self._workday: Workday | None = None
        self._streets: tuple[str, Streets] | None = None
        self._geocoder: tuple[str, Geocoder] | None = None
        self._saving = Saving(services)
        self._refreshing = asyncio.Lock()
        self.carrying = asyncio.Lock()
        self.watched = Watched()
        self.vehicles = VehicleRoads(services.lanes, self._refreshing)

    @property
    def workday(self) -> Workday:
        """The open day; ConsoleError before one is open."""
        if self._workday is None:
            raise ConsoleError(tr("No day is open."), remedy=tr("Choose a depot and a day first."))
        return self._workday

    @property
    def picture(self) -> Picture:
        """What is shown now."""
        return self.workday.picture

    @property
    def service_day(self) -> ServiceDay:
        """The open day on the depot's clock."""
        day = self.workday.desk.plan.day
        if day is None:
            raise ConsoleError(tr("No day is open."), remedy=tr("Choose a depot and a day first."))
        return ServiceDay(day.service_day, ZoneInfo(day.zone))

    def now(self) -> datetime | None:
        """The present moment while the open day lasts: nothing is planned before it.

        None on any other day: tomorrow is planned whole, one that is over is shown as it was.
        """
        day = self.service_day
        now = self.services.clock.now()
        return now if now.astimezone(day.zone).date() == day.day else None

    def is_over(self) -> bool:
        """True when the open day lies in the past."""
        day = self.service_day
        return self.services.clock.now().astimezone(day.zone).date() > day.day

    # -- the day -----------------------------------------------------------------------------------

    async def depots(self) -> Sequence[DepotRecord]:
        """All depots that are known here."""
        return await self.services.lanes.run(Lane.SQL, self.services.fleet.depots)

    async def open(self, service_day: date | None = None, depot: DepotId | None = None) -> Workday:
        """Open a day: the one asked for, else the last one, else the next.

        Travel times are not fetched yet: ``refresh`` does that.
        """
        kept = await self._sql(partial(self.services.preferences.get, self.services.actor))
        record = await self._depot(depot or DepotId(kept.get(LAST_DEPOT, "")))
        zone = ZoneInfo(record.zone)
        today = self.services.clock.now().astimezone(zone).date()
        last = date.fromisoformat(kept[LAST_DAY]) if LAST_DAY in kept else today
        chosen = service_day or max(last, today)
        self.depot = record
        self.region = region_of(self.services, record)
        self.off_road = {}
        self.watched.resume()
        traffic = await self._sql(partial(self.services.traffics.current, record.id))
        day = Day(record.id, chosen, record.zone)
        await self._open(replace(day, traffic_version=traffic.version), is_over=chosen < today)
        remembered = {LAST_DEPOT: str(record.id), LAST_DAY: chosen.isoformat()}
        with suppress(Disconnected):
            await self._sql(partial(self.services.preferences.put, self.services.actor, remembered))
        return self.workday

    async def _open(self, day: Day, *, is_over: bool) -> None:
        services = self.services
        stream = stream_of(day.depot, day.service_day)
        desk = await opened(services, stream)
        day = on_streets(day, self.region, desk.plan.day)
        if desk.plan.day is not None:
            day = replace(day, objective=desk.plan.day.objective)
            if is_over:  # what was driven then
                day = replace(day, traffic_version=desk.plan.day.traffic_version)
        is_sealed = seal_of(desk.plan.facts) is not None
        if desk.plan.day != day and not is_sealed and may(services.roles, OpenDay.kind, stream):
            desk.submit(OpenDay(day))
        if desk.plan.day is None:
            raise ConsoleError(
                tr("Nobody has opened {service_day} yet.", service_day=day.service_day),
                remedy=tr("Ask a dispatcher to open it, or choose another day."),
            )
        self._workday = Workday(desk, Surroundings(zone=ZoneInfo(day.zone)))
        Announcer(self._workday, services.notices)
        await self._saving.resume(desk)
        self.traffic.served = NO_TRAFFIC
        with suppress(Disconnected):  # it waits on the disk
            await self.save()
        await self.relabel()

    async def _depot(self, wanted: DepotId) -> DepotRecord:
        known = await self.depots()
        for record in known:
            if record.id == wanted:
                return record
        if known:
            return known[0]
        return await self._sql(partial(first_depot, self.services))

    async def use_region(self, region: Region) -> None:
        """Plan on other streets from now on."""
        if self.depot is None:
            raise ConsoleError(tr("No day is open."), remedy=tr("Choose a depot and a day first."))
        zone = region.zone if self.depot.name == FIRST_DEPOT_NAME else self.depot.zone
        record = replace(self.depot, zone=zone, region=region.name)
        if record != self.depot:
            self.depot = (await self._sql(partial(self.services.fleet.put_depots, [record])))[0]
        self.region = region
        day = self.workday.desk.plan.day
        if day is not None:
            moved = on_streets(replace(day, zone=zone), region)
            stream = stream_of(day.depot, day.service_day)
            if moved != day and may(self.services.roles, OpenDay.kind, stream):
                await self.submit(OpenDay(moved))
        self.traffic.call_off()  # its speeds are those of the streets before
        self.traffic.served, self.off_road = NO_TRAFFIC, {}
        self.watched.resume()
        self.vehicles.forget()
        self.workday.set_matrix(empty_matrix())
        await self.refresh()

    # -- commands ----------------------------------------------------------------------------------

    async def submit(self, command: Command, base: int | None = None) -> None:
        """Apply a command and wait until it is durable; ``Rejected`` when it does not fit."""
        self.workday.submit(command, base)
        await self.save()

    async def undo(self) -> None:
        """Take back this console's last step."""
        await self._go_back(self.workday.desk.undo)

    async def redo(self) -> None:
        """Take back the last undo."""
        await self._go_back(self.workday.desk.redo)

    async def revert(self, version: int) -> None:
        """Take back one step, wherever it stands."""
        await self._go_back(partial(self.workday.desk.revert, version))

    async def return_to(self, version: int) -> None:
        """The plan as it was after a step, as one step."""
        await self._go_back(partial(self.workday.desk.return_to, version))

    async def _go_back(self, step: Callable[[], PlanChange]) -> None:
        """Only what is saved can be taken back; traffic of the day and rows of orders go along."""
        await self.save()
        patch = step().patch
        await self.save()
        await self.traffic.keep(self.workday.desk.plan, self.services)
        if await self.earlier.bring_back(self.services, patch):
            await self.relabel()
        if brings_unknown(patch) or set(self.workday.missing_places()) - self.off_road.keys():
            await self.refresh()

    async def save(self) -> None:
        """Make the outbox durable; ConsoleError leaves it waiting for the next call."""
        await self._saving.save(self.workday.desk)

    @property
    def could_not_save(self) -> bool:
        """True while something waits that could not be made durable."""
        return self._saving.could_not_save

    @property
    def is_saving(self) -> bool:
        """True while rows are on their way to the journal."""
        return self._saving.is_under_way

    async def pull(self) -> None:
        """Take in what other consoles wrote."""
        if await self._saving.pull(self.workday.desk):
            await self.refresh()

    async def reread(self) -> None:
        """Somebody changed registers: a place that lies elsewhere now is timed anew."""
        points = await self.place_points(known_places(self.workday.desk.plan))
        known = self._located
        if any(known.get(place, point) != point for place, point in points.items()):
            await self.retime()
        elif set(points) - set(known):
            await self.refresh()

    # -- what surrounds the plan -------------------------------------------------------------------

    async def relabel(self) -> None:
        """Labels from the registers."""
        workday = self.workday
        await self._label(workday, await self._places(workday.places()))

    async def refresh(self, told: Progress | None = None) -> None:
        """Labels from the registers, then travel times for places that have none yet.

        Where the day's traffic is not built yet, the times before serve until it is. Vehicles with
        roads of their own follow. What ``told`` raises stops it, until somebody asks (``Watched``).
        """
        if told is not None:
            self.vehicles.resume()
        if not await self.watched.do(self._catch_up, told):
            await self.relabel()

    async def _catch_up(self, told: Progress | None) -> None:
        plan = self.workday.desk.plan
        await self.traffic.follow(plan, self.services)
        wanted = self.traffic.wanted(plan)
        is_built = self.region is None or await self.traffic.is_built(
            wanted, self.streets, self.services.lanes
        )
        await self._refresh(wanted if is_built else self.traffic.served, told)
        if not is_built:
            streets = await self.streets()
            if await self.traffic.prepare(wanted, streets, self.services.lanes, told):
                await self._refresh(wanted, told)
        if self.vehicles.lacking(self.workday):
            streets, served = await self.streets(), self.traffic.served
            await self.vehicles.follow(self.workday, streets, served, self.place_points, told)

    async def _refresh(self, traffic: DayTraffic, told: Progress | None) -> None:
        async with self._refreshing:
            workday = self.workday
            places = await self._places(workday.places())
            await self._label(workday, places)
            points = {p.id: p.coordinate for p in places.values() if p.coordinate is not None}
            changed = traffic != self.traffic.served
            off_road = {} if changed else self.off_road
            if changed or set(points) - set(workday.matrix.index) - set(off_road):
                matrix, lost = await self._matrix(points, traffic, told)
                self._located = points
                self.off_road, self.traffic.served = off_road | lost, traffic
                workday.set_matrix(matrix)

    async def retime(self) -> None:
        """Travel times anew: a place moved."""
        self.off_road = {}
        self.vehicles.forget()
        self.workday.set_matrix(empty_matrix())
        await self.refresh()

    async def ask_others(self) -> None:
        """Other engines and services answer for the region from now on."""
        self.traffic.call_off()
        await self._on_streets(self.close_streets)
        self._geocoder, self.traffic.served = None, NO_TRAFFIC
        self.watched.resume()
        await self.retime()

    async def _label(self, workday: Workday, places: dict[PlaceId, Place]) -> None:
        plan, fleet = workday.desk.plan, self.services.fleet
        ids = [order.id for stop in plan.stops.values() for order in stop.orders]
        entries = await self._sql(partial(self.services.orders.get, ids))
        drivers = {record.id: record for record in await self._sql(fleet.drivers)}
        vehicles = {record.id: record for record in await self._sql(fleet.vehicles)}
        depots = {route.shift.place for route in plan.routes.values()}
        workday.set_around(
            Surroundings(
                matrix=workday.matrix,
                zone=self.service_day.zone,
                labels=stop_labels(plan, entries, places),
                drivers=driver_labels(plan, drivers, vehicles),
                depot_name=self.depot.name if self.depot else "",
                depots={p: point for p in depots if (point := _point(places.get(p)))},
                currency=self.depot.currency if self.depot else "EUR",
                now=self.now(),
                risks=workday.around.risks,
            )
        )

    async def _matrix(
        self, points: dict[PlaceId, Coordinate], traffic: DayTraffic, told: Progress | None
    ) -> tuple[TravelMatrix, dict[PlaceId, float]]:
        """Travel times between all points that a road leads to; the others are told apart."""
        if self.region is None:
            return empty_matrix(), {}
        streets, lanes = await self.streets(), self.services.lanes
        return await travel_times(streets, lanes, points, traffic, told)

    async def streets(self) -> Streets:
        """The streets of the day's region."""
        region = self._need_region()
        if self._streets is None or self._streets[0] != region.hash:
            if self._streets is not None:
                self._streets[1].close()
            made = await self._on_streets(partial(self.services.streets, region))
            self._streets = (region.hash, made)
        return self._streets[1]

    async def geocoder(self) -> Geocoder:
        """The address index of the day's region."""
        region = self._need_region()
        if self._geocoder is None or self._geocoder[0] != region.hash:
            made = await self._on_streets(partial(self.services.geocoder, region))
            self._geocoder = (region.hash, made)
        return self._geocoder[1]

    def _need_region(self) -> Region:
        if self.region is None:
            raise ConsoleError(
                tr("Streets for this area are missing."),
                remedy=tr("Add a region: File > Add streets, or doorstep region add FILE.osm.pbf"),
            )
        return self.region

    async def place_points(self, ids: Sequence[PlaceId]) -> dict[PlaceId, Coordinate]:
        """Where places are; those without a coordinate are left out."""
        places = await self._places(ids)
        return {each: point for each in ids if (point := _point(places.get(each))) is not None}

    async def _places(self, ids: Sequence[PlaceId]) -> dict[PlaceId, Place]:
        return await self._sql(partial(self.services.places.get, ids))

    async def _sql[T](self, call: Callable[[], T]) -> T:
        return await self.services.lanes.run(Lane.SQL, call)

    async def _on_streets[T](self, call: Callable[[], T]) -> T:
        return await self.services.lanes.run(Lane.STREETS, call)

    def close(self) -> None:
        """End the processes this console started."""
        self.traffic.call_off()
        self.close_streets()
        self.services.solver.close()

    def close_streets(self) -> None:
        """End the streets' process; it starts again when needed."""
        if self._streets is not None:
            self._streets[1].close()
            self._streets = None


def _point(place: Place | None) -> Coordinate | None:
    return place.coordinate if place else None
