"""Windows of a stop made wide enough for service at a certain moment."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.domain.orders import Order, TimeWindow
from console.domain.plan import Stop

MINUTE = timedelta(minutes=1)
MOST = timedelta(hours=4)  # who is asked to wait longer had better be asked for another day


@dataclass(frozen=True, slots=True)
class Widened:
    """A stop whose orders admit service at ``at``; ``orders`` are those that changed.

    ``amount`` is the most by which a window or deadline of one of them was moved.
    """

    stop: Stop
    at: datetime
    orders: tuple[Order, ...]
    amount: timedelta


def widened(stop: Stop, at: datetime) -> Widened:
    """The nearest end of a window of each order moved to ``at``, and deadlines that lie before."""
    changed, most = list[Order](), timedelta()
    for order in stop.orders:
        after, amount = _admitting(order, at)
        if amount:
            changed.append(after)
            most = max(most, amount)
    by_id = {order.id: order for order in changed}
    orders = tuple(by_id.get(order.id, order) for order in stop.orders)
    return Widened(replace(stop, orders=orders), at, tuple(changed), most)


def _admitting(order: Order, at: datetime) -> tuple[Order, timedelta]:
    amount = timedelta()
    if order.deadline is not None and order.deadline < at:
        amount = at - order.deadline
        order = replace(order, deadline=at)
    gaps = [_gap(order, window, at) for window in order.windows]
    if not gaps or not min(gaps):
        return order, amount
    nearest = gaps.index(min(gaps))
    window = order.windows[nearest]
    wider = replace(window, earliest=min(window.earliest, at), latest=max(window.latest, at))
    windows = (*order.windows[:nearest], wider, *order.windows[nearest + 1 :])
    return replace(order, windows=windows), max(amount, min(gaps))


def _gap(order: Order, window: TimeWindow, at: datetime) -> timedelta:
    """How far a moment is from a window; none after the last one where that is soft."""
    if at < window.earliest:
        return window.earliest - at
    last = max(order.windows, key=lambda w: (w.latest, w.earliest))
    if window is last and window.late_price is not None:
        return timedelta()
    return max(timedelta(), at - window.latest)


def minute_after(moment: datetime) -> datetime:
    """The moment, or the next whole minute."""
    rest = moment - moment.replace(second=0, microsecond=0)
    return moment - rest + MINUTE if rest else moment


def without_later(stop: Stop, start: datetime) -> Stop | None:
    """The stop without the windows for which ``start`` had to wait; None where that leaves none."""
    orders, is_shorter = list[Order](), False
    for order in stop.orders:
        kept = tuple(window for window in order.windows if window.earliest < start)
        if order.windows and not kept:
            return None
        is_shorter |= len(kept) < len(order.windows)
        orders.append(replace(order, windows=kept))
    return replace(stop, orders=tuple(orders)) if is_shorter else None


def opening(stop: Stop, start: datetime) -> datetime | None:
    """When a window begins that made service wait until ``start``; None where none did."""
    ends = {window.earliest for order in stop.orders for window in order.windows}
    return start if start in ends else None


def latest_that(serves: Callable[[datetime], bool], opens: datetime) -> datetime | None:
    """The last whole minute before ``opens`` that serves, up to ``MOST`` before; by halving.

    Whatever serves at one moment is taken to serve at every earlier one.
    """
    low, high = 0, MOST // MINUTE
    if not serves(opens - high * MINUTE):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if serves(opens - middle * MINUTE):
            high = middle
        else:
            low = middle
    return opens - high * MINUTE
