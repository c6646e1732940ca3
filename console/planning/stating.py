"""How a plan becomes a problem: whole numbers, nothing that may not change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.duty import Window
from console.domain.fleet import Shift
from console.domain.hours import late_price
from console.domain.load import Load, total
from console.domain.measures import skip_price
from console.domain.objective import COST, Measure, Objective
from console.domain.orders import Order
from console.domain.plan import Plan, Route, Stop
from console.domain.preferences import is_foreign, preference_price
from console.domain.schedule import task_of
from console.domain.travel import TravelMatrix
from console.planning.amounts import amounts, money
from console.planning.crewing import Held, crew_of, is_kept, is_open, lateness
from console.planning.problem import (
    LOAD_SCALE,
    UNLIMITED,
    Amounts,
    Balance,
    Crew,
    Demand,
    Problem,
)
from console.planning.underway import away, collected_behind, is_under_way

__all__ = ["Ground", "build", "is_kept", "is_open", "state"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a problem is made from; nothing is planned before ``now``."""

    plan: Plan
    matrix: TravelMatrix
    objective: Objective
    now: datetime | None = None


def build(
    plan: Plan,
    matrix: TravelMatrix,
    *,
    now: datetime | None = None,
    objective: Objective | None = None,
) -> Problem:
    """The problem of a plan: its open stops on open routes, and those that wait.

    Locked, released, started and switched-off routes stay out with their stops. Pins and accepted
    violations keep a stop on its route; the limits there are wide enough for what is kept. No
    route leaves before ``now``. Waiting stops without travel times (not located yet) stay out.
    Prices are weighed by ``objective``, else by the plan's own.
    """
    weights = objective or (plan.day.objective if plan.day else COST)
    routes = [route for route in plan.routes.values() if is_open(plan, route)]
    return state(Ground(plan, matrix, weights, now), routes)


def state(ground: Ground, routes: Sequence[Route], *, with_waiting: bool = True) -> Problem:
    """The problem of these routes, under way or not, and of the stops that wait for a driver."""
    plan, timed = ground.plan, ground.matrix.index
    routes = [route for route in routes if route.shift.places <= timed.keys()]
    held = {route.id: Held(plan, route, ground.matrix, ground.now) for route in routes}
    crews = tuple(_crew(ground, route, held[route.id]) for route in routes)
    ahead = {route.id: route.stops[len(plan.behind(route.id)) :] for route in routes}
    placed = {stop for order in ahead.values() for stop in order}
    waits = {s.id for s in plan.stops.values() if s.route is None and s.place in timed}
    chosen = placed | waits if with_waiting else placed
    stops = [s for s in plan.stops.values() if s.is_open and s.id in chosen]
    late = lateness(each for route in routes for each in held[route.id].schedules)
    stating = _Stating(ground, routes, crews, stops)
    demands = tuple(stating.demand(stop, late.get(stop.id)) for stop in stops)
    place = {demand.stop: i for i, demand in enumerate(demands)}
    present = tuple(tuple(place[stop] for stop in ahead[route.id]) for route in routes)
    return Problem(demands, crews, ground.matrix, present, _balance(ground.objective))


def _crew(ground: Ground, route: Route, held: Held) -> Crew:
    plan, matrix, now = ground.plan, ground.matrix, ground.now
    crew = crew_of(route, matrix, held, ground.objective, now)
    return away(plan, crew, matrix, held, now) if is_under_way(plan, route) else crew


def _balance(objective: Objective) -> Balance:
    price = objective.balance
    if not price:
        return Balance()
    if objective.measure is Measure.HOURS:
        return Balance(money(price / 3600), 0)
    if objective.measure is Measure.STOPS:
        return Balance(money(price), 1)
    return Balance(money(price / 100 / LOAD_SCALE["kg"]), 2)


