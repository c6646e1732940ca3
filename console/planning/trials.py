"""Other stops on a route, tried out: every answer is the reference's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.accounts import schedule_of
from console.domain.duty import Duty, Task
from console.domain.itinerary import itinerary_of
from console.domain.measures import skip_price
from console.domain.plan import Plan, Route, RouteId, Stop, StopId
from console.domain.reported import reported
from console.domain.running import Run, admitted, forward
from console.domain.schedule import schedule_plan, told_duty, told_task, way_of
from console.domain.timetable import NO_BREAK
from console.domain.travel import TravelMatrix
from console.domain.violations import Violation
from console.domain.visits import Schedule

_NO_TIME = timedelta()


@dataclass(frozen=True, slots=True)
class Trial:
    """A route as it would be. Differences are to the route as it stood.

    ``position`` counts the stops before the one that is tried. ``price`` is the cost and what soft
    lateness and preferences cost, in the depot's currency; ``late`` all lateness, hard and soft.
    ``worse`` are the violations that are new or greater.
    """

    route: RouteId
    position: int
    stops: tuple[Stop, ...]
    schedule: Schedule | None
    price: float
    time: timedelta
    metres: int
    late: timedelta
    worse: tuple[Violation, ...]

    @property
    def harms(self) -> tuple[Violation, ...]:
        """What is worse and neither allowed nor overridden."""
        return tuple(violation for violation in self.worse if violation.is_harm)

    def neighbours(self, stop: StopId) -> tuple[StopId | None, StopId | None]:
        """The stops before and after one of the route's."""
        ids = [None, *(s.id for s in self.stops), None]
        at = ids.index(stop)
        return ids[at - 1], ids[at + 1]


