"""Where the header is, and which column serves which field."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from console.domain.errors import ConsoleError
from console.intake.columns import Vocabulary, named, own_name
from console.intake.layouts import Layout, layout_of
from console.intake.rows import HEADER_WITHIN, Table
from console.intake.texts import clean, shown
from console.tongues import phrase, tr

_UNIT = re.compile(r"(?P<base>.*?)[\s_/(\[,.-]+(?:in\s+)?(?P<unit>[^\s_/()\[\],.-]+)[)\].\s]*$")
_BRACKET = re.compile(r"[(\[][^)\]]*[)\]]\s*$")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"})
_SUPERSCRIPTS = str.maketrans({"²": "2", "³": "3"})


# Beside the street these are the house's number, elsewhere perhaps the order's.
_NUMBER_TITLES = frozenset({"number", "no", "nr", "num", "nummer", "numero", "n"})
_WHAT = {
    "order": phrase("order columns"),
    "fleet": phrase("fleet columns"),
    "recurring order": phrase("recurring order columns"),
}
_LATE = 99  # a rank after those of all titles that are listed
_SYNONYMS = 20  # named in an error


@dataclass(frozen=True, slots=True)
class Use:
    """Column ``index`` serves ``field``; a measured value times ``factor`` is in our unit.

    ``unit`` is the unit the title names, empty where it names none.
    """

    field: str
    index: int
    title: str
    factor: float = 1.0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The header row's place in the table, the use of its columns, and those nobody reads."""

    index: int
    titles: tuple[str, ...]
    uses: Mapping[str, Use]
    unknown: tuple[str, ...]
    layout: Layout | None = None

    @property
    def mapping(self) -> dict[str, str]:
        """Our own column name of each field -> the file's title."""
        return {own_name(field): use.title for field, use in self.uses.items()}


class MissingColumns(ConsoleError):  # noqa: N818 - the state of a file
    """A required column was not found; ``fields`` are missing, ``columns`` are there to choose."""

    def __init__(
        self,
        message: str,
        *,
        remedy: str = "",
        fields: tuple[str, ...] = (),
        columns: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.fields = fields
        self.columns = columns


@lru_cache(maxsize=512)
def normal(title: str) -> str:
    """A title without case, accents, spaces and punctuation: ``Straße / Nr.`` is ``strassenr``."""
    text = title[:200].translate(_SUPERSCRIPTS).casefold().translate(_LETTERS)
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if letter.isalnum())


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a title means; a lower ``rank`` is the more usual title for the field."""

    field: str
    rank: int
    factor: float = 1.0
    unit: str = ""


class Recogniser:
    """Knows the titles of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._known: dict[str, list[Meaning]] = {}
        for field, titles in vocabulary.titles.items():
            unit = "own" if field in vocabulary.units else ""
            self._add(own_name(field), Meaning(field, 0, unit=unit))
            for rank, title in enumerate(titles, start=1):
                unit = title if title in vocabulary.units.get(field, {}) else ""
                self._add(title, Meaning(field, rank, unit=unit))

    def _add(self, title: str, meaning: Meaning) -> None:
        self._known.setdefault(normal(title), []).append(meaning)

    def meaning(self, title: str) -> Meaning | None:
        """What a title means, its unit included; None where nobody knows."""
        if known := self._known.get(normal(title)):
            return known[0]
        if (split := _UNIT.match(title.strip()[:200])) and (
            measured := self._measured(split["base"], split["unit"])
        ):
            return measured
        plain = _BRACKET.sub("", title[:200])
        known = self._known.get(normal(plain), []) if plain != title else []
        free = [meaning for meaning in known if meaning.field not in self.vocabulary.units]
        return free[0] if free else None

    def _measured(self, base: str, unit: str) -> Meaning | None:
        unit = normal(unit)
        for meaning in self._known.get(normal(base), []):
            factor = self.vocabulary.units.get(meaning.field, {}).get(unit)
            if factor is not None:
                return Meaning(meaning.field, meaning.rank, factor, unit)
        return None

    def score(self, cells: Sequence[str]) -> int:
        """How many fields a row would name if it were the header."""
        meanings = (self.meaning(cell) for cell in cells if cell.strip())
        fields = {meaning.field for meaning in meanings if meaning}
        bonus = 5 if layout_of([normal(cell) for cell in cells]) else 0
        return len(fields) + bonus


def read_header(table: Table, recogniser: Recogniser, columns: Mapping[str, str]) -> Header:
    """Find the header and map its columns.

    ``columns`` (our column name -> the file's title) is the dispatcher's own choice and comes
    first. Raises ``MissingColumns``, or ``ConsoleError`` where there is no header or no row below.
    """
    index = _locate(table, recogniser, columns)
    titles = tuple(clean(cell) for cell in table.rows[index].cells)
    is_order_file = "order_id" in recogniser.vocabulary.titles
    layout = layout_of([normal(title) for title in titles]) if is_order_file else None
    uses = _uses(titles, recogniser, layout, columns)
    used = {use.index for use in uses.values()}
    header = Header(index, titles, uses, _unread(table, index, titles, used), layout)
    _require(table, header, recogniser.vocabulary)
    if index + 1 == len(table.rows):
        raise ConsoleError(
            tr("“{name}” has only a header and no rows.", name=table.name),
            remedy=tr("Export the list again."),
        )
    return header


