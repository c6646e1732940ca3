"""ETAs, waiting, breaks, loads, cost and violations of routes: the one reference."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from console.domain.fleet import Shift
from console.domain.load import Load, total
from console.domain.plan import FactKind, Override, Plan, Route, RouteId, Stop, StopId
from console.domain.timetable import Duty, Pause, Task, Timetable, is_reachable, timetable
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule, Violation


@dataclass(frozen=True, slots=True)
class Visit:
    """When a stop is served; aware UTC. ``load`` is what is left on board on departure."""

    stop: StopId
    arrival: datetime
    start: datetime
    departure: datetime
    travel: timedelta
    metres: int
    lateness: timedelta
    slack: timedelta | None  # until the last window closes; None without a window
    load: Load

    @property
    def waiting(self) -> timedelta:
        """From arrival to the start of service, a break at the door included."""
        return self.start - self.arrival


@dataclass(frozen=True, slots=True)
class Schedule:
    """A route in time. ``cost`` is in the depot's currency, distances in metres."""

    route: RouteId
    start: datetime
    end: datetime
    visits: tuple[Visit, ...]
    breaks: tuple[tuple[datetime, datetime], ...]
    return_travel: timedelta
    return_metres: int
    load: Load
    fullness: float
    overtime: timedelta
    cost: float
    violations: tuple[Violation, ...]

    @property
    def duration(self) -> timedelta:
        """Paid time, break included."""
        return self.end - self.start

    @property
    def metres(self) -> int:
        """Whole distance, return included."""
        return sum(visit.metres for visit in self.visits) + self.return_metres

    @property
    def driving(self) -> timedelta:
        """Travel time without breaks."""
        return sum((visit.travel for visit in self.visits), self.return_travel)

    @property
    def lateness(self) -> timedelta:
        """The sum over all stops."""
        return sum((visit.lateness for visit in self.visits), timedelta())


def schedule_route(
    plan: Plan, route: Route, matrix: TravelMatrix, now: datetime | None = None
) -> Schedule | None:
    """The schedule of one route, None when it has no stops.

    With ``now`` a route that has not started does not leave before it.
    """
    return schedule_stops(plan, route, plan.stops_of(route.id), matrix, now)


def schedule_stops(
    plan: Plan,
    route: Route,
    stops: Sequence[Stop],
    matrix: TravelMatrix,
    now: datetime | None = None,
) -> Schedule | None:
    """The schedule the route would have with these stops: what a drop preview shows."""
    if not stops:
        return None
    left = _left_at(plan)
    tasks = [task_of(stop, matrix, left.get(stop.id)) for stop in stops]
    duty = duty_of(route, matrix, now)
    return _assembled(route, stops, tasks, timetable(tasks, duty, matrix), matrix)


def schedule_plan(
    plan: Plan, matrix: TravelMatrix, now: datetime | None = None
) -> dict[RouteId, Schedule]:
    """The schedules of all routes that have stops."""
    made = ((r.id, schedule_route(plan, r, matrix, now)) for r in plan.routes.values())
    return {route: schedule for route, schedule in made if schedule is not None}


def task_of(stop: Stop, matrix: TravelMatrix, left_at: datetime | None = None) -> Task:
    """A stop as the kernel sees it."""
    windows = tuple((_epoch(w.earliest), _epoch(w.latest)) for w in stop.windows)
    return Task(
        matrix.position(stop.place),
        int(stop.service_time.total_seconds()),
        windows,
        None if left_at is None else _epoch(left_at),
    )


def duty_of(route: Route, matrix: TravelMatrix, now: datetime | None = None) -> Duty:
    """A shift as the kernel sees it."""
    shift = route.shift
    begin = shift.start if now is None else max(shift.start, now)
    return Duty(
        matrix.position(shift.place),
        _epoch(begin),
        _epoch(shift.end),
        _epoch(shift.latest_end),
        _pause_of(shift),
        None if route.started_at is None else _epoch(route.started_at),
    )


def _pause_of(shift: Shift) -> Pause | None:
    rule = shift.break_rule
    if rule is None or not rule.duration:
        return None
    return Pause(
        int(rule.duration.total_seconds()),
        _epoch(rule.earliest),
        _epoch(rule.latest),
        int(rule.after.total_seconds()),
    )


def route_cost(shift: Shift, metres: int, seconds: int, overtime: int) -> float:
    """Fixed + km x per_km + hours x per_hour, overtime at its factor (FORMATS)."""
    rates = shift.rates
    paid = seconds + overtime * (rates.overtime_factor - 1)
    return rates.fixed + metres / 1000 * rates.per_km + paid / 3600 * rates.per_hour


