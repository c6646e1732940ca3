"""Where deliveries go wrong more often than elsewhere, over the days that were driven."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from functools import partial

from console.dispatch.daytraffic import nothing_told
from console.dispatch.lanes import Lane
from console.dispatch.pastdays import DAYS, PastDay, depot_of, past_day, past_days
from console.dispatch.ports import Progress
from console.dispatch.services import Services
from console.dispatch.station import Station, stream_of
from console.domain.clusters import By, Found, Pattern, Try, find
from console.domain.orders import OrderId
from console.domain.places import Place, PlaceId
from console.domain.plan import Fact, FactId, FactKind, Route, RouteId, Stop, StopStatus
from console.domain.reported import OUTCOMES, standing, status_of
from console.tongues import tr

NO_WINDOW = ""
_MOST_NAMES = 2


@dataclass(frozen=True, slots=True)
class PastCase:
    """Something that went wrong on a past day: ``facts`` tell of it, the first one is shown."""

    day: date
    facts: tuple[Fact, ...]
    place: PlaceId | None
    driver: str
    actor: str

    @property
    def fact(self) -> Fact:
        """What was logged first."""
        return self.facts[0]

    def led_by(self, fact: Fact) -> "PastCase":
        """The same with one of its facts shown: a door may be refused after nobody was there."""
        return replace(self, facts=(fact, *(each for each in self.facts if each.id != fact.id)))


@dataclass(slots=True)
class Looked:
    """What the days hold: ``tries`` with the groups they are in, ``cases`` by their facts.

    ``names`` are what groups are called; a group whose register row is gone has none.
    """

    days: list[date] = field(default_factory=list[date])
    tries: list[Try] = field(default_factory=list[Try])
    cases: dict[FactId, PastCase] = field(default_factory=dict[FactId, PastCase])
    orders: dict[str, set[OrderId]] = field(default_factory=dict[str, set[OrderId]])
    names: dict[tuple[By, str], str] = field(default_factory=dict[tuple[By, str], str])

    @property
    def visits(self) -> int:
        """How many visits ended, well or not."""
        return sum(not each.is_round for each in self.tries)

    @property
    def rounds(self) -> int:
        """How many routes were driven."""
        return sum(each.is_round for each in self.tries)

    def cases_of(self, pattern: Pattern) -> list[PastCase]:
        """The cases of a group, the newest first; each shows what it is there for."""
        cause = pattern.group.cause
        found = dict[int, PastCase]()
        for fact in (f for each in pattern.tries for f in each.facts if cause in (None, f.cause)):
            case = self.cases.get(fact.id)
            if case is not None:
                found.setdefault(id(case), case if cause is None else case.led_by(fact))
        return sorted(found.values(), key=lambda c: (c.day, c.fact.happened_at), reverse=True)


@dataclass(frozen=True, slots=True)
class Patterns:
    """The groups with cases, and what they were found in."""

    looked: Looked
    found: Found


async def find_patterns(station: Station, told: Progress | None = None) -> Patterns:
    """Look through the last days; whatever ``told`` raises ends it."""
    told = told or nothing_told
    looked, run = await look_back(station, told), station.services.lanes.run
    told(tr("Comparing groups"), 1.0)
    found = await run(Lane.FILES, partial(find, looked.tries))
    await run(Lane.SQL, partial(_name, station.services, looked, found))
    return Patterns(looked, found)


async def look_back(station: Station, told: Progress | None = None, back: int = DAYS) -> Looked:
    """Every visit and round of the last days."""
    told, looked = told or nothing_told, Looked()
    services, depot, run = station.services, depot_of(station), station.services.lanes.run
    zone, days = station.service_day.zone, await past_days(station, back)
    for done, day in enumerate(days):
        told(tr("Reading the days that were driven"), done / len(days))
        past = await run(Lane.SQL, partial(past_day, services, stream_of(depot, day)))
        doors = sorted({stop.place for stop in past.stops.values()})
        places = await run(Lane.SQL, partial(services.places.get, doors))
        before = len(looked.tries)
        await run(Lane.FILES, _Reading(day, past, places, zone, looked).take)
        if len(looked.tries) > before:
            looked.days.append(day)
    return looked


@dataclass(frozen=True, slots=True)
class _Reading:
    """One day, from its journal to tries."""

    day: date
    past: PastDay
    places: Mapping[PlaceId, Place]
    zone: tzinfo
    looked: Looked

    def take(self) -> None:
        """Add the day's visits, then its rounds."""
        told = _by_subject(self.past)
        driven = set[RouteId]()
        for stop in self.past.stops.values():
            facts = told.get(stop.id, [])
            route = self.past.route_of(stop.id)
            if _is_visit(facts):
                self._add(self._groups(stop, route), _wrong(facts), route, stop)
                driven |= {route.id} if route is not None else set()
        for route in self.past.routes.values():
            facts = told.get(route.id, [])
            if route.id in driven or route.started_at is not None or _wrong(facts):
                self._add(_crew(route), _wrong(facts), route)

    def _add(
        self,
        groups: Mapping[By, str],
        facts: tuple[Fact, ...],
        route: Route | None,
        stop: Stop | None = None,
    ) -> None:
        looked = self.looked
        looked.tries.append(Try(self.day, groups, facts, is_round=stop is None))
        if stop is not None:
            looked.orders.setdefault(stop.place, set()).update(order.id for order in stop.orders)
        if facts:
            driver = str(route.shift.driver) if route is not None else ""
            place = stop.place if stop is not None else None
            actor = self.past.actors.get(facts[0].id, "")
            case = PastCase(self.day, facts, place, driver, actor)
            looked.cases |= {fact.id: case for fact in facts}

    def _groups(self, stop: Stop, route: Route | None) -> Mapping[By, str]:
        groups = {By.CUSTOMER: str(stop.place), By.WINDOW: self._window(stop)}
        groups |= _crew(route) if route is not None else {}
        place = self.places.get(stop.place)
        area = (place.address.postcode or place.address.city) if place is not None else ""
        return groups | ({By.AREA: area} if area else {})

    def _window(self, stop: Stop) -> str:
        windows = stop.windows
        if not windows:
            return NO_WINDOW
        ends = windows[0].earliest, windows[-1].latest
        return "-".join(f"{end.astimezone(self.zone):%H:%M}" for end in ends)


