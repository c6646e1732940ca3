"""What shop exports need before a row is an order: line items joined, finished orders left out."""

from collections.abc import Iterable, Mapping

from console.intake.amounts import NumberStyle, Unreadable, has_unit, number
from console.intake.columns import CUBIC_METRES, KILOGRAMS
from console.intake.record import Record, RowReader
from console.intake.texts import clean, clean_code, shown
from console.tongues import phrase, trn

_CANCELLED = phrase("is cancelled")
_DONE = {
    "fulfilled": phrase("is already fulfilled"),
    "restocked": phrase("was restocked"),
    "completed": phrase("is already completed"),
    "cancelled": _CANCELLED,
    "canceled": _CANCELLED,
    "refunded": phrase("is refunded"),
    "failed": phrase("has failed"),
    "trash": phrase("is deleted"),
}
_NO = frozenset({"false", "no", "0"})
_SUMMED: Mapping[str, Mapping[str, float]] = {
    "weight": KILOGRAMS,
    "volume": CUBIC_METRES,
    "units": {},
}
_UNITS = {"weight": " kg", "volume": " m3", "units": ""}
_SAME = ("street", "recipient", "postcode", "city")
MOST_ITEMS = 40


def join_line_items(
    records: Iterable[Record],
    factors: Mapping[str, float] | None = None,
    style: NumberStyle | None = None,
) -> tuple[list[Record], int]:
    """Consecutive rows of one order become its first row with pieces, amounts and items of all.

    Also says how many rows were folded away. Only rows without an address of their own, or with
    the same, are folded; items that need no shipping are not pieces. ``factors`` turn amounts of a
    column into our units.
    """
    groups: list[list[Record]] = []
    for record in records:
        if groups and _continues(groups[-1][0], record):
            groups[-1].append(record)
        else:
            groups.append([record])
    joined = sum(len(group) - 1 for group in groups)
    style = style or NumberStyle()
    return [_joined(group, factors or {}, style) for group in groups], joined


def _continues(first: Record, record: Record) -> bool:
    same = clean(first.cells.get("order_id", "")) == clean(record.cells.get("order_id", ""))
    blank = not any(clean(record.cells.get(name, "")) for name in ("street", "recipient"))
    twin = "item" in first.cells and all(
        clean(first.cells.get(name, "")) == clean(record.cells.get(name, "")) for name in _SAME
    )
    named = bool(clean(record.cells.get("order_id", "")))
    return same and (blank or twin) and named and not record.damage


def _joined(group: list[Record], factors: Mapping[str, float], style: NumberStyle) -> Record:
    first = group[0]
    cells = {**first.cells, "order_id": clean(first.cells.get("order_id", "")).lstrip("#")}
    shipped = [record for record in group if not _stays(record)]
    counts = [clean_code(record.cells.get("pieces", "")) or "1" for record in shipped]
    if shipped and all(count.isascii() and count.isdecimal() for count in counts):
        cells["pieces"] = str(sum(int(count[:9]) for count in counts))
    elif wrong := [count for count in counts if not (count.isascii() and count.isdecimal())]:
        cells["pieces"] = wrong[0]
    if len(shipped) > 1:
        for field in _SUMMED.keys() & cells.keys():
            cells[field] = _sum(field, shipped, factors.get(field, 1.0), style)
    cells["items"] = _items(shipped)
    return Record(first.number, cells, first.raw, first.damage)


def _sum(field: str, group: list[Record], factor: float, style: NumberStyle) -> str:
    """All rows' amounts in our unit; a cell that is no number stays, for the reader to name it."""
    total, filled = 0.0, False
    for record in group:
        cell = clean(record.cells.get(field, ""))
        if not cell:
            continue
        try:
            amount = number(cell, style, _SUMMED[field])
        except Unreadable:
            return cell
        total += amount if has_unit(cell) else amount * factor
        filled = True
    return f"{total:.9f}".rstrip("0").rstrip(".") + _UNITS[field] if filled else ""


def _items(group: list[Record]) -> str:
    """``2 x Lamp``, a line an item."""
    lines: list[str] = []
    for record in group:
        if name := clean(record.cells.get("item", "")):
            count = clean_code(record.cells.get("pieces", "")) or "1"
            lines.append(f"{count} x {name[:100]}")
    over = len(lines) - MOST_ITEMS
    more = [trn("and {n} more item", "and {n} more items", over)] if over > 0 else []
    return "\n".join([*lines[:MOST_ITEMS], *more])


def _stays(record: Record) -> bool:
    return clean(record.cells.get("requires_shipping", "")).casefold() in _NO


def check_open(row: RowReader) -> None:
    """Complain about an order that is cancelled or done with."""
    status = clean(row.cell("status")).casefold().removeprefix("wc-")
    if clean(row.cell("cancelled_at")):
        row.complain("status", phrase("The order is cancelled in the shop: nothing to deliver."))
    elif reason := _DONE.get(status):
        row.complain(
            "status",
            phrase(
                "The order {reason} in the shop (status {status}): "
                "empty the status to deliver it all the same.",
                reason=reason,
                status=shown(status),
            ),
        )
