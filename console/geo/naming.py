"""One spelling for many: folds street names, towns and house numbers so that equals are equal."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "æ": "a",
        "œ": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
    }
)
_DIGRAPHS = re.compile(r"ae|oe|ue|aa")  # ä written ae, å written aa
_ELISION = re.compile(r"(?<=\b[dl])['\u2019](?=\w)")
_MARKS = re.compile(r"[^\w\s]|_")
_COMPOUND_STREET = re.compile(r"(?<=[a-z])(?:strasse|strase|strasze)$|(?<=[a-z]{3})str$")

# Whole words, wherever they stand.
_WORDS_AS_WRITTEN = {
    "strasse": "str", "strase": "str", "street": "str", "pl": "platz", "pla": "platz",
    "doktor": "dr", "professor": "prof", "sankt": "st", "saint": "st", "santa": "st", "sta": "st",
    "ave": "avenue", "av": "avenue", "avda": "avenue", "avenida": "avenue", "avinguda": "avenue",
    "rd": "road", "blvd": "boulevard", "bd": "boulevard", "bvd": "boulevard", "ln": "lane",
    "hwy": "highway", "pkwy": "parkway", "sq": "square", "gt": "gata", "c": "calle",
    "carrer": "calle", "cl": "calle", "r": "rue", "rua": "rue", "v": "via", "vle": "viale",
    "pza": "plaza", "plza": "plaza", "n": "north", "s": "south", "e": "east", "w": "west",
    "ch": "chemin", "rte": "route", "imp": "impasse", "all": "allee", "g": "gasse",
}  # fmt: skip
# Words that mean something else at the end.
_LAST_WORDS = {"st": "str", "dr": "drive", "ct": "court", "cres": "crescent", "gn": "gen"}


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Lower case, no accents, punctuation, transliterations: ``Dr.-Graß-Weg``: ``dr grass weg``."""
    text = _ELISION.sub("", text.casefold().translate(_LETTERS))
    text = unicodedata.normalize("NFKD", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = _MARKS.sub(" ", text)
    return " ".join(_DIGRAPHS.sub(lambda pair: pair[0][0], text).split())


_WORDS = {plain(word): plain(meant) for word, meant in _WORDS_AS_WRITTEN.items()}


def _word(word: str, *, last: bool) -> str:
    if last and word in _LAST_WORDS:
        return _LAST_WORDS[word]
    return _WORDS.get(word) or _COMPOUND_STREET.sub("str", word)


@lru_cache(maxsize=65_536)
def street_words(name: str) -> tuple[str, ...]:
    """The words of a street name with abbreviations made alike."""
    words = plain(name).split()
    return tuple(_word(word, last=0 < i == len(words) - 1) for i, word in enumerate(words))


def street_key(name: str) -> str:
    """What two spellings of the same street have in common; without spaces."""
    return "".join(street_words(name))


def sorted_key(name: str) -> str:
    """The same whatever the order of the words."""
    return "".join(sorted(street_words(name)))


_BRACKETS = re.compile(r"\([^)]*\)")


def town_key(name: str) -> str:
    """The same for towns; a remark in brackets does not count."""
    return plain(_BRACKETS.sub(" ", name) or name)


@dataclass(frozen=True, slots=True)
class HouseNumber:
    """A house number taken apart: 12a is 12 and a; 12-14 is 12 up to 14."""

    number: int
    suffix: str = ""
    upto: int = 0

    @property
    def key(self) -> str:
        """``12``, ``12a`` or ``12-14``."""
        return f"{self.number}{self.suffix}" + (f"-{self.upto}" if self.upto else "")


_NUMBER = (
    r"(\d{1,5})\s?([a-z](?![a-z])|1/2|½)?(?:\s?[-\u2013/+]\s?(\d{1,5})\s?([a-z])?(?![a-z\d]))?"
)
_WHOLE_NUMBER = re.compile(rf"^{_NUMBER}$")


def house_number(text: str) -> HouseNumber | None:
    """Read a house number as written in a map or an order; None when it is none."""
    found = _WHOLE_NUMBER.match(text.strip().casefold().rstrip("."))
    return _from_match(found) if found else None


def _from_match(found: re.Match[str]) -> HouseNumber:
    number, upto = int(found[1]), int(found[3] or 0)
    if upto <= number:
        upto = 0
    suffix = found[2] or ("" if upto else found[4] or "")
    return HouseNumber(number, suffix, upto)


@dataclass(frozen=True, slots=True)
class Line:
    """A street line taken apart; ``rest`` are the parts after a comma, unread."""

    street: str
    house: HouseNumber | None
    rest: tuple[str, ...] = ()


_EXTRA = re.compile(
    r"\b(?:top|tür|tur|whg|wohnung|stock|og|eg|stiege|apt|apartment|flat|unit|suite|ste|floor|etage"
    r"|c/o|z\.\s?hd)\b.*$|\s#.*$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf"^(?P<street>.*?\D)(?:(?<=[\s.])(?:nr|no|n°|num)\.?)?\s*{_NUMBER}"
    r"(?:\s(?:bis|ter|[a-z]\s?\d+|[a-z]))?\s*$",  # 5 bis; 2-4 B 12: house, stair, flat
    re.IGNORECASE,
)
_HEAD = re.compile(
    rf"^(?:nr\.?\s*)?{_NUMBER.replace(r'\s?([a-z]', '([a-z]', 1)},?\s+(?P<street>\D.*)$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"^\d+(?:st|nd|rd|th|\.|e|ème|er)\b", re.IGNORECASE)


@lru_cache(maxsize=16_384)
def read_line(text: str) -> Line:
    """Take a street line apart: street, house number (first or last), what follows a comma."""
    first, *rest = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()] or [""]
    if rest and _belong_together(first, rest[0]):
        first, rest = f"{first} {rest[0]}", rest[1:]
    street, house = _split(_EXTRA.sub("", first).strip() or first)
    return Line(street, house, tuple(rest))


def _belong_together(first: str, second: str) -> bool:
    """``12, Main Street`` or ``Main Street, 12``."""
    if house_number(first):
        return True
    return not any(map(str.isdigit, first)) and house_number(second) is not None


def _split(text: str) -> tuple[str, HouseNumber | None]:
    if tail := _TAIL.match(text):
        return tail["street"].strip(" .-"), _numbered(tail, offset=1)
    if (head := _HEAD.match(text)) and not _ORDINAL.match(text):
        return head["street"].strip(), _numbered(head, offset=0)
    return text, None


def _numbered(found: re.Match[str], *, offset: int) -> HouseNumber:
    groups = [part.casefold() if part else "" for part in found.groups()]
    number, suffix, upto, _ = groups[offset : offset + 4]
    whole = f"{number}{suffix}" + (f"-{upto}" if upto else "")
    return house_number(whole) or HouseNumber(int(number))


_POSTCODE = re.compile(r"^(?:([A-Za-z]{1,3})[-\s])?(\d[\d\s]{2,6}\d|[A-Za-z\d][A-Za-z\d\s-]{2,9})$")


def postcode_key(text: str) -> tuple[str, str]:
    """(country prefix, postcode) of ``FL-9490`` or ``SW1A 1AA``; the postcode without spaces."""
    found = _POSTCODE.match(text.strip())
    if not found or not any(map(str.isdigit, text)):
        return "", ""
    return (found[1] or "").upper(), re.sub(r"[\s-]", "", found[2]).upper()


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


_GENERIC = (
    "str", "weg", "gasse", "gassle", "platz", "allee", "ring", "damm", "ufer", "steig", "pfad",
    "avenue", "road", "lane", "drive", "court", "boulevard", "way", "square", "place", "gade",
    "vej", "gatan", "vagen", "katu", "tie", "gata", "veien", "straat", "laan", "plein", "rue",
)  # fmt: skip
_ARTICLES = re.compile(
    r"^(?:im|in|am|an|auf|bei|beim|zum|zur|unter|ober|ob|hinter|vor|der|die|das|dem|den|de|la|le|les"
    r"|du|des|del|della|di|el|los|las|the)$"
)


_ENDINGS = tuple(plain(word) for word in _GENERIC)


@lru_cache(maxsize=65_536)
def stem(key: str) -> tuple[str, str]:
    """A folded street name without its ending, and the ending: ``bahnhofstr`` = bahnhof, str."""
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) > len(ending):
            return key.removesuffix(ending), ending
    return key, ""


def bare_key(name: str) -> str:
    """The folded street name without leading articles: ``Im alten Riet`` = ``altenriet``."""
    words = list(street_words(name))
    while len(words) > 1 and _ARTICLES.match(words[0]):
        words.pop(0)
    return "".join(words)


def mended_key(name: str) -> str:
    """The folded street name with a misspelt ``strasse`` put right; ``""`` when there is none."""
    words = [_mended(word) for word in street_words(name)]
    key = "".join(words)
    return key if key != street_key(name) else ""


def _mended(word: str) -> str:
    if word.endswith("str"):
        return word
    for letters in (7, 6, 8):
        tail = word[-letters:]
        if len(tail) == letters and distance(tail, "strasse", 1) <= 1:
            return word[:-letters] + "str"
    return word
