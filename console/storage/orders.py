"""The register of orders: names, phones, addresses and notes, none of which is in the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex

import msgspec

from console.domain.orders import OrderEntry, OrderId
from console.storage import codec
from console.storage.database import Database
from console.storage.schema import orders
from console.storage.upsert import erase, found, put

_encoder = msgspec.json.Encoder()
_entries = msgspec.json.Decoder(OrderEntry)


@dataclass(frozen=True, slots=True)
class SqlOrders:
    """Implements ``dispatch.ports.Orders``."""

    database: Database

    def get(self, ids: Sequence[OrderId]) -> dict[OrderId, OrderEntry]:
        """Those of the orders that are known."""
        with self.database.reading() as connection:
            rows = found(connection, orders, orders.c.id, list(ids))
            by_id = {OrderId(row["id"]): decoded(row["value"]) for row in rows}
        return {order: by_id[order] for order in ids if order in by_id}

    def put(self, entries: Sequence[OrderEntry]) -> dict[OrderId, str]:
        """Store entries; answers each one's digest.

        The digest is SHA-256 over the order's own random salt and its personal part; it changes
        when that part does, and tells nothing once entry and salt are erased.
        """
        latest = {entry.id: entry for entry in entries}
        with self.database.writing() as connection:
            rows = found(connection, orders, orders.c.id, list(latest))
            salts = {str(row["id"]): str(row["salt"]) for row in rows}
            stored = [_columns(entry, salts.get(entry.id)) for entry in latest.values()]
            put(connection, orders, stored)
        return {OrderId(row["id"]): row["digest"] for row in stored}

    def erase(self, ids: Sequence[OrderId]) -> None:
        """Forget orders with their salts; plans go on, their digests tell nothing any more."""
        with self.database.writing() as connection:
            erase(connection, orders, ids)


def decoded(value: str) -> OrderEntry:
    """An order as it is stored; ConsoleError when this program cannot read it."""
    return codec.decode_kept(_entries, value, "orders")


def encoded(entry: OrderEntry) -> str:
    """An order as it is stored."""
    return _encoder.encode(entry).decode()


def _columns(entry: OrderEntry, salt: str | None) -> dict[str, str]:
    salt = salt or token_hex(16)
    return {
        "id": entry.id,
        "salt": salt,
        "digest": sha256(bytes.fromhex(salt) + _personal(entry)).hexdigest(),
        "value": encoded(entry),
    }


def _personal(entry: OrderEntry) -> bytes:
    """The fields are named one by one: a field added to the entry later changes no digest."""
    address, point = entry.address, entry.coordinate
    return _encoder.encode(
        [
            entry.id,
            [address.street, address.postcode, address.city, address.country],
            [entry.recipient, entry.phone, entry.email, entry.notes],
            [point.lat, point.lon] if point else None,
        ]
    )
