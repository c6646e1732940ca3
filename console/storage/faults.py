"""What the database's errors mean for a dispatcher, and what she can do about them."""

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from console.domain.errors import ConsoleError

DAMAGED = frozenset((11, 26))  # SQLITE_CORRUPT, SQLITE_NOTADB

_VERDICTS: dict[int, tuple[str, str]] = {
    5: (
        "Another program keeps the store {file} locked.",
        "Close what else has it open (a second console, a backup, a database viewer).",
    ),
    8: (
        "The store {file} may not be written to.",
        "Give yourself the right to write to the folder {folder}, or choose another one.",
    ),
    10: (
        "The disk does not read or write the store {file} ({error}).",
        "Check that the disk is there, whole and not full. Nothing that was saved is lost.",
    ),
    11: (
        "The store {file} is damaged.",
        "Close the console and open it again: the file is then set aside whole.",
    ),
    13: (
        "The disk with {folder} is full; the last change is not saved yet.",
        "Free some space on it, then try again. Nothing that was saved is lost.",
    ),
    14: (
        "The store {file} cannot be opened.",
        "Check that the folder {folder} is there and that you may write to it.",
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
        ("The store {file} refused: {error}.", "Run 'doorstep doctor' and report what it says."),
    )
    words = {"file": file, "folder": file.parent, "error": cause}
    return ConsoleError(message.format(**words), remedy=remedy.format(**words))


def is_damage(error: ConsoleError) -> bool:
    """True when the verdict was passed on a damaged file."""
    cause = error.__cause__
    origin = cause.orig if isinstance(cause, DBAPIError) else cause
    return origin is not None and code_of(origin) in DAMAGED
