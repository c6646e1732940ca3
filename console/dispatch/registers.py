"""Registers: what may change or be erased at any time, and therefore never stands in the journal.

Plans hold ids; names, phones, plates and texts are looked up here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from console.dispatch.street import Position
from console.domain.fleet import DepotId, DriverId, DrivingRule, Rates, VehicleId
from console.domain.load import Capacity
from console.domain.objective import COST, Objective
from console.domain.places import PlaceId
from console.domain.plan import RouteId, StopId
from console.domain.recurring import RecurringOrder
from console.domain.roster import Absence, SkillEnd
from console.domain.traffic import Traffic

COLOURS = 60
"""Drivers are told apart by numbers from 1 to this."""


@dataclass(frozen=True, slots=True)
class DriverRecord:
    """A driver; ``colour`` (1 to ``COLOURS``) is given once by the register and stays for weeks.

    An empty ``id`` or a ``colour`` of 0 asks the register for one.
    """

    id: DriverId
    name: str
    phone: str = ""
    colour: int = 0


@dataclass(frozen=True, slots=True)
class VehicleRecord:
    """A vehicle; ``profile`` names the streets it may use. An empty ``id`` asks for one."""

    id: VehicleId
    plate: str
    kind: str = "van"
    profile: str = "car"


@dataclass(frozen=True, slots=True)
class DepotRecord:
    """A depot: ``zone`` is its IANA time zone, ``region`` the streets it plans on.

    An empty ``id`` asks the register for one.
    """

    id: DepotId
    name: str
    place: PlaceId
    zone: str
    currency: str = "EUR"
    region: str = ""


@dataclass(frozen=True, slots=True)
class ShiftTemplate:
    """An ordinary shift on the depot's clock; one that ends before it starts ends the next day.

    ``depot`` and ``place`` are where it begins, empty for the depot that keeps it. ``co2e_per_km``
    (kg) is None where only the kind of vehicle tells, ``profile`` empty where the vehicle travels
    as all do. ``weekdays``, ``absences``, ``skill_ends`` and ``language`` mean what they mean in
    ``FleetEntry``, the rest what it means in ``Shift``.
    """

    driver: DriverId
    vehicle: VehicleId
    start: time
    end: time
    capacity: Capacity = Capacity()
    skills: tuple[str, ...] = ()
    rates: Rates = Rates()
    break_time: timedelta = timedelta()
    break_from: time | None = None
    break_to: time | None = None
    max_overtime: timedelta = timedelta()
    range_km: float | None = None
    depot: DepotId = DepotId("")
    place: PlaceId = PlaceId("")
    vehicle_skills: tuple[str, ...] = ()
    people: int = 1
    end_place: PlaceId | None = None
    open_ended: bool = False
    fixed_start: bool = False
    max_stops: int | None = None
    max_km: float | None = None
    max_driving: timedelta | None = None
    driving_rule: DrivingRule | None = None
    reloads: int = 0
    reload_time: timedelta = timedelta()
    chargers: tuple[PlaceId, ...] = ()
    charge_time: timedelta = timedelta()
    speed_factor: float = 1.0
    territories: tuple[str, ...] = ()
    territory_price: float | None = None
    co2e_per_km: float | None = None
    profile: str = ""
    weekdays: tuple[int, ...] = ()
    absences: tuple[Absence, ...] = ()
    skill_ends: tuple[SkillEnd, ...] = ()
    emission_class: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A plan of a day that is kept under a name beside the day's own.

    ``routes`` are all of them with their stops, ``waiting`` the stops on none; ``objective`` is
    what it was planned for, ``off`` are drivers it was searched without, ``version`` is that of
    the plan it was made from. An empty ``id`` asks the register for one.
    """

    id: str
    name: str
    routes: tuple[tuple[RouteId, tuple[StopId, ...]], ...]
    waiting: tuple[StopId, ...] = ()
    objective: Objective = COST
    off: tuple[RouteId, ...] = ()
    version: int = 0
    actor: str = ""
    at: datetime | None = None

    def weighed(self, objective: Objective) -> "Scenario":
        """The same, planned for this."""
        return replace(self, objective=objective)


