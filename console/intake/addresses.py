"""Address and coordinate of a row."""

import re
from collections import Counter
from collections.abc import Iterable

from console.domain.places import Address, Coordinate
from console.intake.amounts import NumberStyle, Unreadable, number
from console.intake.columns import named
from console.intake.header import normal
from console.intake.record import Record, RowReader
from console.intake.texts import clean, clean_code, shown
from console.tongues import phrase

_FIVE_DIGITS = frozenset({
    "de", "d", "deu", "germany", "deutschland", "allemagne", "tyskland", "fr", "f", "fra", "france",
    "frankreich", "it", "ita", "italy", "italien", "es", "esp", "spain", "spanien", "us", "usa",
    "unitedstates", "fi", "fin", "finland",
})  # fmt: skip
_ONE_LINE = re.compile(
    r"(?P<street>[^,]*?\S)\s*,\s*(?P<code>(?:[A-Z]{1,3}-)?\d{4,5})\s+(?P<city>[^,\d]+?)"
    r"(?:\s*,\s*(?P<country>[^,\d]+))?"
)
_PAIR = re.compile(r"\(?\s*(-?\d{1,3}(?:[.,]\d+)?)\s*(?:[;,/]\s*|\s+)(-?\d{1,3}(?:[.,]\d+)?)\s*\)?")
# In a coordinate a mark is always the decimal one.
_DECIMALS = NumberStyle(comma_is_decimal=True)
_MAJORITY = 4

_FOUR_DIGITS = phrase("A postcode of four digits where others have five")
_ZERO_ADDED = phrase("a leading zero added")


def has_short_codes(records: Iterable[Record]) -> bool:
    """Most postcodes are five digits, so a few of four lost a zero in a spreadsheet."""
    codes = (clean_code(record.cells.get("postcode", "")) for record in records)
    lengths = Counter(len(code) for code in codes if code.isdecimal())
    return lengths[5] >= max(5, _MAJORITY * lengths[4])


def read_address(row: RowReader, *, short_codes: bool) -> Address:
    """The row's address; ``street`` is empty where it has none."""
    street = _with_number(row.text("street"), row.code("house_number", 30))
    postcode = row.code("postcode", 20)
    city, country = row.text("city", 100), row.text("country", 100)
    if not postcode and not city and (line := _ONE_LINE.fullmatch(street)):
        street, postcode, city = line["street"], line["code"], line["city"]
        country = country or (line["country"] or "").strip()
    return Address(street, _whole_code(row, postcode, country, short_codes), city, country)


def _with_number(street: str, house_number: str) -> str:
    """Street and number in one text, the number not twice."""
    if not street or not house_number or street.endswith(f" {house_number}"):
        return street
    return f"{street} {house_number}"


def _whole_code(row: RowReader, code: str, country: str, short_codes: bool) -> str:
    if len(code) != 4 or not code.isdecimal():
        return code
    if normal(country) in _FIVE_DIGITS if country else short_codes:
        row.assume("postcode", "0", _FOUR_DIGITS, _ZERO_ADDED)
        return f"0{code}"
    return code


def read_coordinate(row: RowReader) -> Coordinate | None:
    """The point the row gives, if it gives one."""
    pair = clean(row.cell("coordinates"))
    if match := _PAIR.fullmatch(pair):
        return _point(row, "coordinates", (match[1], match[2]))
    lat, lon = clean(row.cell("lat")), clean(row.cell("lon"))
    if not lat and not lon:
        return None
    if not lat or not lon:
        missing = "lon" if lat else "lat"
        told = phrase(
            "The row has only one half of a coordinate: fill {missing} too.", missing=named(missing)
        )
        row.complain(missing, told)
        return None
    return _point(row, "lat", (lat, lon))


def point_in(text: str) -> Coordinate | None:
    """The point that an address cell holds instead of an address: ``47.14, 9.52``."""
    match = _PAIR.fullmatch(clean(text))
    if match is None:
        return None
    try:
        return Coordinate(number(match[1], _DECIMALS), number(match[2], _DECIMALS))
    except ValueError:
        return None


def _point(row: RowReader, field: str, texts: tuple[str, str]) -> Coordinate | None:
    quoted = shown(", ".join(texts))
    try:
        lat, lon = (number(text, _DECIMALS) for text in texts)
        point = Coordinate(lat, lon)
    except Unreadable:
        row.complain(
            field,
            phrase(
                "The coordinate {quoted} is not two numbers: write degrees such as 47.14, 9.52.",
                quoted=quoted,
            ),
        )
        return None
    except ValueError:
        row.complain(
            field,
            phrase(
                "The coordinate {quoted} is nowhere on the earth: write latitude, then longitude.",
                quoted=quoted,
            ),
        )
        return None
    if point == Coordinate(0, 0):
        row.complain(
            field,
            phrase(
                "The coordinate {quoted} lies in the ocean off Africa: leave it empty if unknown.",
                quoted=quoted,
            ),
        )
        return None
    return point


def address_in_coordinates(row: RowReader) -> str:
    """A way point may be written as an address instead of a pair of numbers."""
    text = row.text("coordinates")
    return "" if _PAIR.fullmatch(text) else text
