"""Shipments of Google Fleet Routing: from door to door they are two orders, one brings the other's.

Durations are seconds and prices of lateness are per hour there; both are written into the cells of
a pickup with their units. Loads come under names of the maker's choice.
"""

from collections.abc import Iterable, Sequence

from console.domain.orders import OrderEntry
from console.intake.columns import named
from console.intake.ledger import Ledger
from console.intake.record import Record
from console.intake.report import Reject
from console.intake.texts import clean, clean_code
from console.tongues import phrase

PICKUP_SUFFIX = ":pickup"

_DIMENSIONS = {
    "pieces": ("pieces", "piece", "parcels", "packages", "boxes", "items", "count", "quantity"),
    "weight": ("weight", "kg", "weight_kg", "weightkg", "kilograms", "mass"),
    "volume": ("volume", "m3", "volume_m3", "volumem3", "cbm", "cubic_meters"),
}
_BY_NAME = {name: field for field, names in _DIMENSIONS.items() for name in names}
_DEMANDS = range(1, 5)
_FROM_PICKUP = {
    "coordinates": "pickup_coordinates",
    "window_from": "pickup_from",
    "window_to": "pickup_to",
    "soft_to": "pickup_soft_to",
}


def split_shipments(records: Iterable[Record], ledger: Ledger) -> list[Record]:
    """Each shipment as a delivery, a pickup, or both: first the pickup, then what brings it."""
    fields: dict[str, str] = {}
    return [part for record in records for part in _parts(_loaded(record, fields, ledger))]


def _loaded(record: Record, fields: dict[str, str], ledger: Ledger) -> Record:
    """With its loads under our own fields; ``fields`` keeps which name is which."""
    cells = dict(record.cells)
    for n in _DEMANDS:
        name = clean(cells.get(f"demand{n}_type", "")).casefold()
        value = clean(cells.get(f"demand{n}_value", ""))
        if not value:
            continue
        field = fields.get(name) or _field_of(name, fields)
        fields[name] = field
        found = phrase("A load “{name}” without a unit", name=name)
        if field:
            cells[field] = value
            made = phrase("counted as {field}", field=named(field))
            ledger.note(record.number, field, field, (found, made))
        else:
            made = phrase("left out, no dimension is free for it")
            ledger.note(record.number, "units", "", (found, made))
    return Record(record.number, cells, record.raw, record.damage)


_OWN = {"pieces": "pieces", "weight": "weight_kg", "volume": "volume_m3", "units": "units"}


def _field_of(name: str, fields: dict[str, str]) -> str:
    """Our field for a load; one of the names we do not know may be the free unit, no more."""
    wanted = _BY_NAME.get(name, "units")
    return "" if wanted in fields.values() else wanted


def _parts(record: Record) -> list[Record]:
    point = clean(record.cells.get("pickup_coordinates", ""))
    if not point or record.damage:
        return [record]
    pickup = _pickup(record)
    if not clean(record.cells.get("coordinates", "")):
        return [pickup]
    collects = f"{clean_code(record.cells.get('order_id', ''))}{PICKUP_SUFFIX}"
    free = {"skip_price": "0"} if clean(record.cells.get("skip_price", "")) else {}
    first = Record(record.number, {**pickup.cells, **free, "order_id": collects}, record.raw)
    second = Record(record.number, {**record.cells, "pickup": collects}, record.raw)
    return [first, second]


def _pickup(record: Record) -> Record:
    given = record.cells
    cells = {
        **given,
        **{ours: given.get(theirs, "") for ours, theirs in _FROM_PICKUP.items()},
        "service_minutes": _with_unit(given.get("pickup_service", ""), "s"),
        "late_price": _with_unit(given.get("pickup_late_price", ""), "h"),
        "order_type": "pickup",
    }
    return Record(record.number, cells, record.raw, record.damage)


def _with_unit(cell: str, unit: str) -> str:
    text = clean(cell)
    return f"{text} {unit}" if text[-1:].isdigit() else text


def whole_rows(
    entries: Sequence[OrderEntry], rejects: Sequence[Reject]
) -> tuple[tuple[OrderEntry, ...], tuple[Reject, ...]]:
    """A row of which one part is wrong gives no order at all, and one reject."""
    wrong = {reject.row: reject for reject in reversed(rejects)}
    kept = tuple(entry for entry in entries if entry.row not in wrong)
    return kept, tuple(wrong[row] for row in sorted(wrong))
