"""Order files become order entries and rejects."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from console.domain.load import Load
from console.domain.orders import OrderEntry, OrderId, Priority
from console.domain.places import Address, Coordinate
from console.intake import conditions, dimensions
from console.intake.addresses import (
    address_in_coordinates,
    has_short_codes,
    read_address,
    read_coordinate,
)
from console.intake.amounts import NumberStyle
from console.intake.columns import ORDERS, own_name
from console.intake.conditions import is_visit, with_conditions
from console.intake.header import Recogniser, read_header
from console.intake.layouts import GOOGLE, SHOPIFY
from console.intake.reader import read_table
from console.intake.record import (
    Measure,
    Reading,
    Record,
    RowReader,
    reading_of,
    records_of,
)
from console.intake.report import OrderReport, Reject
from console.intake.rows import Table
from console.intake.shipments import split_shipments, whole_rows
from console.intake.shops import check_open, join_line_items
from console.intake.texts import clean, lost_digits, shown
from console.intake.windows import LATE, read_hours
from console.tongues import phrase

PIECES = Measure("pieces", phrase("number of pieces"), dimensions.PIECES, 100_000, 0, 1,
                 phrase("1 piece assumed"))  # fmt: skip
WEIGHT = Measure("weight", phrase("weight"), dimensions.KG, 100_000, 0, 0, phrase("0 kg assumed"))
VOLUME = Measure("volume", phrase("volume"), dimensions.M3, 1_000, 0, 0, phrase("0 m3 assumed"))
UNITS = Measure("units", phrase("load"), dimensions.UNITS, 1_000_000, 0, 0)
SERVICE = Measure("service_minutes", phrase("service time"), dimensions.MINUTES, 480, 0, 3,
                  phrase("3 minutes assumed"))  # fmt: skip
MEASURES = {
    measure.field: measure
    for measure in (PIECES, WEIGHT, VOLUME, UNITS, SERVICE, LATE, *conditions.MEASURES)
}

_PRIORITIES = {
    Priority.HIGH: ("high", "h", "urgent", "express", "critical", "c", "hoch", "dringend", "eilig",
                    "haute", "élevée", "urgente", "høj", "haster"),
    Priority.NORMAL: ("normal", "n", "medium", "m", "standard", "regular", "mittel", "moyenne",
                      "normale", "mellem"),
    Priority.LOW: ("low", "l", "niedrig", "gering", "basse", "faible", "lav"),
}  # fmt: skip
_NO_PRIORITY, _NORMAL = phrase("No priority"), phrase("normal assumed")
_NO_NUMBER = phrase("No order number")
_PRIORITY_BY_WORD = {word: priority for priority, words in _PRIORITIES.items() for word in words}


@cache
def order_recogniser() -> Recogniser:
    """The one that knows order columns."""
    return Recogniser(ORDERS)


def read_orders(path: Path | str, *, columns: Mapping[str, str] | None = None) -> OrderReport:
    """Read an order file of any supported kind (csv, tsv, txt, xlsx, xls, ods).

    ``columns`` is the dispatcher's own mapping, our column name -> the file's title. Raises
    ``ConsoleError`` when nothing can be read, ``MissingColumns`` when a required column lacks.
    """
    table = read_table(Path(path), order_recogniser().score)
    return orders_of(table, columns or {})


def orders_of(table: Table, columns: Mapping[str, str]) -> OrderReport:
    """The same for a table that was already read."""
    header = read_header(table, order_recogniser(), columns)
    records = records_of(table, header)
    count, joined = len(records), 0
    reading = reading_of(ORDERS, header, records, MEASURES, comma_is_decimal=table.comma_is_decimal)
    if header.layout is SHOPIFY or "item" in header.uses:
        factors = {name: use.factor for name, use in header.uses.items()}
        records, joined = join_line_items(records, factors, reading.style)
    if header.layout is not None and header.layout.id_from_row and "order_id" not in header.uses:
        records = _named_by_content(records, reading)
    if header.layout is GOOGLE:
        records = split_shipments(records, reading.ledger)
    entries, rejects = whole_rows(*entries_of(records, reading))
    return OrderReport(
        entries,
        rejects,
        (*table.assumptions, *reading.ledger.assumptions(len({r.number for r in records}))),
        header.unknown,
        header.mapping,
        count,
        joined,
        header.layout.name if header.layout else "own",
        len(entries) - len({entry.row for entry in entries}),
    )


def check_order(values: Mapping[str, str]) -> OrderEntry | Reject:
    """An order typed by hand: our own column names -> text. ``row`` is None, or 0 in a reject."""
    fields = {own_name(name): name for name in ORDERS.titles}
    cells = {fields.get(name, name): value for name, value in values.items()}
    reading = Reading(ORDERS, {}, NumberStyle(comma_is_decimal=True))
    row = RowReader(Record(0, cells), reading)
    order_id = _order_id(row)
    entry = _entry(row, order_id, short_codes=False)
    return row.reject(order_id or None) if row.problems else entry.without_row()


def entries_of(
    records: list[Record], reading: Reading
) -> tuple[tuple[OrderEntry, ...], tuple[Reject, ...]]:
    """Rows as entries and rejects; numbers that come twice are rejected."""
    short_codes = has_short_codes(records)
    first_rows: dict[str, int] = {}
    entries: list[OrderEntry] = []
    rejects: list[Reject] = []
    for record in records:
        row = RowReader(record, reading)
        if record.damage:  # its cells may stand under the wrong titles: say that and no more
            rejects.append(row.reject(row.code("order_id") or None))
            continue
        order_id = _order_id(row)
        _check_first(row, order_id, first_rows)
        entry = _entry(row, order_id, short_codes=short_codes)
        if row.problems:
            rejects.append(row.reject(order_id or None))
        else:
            entries.append(entry)
    return tuple(entries), tuple(rejects)


def _order_id(row: RowReader) -> str:
    order_id = row.code("order_id")
    if not clean(row.cell("order_id")):
        row.complain("order_id", phrase("The row has no order number: give it one."))
    elif lost_digits(order_id):
        row.complain(
            "order_id",
            phrase(
                "The order number {id} lost digits in a spreadsheet: "
                "format its column as text and export again.",
                id=shown(order_id),
            ),
        )
    return order_id


def _check_first(row: RowReader, order_id: str, first_rows: dict[str, int]) -> None:
    if not order_id:
        return
    first = first_rows.setdefault(order_id, row.record.number)
    if first != row.record.number:
        row.complain(
            "order_id",
            phrase(
                "Order {id} is already in row {first}: "
                "give this one its own number, or remove the row.",
                id=shown(order_id),
                first=first,
            ),
        )


def _entry(row: RowReader, order_id: str, *, short_codes: bool) -> OrderEntry:
    """The row's entry; worth something only if the row has no problems afterwards."""
    check_open(row)
    coordinate = read_coordinate(row)
    hours = read_hours(row)
    entry = OrderEntry(
        id=OrderId(order_id),
        address=_address(row, coordinate, short_codes=short_codes),
        recipient=_recipient(row),
        phone=row.code("phone", 50),
        email=row.text("email", 254),
        load=Load() if is_visit(row) else _load(row),
        windows=hours.windows,
        service_time=row.minutes(SERVICE),
        skills=tuple(dict.fromkeys((*row.words("skills"), *row.words("vehicle_features")))),
        priority=_priority(row),
        notes=_notes(row),
        coordinate=coordinate,
        row=row.record.number,
        ready_at=hours.ready_at,
        deadline=hours.deadline,
    )
    return with_conditions(row, entry)


