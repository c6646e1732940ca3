"""What people read, in their language: the English text is the key, a catalogue holds the others.

``tr`` and ``trn`` say a text in the language of this process, which is chosen once, before the
window's modules are imported: their tables are said as they are made. Commands, the journal, logs
and the command line speak English. A text in another language than the window's, such as a driver's
route sheet, is said by a ``Tongue`` of its own: ``Tongue.of("de").tr("Stops")``.

A ``Phrase`` is not said yet: text and values, which whoever reads it says in their own language.
"""

import ast
import gettext
import logging
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from console.settings import bundled

SOURCE = "en"
LANGUAGES: Mapping[str, str] = {"en": "English", "de": "Deutsch"}
"""What there is to choose from, each in its own words."""

_CAPITALS = frozenset({"de"})

Entries = Mapping[str, tuple[str, ...]]
log = logging.getLogger(__name__)


def _two(n: int) -> int:
    return int(n != 1)


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: its texts by the English ones, and which plural form a number takes."""

    code: str = SOURCE
    entries: Entries = field(default_factory=dict[str, tuple[str, ...]])
    form: Callable[[int], int] = _two

    @classmethod
    def of(cls, code: str) -> "Tongue":
        """The language of a code such as ``de`` or ``de_AT``; English where there is none."""
        short = code.replace("-", "_").partition("_")[0].casefold()
        if short == SOURCE or short not in LANGUAGES:
            return cls()
        return read(bundled(f"resources/locale/{short}/LC_MESSAGES/doorstep.po"), short)

    def tr(self, text: str, /, **values: object) -> str:
        """The text with its values; English where the catalogue lacks it."""
        said = self.entries.get(text, (text,))[0]
        return said.format_map(values) if values else said

    def trn(self, one: str, many: str, count: int, /, **values: object) -> str:
        """The form for a count; ``{n}`` is the count unless ``n`` says how it is written."""
        found = self.entries.get(one)
        said = found[min(self.form(count), len(found) - 1)] if found else (many, one)[count == 1]
        return said.format_map({"n": count, **values})


class _Present:
    """What this process speaks, and how much it said before it was told."""

    tongue = Tongue()
    said = 0


def speak(tongue: Tongue) -> None:
    """Say everything in this language from now on; what was said before stays as it was said."""
    if _Present.said and tongue.code != _Present.tongue.code:
        log.warning("%d texts were said before the language was chosen", _Present.said)
    _Present.tongue = tongue


_aside: ContextVar[Tongue | None] = ContextVar("aside", default=None)


@contextmanager
def aside(tongue: Tongue) -> Generator[None]:
    """Say what is said within in another language: a report for somebody else."""
    before = _aside.set(tongue)
    try:
        yield
    finally:
        _aside.reset(before)


def spoken() -> Tongue:
    """The language of this process, or of what is said aside."""
    return _aside.get() or _Present.tongue


def tr(text: str, /, **values: object) -> str:
    """The text in the present language, with its values: ``tr("{who} is late", who=name)``."""
    _Present.said += 1
    return spoken().tr(text, **values)


def trn(one: str, many: str, count: int, /, **values: object) -> str:
    """A count in the present language: ``trn("{n} stop", "{n} stops", count)``."""
    _Present.said += 1
    return spoken().trn(one, many, count, **values)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text with its values, said when it is read: ``str(phrase)`` is in the present language.

    Values are phrases too, or whatever ``str`` writes as the reader wants it. Equal ones are equal,
    and all of them pickle: they come out of other processes, whose language does not matter.
    """

    text: str
    values: tuple[tuple[str, object], ...] = ()
    many: str = ""
    count: int = 1

    def __str__(self) -> str:
        values = {name: str(value) for name, value in self.values}
        if self.many:
            return trn(self.text, self.many, self.count, **values)
        return tr(self.text, **values)


Said = Phrase | str
"""What is read: a text as it is, or one to be said."""


def phrase(text: str, /, **values: object) -> Phrase:
    """A text to be said later, with the values that ``tr`` would get."""
    return Phrase(text, tuple(values.items()))


def phrases(one: str, many: str, count: int, /, **values: object) -> Phrase:
    """The same for a count, as ``trn`` would say it."""
    return Phrase(one, tuple(values.items()), many, count)


def together(parts: Iterable[Said], between: str = " ") -> Phrase:
    """Several sentences, or the parts of a list, as one; what stands between is no language's."""
    values = {f"part{at}": part for at, part in enumerate(parts)}
    return Phrase(between.join(f"{{{name}}}" for name in values), tuple(values.items()))


def inside(text: str) -> str:
    """A title as it stands inside a sentence: small, but for languages that keep capitals."""
    return text if spoken().code in _CAPITALS else text[:1].lower() + text[1:]


def read(file: Path, code: str) -> Tongue:
    """A catalogue of gettext's kind; ValueError names the line that is wrong."""
    entries: dict[str, tuple[str, ...]] = {}
    plural, one = _two, ""
    for key, forms in pairs(file):
        if key:
            entries[key] = forms
            continue
        one = forms[0]
    for line in one.splitlines():
        name, _, value = line.partition(":")
        if name == "Plural-Forms":
            plural = gettext.c2py(value.partition("plural=")[2].strip().rstrip(";"))
    return Tongue(code, {key: forms for key, forms in entries.items() if all(forms)}, plural)


def pairs(file: Path) -> list[tuple[str, tuple[str, ...]]]:
    """English text and its forms, in the file's order; the first is the header's, under ''."""
    found: list[dict[str, str]] = []
    part = ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        word, quote, rest = line.partition('"')
        try:
            text = ast.literal_eval(quote + rest)
        except (SyntaxError, ValueError) as error:
            raise ValueError(f"{file}, line {number}: not a text in quotes") from error
        part = word.strip() or part
        if part == "msgid" and word:
            found.append({})
        found[-1][part] = found[-1].get(part, "") + str(text)
    return [(each["msgid"], _forms(each)) for each in found]


def _forms(entry: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(text for part, text in entry.items() if part.startswith("msgstr"))
