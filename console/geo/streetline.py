"""Takes a street line apart: the street, the house number, what tells the way inside the house."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from console.geo.numbers import HouseNumber, house_number
from console.geo.remembering import remembered

_WORDS_IN_NAME = 9
_UNIT = re.compile(
    r"(?:top|t\u00fcr|tur|whg|wohnung|stock|stk|og|ug|eg|dg|stiege|hinterhaus|apt|apartment|appt|app|"
    r"appartement|flat|unit|suite|ste|floors?|fl|room|rm|level|lot|bldg|building|block|etage|"
    r"\u00e9tage|esc|escalier|b\u00e2t|bat|b\u00e2timent|batiment|porte|sal|st|th|tv|mf|kl|lgh|rappu|as|"
    r"krs|kerros|trappa|tr|oppg|piano|scala|int|interno|piso|planta|puerta|bajo|izq|izda|dcha|lok|lokal|pi\u0119tro|hoog|c/o|z\.?hd|"
    r"p\.?o\.?|postfach|postboks|bp|hs|[a-z])\.?",
    re.IGNORECASE,
)
_AFTER_NUMBER = re.compile(r"[a-z]|bis|ter|quater|1/2", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A street line taken apart; ``unread`` counts the words that are neither street nor number."""

    street: str
    house: HouseNumber | None
    unread: int = 0


def is_state(word: str) -> bool:
    """True for the letters of a state, as in Springfield IL 62704."""
    return len(word) in {2, 3} and word.isalpha() and word.isupper()


def has_digit(text: str) -> bool:
    """True when there is a digit in it."""
    return any(map(str.isdigit, text))


def is_unit(word: str) -> bool:
    """True for a word that tells the way inside a house: flat, floor, stair, care of."""
    return _UNIT.fullmatch(word) is not None


def lines(pieces: Sequence[str]) -> list[Line]:
    """Street and house number in every order, out of the pieces that are left."""
    total = [_unread(piece.split()) for piece in pieces]
    found: list[Line] = []
    for used, text in _texts(tuple(pieces)):
        elsewhere = sum(n for i, n in enumerate(total) if i not in used)
        found += [replace(line, unread=line.unread + elsewhere) for line in splits(text)]
    return found


def _texts(pieces: tuple[str, ...]) -> Iterator[tuple[frozenset[int], str]]:
    """Single pieces, a number with its neighbour, two pieces as one name."""
    for i, piece in enumerate(pieces):
        yield frozenset({i}), piece
    for i in range(len(pieces) - 1):
        one, other = pieces[i], pieces[i + 1]
        if len(one.split()) + len(other.split()) <= _WORDS_IN_NAME:
            yield frozenset({i, i + 1}), f"{one} {other}"


@remembered(16_384)
def splits(text: str) -> tuple[Line, ...]:
    """``12 Main Street Apt 4``: street before, after or around each number that may be a house."""
    words = text.split()
    found = [Line(text, None)]
    for start, end in _numbers(words):
        number = house_number(" ".join(words[start:end]))
        before, after = words[:start], words[end:]
        if number is None:
            continue
        if before:
            found.append(Line(" ".join(before), number, _unread(after)))
        if after:
            found.append(Line(" ".join(after), number, _unread(before)))
            found += [
                Line(" ".join(after[:cut]), number, max(1, _unread([*before, *after[cut:]])))
                for cut in _inside(after)
            ]
    return tuple(found)


def _inside(words: Sequence[str]) -> Iterator[int]:
    """Where the way inside the house may begin: at a flat or floor, or just before a number."""
    cuts: set[int] = set()
    for i, word in enumerate(words):
        if is_unit(word):
            cuts.add(i)
        elif word[:1].isdigit():
            cuts |= {i, i - 1}
    yield from sorted(cut for cut in cuts if cut > 0)


def _numbers(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Spans of words that may read as a house number."""
    for i, word in enumerate(words):
        if not has_digit(word):
            continue
        if i + 1 < len(words) and _AFTER_NUMBER.fullmatch(words[i + 1]):
            yield i, i + 2
        yield i, i + 1


def _unread(words: Sequence[str]) -> int:
    """How many words say nothing known; a flat, its number and a state's letters do not count."""
    count, is_inside = 0, False
    for word in words:
        if is_unit(word):
            is_inside = True
        elif not (has_digit(word) and is_inside) and not is_state(word):
            count += 1
    return count
