"""Takes an address apart in every way that makes sense; the map decides which one was meant.

Words are never told by their country: a postcode is what looks like the region's postcodes, a town
is what the region calls one, and a number may be a house, a part of a name or a flat.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from console.domain.places import Address
from console.geo.naming import postcode_key
from console.geo.remembering import remembered
from console.geo.streetline import Line, has_digit, is_state, is_unit, lines

_MOST_READINGS = 40
_MOST_CODES = 2
_PASSED_OVER = 2  # words that a postcode counts for which is there and not used
_TOWN_WORDS = 4
_CITY_LETTERS = 3

_HASH = re.compile(r"#\s*[\w-]+")
_NUMBER_SIGN = re.compile(
    r"\b(?:(?:nr|no|num|hnr)\s?[.:]?|n[\u00b0\u00ba])\s*(?=\d)", re.IGNORECASE
)
_GLUED = re.compile(r"(?<=[^\W\d_]{3})\.?(?=\d+[a-z]?\b)|(?<=[^\W\d_]\.)(?=\d)", re.IGNORECASE)
_PARTS = re.compile(r"[,;\n\r\t|]+")
_TIGHTENED = (
    (re.compile(r"(?<=\d)\s*[\u2010-\u2015\u2212]\s*(?=\d)|(?<=\d)\s+-\s+(?=\d)"), "-"),
    (re.compile(r"(?<=\d)\s*([/+])\s*(?=\d)"), r"\1"),
)


class Gazetteer(Protocol):
    """What a region knows of postcodes, towns and countries."""

    def is_postcode(self, code: str) -> bool:
        """True for a postcode of the region, folded."""
        ...

    def is_like_postcode(self, code: str) -> bool:
        """True for letters and digits in the order of the region's postcodes."""
        ...

    def is_town(self, text: str) -> bool:
        """True for a town as the region writes it."""
        ...

    def is_like_town(self, text: str) -> bool:
        """The same with typing errors."""
        ...

    def is_country(self, text: str) -> bool:
        """True for the name or code of a country."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand an address; ``area`` holds postcode, city and country only."""

    line: Line
    area: Address


@dataclass(frozen=True, slots=True)
class _Cut:
    """What is left of a text once postcode, town and country are taken out."""

    pieces: tuple[str, ...]
    postcode: str = ""
    city: str = ""
    country: str = ""
    unread: int = 0


def readings(address: Address, gazetteer: Gazetteer) -> list[Reading]:
    """All readings of an address, those that leave least unread first."""
    parts = parts_of(address.street)
    cuts = [_Cut(parts)] if address.postcode or address.city else []
    cuts += _cuts(parts, gazetteer)
    found: dict[Reading, None] = {}
    for cut in cuts:
        area = Address(
            "",
            address.postcode or cut.postcode,
            address.city or cut.city,
            address.country or cut.country,
        )
        for line in lines(cut.pieces):
            unread = line.unread + cut.unread
            if line.unread and gazetteer.is_town(line.street):
                unread += _PASSED_OVER  # more likely the town than a street named like it
            found[Reading(replace(line, unread=unread), area)] = None
    inside = sorted(found, key=lambda reading: reading.line.unread)
    return inside[:_MOST_READINGS]


@remembered(16_384)
def parts_of(text: str) -> tuple[str, ...]:
    """The parts between commas, numbers set apart from words: ``Bergstr.47`` is two words."""
    text = _HASH.sub(" ", text)
    text = _NUMBER_SIGN.sub(" ", text)
    text = _GLUED.sub(" ", text)
    for pattern, put in _TIGHTENED:
        text = pattern.sub(put, text)
    parts = (" ".join(part.split()).strip(" -.") for part in _PARTS.split(text))
    return tuple(part for part in parts if part)


def _cuts(parts: Sequence[str], gazetteer: Gazetteer) -> Iterator[_Cut]:
    is_coded = False
    for pieces, beside, code in _without_codes(parts, gazetteer):
        left, country = _without_country(pieces, gazetteer)
        passed_over = _PASSED_OVER if is_coded and not code else 0
        is_coded = True
        for rest, city in _without_town(left, beside, gazetteer):
            if rest:
                yield _Cut(tuple(rest), code, city, country, passed_over)


