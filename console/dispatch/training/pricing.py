"""What a plan costs from one moment on, and what the best answer at that moment would have cost.

    price = sum over routes that can drive of   cost + soft lateness by its prices (``Schedule``)
            + LATE_MINUTE * minutes after the last window + BROKEN * other hard rules broken
          + LEFT[priority] * open stops that nobody drives to

in the depot's currency. A route is judged by the reference with all that was reported until then;
that of a driver who is stranded is not driven any further, so its open stops count as left.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.domain.orders import Priority
from console.domain.plan import Plan, RouteId, Stop, StopId
from console.domain.schedule import Schedule, schedule_route, schedule_stops
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule
from console.planning.run import Terms

LATE_MINUTE = 1.0
BROKEN = 60.0
LEFT: Mapping[Priority, float] = {Priority.HIGH: 240.0, Priority.NORMAL: 120.0, Priority.LOW: 60.0}
"""More than any detour costs, so that nothing is left for its price."""

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A plan as it was known at a moment: with travel times, and who was stranded."""

    plan: Plan
    matrix: TravelMatrix
    now: datetime
    stranded: frozenset[RouteId] = frozenset()

    def with_plan(self, plan: Plan) -> "Moment":
        """Another plan at the same moment, with the same knowledge."""
        return replace(self, plan=plan)


@dataclass(frozen=True, slots=True)
class Move:
    """A stop that another driver makes, or nobody (None)."""

    stop: StopId
    source: RouteId | None
    target: RouteId | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A plan that could be had at a moment, and its price in the depot's currency."""

    price: float
    plan: Plan
    moves: tuple[Move, ...] = ()


def price(moment: Moment) -> float:
    """What this plan comes to, in the depot's currency."""
    found = sum(_driven(each) for each in schedules(moment).values())
    return round(found + sum(LEFT[stop.priority] for stop in left(moment)), 2)


def schedules(moment: Moment) -> dict[RouteId, Schedule]:
    """Of every route that has something to drive; of one that is stranded, what is done."""
    plan, made = moment.plan, dict[RouteId, Schedule]()
    for route in plan.routes.values():
        if route.id in moment.stranded:
            done = [plan.stops[stop] for stop in plan.behind(route.id)]
            found = schedule_stops(plan, route, done, moment.matrix, moment.now)
        else:
            found = schedule_route(plan, route, moment.matrix, moment.now)
        if found is not None:
            made[route.id] = found
    return made


def left(moment: Moment) -> list[Stop]:
    """Open stops that nobody drives to: without a driver, or with one who cannot go on."""
    plan = moment.plan
    return [
        stop
        for stop in plan.stops.values()
        if stop.is_open and (stop.route is None or stop.route in moment.stranded)
    ]


def late(moment: Moment) -> list[StopId]:
    """Open stops that are served after their last window, by the reference."""
    stops = moment.plan.stops
    visits = (visit for each in schedules(moment).values() for visit in each.visits)
    return [v.stop for v in visits if v.lateness and stops[v.stop].is_open]


def _driven(schedule: Schedule) -> float:
    broken = sum(v.is_harm and v.rule is not Rule.LATE for v in schedule.violations)
    minutes = schedule.lateness / MINUTE
    return schedule.cost + schedule.penalty + LATE_MINUTE * minutes + BROKEN * broken


def best(moment: Moment) -> Answer:
    """The optimiser's answer at that moment, by insertion at once; or to leave it, where cheaper.

    It may withdraw what is out; stranded drivers make nothing more. No search: the same again.
    """
    from console.planning.replanning import reoptimise  # loads NumPy, windows start without
    from console.planning.solution import adopt

    opened = _opened(moment)
    _problem, solution = reoptimise(opened, moment.matrix, Terms(1.0), moment.now)
    found = adopt(opened, solution).apply(opened)
    moves = tuple(_moves(moment.plan, found))
    answer = Answer(price(moment.with_plan(found)), found, moves)
    as_it_is = Answer(price(moment), moment.plan)
    return min(as_it_is, answer, key=lambda each: each.price)


def _opened(moment: Moment) -> Plan:
    """The plan with all routes open and what stranded drivers still had waiting for others."""
    plan = moment.plan
    waiting = [
        replace(stop, route=None, pinned=False)
        for stop in left(moment)
        if stop.route is not None and not stop.loaded
    ]
    gone = {stop.id for stop in waiting}
    routes = [
        replace(
            route,
            released=False,
            off=route.off or route.id in moment.stranded,
            stops=tuple(stop for stop in route.stops if stop not in gone),
        )
        for route in plan.routes.values()
    ]
    return plan.with_stops(waiting).with_routes(routes)


def _moves(before: Plan, after: Plan) -> Iterator[Move]:
    for stop, was in before.stops.items():
        target = after.stops[stop].route
        if was.is_open and was.route != target:
            yield Move(stop, was.route, target)
