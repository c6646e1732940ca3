"""What shop exports need before a row is an order: line items joined, finished orders left out."""

from collections.abc import Iterable

from console.intake.record import Record, RowReader
from console.intake.texts import clean, clean_code, shown

_DONE = {
    "fulfilled": "is already fulfilled",
    "restocked": "was restocked",
    "completed": "is already completed",
    "cancelled": "is cancelled",
    "canceled": "is cancelled",
    "refunded": "is refunded",
    "failed": "has failed",
    "trash": "is deleted",
}
_NO = frozenset({"false", "no", "0"})


def join_line_items(records: Iterable[Record]) -> tuple[list[Record], int]:
    """Consecutive rows of one order become its first row with the pieces of all.

    Also says how many rows were folded away. Only rows without an address of their own are
    folded; items that need no shipping are not pieces.
    """
    groups: list[list[Record]] = []
    for record in records:
        if groups and _continues(groups[-1][0], record):
            groups[-1].append(record)
        else:
            groups.append([record])
    joined = sum(len(group) - 1 for group in groups)
    return [_joined(group) for group in groups], joined


def _continues(first: Record, record: Record) -> bool:
    same = clean(first.cells.get("order_id", "")) == clean(record.cells.get("order_id", ""))
    blank = not any(clean(record.cells.get(name, "")) for name in ("street", "recipient"))
    return same and blank and not record.damage and bool(clean(record.cells.get("order_id", "")))


def _joined(group: list[Record]) -> Record:
    first = group[0]
    cells = {**first.cells, "order_id": clean(first.cells.get("order_id", "")).lstrip("#")}
    shipped = [record for record in group if not _stays(record)]
    counts = [clean_code(record.cells.get("pieces", "")) or "1" for record in shipped]
    if shipped and all(count.isascii() and count.isdecimal() for count in counts):
        cells["pieces"] = str(sum(int(count[:9]) for count in counts))
    elif wrong := [count for count in counts if not (count.isascii() and count.isdecimal())]:
        cells["pieces"] = wrong[0]
    return Record(first.number, cells, first.raw, first.damage)


def _stays(record: Record) -> bool:
    return clean(record.cells.get("requires_shipping", "")).casefold() in _NO


def check_open(row: RowReader) -> None:
    """Complain about an order that is cancelled or done with."""
    status = clean(row.cell("status")).casefold().removeprefix("wc-")
    if clean(row.cell("cancelled_at")):
        row.complain("status", "The order is cancelled in the shop: nothing to deliver.")
    elif reason := _DONE.get(status):
        row.complain(
            "status",
            f"The order {reason} in the shop (status {shown(status)}): "
            "empty the status to deliver it all the same.",
        )
