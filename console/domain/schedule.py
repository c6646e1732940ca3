"""ETAs, waiting, breaks, loads, cost and violations of routes: the one reference.

A schedule is a function of the plan, the route and the travel matrix. Loading again and charging
are derived (``itinerary``), times come from ``timetable``, all the rest from ``accounts``.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from console.domain.accounts import route_cost, schedule_of
from console.domain.duty import Duty, Pause, Rests, Task
from console.domain.fleet import Shift
from console.domain.hours import hours_of, narrowed
from console.domain.itinerary import Itinerary, itinerary_of
from console.domain.places import PlaceId
from console.domain.plan import Plan, Route, RouteId, Stop, StopId, done_of
from console.domain.reported import Reported, Rest, held_until, reported
from console.domain.travel import TravelMatrix
from console.domain.visits import Schedule, Visit

__all__ = [
    "Schedule",
    "Visit",
    "duty_of",
    "passed_by",
    "route_cost",
    "schedule_plan",
    "schedule_route",
    "schedule_stops",
    "taken",
    "task_of",
    "told_duty",
    "told_task",
    "way_of",
]


def schedule_route(
    plan: Plan, route: Route, matrix: TravelMatrix, now: datetime | None = None
) -> Schedule | None:
    """The schedule of one route, None when it has no stops.

    With ``now`` a route that has not started does not leave before it, and on one that is under
    way nothing that is open begins before it.
    """
    return schedule_stops(plan, route, plan.stops_of(route.id), matrix, now)


def schedule_stops(
    plan: Plan,
    route: Route,
    stops: Sequence[Stop],
    matrix: TravelMatrix,
    now: datetime | None = None,
) -> Schedule | None:
    """The schedule the route would have with these stops: what a drop preview shows.

    ``matrix`` is that of the day; the shift's profile and speed are taken from it.
    """
    if not stops:
        return None
    matrix = way_of(route.shift, matrix)
    return schedule_of(route, stops, _itinerary(plan, route, stops, matrix, now), matrix)


def _itinerary(
    plan: Plan,
    route: Route,
    stops: Sequence[Stop],
    matrix: TravelMatrix,
    now: datetime | None,
) -> Itinerary:
    """``matrix`` is that of the shift."""
    told = reported(plan.facts)
    tasks = [told_task(stop, matrix, told) for stop in stops]
    done = done_of(stops)
    if now is not None and (done or route.started_at is not None):
        tasks[done:] = [replace(task, not_before=_epoch(now)) for task in tasks[done:]]
        if done and tasks[done - 1].left_at is None:
            tasks[done - 1] = replace(tasks[done - 1], held_until=_epoch(now))
    duty = told_duty(route, matrix, told, now)
    if done < len(stops) and duty.ended_at is not None:  # back with what is still to be done
        duty = replace(duty, ended_at=None)
    return itinerary_of(stops, tasks, route.shift, duty, matrix)


def passed_by(
    plan: Plan, route: Route, matrix: TravelMatrix, now: datetime | None = None
) -> tuple[tuple[PlaceId, StopId | None], ...]:
    """Every place a route goes to from its start to its end; depots and chargers without a stop.

    ``matrix`` is that of the day. Nowhere without stops.
    """
    stops = plan.stops_of(route.id)
    if not stops:
        return ()
    way = _itinerary(plan, route, stops, way_of(route.shift, matrix), now)
    between = [
        (matrix.places[task.row], stops[kind].id if kind >= 0 else None)
        for task, kind in zip(way.tasks, way.kinds, strict=True)
    ]
    end = way.duty.end_row
    last = [] if end is None else [(matrix.places[end], None)]
    return ((route.shift.place, None), *between, *last)


def schedule_plan(
    plan: Plan, matrix: TravelMatrix, now: datetime | None = None
) -> dict[RouteId, Schedule]:
    """The schedules of all routes that have stops."""
    made = ((r.id, schedule_route(plan, r, matrix, now)) for r in plan.routes.values())
    return {route: schedule for route, schedule in made if schedule is not None}


def way_of(shift: Shift, matrix: TravelMatrix) -> TravelMatrix:
    """How a shift travels: by its profile, its pace, and the zones that bar its vehicle."""
    key = matrix.key_for(shift.profile, shift.properties)
    return matrix.of(key, shift.speed_factor)


def task_of(stop: Stop, matrix: TravelMatrix, left_at: datetime | None = None) -> Task:
    """A stop as the kernel sees it."""
    windows, soft_latest = hours_of(stop)
    if matrix.hours:
        windows = narrowed(windows, matrix.hours.get(stop.place, ()))
    setup = stop.setup
    return Task(
        matrix.position(stop.place),
        int(stop.service_time.total_seconds()),
        windows,
        None if left_at is None else _epoch(left_at),
        int(setup.total_seconds()) if setup else 0,
        soft_latest,
    )


def told_task(stop: Stop, matrix: TravelMatrix, told: Reported) -> Task:
    """The same with what was reported of the stop."""
    task = task_of(stop, matrix, told.left.get(stop.id))
    came = told.arrived.get(stop.id)
    return task if came is None else replace(task, arrived_at=_epoch(came))


def told_duty(
    route: Route, matrix: TravelMatrix, told: Reported, now: datetime | None = None
) -> Duty:
    """The shift with what was reported of its route: a break that was taken, and being back.

    Who is said to stand still goes nowhere before that is over.
    """
    duty = duty_of(route, matrix, now)
    held = held_until(route, told)
    duty = replace(duty, held_until=_epoch(held)) if held else duty
    back = told.returned.get(route.id)
    pause = taken(route.shift, told.rests.get(route.id, ()), now) or duty.pause
    ended = None if back is None else _epoch(back)
    return replace(duty, pause=pause, ended_at=ended) if pause or ended else duty


def taken(shift: Shift, rests: Sequence[Rest], now: datetime | None = None) -> Pause | None:
    """The break a driver has taken or is taking; None while the one of the shift is still owed.

    One that ended is it when it was long enough; one that goes on lasts as long as it has to.
    """
    owed = shift.break_rule.duration if shift.break_rule else timedelta()
    for rest in reversed(rests):
        ended = rest.ended or max(rest.began + owed, now or rest.began)
        if ended - rest.began >= owed and ended > rest.began:
            begins, ends = _epoch(rest.began), _epoch(ended)
            return Pause(ends - begins, begins, ends, -1, is_taken=True)
    return None


def duty_of(route: Route, matrix: TravelMatrix, now: datetime | None = None) -> Duty:
    """A shift as the kernel sees it; ``matrix`` gives the rows only."""
    shift = route.shift
    begin = shift.start if now is None else max(shift.start, now)
    row = matrix.position(shift.place)
    end_row = row if shift.end_place is None else matrix.position(shift.end_place)
    return Duty(
        row,
        _epoch(begin),
        _epoch(shift.end),
        _epoch(shift.latest_end),
        _pause_of(shift),
        None if route.started_at is None else _epoch(route.started_at),
        None if shift.open_ended else end_row,
        shift.fixed_start,
        _rests_of(shift),
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


def _rests_of(shift: Shift) -> Rests | None:
    rule = shift.driving_rule
    if rule is None:
        return None
    rest, first, second = (
        int(part.total_seconds()) for part in (rule.rest, rule.first, rule.second)
    )
    return max(1, int(rule.driving.total_seconds())), rest, first, second


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())
