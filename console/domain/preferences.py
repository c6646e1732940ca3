"""What may be, at a price: drivers that were not asked for, foreign territory."""

from console.domain.fleet import Shift
from console.domain.orders import Order
from console.domain.plan import Stop


def preference_price(shift: Shift, stop: Stop) -> float:
    """What it costs that this shift serves the stop, in the depot's currency.

    ``driver_price`` of each order that asked for other drivers, and the shift's ``territory_price``
    once where the stop is not in its territories.
    """
    price = 0.0
    for order in stop.orders:
        if order.drivers and shift.driver not in order.drivers:
            price += order.driver_price
    each = shift.territory_price
    if each is not None and any(is_foreign(shift, order) for order in stop.orders):
        price += each
    return price


def is_foreign(shift: Shift, order: Order) -> bool:
    """True for an order of a territory that is not one of the shift's, where it has any."""
    known = shift.territories
    return bool(known and order.territory and order.territory not in known)
