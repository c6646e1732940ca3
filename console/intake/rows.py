"""Rows of text cells, as a file gave them, before anybody knows what the columns mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.intake.report import Assumption
from console.tongues import Said

MAX_ROWS = 200_000
MAX_COLUMNS = 1_000
HEADER_WITHIN = 40  # rows in which a header is looked for


@dataclass(frozen=True, slots=True)
class Row:
    """One record: ``number`` is its line or sheet row; ``damage`` says why its cells are unsure."""

    number: int
    cells: tuple[str, ...]
    damage: Said = ""

    @property
    def is_blank(self) -> bool:
        """No cell holds anything."""
        return not self.damage and not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """All rows that are not blank, with what had to be guessed to read them."""

    name: str
    rows: tuple[Row, ...]
    assumptions: tuple[Assumption, ...] = ()
    comma_is_decimal: bool = False  # the delimiter leaves the comma free


Score = Callable[[Sequence[str]], int]
"""How many cells of a row are column titles that somebody knows."""


def best_score(rows: Sequence[Row], score: Score) -> int:
    """The score of the most header-like of the first rows."""
    return max((score(row.cells) for row in rows[:HEADER_WITHIN]), default=0)
