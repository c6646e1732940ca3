"""A path becomes bytes of a known kind, or a clear no."""

import stat
from enum import StrEnum
from pathlib import Path

from console.domain.errors import ConsoleError

MAX_BYTES = 100_000_000
EXPORT_REMEDY = "Export the list as CSV or Excel (.xlsx) and load that file."

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_FOREIGN = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ", "a compressed file (xz)"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (rar)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database (SQLite)"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "a text document (RTF)"),
)


class Kind(StrEnum):
    """How the bytes are laid out."""

    TEXT = "text"
    ARCHIVE = "archive"  # xlsx, xlsm, xlsb, ods
    COMPOUND = "compound"  # xls, and xlsx under a password


def name_of(path: Path) -> str:
    """The file's name as it can be shown, whatever bytes it is made of."""
    return (path.name or str(path)).encode("utf-8", "replace").decode()


def read_bytes(path: Path) -> bytes:
    """The whole file; raises ``ConsoleError`` when it is absent, no file, empty or too large."""
    name = name_of(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ConsoleError(f"“{name}” is a folder.", remedy="Choose the file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise ConsoleError(f"“{name}” is not an ordinary file.", remedy=EXPORT_REMEDY)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if len(content) > MAX_BYTES:
        raise ConsoleError(
            f"“{name}” is larger than {MAX_BYTES // 1_000_000} MB.",
            remedy="Split it, or check that it is the list of one day.",
        )
    if not content.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise ConsoleError(f"“{name}” is empty.", remedy="Export the list again.")
    return content


def _unreadable(path: Path, error: Exception) -> ConsoleError:
    name = name_of(path)
    if isinstance(error, FileNotFoundError):
        return ConsoleError(f"There is no file “{name}”.", remedy="Check the name and the folder.")
    if isinstance(error, PermissionError):
        return ConsoleError(
            f"“{name}” may not be read.",
            remedy="Close it in other programs, or ask its owner for the right to read it.",
        )
    reason = getattr(error, "strerror", None) or str(error)
    return ConsoleError(
        f"“{name}” cannot be read: {reason}.", remedy="Copy it to this computer and try again."
    )


def kind_of(name: str, content: bytes) -> Kind:
    """The kind by content, whatever the file is called; raises for what is no table at all."""
    if content.startswith(_ZIP):
        return Kind.ARCHIVE
    if content.startswith(_OLE):
        return Kind.COMPOUND
    for magic, what in _FOREIGN:
        if content.startswith(magic):
            raise ConsoleError(f"“{name}” is {what}, not a list.", remedy=EXPORT_REMEDY)
    return Kind.TEXT
