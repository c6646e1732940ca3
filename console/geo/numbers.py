"""House numbers taken apart: 12, 12a, 12 bis, 12-14, 12a-c, 37-21."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_RANGE_LIMIT = 40  # a longer range is a slip of the pen, not a row of houses
_SUFFIX = r"[a-z]|bis|ter|quater|\u00bd"
_JOIN = r"[-/+]"
_WHOLE = re.compile(
    rf"(\d{{1,5}})({_SUFFIX})?(?:({_JOIN})(?:(\d{{1,5}})({_SUFFIX})?|([a-z])))?", re.IGNORECASE
)
_LETTERED = re.compile(rf"([a-z]{{1,2}})-?(\d{{1,5}})({_SUFFIX})?", re.IGNORECASE)
_ROW = re.compile(rf"(\d{{1,5}}){_JOIN}(?:\d{{1,5}}{_JOIN})+(\d{{1,5}})")  # 12/14/16
_TIGHT = (
    (re.compile(r"[\u2010-\u2015\u2212]"), "-"),
    (re.compile(r"(?<=\d)\s+1/2\b"), "\u00bd"),
    (re.compile(rf"(?<=[\da-z])\s*({_JOIN})\s*(?=[\da-z])"), r"\1"),
    (re.compile(rf"(?<=\d)\s+(?=(?:{_SUFFIX})(?![^\W_]))"), ""),
    (re.compile(r"(?<=\d)/(?=[a-z]\b)"), ""),
    (re.compile(r"(?<=\d)[-/](?:iii?|iv|vi{1,3})$"), ""),  # a floor in Roman figures
)


@dataclass(frozen=True, slots=True)
class HouseNumber:
    """A house number taken apart; ``letters`` stand in front of it.

    ``suffix`` is a letter, bis or a half; ``upto`` ends a range, ``to_letter`` one of letters.
    ``upto`` below ``number`` is the second half of a number with a hyphen, as in Queens.
    """

    number: int
    suffix: str = ""
    upto: int = 0
    to_letter: str = ""
    letters: str = ""

    @property
    def key(self) -> str:
        """``12``, ``12a``, ``12-14``, ``12a-c`` or ``b12``."""
        end = self.to_letter or str(self.upto or "")
        return self.first_key + (f"-{end}" if end else "")

    @property
    def first_key(self) -> str:
        """The key of the number alone, without the range it begins."""
        return f"{self.letters}{self.number}{self.suffix}"

    @property
    def last(self) -> int:
        """The highest number it stands for."""
        return max(self.number, self.upto)


def house_number(text: str) -> HouseNumber | None:
    """Read a house number as written in a map or an order; None when it is none."""
    tight = text.strip().casefold().rstrip(".")
    for pattern, put in _TIGHT:
        tight = pattern.sub(put, tight)
    if row := _ROW.fullmatch(tight):
        tight = f"{row[1]}-{row[2]}"
    if lettered := _LETTERED.fullmatch(tight):
        return HouseNumber(int(lettered[2]), lettered[3] or "", letters=lettered[1])
    found = _WHOLE.fullmatch(tight)
    return _from_match(found) if found else None


def _from_match(found: re.Match[str]) -> HouseNumber:
    number, suffix = int(found[1]), found[2] or ""
    if found[6]:
        is_range = found[3] == "-" and len(suffix) == 1 and suffix < found[6]
        if is_range:
            return HouseNumber(number, suffix, to_letter=found[6])
        return HouseNumber(number, suffix or found[6])
    upto = int(found[4] or 0)
    if upto <= number and found[3] != "-":  # 7/2 is a flat, 37-21 is not
        upto = 0
    if not upto:
        return HouseNumber(number, suffix or found[5] or "")
    return HouseNumber(number, suffix if upto > number else "", 0 if upto == number else upto)


def all_numbers(number: HouseNumber) -> Iterator[HouseNumber]:
    """A range stands for itself, for every second number in it, or for every letter."""
    yield number
    if number.to_letter:
        for letter in range(ord(number.suffix), ord(number.to_letter) + 1):
            yield HouseNumber(number.number, chr(letter))
    if 0 < number.upto - number.number <= _RANGE_LIMIT:
        step = 2 if (number.upto - number.number) % 2 == 0 else 1
        for each in range(number.number, number.upto + 1, step):
            yield HouseNumber(each)
