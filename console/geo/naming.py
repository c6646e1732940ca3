"""One spelling for many: folds street names, towns and house numbers so that equals are equal."""

import re
import unicodedata

from console.geo.remembering import remembered

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
_APOSTROPHE = re.compile(r"(?<=\w)['\u2019\u00b4`](?=\w)")
_MARKS = re.compile(r"[^\w\s]|_")
_COMPOUND_STREET = re.compile(r"(?<=[a-z])(?:strasse|strase|strasze)$|(?<=[a-z]{3})str$")

# Whole words, wherever they stand.
_WORDS_AS_WRITTEN = {
    "strasse": "str", "strase": "str", "street": "str", "pla": "platz",
    "doktor": "dr", "professor": "prof", "sankt": "st", "saint": "st", "santa": "st", "sta": "st",
    "ave": "avenue", "av": "avenue", "avda": "avenue", "avenida": "avenue", "avinguda": "avenue",
    "rd": "road", "blvd": "boulevard", "bd": "boulevard", "bvd": "boulevard", "ln": "lane",
    "hwy": "highway", "pkwy": "parkway", "sq": "square", "c": "calle",
    "carrer": "calle", "r": "rue", "rua": "rue", "vle": "viale",
    "pza": "plaza", "plza": "plaza", "n": "north", "s": "south", "e": "east", "w": "west",
    "ch": "chemin", "rte": "route", "imp": "impasse",
}  # fmt: skip
# Words that mean something else at the end.
_LAST_WORDS = {"st": "str", "dr": "drive", "ct": "court", "cres": "crescent", "gn": "gen"}


@remembered(65_536)
def plain(text: str) -> str:
    """Lower case, no accents, punctuation, transliterations: ``Dr.-Graß-Weg``: ``dr grass weg``."""
    text = _APOSTROPHE.sub("", unicodedata.normalize("NFKD", text).casefold())
    text = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = " ".join(_MARKS.sub(" ", text).split())
    while (shorter := _DIGRAPHS.sub(lambda pair: pair[0][0], text)) != text:
        text = shorter
    return text


_WORDS = {plain(word): plain(meant) for word, meant in _WORDS_AS_WRITTEN.items()}


def _word(word: str, *, last: bool) -> str:
    if last and word in _LAST_WORDS:
        return _LAST_WORDS[word]
    return _WORDS.get(word) or _COMPOUND_STREET.sub("str", word)


@remembered(65_536)
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


@remembered(65_536)
def accents(name: str) -> str:
    """The accented letters of a name, which tell Bodastraße from Bödastraße."""
    composed = unicodedata.normalize("NFC", name.casefold())
    return "".join(letter for letter in composed if len(unicodedata.normalize("NFD", letter)) > 1)


def town_key(name: str) -> str:
    """The same for towns; a remark in brackets does not count."""
    return plain(_BRACKETS.sub(" ", name) or name)


_POSTCODE = re.compile(r"^(?:([A-Za-z]{1,3})[-\s])?(\d[\d\s]{2,6}\d|[A-Za-z\d][A-Za-z\d\s-]{2,9})$")


def postcode_key(text: str) -> tuple[str, str]:
    """(country prefix, postcode) of ``FL-9490`` or ``SW1A 1AA``; the postcode without spaces."""
    found = _POSTCODE.match(text.strip())
    if not found or not any(map(str.isdigit, text)):
        return "", ""
    return (found[1] or "").upper(), re.sub(r"[\s-]", "", found[2]).upper()


_GENERIC = (
    "str", "weg", "gasse", "gassle", "platz", "allee", "ring", "damm", "ufer", "steig", "pfad",
    "avenue", "road", "lane", "drive", "court", "boulevard", "way", "square", "place", "gade",
    "vej", "gatan", "vagen", "katu", "tie", "gata", "veien", "straat", "laan", "plein", "rue",
)  # fmt: skip
_ARTICLES = re.compile(
    r"^(?:im|in|am|an|auf|bei|beim|zum|zur|unter|ober|ob|hinter|vor|der|die|das|dem|den|de|la|le|les"
    r"|du|des|del|della|di|el|los|las|the|ul|ulica|ulice|[a-z])$"
)


_ENDINGS = tuple(plain(word) for word in _GENERIC)
_NAMES = frozenset(_ENDINGS)


def is_generic(word: str) -> bool:
    """True for the folded word that says what kind of street it is."""
    return word in _NAMES


def is_article(word: str) -> bool:
    """True for a small word that people leave out."""
    return _ARTICLES.match(word) is not None


@remembered(65_536)
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
