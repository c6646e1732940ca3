"""Who would rest too little between two days: looked up before a shift changes hands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from console.dispatch.fleetbook import shift_of, takes_place
from console.dispatch.importing import ServiceDay
from console.dispatch.lanes import Lane
from console.dispatch.pastdays import plan_of
from console.dispatch.registers import DepotRecord
from console.dispatch.services import Services
from console.dispatch.station import Station, stream_of
from console.domain.fleet import Shift
from console.domain.plan import Route, RouteId

DAILY_REST = timedelta(hours=11)
"""Between two working days, in every 24 hours (Directive 2003/88/EC, Article 3)."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ShortRest:
    """A driver rests only so long before, or after, another day's shift."""

    name: str
    rest: timedelta
    day: date
    is_before: bool


async def short_rests(station: Station, one: RouteId, other: RouteId) -> list[ShortRest]:
    """Whose rest would be short if these two exchanged their shifts.

    The other days are as they are planned, or where nobody opened them, as usual. A rest that is
    as short already is no news.
    """
    routes, depot, services = station.picture.plan.routes, station.depot, station.services
    if depot is None:
        return []
    found = list[ShortRest]()
    for offset in (-_DAY, _DAY):
        day = ServiceDay(station.service_day.day + offset, station.service_day.zone)
        shifts = await services.lanes.run(Lane.SQL, partial(_shifts, services, depot, day))
        for mine, theirs in ((routes[one], routes[other]), (routes[other], routes[one])):
            found += _short(station, (mine, theirs), shifts, day.day)
    return found


def _short(
    station: Station, pair: tuple[Route, Route], shifts: Sequence[Shift], day: date
) -> Iterator[ShortRest]:
    mine, theirs = pair
    label = station.picture.drivers.get(mine.id)
    name = label.name if label is not None else str(mine.shift.driver)
    for shift in shifts:
        if shift.driver == mine.shift.driver:
            rest, before = _between(theirs.shift, shift), _between(mine.shift, shift)
            if rest < min(DAILY_REST, before):
                yield ShortRest(name, rest, day, shift.start < theirs.shift.start)


def _between(one: Shift, other: Shift) -> timedelta:
    """From the end of the earlier one to the beginning of the later; below 0 where they overlap."""
    first, last = sorted((one, other), key=lambda shift: shift.start)
    return last.start - first.end


def _shifts(services: Services, depot: DepotRecord, day: ServiceDay) -> Sequence[Shift]:
    """Those of a day, of drivers who work; blocking."""
    stream = stream_of(depot.id, day.day)
    plan = plan_of(services, stream)
    if plan.routes:
        return [route.shift for route in plan.routes.values() if not route.off]
    templates = services.fleet.templates(depot.id)
    return [shift_of(each, depot, day) for each in templates if takes_place(each, day)]
