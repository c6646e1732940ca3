"""Photos of exceptions: without what a camera tells of its owner, small, kept by their content.

A photo is a text of the register of notes under the SHA-256 of its bytes, so that backups, copies,
seals and the erasure of a person know it without a word of their own.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from functools import partial
from hashlib import sha256

from console.dispatch.lanes import Lane
from console.dispatch.services import Services
from console.domain.errors import ConsoleError
from console.tongues import tr

LARGEST = 2_000_000
"""Bytes of a photo as it is kept; the window makes larger ones smaller first."""

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_SCAN, _END = 0xDA, 0xD9
_BARE = frozenset((0x01, *range(0xD0, 0xD8)))  # markers without a length
_TOLD = frozenset((*range(0xE1, 0xEE), 0xEF, 0xFE))  # APPn but JFIF and Adobe, and comments
_DRAWN = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM"))
REMEDY = tr("Choose a JPEG or PNG picture.")


async def keep_photo(services: Services, data: bytes) -> str:
    """Store a picture; answers its name. ConsoleError for anything but a bounded JPEG or PNG."""
    clean = stripped(data)
    if len(clean) > LARGEST:
        raise ConsoleError(
            tr(
                "The photo has {value:.1f} MB, more than {value2:.0f} MB.",
                value=len(clean) / 1e6,
                value2=LARGEST / 1e6,
            ),
            remedy=tr("Choose a smaller one."),
        )
    name = sha256(clean).hexdigest()
    text = b64encode(clean).decode("ascii")
    await services.lanes.run(
        Lane.SQL, partial(services.notes.keep, name, text, services.clock.now())
    )
    return name


async def photo(services: Services, name: str) -> bytes | None:
    """The picture of this name; None where it was erased, ConsoleError where it is damaged."""
    found = await services.lanes.run(Lane.SQL, partial(services.notes.get, [name]))
    if name not in found:
        return None
    try:
        data = b64decode(found[name], validate=True)
    except ValueError as error:
        raise _damaged(name) from error
    if sha256(data).hexdigest() != name:
        raise _damaged(name)
    return data


def _damaged(name: str) -> ConsoleError:
    return ConsoleError(
        tr("The photo {name} is not the one that was kept.", name=name[:8]),
        remedy=tr("Check the store: doorstep db check"),
    )


def stripped(data: bytes) -> bytes:
    """The same picture without EXIF, comments and whatever stands behind its end."""
    try:
        if data.startswith(_JPEG):
            return _JPEG + b"".join(_segments(data))
        if data.startswith(_PNG):
            return _PNG + b"".join(_chunks(data))
    except IndexError:
        raise ConsoleError(tr("The photo is cut off."), remedy=REMEDY) from None
    raise ConsoleError(tr("This file is no picture that can be kept."), remedy=REMEDY)


def _segments(data: bytes) -> Iterator[bytes]:
    at = len(_JPEG)
    while True:
        if data[at] != 0xFF:
            raise ConsoleError(tr("The photo is damaged."), remedy=REMEDY)
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
        elif marker == _END:
            yield data[at : at + 2]
            return
        elif marker in _BARE:
            yield data[at : at + 2]
            at += 2
        else:
            end = at + 2 + max(2, data[at + 2] << 8 | data[at + 3])
            if marker not in _TOLD:
                yield _whole(data, at, end)
            at = end
            if marker == _SCAN:
                end = _end_of_scan(data, at)
                yield data[at:end]
                at = end


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands: in a scan 0xFF is followed by 0, or by a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise IndexError
        if data[at + 1] == 0 or data[at + 1] in _BARE:
            at += 2
        else:
            return at


def _chunks(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while True:
        length = int.from_bytes(_whole(data, at, at + 4))
        kind = _whole(data, at + 4, at + 8)
        chunk = _whole(data, at, at + 12 + length)
        if kind in _DRAWN:
            yield chunk
        if kind == b"IEND":
            return
        at += len(chunk)


def _whole(data: bytes, at: int, end: int) -> bytes:
    if end > len(data):
        raise IndexError
    return data[at:end]
