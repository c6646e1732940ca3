"""A workbook's sheets as rows of text, read by native code.

On some damaged files that code panics or asks for more memory than there is, which ends the whole
process; ``sheets`` knows which kinds to read in a process of their own.
"""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from console import formats
from console.domain.errors import ConsoleError
from console.intake.archives import corrupt, locked
from console.intake.rows import MAX_COLUMNS, MAX_ROWS, Row
from console.tongues import phrase, tr

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Cell = int | float | str | bool | time | date | datetime | timedelta

_ROWS_REMEDY = phrase("Delete what lies outside the list, or export it as CSV.")


def read_workbook(name: str, content: bytes) -> list[tuple[str, list[Row]]]:
    """Title and filled rows of every sheet that has any. Raises ``ConsoleError``."""
    book = _open(name, content)
    sheets = ((title, _read(name, book, title)) for title in book.sheet_names)
    return [(title, rows) for title, rows in sheets if rows]


def _open(name: str, content: bytes) -> "CalamineWorkbook":
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise locked(name) from error
    except (CalamineError, ValueError, OSError) as error:
        raise corrupt(name, error) from error
    except BaseException as error:
        raise _from_panic(name, error) from error


def _read(name: str, book: "CalamineWorkbook", title: str) -> list[Row]:
    from python_calamine import CalamineError

    try:
        return list(_filled_rows(name, book.get_sheet_by_name(title)))
    except CalamineError as error:
        if type(error).__name__ == "WorksheetNotFound":
            return []  # a chart or a macro sheet
        raise corrupt(name, error) from error
    except (ValueError, OverflowError, OSError) as error:
        raise corrupt(name, error) from error
    except ConsoleError:
        raise
    except BaseException as error:
        raise _from_panic(name, error) from error


def _from_panic(name: str, error: BaseException) -> BaseException:
    """A panic of the reader's native code is a corrupt file; anything else stays what it is."""
    return corrupt(name, error) if type(error).__name__ == "PanicException" else error


def _filled_rows(name: str, sheet: "CalamineSheet") -> Iterator[Row]:
    if sheet.width > MAX_COLUMNS:
        raise ConsoleError(
            tr(
                "The sheet “{sheet}” of “{name}” is {width} columns wide; at most {most} are read.",
                sheet=sheet.name,
                name=name,
                width=formats.number(sheet.width),
                most=formats.number(MAX_COLUMNS),
            ),
            remedy=str(_ROWS_REMEDY),
        )
    count = 0
    for number, values in enumerate(sheet.iter_rows(), start=1):
        row = Row(number, tuple(_text(value) for value in values))
        if row.is_blank:
            continue
        count += 1
        if count > MAX_ROWS:
            raise ConsoleError(
                tr("“{name}” has more than {most} rows.", name=name, most=formats.number(MAX_ROWS)),
                remedy=str(_ROWS_REMEDY),
            )
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
