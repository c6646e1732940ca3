"""Free text out of cells: cleaned, bounded, split."""

import re
import unicodedata

from console.tongues import Phrase, phrase

# Control, format (zero width, direction marks) and unassigned characters have no place in a name.
_DROPPED = re.compile(r"[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e"
                      r"\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\udfff]")  # fmt: skip
_SPACES = re.compile(
    r"[ \u00a0\u2000-\u200a\u202f\u205f\u3000]{2,}|[\u00a0\u2000-\u200a\u202f\u3000]"
)
_LINE_ENDS = re.compile(r"\s*[\r\n\x0b\x0c\u2028\u2029]+\s*|\t+")
_LIST = re.compile(r"[;,|\n]")
_WHOLE_FLOAT = re.compile(r"\d+\.0+")
_QUOTED_NUMBER = re.compile(r"'(?=[\d+#])")
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?E\+\d\d", re.IGNORECASE)


def clean(cell: str) -> str:
    """One line without control characters, doubled or odd spaces."""
    if cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell.strip()
    text = _SPACES.sub(" ", _DROPPED.sub("", _LINE_ENDS.sub(" ", cell)))
    return unicodedata.normalize("NFC", text).strip()


def clean_lines(cell: str) -> str:
    """As ``clean``, but line breaks stay: for notes."""
    lines = (clean(line) for line in _LINE_ENDS.sub("\n", cell).split("\n"))
    return "\n".join(line for line in lines if line)


def clean_code(cell: str) -> str:
    """An id, postcode or phone number: without the marks a spreadsheet leaves on it.

    ``1001.0`` becomes ``1001`` and ``'0123`` (a number kept as text) ``0123``.
    """
    text = _QUOTED_NUMBER.sub("", clean(cell), count=1) if "'" in cell else clean(cell)
    return text.partition(".")[0] if _WHOLE_FLOAT.fullmatch(text) else text


def lost_digits(code: str) -> bool:
    """A long number that a spreadsheet turned into ``1.23457E+12``."""
    return _EXPONENT.fullmatch(code) is not None


def words(cell: str) -> tuple[str, ...]:
    """A list in a cell, split at ``;``, ``,`` or ``|``, each once.

    Skills are compared, so case and spaces do not count: ``Age Check`` is ``age-check``.
    """
    names = (
        "-".join(clean(part).casefold().replace("_", " ").split()) for part in _LIST.split(cell)
    )
    return tuple(dict.fromkeys(name for name in names if name))


def shown(value: str, limit: int = 40) -> Phrase:
    """A value as quoted in a sentence."""
    text = clean(value)
    return phrase("“{text}”", text=text if len(text) <= limit else text[: limit - 1] + "…")
