"""Fleet files become the depot's shifts, and shifts change for today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from console.dispatch.emissions import factors
from console.dispatch.fleetbook import (
    driver_records,
    open_shifts,
    shift_of,
    template,
    vehicle_records,
)
from console.dispatch.importing import answered, vague
from console.dispatch.lanes import Lane
from console.dispatch.registers import DepotRecord, ShiftTemplate
from console.dispatch.station import FIRST_DEPOT_NAME, Station
from console.domain.errors import ConsoleError, Rejected
from console.domain.fleet import DepotId, FleetEntry, Shift
from console.domain.places import Address, Place
from console.intake import FleetReport, read_fleet


@dataclass(frozen=True, slots=True)
class FleetImported:
    """What a fleet import did. ``unplaced`` are depots whose address was not surely found."""

    drivers: int
    report: FleetReport
    unplaced: tuple[Place, ...] = ()
    refused: tuple[Rejected, ...] = ()


async def import_fleet(station: Station, path: Path) -> FleetImported:
    """Read a fleet file, store drivers, vehicles, depots and shifts, and open them today."""
    lanes = station.services.lanes
    report = await lanes.run(Lane.FILES, partial(read_fleet, path))
    return await take_in_fleet(station, report)


async def take_in_fleet(station: Station, report: FleetReport) -> FleetImported:
    """The same for a file that was read already."""
    placed = await _depot_places(station, report.entries)
    depots = await _depots(station, report.entries, placed)
    templates = await _templates(station, report.entries)
    refused: list[Rejected] = []
    day = station.service_day
    shifts = [
        _emitting(shift_of(shift, depots[entry.depot], day), entry.vehicle_kind)
        for entry, shift in zip(report.entries, templates, strict=True)
    ]
    for command in open_shifts(station.workday.desk.plan, shifts):
        try:
            await station.submit(command)
        except Rejected as verdict:
            refused.append(verdict)
    await station.refresh()
    unsure = tuple(place for place in placed.values() if not place.certainty.is_sure)
    return FleetImported(len(report.entries), report, unsure, tuple(refused))


async def _depot_places(station: Station, entries: Sequence[FleetEntry]) -> dict[Address, Place]:
    """Where the depots are; looked up where that is not known yet."""
    services = station.services
    addresses = list(dict.fromkeys(entry.depot for entry in entries))
    known = await services.lanes.run(Lane.SQL, partial(services.places.remember_all, addresses))
    found = dict(zip(addresses, known, strict=True))
    waiting = vague(found)
    if waiting and station.region is not None:
        geocoder = await station.geocoder()
        answers = await services.lanes.run(Lane.STREETS, partial(geocoder.locate_all, waiting))
        located = answered(found, waiting, answers)
        await services.lanes.run(Lane.SQL, partial(services.places.put, list(located.values())))
        found |= located
    return found


async def _depots(
    station: Station, entries: Sequence[FleetEntry], placed: dict[Address, Place]
) -> dict[Address, DepotRecord]:
    """Depot records by address; the nameless depot of a fresh store takes the first address."""
    fleet, lanes = station.services.fleet, station.services.lanes
    present = station.depot
    if present is None:
        raise ConsoleError("No day is open.", remedy="Choose a depot and a day first.")
    known = {record.place: record for record in await lanes.run(Lane.SQL, fleet.depots)}
    made: dict[Address, DepotRecord] = {}
    for address in dict.fromkeys(entry.depot for entry in entries):
        place = placed[address].id
        record = known.get(place)
        if record is None:
            record = replace(present, id=DepotId(""), name=address.line, place=place)
            if not made and present.name == FIRST_DEPOT_NAME:
                record = replace(present, name=address.line, place=place)
            record = (await lanes.run(Lane.SQL, partial(fleet.put_depots, [record])))[0]
        if record.id == present.id:
            station.depot = record
        made[address] = record
    return made


async def _templates(station: Station, entries: Sequence[FleetEntry]) -> list[ShiftTemplate]:
    fleet = station.services.fleet
    depot = station.depot

    def stored() -> list[ShiftTemplate]:
        drivers = {r.name: r.id for r in fleet.put_drivers(driver_records(entries))}
        vehicles = {r.plate: r.id for r in fleet.put_vehicles(vehicle_records(entries))}
        templates = [template(entry, drivers, vehicles) for entry in entries]
        if depot is not None:
            fleet.put_templates(depot.id, templates)
        return templates

    return await station.services.lanes.run(Lane.SQL, stored)


def _emitting(shift: Shift, kind: str) -> Shift:
    """The shift with what a kilometre of its vehicle emits."""
    return replace(shift, co2e_per_km=factors().of(kind).kg_per_km)


async def open_usual_shifts(station: Station) -> int:
    """Open the depot's ordinary shifts on a day that has none; answers how many."""
    depot = station.depot
    if depot is None or station.workday.desk.plan.routes:
        return 0
    fetched = partial(station.services.fleet.templates, depot.id)
    templates = await station.services.lanes.run(Lane.SQL, fetched)
    vehicles = await station.services.lanes.run(Lane.SQL, station.services.fleet.vehicles)
    kinds = {vehicle.id: vehicle.kind for vehicle in vehicles}
    day = station.service_day
    shifts = [_emitting(shift_of(t, depot, day), kinds.get(t.vehicle, "")) for t in templates]
    for command in open_shifts(station.workday.desk.plan, shifts):
        await station.submit(command)
    if shifts:
        await station.refresh()
    return len(shifts)
