"""One data row under its fields' names, and the reading of its cells into values."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta

from console.formats import Figure
from console.intake.amounts import (
    NumberStyle,
    Unreadable,
    has_unit,
    is_ambiguous,
    number,
    style_of,
)
from console.intake.columns import Vocabulary, named, own_name
from console.intake.dimensions import MINUTES
from console.intake.header import Header, Use
from console.intake.ledger import Ledger
from console.intake.report import Reject
from console.intake.rows import Table
from console.intake.texts import clean, clean_code, clean_lines, shown, words
from console.intake.times import clock_duration, has_date, has_offset, time_of_day
from console.tongues import Phrase, Said, phrase, together

_LOCAL = phrase("read as local times, their zones ignored")
_ONLY_TIME = phrase("only the time counts, for the chosen service day")
_READ_AS = {"decimals": phrase("read as decimals"), "thousands": phrase("read as thousands")}
_PARTS = re.compile(r"[;|\n]")
_YES = frozenset({"yes", "y", "true", "1", "1.0", "x", "on", "ja", "j", "wahr", "oui", "vrai",
                  "sand"})  # fmt: skip
_NO = frozenset({"", "no", "n", "false", "0", "0.0", "-", "off", "nein", "falsch", "non", "faux",
                 "nej", "falsk"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """A row's cells by field; ``raw`` are all cells as they stood."""

    number: int
    cells: Mapping[str, str]
    raw: tuple[str, ...] = ()
    damage: Said = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a numeric field holds: ``least`` to ``most`` of a unit, and what empty means."""

    field: str
    label: Phrase
    unit: Phrase
    most: float
    least: float = 0
    default: float | None = None
    assumed: Phrase | None = None
    """What the report says of an empty cell; nothing when empty is ordinary."""

    @property
    def lacking(self) -> Phrase:
        """That a cell is empty."""
        return phrase("No {label}", label=self.label)


@dataclass(slots=True)
class Reading:
    """What all rows of a file share while they are read."""

    vocabulary: Vocabulary
    uses: Mapping[str, Use]
    style: NumberStyle
    ledger: Ledger = field(default_factory=Ledger)


def records_of(table: Table, header: Header) -> list[Record]:
    """The rows below the header as records."""
    width = len(header.titles)
    places = [(use.field, use.index) for use in header.uses.values()]
    records: list[Record] = []
    for row in table.rows[header.index + 1 :]:
        cells, damage = row.cells, row.damage
        if len(cells) < width:
            cells = (*cells, *[""] * (width - len(cells)))
        elif not damage and any(cell.strip() for cell in cells[width:]):
            filled = max(at for at, cell in enumerate(cells, start=1) if cell.strip())
            damage = phrase(
                "It has {filled} cells under {width} columns: put a cell that holds the delimiter "
                "in quotation marks.",
                filled=filled,
                width=width,
            )
        records.append(Record(row.number, {name: cells[at] for name, at in places}, cells, damage))
    return records


def reading_of(
    vocabulary: Vocabulary,
    header: Header,
    records: list[Record],
    measures: Mapping[str, Measure],
    *,
    comma_is_decimal: bool,
) -> Reading:
    """Find out how the file writes numbers, and note titles that leave the unit open."""
    numeric = [name for name in header.uses if name in measures]
    cells = (record.cells[name] for record in records for name in numeric)
    style = style_of(cells, comma_is_decimal=comma_is_decimal)
    reading = Reading(vocabulary, header.uses, style)
    for name in numeric:
        use, measure = header.uses[name], measures[name]
        if name in vocabulary.units and not use.unit:
            found = phrase("No unit in the title “{title}”", title=use.title)
            because = (found, phrase("{unit} assumed", unit=measure.unit))
            for record in records:
                if record.cells[name].strip() and not has_unit(record.cells[name]):
                    reading.ledger.note(record.number, own_name(name), measure.unit.text, because)
    return reading


class RowReader:
    """Reads one record's cells; ``problems`` collects (field, sentence) instead of raising."""

    def __init__(self, record: Record, reading: Reading) -> None:
        self.record = record
        self.reading = reading
        self.problems: list[tuple[str, Said]] = []
        if record.damage:
            self.complain("row", together((phrase("The line cannot be read."), record.damage)))

    def complain(self, field_name: str, sentence: Said) -> None:
        """Note what is wrong with the row."""
        self.problems.append((own_name(field_name), sentence))

    def assume(self, field_name: str, value: str, found: Phrase, made: Phrase) -> None:
        """Note what was assumed for the row."""
        name = own_name(field_name)
        self.reading.ledger.note(self.record.number, name, value, (found, made))

    def cell(self, field_name: str) -> str:
        """The cell's text, untouched; empty where the file has no such column."""
        return self.record.cells.get(field_name, "")

    def reject(self, order: str | None) -> Reject:
        """The row's verdict, with all its problems."""
        sentences = tuple(dict.fromkeys(sentence for _, sentence in self.problems))
        told = sentences[0] if len(sentences) == 1 else together(sentences)
        return Reject(self.record.number, order, self.problems[0][0], told)

    def text(self, field_name: str, limit: int = 200) -> str:
        """One clean line of at most ``limit`` characters."""
        return self._bounded(field_name, clean(self.cell(field_name)), limit)

    def code(self, field_name: str, limit: int = 100) -> str:
        """An id, postcode or phone number without a spreadsheet's marks."""
        return self._bounded(field_name, clean_code(self.cell(field_name)), limit)

    def lines(self, field_name: str, limit: int = 2000) -> str:
        """Clean text that may have several lines."""
        return self._bounded(field_name, clean_lines(self.cell(field_name)), limit)

    def names(self, field_name: str, limit: int = 100) -> tuple[str, ...]:
        """A list whose parts may hold commas, split at ``;`` or ``|``, each once."""
        found = (clean(part) for part in _PARTS.split(self.cell(field_name)))
        kept = [self._bounded(field_name, name, limit) for name in found]
        return tuple(dict.fromkeys(name for name in kept if name))

    def flag(self, field_name: str) -> bool:
        """Yes or no; no for an empty cell."""
        word = clean(self.cell(field_name)).casefold()
        if word not in _YES and word not in _NO:
            told = phrase(
                "The {name} {word} is unknown: write yes or no.",
                name=named(field_name),
                word=shown(word),
            )
            self.complain(field_name, told)
        return word in _YES

    def words(self, field_name: str, limit: int = 60) -> tuple[str, ...]:
        """A list of skills."""
        found = words(self._bounded(field_name, self.cell(field_name), 20 * limit))
        for word in found:
            self._bounded(field_name, word, limit)
        return found

    def _bounded(self, field_name: str, text: str, limit: int) -> str:
        if len(text) <= limit:
            return text
        self.complain(
            field_name,
            phrase(
                "The {name} {cell} has {count} characters; at most {limit} fit: shorten it.",
                name=named(field_name),
                cell=shown(text),
                count=len(text),
                limit=limit,
            ),
        )
        return ""

    def time(self, field_name: str, *, is_end: bool = False) -> time | None:
        """A local time of day; None for an empty cell, and for one that cannot be read."""
        cell = clean(self.cell(field_name))
        if not cell:
            return None
        try:
            found = time_of_day(cell, is_end=is_end)
        except Unreadable as error:
            sentence = phrase(
                "The {name} {cell} {error}: write it like 09:30, or leave it empty.",
                name=named(field_name),
                cell=shown(cell),
                error=error.told,
            )
            self.complain(field_name, sentence)
            return None
        name = named(field_name)
        if has_offset(cell):
            found_zone = phrase("Times with a zone under {name}", name=name)
            self.assume(field_name, "local", found_zone, _LOCAL)
        elif has_date(cell):
            found_date = phrase("A date before the {name}", name=name)
            self.assume(field_name, "time", found_date, _ONLY_TIME)
        return found

    def amount(self, measure: Measure) -> float | None:
        """A number within its bounds; the default for an empty cell."""
        cell = clean(self.cell(measure.field))
        if not cell:
            if measure.assumed:
                value = "" if measure.default is None else f"{measure.default:g}"
                self.assume(measure.field, value, measure.lacking, measure.assumed)
            return measure.default
        try:
            value = self._measured(cell, measure)
        except Unreadable as error:
            told = phrase(
                "The {label} {cell} {error}: write {unit} as a number, for example 12.",
                label=measure.label,
                cell=shown(cell),
                error=error.told,
                unit=measure.unit,
            )
            self.complain(measure.field, told)
            return measure.default
        self._check_bounds(cell, value, measure)
        return value

    def _measured(self, cell: str, measure: Measure) -> float:
        units = self.reading.vocabulary.units.get(measure.field)
        if ":" in cell and measure.unit == MINUTES:
            duration = clock_duration(cell)
            if duration is None:
                raise Unreadable(phrase("is not a number of minutes"))
            return duration / timedelta(minutes=1)
        value = number(cell, self.reading.style, units)
        if is_ambiguous(cell) and not self.reading.style.decimal:
            kind = "decimals" if self.reading.style.of_comma == "," else "thousands"
            found = phrase("A comma before three digits ({cell})", cell=cell)
            self.assume(measure.field, kind, found, _READ_AS[kind])
        use = self.reading.uses.get(measure.field)
        return value * use.factor if use and not has_unit(cell) else value

    def _check_bounds(self, cell: str, value: float, measure: Measure) -> None:
        what = {"label": measure.label, "cell": shown(cell), "unit": measure.unit}
        if value < 0:
            told = phrase("The {label} {cell} is negative: write 0 or more {unit}.", **what)
        elif not math.isfinite(value) or value > measure.most:
            told = phrase(
                "The {label} {cell} is more than {most} {unit}: check number and unit.",
                **what,
                most=Figure(measure.most, 0),
            )
        elif value < measure.least:
            told = phrase(
                "The {label} {cell} is less than {least} {unit}: correct it or leave it empty.",
                **what,
                least=Figure(measure.least),
            )
        else:
            return
        self.complain(measure.field, told)

    def whole(self, measure: Measure) -> int | None:
        """A whole number within its bounds."""
        before = len(self.problems)
        value = self.amount(measure)
        if value is None or len(self.problems) > before:
            return None
        if value != int(value):
            told = phrase(
                "The {label} {cell} is not a whole number: round it.",
                label=measure.label,
                cell=shown(self.cell(measure.field)),
            )
            self.complain(measure.field, told)
        return int(value)

    def minutes(self, measure: Measure) -> timedelta:
        """A duration, to the second; zero where it cannot be read."""
        before = len(self.problems)
        value = self.amount(measure)
        if value is None or len(self.problems) > before:
            return timedelta()
        return timedelta(seconds=round(value * 60))
