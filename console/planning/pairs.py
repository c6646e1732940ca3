"""Which stops belong together: what one collects, another brings (same route, later)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.domain.orders import OrderId
from console.domain.plan import Plan, RouteId, Stop, StopId


@dataclass(frozen=True, slots=True)
class Bonds:
    """What a stop depends on.

    ``group`` are the stops that have to be placed together and wait as it does, itself among them,
    in the order in which they are driven. ``routes`` are those on which a partner is already, by
    the order that ties it. ``missing`` are orders it brings that nobody collects.
    """

    group: tuple[Stop, ...]
    routes: dict[RouteId, OrderId]
    missing: tuple[OrderId, ...] = ()


class Pairs:
    """The bonds between the stops of one version of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._serving = {o.id: stop.id for stop in plan.stops.values() for o in stop.orders}
        self._bringing: dict[OrderId, list[StopId]] = {}
        for stop in plan.stops.values():
            for order in stop.orders:
                if order.pickup is not None:
                    self._bringing.setdefault(order.pickup, []).append(stop.id)

    def bonds(self, stop: Stop) -> Bonds:
        """What this stop depends on, whether it is placed or not."""
        if not self.is_tied(stop):
            return Bonds((stop,), {})
        group = self._group(stop)
        missing = tuple(order for each in group for order in self.missing(each))
        routes: dict[RouteId, OrderId] = {}
        for member in group:
            for order, partner in self.partners(member):
                if partner.route is not None and partner.id != stop.id:
                    routes.setdefault(partner.route, order)
        return Bonds(group, routes, missing)

    def missing(self, stop: Stop) -> tuple[OrderId, ...]:
        """The orders it brings that no stop collects."""
        return tuple(order for order in _pickups(stop) if order not in self._serving)

    def collector(self, order: OrderId) -> Stop | None:
        """The stop that collects an order."""
        return self._plan.stops[self._serving[order]] if order in self._serving else None

    def bringers(self, order: OrderId) -> tuple[Stop, ...]:
        """The stops that bring what an order collects."""
        return tuple(self._plan.stops[stop] for stop in self._bringing.get(order, ()))

    def is_tied(self, stop: Stop) -> bool:
        """True when another stop collects for it, or brings what it collects."""
        return any(o.pickup is not None or o.id in self._bringing for o in stop.orders)

    def partners(self, stop: Stop) -> Iterable[tuple[OrderId, Stop]]:
        """The stops that collect for it or bring what it collects, by the order collected."""
        for order in stop.orders:
            if order.pickup is not None and order.pickup in self._serving:
                yield order.pickup, self._plan.stops[self._serving[order.pickup]]
            for other in self._bringing.get(order.id, ()):
                yield order.id, self._plan.stops[other]

    def _group(self, stop: Stop) -> tuple[Stop, ...]:
        """All that wait and hang together, those that collect before those that bring."""
        found, todo = {stop.id: stop}, [stop]
        while todo:
            for _, partner in self.partners(todo.pop()):
                waits = partner.route is None and partner.is_open
                if waits and partner.id not in found:
                    found[partner.id] = partner
                    todo.append(partner)
        return tuple(_in_order(sorted(found.values(), key=lambda s: s.id), self._serving))


def _in_order(stops: Sequence[Stop], serving: dict[OrderId, StopId]) -> list[Stop]:
    """Each after those that collect for it; where they wait for each other, by id."""
    ids = {stop.id for stop in stops}
    needs = {s.id: {serving.get(p) for p in _pickups(s)} & ids - {s.id} for s in stops}
    ordered, rest = list[Stop](), list(stops)
    while rest:
        placed = {stop.id for stop in ordered}
        free = next((s for s in rest if needs[s.id] <= placed), rest[0])
        ordered.append(free)
        rest.remove(free)
    return ordered


def _pickups(stop: Stop) -> Iterable[OrderId]:
    return (order.pickup for order in stop.orders if order.pickup is not None)
