"""What a dispatcher taught us about a file: which of its columns is what, and how to read it.

A mapping turns one table into another whose titles are our own, so that everything after it reads
as it always does. It belongs to a header, whatever the file is called.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from console.domain.errors import ConsoleError
from console.formats import Day
from console.intake.columns import ORDERS, named, own_name
from console.intake.dates import DateOrder, date_of
from console.intake.header import Header, MissingColumns, normal, read_header
from console.intake.orders import order_recogniser, orders_of
from console.intake.reader import read_table
from console.intake.report import OrderReport, Reject
from console.intake.rows import HEADER_WITHIN, Row, Table
from console.intake.texts import clean, shown
from console.tongues import phrase, tr

SERVICE_DATE = "service_date"
_SURELY = 3
"""Titles we know by which a row is a header; one or two may be cells, such as an x."""
_SHOWN_UNITS = frozenset({"min", "s", "h", "kg", "g", "t", "lb", "m3", "l", "cm3"})
FIELDS = (*ORDERS.titles, SERVICE_DATE)
"""Everything a column may be: our order fields, and the day a row is for."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field's text comes from.

    ``columns`` are the file's titles, joined with ``glue``. With ``split`` each cell is cut there
    and ``part`` taken (1 is the first, -1 the last). ``unit`` is the one its numbers are in; empty
    is ours. ``empty`` stands in where nothing is left.
    """

    columns: tuple[str, ...] = ()
    glue: str = " "
    split: str = ""
    part: int = 1
    unit: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """A file's columns by our fields. ``dates`` says how days of service are written.

    ``joins_lines``: consecutive rows with one order number are one order with several items.
    """

    name: str
    fields: Mapping[str, Source] = field(default_factory=dict[str, Source])
    dates: DateOrder = DateOrder.DMY
    joins_lines: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """A file that was looked at: its table, the row of its header, and titles without repeats.

    ``guess`` is what can be told without being taught; ``layout`` the maker's format, if one is
    recognised.
    """

    table: Table
    header: int
    titles: tuple[str, ...]
    guess: ColumnMap
    layout: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for every file with this header."""
        return fingerprint(self.titles)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows below the header."""
        return self.table.rows[self.header + 1 :]

    def at(self, header: int) -> "Sample":
        """The same file with its header in another row."""
        titles = unique(self.table.rows[header].cells)
        return replace(self, header=header, titles=titles, guess=_guess(self.table, header, titles))


def units_of(key: str) -> tuple[str, ...]:
    """The units in which a field's numbers may be, the usual spellings only."""
    return tuple(unit for unit in ORDERS.units.get(key, {}) if unit in _SHOWN_UNITS)


def fingerprint(titles: Sequence[str]) -> str:
    """A short name of a header; letter case, accents and spaces do not count."""
    text = "\x1f".join(normal(title) for title in titles)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def unique(cells: Sequence[str]) -> tuple[str, ...]:
    """Titles as they are shown: an empty one is named after its place, a second one numbered."""
    seen: dict[str, int] = {}
    titles: list[str] = []
    for place, cell in enumerate(cells, 1):
        title = clean(cell)[:80] or f"column {place}"
        seen[title] = seen.get(title, 0) + 1
        titles.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    return tuple(titles)


def look(path: Path, known: Callable[[str], bool] = lambda _print: False) -> Sample:
    """Read a file without understanding it; ``known`` says of which headers a mapping is kept.

    Raises ``ConsoleError`` when it is no table.
    """
    table = read_table(path, _score)
    first = table.rows[:HEADER_WITHIN]
    if not first:
        raise ConsoleError(
            tr("“{name}” is empty.", name=table.name), remedy=tr("Export the list again.")
        )
    taught = (i for i, row in enumerate(first) if known(fingerprint(unique(row.cells))))
    header = next(taught, max(range(len(first)), key=lambda i: (_score(first[i].cells), -i)))
    titles = unique(first[header].cells)
    sample = Sample(table, header, titles, _guess(table, header, titles))
    try:
        found: Header | None = read_header(table, order_recogniser(), {})
    except ConsoleError:
        found = None
    layout = found.layout.name if found is not None and found.layout is not None else ""
    return replace(sample, layout=layout)


def _score(cells: Sequence[str]) -> int:
    """Several known titles count most; else words without digits, which rows of orders lack."""
    words = sum(
        any(letter.isalpha() for letter in cell) and not any(sign.isdigit() for sign in cell)
        for cell in cells
    )
    known = order_recogniser().score(cells)
    return words + (20 * known if known >= _SURELY else 0)


