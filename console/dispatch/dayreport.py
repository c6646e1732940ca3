"""What was planned and what became of it, driver by driver and for the whole day.

Planned is each route as it was released last. Actual is the reference's schedule with everything
reported in it: kilometres are those of the roads between the stops, not of a vehicle's counter.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from console import formats
from console.dispatch.baseline import Baseline
from console.dispatch.closing import Loose, loose_ends
from console.dispatch.daypaper import DayPaper
from console.dispatch.exceptions import orders_of_case
from console.dispatch.picture import Picture
from console.dispatch.replay import head_hash
from console.dispatch.station import Station
from console.domain.casework import cases_of
from console.domain.plan import FactId, Plan, RouteId, Stop, StopId, StopStatus
from console.domain.reported import reported
from console.domain.schedule import Schedule
from console.domain.sealing import seal_of
from console.domain.visits import Visit
from console.tongues import tr

LEFT = {
    Loose.UNTOLD: tr("Stops without a report"),
    Loose.EXCEPTION: tr("Exceptions to resolve"),
    Loose.GOODS: tr("Goods to count in"),
    Loose.DRIVER: tr("Drivers not back"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """A route, or a day, on one side. ``on_time`` of ``timed`` stops with a window kept it.

    ``cost`` is in the depot's currency.
    """

    stops: int = 0
    metres: int = 0
    paid: timedelta = timedelta()
    on_time: int = 0
    timed: int = 0
    cost: float = 0.0

    def __add__(self, other: "Side") -> "Side":
        return Side(
            self.stops + other.stops,
            self.metres + other.metres,
            self.paid + other.paid,
            self.on_time + other.on_time,
            self.timed + other.timed,
            self.cost + other.cost,
        )


@dataclass(frozen=True, slots=True)
class DayLine:
    """One driver; ``planned`` is None for a route that was never handed out."""

    name: str
    planned: Side | None
    actual: Side
    failed: int
    exceptions: int


def lines_of(station: Station) -> list[DayLine]:
    """Every route with stops, by driver number."""
    picture, baseline = station.picture, Baseline(station.workday)
    cases = _cases(picture.plan)
    routes = sorted(picture.schedules, key=lambda route: picture.drivers[route].number)
    return [_line(picture, route, baseline.planned(route), cases[route]) for route in routes]


def _cases(plan: Plan) -> Counter[RouteId]:
    cases = cases_of(plan.facts.values())
    return Counter(RouteId(orders_of_case(plan, case).route) for case in cases)


def _line(picture: Picture, route: RouteId, planned: Schedule | None, cases: int) -> DayLine:
    stops = {stop.id: stop for stop in picture.plan.stops_of(route)}
    schedule = picture.schedules[route]
    done = [v for v in schedule.visits if stops[v.stop].status is StopStatus.DELIVERED]
    failed = sum(stop.status is StopStatus.FAILED for stop in stops.values())
    actual = _driven(schedule, done, _paid(picture, route, schedule), stops)
    side = None if planned is None else _side(planned, planned.visits, planned.duration)
    return DayLine(picture.drivers[route].name, side, actual, failed, cases)


def _driven(
    schedule: Schedule, done: Sequence[Visit], paid: timedelta, stops: Mapping[StopId, Stop]
) -> Side:
    """Nothing where nobody drove; else the way to the last stop that is done, and back."""
    last = max(
        (i for i, v in enumerate(schedule.visits, 1) if not stops[v.stop].is_open), default=0
    )
    if not last:
        return Side()
    metres = sum(visit.metres for visit in schedule.visits[:last]) + schedule.return_metres
    return replace(_side(schedule, done, paid), metres=metres)


def _side(schedule: Schedule, visits: Sequence[Visit], paid: timedelta) -> Side:
    timed = [visit for visit in visits if visit.slack is not None]
    kept = sum(not visit.lateness and not visit.soft_lateness for visit in timed)
    return Side(len(visits), schedule.metres, paid, kept, len(timed), schedule.cost)


def _paid(picture: Picture, route: RouteId, schedule: Schedule) -> timedelta:
    """From leaving to being back as reported, else as the reference has it."""
    told = reported(picture.plan.facts)
    left, back = told.started.get(route), told.returned.get(route)
    return back - left if left and back and back > left else schedule.duration


# -- said ------------------------------------------------------------------------------------------


async def day_paper(station: Station) -> DayPaper:
    """The report as it stands now; saves first, for the hash is that of what is durable."""
    head = await head_hash(station)
    version = station.workday.desk.confirmed.version
    picture, lines = station.picture, lines_of(station)
    counted = Counter(end.kind for end in loose_ends(picture.plan))
    unit = formats.distance(0)[1]
    heads = (
        tr("Driver"), tr("Stops"), tr("Distance ({unit})", unit=unit), tr("Hours"),
        tr("On time"), tr("Failed"), tr("Exceptions"),
        tr("Cost ({currency})", currency=picture.currency),
    )  # fmt: skip
    return DayPaper(
        tr("Day report: {depot}", depot=picture.depot_name),
        formats.day_in_full(station.service_day.day),
        heads,
        [_cells(line) for line in lines],
        _cells(_whole(lines)),
        [(name, counted[kind]) for kind, name in LEFT.items()],
        _sealed(station),
        version,
        head,
        tr("Journal: row {version}, hash {head}", version=version, head=head),
        (
            tr("Planned → actual. Planned is each route as it was handed out last."),
            tr("Distances and costs are computed from the roads between the stops."),
            tr("On time counts delivered stops that have a window."),
            tr("A stop told at the close has the time of its route's last report."),
        ),
    )


def _whole(lines: Sequence[DayLine]) -> DayLine:
    known = [line.planned for line in lines if line.planned is not None]
    is_lacking = any(line.planned is None and line.actual != Side() for line in lines)
    planned = None if is_lacking or not known else _sum(known)
    failed = sum(line.failed for line in lines)
    exceptions = sum(line.exceptions for line in lines)
    return DayLine(tr("Whole day"), planned, _sum(line.actual for line in lines), failed,
                   exceptions)  # fmt: skip


def _sum(sides: Iterable[Side]) -> Side:
    return sum(sides, Side())


def _cells(line: DayLine) -> tuple[str, ...]:
    planned, actual = line.planned, line.actual

    def both(say: Callable[[Side], str]) -> str:
        before = "-" if planned is None else say(planned)
        return f"{before} → {say(actual)}"

    counts = (formats.number(line.failed), formats.number(line.exceptions))
    return (
        line.name,
        both(lambda side: formats.number(side.stops)),
        both(lambda side: formats.number(formats.distance(side.metres)[0], 1)),
        both(lambda side: _hours(side.paid)),
        both(_share),
        *counts,
        both(lambda side: formats.number(side.cost, 2)),
    )


def _hours(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _share(side: Side) -> str:
    """A share always with how many it is of."""
    if not side.timed:
        return "-"
    return f"{round(100 * side.on_time / side.timed)} % ({side.on_time}/{side.timed})"


def _sealed(station: Station) -> str:
    desk = station.workday.desk
    seal = seal_of(desk.plan.facts)
    if seal is None:
        return tr("The day is not sealed.")
    at = station.picture.clock(seal.happened_at)
    on = formats.day_figures(station.picture.local(seal.happened_at).date())
    return tr("Sealed on {day} at {clock} by {who}.", day=on, clock=at,
              who=_author(station, seal.id))  # fmt: skip


def _author(station: Station, fact: FactId) -> str:
    for entry in reversed(station.workday.desk.entries):
        if any(delta.key == fact for delta in entry.patch.facts):
            return entry.actor
    return station.services.actor
