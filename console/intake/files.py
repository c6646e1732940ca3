"""A path becomes bytes of a known kind, or a clear no."""

import stat
from enum import StrEnum
from pathlib import Path

from console.domain.errors import ConsoleError
from console.tongues import phrase, tr

MEGABYTES = 100
MAX_BYTES = MEGABYTES * 1_000_000
EXPORT_REMEDY = phrase("Export the list as CSV or Excel (.xlsx) and load that file.")

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_FOREIGN = (
    (b"%PDF", phrase("a PDF document")),
    (b"\x89PNG", phrase("a picture (PNG)")),
    (b"\xff\xd8\xff", phrase("a picture (JPEG)")),
    (b"GIF8", phrase("a picture (GIF)")),
    (b"\x1f\x8b", phrase("a compressed file (gzip)")),
    (b"BZh", phrase("a compressed file (bzip2)")),
    (b"\xfd7zXZ", phrase("a compressed file (xz)")),
    (b"7z\xbc\xaf", phrase("a compressed file (7z)")),
    (b"Rar!", phrase("a compressed file (rar)")),
    (b"PK\x05\x06", phrase("an empty ZIP archive")),
    (b"\x7fELF", phrase("a program")),
    (b"SQLite format 3\x00", phrase("a database (SQLite)")),
    (b"PAR1", phrase("a Parquet file")),
    (b"{\\rtf", phrase("a text document (RTF)")),
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
            raise ConsoleError(
                tr("“{name}” is a folder.", name=name), remedy=tr("Choose the file in it.")
            )
        if not stat.S_ISREG(status.st_mode):
            raise ConsoleError(
                tr("“{name}” is not an ordinary file.", name=name), remedy=str(EXPORT_REMEDY)
            )
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if len(content) > MAX_BYTES:
        raise ConsoleError(
            tr("“{name}” is larger than {MEGABYTES} MB.", name=name, MEGABYTES=MEGABYTES),
            remedy=tr("Split it, or check that it is the list of one day."),
        )
    if not content.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise ConsoleError(tr("“{name}” is empty.", name=name), remedy=tr("Export the list again."))
    return content


def _unreadable(path: Path, error: Exception) -> ConsoleError:
    name = name_of(path)
    if isinstance(error, FileNotFoundError):
        return ConsoleError(
            tr("There is no file “{name}”.", name=name), remedy=tr("Check the name and the folder.")
        )
    if isinstance(error, PermissionError):
        return ConsoleError(
            tr("“{name}” may not be read.", name=name),
            remedy=tr("Close it in other programs, or ask its owner for the right to read it."),
        )
    reason = getattr(error, "strerror", None) or str(error)
    return ConsoleError(
        tr("“{name}” cannot be read: {reason}.", name=name, reason=reason),
        remedy=tr("Copy it to this computer and try again."),
    )


def kind_of(name: str, content: bytes) -> Kind:
    """The kind by content, whatever the file is called; raises for what is no table at all."""
    if content.startswith(_ZIP):
        return Kind.ARCHIVE
    if content.startswith(_OLE):
        return Kind.COMPOUND
    for magic, what in _FOREIGN:
        if content.startswith(magic):
            raise ConsoleError(
                tr("“{name}” is {what}, not a list.", name=name, what=what),
                remedy=str(EXPORT_REMEDY),
            )
    return Kind.TEXT
