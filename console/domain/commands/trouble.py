"""What befell the day under way, as the plan has to know it: who comes late, what lies where."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from console.domain.commands.orders import AddStops, AmendOrders
from console.domain.commands.stops import known_route
from console.domain.errors import Rejected
from console.domain.fleet import Shift
from console.domain.orders import Order
from console.domain.plan import Hold, Plan, Route, RouteId, Stop, StopId


@dataclass(frozen=True, slots=True)
class Trouble:
    """No command of its own: it is done in one step with the solution that answers it.

    ``shifts`` replace those of their routes, also of routes that are out: these are handed to
    their drivers anew. ``stops`` are new ones, as where goods of a van that broke down are handed
    over; ``orders`` replace their namesakes, as those that are brought from there. ``changed`` are
    orders as their customers want them by now, also on routes that are out; ``apart`` the stops to
    which they go where they no longer fit those they share. ``held`` tells which routes under way
    stand still, and until when.
    """

    shifts: tuple[tuple[RouteId, Shift], ...] = ()
    stops: tuple[Stop, ...] = ()
    orders: tuple[Order, ...] = ()
    changed: tuple[Order, ...] = ()
    apart: tuple[StopId, ...] = ()
    held: tuple[tuple[RouteId, Hold], ...] = ()

    @property
    def routes(self) -> frozenset[RouteId]:
        """The routes whose shifts or hours change."""
        return frozenset(route for route, _ in (*self.shifts, *self.held))

    @property
    def is_felt(self) -> bool:
        """True where the day is another one by it, whatever is done about it."""
        return bool(self.shifts or self.changed or self.held)

    def names(self, plan: Plan) -> frozenset[str]:
        """The routes, the new stops, and those that serve what a customer changed."""
        told = {str(stop.id) for stop in self.stops} | set(self.routes)
        return frozenset(told) | AmendOrders(self.changed, self.apart).names(plan)

    def handed(self, plan: Plan) -> frozenset[RouteId]:
        """The routes of a plan that go to their drivers anew for it, whatever else is done."""
        asked = {order.id for order in self.changed}
        stops = (stop for stop in plan.stops.values() if stop.route is not None)
        serving = {s.route for s in stops if any(order.id in asked for order in s.orders)}
        return frozenset({route for route, _ in self.shifts} | {r for r in serving if r})

    def befallen(self, plan: Plan) -> Plan:
        """The day if nothing was done about it.

        ``driver_differs``, ``shift_backwards``, ``not_under_way``, and what is said of orders.
        """
        after = plan.with_routes([_shifted(plan, route, shift) for route, shift in self.shifts])
        after = after.with_routes([_held(after, route, hold) for route, hold in self.held])
        if not self.changed:
            return after
        after = AmendOrders(self.changed, self.apart).apply(after)
        return after.with_routes(self._amended(plan, after))

    def _amended(self, before: Plan, after: Plan) -> Iterator[Route]:
        """Routes that are out, and serve what changed: another edition, once."""
        told = {s.route for s in before.stops.values() if s.route and after.stops[s.id] != s}
        for route in sorted(told):
            known = after.routes[route]
            if known.released and known.edition == before.routes[route].edition:
                yield replace(known, edition=known.edition + 1)

    def applied(self, plan: Plan) -> Plan:
        """The plan with all of it; ``Rejected`` as by the commands that change orders."""
        plan = self.befallen(plan)
        if self.stops:
            plan = AddStops(self.stops).apply(plan)
        return AmendOrders(self.orders).apply(plan) if self.orders else plan


NO_TROUBLE = Trouble()


def _shifted(plan: Plan, name: RouteId, shift: Shift) -> Route:
    route = known_route(plan, name)
    if route.shift.driver != shift.driver:
        raise Rejected("driver_differs", route=name)
    if shift.end <= shift.start:
        raise Rejected("shift_backwards", route=name)
    edition = route.edition + (route.released and route.shift != shift)
    return replace(route, shift=shift, edition=edition)


def _held(plan: Plan, name: RouteId, hold: Hold) -> Route:
    route = known_route(plan, name)
    if route.started_at is None and not plan.behind(name):
        raise Rejected("not_under_way", route=name)
    return replace(route, hold=hold)