class Trials:
    """Tries stops on the routes of one version of a plan. Not thread-safe in its caches."""

    def __init__(self, plan: Plan, matrix: TravelMatrix, now: datetime | None = None) -> None:
        self.plan, self.matrix, self.now = plan, matrix, now
        self._present: dict[RouteId, Schedule | None] = {}
        self._tasks: dict[StopId, tuple[Stop, Task]] = {}
        self._soonest: dict[tuple[RouteId, tuple[StopId, ...]], Run] = {}
        self._kernels: dict[RouteId, tuple[Route, TravelMatrix, Duty]] = {}
        self._told = reported(plan.facts)

    def is_timed(self, route: Route) -> bool:
        """True when there are travel times for all its places."""
        known = self.matrix.index
        places = (*route.shift.places, *(stop.place for stop in self.plan.stops_of(route.id)))
        return all(place in known for place in places)

    def present(self, route: RouteId) -> Schedule | None:
        """The route as it stands."""
        if route not in self._present:
            known = self.plan.routes[route]
            self._present[route] = self.schedule(known, self.plan.stops_of(route))
        return self._present[route]

    def schedule(self, route: Route, stops: Sequence[Stop]) -> Schedule | None:
        """The same as ``domain.schedule.schedule_stops``; tasks are made once."""
        if not stops:
            return None
        matrix, duty = self._kernel(route)
        way = itinerary_of(stops, [self._task(s, matrix) for s in stops], route.shift, duty, matrix)
        return schedule_of(route, stops, way, matrix)

    def tried(
        self, route: RouteId, stops: Sequence[Stop], position: int, *, by: Route | None = None
    ) -> Trial:
        """The route with these stops; ``by`` is another state of the route itself."""
        before = self.present(route)
        after = self.schedule(by or self.plan.routes[route], stops)
        return Trial(
            route,
            position,
            tuple(stops),
            after,
            money(after) - money(before),
            (after.duration if after else _NO_TIME) - (before.duration if before else _NO_TIME),
            (after.metres if after else 0) - (before.metres if before else 0),
            _lateness(after) - _lateness(before),
            worse(before, after),
        )

    def first_open(self, stops: Sequence[Stop]) -> int:
        """The first position behind what is done."""
        return max((i + 1 for i, stop in enumerate(stops) if not stop.is_open), default=0)

    def spots(self, route: Route, stops: Sequence[Stop], wanted: Stop) -> list[tuple[int, int]]:
        """(position, seconds late at least) of every place on a route, the most hopeful first."""
        matrix, duty = self._kernel(route)
        run = self._run(route, stops)
        task = self._task(wanted, matrix)
        rows = [duty.row, *(matrix.position(stop.place) for stop in stops)]
        leaves = [duty.leave, *run.departures]
        found = list[tuple[int, int, int]]()
        for position in range(self.first_open(stops), len(stops) + 1):
            here = rows[position]
            arrival = matrix.arrival(here, task.row, leaves[position])
            late = admitted(task, arrival + (task.setup if here != task.row else 0))[1]
            there = rows[position + 1] if position < len(stops) else duty.end_row
            found.append((late, _detour(matrix, here, task.row, there), position))
        return [(position, late) for late, _, position in sorted(found)]

    def inserted(self, route: Route, stops: Sequence[Stop], wanted: Stop, position: int) -> Trial:
        """The route with one stop more."""
        longer = [*stops[:position], wanted, *stops[position:]]
        return self.tried(route.id, longer, position, by=route)

    def _run(self, route: Route, stops: Sequence[Stop]) -> Run:
        """As soon as it can be, breaks, loading and charging left out."""
        key = (route.id, tuple(stop.id for stop in stops))
        if key not in self._soonest:
            matrix, duty = self._kernel(route)
            tasks = [self._task(stop, matrix) for stop in stops]
            run = forward(tasks, duty, matrix, NO_BREAK, duty.leave)
            if run is None:
                raise AssertionError("a run without a break always exists")
            self._soonest[key] = run
        return self._soonest[key]

    def _kernel(self, route: Route) -> tuple[TravelMatrix, Duty]:
        known = self._kernels.get(route.id)
        if known is None or known[0] is not route:
            matrix = way_of(route.shift, self.matrix)
            known = (route, matrix, told_duty(route, matrix, self._told, self.now))
            self._kernels[route.id] = known
        return known[1], known[2]

    def _task(self, stop: Stop, matrix: TravelMatrix) -> Task:
        """What a stop is to the kernel; its row is the same in the matrices of all profiles."""
        known = self._tasks.get(stop.id)
        if known is None or known[0] is not stop:
            known = (stop, told_task(stop, matrix, self._told))
            self._tasks[stop.id] = known
        return known[1]


def money(schedule: Schedule | None) -> float:
    """What a route costs, soft lateness and preferences included, in the depot's currency."""
    return 0.0 if schedule is None else schedule.cost + schedule.penalty


def plan_money(plan: Plan, matrix: TravelMatrix, now: datetime | None = None) -> float:
    """What a plan costs: its routes, and the skip prices of what it leaves out."""
    routes = schedule_plan(plan, matrix, now).values()
    return sum(map(money, routes)) + sum(skip_price(plan.stops[s]) for s in plan.unassigned)


def worse(before: Schedule | None, after: Schedule | None) -> tuple[Violation, ...]:
    """The violations that are new, or greater than they were."""
    if after is None or not after.violations:
        return ()
    known = {_subject(v): v.amount for v in before.violations} if before else {}
    return tuple(v for v in after.violations if v.amount > known.get(_subject(v), -1.0))


def _subject(violation: Violation) -> tuple[str, str, str, str]:
    return (violation.rule, violation.stop or "", violation.unit, violation.detail)


def _lateness(schedule: Schedule | None) -> timedelta:
    return _NO_TIME if schedule is None else schedule.lateness + schedule.soft_lateness


def _detour(matrix: TravelMatrix, here: int, row: int, there: int | None) -> int:
    """Seconds by way of a row, whatever the hour."""
    cells, size = matrix.durations, len(matrix.places)
    into = cells[here * size + row]
    if there is None:
        return into
    return into + cells[row * size + there] - cells[here * size + there]
