"""Orders at one place that can be served at one stop."""

from collections.abc import Sequence

from console.domain.fleet import Shift
from console.domain.load import total
from console.domain.orders import Order
from console.domain.places import PlaceId
from console.domain.plan import intersected


def group(orders: Sequence[Order], shifts: Sequence[Shift] = ()) -> list[tuple[Order, ...]]:
    """Partition orders into stops: same place, windows that overlap, together fit for a shift.

    Where ``shifts`` are given, some shift must hold all the skills and carry the whole load of a
    group of several. Groups come in the order of their first orders, and so do the orders in them.
    """
    at_place: dict[PlaceId, list[list[Order]]] = {}
    for order in sorted(orders, key=_choosiness):
        groups = at_place.setdefault(order.place, [])
        home = next((found for found in groups if _may_join(order, found, shifts)), None)
        if home is None:
            groups.append([order])
        else:
            home.append(order)
    rank = {order.id: i for i, order in enumerate(orders)}
    found = [sorted(one, key=lambda o: rank[o.id]) for many in at_place.values() for one in many]
    return [tuple(one) for one in sorted(found, key=lambda one: rank[one[0].id])]


def _choosiness(order: Order) -> tuple[float, str]:
    """Orders with little room in time come first, those without windows last."""
    if not order.windows:
        return (float("inf"), order.id)
    return (sum((w.latest - w.earliest).total_seconds() for w in order.windows), order.id)


def _may_join(order: Order, members: Sequence[Order], shifts: Sequence[Shift]) -> bool:
    together = [*members, order]
    return _overlap(together) and (not shifts or any(_fits(together, s) for s in shifts))


def _overlap(orders: Sequence[Order]) -> bool:
    windows = [order.windows for order in orders if order.windows]
    if not windows:
        return True
    common = windows[0]
    for more in windows[1:]:
        common = intersected(common, more)
    return bool(common)


def _fits(orders: Sequence[Order], shift: Shift) -> bool:
    skills = {skill for order in orders for skill in order.skills}
    return skills <= set(shift.skills) and not shift.capacity.excess(
        total(order.load for order in orders)
    )
