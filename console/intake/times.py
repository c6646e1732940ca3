"""Times of day and durations out of cells."""

import math
import re
from datetime import time, timedelta

from console.intake.amounts import Unreadable
from console.tongues import phrase

_DATE = r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}/\d{1,2}/\d{1,2})"
_DATED = re.compile(rf"{_DATE}[T\s,]+(?P<time>.*)", re.ASCII | re.IGNORECASE)
_ONLY_DATE = re.compile(_DATE, re.ASCII)
_OFFSET = re.compile(r"(?<=\d)\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$", re.ASCII | re.IGNORECASE)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?)?"
    r"\s*(?:h|uhr)?\s*(?P<half>[ap]\.?\s?m\.?)?",
    re.ASCII | re.IGNORECASE,
)
_WHOLE = re.compile(r"(\d{1,2})[.,]0", re.ASCII)  # a whole number that went through a spreadsheet
_DIGITS = re.compile(r"\d{3,4}", re.ASCII)
_FRACTION = re.compile(r"\d{0,5}[.,]\d+", re.ASCII)
_PREFIX = re.compile(r"(?:kl\.?|um|at|à|ab|bis|von|from|to|until)\s+", re.IGNORECASE)
_SPAN = re.compile(
    r"(?P<first>.+?)\s*(?:[-~\N{EN DASH}\N{EM DASH}]|\b(?:to|bis|à|til)\b)\s*(?P<last>.+)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\s*(?:[;|\n]|,|\bund\b|\band\b|\bet\b|\bog\b)\s*", re.IGNORECASE)
_HMS = re.compile(r"(\d{1,3}):(\d{2}):(\d{2})", re.ASCII)

_DAY = 86_400
_END_OF_DAY = time(23, 59)
_NO_TIME = phrase("is not a time")
_SERIAL_DAYS = (20_000, 80_000)  # spreadsheet day numbers of the years 1954 to 2119


def time_of_day(cell: str, *, is_end: bool = False) -> time:
    """A local time: ``9``, ``9:00``, ``09.00``, ``9h30``, ``9 am``, ``0900``, a date before it,
    or a spreadsheet's fraction of a day. ``24:00`` is 23:59 where it ends something.

    Raises ``Unreadable``.
    """  # noqa: D205
    text = cell.strip()[:60]
    if dated := _DATED.fullmatch(text):
        text = _OFFSET.sub("", dated["time"])
    elif _ONLY_DATE.fullmatch(text) and text.count(".") != 1:
        raise Unreadable(phrase("is a date without a time"))
    text = _PREFIX.sub("", text, count=1).strip()
    if whole := _WHOLE.fullmatch(text):
        text = whole[1]
    if match := _CLOCK.fullmatch(text):
        if (match["minute"] is None or match["hour"] == "0") and _is_fraction(text):
            return _from_fraction(text)
        return _from_clock(match, is_end=is_end)
    if _DIGITS.fullmatch(text):
        return _built(int(text[:-2]), int(text[-2:]), 0, is_end=is_end)
    if _FRACTION.fullmatch(text):
        return _from_fraction(text)
    raise Unreadable(_NO_TIME)


def has_date(cell: str) -> bool:
    """A date stands before the time; the service day is chosen elsewhere."""
    return _DATED.fullmatch(cell.strip()[:60]) is not None


def has_offset(cell: str) -> bool:
    """A zone stands behind the time; it is read as local time all the same."""
    dated = _DATED.fullmatch(cell.strip()[:60])
    return dated is not None and _OFFSET.search(dated["time"]) is not None


def spans(cell: str) -> tuple[tuple[time, time], ...]:
    """``09:00-12:00; 14:00-16:00`` as pairs. Raises ``Unreadable``."""
    parts = [part for part in _SEVERAL.split(cell.strip()[:200]) if part]
    return tuple(_span(part) for part in parts)


def _span(part: str) -> tuple[time, time]:
    match = _SPAN.fullmatch(part)
    if match is None:
        raise Unreadable(phrase("is not a window"))
    return time_of_day(match["first"]), time_of_day(match["last"], is_end=True)


def _is_fraction(text: str) -> bool:
    return _FRACTION.fullmatch(text) is not None


def _from_fraction(text: str) -> time:
    days = float(text.replace(",", "."))
    if days >= 1 and not _SERIAL_DAYS[0] <= days <= _SERIAL_DAYS[1]:
        raise Unreadable(_NO_TIME)
    minutes = round((days - math.floor(days)) * _DAY / 60)
    return _built(minutes // 60, minutes % 60, 0, is_end=True)


def _from_clock(match: re.Match[str], *, is_end: bool) -> time:
    hour = int(match["hour"])
    if half := match["half"]:
        if not 1 <= hour <= 12:
            raise Unreadable(_NO_TIME)
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    return _built(hour, int(match["minute"] or 0), int(match["second"] or 0), is_end=is_end)


def _built(hour: int, minute: int, second: int, *, is_end: bool) -> time:
    if (hour, minute, second) == (24, 0, 0) and is_end:
        return _END_OF_DAY
    try:
        return time(hour, minute, second)
    except ValueError as error:
        raise Unreadable(_NO_TIME) from error


def clock_duration(cell: str) -> timedelta | None:
    """``0:05:00`` (hours, minutes, seconds); None for anything else."""
    match = _HMS.fullmatch(cell.strip())
    if match is None:
        return None
    hours, minutes, seconds = (int(part) for part in match.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)
