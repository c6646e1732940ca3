"""One stop made two, so that two vans can share its load."""

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from console.domain.fleet import Shift
from console.domain.load import DIMENSIONS, Load, total
from console.domain.orders import Order, OrderId
from console.domain.plan import Plan, Stop, StopId


@dataclass(frozen=True, slots=True)
class Split:
    """``first`` stays the stop, ``second`` is new; ``orders`` are those that weigh less now."""

    first: Stop
    second: Stop
    orders: tuple[Order, ...] = ()


def split(plan: Plan, stop: Stop, room: Load, shift: Shift) -> Split | None:
    """As much as there is room for stays; None where nothing does, or everything.

    Several orders are divided as they are; a single one into two of the same kind, by whole pieces
    where it has pieces. ``room`` is in the dimensions that ``shift`` limits.
    """
    limited = [name for name in DIMENSIONS if shift.capacity.limit(name) is not None]
    if len(stop.orders) != 1:
        return _by_orders(plan, stop, room, limited)
    share = _share(stop.load, room, limited)
    if not 0 < share < 1 or stop.collected != Load():
        return None
    return _by_share(plan, stop, share)


def _by_orders(plan: Plan, stop: Stop, room: Load, limited: Sequence[str]) -> Split | None:
    """The heaviest orders first, as long as they fit."""
    kept = list[Order]()
    for order in sorted(stop.orders, key=lambda o: (-_weight(o.load, room, limited), o.id)):
        if _fits(total(o.load for o in (*kept, order)), room, limited):
            kept.append(order)
    staying = {order.id for order in kept}
    rest = tuple(order for order in stop.orders if order.id not in staying)
    if not kept or not rest:
        return None
    first = replace(stop, orders=tuple(o for o in stop.orders if o.id in staying))
    return Split(first, Stop(new_stop_id(plan, stop.id), stop.place, rest))


def _by_share(plan: Plan, stop: Stop, share: float) -> Split | None:
    order = stop.orders[0]
    load = order.load
    if load.pieces:
        pieces = math.floor(share * load.pieces + 1e-9)
        if not 0 < pieces < load.pieces:
            return None
        share = pieces / load.pieces
    else:
        pieces = 0
    kept = Load(pieces, *(_floored(load.amount(name) * share) for name in DIMENSIONS[1:]))
    one, other = replace(order, load=kept), replace(order, load=load - kept)
    other = replace(other, id=_new_order_id(plan, order.id))
    first = replace(stop, orders=(one,))
    return Split(first, Stop(new_stop_id(plan, stop.id), stop.place, (other,)), (one,))


def _floored(amount: float) -> float:
    return math.floor(amount * 1000) / 1000


def _share(load: Load, room: Load, limited: Sequence[str]) -> float:
    """The part of a load that there is room for."""
    shares = [room.amount(n) / load.amount(n) for n in limited if load.amount(n) > 0]
    return max(0.0, min(shares, default=1.0))


def _weight(load: Load, room: Load, limited: Sequence[str]) -> float:
    return max((load.amount(n) / max(room.amount(n), 1e-6) for n in limited), default=0.0)


def _fits(load: Load, room: Load, limited: Sequence[str]) -> bool:
    return all(load.amount(name) <= room.amount(name) + 1e-9 for name in limited)


def new_stop_id(plan: Plan, stop: StopId) -> StopId:
    """An id of its own for the second part of a stop."""
    return StopId(_free(stop, plan.stops.keys()))


def _new_order_id(plan: Plan, order: OrderId) -> OrderId:
    known = {o.id for stop in plan.stops.values() for o in stop.orders}
    return OrderId(_free(order, known))


def _free(name: str, taken: Container[str]) -> str:
    number = 2
    while f"{name}/{number}" in taken:
        number += 1
    return f"{name}/{number}"
