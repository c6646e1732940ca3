"""What the database's errors mean for a dispatcher, and what she can do about them."""

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from console.domain.errors import ConsoleError
from console.tongues import Phrase, phrase, tr

DAMAGED = frozenset((11, 26))  # SQLITE_CORRUPT, SQLITE_NOTADB

_VERDICTS: dict[int, tuple[Phrase, Phrase]] = {
    5: (
        phrase("Another program keeps the store {file} locked."),
        phrase("Close what else has it open (a second console, a backup, a database viewer)."),
    ),
    8: (
        phrase("The store {file} may not be written to."),
        phrase("Give yourself the right to write to the folder {folder}, or choose another one."),
    ),
    10: (
        phrase("The disk does not read or write the store {file} ({error})."),
        phrase("Check that the disk is there, whole and not full. Nothing that was saved is lost."),
    ),
    11: (
        phrase("The store {file} is damaged."),
        phrase("Close the console and open it again: the file is then set aside whole."),
    ),
    13: (
        phrase("The disk with {folder} is full; the last change is not saved yet."),
        phrase("Free some space on it, then try again. Nothing that was saved is lost."),
    ),
    14: (
        phrase("The store {file} cannot be opened."),
        phrase("Check that the folder {folder} is there and that you may write to it."),
    ),
}
_SAME = {6: 5, 26: 11, 23: 8, 3: 8}  # locked table, not a database, not authorised, no permission


def code_of(error: BaseException) -> int | None:
    """SQLite's primary result code; None when the error has none."""
    code: object = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, UnicodeDecodeError) or "decode to UTF-8" in str(error):
        return 11  # text, or SQLite's own message about it, that was garbled on the disk
    return code & 0xFF if isinstance(code, int) else None


def verdict(error: BaseException, file: Path) -> ConsoleError:
    """The sentence for an error of the driver or of SQLAlchemy."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    code = code_of(cause) or 0
    message, remedy = _VERDICTS.get(
        _SAME.get(code, code),
        (
            phrase("The store {file} refused: {error}."),
            phrase("Run 'doorstep doctor' and report what it says."),
        ),
    )
    words = {"file": file, "folder": file.parent, "error": cause}
    return ConsoleError(tr(message.text, **words), remedy=tr(remedy.text, **words))


def is_damage(error: ConsoleError) -> bool:
    """True when the verdict was passed on a damaged file."""
    cause = error.__cause__
    origin = cause.orig if isinstance(cause, DBAPIError) else cause
    return origin is not None and code_of(origin) in DAMAGED
