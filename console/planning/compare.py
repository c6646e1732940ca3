"""What differs between two plans of a day: in money, time, distance, CO2e, lateness, fairness."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console import wording
from console.domain.fleet import DriverId
from console.domain.measures import HOUR, spread
from console.domain.plan import Plan, RouteId, Stop, StopId
from console.domain.schedule import schedule_route
from console.domain.travel import TravelMatrix
from console.domain.visits import Schedule, Visit

PROMISE_MINUTES = 15
_NO_TIME = timedelta()


class Kind(StrEnum):
    """How a stop stands in the second plan against the first."""

    DRIVER = "driver"  # another driver makes it
    ASSIGNED = "assigned"  # it had no driver, or was not there
    DROPPED = "dropped"  # it has no driver any more, or is gone
    ORDER = "order"  # the same driver, but before or after others than it was
    TIME = "time"  # the same driver and order, but service begins at another time


@dataclass(frozen=True, slots=True)
class StopChange:
    """One stop that is not as it was: when it is reached and when service begins there."""

    stop: StopId
    kind: Kind
    was: RouteId | None
    goes: RouteId | None
    arrival_was: datetime | None = None
    arrival: datetime | None = None
    start_was: datetime | None = None
    start: datetime | None = None

    @property
    def moved(self) -> timedelta | None:
        """How much later service begins there, negative where earlier; None without both."""
        if self.start is None or self.start_was is None:
            return None
        return self.start - self.start_was


@dataclass(frozen=True, slots=True)
class RouteChange:
    """A route before and after; None where it has no stops. ``changed`` says that stops differ."""

    route: RouteId
    before: Schedule | None
    after: Schedule | None
    changed: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """A plan's figures. ``served`` and ``unassigned`` count orders, ``vehicles`` used routes.

    ``cost`` is what routes cost, ``penalty`` what soft lateness and other drivers cost on top, both
    in the depot's currency. ``co2e`` in kg. ``uneven_hours`` and ``uneven_stops`` are how far used
    routes are from their mean, on average.
    """

    served: int = 0
    unassigned: int = 0
    vehicles: int = 0
    cost: float = 0.0
    penalty: float = 0.0
    co2e: float = 0.0
    metres: int = 0
    late_stops: int = 0
    paid: timedelta = _NO_TIME
    overtime: timedelta = _NO_TIME
    driving: timedelta = _NO_TIME
    waiting: timedelta = _NO_TIME
    late: timedelta = _NO_TIME
    soft_late: timedelta = _NO_TIME
    least_slack: timedelta | None = None
    uneven_hours: float = 0.0
    uneven_stops: float = 0.0


@dataclass(frozen=True, slots=True)
class Timed:
    """A plan and the schedules of its routes with stops."""

    plan: Plan
    schedules: Mapping[RouteId, Schedule]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans side by side; ``minutes`` is how far service may shift before it counts."""

    before: Sums
    after: Sums
    changes: tuple[StopChange, ...]
    routes: tuple[RouteChange, ...]
    minutes: int = PROMISE_MINUTES

    def of_kind(self, kind: Kind) -> tuple[StopChange, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)

    @property
    def promises(self) -> tuple[StopChange, ...]:
        """Stops with a driver in both plans whose service shifts by more than ``minutes``."""
        limit = timedelta(minutes=self.minutes)
        return tuple(c for c in self.changes if c.moved is not None and abs(c.moved) > limit)

    @property
    def routes_changed(self) -> int:
        """How many routes have other stops, or the same in another order."""
        return sum(route.changed for route in self.routes)

    @property
    def is_same(self) -> bool:
        """True when no route differs."""
        return not self.routes_changed

    @property
    def sentence(self) -> str:
        """``3 change driver, 7 change order, 0 promises move``."""
        drivers, order = (len(self.of_kind(kind)) for kind in (Kind.DRIVER, Kind.ORDER))
        return wording.changes(drivers, order, len(self.promises))


def compare(
    before: Plan,
    after: Plan,
    matrix: TravelMatrix,
    now: datetime | None = None,
    minutes: int = PROMISE_MINUTES,
) -> Comparison:
    """What differs, both plans timed by the reference; routes that are the same are timed once.

    ConsoleError where travel times of a place are missing.
    """
    first = _timed(before, matrix, now, {})
    known = {route: first.schedules.get(route) for route in _unchanged(before, after)}
    return compare_timed(first, _timed(after, matrix, now, known), minutes)


def compare_timed(before: Timed, after: Timed, minutes: int = PROMISE_MINUTES) -> Comparison:
    """The same for plans whose schedules are known."""
    return Comparison(
        sums(before),
        sums(after),
        tuple(_changes(before, after, timedelta(minutes=minutes))),
        tuple(_routes(before, after)),
        minutes,
    )


