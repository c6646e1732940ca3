"""The fleet as a fleet file says it: from the registers to rows of our own columns, and to disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from functools import partial
from pathlib import Path

from console.analytics.tables import Table, csv_bytes, xlsx_bytes
from console.dispatch.lanes import Lane
from console.dispatch.planfile import write_whole
from console.dispatch.registers import DriverRecord, ShiftTemplate, VehicleRecord
from console.dispatch.station import Station
from console.domain.errors import ConsoleError
from console.domain.fleet import DriverId, VehicleId
from console.domain.places import Address, Place, PlaceId
from console.formats import weekday
from console.tongues import tr

Row = dict[str, str]

COLUMNS = (
    "driver", "phone", "language", "weekdays", "shift_start", "shift_end", "vehicle",
    "vehicle_type", "skills", "skill_ends", "absences", "capacity_pieces", "capacity_kg",
    "capacity_m3", "capacity_units", "break_minutes", "break_from", "break_to", "fixed_cost",
    "cost_per_km", "cost_per_hour", "max_overtime_minutes", "range_km", "max_stops", "max_km",
    "max_driving_hours", "people", "vehicle_skills", "reloads", "reload_minutes", "chargers",
    "charge_minutes", "speed_factor", "territories", "territory_price", "driving_rule",
    "fixed_start", "co2e_kg_per_km", "emission_class", "profile", "depot_address", "depot_postcode",
    "depot_city", "depot_country", "end_address", "end_postcode", "end_city", "end_country",
)  # fmt: skip
"""In the order in which people think of a fleet."""


async def fleet_rows(station: Station) -> list[Row]:
    """The depot's ordinary shifts as rows of a fleet file."""
    depot, services = station.depot, station.services
    if depot is None:
        raise ConsoleError(tr("No day is open."), remedy=tr("Choose a depot and a day first."))

    def read() -> list[Row]:
        fleet = services.fleet
        templates = fleet.templates(depot.id)
        wanted = {depot.place}
        for each in templates:
            ends = (each.place, each.end_place, *each.chargers)
            wanted |= {place for place in ends if place}
        book = _Book(
            {record.id: record for record in fleet.drivers()},
            {record.id: record for record in fleet.vehicles()},
            services.places.get(sorted(wanted)),
            depot.place,
        )
        return [book.row(template) for template in templates]

    return await services.lanes.run(Lane.SQL, read)


async def write_fleet(station: Station, path: Path) -> int:
    """Write the fleet as csv or xlsx, to be read again; answers the number of rows."""
    rows = await fleet_rows(station)
    if not rows:
        raise ConsoleError(tr("There is no fleet yet."), remedy=tr("Import one, or add a driver."))
    used = [name for name in COLUMNS if any(row.get(name) for row in rows)]
    table = Table(tr("Fleet"), tuple(used), [[row.get(name, "") for name in used] for row in rows])
    is_book = path.suffix.casefold() == ".xlsx"
    data = xlsx_bytes([table]) if is_book else csv_bytes(table)
    await station.services.lanes.run(Lane.FILES, partial(write_whole, path, data))
    return len(rows)


@dataclass(frozen=True, slots=True)
class _Book:
    """What templates only name by id."""

    drivers: Mapping[DriverId, DriverRecord]
    vehicles: Mapping[VehicleId, VehicleRecord]
    places: Mapping[PlaceId, Place]
    depot: PlaceId

    def row(self, template: ShiftTemplate) -> Row:
        """A template as a file says it; what is usual stays empty."""
        told = {
            **self._who(template),
            **_hours(template),
            **_amounts(template),
            **self._where(template),
        }
        return {name: text for name, text in told.items() if text}

    def _who(self, template: ShiftTemplate) -> Row:
        driver, vehicle = self.drivers.get(template.driver), self.vehicles.get(template.vehicle)
        name = driver.name if driver else str(template.driver)
        plate = vehicle.plate if vehicle else ""
        return {
            "driver": name,
            "phone": driver.phone if driver else "",
            "language": template.language,
            "vehicle": "" if plate in {name, f"({name})"} else plate,
            "vehicle_type": vehicle.kind if vehicle else "",
            "skills": "; ".join(template.skills),
            "skill_ends": "; ".join(f"{skill} {last}" for skill, last in template.skill_ends),
            "absences": "; ".join(f"{first} to {last}" for first, last in template.absences),
            "weekdays": ", ".join(weekday(day) for day in template.weekdays),
            "vehicle_skills": "; ".join(template.vehicle_skills),
            "territories": "; ".join(template.territories),
            "profile": template.profile,
            "emission_class": template.emission_class,
        }

    def _where(self, template: ShiftTemplate) -> Row:
        depot = self._address(template.place or self.depot)
        end = self._address(template.end_place) if template.end_place else Address("")
        return {
            "depot_address": depot.street,
            "depot_postcode": depot.postcode,
            "depot_city": depot.city,
            "depot_country": depot.country,
            "end_address": "open" if template.open_ended else end.street,
            "end_postcode": end.postcode,
            "end_city": end.city,
            "end_country": end.country,
            "chargers": "; ".join(_near(self._address(c), depot) for c in template.chargers),
        }

    def _address(self, place: PlaceId) -> Address:
        found = self.places.get(place)
        return found.address if found else Address("")


def _near(charger: Address, depot: Address) -> str:
    """A charger in the depot's town by its street: that is how files are read."""
    same = (charger.postcode, charger.city) == (depot.postcode, depot.city)
    return charger.street if same else charger.line


def _hours(template: ShiftTemplate) -> Row:
    return {
        "shift_start": _clock(template.start),
        "shift_end": _clock(template.end),
        "break_minutes": _minutes(template.break_time),
        "break_from": _clock(template.break_from) if template.break_time else "",
        "break_to": _clock(template.break_to) if template.break_time else "",
        "max_overtime_minutes": _minutes(template.max_overtime),
        "max_driving_hours": _number(_hours_of(template.max_driving)),
        "reload_minutes": _minutes(template.reload_time),
        "charge_minutes": _minutes(template.charge_time),
        "driving_rule": tr("yes") if template.driving_rule else "",
        "fixed_start": tr("yes") if template.fixed_start else "",
    }


def _amounts(template: ShiftTemplate) -> Row:
    capacity, rates = template.capacity, template.rates
    faster = template.speed_factor
    return {
        "capacity_pieces": _number(capacity.pieces),
        "capacity_kg": _number(capacity.kg),
        "capacity_m3": _number(capacity.m3),
        "capacity_units": _number(capacity.units),
        "fixed_cost": _number(rates.fixed),
        "cost_per_km": _number(rates.per_km),
        "cost_per_hour": _number(rates.per_hour),
        "range_km": _number(template.range_km),
        "max_stops": _number(template.max_stops),
        "max_km": _number(template.max_km),
        "people": "" if template.people == 1 else str(template.people),
        "reloads": str(template.reloads or ""),
        "speed_factor": "" if faster == 1 else _number(round(1 / faster, 6)),
        "territory_price": _number(template.territory_price),
        "co2e_kg_per_km": _number(template.co2e_per_km),
    }


def _hours_of(span: timedelta | None) -> float | None:
    return None if span is None else span.total_seconds() / 3600


def _minutes(span: timedelta) -> str:
    return _number(span.total_seconds() / 60) if span else ""


def _clock(moment: time | None) -> str:
    return "" if moment is None else moment.strftime("%H:%M")


def _number(amount: float | None) -> str:
    return "" if amount is None else f"{amount:.10g}"
