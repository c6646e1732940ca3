"""How alike two street names are: slips of the finger, short forms, words left out or moved."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from console.geo.naming import is_article, is_generic, plain, sorted_key, stem, street_words
from console.geo.remembering import remembered

EXACT, REORDERED, BARE, MENDED = 1.0, 0.97, 0.96, 0.95
SURE = 0.8  # from here on a name is taken for what was meant, where nothing rivals it
LEAST = 0.6  # below this a street is not even a candidate
_SAME_BODY = 0.75  # Bahnhofweg for Bahnhofstraße: worth a look, no more
_TYPO, _TWO_TYPOS, _UNSURE = 0.1, 0.15, 0.26
_SHORTENED, _SKELETON, _INITIAL, _CUT = 0.03, 0.05, 0.06, 0.13
_MOVED = 0.02
_ARTICLE, _KIND, _WORD_LEFT_OUT, _WORD_TOO_MUCH, _NUMBER = 0.02, 0.12, 0.15, 0.25, 0.5
_TYPO_LETTERS = (3, 4, 9)  # letters with one error, hardly; with two, hardly; with two, surely
_TRIGRAM = 3
_DIFFERENT_ENDING = 1  # letters that count for nothing where only one name has an ending
_SHORT_FORM = 5  # letters of the longest Gal, Blvd, Fbg
_DIGITS = re.compile(r"\d+")


@remembered(262_144)
def distance(one: str, other: str, limit: int) -> int:
    """Typing errors between two words, up to ``limit`` + 1 (optimal string alignment).

    An insertion, a deletion, a replaced letter and two swapped neighbours count one each.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, row, earlier = row, [i], before
        before = last
        for j, theirs in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


@dataclass(frozen=True, slots=True)
class Name:
    """A street's name, folded once. ``mended``: with a misspelt strasse put right."""

    key: str
    in_order: str
    words: tuple[str, ...]
    raw: tuple[str, ...]
    mended: tuple[str, ...]
    digits: str

    @property
    def letters(self) -> str:
        """All as written, without spaces."""
        return "".join(self.raw)

    @property
    def telling(self) -> str:
        """The part that tells it from others, unless that is too short for trigrams."""
        body, _ = stem(self.mended[0])
        return body if len(body) > _TRIGRAM else self.mended[0]


@remembered(65_536)
def name_of(text: str) -> Name:
    """Fold a street's name."""
    words = street_words(text)
    key = "".join(words)
    mended = tuple(dict.fromkeys(["".join(each) for each in _mended(words)]))
    raw = tuple(plain(text).split())
    return Name(key, sorted_key(text), words, raw, mended, "".join(_DIGITS.findall(key)))


def _mended(words: Sequence[str]) -> Iterator[list[str]]:
    """The words with a misspelt strasse or street in the last one put right, then as they are."""
    *first, last = words or ("",)
    if first and last != "str" and len(last) > _SHORT_FORM - 1 and distance(last, "street", 1) <= 1:
        yield [*first, "str"]
    if not last.endswith("str"):
        for letters in (6, 7, 8):
            tail = last[-letters:]
            if len(tail) == letters and distance(tail, "strasse", 1) <= 1:
                yield [*first, last[:-letters] + "str"]
    yield [*first, last]


def alike(asked: Name, known: Name) -> float:
    """How well a known name fits: 1 is the same, below ``LEAST`` is another name."""
    if known.key == asked.key:
        return EXACT
    if known.digits != asked.digits:
        return 0.0
    if known.key in asked.mended or known.letters == asked.letters:
        return MENDED
    by_letters = max(_by_letters(key, known.key) for key in asked.mended)
    if by_letters < 1 - _TYPO:
        by_letters = max(by_letters, 1 - _slip(asked, known))
    if by_letters == 1 - _TWO_TYPOS and len(known.words) > 1:  # north and south are two errors
        by_letters = 1 - _UNSURE
    by_words = 1 - _by_words(asked.words, known.words)
    is_folded = asked.raw != asked.words or known.raw != known.words
    if by_words < SURE and is_folded and len(known.raw) > 1:
        by_words = max(by_words, 1 - _by_words(asked.raw, known.raw))
    return max(by_letters, by_words)


def _by_letters(asked: str, known: str) -> float:
    body, ending = stem(asked)
    theirs, their_ending = stem(known)
    is_kind_other = ending != their_ending and bool(ending and their_ending)
    fit = 0.0 if is_kind_other else 1 - _typos(asked, known)
    if len(body) > _TRIGRAM and body == theirs and ending != their_ending:
        return max(fit, _SAME_BODY)
    return fit


