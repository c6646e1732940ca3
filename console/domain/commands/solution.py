"""A solver's proposal becomes the plan."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import ClassVar

from console.domain.commands.shifts import SwitchDriver
from console.domain.commands.stops import known_route, known_stops
from console.domain.commands.trouble import NO_TROUBLE, Trouble
from console.domain.errors import Rejected
from console.domain.objective import Objective
from console.domain.plan import Plan, Route, RouteId, StopId


@dataclass(frozen=True, slots=True)
class AdoptSolution:
    """New orders of stops for the routes that change; what leaves all of them is unassigned.

    ``routes`` are (route, stops) pairs. ``engine`` says who proposed it, ``cost`` what it costs by
    the reference evaluator in the depot's currency. ``objective`` becomes the day's where given.
    Routes in ``opened`` may be out: they are amended, that is opened, changed and handed to their
    drivers again in this one step; one that has nothing left is withdrawn. Drivers in ``off`` drop
    out for the rest of the day: what they have not served is dealt to the others or waits.
    ``trouble`` is what befell the day and is answered by it.
    """

    routes: tuple[tuple[RouteId, tuple[StopId, ...]], ...]
    engine: str = ""
    cost: float = 0.0
    objective: Objective | None = None
    opened: tuple[RouteId, ...] = ()
    off: tuple[RouteId, ...] = ()
    trouble: Trouble = NO_TROUBLE

    kind: ClassVar[str] = "adopt_solution.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """Every route of it, every stop on it, and those the routes carry now."""
        proposed = {stop for _, stops in self.routes for stop in stops}
        ids = {*(route for route, _ in self.routes), *self.off, *self.trouble.routes}
        present = {s for route in ids if route in plan.routes for s in plan.routes[route].stops}
        return frozenset(ids | proposed | present) | self.trouble.names(plan)

    def apply(self, plan: Plan) -> Plan:
        """Adopt; ``doubled``, ``taken`` for a stop on a route that is not in the proposal.

        ``loaded`` and ``pinned`` for a stop that would have to leave its route.
        """
        told = self.trouble.handed(plan)
        plan = self.trouble.applied(dropped_out(plan, self.off))
        order = dict(self.routes)
        ids = tuple(stop for _, stops in self.routes for stop in stops)
        if len(order) != len(self.routes):
            raise Rejected("doubled")
        for stop in known_stops(plan, ids):
            if stop.route is not None and stop.route not in order:
                raise Rejected("taken", stop=stop.id, route=stop.route)
        goes_to = {stop: route for route, stops in self.routes for stop in stops}
        before = {s for route in order for s in known_route(plan, route).stops}
        moved = [
            replace(plan.stops[stop], route=goes_to.get(stop), pinned=self._pinned(plan, stop))
            for stop in sorted(before | set(ids))
            if plan.stops[stop].route != goes_to.get(stop)
        ]
        routes = [
            self._handed(plan.routes[route], stops, anew=route not in told)
            for route, stops in self.routes
            if plan.routes[route].stops != stops
        ]
        return self._weighed(plan.with_stops(moved).with_routes(routes))

    def _handed(self, route: Route, stops: tuple[StopId, ...], *, anew: bool) -> Route:
        """With these stops; in the driver's hands ``anew`` where it was there."""
        if not route.released or route.id not in self.opened:
            return replace(route, stops=stops)
        edition = route.edition + anew
        return replace(route, stops=stops, released=bool(stops), edition=edition)

    def _weighed(self, plan: Plan) -> Plan:
        if self.objective is None or plan.day is None or plan.day.objective == self.objective:
            return plan
        return replace(plan, day=replace(plan.day, objective=self.objective))

    def _pinned(self, plan: Plan, stop: StopId) -> bool:
        if plan.stops[stop].loaded:
            raise Rejected("loaded", stop=stop)
        if plan.stops[stop].pinned:
            raise Rejected("pinned", stop=stop)
        return False


def dropped_out(plan: Plan, off: Collection[RouteId]) -> Plan:
    """The plan without these drivers from now on: withdrawn, what they did not serve waits."""
    for route in off:
        plan = SwitchDriver(route).apply(plan)
    return plan.with_routes(replace(plan.routes[route], released=False) for route in off)
