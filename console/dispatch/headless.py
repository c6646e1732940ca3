"""The whole pipeline without a window: files in, plan file out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from console.dispatch.fleetwork import FleetImported, import_fleet
from console.dispatch.lanes import Lane
from console.dispatch.optimising import optimise, reasons
from console.dispatch.orderwork import Imported, locate_day, read_file, take_in
from console.dispatch.planfile import PlanFile, prepare, write_json
from console.dispatch.ports import Region
from console.dispatch.station import Station
from console.domain.errors import ConsoleError
from console.domain.places import Place
from console.planning.run import Terms

Say = Callable[[str], None]
SHOWN = 5
FAR_M = 100


@dataclass(frozen=True, slots=True)
class Request:
    """What ``doorstep plan`` was asked."""

    orders: Path
    fleet: Path
    region: str
    day: date
    seconds: float
    out: Path
    seed: int = 0


async def plan_day(station: Station, region: Region, request: Request, say: Say) -> None:
    """Import, locate, optimise and write; what could not be done is said and stands in the file."""
    prepare(request.out)
    await station.open(request.day)
    await station.use_region(region)
    fleet = await import_fleet(station, request.fleet)
    _tell_fleet(fleet, say)
    report = await read_file(station, request.orders)
    imported = await take_in(station, report)
    doubtful = await locate_day(station)
    _tell_orders(imported, doubtful, station, say)
    await _tell_far(station, say)
    found = await optimise(station, Terms(request.seconds, request.seed))
    for failure in found.failures:
        say(failure)
    await write_plan(station, imported, request.out)
    say(summary(station))


async def write_plan(station: Station, imported: Imported | None, out: Path) -> None:
    """Write the plan file of the open day."""
    if station.region is None:
        raise ConsoleError("Streets for this area are missing.", remedy="Add a region.")
    rejects = imported.rejects if imported else ()
    document = PlanFile(station.picture, station.region, await reasons(station), rejects)
    write_json(out, document.as_json())


def summary(station: Station) -> str:
    """The day in one line."""
    picture = station.picture
    totals = picture.totals
    routes = len(picture.schedules)
    return (
        f"{totals.served} of {totals.orders} orders served on {routes} routes, "
        f"{totals.unassigned} unassigned; {picture.currency} {totals.cost:,.2f}, "
        f"{totals.metres / 1000:,.1f} km, {totals.paid.total_seconds() / 3600:.1f} h"
    )


def _tell_fleet(fleet: FleetImported, say: Say) -> None:
    say(f"{fleet.drivers} drivers on shift.")
    for reject in fleet.report.rejects:
        say(f"Fleet row {reject.row}: {reject.problem}")
    for assumption in fleet.report.assumptions:
        say(f"Fleet: {assumption.sentence}")
    if fleet.report.unknown_columns:
        say(f"Columns of the fleet not used: {', '.join(fleet.report.unknown_columns)}.")
    for place in fleet.unplaced:
        say(f"Address to check: {place.address.line} ({place.certainty}).")
    lost = [place for place in fleet.unplaced if place.coordinate is None]
    if lost:
        raise ConsoleError(
            f"The depot's address was not found: {lost[0].address.line}.",
            remedy="Correct it in the fleet file, or choose the region it lies in.",
        )


def _tell_orders(imported: Imported, doubtful: list[Place], station: Station, say: Say) -> None:
    say(f"{len(imported.added)} orders, {len(imported.rejects)} rows rejected.")
    for reject in imported.rejects[:SHOWN]:
        say(f"Row {reject.row}: {reject.problem}")
    for assumption in imported.assumptions:
        say(assumption.sentence)
    if imported.unknown_columns:
        say(f"Columns not used: {', '.join(imported.unknown_columns)}.")
    for order, why in list(imported.unmeetable.items())[:SHOWN]:
        say(_unmeetable(order, why))
    for place in doubtful[:SHOWN]:
        say(f"Address to check: {place.address.line} ({place.certainty}).")
    if len(doubtful) > SHOWN:
        say(f"... and {len(doubtful) - SHOWN} more addresses to check.")
    if station.off_road:
        say(f"{len(station.off_road)} addresses lie too far from any road and stay unassigned.")


def _unmeetable(order: str, why: str) -> str:
    rule, _, skills = why.partition(":")
    if rule == "skill":
        return f"Order {order} needs {skills.replace(';', ' and ')}, which no driver has."
    return f"Order {order} is more than any vehicle can carry."


async def _tell_far(station: Station, say: Say) -> None:
    """Say where the driver has to walk: addresses a good way off the next road."""
    labels = station.picture.labels.values()
    points = list(dict.fromkeys(label.coordinate for label in labels if label.coordinate))
    streets = await station.streets()
    snapped = await station.services.lanes.run(Lane.STREETS, partial(streets.snap, points))
    metres = {point: spot.metres for point, spot in zip(points, snapped, strict=True) if spot}
    far = {
        f"{label.street}, {label.town}": metres[label.coordinate]
        for label in labels
        if label.coordinate and metres.get(label.coordinate, 0) > FAR_M
    }
    for line, off in sorted(far.items(), key=lambda item: -item[1])[:SHOWN]:
        say(f"{off:.0f} m from the next road: {line}.")
    if len(far) > SHOWN:
        say(f"... and {len(far) - SHOWN} more addresses farther than {FAR_M} m from a road.")