def _guess(table: Table, header: int, titles: Sequence[str]) -> ColumnMap:
    """Columns whose titles we know, each for one field."""
    recogniser, fields = order_recogniser(), dict[str, Source]()
    ranks = dict[str, int]()
    for title, cell in zip(titles, table.rows[header].cells, strict=True):
        meaning = recogniser.meaning(cell) if cell.strip() else None
        if meaning is None or ranks.get(meaning.field, 99) <= meaning.rank:
            continue
        ranks[meaning.field] = meaning.rank
        unit = "" if meaning.unit in {"own", "documented"} else meaning.unit
        fields[meaning.field] = Source((title,), unit=unit)
    return ColumnMap(Path(table.name).stem, fields, joins_lines="item" in fields)


def orders_by(sample: Sample, taught: ColumnMap, day: date | None = None) -> OrderReport:
    """The orders of a file by what was taught.

    Rows for another day than ``day`` are rejected. Raises ``MissingColumns`` where the mapping
    leaves out what every order needs.
    """
    _require(sample, taught)
    places = {title: at for at, title in enumerate(sample.titles)}
    fields = {key: s for key, s in taught.fields.items() if key != SERVICE_DATE}
    if taught.joins_lines:
        fields.setdefault("item", Source())
    titles = tuple(_title(key, source) for key, source in fields.items())
    rows, rejects = [Row(sample.table.rows[sample.header].number, titles)], list[Reject]()
    for row in sample.rows:
        if reject := _other_day(row, taught, places, day):
            rejects.append(reject)
            continue
        cells = tuple(_text(row, source, places) for source in fields.values())
        rows.append(Row(row.number, cells, row.damage))
    if len(rows) == 1:
        return OrderReport((), tuple(rejects), (), _unread(sample, taught), {}, len(rejects))
    report = orders_of(replace(sample.table, rows=tuple(rows)), {})
    return replace(
        report,
        rejects=tuple(sorted((*report.rejects, *rejects), key=lambda reject: reject.row)),
        unknown_columns=_unread(sample, taught),
        mapping={own_name(key): " + ".join(s.columns) for key, s in taught.fields.items()},
        rows=report.rows + len(rejects),
        layout=taught.name,
    )


def _require(sample: Sample, taught: ColumnMap) -> None:
    lacking = [
        group for group in ORDERS.required if not any(taught.fields.get(key) for key in group)
    ]
    gone = sorted({t for s in taught.fields.values() for t in s.columns if t not in sample.titles})
    if not lacking and not gone:
        return
    if gone:
        told = tr("The mapping “{name}” has no column “{gone}”.", name=taught.name, gone=gone[0])
    else:
        field = named(lacking[0][0])
        told = tr("The mapping “{name}” says nothing of {field}.", name=taught.name, field=field)
    raise MissingColumns(
        told,
        remedy=tr("Choose the columns again."),
        fields=tuple(own_name(group[0]) for group in lacking),
        columns=sample.titles,
    )


def _title(key: str, source: Source) -> str:
    return f"{key} ({source.unit})" if source.unit and key in ORDERS.units else own_name(key)


def _text(row: Row, source: Source, places: Mapping[str, int]) -> str:
    parts: list[str] = []
    for title in source.columns:
        at = places.get(title, len(row.cells))
        cell = row.cells[at] if at < len(row.cells) else ""
        if part := _part(cell, source).strip():
            parts.append(part)
    return source.glue.join(parts) or source.empty


def _part(cell: str, source: Source) -> str:
    if not source.split:
        return cell
    pieces = cell.split(source.split)
    at = source.part - 1 if source.part > 0 else len(pieces) + source.part
    return pieces[at] if 0 <= at < len(pieces) else ""


def _other_day(
    row: Row, taught: ColumnMap, places: Mapping[str, int], day: date | None
) -> Reject | None:
    """The verdict on a row that is for another day, or whose day cannot be read."""
    source = taught.fields.get(SERVICE_DATE)
    if source is None or day is None or row.damage:
        return None
    text = clean(_text(row, source, places))
    found = date_of(text, taught.dates) if text else day
    if found == day:
        return None
    source_id = taught.fields.get("order_id", Source())
    order = clean(_text(row, source_id, places))[:100] or None
    if found is None:
        told = phrase(
            "The day {text} is not a date: write it like {example}.",
            text=shown(text),
            example=taught.dates.example,
        )
    else:
        told = phrase(
            "The row is for {day}: open that day and import the file there.", day=Day(found)
        )
    return Reject(row.number, order, SERVICE_DATE, told)


def _unread(sample: Sample, taught: ColumnMap) -> tuple[str, ...]:
    used = {title for source in taught.fields.values() for title in source.columns}
    return tuple(title for title in sample.titles if title not in used)
