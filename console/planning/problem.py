"""What a solver is given: integers only, nothing of the plan that may not change.

Seconds are epoch seconds or durations, distances metres, money whole ``1 / MONEY`` parts of the
depot's currency, loads whole ``LOAD_SCALE`` parts (see there).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.fleet import Shift
from console.domain.load import DIMENSIONS, TOLERANCE, Load
from console.domain.plan import Override, Plan, Route, RouteId, Stop, StopId
from console.domain.schedule import Schedule, duty_of, schedule_stops, task_of
from console.domain.segments import UNLIMITED
from console.domain.timetable import Duty, Task
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule

MONEY = 10_000_000  # fine enough that a second's wage and a metre's price stay whole numbers
LOAD_SCALE = {"pieces": 1, "kg": 1_000, "m3": 10_000, "units": 1_000}

Amounts = tuple[int, int, int, int]
"""One number per dimension of ``domain.load.DIMENSIONS``."""

Order = tuple[int, ...]
"""The demands of one crew, in order, as indices into ``Problem.demands``."""

Routes = tuple[Order, ...]
"""One ``Order`` per crew; a demand in none of them is unassigned."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A stop to be planned. ``orders`` counts its orders by priority, high first.

    ``crews`` are the indices of the crews that may serve it, sorted. ``windows`` of ``task`` hold
    what overrides and pins relax.
    """

    stop: StopId
    task: Task
    load: Amounts
    orders: tuple[int, int, int]
    crews: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Crew:
    """A shift that may be planned: duty, limits and prices (per route, metre and second)."""

    route: RouteId
    duty: Duty
    capacity: Amounts
    range_m: int
    fixed: int
    per_metre: int
    per_second: int
    per_overtime_second: int  # on top of ``per_second``


@dataclass(frozen=True, slots=True)
class Problem:
    """Demands, crews, travel; ``present`` is the plan as it stands, where it keeps every rule."""

    demands: tuple[Demand, ...]
    crews: tuple[Crew, ...]
    matrix: TravelMatrix
    present: Routes

    @property
    def is_plain(self) -> bool:
        """True when runs of stops joined in constant time tell the whole truth."""
        return (
            not self.matrix.slices
            and all(_is_plain_task(demand.task) for demand in self.demands)
            and all(_is_plain_duty(crew.duty) for crew in self.crews)
        )


def _is_plain_task(task: Task) -> bool:
    return len(task.windows) < 2 and not task.setup and task.soft_latest is None


def _is_plain_duty(duty: Duty) -> bool:
    return duty.end_row == duty.row and not duty.fixed_start and duty.driving is None


def build(plan: Plan, matrix: TravelMatrix, *, now: datetime | None = None) -> Problem:
    """The problem of a plan: its open stops on open routes, and those that wait.

    Locked, released, started and switched-off routes stay out with their stops. Pins and accepted
    violations keep a stop on its route; the limits there are wide enough for what is kept. No
    route leaves before ``now``. Waiting stops without travel times (not located yet) stay out.
    """
    timed = matrix.index
    routes = [r for r in plan.routes.values() if is_open(plan, r) and r.shift.place in timed]
    index = {route.id: i for i, route in enumerate(routes)}
    kept = {route.id: _kept(plan, route, matrix, now) for route in routes}
    carried = {route.id: _carried(plan, route, matrix, now) for route in routes}
    crews = tuple(_crew(r, matrix, now, (kept[r.id], carried[r.id])) for r in routes)
    waiting = {s.id for s in plan.stops.values() if s.route is None and s.place in timed}
    placed = {stop for route in routes for stop in route.stops}
    stops = [s for s in plan.stops.values() if s.is_open and (s.id in waiting or s.id in placed)]
    late = {
        visit.stop: int(visit.start.timestamp())
        for schedule in (*kept.values(), *carried.values())
        if schedule is not None
        for visit in schedule.visits
        if visit.lateness
    }
    demands = tuple(_demand(stop, routes, index, matrix, late.get(stop.id)) for stop in stops)
    place = {demand.stop: i for i, demand in enumerate(demands)}
    present = tuple(tuple(place[stop] for stop in route.stops) for route in routes)
    return Problem(demands, crews, matrix, present)


def is_open(plan: Plan, route: Route) -> bool:
    """True when a solver may change the route: not frozen, off or begun."""
    if route.is_frozen or route.off or route.started_at is not None:
        return False
    return all(plan.stops[stop].is_open for stop in route.stops)


def is_kept(stop: Stop) -> bool:
    """True when a stop stays on its route: pinned, or with an accepted violation there."""
    return stop.route is not None and (stop.pinned or bool(_rules(stop.overrides) & _STAYING))


_STAYING = {Rule.LATE, Rule.SKILL}


def _rules(overrides: Sequence[Override]) -> set[str]:
    return {override.rule for override in overrides}


def _kept(plan: Plan, route: Route, matrix: TravelMatrix, now: datetime | None) -> Schedule | None:
    """The route with only what stays on it."""
    stops = [stop for stop in plan.stops_of(route.id) if is_kept(stop)]
    return schedule_stops(plan, route, stops, matrix, now)


def _carried(
    plan: Plan, route: Route, matrix: TravelMatrix, now: datetime | None
) -> Schedule | None:
    """The route as it stands, where some of its limits or windows are overridden."""
    stops = plan.stops_of(route.id)
    overrides = [*route.overrides, *(o for stop in stops for o in stop.overrides)]
    return schedule_stops(plan, route, stops, matrix, now) if overrides else None


def _crew(
    route: Route,
    matrix: TravelMatrix,
    now: datetime | None,
    schedules: tuple[Schedule | None, Schedule | None],
) -> Crew:
    shift, rates = route.shift, route.shift.rates
    kept, carried = schedules
    rules = _rules(route.overrides)
    loaded = _those(kept, carried, Rule.OVERLOADED in rules)
    timed = _those(kept, carried, bool(rules & {Rule.SHIFT, Rule.OVERTIME}))
    ranged = _those(kept, carried, Rule.RANGE in rules)
    duty = duty_of(route, matrix, now)
    latest = max([duty.latest_end, *(int(s.end.timestamp()) for s in timed)])
    without_break = Rule.BREAK in rules or _breaks_break(kept)
    return Crew(
        route=route.id,
        duty=replace(duty, latest_end=latest, pause=None if without_break else duty.pause),
        capacity=_most(_capacity(shift), [amounts(s.load) for s in loaded]),
        range_m=max([shift.range_m or UNLIMITED, *(s.metres for s in ranged)]),
        fixed=round(rates.fixed * MONEY),
        per_metre=round(rates.per_km * MONEY / 1000),
        per_second=round(rates.per_hour * MONEY / 3600),
        per_overtime_second=round(rates.per_hour * (rates.overtime_factor - 1) * MONEY / 3600),
    )


def _those(kept: Schedule | None, carried: Schedule | None, overridden: bool) -> list[Schedule]:
    chosen = (kept, carried) if overridden else (kept,)
    return [schedule for schedule in chosen if schedule is not None]


def _breaks_break(kept: Schedule | None) -> bool:
    return kept is not None and any(v.rule is Rule.BREAK for v in kept.violations)


def _capacity(shift: Shift) -> Amounts:
    limits = ((name, shift.capacity.limit(name)) for name in DIMENSIONS)
    return _four(
        UNLIMITED if limit is None else math.floor((limit + TOLERANCE) * LOAD_SCALE[name])
        for name, limit in limits
    )


def amounts(load: Load) -> Amounts:
    """A load in whole numbers, rounded up."""
    return _four(
        math.ceil((load.amount(name) - TOLERANCE) * LOAD_SCALE[name]) for name in DIMENSIONS
    )


def _four(numbers: Iterable[int]) -> Amounts:
    pieces, kg, m3, units = numbers
    return (pieces, kg, m3, units)


def _most(limit: Amounts, loads: Sequence[Amounts]) -> Amounts:
    return _four(max(column) for column in zip(limit, *loads, strict=True))


def _skills(shift: Shift) -> set[str]:
    return {*shift.skills, *shift.vehicle_skills}


def _demand(
    stop: Stop,
    routes: Sequence[Route],
    index: dict[RouteId, int],
    matrix: TravelMatrix,
    late: int | None,
) -> Demand:
    if stop.route is not None and is_kept(stop):
        crews: tuple[int, ...] = (index[stop.route],)
    else:
        need = set(stop.skills)
        crews = tuple(i for i, route in enumerate(routes) if need <= _skills(route.shift))
    task = task_of(stop, matrix)
    if late is not None and is_kept(stop) and task.windows:
        first, last = task.windows[:-1], task.windows[-1]
        task = replace(task, windows=(*first, (last[0], max(last[1], late))))
    ranks = [order.priority.rank for order in stop.orders]
    counts = (ranks.count(0), ranks.count(1), ranks.count(2))
    return Demand(stop.id, task, amounts(stop.load), counts, crews)
