"""Fleet files become the depot's shifts, and shifts change for today."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from console.dispatch.depotstreets import FIRST_DEPOT_NAME
from console.dispatch.emissions import factors
from console.dispatch.fleetbook import (
    COMMON_PROFILE,
    Known,
    driver_records,
    open_shifts,
    shift_of,
    takes_place,
    template,
    vehicle_records,
)
from console.dispatch.importing import answered, vague
from console.dispatch.journal import Disconnected
from console.dispatch.lanes import Lane
from console.dispatch.registers import DepotRecord, ShiftTemplate
from console.dispatch.station import Station
from console.domain.errors import ConsoleError, Rejected
from console.domain.fleet import DepotId, FleetEntry, Shift
from console.domain.places import Address, Certainty, Place
from console.domain.profiles import is_profile
from console.domain.sealing import seal_of
from console.intake import Assumption, FleetReport, Reject, point_in, read_fleet
from console.tongues import phrase, tr


@dataclass(frozen=True, slots=True)
class FleetImported:
    """What a fleet import did. ``unplaced`` are depots, ends and chargers not surely found."""

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
    placed = await _places(station, report.entries)
    report = _placed(report, placed, is_sought=station.region is not None)
    depots = await _depots(station, report.entries, placed)
    templates = await _templates(station, report.entries, depots, placed)
    refused: list[Rejected] = []
    day = station.service_day
    shifts = [
        _emitting(shift, shift_of(shift, depots[entry.depot], day), entry.vehicle_kind)
        for entry, shift in zip(report.entries, templates, strict=True)
        if takes_place(shift, day)
    ]
    for command in open_shifts(station.workday.desk.plan, shifts):
        try:
            await station.submit(command)
        except Rejected as verdict:
            refused.append(verdict)
    await station.refresh()
    needed = dict.fromkeys(a for entry in report.entries for a in entry.addresses)
    unsure = tuple(placed[address] for address in needed if not placed[address].certainty.is_sure)
    return FleetImported(len(report.entries), report, unsure, tuple(refused))


async def _places(station: Station, entries: Sequence[FleetEntry]) -> dict[Address, Place]:
    """Where depots, ends and chargers are; looked up where that is not known yet."""
    services = station.services
    addresses = list(dict.fromkeys(a for entry in entries for a in entry.addresses))
    known = await services.lanes.run(Lane.SQL, partial(services.places.remember_all, addresses))
    found = dict(zip(addresses, known, strict=True))
    given = {
        address: replace(found[address], coordinate=point, certainty=Certainty.GIVEN)
        for address in vague(found)
        if (point := point_in(address.street))
    }
    if given:
        await services.lanes.run(Lane.SQL, partial(services.places.put, list(given.values())))
        found |= given
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
        raise ConsoleError(tr("No day is open."), remedy=tr("Choose a depot and a day first."))
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


def _placed(
    report: FleetReport, placed: Mapping[Address, Place], *, is_sought: bool
) -> FleetReport:
    """Without drivers who would have to go where nobody knows where that is; all of it told.

    While there are no streets yet, nothing was sought and all of them stay.
    """
    kept, rejects = list[FleetEntry](), list(report.rejects)
    for entry in report.entries:
        problem = _lost(entry, placed) if is_sought else None
        if problem is None:
            kept.append(entry)
        else:
            rejects.append(problem)
    if not kept:
        raise ConsoleError(rejects[-1].problem, remedy=tr("Correct the fleet file."))
    rejects.sort(key=lambda reject: reject.row)
    told = (*report.assumptions, *_common_roads(kept))
    return replace(report, entries=tuple(kept), rejects=tuple(rejects), assumptions=told)


def _lost(entry: FleetEntry, placed: Mapping[Address, Place]) -> Reject | None:
    for address in entry.addresses[1:]:
        if placed[address].coordinate is None:
            given = {"driver": entry.driver, "line": address.line}
            if address == entry.end:
                told = phrase(
                    "The end of {driver}'s route was not found: {line}. Correct end_address, write"
                    " it as “latitude, longitude”, or leave it empty.",
                    **given,
                )
                return Reject(entry.row or 0, entry.driver, "end_address", told)
            told = phrase(
                "The charger of {driver}'s route was not found: {line}. Correct chargers, write"
                " it as “latitude, longitude”, or leave it empty.",
                **given,
            )
            return Reject(entry.row or 0, entry.driver, "chargers", told)
    return None


def _common_roads(entries: Sequence[FleetEntry]) -> list[Assumption]:
    """Profiles that no engine has roads for."""
    asking: dict[str, list[int]] = {}
    for entry in entries:
        if entry.profile not in {"", COMMON_PROFILE} and not is_profile(entry.profile):
            asking.setdefault(entry.profile, []).append(entry.row or 0)
    return [
        Assumption(
            "profile",
            COMMON_PROFILE,
            tuple(rows),
            phrase(
                "The region has no roads for the profile “{profile}”: travel times of a "
                "{COMMON_PROFILE} assumed; speed_factor makes them longer or shorter.",
                profile=profile,
                COMMON_PROFILE=COMMON_PROFILE,
            ),
        )
        for profile, rows in asking.items()
    ]


async def _templates(
    station: Station,
    entries: Sequence[FleetEntry],
    depots: Mapping[Address, DepotRecord],
    placed: Mapping[Address, Place],
) -> list[ShiftTemplate]:
    fleet = station.services.fleet
    depot = station.depot

    def stored() -> list[ShiftTemplate]:
        drivers = {r.name: r.id for r in fleet.put_drivers(driver_records(entries))}
        vehicles = {r.plate: r.id for r in fleet.put_vehicles(vehicle_records(entries))}
        known = Known(drivers, vehicles, depots, placed)
        templates = [template(entry, known) for entry in entries]
        if depot is not None:
            fleet.put_templates(depot.id, templates)
        return templates

    return await station.services.lanes.run(Lane.SQL, stored)


def _emitting(template: ShiftTemplate, shift: Shift, kind: str) -> Shift:
    """The shift with what a kilometre of its kind of vehicle emits, where no file said more."""
    if template.co2e_per_km is not None:
        return shift
    return replace(shift, co2e_per_km=factors().of(kind).kg_per_km)


async def open_usual_shifts(station: Station) -> int:
    """Open the depot's ordinary shifts on a day that has none; answers how many."""
    depot = station.depot
    plan = station.workday.desk.plan
    if depot is None or plan.routes or seal_of(plan.facts) is not None:
        return 0
    fetched = partial(station.services.fleet.templates, depot.id)
    templates = await station.services.lanes.run(Lane.SQL, fetched)
    vehicles = await station.services.lanes.run(Lane.SQL, station.services.fleet.vehicles)
    kinds = {vehicle.id: vehicle.kind for vehicle in vehicles}
    day = station.service_day
    templates = [template for template in templates if takes_place(template, day)]
    shifts = [_emitting(t, shift_of(t, depot, day), kinds.get(t.vehicle, "")) for t in templates]
    for command in open_shifts(station.workday.desk.plan, shifts):
        with suppress(Disconnected):  # they wait on the disk, the day opens all the same
            await station.submit(command)
    if shifts:
        await station.refresh()
    return len(shifts)


async def use_currency(station: Station, code: str) -> None:
    """What the open depot's costs are in, by its ISO 4217 code; nothing is converted."""
    depot, services = station.depot, station.services
    if depot is None or depot.currency == code:
        return
    put = partial(services.fleet.put_depots, [replace(depot, currency=code)])
    station.depot = (await services.lanes.run(Lane.SQL, put))[0]
    await station.relabel()
