"""Days of service out of cells, in the order of day, month and year that the file uses."""

import re
from datetime import date, timedelta
from enum import StrEnum

_NUMBERS = re.compile(r"(\d{1,4})\s*[./\s-]\s*(\d{1,2})\s*[./\s-]\s*(\d{1,4})(?:[T\s,].*)?")
_SERIAL = re.compile(r"([3-6]\d{4})(\.\d+)?")
_FIRST_DAY = date(1899, 12, 30)  # of spreadsheets


class DateOrder(StrEnum):
    """What comes first."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"

    @property
    def example(self) -> str:
        """The last day of 2026, so written."""
        return {"dmy": "31/12/2026", "mdy": "12/31/2026", "ymd": "2026-12-31"}[self]


def date_of(text: str, order: DateOrder) -> date | None:
    """The day in a cell, with or without a time behind it; None where there is none.

    A year of four digits in front, and a spreadsheet's number of days, are understood in any order.
    """
    text = text.strip()[:40]
    if serial := _SERIAL.fullmatch(text):
        return _FIRST_DAY + timedelta(days=int(serial[1]))
    match = _NUMBERS.fullmatch(text)
    if match is None:
        return None
    a, b, c = match.groups()
    parts = dict(zip("ymd" if len(a) == 4 else order.value, (a, b, c), strict=True))
    year = int(parts["y"])
    try:
        return date(year + 2000 if year < 100 else year, int(parts["m"]), int(parts["d"]))
    except ValueError:
        return None
