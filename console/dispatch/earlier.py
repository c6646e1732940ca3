"""What rows of the register of orders said before they were changed here, so that undo is whole."""

from collections import deque
from collections.abc import Iterable, Mapping
from functools import partial

from console.dispatch.lanes import Lane
from console.dispatch.services import Services
from console.domain.orders import Order, OrderEntry, OrderId
from console.domain.patch import Patch
from console.domain.plan import Plan, Stop

MOST = 5_000


class Earlier:
    """Kept while this console runs, and nowhere else: names of persons stay where erasure looks.

    A row is known by the order that the plan had beside it, which a step and its undo bring back.
    """

    def __init__(self) -> None:
        self._rows: deque[tuple[Order, OrderEntry]] = deque(maxlen=MOST)

    def note(
        self,
        orders: Iterable[Order],
        before: Mapping[OrderId, OrderEntry],
        after: Mapping[OrderId, OrderEntry],
    ) -> None:
        """These rows are about to be written over; ``orders`` are those of the plan."""
        for order in orders:
            entry = before.get(order.id)
            if entry is not None and after.get(order.id, entry) != entry:
                self._rows.append((order, entry))

    async def bring_back(self, services: Services, patch: Patch) -> bool:
        """The rows of the orders that a step turned back; False where none is known to differ.

        What was erased meanwhile stays so.
        """
        were, are = _orders(d.before for d in patch.stops), _orders(d.after for d in patch.stops)
        turned = {key for key, order in are.items() if were.get(key) not in (None, order)}
        known = {order.id: entry for order, entry in self._rows if are.get(order.id) == order}
        wanted = {key: known[key] for key in turned if key in known}
        if not wanted:
            return False
        now = await services.lanes.run(Lane.SQL, partial(services.orders.get, list(wanted)))
        changed = {key: entry for key, entry in wanted.items() if now.get(key, entry) != entry}
        self.note((were[key] for key in changed), now, changed)
        await services.lanes.run(Lane.SQL, partial(services.orders.put, list(changed.values())))
        return bool(changed)


def orders_of(plan: Plan, ids: Iterable[OrderId]) -> list[Order]:
    """The plan's orders with these ids."""
    wanted = frozenset(ids)
    return [order for key, order in _orders(plan.stops.values()).items() if key in wanted]


def _orders(stops: Iterable[Stop | None]) -> dict[OrderId, Order]:
    return {order.id: order for stop in stops if stop is not None for order in stop.orders}
