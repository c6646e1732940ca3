"""Who drives what, when, from where and at what price."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NewType

from console.domain.load import Capacity
from console.domain.places import Address, PlaceId
from console.domain.roster import Absence, SkillEnd

DriverId = NewType("DriverId", str)
VehicleId = NewType("VehicleId", str)
DepotId = NewType("DepotId", str)

OVERTIME_FACTOR = 1.5
BREAK_AFTER = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Rates:
    """What a route costs, in the depot's currency.

    ``fixed`` per route that leaves the depot, ``per_km``, ``per_hour`` from start to end with the
    break included; minutes after the shift's end cost ``overtime_factor`` times the hour.
    """

    fixed: float = 0.0
    per_km: float = 0.0
    per_hour: float = 0.0
    overtime_factor: float = OVERTIME_FACTOR


@dataclass(frozen=True, slots=True)
class BreakRule:
    """One break, wholly within [earliest, latest], owed by a route longer than ``after``."""

    duration: timedelta
    earliest: datetime
    latest: datetime
    after: timedelta = BREAK_AFTER


@dataclass(frozen=True, slots=True)
class DrivingRule:
    """No more than ``driving`` at a stretch without a rest of ``rest``.

    The rest may be split in two, the first of at least ``first``, the second of at least
    ``second``. The defaults are those of Regulation (EC) 561/2006, article 7.
    """

    driving: timedelta = timedelta(hours=4, minutes=30)
    rest: timedelta = timedelta(minutes=45)
    first: timedelta = timedelta(minutes=15)
    second: timedelta = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Shift:
    """A driver with a vehicle from a depot in a working window of one service day.

    A copy of what the register said when the day was opened; times are aware UTC. ``skills`` are
    the driver's, ``vehicle_skills`` the vehicle's. The route ends at ``end_place`` (None: where it
    began), or at its last stop when ``open_ended``. It leaves at ``start`` when ``fixed_start``,
    else as late as it can. It may come back to ``place`` up to ``reloads`` times to load, for
    ``reload_time`` each. Beyond ``range_m`` it charges for ``charge_time`` at one of ``chargers``.
    ``speed_factor`` multiplies travel times of ``profile``. Stops outside ``territories`` (where
    there are any) are forbidden, or cost ``territory_price`` each. ``co2e_per_km`` is in kg,
    well to wheel; ``emission_class`` is one of ``emission.CLASSES``, empty where nobody said.
    """

    driver: DriverId
    vehicle: VehicleId
    depot: DepotId
    place: PlaceId
    start: datetime
    end: datetime
    capacity: Capacity = Capacity()
    skills: tuple[str, ...] = ()
    rates: Rates = Rates()
    break_rule: BreakRule | None = None
    max_overtime: timedelta = timedelta()
    range_m: int | None = None
    profile: str = "car"
    vehicle_skills: tuple[str, ...] = ()
    people: int = 1
    end_place: PlaceId | None = None
    open_ended: bool = False
    fixed_start: bool = False
    max_stops: int | None = None
    max_metres: int | None = None
    max_driving: timedelta | None = None
    driving_rule: DrivingRule | None = None
    reloads: int = 0
    reload_time: timedelta = timedelta()
    chargers: tuple[PlaceId, ...] = ()
    charge_time: timedelta = timedelta()
    speed_factor: float = 1.0
    territories: tuple[str, ...] = ()
    territory_price: float | None = None
    co2e_per_km: float = 0.0
    emission_class: str = ""

    @property
    def properties(self) -> tuple[str, ...]:
        """What low-emission zones ask of the vehicle: its equipment and its class."""
        return (*self.vehicle_skills, *filter(None, (self.emission_class,)))

    @property
    def latest_end(self) -> datetime:
        """The last moment at which the route may be back."""
        return self.end + self.max_overtime

    @property
    def places(self) -> frozenset[PlaceId]:
        """Where the route may have to go besides its stops: depot, end, chargers."""
        end = () if self.end_place is None else (self.end_place,)
        return frozenset((self.place, *end, *self.chargers))


@dataclass(frozen=True, slots=True)
class FleetEntry:
    """One row of a fleet file: a driver, a vehicle and a shift in the depot's local time.

    ``end`` and ``chargers`` are addresses; ``co2e_per_km`` (kg) is None where the file does not
    say. ``profile`` is empty where the vehicle travels as all do. ``weekdays`` (Monday is 0,
    () all) and ``absences`` say when the shift takes place, ``skill_ends`` the last days of skills.
    ``language`` is the driver's, one of ``languages.LANGUAGES``, empty where nobody said.
    The rest means what it means in ``Shift``.
    """

    driver: str
    vehicle: str
    depot: Address
    shift_start: time
    shift_end: time
    phone: str = ""
    skills: tuple[str, ...] = ()
    vehicle_kind: str = "van"
    capacity: Capacity = Capacity()
    break_time: timedelta = timedelta()
    break_from: time | None = None
    break_to: time | None = None
    rates: Rates = Rates()
    max_overtime: timedelta = timedelta()
    range_km: float | None = None
    row: int | None = None
    vehicle_skills: tuple[str, ...] = ()
    people: int = 1
    end: Address | None = None
    open_ended: bool = False
    fixed_start: bool = False
    max_stops: int | None = None
    max_km: float | None = None
    max_driving: timedelta | None = None
    driving_rule: DrivingRule | None = None
    reloads: int = 0
    reload_time: timedelta = timedelta()
    chargers: tuple[Address, ...] = ()
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

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where the route may have to go besides its stops: depot, end, chargers."""
        end = () if self.end is None else (self.end,)
        return (self.depot, *end, *self.chargers)
