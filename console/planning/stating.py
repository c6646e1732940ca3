"""How a plan becomes a problem: whole numbers, nothing that may not change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

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
from console.planning.problem import LOAD_SCALE, Amounts, Balance, Demand, Problem

__all__ = ["build", "is_kept", "is_open"]


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
    timed = matrix.index
    routes = [
        r for r in plan.routes.values() if is_open(plan, r) and r.shift.places <= timed.keys()
    ]
    held = {route.id: Held(plan, route, matrix, now) for route in routes}
    crews = tuple(crew_of(r, matrix, held[r.id], weights, now) for r in routes)
    waiting = {s.id for s in plan.stops.values() if s.route is None and s.place in timed}
    placed = {stop for route in routes for stop in route.stops}
    stops = [s for s in plan.stops.values() if s.is_open and (s.id in waiting or s.id in placed)]
    late = lateness(each for route in routes for each in held[route.id].schedules)
    stating = _Stating(matrix, routes, weights, stops)
    demands = tuple(stating.demand(stop, late.get(stop.id)) for stop in stops)
    place = {demand.stop: i for i, demand in enumerate(demands)}
    present = tuple(tuple(place[stop] for stop in route.stops) for route in routes)
    return Problem(demands, crews, matrix, present, _balance(weights))


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
        self,
        matrix: TravelMatrix,
        routes: Sequence[Route],
        objective: Objective,
        stops: Sequence[Stop],
    ) -> None:
        self._matrix = matrix
        self._shifts = [route.shift for route in routes]
        self._index = {route.id: i for i, route in enumerate(routes)}
        self._lateness = objective.lateness
        self._collecting = {o.id: i for i, stop in enumerate(stops) for o in stop.orders}

    def demand(self, stop: Stop, late: int | None) -> Demand:
        """One stop; ``late`` is when its service begins where it stays and is late."""
        task = task_of(stop, self._matrix)
        if late is not None and is_kept(stop) and task.windows:
            first, last = task.windows[:-1], task.windows[-1]
            task = replace(task, windows=(*first, (last[0], max(last[1], late))))
        ranks = [o.priority.rank for o in stop.orders if o.skip_price is None]
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
        fetched = total(order.load for order in stop.orders if order.pickup is not None)
        brings = self._brings(stop)
        return replace(
            stated,
            crews=stated.crews if brings is not None else (),
            collected=amounts(stop.collected),
            fetched=amounts(fetched),
            brings=brings or (),
            ready=_ready(stop),
            optional=sum(order.skip_price is not None for order in stop.orders),
            skip=money(skip_price(stop)),
            late_price=money(self._lateness * late_price(stop) / 60),
            prices=self._prices(stop),
        )

    def _crews(self, stop: Stop) -> tuple[int, ...]:
        if stop.route is not None and is_kept(stop):
            return (self._index[stop.route],)
        return tuple(i for i, shift in enumerate(self._shifts) if may_serve(shift, stop))

    def _brings(self, stop: Stop) -> tuple[tuple[int, Amounts], ...] | None:
        """None where what it brings is collected at no stop of the problem."""
        found = list[tuple[int, Amounts]]()
        for order in stop.orders:
            if order.pickup is None:
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