def sums(timed: Timed) -> Sums:
    """A plan's figures."""
    stops = timed.plan.stops.values()
    used = tuple(timed.schedules.values())
    visits = [visit for schedule in used for visit in schedule.visits]
    return Sums(
        served=sum(len(stop.orders) for stop in stops if stop.route is not None),
        unassigned=sum(len(stop.orders) for stop in stops if stop.route is None),
        vehicles=len(used),
        cost=sum(schedule.cost for schedule in used),
        penalty=sum(schedule.penalty for schedule in used),
        co2e=sum(schedule.co2e for schedule in used),
        metres=sum(schedule.metres for schedule in used),
        late_stops=sum(1 for visit in visits if visit.lateness),
        paid=_whole(schedule.duration for schedule in used),
        overtime=_whole(schedule.overtime for schedule in used),
        driving=_whole(schedule.driving for schedule in used),
        waiting=_whole(visit.waiting for visit in visits),
        late=_whole(schedule.lateness for schedule in used),
        soft_late=_whole(schedule.soft_lateness for schedule in used),
        least_slack=min((v.slack for v in visits if v.slack is not None), default=None),
        uneven_hours=_uneven([schedule.duration / HOUR for schedule in used]),
        uneven_stops=_uneven([float(len(schedule.visits)) for schedule in used]),
    )


def _whole(parts: Iterator[timedelta]) -> timedelta:
    return sum(parts, _NO_TIME)


def _uneven(amounts: Sequence[float]) -> float:
    return spread(amounts) / len(amounts) if amounts else 0.0


def _unchanged(before: Plan, after: Plan) -> Iterator[RouteId]:
    """Routes that are the same in both plans, with everything that times them."""
    if before.facts != after.facts:
        return
    for route in before.routes.values():
        stops = route.stops
        same = after.routes.get(route.id) == route
        if same and all(before.stops[stop] == after.stops.get(stop) for stop in stops):
            yield route.id


def _timed(
    plan: Plan,
    matrix: TravelMatrix,
    now: datetime | None,
    known: Mapping[RouteId, Schedule | None],
) -> Timed:
    made = {
        route.id: known[route.id] if route.id in known else schedule_route(plan, route, matrix, now)
        for route in plan.routes.values()
    }
    return Timed(plan, {route: timed for route, timed in made.items() if timed is not None})


def _routes(before: Timed, after: Timed) -> Iterator[RouteChange]:
    for route in {**before.plan.routes, **after.plan.routes}:
        was, goes = (_order(timed.plan, route) for timed in (before, after))
        yield RouteChange(
            route, before.schedules.get(route), after.schedules.get(route), was != goes
        )


def _order(plan: Plan, route: RouteId) -> tuple[StopId, ...]:
    return plan.routes[route].stops if route in plan.routes else ()


def _changes(before: Timed, after: Timed, limit: timedelta) -> Iterator[StopChange]:
    """Changes in the order of ``Kind``, then as the second plan's routes go."""
    was, goes = _visits(before), _visits(after)
    shuffled = _shuffled(before.plan, after.plan)
    found = [
        _change(stop, (before.plan, after.plan), (was.get(stop), goes.get(stop)), shuffled)
        for stop in _in_order(before.plan, after.plan)
    ]
    kinds = list(Kind)
    for change in sorted(found, key=lambda change: kinds.index(change.kind)):
        moved = change.moved
        if change.kind is not Kind.TIME or (moved is not None and abs(moved) > limit):
            yield change


def _in_order(before: Plan, after: Plan) -> list[StopId]:
    """Every stop that has a driver in one of the plans, as the routes go."""
    routes = (*after.routes.values(), *before.routes.values())
    return list(dict.fromkeys(stop for route in routes for stop in route.stops))


def _visits(timed: Timed) -> dict[StopId, Visit]:
    return {visit.stop: visit for route in timed.schedules.values() for visit in route.visits}


def _change(
    stop: StopId,
    plans: tuple[Plan, Plan],
    visits: tuple[Visit | None, Visit | None],
    shuffled: frozenset[StopId],
) -> StopChange:
    was, goes = (_route_of(plan.stops.get(stop)) for plan in plans)
    drivers = [_driver(plan, route) for plan, route in zip(plans, (was, goes), strict=True)]
    kind = Kind.ORDER if stop in shuffled else Kind.TIME
    if was is None:
        kind = Kind.ASSIGNED
    elif goes is None:
        kind = Kind.DROPPED
    elif drivers[0] != drivers[1]:
        kind = Kind.DRIVER
    arrivals = (None if visit is None else visit.arrival for visit in visits)
    starts = (None if visit is None else visit.start for visit in visits)
    return StopChange(stop, kind, was, goes, *arrivals, *starts)


def _route_of(stop: Stop | None) -> RouteId | None:
    return None if stop is None else stop.route


def _driver(plan: Plan, route: RouteId | None) -> DriverId | None:
    known = None if route is None else plan.routes.get(route)
    return None if known is None else known.shift.driver


def _shuffled(before: Plan, after: Plan) -> frozenset[StopId]:
    """The fewest stops that changed their place among those that stayed on their route."""
    moved: set[StopId] = set()
    for route in after.routes.values():
        places = {stop: i for i, stop in enumerate(_order(before, route.id))}
        stayed = [stop for stop in route.stops if stop in places]
        kept = _longest_rise([places[stop] for stop in stayed])
        moved.update(stop for i, stop in enumerate(stayed) if i not in kept)
    return frozenset(moved)


def _longest_rise(places: Sequence[int]) -> set[int]:
    """Positions of a longest increasing subsequence (patience sorting)."""
    ends: list[int] = []  # the smallest last place of a rise of each length, and where it stands
    at: list[int] = []
    before: list[int] = []
    for i, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        at[length : length + 1] = [i]
    kept: set[int] = set()
    i = at[-1] if at else -1
    while i >= 0:
        kept.add(i)
        i = before[i]
    return kept
