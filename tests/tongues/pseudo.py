"""A language nobody speaks: every text of the catalogue longer, with accents, in brackets."""

import re

from console.tongues import Tongue
from tests.tongues import catalogue

OPENS, CLOSES = "[", "]"
_ACCENTS = str.maketrans(
    "acdeghijklnorstuwyzACDEGHIJKLNORSTUWYZ", "áçďéğĥíĵķľñóřšťúŵýžÁÇĎÉĞĤÍĴĶĽÑÓŘŠŤÚŴÝŽ"
)
_KEPT = re.compile(r"(\{[^{}]*\}|\(\*[^)]*\)|%[a-zA-Z]|&)")
_LONGER = 4  # one sign more for so many: German needs about as much


def pseudo(text: str) -> str:
    """``Save {name}`` as ``[Šávé {name}··]``; values, patterns of files and spaces stay."""
    parts = _KEPT.split(text)
    said = "".join(part if at % 2 else part.translate(_ACCENTS) for at, part in enumerate(parts))
    return f"{OPENS}{said}{'·' * (len(text) // _LONGER)}{CLOSES}"


def tongue(code: str) -> Tongue:
    """All that the catalogue has, in the pseudo-language, under the code of a real one."""
    entries = {
        text: tuple(pseudo(each) for each in ((text, text) if len(forms) > 1 else (text,)))
        for text, forms in catalogue.known().items()
        if text
    }
    many = {
        text: (pseudo(text), pseudo(next(p.many for p in places if p.many)))
        for text, places in catalogue.texts().items()
        if any(place.many for place in places)
    }
    return Tongue(code, entries | many)
