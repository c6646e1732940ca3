"""Whether a day that is not open could take an order: by skills, room and hours of its shifts."""

from collections.abc import Mapping, Sequence

from console.domain.fleet import Shift
from console.domain.orders import Order, OrderId
from console.tongues import tr


def why_nobody(orders: Mapping[OrderId, Order], shifts: Sequence[Shift]) -> str:
    """Why no shift could serve them; '' where one can by skills, room and hours."""
    if not shifts:
        return tr("Nobody works on that day.")
    for order in orders.values():
        skilled = [s for s in shifts if set(order.skills) <= {*s.skills, *s.vehicle_skills}]
        if not skilled:
            return tr("Nobody on that day has {text}.", text=", ".join(order.skills))
        if all(shift.capacity.excess(order.load) for shift in skilled):
            return tr("It is too large for every vehicle of that day.")
        if order.windows and not any(_meets(order, shift) for shift in skilled):
            return tr("Nobody works in its hours on that day.")
    return ""


def _meets(order: Order, shift: Shift) -> bool:
    return any(w.earliest <= shift.end and w.latest >= shift.start for w in order.windows)