def _locate(table: Table, recogniser: Recogniser, columns: Mapping[str, str]) -> int:
    chosen = {normal(title) for title in columns.values()}
    best, best_score = 0, 0
    for index, row in enumerate(table.rows[:HEADER_WITHIN]):
        score = recogniser.score(row.cells)
        score += sum(normal(cell) in chosen for cell in row.cells) if chosen else 0
        if score > best_score:
            best, best_score = index, score
    if best_score < 2:
        raise _no_header(table, recogniser.vocabulary)
    if table.rows[best].damage:
        row = table.rows[best]
        raise ConsoleError(
            tr(
                "The header of “{name}” (line {line}) cannot be read. {damage}",
                name=table.name,
                line=row.number,
                damage=row.damage,
            ),
            remedy=tr("Export the list again as CSV or Excel (.xlsx)."),
        )
    return best


def _no_header(table: Table, vocabulary: Vocabulary) -> ConsoleError:
    wanted = ", ".join(str(named(group[0])) for group in vocabulary.required)
    remedy = tr(
        "The first line must name the columns, at least {wanted}, separated by commas.",
        wanted=wanted,
    )
    name = table.name
    if not table.rows:
        return ConsoleError(
            tr("“{name}” is empty.", name=name), remedy=tr("Export the list again.")
        )
    first = table.rows[0]
    if first.damage:
        told = tr(
            "Line {line} of “{name}” cannot be read. {damage}",
            line=first.number,
            name=name,
            damage=first.damage,
        )
        return ConsoleError(told, remedy=remedy)
    if all(len(row.cells) == 1 for row in table.rows[:HEADER_WITHIN]):
        told = tr(
            "“{name}” has one column only: no comma, semicolon, tab or | separates cells.",
            name=name,
        )
        return ConsoleError(told, remedy=remedy)
    found = ", ".join(str(shown(cell, 30)) for cell in first.cells[:8] if cell.strip())
    return MissingColumns(
        tr(
            "“{name}” has no header that names {what}; line {line} holds {found}.",
            name=name,
            what=_WHAT[vocabulary.what],
            line=first.number,
            found=found,
        ),
        remedy=remedy,
        fields=tuple(own_name(group[0]) for group in vocabulary.required),
        columns=tuple(clean(cell) for cell in first.cells if cell.strip()),
    )


def _uses(
    titles: Sequence[str],
    recogniser: Recogniser,
    layout: Layout | None,
    columns: Mapping[str, str],
) -> dict[str, Use]:
    fields_by_own = {own_name(field): field for field in recogniser.vocabulary.titles}
    chosen = {normal(title): fields_by_own.get(own, own) for own, title in columns.items()}
    meanings = [
        _meaning_in(layout, normal(title)) if layout else recogniser.meaning(title)
        for title in titles
    ]
    best: dict[str, tuple[int, Use]] = {}
    for index, title in enumerate(titles):
        meaning = meanings[index]
        before = meanings[index - 1] if index else None
        if before and before.field == "street" and normal(title) in _NUMBER_TITLES and not layout:
            meaning = Meaning("house_number", _LATE)
        if field := chosen.get(normal(title)):
            kept = meaning if meaning and meaning.field == field else Meaning(field, 0)
            meaning = Meaning(field, -1, kept.factor, kept.unit)
        if meaning and (meaning.field not in best or meaning.rank < best[meaning.field][0]):
            use = Use(meaning.field, index, title, meaning.factor, meaning.unit)
            best[meaning.field] = meaning.rank, use
    return {field: use for field, (_, use) in best.items()}


def _meaning_in(layout: Layout, name: str) -> Meaning | None:
    field = layout.fields.get(name)
    if field is None:
        return None
    rank = list(layout.fields).index(name)
    return Meaning(field, rank, layout.factors.get(name, 1.0), "documented")


def _unread(table: Table, index: int, titles: Sequence[str], used: set[int]) -> tuple[str, ...]:
    """Titles nobody reads, and columns without a title that are filled all the same."""
    untitled = {at for at, title in enumerate(titles) if not title}
    filled = {
        at
        for row in (table.rows[index + 1 :] if untitled else ())
        for at in untitled
        if at < len(row.cells) and row.cells[at].strip()
    }
    return tuple(
        title or tr("column {place} (no title)", place=at + 1)
        for at, title in enumerate(titles)
        if at not in used and (title or at in filled)
    )


def _require(table: Table, header: Header, vocabulary: Vocabulary) -> None:
    by_row = header.layout is not None and header.layout.id_from_row
    missing = [
        group
        for group in vocabulary.required
        if not any(field in header.uses for field in group)
        and not (by_row and group == ("order_id",))
    ]
    if not missing:
        return
    wanted = "; ".join(_looked_for(vocabulary, group) for group in missing)
    found = ", ".join(str(shown(title)) for title in header.titles[:40] if title)
    raise MissingColumns(
        tr(
            "“{name}” lacks a column: {wanted}. Its columns are {found}.",
            name=table.name,
            wanted=wanted,
            found=found,
        ),
        remedy=tr("Name the column so, or choose which of its columns it is."),
        fields=tuple(own_name(group[0]) for group in missing),
        columns=tuple(title for title in header.titles if title),
    )


def _looked_for(vocabulary: Vocabulary, group: tuple[str, ...]) -> str:
    own = normal(own_name(group[0]))
    titles = [title for field in group for title in vocabulary.titles[field]]
    others = ", ".join(str(shown(t)) for t in titles[:_SYNONYMS] if normal(t) != own)
    return tr("{name} (also looked for: {others})", name=shown(str(named(group[0]))), others=others)
