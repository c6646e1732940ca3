"""A file becomes one table of text rows, whatever it was."""

from pathlib import Path

from console.intake.encoding import decode
from console.intake.files import Kind, kind_of, name_of, read_bytes
from console.intake.report import Assumption
from console.intake.rows import Score, Table
from console.intake.sheets import read_sheets
from console.intake.text import read_text
from console.tongues import phrase


def read_table(path: Path, score: Score) -> Table:
    """Read any supported file; ``score`` recognises a header. Raises ``ConsoleError``."""
    return table_of(name_of(path), read_bytes(path), score)


def table_of(name: str, content: bytes, score: Score) -> Table:
    """The same for bytes already in memory."""
    kind = kind_of(name, content)
    if kind is not Kind.TEXT:
        rows, sheet = read_sheets(name, content, kind, score)
        return Table(name, tuple(rows), _sheet_choice(sheet))
    decoded = decode(name, content)
    rows, delimiter = read_text(name, decoded.text, score)
    guesses = _encoding_guess(decoded.encoding) if decoded.guessed else ()
    return Table(name, tuple(rows), guesses, comma_is_decimal=delimiter == ";")


def _sheet_choice(sheet: str) -> tuple[Assumption, ...]:
    if not sheet:
        return ()
    sentence = phrase(
        "The file has several sheets: “{sheet}” was read, the others were not.", sheet=sheet
    )
    return (Assumption("sheet", sheet, (), sentence),)


def _encoding_guess(encoding: str) -> tuple[Assumption, ...]:
    sentence = phrase(
        "The file does not say how its letters are stored: {encoding} assumed. "
        "Look at a name with an accent.",
        encoding=encoding,
    )
    return (Assumption("encoding", encoding, (), sentence),)
