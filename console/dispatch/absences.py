"""Drivers who are away on days for which they have a route already."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from console.dispatch.lanes import Lane
from console.dispatch.openactions import today_of
from console.dispatch.pastdays import depot_of, plan_of
from console.dispatch.station import Station, stream_of
from console.domain.fleet import DriverId, FleetEntry
from console.domain.plan import Plan, RouteId
from console.domain.roster import works


@dataclass(frozen=True, slots=True)
class Away:
    """A driver with a route on a day of absence; ``stops`` are those that are still open."""

    name: str
    day: date
    route: RouteId
    stops: int


async def away_with_routes(station: Station, entries: Sequence[FleetEntry]) -> list[Away]:
    """Today and later, day by day; a driver who is off there already is not counted."""
    services, depot = station.services, depot_of(station)
    run = services.lanes.run
    streams = set(await run(Lane.SQL, services.journal.streams))
    ids = {each.name: each.id for each in await run(Lane.SQL, services.fleet.drivers)}
    open_day, found = station.service_day.day, list[Away]()
    for day in _days(entries, streams, stream_of(depot, date.min), today_of(station)):
        gone = {ids[name]: name for name in _away(entries, day) if name in ids}
        if not gone:
            continue
        plan = station.workday.desk.plan
        if day != open_day:
            plan = await run(Lane.SQL, partial(plan_of, services, stream_of(depot, day)))
        found += _routes(plan, gone, day)
    return found


def _days(
    entries: Sequence[FleetEntry], streams: Collection[str], pattern: str, today: date
) -> list[date]:
    """The depot's days from today on that have a journal and on which anybody is away."""
    start = pattern.removesuffix(date.min.isoformat())
    days = [date.fromisoformat(s.removeprefix(start)) for s in streams if s.startswith(start)]
    spans = [span for entry in entries for span in entry.absences]
    away = (day for day in days if any(first <= day <= last for first, last in spans))
    return sorted(day for day in away if day >= today)


def _away(entries: Sequence[FleetEntry], day: date) -> list[str]:
    """Who would work but for an absence; a driver may have a row for each group of weekdays."""
    at_work = {e.driver for e in entries if works(e.weekdays, e.absences, day)}
    due = dict.fromkeys(e.driver for e in entries if works(e.weekdays, (), day))
    return [name for name in due if name not in at_work]


def _routes(plan: Plan, gone: Mapping[DriverId, str], day: date) -> list[Away]:
    return [
        Away(
            gone[route.shift.driver],
            day,
            route.id,
            sum(stop.is_open for stop in plan.stops_of(route.id)),
        )
        for route in plan.routes.values()
        if route.shift.driver in gone and not route.off
    ]
