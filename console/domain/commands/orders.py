"""Orders come, change and are cancelled."""

from dataclasses import dataclass, replace
from typing import ClassVar

from console.domain.errors import Rejected
from console.domain.orders import Order, OrderId
from console.domain.plan import Plan, Stop, StopId, StopStatus, intersected


@dataclass(frozen=True, slots=True)
class AddStops:
    """New stops with new orders, unassigned."""

    stops: tuple[Stop, ...]

    kind: ClassVar[str] = "add_stops.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The new stops."""
        return frozenset(stop.id for stop in self.stops)

    def apply(self, plan: Plan) -> Plan:
        """Add; ``stop_exists``, ``order_exists``, ``doubled``, or ``not_new`` for a used stop."""
        ids = [stop.id for stop in self.stops]
        orders = [order.id for stop in self.stops for order in stop.orders]
        if len(set(ids)) != len(ids) or len(set(orders)) != len(orders):
            raise Rejected("doubled")
        known = {order.id for stop in plan.stops.values() for order in stop.orders}
        for stop in self.stops:
            _check_new(plan, stop, known)
        return plan.with_stops(self.stops)


def _check_new(plan: Plan, stop: Stop, known: set[OrderId]) -> None:
    if stop.id in plan.stops:
        raise Rejected("stop_exists", stop=stop.id)
    if not stop.orders or stop.route is not None or stop.status is not StopStatus.PLANNED:
        raise Rejected("not_new", stop=stop.id)
    for order in stop.orders:
        if order.id in known:
            raise Rejected("order_exists", order=order.id)


@dataclass(frozen=True, slots=True)
class AmendOrders:
    """Orders changed by the merchant or by hand; pins, routes and positions stay.

    An order that moves to another place, or no longer shares a window with its neighbours, takes
    its stop along when it is alone there; else it leaves for a stop of its own, ``new_stops``,
    unassigned.
    """

    orders: tuple[Order, ...]
    new_stops: tuple[StopId, ...] = ()

    kind: ClassVar[str] = "amend_orders.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The stops that serve the orders."""
        serving = (plan.stop_of_order(order.id) for order in self.orders)
        return frozenset(stop.id for stop in serving if stop) | frozenset(self.new_stops)

    def apply(self, plan: Plan) -> Plan:
        """Amend; ``unknown_order``, or ``new_stop_missing`` when a split needs another id.

        ``driver_is_there`` where somebody has arrived, ``already_served`` where it is done.
        """
        spare = [stop for stop in self.new_stops if stop not in plan.stops]
        where = {o.id: stop.id for stop in plan.stops.values() for o in stop.orders}
        for order in self.orders:
            if order.id not in where:
                raise Rejected("unknown_order", order=order.id)
            stop = plan.stops[where[order.id]]
            if stop.status is StopStatus.ARRIVED:
                raise Rejected("driver_is_there", stop=stop.id)
            if not stop.is_open:
                raise Rejected("already_served", stop=stop.id)
            plan = _amended(plan, stop, order, spare)
        return plan


def _amended(plan: Plan, stop: Stop, order: Order, spare: list[StopId]) -> Plan:
    others = tuple(o for o in stop.orders if o.id != order.id)
    if not others:
        return plan.with_stops([replace(stop, place=order.place, orders=(order,))])
    rest = replace(stop, orders=others)
    if order.place == stop.place and fits_together(rest, order):
        orders = tuple(order if o.id == order.id else o for o in stop.orders)
        return plan.with_stops([replace(stop, orders=orders)])
    if not spare:
        raise Rejected("new_stop_missing", order=order.id)
    return plan.with_stops([rest, Stop(spare.pop(0), order.place, (order,))])


def fits_together(stop: Stop, order: Order) -> bool:
    """True when the order can be served at this stop: same place, a window in common."""
    if stop.place != order.place:
        return False
    if not stop.windows or not order.windows:
        return True
    return bool(intersected(stop.windows, order.windows))


@dataclass(frozen=True, slots=True)
class CancelOrders:
    """Orders that are not to be delivered; a stop without orders leaves the plan."""

    orders: tuple[OrderId, ...]

    kind: ClassVar[str] = "cancel_orders.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The stops that serve the orders."""
        serving = (plan.stop_of_order(order) for order in self.orders)
        return frozenset(stop.id for stop in serving if stop)

    def apply(self, plan: Plan) -> Plan:
        """Cancel; ``unknown_order``, or ``already_served``."""
        leaving = set(self.orders)
        touched = [
            stop for stop in plan.stops.values() if any(o.id in leaving for o in stop.orders)
        ]
        missing = leaving - {o.id for stop in touched for o in stop.orders}
        if missing:
            raise Rejected("unknown_order", order=min(missing))
        stops, routes = dict(plan.stops), dict(plan.routes)
        for stop in touched:
            if not stop.is_open:
                raise Rejected("already_served", stop=stop.id)
            rest = tuple(o for o in stop.orders if o.id not in leaving)
            if rest:
                stops[stop.id] = replace(stop, orders=rest)
                continue
            del stops[stop.id]
            if stop.route is not None:
                route = routes[stop.route]
                left = tuple(s for s in route.stops if s != stop.id)
                routes[stop.route] = replace(route, stops=left)
        return replace(plan, stops=stops, routes=routes)