def _typos(one: str, other: str) -> float:
    """The cost of typing errors between two names or words; 1 where they are too many."""
    errors = distance(one, other, 2)
    if errors > 2:
        return 1.0
    letters = _letters(one, other)
    few, some, many = _TYPO_LETTERS
    if errors <= 1:
        return _TYPO if letters > few else _UNSURE
    return _TWO_TYPOS if letters >= many else _UNSURE if letters >= some else 1.0


def _slip(asked: Name, known: Name) -> float:
    """One typing error in the names as written, such as a space that slipped."""
    if distance(asked.letters, known.letters, 1) > 1:
        return 1.0
    return _TYPO if _letters(asked.mended[0], known.key) > _TYPO_LETTERS[0] else _UNSURE


def _letters(one: str, other: str) -> int:
    """How many letters tell a name: without the ending, unless the error is in the ending."""
    (body, ending), (theirs, their_ending) = stem(one), stem(other)
    if one[:1].isdigit() or ending != their_ending:
        return min(len(one), len(other)) - (_DIFFERENT_ENDING if ending != their_ending else 0)
    return min(len(body), len(theirs))


def _by_words(asked: Sequence[str], known: Sequence[str]) -> float:
    """The cost of making one name out of the other, word by word."""
    left, cost, before = list(enumerate(known)), 0.0, -1
    is_alone = min(len(asked), len(known)) == 1
    for word in asked:
        prices = ((_word_cost(word, other, is_alone=is_alone), i) for i, other in left)
        price, place = min(prices, default=(1.0, -1))
        if price >= _lost(word, too_much=True):
            cost += _lost(word, too_much=True)
        else:
            left = [each for each in left if each[0] != place]
            cost += price + (_MOVED if place < before else 0)
            before = place
        if cost > 1 - LEAST:
            return 1.0
    return cost + sum(_lost(word, too_much=False) for _, word in left)


def _lost(word: str, *, too_much: bool) -> float:
    """What a word costs that only one of the names has."""
    if any(map(str.isdigit, word)):
        return _NUMBER
    if is_article(word):
        return _ARTICLE
    if is_generic(word):
        return _KIND
    return _WORD_TOO_MUCH if too_much else _WORD_LEFT_OUT


@remembered(262_144)
def _word_cost(asked: str, known: str, *, is_alone: bool) -> float:
    """0 for the same word, 1 for another; a map seldom writes the shorter form."""
    if asked == known:
        return 0.0
    if _DIGITS.findall(asked) != _DIGITS.findall(known):
        return 1.0
    typo = _typo_cost(asked, known)
    if len(asked) < len(known):
        return min(typo, _short_form_cost(asked, known, is_alone=is_alone))
    is_initial = len(known) == 1 and asked.startswith(known) and not is_alone
    return min(typo, _INITIAL if is_initial else 1.0)


def _typo_cost(one: str, other: str) -> float:
    (body, ending), (theirs, their_ending) = stem(one), stem(other)
    if ending and their_ending and ending != their_ending:
        return 1.0
    few, _, many = _TYPO_LETTERS
    letters = min(len(body), len(theirs))
    if letters <= few:
        return 1.0
    errors = distance(one, other, 2 if letters >= many else 1)
    return 1.0 if errors > 1 and letters < many else (_TYPO, _TYPO, _TWO_TYPOS, 1.0)[errors]


def _short_form_cost(short: str, long: str, *, is_alone: bool) -> float:
    """``j`` for johan, ``gal`` for general, ``amerikav`` for amerikavej."""
    if short[0] != long[0] or (len(short) == 1 and is_alone):
        return 1.0
    if len(short) == 1:
        return _INITIAL
    body, ending = stem(long)
    if ending:
        return _short_ending_cost(short, body, ending)
    if long.startswith(short):
        return _CUT if is_alone else _SHORTENED
    is_skeleton = len(short) <= _SHORT_FORM and not is_alone and _is_within(short, long)
    return _SKELETON if is_skeleton else 1.0


def _short_ending_cost(short: str, body: str, ending: str) -> float:
    """A compound whose ending is cut, with or without a typing error before."""
    for letters in range(1, len(ending) + 1):
        start, tail = short[:-letters], short[-letters:]
        if not _is_within(tail, ending):
            continue
        if start == body:
            return _SHORTENED
        if len(body) > _TYPO_LETTERS[0] and distance(start, body, 1) <= 1:
            return _CUT
    return _CUT if short == body else 1.0


def _is_within(short: str, long: str) -> bool:
    """True when the letters stand in the longer word in this order, the first one first."""
    if not short or short[0] != long[0]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
