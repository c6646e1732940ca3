"""Checks of spreadsheet archives (xlsx, xlsm, xlsb, ods) before anything is unpacked from them."""

import io
import re
import zipfile
import zlib
from functools import cache

from console.domain.errors import ConsoleError
from console.tongues import phrase, tr

MAX_UNPACKED = 600_000_000
_CHUNK = 1_000_000
_HEADER, _LENGTHS = 30, 26  # bytes before an entry's name; where the lengths before its data stand
_MAX_AREA = 30_000_000  # cells, filled or not
_PLACE = re.compile(rb'<(?:c|row)\b[^>]*?\br="([A-Za-z]{0,12})(\d{1,20})')
_DAMAGED_REMEDY = phrase(
    "Open it in a spreadsheet program, save it again as .xlsx or CSV and load that."
)


def check_archive(name: str, content: bytes) -> bool:
    """Refuse archives of something else, broken ones, and what would unpack beyond all bounds.

    Says whether it is an xlsx, of which the places of all cells were checked too.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
                raise ConsoleError(
                    tr("“{name}” is a ZIP archive, not a spreadsheet.", name=name),
                    remedy=tr("Unpack it and load the list that is in it."),
                )
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise _too_large(name)
            for entry in entries:
                _check_size(name, content, entry)
                if entry.filename.startswith("xl/worksheets/") or entry.filename == "content.xml":
                    _check_extent(name, archive, entry)
            return "xl/workbook.xml" in names
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
        raise corrupt(name, error) from error
    except (NotImplementedError, RuntimeError) as error:
        # how zipfile says that it does not know a compression, and that a file wants a password
        raise corrupt(name, error) from error


def _check_size(name: str, content: bytes, entry: zipfile.ZipInfo) -> None:
    """What an entry claims is what it unpacks to: readers go on to the end of the data."""
    if entry.compress_type == zipfile.ZIP_STORED:
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise corrupt(name, tr("its compression is not known"))
    at = entry.header_offset
    lengths = content[at + _LENGTHS : at + _HEADER]
    begin = at + _HEADER + int.from_bytes(lengths[:2], "little")
    begin += int.from_bytes(lengths[2:], "little")
    unpacking, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    packed = content[begin : begin + entry.compress_size]
    while packed and not unpacking.eof:
        size += len(unpacking.decompress(packed, _CHUNK))
        packed = unpacking.unconsumed_tail
        if size > entry.file_size:
            raise corrupt(name, tr("{filename} holds more than it says", filename=entry.filename))


def _check_extent(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """A single far cell would make the reader set aside memory for all cells before it."""
    size, width, height = 0, 1, 1
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            for column, row in _PLACE.findall(tail + chunk):
                width = max(width, _column_number(column))
                height = max(height, int(row))
            if size > MAX_UNPACKED or width * height > _MAX_AREA:
                raise _too_large(name)
            tail = chunk[-200:]


@cache
def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - ord("A") + 1
    return number


def _too_large(name: str) -> ConsoleError:
    return ConsoleError(
        tr(
            "The sheets of “{name}” are too large: cells lie far outside the list, or it "
            "unpacks to more than {value} MB.",
            name=name,
            value=MAX_UNPACKED // 1_000_000,
        ),
        remedy=tr("Delete what lies outside the list, or export it as CSV."),
    )


def locked(name: str) -> ConsoleError:
    """The verdict on a file under a password."""
    return ConsoleError(
        tr("“{name}” is protected by a password.", name=name),
        remedy=tr("Open it, save it without a password and load it again."),
    )


def corrupt(name: str, error: BaseException | str) -> ConsoleError:
    """The verdict on a file that the reader gave up on."""
    reason = str(error)[:120].rstrip(". \n") or type(error).__name__
    return ConsoleError(
        tr("“{name}” is damaged or no spreadsheet: {reason}.", name=name, reason=reason),
        remedy=str(_DAMAGED_REMEDY),
    )