class _Stating:
    """States the demands of one problem."""

    def __init__(
        self, ground: Ground, routes: Sequence[Route], crews: Sequence[Crew], stops: Sequence[Stop]
    ) -> None:
        self._matrix = ground.matrix
        self._shifts = [route.shift for route in routes]
        self._index = {route.id: i for i, route in enumerate(routes)}
        self._fit: dict[object, tuple[int, ...]] = {}
        self._lateness = ground.objective.lateness
        self._collecting = {o.id: i for i, stop in enumerate(stops) for o in stop.orders}
        self._left = {i: crew.duty.leave for i, crew in enumerate(crews) if crew.is_away}
        self._aboard = {
            order.id: (i, order.collected)
            for i, crew in enumerate(crews)
            if crew.behind
            for order in collected_behind(ground.plan, routes[i])
        }
        self._floor = int(ground.now.timestamp()) if ground.now and self._left else None

    def demand(self, stop: Stop, late: int | None) -> Demand:
        """One stop; ``late`` is when its service begins where it stays and is late."""
        task = task_of(stop, self._matrix)
        if late is not None and is_kept(stop) and task.windows:
            first, last = task.windows[:-1], task.windows[-1]
            task = replace(task, windows=(*first, (last[0], max(last[1], late))))
        if self._floor is not None:
            task = replace(task, windows=_not_before(task.windows, self._floor))
        ranks = [o.priority.rank for o in stop.orders if o.skip_price is None]
        if is_kept(stop):  # nothing is worth more than what stays
            ranks = [0] * len(stop.orders)
        crews = self._crews(stop)
        stated = Demand(
            stop.id,
            task,
            amounts(stop.load),
            (ranks.count(0), ranks.count(1), ranks.count(2)),
            crews,
        )
        return stated if _is_simple(stop) else self._rich(stated, stop)

    def _rich(self, stated: Demand, stop: Stop) -> Demand:
        brings = self._brings(stop)
        on_the_way = [o.load for o in stop.orders if o.pickup]
        held = [
            self._aboard[o.pickup][1] for o in stop.orders if o.pickup and o.pickup in self._aboard
        ]
        ready = _ready(stop)
        crews = self._ready_crews(stop, stated.crews, ready) if brings is not None else ()
        return replace(
            stated,
            crews=crews,
            collected=amounts(stop.collected),
            fetched=amounts(total(on_the_way)),
            brings=brings or (),
            ready=0 if crews and self._left.keys() >= set(crews) else ready,
            optional=len(stop.orders) - sum(stated.orders),
            skip=0 if is_kept(stop) else money(skip_price(stop)),
            late_price=money(self._lateness * late_price(stop) / 60),
            prices=self._prices(stop),
            held=amounts(total(held)),
        )

    def _crews(self, stop: Stop) -> tuple[int, ...]:
        if stop.route is not None and is_kept(stop):
            return (self._index[stop.route],)
        able = self._able(stop)
        if not self._aboard:
            return able
        carrying = {
            self._aboard[o.pickup][0] for o in stop.orders if o.pickup and o.pickup in self._aboard
        }
        return tuple(i for i in able if carrying <= {i})

    def _able(self, stop: Stop) -> tuple[int, ...]:
        """Whose driver and vehicle are fit for it; stops that ask for the same are asked once."""
        asked = tuple((o.skills, o.people, o.depot, o.territory) for o in stop.orders)
        if asked not in self._fit:
            fit = (i for i, shift in enumerate(self._shifts) if may_serve(shift, stop))
            self._fit[asked] = tuple(fit)
        return self._fit[asked]

    def _ready_crews(self, stop: Stop, crews: tuple[int, ...], ready: int) -> tuple[int, ...]:
        """Without those that left before it is there; what they carry already, they keep."""
        here = None if stop.route is None else self._index[stop.route]
        if here in self._left and ready:
            return tuple(i for i in crews if i == here)
        return tuple(i for i in crews if ready <= self._left.get(i, ready))

    def _brings(self, stop: Stop) -> tuple[tuple[int, Amounts], ...] | None:
        """None where what it brings is collected at no stop of the problem, nor on board."""
        found = list[tuple[int, Amounts]]()
        for order in stop.orders:
            if order.pickup is None or order.pickup in self._aboard:
                continue
            at = self._collecting.get(order.pickup)
            if at is None:
                return None
            found.append((at, amounts(order.load)))
        return tuple(found)

    def _prices(self, stop: Stop) -> tuple[int, ...]:
        prices = [self._lateness * preference_price(shift, stop) for shift in self._shifts]
        return tuple(map(money, prices)) if any(prices) else ()


def may_serve(shift: Shift, stop: Stop) -> bool:
    """True when driver and vehicle are fit for a stop, time and loads apart."""
    skills = {*shift.skills, *shift.vehicle_skills}
    return all(_may_take(shift, skills, order) for order in stop.orders)


def _may_take(shift: Shift, skills: set[str], order: Order) -> bool:
    if not skills.issuperset(order.skills) or order.people > shift.people:
        return False
    if order.depot is not None and order.depot != shift.depot:
        return False
    return shift.territory_price is not None or not is_foreign(shift, order)


def _not_before(windows: Sequence[Window], floor: int) -> tuple[Window, ...]:
    """What is left of windows now, where crews are under way and leave no more."""
    if not windows:
        return ((floor, UNLIMITED),)
    left = tuple((max(a, floor), b) for a, b in windows if b >= floor)
    return left or ((max(windows[-1][0], floor), windows[-1][1]),)


def _is_simple(stop: Stop) -> bool:
    """True when none of its orders says more than what, where, when and how long."""
    return not any(
        order.pickup is not None
        or order.collected != _NO_LOAD
        or order.skip_price is not None
        or order.ready_at is not None
        or order.drivers
        or order.territory
        or any(window.late_price is not None for window in order.windows)
        for order in stop.orders
    )


_NO_LOAD = Load()


def _ready(stop: Stop) -> int:
    times = [o.ready_at for o in stop.orders if o.ready_at is not None and o.pickup is None]
    return max((int(each.timestamp()) for each in times), default=0)
