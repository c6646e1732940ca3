"""Fleet rows become register rows, and register rows become shifts of a service day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from console.dispatch.importing import ServiceDay
from console.dispatch.registers import DepotRecord, DriverRecord, ShiftTemplate, VehicleRecord
from console.domain.commands import AmendShift, Command, OpenShifts
from console.domain.fleet import (
    BreakRule,
    DriverId,
    FleetEntry,
    Shift,
    VehicleId,
)
from console.domain.places import Address, Place
from console.domain.plan import Plan, RouteId
from console.domain.roster import skills_on, works

NEXT_DAY = timedelta(days=1)
COMMON_PROFILE = "car"  # what every region has roads for


def driver_records(entries: Sequence[FleetEntry]) -> list[DriverRecord]:
    """Drivers to store, in the file's order."""
    return [DriverRecord(DriverId(""), entry.driver, entry.phone) for entry in entries]


def vehicle_records(entries: Sequence[FleetEntry]) -> list[VehicleRecord]:
    """Vehicles to store, each once; a driver without one gets a nameless one of the driver's."""
    named = {vehicle_name(entry): entry.vehicle_kind for entry in entries}
    return [VehicleRecord(VehicleId(""), name, kind) for name, kind in named.items()]


def vehicle_name(entry: FleetEntry) -> str:
    """A vehicle's plate, or whose it is."""
    return entry.vehicle or f"({entry.driver})"


@dataclass(frozen=True, slots=True)
class Known:
    """Ids of what a fleet file names: drivers, vehicles, depots and all other addresses."""

    drivers: Mapping[str, DriverId]
    vehicles: Mapping[str, VehicleId]
    depots: Mapping[Address, DepotRecord]
    places: Mapping[Address, Place]


def template(entry: FleetEntry, known: Known) -> ShiftTemplate:
    """A row as an ordinary shift."""
    depot = known.depots[entry.depot]
    return ShiftTemplate(
        driver=known.drivers[entry.driver],
        vehicle=known.vehicles[vehicle_name(entry)],
        start=entry.shift_start,
        end=entry.shift_end,
        capacity=entry.capacity,
        skills=tuple(sorted(entry.skills)),
        rates=entry.rates,
        break_time=entry.break_time,
        break_from=entry.break_from,
        break_to=entry.break_to,
        max_overtime=entry.max_overtime,
        range_km=entry.range_km,
        depot=depot.id,
        place=depot.place,
        vehicle_skills=tuple(sorted(entry.vehicle_skills)),
        people=entry.people,
        end_place=None if entry.end is None else known.places[entry.end].id,
        open_ended=entry.open_ended,
        fixed_start=entry.fixed_start,
        max_stops=entry.max_stops,
        max_km=entry.max_km,
        max_driving=entry.max_driving,
        driving_rule=entry.driving_rule,
        reloads=entry.reloads,
        reload_time=entry.reload_time,
        chargers=tuple(known.places[charger].id for charger in entry.chargers),
        charge_time=entry.charge_time,
        speed_factor=entry.speed_factor,
        territories=entry.territories,
        territory_price=entry.territory_price,
        co2e_per_km=entry.co2e_per_km,
        profile=entry.profile,
        weekdays=entry.weekdays,
        absences=entry.absences,
        skill_ends=entry.skill_ends,
        emission_class=entry.emission_class,
        language=entry.language,
    )


def shift_of(template: ShiftTemplate, depot: DepotRecord, day: ServiceDay) -> Shift:
    """An ordinary shift on one service day; ``depot`` is where it begins unless it says itself."""
    start, end = day.at(template.start), day.at(template.end)
    if end <= start:
        end += NEXT_DAY
    return Shift(
        driver=template.driver,
        vehicle=template.vehicle,
        depot=template.depot or depot.id,
        place=depot.place if template.depot in {"", depot.id} else template.place,
        start=start,
        end=end,
        capacity=template.capacity,
        skills=skills_on(template.skills, template.skill_ends, day.day),
        rates=template.rates,
        break_rule=_break(template, day),
        max_overtime=template.max_overtime,
        range_m=_metres(template.range_km),
        profile=template.profile or COMMON_PROFILE,
        vehicle_skills=template.vehicle_skills,
        people=template.people,
        end_place=template.end_place,
        open_ended=template.open_ended,
        fixed_start=template.fixed_start,
        max_stops=template.max_stops,
        max_metres=_metres(template.max_km),
        max_driving=template.max_driving,
        driving_rule=template.driving_rule,
        reloads=template.reloads,
        reload_time=template.reload_time,
        chargers=template.chargers,
        charge_time=template.charge_time,
        speed_factor=template.speed_factor,
        territories=template.territories,
        territory_price=template.territory_price,
        co2e_per_km=template.co2e_per_km or 0.0,
        emission_class=template.emission_class,
    )


def takes_place(template: ShiftTemplate, day: ServiceDay) -> bool:
    """True when the driver works on this day by weekdays and absences."""
    return works(template.weekdays, template.absences, day.day)


def _metres(km: float | None) -> int | None:
    return None if km is None else round(km * 1000)


def _break(template: ShiftTemplate, day: ServiceDay) -> BreakRule | None:
    if not template.break_time:
        return None
    shift_start = day.at(template.start)
    earliest = day.at(template.break_from) if template.break_from else shift_start
    latest = day.at(template.break_to) if template.break_to else shift_start + NEXT_DAY
    if template.end <= template.start and earliest < shift_start:
        earliest += NEXT_DAY
    if latest < earliest:
        latest += NEXT_DAY
    return BreakRule(template.break_time, earliest, max(latest, earliest + template.break_time))


def route_id(driver: DriverId) -> RouteId:
    """A driver has one route a day."""
    return RouteId(f"r:{driver}")


def open_shifts(plan: Plan, shifts: Iterable[Shift]) -> list[Command]:
    """Commands that make these shifts the day's: new ones opened, changed ones amended.

    Shifts of drivers who are not named stay; a frozen route keeps its shift.
    """
    by_driver = {route.shift.driver: route for route in plan.routes.values()}
    fresh: list[tuple[RouteId, Shift]] = []
    commands: list[Command] = []
    for shift in shifts:
        route = by_driver.get(shift.driver)
        if route is None:
            fresh.append((route_id(shift.driver), shift))
        elif route.shift != shift and not route.is_frozen:
            commands.append(AmendShift(route.id, shift))
    return [OpenShifts(tuple(fresh)), *commands] if fresh else commands
