"""Delimited text becomes rows: any delimiter, line end and quoting, with true line numbers.

A quotation mark that is never closed must not swallow the rows below it: records are put together
line by line, and one that does not close within a bound costs its first line only.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from console.domain.errors import ConsoleError
from console.formats import number
from console.intake.rows import HEADER_WITHIN, MAX_COLUMNS, MAX_ROWS, Row, Score, best_score
from console.tongues import phrase, tr

DELIMITERS = (",", ";", "\t", "|")
MAX_LINES_OF_A_RECORD = 60
MAX_DAMAGED = 500
MAX_LINE = 1_000_000

_OPEN = phrase('It has a quotation mark (") that is never closed: remove it or close it.')
_WIDE = phrase(
    "It has more than {most} cells: check its line breaks and delimiters.", most=MAX_COLUMNS
)
_LONG = phrase("It is longer than a million characters: check its line breaks.")


def read_text(name: str, text: str, score: Score) -> tuple[list[Row], str]:
    """Rows that are not blank, and the delimiter found; raises ``ConsoleError`` beyond bounds."""
    lines = _split_lines(text)
    delimiter = _find_delimiter(lines, score)
    rows: list[Row] = []
    damaged = 0
    for row in _records(lines, delimiter):
        if row.is_blank:
            continue
        damaged += bool(row.damage)
        rows.append(row)
        if len(rows) > MAX_ROWS:
            raise ConsoleError(
                tr("“{name}” has more than {most} rows.", name=name, most=number(MAX_ROWS)),
                remedy=tr("Split it, or check that it is the list of one day."),
            )
        if damaged > MAX_DAMAGED:
            raise ConsoleError(
                tr(
                    "“{name}” has more than {most} damaged lines; the last is line {line}. "
                    "{damage}",
                    name=name,
                    most=MAX_DAMAGED,
                    line=row.number,
                    damage=row.damage,
                ),
                remedy=tr("Export the list again as CSV or Excel (.xlsx)."),
            )
    return rows, delimiter


def _split_lines(text: str) -> list[str]:
    """Physical lines with their ends; only CR, LF and CRLF end a line."""
    return list(io.StringIO(text, newline=""))


def _find_delimiter(lines: Sequence[str], score: Score) -> str:
    """The delimiter under which a header is best recognised, else the most regular one."""
    head = [line for line in lines[: 4 * HEADER_WITHIN] if line.strip()][:HEADER_WITHIN]
    head = [line[:MAX_LINE] for line in head]

    def merit(delimiter: str) -> tuple[int, int, int]:
        rows = list(_records(head, delimiter))
        widths = [len(row.cells) for row in rows]
        common = max(set(widths), key=widths.count, default=0)
        regular = widths.count(common) if common > 1 else 0
        return best_score(rows, score), regular, common

    return max(DELIMITERS, key=merit)


def _records(lines: Sequence[str], delimiter: str) -> Iterator[Row]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if '"' in line and len(line) <= MAX_LINE:
            row, used = _quoted_record(lines, at, delimiter)
            yield row
            at += used
        else:
            yield _plain_record(line, at + 1, delimiter)
            at += 1


def _plain_record(line: str, number: int, delimiter: str) -> Row:
    if line.count(delimiter) >= MAX_COLUMNS:
        cells = line.rstrip("\r\n").split(delimiter, MAX_COLUMNS)[:MAX_COLUMNS]
        tail = line.rstrip("\r\n" + delimiter + " ")
        damage = _WIDE if tail.count(delimiter) >= MAX_COLUMNS else ""
        return Row(number, tuple(cell[:100] for cell in cells) if damage else tuple(cells), damage)
    if len(line) > MAX_LINE:
        return Row(number, (line[:100],), _LONG)
    return Row(number, tuple(line.rstrip("\r\n").split(delimiter)))


def _quoted_record(lines: Sequence[str], at: int, delimiter: str) -> tuple[Row, int]:
    """The record that starts at a line, and how many lines it takes."""
    record = ""
    for used in range(1, min(MAX_LINES_OF_A_RECORD, len(lines) - at) + 1):
        line = lines[at + used - 1]
        record += line
        if '"' not in line or len(record) > MAX_LINE:
            continue
        cells, state = _parse(record, delimiter)
        if state == "closed":
            return _checked(Row(at + 1, cells)), used
        if state == "odd":
            if used == 1:
                return _checked(Row(at + 1, _leniently(record, delimiter))), 1
            break  # a later row's quotation mark closed this one's
    return Row(at + 1, _literally(lines[at], delimiter), _OPEN), 1


def _parse(record: str, delimiter: str) -> tuple[tuple[str, ...], str]:
    """Cells and ``closed``, ``open`` (a quoted cell has not ended) or ``odd`` (text after one)."""
    try:
        rows = list(_reader(record, delimiter, strict=True))
    except csv.Error as error:
        return (), "open" if "unexpected end" in str(error) else "odd"
    return (tuple(rows[0]), "closed") if len(rows) == 1 else ((), "odd")


def _leniently(line: str, delimiter: str) -> tuple[str, ...]:
    """As spreadsheets read it: text after a closing mark belongs to the cell."""
    try:
        rows = list(_reader(line, delimiter, strict=False))
    except csv.Error:
        rows = []
    return tuple(rows[0]) if len(rows) == 1 else _literally(line, delimiter)


def _reader(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    return csv.reader(lines, delimiter=delimiter, strict=strict, skipinitialspace=True)


def _literally(line: str, delimiter: str) -> tuple[str, ...]:
    return tuple(cell.strip('" ') for cell in line.rstrip("\r\n").split(delimiter, MAX_COLUMNS))


def _checked(row: Row) -> Row:
    cells = row.cells
    while len(cells) > MAX_COLUMNS and not cells[-1].strip():
        cells = cells[:-1]
    return Row(row.number, cells[:MAX_COLUMNS], _WIDE) if len(cells) > MAX_COLUMNS else row
