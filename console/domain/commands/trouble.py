"""What befell the day under way, as the plan has to know it: who comes late, what lies where."""

from dataclasses import dataclass, replace

from console.domain.commands.orders import AddStops, AmendOrders
from console.domain.commands.stops import known_route
from console.domain.errors import Rejected
from console.domain.fleet import Shift
from console.domain.orders import Order
from console.domain.plan import Plan, Route, RouteId, Stop


@dataclass(frozen=True, slots=True)
class Trouble:
    """No command of its own: it is done in one step with the solution that answers it.

    ``shifts`` replace those of their routes, also of routes that are out: these are handed to
    their drivers anew. ``stops`` are new ones, as where goods of a van that broke down are handed
    over; ``orders`` replace their namesakes, as those that are brought from there.
    """

    shifts: tuple[tuple[RouteId, Shift], ...] = ()
    stops: tuple[Stop, ...] = ()
    orders: tuple[Order, ...] = ()

    @property
    def routes(self) -> frozenset[RouteId]:
        """The routes whose shifts change."""
        return frozenset(route for route, _ in self.shifts)

    def shifted(self, plan: Plan) -> Plan:
        """The plan with the other shifts; ``driver_differs``, ``shift_backwards``."""
        return plan.with_routes([_shifted(plan, route, shift) for route, shift in self.shifts])

    def applied(self, plan: Plan) -> Plan:
        """The plan with all of it; ``Rejected`` as by the commands that change orders."""
        plan = self.shifted(plan)
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