def _without_codes(
    parts: Sequence[str], gazetteer: Gazetteer
) -> Iterator[tuple[list[str], frozenset[str], str]]:
    """(pieces, those beside the postcode, postcode) for every postcode there may be, and none."""
    known: list[tuple[int, int, int, str]] = []
    alike: list[tuple[int, int, int, str]] = []
    for i, part in enumerate(parts):
        words = part.split()
        for start, end in _spans(words):
            code = _code(words[start:end])
            if gazetteer.is_postcode(code):
                known.append((i, start, end, " ".join(words[start:end])))
            elif code and gazetteer.is_like_postcode(code):
                alike.append((i, start, end, " ".join(words[start:end])))
    for i, start, end, code in [*reversed(known), *reversed(alike)][:_MOST_CODES]:
        words = parts[i].split()
        around = [" ".join(words[:start]), " ".join(words[end:])]
        pieces = [*parts[:i], *around, *parts[i + 1 :]]
        near = {piece for piece in around if piece} or set(parts[max(0, i - 1) : i + 2])
        yield [piece for piece in pieces if piece], frozenset(near), code
    yield list(parts), frozenset(), ""


def _spans(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for start in range(len(words)):
        if start + 1 < len(words):
            yield start, start + 2
        yield start, start + 1


def _code(words: Sequence[str]) -> str:
    """The folded postcode of one word, or of two that are no prefix and number."""
    prefix, code = postcode_key(" ".join(words))
    if prefix and len(words) > 1:
        return postcode_key("".join(words))[1]
    return code


def _without_country(pieces: list[str], gazetteer: Gazetteer) -> tuple[list[str], str]:
    if len(pieces) > 1:
        for at in (-1, 0):
            piece = pieces[at]
            if gazetteer.is_country(piece) and not gazetteer.is_town(piece):
                return pieces[:-1] if at else pieces[1:], piece
    return pieces, ""


def _without_town(
    pieces: list[str], beside: frozenset[str], gazetteer: Gazetteer
) -> Iterator[tuple[list[str], str]]:
    """(what is left, town) for every town there may be; the last one is none at all."""
    found = [_all_but(pieces, i) for i, piece in enumerate(pieces) if gazetteer.is_town(piece)]
    found = found or list(_ends(pieces, gazetteer))
    found = found or list(_similar(pieces, gazetteer))
    found = found or list(_foreign(pieces, beside))
    yield from found
    yield pieces, ""


def _all_but(pieces: list[str], i: int) -> tuple[list[str], str]:
    return [*pieces[:i], *pieces[i + 1 :]], pieces[i]


def _ends(pieces: list[str], gazetteer: Gazetteer) -> Iterator[tuple[list[str], str]]:
    """Towns at the end or the beginning of a piece, the longest only."""
    for i, piece in enumerate(pieces):
        words = piece.split()
        if len(words) > 1 and is_state(words[-1]):
            words = words[:-1]
        for cut in _tails(words):
            if gazetteer.is_town(" ".join(words[cut:])):
                yield [*pieces[:i], " ".join(words[:cut]), *pieces[i + 1 :]], " ".join(words[cut:])
                break
        for cut in range(min(_TOWN_WORDS, len(words) - 1), 0, -1):
            if gazetteer.is_town(" ".join(words[:cut])):
                yield [*pieces[:i], " ".join(words[cut:]), *pieces[i + 1 :]], " ".join(words[:cut])
                break


def _tails(words: Sequence[str]) -> range:
    return range(max(1, len(words) - _TOWN_WORDS), len(words))


def _similar(pieces: list[str], gazetteer: Gazetteer) -> Iterator[tuple[list[str], str]]:
    """Misspelt towns: a piece of their own, or what follows or precedes the house number."""
    for i, piece in enumerate(pieces):
        if len(pieces) > 1 and not has_digit(piece) and gazetteer.is_like_town(piece):
            yield _all_but(pieces, i)
    for i, piece in enumerate(pieces):
        for rest, town in _around_number(piece):
            if gazetteer.is_like_town(town):
                yield [*pieces[:i], rest, *pieces[i + 1 :]], town


def _around_number(piece: str) -> Iterator[tuple[str, str]]:
    words = piece.split()
    numbers = [i for i, word in enumerate(words) if has_digit(word)]
    if not numbers:
        return
    last, first = numbers[-1], numbers[0]
    if last and last + 1 < len(words):
        yield " ".join(words[: last + 1]), " ".join(words[last + 1 :])
    if first and first + 1 < len(words):
        yield " ".join(words[first:]), " ".join(words[:first])
    for cut in (1, 2):
        if cut < len(words) and not any(map(has_digit, words[-cut:])):
            yield " ".join(words[:-cut]), " ".join(words[-cut:])


def _foreign(pieces: list[str], beside: frozenset[str]) -> Iterator[tuple[list[str], str]]:
    """A town the region does not know: beside a postcode, or after the part with a number."""
    numbered = next((i for i, piece in enumerate(pieces) if has_digit(piece)), len(pieces))
    for i, piece in enumerate(pieces):
        is_name = any(len(word) > _CITY_LETTERS for word in re.findall(r"\w+", piece))
        is_name = is_name and not has_digit(piece) and not is_unit(piece.split()[0])
        if is_name and len(pieces) > 1 and (piece in beside or i > numbered):
            yield _all_but(pieces, i)