@dataclass(frozen=True, slots=True)
class Track:
    """A piece of a driver's way; ``driver`` may be erased one day, the route's id stays."""

    route: RouteId
    driver: DriverId
    positions: tuple[Position, ...]


class Fleet(Protocol):
    """Who drives what from where; all lists in a stable order."""

    def drivers(self) -> Sequence[DriverRecord]:
        """All drivers, by name."""
        ...

    def vehicles(self) -> Sequence[VehicleRecord]:
        """All vehicles, by plate."""
        ...

    def depots(self) -> Sequence[DepotRecord]:
        """All depots, by name."""
        ...

    def templates(self, depot: DepotId) -> Sequence[ShiftTemplate]:
        """The depot's ordinary shifts, in the order in which they were stored."""
        ...

    def put_drivers(self, records: Sequence[DriverRecord]) -> list[DriverRecord]:
        """Store drivers, known by their id or else by their name; answers them with id and colour.

        An empty phone leaves the known one.
        """
        ...

    def put_vehicles(self, records: Sequence[VehicleRecord]) -> list[VehicleRecord]:
        """Store vehicles, known by their id or else by their plate; answers them with id."""
        ...

    def put_depots(self, records: Sequence[DepotRecord]) -> list[DepotRecord]:
        """Store depots, known by their id or else by their name; answers them with id."""
        ...

    def put_templates(self, depot: DepotId, templates: Sequence[ShiftTemplate]) -> None:
        """These become the depot's ordinary shifts; the ones before are forgotten."""
        ...


class Notes(Protocol):
    """Texts that a plan refers to by id, such as what a dispatcher wrote on an exception."""

    def put(self, text: str) -> str:
        """Keep a text; answers its id."""
        ...

    def keep(self, own: str, text: str, at: datetime) -> None:
        """Keep a proof under a name of the caller's, as of now; one that is kept so stays.

        It goes when its time is over (``dispatch.retention``).
        """
        ...

    def get(self, ids: Sequence[str]) -> dict[str, str]:
        """Those of the texts that are known."""
        ...

    def erase(self, ids: Sequence[str]) -> None:
        """Forget texts; plans go on without them."""
        ...


class Positions(Protocol):
    """Where drivers were, kept as long as ``dispatch.retention`` says."""

    def put(self, stream: str, tracks: Sequence[Track]) -> None:
        """Keep them beside those of the day that are there."""
        ...

    def of_day(self, stream: str) -> Mapping[RouteId, Sequence[Position]]:
        """Every way of a day, each position once and in order of its time."""
        ...


class Traffics(Protocol):
    """What each depot knows of its traffic; every version is kept, as plans name theirs."""

    def current(self, depot: DepotId) -> Traffic:
        """What was stored last; no traffic where nothing was."""
        ...

    def find(self, depot: DepotId, version: str) -> Traffic | None:
        """The value of a version that was stored."""
        ...

    def put(self, depot: DepotId, value: Traffic, actor: str, at: datetime) -> None:
        """Let this hold from now on."""
        ...


class Scenarios(Protocol):
    """Plans of a day that are kept under names; ids of stops and drivers only, nobody's data."""

    def of_day(self, depot: DepotId, day: date) -> Sequence[Scenario]:
        """All of a depot's day, oldest first."""
        ...

    def put(self, depot: DepotId, day: date, scenario: Scenario) -> Scenario:
        """Keep one, or what is new of one that is known by its id; answers it with its id."""
        ...

    def remove(self, ids: Sequence[str]) -> None:
        """Forget these; what is not known is passed over."""
        ...


class Recurring(Protocol):
    """Orders that come again, personal part included."""

    def of_depot(self, depot: DepotId) -> Sequence[RecurringOrder]:
        """All of a depot, in the order in which they were stored."""
        ...

    def put(self, depot: DepotId, orders: Sequence[RecurringOrder]) -> None:
        """These become the depot's recurring orders; the ones before are forgotten."""
        ...


class Preferences(Protocol):
    """What one user wants to find again: layout, last day."""

    def get(self, user: str) -> Mapping[str, str]:
        """Everything kept for a user."""
        ...

    def put(self, user: str, values: Mapping[str, str]) -> None:
        """Keep these values; others stay."""
        ...