def _address(row: RowReader, coordinate: Coordinate | None, *, short_codes: bool) -> Address:
    before = len(row.problems)
    address = read_address(row, short_codes=short_codes)
    if address.street or len(row.problems) > before:
        return address
    street = address_in_coordinates(row)
    if not street and coordinate is not None:
        street = f"{coordinate.lat:.6f}, {coordinate.lon:.6f}"
    elif not street:
        row.complain("street", phrase("The row has no address: fill street and house number."))
    return Address(street, address.postcode, address.city, address.country)


def _recipient(row: RowReader) -> str:
    name = row.text("recipient") or " ".join(
        part for part in (row.text("first_name"), row.text("last_name")) if part
    )
    company = row.text("company")
    return ", ".join(dict.fromkeys(part for part in (company, name) if part))


def _load(row: RowReader) -> Load:
    pieces = row.whole(PIECES)
    kg, m3, units = (row.amount(measure) for measure in (WEIGHT, VOLUME, UNITS))
    return Load(pieces or 0, round(kg or 0.0, 6), round(m3 or 0.0, 6), round(units or 0.0, 6))


def _priority(row: RowReader) -> Priority:
    word = clean(row.cell("priority")).casefold()
    if not word:
        row.assume("priority", "normal", _NO_PRIORITY, _NORMAL)
        return Priority.NORMAL
    if priority := _PRIORITY_BY_WORD.get(word):
        return priority
    told = phrase("The priority {word} is unknown: write high, normal or low.", word=shown(word))
    row.complain("priority", told)
    return Priority.NORMAL


def _notes(row: RowReader) -> str:
    texts = (row.lines(name) for name in ("notes", "recipient_notes", "items"))
    parts = (row.text("address2"), *texts)
    return "\n".join(part for part in parts if part)


def _named_by_content(records: list[Record], reading: Reading) -> list[Record]:
    """Orders without a number are called after their rows: the same row is the same order."""
    copies: dict[str, int] = {}
    named: list[Record] = []
    for record in records:
        content = "\x1f".join(clean(cell) for cell in record.raw)
        name = "R-" + hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:10].upper()
        copies[name] = copies.get(name, 0) + 1
        name = name if copies[name] == 1 else f"{name}-{copies[name]}"
        cells = {**record.cells, "order_id": name}
        named.append(Record(record.number, cells, record.raw, record.damage))
        made = phrase(
            "named after the row's content, such as {name}", name=named[0].cells["order_id"]
        )
        reading.ledger.note(record.number, "order_id", "", (_NO_NUMBER, made))
    return named
