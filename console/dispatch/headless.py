"""The whole pipeline without a window: files in, plan file out."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from console.dispatch.drawing import known_places
from console.dispatch.fleetwork import FleetImported, import_fleet
from console.dispatch.lanes import Lane
from console.dispatch.optimising import hopeless, optimise, reasons
from console.dispatch.orderwork import Imported, locate_day, read_file, take_in
from console.dispatch.planfile import PlanFile, prepare, write_json
from console.dispatch.ports import Region
from console.dispatch.startplan import StartPlan, read_start, start_from
from console.dispatch.station import Station
from console.dispatch.vroomfile import Names, VroomFile, numbered
from console.dispatch.vroomwork import take_in_problem
from console.dispatch.wishes import PLAN, VROOM, Request, terms_of
from console.domain.commands import OpenDay
from console.domain.errors import ConsoleError
from console.domain.objective import Objective
from console.domain.places import Place
from console.intake import VroomProblem
from console.planning.compare import Timed, compare_timed

Say = Callable[[str], None]
SHOWN = 5
FAR_M = 100


def telling(say: Say) -> Callable[[str, float], None]:
    """Says each new sentence of a progress, and of a long one every tenth of the whole."""
    last = ("", -1)

    def told(sentence: str, share: float) -> None:
        nonlocal last
        if (sentence, int(share * 10)) != last:
            last = sentence, int(share * 10)
            say(f"{round(share * 100):3d} %  {sentence}")

    return told


async def plan_day(station: Station, region: Region, request: Request, say: Say) -> None:
    """Import, locate, optimise and write; what could not be done is said and stands in the file."""
    if request.fleet is None or request.day is None:
        raise ConsoleError("A day is planned from orders, a fleet and a date.")
    prepare(request.out)
    start = read_start(request.start) if request.start else None
    await station.open(request.day)
    await station.use_region(region)
    fleet = await import_fleet(station, request.fleet)
    _tell_fleet(fleet, say)
    report = await read_file(station, request.orders)
    imported = await take_in(station, report)
    doubtful = await locate_day(station)
    _tell_orders(imported, doubtful, station, say)
    await _tell_far(station, say)
    solving = await _search(station, request, start, say)
    if request.form == VROOM:
        await write_vroom(station, request.out, say, Written(numbered(station.picture), solving))
    else:
        await write_plan(station, imported, request.out)
    say(summary(station))


async def plan_problem(
    station: Station, problem: VroomProblem, day: date, request: Request, say: Say
) -> None:
    """The same for a VROOM problem; ``station`` has its region, or the problem its matrices."""
    prepare(request.out)
    start = read_start(request.start) if request.start else None
    for note in problem.notes:
        say(note)
    await station.open(day)
    given = await take_in_problem(station, problem)
    for note in given.notes:
        say(note)
    solving = await _search(station, request, start, say)
    if request.form == PLAN:
        await write_plan(station, None, request.out)
    else:
        await write_vroom(station, request.out, say, Written(given.names, solving))
    say(summary(station))


async def _search(station: Station, request: Request, start: StartPlan | None, say: Say) -> int:
    """Go on from a plan file where one is given, then optimise on the terms asked for.

    Answers the milliseconds of the search; 0 where rounds were counted instead of time.
    """
    loop = asyncio.get_running_loop()
    terms = terms_of(station, request)
    await _weigh(station, terms.objective)
    started = await start_from(station, start) if start else None
    before = station.picture
    for sentence in started.sentences() if started else ():
        say(sentence)
    await _name_hopeless(station, say)
    began = loop.time()
    found = await optimise(station, terms)
    solving = 0 if terms.work else round((loop.time() - began) * 1000)
    for failure in found.failures:
        say(failure)
    if started:
        after = station.picture
        compared = compare_timed(
            Timed(before.plan, before.schedules),
            Timed(after.plan, after.schedules),
            terms.budget.minutes,
        )
        say(f"Against the plan file: {compared.sentence}.")
    return solving


async def _name_hopeless(station: Station, say: Say) -> None:
    """What no search can place, each with its reason."""
    plan = station.workday.desk.plan
    for stop, reason in (await hopeless(station)).items():
        for order in plan.stops[stop].orders:
            say(f"Order {order.id} fits nowhere: {reason.detail}.")


async def _weigh(station: Station, objective: Objective) -> None:
    """The weights become the day's, and are stored with it."""
    day = station.workday.desk.plan.day
    if day is not None and day.objective != objective:
        await station.submit(OpenDay(replace(day, objective=objective)))


async def write_plan(station: Station, imported: Imported | None, out: Path) -> None:
    """Write the plan file of the open day."""
    if station.region is None and not station.workday.matrix.places:
        raise ConsoleError("Streets for this area are missing.", remedy="Add a region.")
    rejects = imported.rejects if imported else ()
    ends = [r.shift.end_place for r in station.picture.plan.routes.values() if r.shift.end_place]
    fetched = partial(station.services.places.get, ends)
    places = await station.services.lanes.run(Lane.SQL, fetched)
    points = {key: place.coordinate for key, place in places.items() if place.coordinate}
    why = await reasons(station)
    document = PlanFile(station.picture, station.region, why, rejects, points)
    write_json(out, document.as_json())


@dataclass(frozen=True, slots=True)
class Written:
    """How a VROOM solution names things, and how many milliseconds it took (0: not told)."""

    names: Names
    solving: int


async def write_vroom(station: Station, out: Path, say: Say, how: Written) -> None:
    """Write the open day's plan as a VROOM solution."""
    places = known_places(station.picture.plan)
    found = await station.services.lanes.run(Lane.SQL, partial(station.services.places.get, places))
    why = await reasons(station)
    file = VroomFile(station.picture, how.names, found, why, how.solving)
    for note in file.notes():
        say(note)
    write_json(out, file.as_json())


async def write_numbered(station: Station, out: Path, say: Say) -> None:
    """The same for a day that did not come from VROOM: orders and vehicles are numbered."""
    await write_vroom(station, out, say, Written(numbered(station.picture), 0))


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
