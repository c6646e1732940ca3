"""Numbers out of cells: decimal comma or point, thousands, units."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.tongues import Phrase, phrase

_NUMBER = re.compile(
    r"(?P<number>[+-]?[0-9.,'\u2019\s]*[0-9][.,]?(?:[eE][+-]?[0-9]{1,4})?)\s*(?P<unit>[^\W\d_].{0,15})?"
)
_GROUPING = str.maketrans("", "", "'\u2019 \u00a0\u2009\u202f")
_AMBIGUOUS = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,])[0-9]{3}(?![0-9])")
_SPACED = re.compile(r"[+-]?[0-9]{1,3}(?:['\u2019\s][0-9]{3})+(?:[.,][0-9]+)?")
_GROUPS = {
    ",": re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+"),
    ".": re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+"),
}
_SUPERSCRIPTS = str.maketrans({"²": "2", "³": "3"})
_MINUS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})


class Unreadable(ValueError):  # noqa: N818 - what is said of a cell
    """A cell's text is not what its column holds; ``told`` ends a sentence."""

    def __init__(self, told: Phrase) -> None:
        super().__init__(told)
        self.told = told


_NO_NUMBER = phrase("is not a number")


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a file writes numbers; ``decimal`` is empty when no cell tells."""

    decimal: str = ""
    comma_is_decimal: bool = False  # what a lone comma most likely is

    @property
    def of_comma(self) -> str:
        """What ``1,234`` is: ``,`` a decimal comma, ``.`` a thousands separator."""
        return self.decimal or ("," if self.comma_is_decimal else ".")

    @property
    def of_point(self) -> str:
        """What ``1.234`` is: ``,`` when points group thousands, else ``.``."""
        return self.decimal or "."


def style_of(cells: Iterable[str], *, comma_is_decimal: bool) -> NumberStyle:
    """Let the cells that can be read in one way only decide for those that can be read in two."""
    votes = {".": 0, ",": 0}
    for cell in cells:
        if ("," in cell or "." in cell) and (decimal := _evidence(cell.translate(_GROUPING))):
            votes[decimal] += 1
    if votes[","] == votes["."]:
        return NumberStyle("", comma_is_decimal)
    return NumberStyle(max(votes, key=lambda mark: votes[mark]), comma_is_decimal)


def _evidence(cell: str) -> str:
    comma, point = cell.rfind(","), cell.rfind(".")
    if comma >= 0 and point >= 0:
        return "," if comma > point else "."
    mark = "," if comma >= 0 else "."
    if cell.count(mark) > 1:
        return "." if mark == "," else ","
    return "" if _AMBIGUOUS.match(cell) else mark


def is_ambiguous(cell: str) -> bool:
    """``1,234`` may be one and a bit or more than a thousand."""
    match = _AMBIGUOUS.fullmatch(cell.strip())
    return match is not None and match[1] == ","


def number(cell: str, style: NumberStyle, units: Mapping[str, float] | None = None) -> float:
    """The number in a cell, times the factor of the unit written behind it.

    Raises ``Unreadable`` for anything else, such as ``nan`` or an unknown unit.
    """
    match = _NUMBER.fullmatch(cell.strip().translate(_MINUS)[:60])
    if match is None:
        raise Unreadable(_NO_NUMBER)
    digits = match["number"].strip()
    plain = digits.translate(_GROUPING)
    if plain != digits and not _SPACED.fullmatch(digits):
        raise Unreadable(_NO_NUMBER)
    value = float(_plain(plain, style))
    if not (unit := match["unit"]):
        return value
    name = unit.casefold().translate(_SUPERSCRIPTS).rstrip(". ")
    if units is None or name not in units:
        raise Unreadable(phrase("has the unit “{unit}”, which is not known here", unit=unit))
    return value * units[name]


def has_unit(cell: str) -> bool:
    """A unit stands behind the number and overrides the column's."""
    match = _NUMBER.fullmatch(cell.strip().translate(_MINUS)[:60])
    return match is not None and bool(match["unit"])


def _plain(text: str, style: NumberStyle) -> str:
    """Digits with a decimal point only; raises ``Unreadable`` where the marks make no sense."""
    head, exponent, power = text.replace("E", "e").partition("e")
    comma, point = head.rfind(","), head.rfind(".")
    if comma >= 0 and point >= 0:
        grouping, decimal = (".", ",") if comma > point else (",", ".")
        whole, _, fraction = head.partition(decimal)
        if not _GROUPS[grouping].fullmatch(whole):
            raise Unreadable(_NO_NUMBER)
        head = f"{whole.replace(grouping, '')}.{fraction}"
    elif comma >= 0 or point >= 0:
        head = _one_mark(head, "," if comma >= 0 else ".", style)
    return head + exponent + power


def _one_mark(head: str, mark: str, style: NumberStyle) -> str:
    if head.count(mark) > 1:
        if not _GROUPS[mark].fullmatch(head):
            raise Unreadable(_NO_NUMBER)
        return head.replace(mark, "")
    meant = style.of_comma if mark == "," else style.of_point
    if _AMBIGUOUS.fullmatch(head) and meant != mark:
        return head.replace(mark, "")
    return head.replace(mark, ".")
