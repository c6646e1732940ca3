"""Whole consoles on real stores, on a country so flat and empty that every road is straight.

Addresses say where they are: ``Weg 12`` is a known house, ``Etwa 3`` is doubtful, ``Berg 1`` lies
far from any road, ``Insel 1`` is reached by none; everything else is nowhere.
"""

import asyncio
import functools
from array import array
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event

from console.dispatch.fleetwork import import_fleet
from console.dispatch.lanes import InlineLanes
from console.dispatch.orderwork import Imported, locate_day, read_file, take_in
from console.dispatch.ports import (
    Geometry,
    OffRoad,
    Progress,
    Region,
    Snapped,
    Step,
    Unreachable,
    Way,
)
from console.dispatch.services import Services
from console.dispatch.station import Station
from console.domain.errors import ConsoleError
from console.domain.places import Address, Certainty, Coordinate, Location, PlaceId
from console.domain.traffic import NO_TRAFFIC, DayTraffic, SpeedState
from console.domain.travel import Slice, TravelMatrix
from console.gateway.sheets import PdfSheets
from console.planning.worker import Optimiser
from console.storage.store import Store

DAY = date(2026, 11, 23)
EVENING_BEFORE = datetime(2026, 11, 22, 18, tzinfo=UTC)
ORDERS = (
    "order_id,recipient,street,postcode,city,phone,pieces,weight_kg,window_from,window_to,skills"
)
FLEET = (
    "driver,phone,skills,vehicle,capacity_pieces,capacity_kg,depot_address,shift_start,shift_end,"
    "fixed_cost,cost_per_km,cost_per_hour"
)
MOUNTAIN, ISLAND = 47.9, 46.0


def seconds_of(metres: float) -> int:
    return round(metres * 1.3 / 10)


