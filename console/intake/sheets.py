"""Spreadsheets (xlsx, xlsm, xlsb, xls, ods) become rows of text."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from console.domain.errors import ConsoleError
from console.intake.files import EXPORT_REMEDY, Kind
from console.intake.rows import MAX_COLUMNS, MAX_ROWS, Row, Score, best_score

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Cell = int | float | str | bool | time | date | datetime | timedelta

MAX_UNPACKED = 600_000_000
_CHUNK = 1_000_000
_MAX_AREA = 30_000_000  # cells, filled or not
_ROWS_REMEDY = "Delete what lies outside the list, or export it as CSV."
_CELL_AT = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>/]*>')
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_sheets(name: str, content: bytes, kind: Kind, score: Score) -> tuple[list[Row], str]:
    """Rows of the sheet with the best header, and its name where there are several."""
    if kind is Kind.ARCHIVE:
        _check_archive(name, content)
    elif _ENCRYPTED in content:
        raise _locked(name)
    book = _open(name, content)
    found: list[tuple[int, str, list[Row]]] = []
    for title in book.sheet_names:
        rows = _read(name, book, title)
        if rows:
            found.append((best_score(rows, score), title, rows))
    if not found:
        raise ConsoleError(f"“{name}” is empty: no sheet has a filled cell.", remedy=EXPORT_REMEDY)
    _, title, rows = max(found, key=lambda sheet: sheet[0])
    return rows, title if len(found) > 1 else ""


def _open(name: str, content: bytes) -> "CalamineWorkbook":
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise _locked(name) from error
    except (CalamineError, ValueError, OSError) as error:
        raise _corrupt(name, error) from error
    except BaseException as error:
        raise _from_panic(name, error) from error


def _read(name: str, book: "CalamineWorkbook", title: str) -> list[Row]:
    from python_calamine import CalamineError

    try:
        return list(_filled_rows(name, book.get_sheet_by_name(title)))
    except CalamineError as error:
        if type(error).__name__ == "WorksheetNotFound":
            return []  # a chart or a macro sheet
        raise _corrupt(name, error) from error
    except (ValueError, OverflowError, OSError) as error:
        raise _corrupt(name, error) from error
    except ConsoleError:
        raise
    except BaseException as error:
        raise _from_panic(name, error) from error


def _from_panic(name: str, error: BaseException) -> BaseException:
    """A panic of the reader's native code is a corrupt file; anything else stays what it is."""
    return _corrupt(name, error) if type(error).__name__ == "PanicException" else error


def _filled_rows(name: str, sheet: "CalamineSheet") -> Iterator[Row]:
    if sheet.width > MAX_COLUMNS:
        raise ConsoleError(
            f"The sheet “{sheet.name}” of “{name}” is {sheet.width} columns wide; "
            f"at most {MAX_COLUMNS} are read.",
            remedy=_ROWS_REMEDY,
        )
    count = 0
    for number, values in enumerate(sheet.iter_rows(), start=1):
        row = Row(number, tuple(_text(value) for value in values))
        if row.is_blank:
            continue
        count += 1
        if count > MAX_ROWS:
            raise ConsoleError(f"“{name}” has more than {MAX_ROWS} rows.", remedy=_ROWS_REMEDY)
        yield row


def _text(value: Cell) -> str:
    """A cell as a person would type it; ``str`` comes first as most cells are text."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    return _duration_text(value) if isinstance(value, timedelta) else str(value)


def _number_text(value: float) -> str:
    """1001.0 becomes 1001; exactly three decimals get a fourth, lest they look like thousands."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    decimals = text.partition(".")[2]
    return f"{text}0" if len(decimals) == 3 and decimals.isdigit() else text


def _duration_text(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    minutes, seconds = divmod(abs(seconds), 60)
    return f"{sign}{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


def _check_archive(name: str, content: bytes) -> None:
    """Refuse what would unpack beyond all bounds, and other archives than spreadsheets."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
                raise ConsoleError(
                    f"“{name}” is a ZIP archive, not a spreadsheet.",
                    remedy="Unpack it and load the list that is in it.",
                )
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise _too_large(name)
            for entry in entries:
                if entry.filename.startswith("xl/worksheets/") or entry.filename == "content.xml":
                    _check_extent(name, archive, entry)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
        raise _corrupt(name, error) from error
    except (NotImplementedError, RuntimeError) as error:  # unknown method; a zip password
        raise _corrupt(name, error) from error


def _check_extent(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """A single far cell would make the reader set aside memory for all cells before it."""
    size, width, height = 0, 1, 1
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            for column, row in _CELL_AT.findall(tail + chunk):
                width = max(width, _column_number(column))
                height = max(height, int(row))
            if size > MAX_UNPACKED or width * height > _MAX_AREA:
                raise _too_large(name)
            tail = chunk[-200:]


@cache
def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _too_large(name: str) -> ConsoleError:
    return ConsoleError(
        f"The sheets of “{name}” are too large: cells lie far outside the list, or it unpacks to "
        f"more than {MAX_UNPACKED // 1_000_000} MB.",
        remedy=_ROWS_REMEDY,
    )


def _locked(name: str) -> ConsoleError:
    return ConsoleError(
        f"“{name}” is protected by a password.",
        remedy="Open it, save it without a password and load it again.",
    )


def _corrupt(name: str, error: BaseException) -> ConsoleError:
    return ConsoleError(
        f"“{name}” is damaged or no spreadsheet: {str(error)[:120] or type(error).__name__}.",
        remedy="Open it in a spreadsheet program, save it again as .xlsx or CSV and load that.",
    )
