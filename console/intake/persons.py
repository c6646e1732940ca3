"""What a fleet row says in a word: a driver's language, a vehicle's emission class."""

import re

from console.domain.emission import CLASSES
from console.domain.languages import LANGUAGES
from console.intake.record import RowReader
from console.intake.texts import shown
from console.tongues import phrase

_ENGLISH = {
    "en": "english", "de": "german", "es": "spanish", "fr": "french", "it": "italian",
    "nl": "dutch", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "tr": "turkish", "uk": "ukrainian",
}  # fmt: skip
_NAMED = {name.casefold(): key for names in (LANGUAGES, _ENGLISH) for key, name in names.items()}
_EURO = re.compile(r"(?:euro)?\s*[-_]?\s*([1-6])\s*[a-z]{0,2}(?:[-\s]?(?:temp|isc|fcm))*")
_ROMAN = re.compile(r"euro\s*[-_]?\s*(vi|iv|v|i{1,3})\b\s*-?\s*[a-e]?")
_FIGURES = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_CLEAN = frozenset({"electric", "zero", "zero emission", "zero-emission", "bev", "ev", "hydrogen",
                    "fcev", "elektro", "elektrisch", "électrique", "el"})  # fmt: skip


def language_of(row: RowReader) -> str:
    """The key of the driver's language; empty where the row names none."""
    word = row.text("language", 40).casefold()
    key = _NAMED.get(word, re.split(r"[-_]", word)[0])
    if not word or key in LANGUAGES:
        return key
    row.complain(
        "language",
        phrase(
            "The language {word} is unknown: write one of {known}.",
            word=shown(word),
            known=", ".join(LANGUAGES),
        ),
    )
    return ""


def emission_class_of(row: RowReader) -> str:
    """One of ``CLASSES``; empty where the row names none."""
    word = row.text("emission_class", 40).casefold()
    if not word:
        return ""
    if word in _CLEAN:
        return CLASSES[-1]
    if found := _EURO.fullmatch(word):
        return f"euro{found[1]}"
    if found := _ROMAN.fullmatch(word):  # lorries
        return f"euro{_FIGURES[found[1]]}"
    row.complain(
        "emission_class",
        phrase(
            "The emission class {word} is unknown: write one of {known}.",
            word=shown(word),
            known=", ".join(CLASSES),
        ),
    )
    return ""
