"""Who drives what, when, from where and at what price."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NewType

from console.domain.load import Capacity
from console.domain.places import Address, PlaceId

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
class Shift:
    """A driver with a vehicle from a depot in a working window of one service day.

    A copy of what the register said when the day was opened; times are aware UTC.
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

    @property
    def latest_end(self) -> datetime:
        """The last moment at which the route may be back."""
        return self.end + self.max_overtime


@dataclass(frozen=True, slots=True)
class FleetEntry:
    """One row of a fleet file: a driver, a vehicle and a shift in the depot's local time."""

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
