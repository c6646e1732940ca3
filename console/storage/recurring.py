"""The register of recurring orders: personal data, none of which is in the journal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, delete, insert, select

from console.domain.fleet import DepotId
from console.domain.orders import OrderEntry
from console.domain.recurring import RecurringOrder
from console.storage.database import Database
from console.storage.schema import recurring_orders

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(RecurringOrder)


@dataclass(frozen=True, slots=True)
class SqlRecurring:
    """Implements ``dispatch.registers.Recurring``."""

    database: Database

    def of_depot(self, depot: DepotId) -> list[RecurringOrder]:
        """All of a depot, in the order in which they were stored."""
        own = select(recurring_orders.c.value).where(recurring_orders.c.depot == depot)
        with self.database.reading() as connection:
            rows = connection.execute(own.order_by(recurring_orders.c.position))
            return [_decoder.decode(row.value) for row in rows]

    def put(self, depot: DepotId, orders: Sequence[RecurringOrder]) -> None:
        """These become the depot's recurring orders."""
        rows = [
            {
                "depot": depot,
                "id": order.id,
                "position": position,
                "value": _encoder.encode(order).decode(),
            }
            for position, order in enumerate(orders)
        ]
        with self.database.writing() as connection:
            connection.execute(delete(recurring_orders).where(recurring_orders.c.depot == depot))
            if rows:
                connection.execute(insert(recurring_orders), rows)


def entries_of(connection: Connection) -> Iterator[OrderEntry]:
    """What all of them are orders of, personal part included."""
    for row in connection.execute(select(recurring_orders.c.value)):
        yield _decoder.decode(row.value).entry
