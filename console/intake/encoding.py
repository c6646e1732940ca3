"""Bytes of a text file become text, in whatever encoding they came."""

import codecs
import re
from dataclasses import dataclass

from console.domain.errors import ConsoleError
from console.tongues import tr

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 60_000
# What spreadsheets still write where it is not UTF-8, most likely first.
_LEGACY = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "mac_roman", "cp850")
_LEGACY_FURTHER = ("shift_jis", "euc_kr", "gb18030", "big5")
_NEVER_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_STRAY_CONTROLS = 4
_CONTROL_SHARE = 0.002
_WORD = re.compile(r"[^\W\d_]+")
_WESTERN = frozenset("äöüÄÖÜßéèêëáàâãåÅæÆøØœñçíìîïóòôõúùûýÉÈÀÇ")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and its encoding; ``guessed`` when the bytes themselves did not say."""

    text: str
    encoding: str
    guessed: bool = False


def decode(name: str, content: bytes) -> Decoded:
    """Decode a text file; raises ``ConsoleError`` for binary bytes or no fitting encoding."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_marked(name, content, encoding)
    if wide := _wide_encoding(content[:_SAMPLE]):
        return _decode_marked(name, content, wide)
    sample = content[:_SAMPLE]
    if len(_NEVER_IN_TEXT.findall(sample)) > max(_STRAY_CONTROLS, _CONTROL_SHARE * len(sample)):
        raise ConsoleError(
            tr("“{name}” is not a text file: it holds binary data.", name=name),
            remedy=tr("Export the list as CSV or Excel (.xlsx) and load that file."),
        )
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _decode_legacy(name, content, error)


def _decode_marked(name: str, content: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(name, content, error, encoding) from error


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without its mark: in Latin script every second byte is zero."""
    half = len(sample) // 2
    if half < 4:
        return None
    zeros_even = sample[0 : 2 * half : 2].count(0) / half
    zeros_odd = sample[1 : 2 * half : 2].count(0) / half
    if zeros_odd > 0.6 and zeros_even < 0.1:
        return "utf-16-le"
    if zeros_even > 0.6 and zeros_odd < 0.1:
        return "utf-16-be"
    return None


def _decode_legacy(name: str, content: bytes, error: UnicodeDecodeError) -> Decoded:
    sample = _telling_sample(content)
    if _looks_western(sample):
        candidates: tuple[str, ...] = ("cp1252", *_guesses(sample))
    else:
        candidates = (*_guesses(sample), "cp1252")
    for encoding in candidates:
        try:
            return Decoded(content.decode(encoding), encoding, guessed=True)
        except UnicodeDecodeError:
            continue
    raise _undecodable(name, content, error, "utf-8") from error


def _telling_sample(content: bytes) -> bytes:
    """The lines with bytes beyond ASCII, up to a bound: only they tell encodings apart."""
    lines: list[bytes] = []
    size = 0
    for line in content.splitlines():
        if not line.isascii():
            lines.append(line[:2_000])
            size += len(lines[-1])
            if size > _SAMPLE:
                break
    return b"\n".join(lines)


def _looks_western(sample: bytes) -> bool:
    """Read as Windows' western code page, accents are the usual ones and stand inside words."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    foreign = [letter for letter in text if letter > "\x7f" and letter.isalpha()]
    if not foreign:
        return True
    usual = sum(letter in _WESTERN for letter in foreign)
    crowded = sum(_is_crowded(word) for word in _WORD.findall(text))
    return usual >= 0.9 * len(foreign) and crowded <= 0.1 * len(foreign)


def _is_crowded(word: str) -> bool:
    """More accents than a western word bears: Cyrillic or Greek read with the wrong table."""
    accents = sum(letter > "\x7f" for letter in word)
    return accents >= 3 and 2 * accents > len(word)


def _guesses(sample: bytes) -> tuple[str, ...]:
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=[*_LEGACY, *_LEGACY_FURTHER]).best()
    return () if found is None else (found.encoding,)


def _undecodable(
    name: str, content: bytes, error: UnicodeDecodeError, encoding: str
) -> ConsoleError:
    line = content.count(b"\n", 0, error.start) + 1
    return ConsoleError(
        tr(
            "The letters of “{name}” cannot be read: line {line} is not valid {upper}.",
            name=name,
            line=line,
            upper=encoding.upper(),
        ),
        remedy=tr("Save the file again as “CSV UTF-8”, or as Excel (.xlsx)."),
    )