def _assembled(
    route: Route,
    stops: Sequence[Stop],
    tasks: Sequence[Task],
    times: Timetable,
    matrix: TravelMatrix,
) -> Schedule:
    depot = matrix.position(route.shift.place)
    rows = [depot, *(task.row for task in tasks), depot]
    hops = [matrix.cell(a, b) for a, b in pairwise(rows)]
    metres = [matrix.distances[hop] for hop in hops]
    driven = _driving_seconds(rows, times, matrix)
    load = total(stop.load for stop in stops)
    overtime = max(0, times.end - _epoch(route.shift.end))
    visits = tuple(_visits(stops, times, metres, driven, load))
    duration = times.end - times.start
    schedule = Schedule(
        route=route.id,
        start=_moment(times.start),
        end=_moment(times.end),
        visits=visits,
        breaks=((_moment(times.pause[0]), _moment(times.pause[1])),) if times.pause else (),
        return_travel=timedelta(seconds=driven[-1]),
        return_metres=metres[-1],
        load=load,
        fullness=route.shift.capacity.share(load),
        overtime=timedelta(seconds=overtime),
        cost=route_cost(route.shift, sum(metres), duration, overtime),
        violations=(),
    )
    found = tuple(_violations(route, stops, schedule, times.pause_missing))
    if not is_reachable(rows, matrix):
        found = (*found, Violation(Rule.UNREACHABLE, route.id))
    return replace(schedule, violations=found) if found else schedule


def _driving_seconds(rows: Sequence[int], times: Timetable, matrix: TravelMatrix) -> list[int]:
    leaves = [times.start, *times.departures]
    return [matrix.arrival(rows[i], rows[i + 1], leave) - leave for i, leave in enumerate(leaves)]


def _visits(
    stops: Sequence[Stop],
    times: Timetable,
    metres: Sequence[int],
    driven: Sequence[int],
    load: Load,
) -> Iterator[Visit]:
    left = load
    for i, stop in enumerate(stops):
        left = left - stop.load
        windows = stop.windows
        start = _moment(times.starts[i])
        yield Visit(
            stop=stop.id,
            arrival=_moment(times.arrivals[i]),
            start=start,
            departure=_moment(times.departures[i]),
            travel=timedelta(seconds=driven[i]),
            metres=metres[i],
            lateness=timedelta(seconds=times.late[i]),
            slack=windows[-1].latest - start if windows else None,
            load=left,
        )


def _violations(
    route: Route, stops: Sequence[Stop], schedule: Schedule, pause_missing: bool
) -> Iterator[Violation]:
    for stop, visit in zip(stops, schedule.visits, strict=True):
        yield from _stop_violations(route, stop, visit)
    yield from _route_violations(route, schedule, pause_missing)


def _stop_violations(route: Route, stop: Stop, visit: Visit) -> Iterator[Violation]:
    reasons = _reasons(stop.overrides)
    late = int(visit.lateness.total_seconds())
    if late:
        why = reasons.get(Rule.LATE, "")
        yield Violation(Rule.LATE, route.id, stop.id, late, "s", overridden=why)
    for skill in stop.skills:
        if skill not in route.shift.skills:
            why = reasons.get(Rule.SKILL, "")
            yield Violation(Rule.SKILL, route.id, stop.id, 1, "", skill, why)


def _route_violations(route: Route, schedule: Schedule, pause_missing: bool) -> Iterator[Violation]:
    shift, reasons = route.shift, _reasons(route.overrides)
    for dimension, over in shift.capacity.excess(schedule.load).items():
        why = reasons.get(Rule.OVERLOADED, "")
        yield Violation(Rule.OVERLOADED, route.id, None, over, dimension, overridden=why)
    overtime = int(schedule.overtime.total_seconds())
    if schedule.end > shift.latest_end:
        over = int((schedule.end - shift.latest_end).total_seconds())
        yield Violation(Rule.SHIFT, route.id, None, over, "s", "", reasons.get(Rule.SHIFT, ""))
    elif overtime:
        why = reasons.get(Rule.OVERTIME, "")
        yield Violation(Rule.OVERTIME, route.id, None, overtime, "s", "", why)
    if shift.range_m is not None and schedule.metres > shift.range_m:
        over = schedule.metres - shift.range_m
        yield Violation(Rule.RANGE, route.id, None, over, "m", "", reasons.get(Rule.RANGE, ""))
    if pause_missing:
        yield Violation(Rule.BREAK, route.id, overridden=reasons.get(Rule.BREAK, ""))
    if route.off:
        yield Violation(Rule.DRIVER_OFF, route.id, overridden=reasons.get(Rule.DRIVER_OFF, ""))


def _reasons(overrides: Sequence[Override]) -> Mapping[str, str]:
    return {override.rule: override.reason for override in overrides}


def _left_at(plan: Plan) -> dict[StopId, datetime]:
    """When served stops were left, by the facts."""
    ended = (FactKind.DELIVERED, FactKind.FAILED)
    corrected = {fact.corrects for fact in plan.facts.values()}
    return {
        StopId(fact.subject): fact.happened_at
        for fact in plan.facts.values()
        if fact.kind in ended and fact.id not in corrected
    }


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)