class StraightStreets:
    """Streets as the crow flies, a third longer, at 36 km/h."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.built: set[str] = set()

    def prepare(self, profile: str, progress: Progress | None = None) -> None:
        if profile == "foot":
            raise ConsoleError("Nobody walks here.", remedy="Drive.")

    def is_ready(self, profile: str) -> bool:
        return True

    def matrix(
        self,
        points: Mapping[PlaceId, Coordinate],
        profile: str = "car",
        progress: Progress | None = None,
    ) -> TravelMatrix:
        far = {place: 4000.0 for place, point in points.items() if point.lat > MOUNTAIN}
        if far:
            raise OffRoad(far, 1000)
        sea = [place for place, point in points.items() if point.lat < ISLAND]
        if sea:
            raise Unreachable([(place, sea[0]) for place in points if place != sea[0]])
        metres = [a.metres_to(b) for a in points.values() for b in points.values()]
        durations = array("I", [seconds_of(metre) for metre in metres])
        distances = array("I", [round(metre * 1.3) for metre in metres])
        return TravelMatrix(tuple(points), durations, distances, profile)

    def drivable(
        self,
        points: Mapping[PlaceId, Coordinate],
        profile: str,
        traffic: DayTraffic = NO_TRAFFIC,
        progress: Progress | None = None,
    ) -> TravelMatrix:
        metres = [a.metres_to(b) for a in points.values() for b in points.values()]
        durations = array("I", [2 * seconds_of(metre) for metre in metres])
        distances = array("I", [round(metre * 1.5) for metre in metres])
        return TravelMatrix(tuple(points), durations, distances, profile)

    def day_matrix(
        self,
        points: Mapping[PlaceId, Coordinate],
        traffic: DayTraffic,
        profile: str = "car",
        progress: Progress | None = None,
    ) -> TravelMatrix:
        """All roads are primary ones; there are no areas."""
        free = self.matrix(points, profile, progress)

        def cells(state: SpeedState) -> array[int]:
            speed = state.row[2] if state.row else 100
            return array("I", [cell * 100 // speed for cell in free.durations])

        slices = tuple(Slice(begins, cells(state)) for begins, state in traffic.states)
        return replace(
            free,
            durations=cells(traffic.before),
            slices=slices,
            hours=traffic.hours_of(points),
            barred=tuple(area.allowed for area in traffic.barred),
        )

    def day_geometry(
        self, points: Sequence[Coordinate], states: Sequence[SpeedState], profile: str = "car"
    ) -> Geometry:
        return self.geometry(points, profile)

    def has_day(self, traffic: DayTraffic, profile: str = "car") -> bool:
        return traffic.version in self.built

    def prepare_day(
        self, traffic: DayTraffic, profile: str, progress: Progress, stop: Event
    ) -> None:
        progress("Building", 0.0)
        if not stop.is_set():
            self.built.add(traffic.version)

    def geometry(self, points: Sequence[Coordinate], profile: str = "car") -> Geometry:
        return Geometry(tuple(pairwise(points)))

    def directions(
        self, points: Sequence[Coordinate], profile: str = "car", language: str = "en"
    ) -> list[tuple[Step, ...]]:
        """One step a leg: what was asked."""
        return [
            (Step(f"{language} {profile}", round(a.metres_to(b)), 0, "depart", "", a),)
            for a, b in pairwise(points)
        ]

    def day_directions(
        self,
        points: Sequence[Coordinate],
        states: Sequence[SpeedState],
        profile: str = "car",
        language: str = "en",
    ) -> list[tuple[Step, ...]]:
        told = self.directions(points, profile, language)
        return [
            (replace(step, kind="closed" if state.closes else "open"),)
            for (step,), state in zip(told, states, strict=True)
        ]

    def way(self, origin: Coordinate, target: Coordinate, profile: str = "car") -> Way:
        metres = origin.metres_to(target)
        return Way(seconds_of(metres), round(metres * 1.3), "straight")

    def snap(self, points: Sequence[Coordinate], profile: str = "car") -> list[Snapped | None]:
        return [
            None if p.lat > MOUNTAIN else Snapped(p, 250 if p.lat > 47.3 else 10) for p in points
        ]

    def close(self) -> None:
        pass


class SignPosts:
    """Finds addresses by what they are called."""

    def __init__(self, region: Region) -> None:
        self.region = region

    def locate(self, address: Address) -> Location:
        street, _, number = address.street.rpartition(" ")
        south = {"Weg": 47.0, "Hof": 47.35, "Etwa": 47.0, "Berg": 47.95, "Insel": 45.0}.get(street)
        if south is None or not number.isdecimal():
            return Location(None, Certainty.UNKNOWN)
        point = Coordinate(south + int(number) / 10_000, 9.5 + int(number) % 7 / 1000)
        return Location(point, Certainty.DOUBTFUL if street == "Etwa" else Certainty.ROOFTOP, 1.0)

    def locate_all(
        self, addresses: Sequence[Address], progress: Progress | None = None
    ) -> list[Location]:
        return [self.locate(address) for address in addresses]

    def reverse(self, point: Coordinate) -> Location:
        return Location(point, Certainty.ROOFTOP)


@dataclass
class OneRegion:
    """The flat country, or none."""

    region: Region | None

    def known(self) -> Sequence[Region]:
        return [self.region] if self.region else []

    def find(self, name: str) -> Region:
        if self.region is None or self.region.name != name:
            raise ConsoleError(f"There is no region {name}.")
        return self.region

    def add(self, extract: Path, name: str, progress: Progress) -> Region:
        raise ConsoleError("This country is complete.")


@dataclass
class SetClock:
    """Shows the time it is set to."""

    moment: datetime = EVENING_BEFORE

    def now(self) -> datetime:
        return self.moment


FLAT = Region("flat", "h1", Path(), (44.0, 9.0, 49.0, 10.0), "Europe/Vaduz", 100, EVENING_BEFORE)


@dataclass
class World:
    """A folder with one store; any number of consoles may open it.

    ``address`` is where a login finds a shared one instead.
    """

    folder: Path
    address: Callable[[str], str] | None = None

    @contextmanager
    def console(
        self, name: str = "ada", *, clock: SetClock | None = None, region: Region | None = FLAT
    ) -> Iterator[Station]:
        store = Store.open(self.address(name) if self.address else self.folder / "store")
        services = Services(
            journal=store.journal,
            places=store.places,
            orders=store.orders,
            fleet=store.fleet,
            notes=store.notes,
            preferences=store.preferences,
            traffics=store.traffics,
            scenarios=store.scenarios,
            recurring=store.recurring,
            positions=store.positions,
            regions=OneRegion(region),
            geocoder=SignPosts,
            streets=StraightStreets,
            basemap=lambda _region: None,
            solver=Optimiser(1),
            sheets=PdfSheets(),
            clock=clock or SetClock(),
            lanes=InlineLanes(),
            actor=name,
            origin=f"console-{name}",
            components=list,
            data_version=store.data_version,
            registers_version=store.registers_version,
            roles=store.roles,
        )
        station = Station(services)
        try:
            yield station
        finally:
            station.close()
            store.close()

    def file(self, name: str, header: str, *rows: str) -> Path:
        path = self.folder / name
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return path

    def orders(self, *rows: str) -> Path:
        return self.file("orders.csv", ORDERS, *rows)

    def fleet(self, *names: str, shift: str = "08:00,16:00") -> Path:
        rows = [
            f"{name},+1,cold,{name}-1,50,200,Weg 1,{shift},30,0.5,30" for name in names or ("Ida",)
        ]
        return self.file("fleet.csv", FLEET, *rows)


def row(name: str, street: str, **given: str) -> str:
    cells = {"pieces": "1", "weight_kg": "2", "recipient": f"R {name}", **given}
    told = {"order_id": name, "street": street, "city": "Ebene", **cells}
    return ",".join(told.get(column, "") for column in ORDERS.split(","))


async def brought(station: Station, path: Path) -> Imported:
    """Import an order file and look its addresses up."""
    imported = await take_in(station, await read_file(station, path))
    await locate_day(station)
    return imported


async def begun(
    station: Station, world: World, *rows: str, drivers: Sequence[str] = ("Ida",)
) -> None:
    """A day with drivers and orders."""
    await station.open(DAY)
    await import_fleet(station, world.fleet(*drivers))
    if rows:
        await brought(station, world.orders(*rows))


def journey[**P](test: Callable[P, Coroutine[None, None, None]]) -> Callable[P, None]:
    """Run a coroutine test on a loop of its own."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


def local(hour: float) -> datetime:
    """A moment of the day on the depot's clock."""
    return datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=hour - 1)
