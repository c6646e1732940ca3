"""Plus codes (Open Location Code, Google, Apache 2.0): ``8FVF4GRC+R8``, or ``4GRC+R8 Vaduz``."""

import math
import re
from dataclasses import dataclass

from console.domain.places import Coordinate

_ALPHABET = "23456789CFGHJMPQRVWX"
_SIGN = f"[{_ALPHABET}]"
_CODE = re.compile(rf"(?<![\w+])({_SIGN}{{2,8}})\+({_SIGN}{{2,7}})?(?![\w+])", re.IGNORECASE)
_BEFORE_PLUS = 8
_PAIRS = 10  # digits in pairs; what follows halves a cell in 5 rows and 4 columns
_BASE, _ROWS, _COLUMNS = 20, 5, 4
_WHOLE_TURN = 360.0


@dataclass(frozen=True, slots=True)
class PlusCode:
    """A code found in a text, and the text without it. Short ones lack their first digits."""

    code: str
    rest: str

    @property
    def is_short(self) -> bool:
        """True when it needs a place nearby to be understood."""
        return self.code.index("+") < _BEFORE_PLUS


def find(text: str) -> PlusCode | None:
    """The first plus code in a text."""
    match = _CODE.search(text)
    if match is None or len(match[1]) % 2:
        return None
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    code = PlusCode(match[0].upper(), " ".join(rest.split()).strip(" ,;"))
    if not code.is_short and _ALPHABET.index(code.code[0]) >= math.ceil(180 / _BASE):
        return None  # beyond the pole
    return code


def centre(code: str) -> Coordinate:
    """The middle of a full code's cell (14 m wide for the usual ten digits)."""
    digits = [_ALPHABET.index(sign) for sign in code.replace("+", "")]
    size = float(_BASE) * _BASE
    south, west = -90.0, -180.0
    for i in range(0, min(_PAIRS, len(digits)) - 1, 2):
        size /= _BASE
        south += digits[i] * size
        west += digits[i + 1] * size
    height = width = size
    for digit in digits[_PAIRS:]:
        height, width = height / _ROWS, width / _COLUMNS
        south += digit // _COLUMNS * height
        west += digit % _COLUMNS * width
    lon = (west + width / 2 + _WHOLE_TURN / 2) % _WHOLE_TURN - _WHOLE_TURN / 2
    return Coordinate(min(90.0, south + height / 2), lon)


def near(code: str, reference: Coordinate) -> Coordinate:
    """The place of a short code that is nearest to a reference point."""
    missing = _BEFORE_PLUS - code.index("+")
    size = float(_BASE) ** (2 - missing // 2)  # degrees that the missing digits leave open
    found = centre(_encode(reference)[:missing] + code)
    lat, lon = found.lat, found.lon
    if reference.lat + size / 2 < lat and lat - size > -90:
        lat -= size
    elif reference.lat - size / 2 > lat and lat + size < 90:
        lat += size
    if reference.lon + size / 2 < lon:
        lon -= size
    elif reference.lon - size / 2 > lon:
        lon += size
    return Coordinate(lat, (lon + _WHOLE_TURN / 2) % _WHOLE_TURN - _WHOLE_TURN / 2)


def _encode(point: Coordinate) -> str:
    """The eight digits before the plus sign."""
    lat, lon = min(point.lat + 90, 180 - 1e-9), (point.lon + 180) % _WHOLE_TURN
    size, digits = float(_BASE), ""
    for _ in range(_BEFORE_PLUS // 2):
        row, column = int(lat // size), int(lon // size)
        digits += _ALPHABET[row] + _ALPHABET[column]
        lat, lon = lat - row * size, lon - column * size
        size /= _BASE
    return digits
