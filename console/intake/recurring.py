"""Files of recurring orders: order files whose rows also say on which days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from console.domain.recurring import Pattern, RecurringOrder
from console.formats import Day
from console.intake import dimensions
from console.intake.columns import ORDERS, named
from console.intake.dates import DateOrder, date_of
from console.intake.header import Recogniser, read_header
from console.intake.orders import MEASURES, entries_of
from console.intake.reader import read_table
from console.intake.record import Measure, RowReader, reading_of, records_of
from console.intake.report import Reject
from console.intake.roster import weekdays_of
from console.intake.rows import Row, Table
from console.intake.texts import clean, shown
from console.tongues import phrase, tr

MOST_WEEKS = 52
WEEKS = Measure("weeks", phrase("number of weeks"), dimensions.WEEKS, MOST_WEEKS, 1, 1)
PATTERN = ("weekdays", "weeks", "starts", "ends", "skipped")
"""What such a file says besides an order."""

RECURRING = replace(
    ORDERS,
    what="recurring order",
    titles={
        **ORDERS.titles,
        "weekdays": ("weekdays", "days", "repeats on", "wochentage", "liefertage", "jours",
            "ugedage"),
        "weeks": ("weeks", "every weeks", "interval weeks", "alle wochen", "toutes les semaines"),
        "starts": ("starts", "first day", "valid from", "gültig ab", "premier jour"),
        "ends": ("ends", "last day", "valid until", "gültig bis", "dernier jour"),
        "skipped": ("skipped", "except", "not on", "skip dates", "ausnahmen", "sauf"),
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecurringReport:
    """Recurring orders as read, and the rows that gave none, each with what is wrong."""

    orders: tuple[RecurringOrder, ...] = ()
    rejects: tuple[Reject, ...] = ()
    unknown_columns: tuple[str, ...] = ()


@cache
def recurring_recogniser() -> Recogniser:
    """The one that knows the columns of recurring orders."""
    return Recogniser(RECURRING)


def read_recurring(path: Path | str) -> RecurringReport:
    """Read a file of any supported kind; ConsoleError when nothing can be read."""
    table = read_table(Path(path), recurring_recogniser().score)
    return recurring_of(table)


def check_recurring(rows: Sequence[Mapping[str, str]]) -> RecurringReport:
    """Rows typed by hand, our own column names -> text; a row's number is its place, from 1."""
    if not rows:
        return RecurringReport()
    wanted = ("order_id", "street", "weekdays")
    titles = tuple(dict.fromkeys((*wanted, *(key for row in rows for key in row))))
    cells = [Row(n, tuple(row.get(t, "") for t in titles)) for n, row in enumerate(rows, 1)]
    return recurring_of(Table(tr("the table"), (Row(0, titles), *cells), comma_is_decimal=True))


def recurring_of(table: Table) -> RecurringReport:
    """The same for a table that was already read."""
    header = read_header(table, recurring_recogniser(), {})
    records = records_of(table, header)
    measures = {**MEASURES, WEEKS.field: WEEKS}
    comma = table.comma_is_decimal
    reading = reading_of(RECURRING, header, records, measures, comma_is_decimal=comma)
    entries, rejects = entries_of(records, reading)
    by_row = {record.number: record for record in records}
    orders: list[RecurringOrder] = []
    wrong = list(rejects)
    for entry in entries:
        row = RowReader(by_row[entry.row or 0], reading)
        pattern = _pattern(row)
        if row.problems:
            wrong.append(row.reject(entry.id))
        else:
            orders.append(RecurringOrder(entry.without_row(), pattern))
    wrong.sort(key=lambda reject: reject.row)
    return RecurringReport(tuple(orders), tuple(wrong), header.unknown)


def _pattern(row: RowReader) -> Pattern:
    weeks = row.whole(WEEKS) or 1
    first, last = (_date(row, name) for name in ("starts", "ends"))
    if first is not None and last is not None and last < first:
        told = phrase(
            "It ends on {last}, before it starts: change one of both days.", last=Day(last)
        )
        row.complain("ends", told)
    if weeks > 1 and first is None and not clean(row.cell("starts")):
        told = phrase("Every {weeks} weeks from when? Give it a first day.", weeks=weeks)
        row.complain("starts", told)
    return Pattern(weekdays_of(row), weeks, first, last, tuple(_skipped(row)))


def _date(row: RowReader, name: str) -> date | None:
    cell = clean(row.cell(name))
    found = date_of(cell, DateOrder.DMY) if cell else None
    if cell and found is None:
        told = phrase(
            "The {name} {cell} is no day: write 2026-11-24.", name=named(name), cell=shown(cell)
        )
        row.complain(name, told)
    return found


def _skipped(row: RowReader) -> list[date]:
    found: list[date] = []
    for part in row.names("skipped", 40):
        day = date_of(part, DateOrder.DMY)
        if day is None:
            told = phrase(
                "{part} is no day: write days such as 2026-12-24; 2026-12-31.", part=shown(part)
            )
            row.complain("skipped", told)
        else:
            found.append(day)
    return found