def _crew(route: Route) -> Mapping[By, str]:
    return {By.DRIVER: str(route.shift.driver), By.VEHICLE: str(route.shift.vehicle)}


def _by_subject(past: PastDay) -> Mapping[str, list[Fact]]:
    found = dict[str, list[Fact]]()
    for fact in standing(past.facts.values()):
        found.setdefault(fact.subject, []).append(fact)
    return found


def _is_visit(facts: Sequence[Fact]) -> bool:
    return any(fact.kind in OUTCOMES or fact.kind is FactKind.EXCEPTION for fact in facts)


def _wrong(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Exceptions; where none was logged, the failure that still stands."""
    logged = tuple(fact for fact in facts if fact.kind is FactKind.EXCEPTION)
    if logged or status_of(facts) is not StopStatus.FAILED:
        return logged
    return tuple(fact for fact in facts if fact.kind is FactKind.FAILED)[-1:]


# -- what groups are called ------------------------------------------------------------------------


def _name(services: Services, looked: Looked, found: Found) -> None:
    """From the registers; blocking."""
    keys = {(pattern.group.by, pattern.group.key) for pattern in found.patterns}
    drivers = {str(each.id): each.name for each in services.fleet.drivers()}
    vehicles = {str(each.id): each.plate for each in services.fleet.vehicles()}
    doors = [PlaceId(key) for by, key in keys if by is By.CUSTOMER]
    customers = dict(_customers(services, looked, doors))
    names = {By.DRIVER: drivers, By.VEHICLE: vehicles, By.CUSTOMER: customers}
    looked.names |= {(by, key): names[by][key] for by, key in keys if key in names.get(by, ())}
    looked.names |= {(By.DRIVER, key): name for key, name in drivers.items()}
    places = services.places.get(sorted({c.place for c in looked.cases.values() if c.place}))
    lines = {(By.CUSTOMER, str(key)): each.address.street for key, each in places.items()}
    looked.names = lines | looked.names


def _customers(
    services: Services, looked: Looked, doors: Sequence[PlaceId]
) -> Iterator[tuple[str, str]]:
    """A door by who gets parcels there, and its street."""
    places = services.places.get(doors)
    for door in doors:
        entries = services.orders.get(sorted(looked.orders.get(door, ())))
        people = list(dict.fromkeys(e.recipient for e in entries.values() if e.recipient))
        more = ["…"] if len(people) > _MOST_NAMES else []
        who = ", ".join([*people[:_MOST_NAMES], *more])
        street = places[door].address.street if door in places else ""
        told = " · ".join(part for part in (who, street) if part)
        if told:
            yield str(door), told


async def notes_of(station: Station, cases: Sequence[PastCase]) -> Mapping[str, str]:
    """What was written on them, by the note's id."""
    ids = [fact.note for case in cases for fact in case.facts if fact.note]
    services = station.services
    return await services.lanes.run(Lane.SQL, partial(services.notes.get, ids))
