"""What is typed into the filter: words, and ``kg>20``, ``driver:ida``, ``is:late``."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from console.dispatch.expecting import risk_of
from console.tongues import tr
from console.ui.ordertable.columns import BY_KEY, COLUMNS, Column, Line

_TERM = re.compile(r"(?P<key>[^\W_]+)(?P<sign>>=|<=|[:=<>])(?P<value>.+)")
_PARTS = re.compile(r'[^\s"]*"[^"]*"|\S+')
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
}


def _is_risky(line: Line) -> bool:
    """Where the first try is likelier to fail than usual, and not by chance."""
    risk = risk_of(line.picture, line.stop.id)
    return risk is not None and risk.is_high


STATES: dict[str, Callable[[Line], bool]] = {
    "unassigned": lambda line: line.driver is None,
    "assigned": lambda line: line.driver is not None,
    "late": lambda line: bool(line.visit and line.visit.lateness),
    "pinned": lambda line: line.stop.pinned,
    "risky": _is_risky,
    "unlocated": lambda line: line.stop.id in line.picture.off_road,
}
STATE_WORDS = {
    tr("unassigned"): "unassigned",
    tr("assigned"): "assigned",
    tr("late"): "late",
    tr("pinned"): "pinned",
    tr("risky"): "risky",
    tr("not located"): "unlocated",
}
"""The same in the window's language."""
_IS = {"is", tr("is")}
_KEYS = {"".join(column.title.casefold().split()): column.key for column in COLUMNS}
"""Columns by their titles, which need no spaces here."""
Test = Callable[[Line], bool]


@dataclass(frozen=True, slots=True)
class Query:
    """``words`` have to be in a line's text, in lower case; ``tests`` have to hold."""

    words: tuple[str, ...] = ()
    tests: tuple[Test, ...] = ()


def query_of(text: str) -> Query:
    """Read a filter; a term that names no column or compares no number is a word."""
    words: list[str] = []
    tests: list[Test] = []
    for part in _PARTS.findall(text.casefold()):
        plain = part.replace('"', "")
        match = _TERM.fullmatch(plain)
        test = _test(match["key"], match["sign"], match["value"]) if match else None
        if test is None:
            words.append(plain)
        else:
            tests.append(test)
    return Query(tuple(words), tuple(tests))


def _test(key: str, sign: str, value: str) -> Test | None:
    if key in _IS:
        return STATES.get(STATE_WORDS.get(value, value))
    column = BY_KEY.get(key) or BY_KEY.get(_KEYS.get(key, ""))
    if column is None:
        return None
    if column.is_number and sign != ":":
        return _number_test(column, sign, value)
    return _text_test(column, sign, value)


def _text_test(column: Column, sign: str, value: str) -> Test:
    if sign == ":":
        return lambda line: any(value in text.casefold() for text in column.texts(line))
    return lambda line: any(_COMPARED[sign](*_ordered(text, value)) for text in column.texts(line))


def _number_test(column: Column, sign: str, value: str) -> Test | None:
    try:
        limit = float(value.replace(",", "."))
    except ValueError:
        return None

    def holds(line: Line) -> bool:
        found = column.value(line)
        return _COMPARED[sign](float(found or 0), limit)

    return holds


def _ordered(text: str, value: str) -> tuple[float, float]:
    """Texts compared as they sort: clock times, numbers of orders; an empty one is never in."""
    if not text:
        return float("nan"), 0.0
    text = text.casefold()
    return (0.0, 0.0) if text == value else (1.0, 0.0) if text > value else (-1.0, 0.0)
