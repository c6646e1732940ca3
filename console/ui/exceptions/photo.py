"""A picture file as it can be kept: large ones, and other kinds, become smaller JPEGs."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from console.dispatch.photos import LARGEST, stripped
from console.domain.errors import ConsoleError
from console.tongues import tr

MOST_BYTES = 60_000_000
LONGEST_SIDE = 1600
"""Pixels of a picture that was made smaller: enough to read a label on a parcel."""
QUALITY = 85
_KEPT = (b"\xff\xd8", b"\x89PNG\r\n\x1a\n")


def photo_of(path: Path) -> bytes:
    """The picture's bytes; ConsoleError names the file where it is none, or cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ConsoleError(
                tr("{name} is larger than 60 MB.", name=path.name),
                remedy=tr("Choose a smaller one."),
            )
        data = path.read_bytes()
    except OSError as error:
        raise ConsoleError(
            tr("{name} cannot be read: {strerror}.", name=path.name, strerror=error.strerror),
            remedy=tr("Choose another file."),
        ) from error
    if data.startswith(_KEPT) and len(data) <= LARGEST:
        return stripped(data)
    return _smaller(path)


def _smaller(path: Path) -> bytes:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)  # as the camera was held
    image = reader.read()
    if image.isNull():
        raise ConsoleError(
            tr("{name} is no picture that can be kept.", name=path.name),
            remedy=tr("Choose a JPEG or PNG picture."),
        )
    return _encoded(image)


def _encoded(image: QImage) -> bytes:
    if max(image.width(), image.height()) > LONGEST_SIDE:
        ratio, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        image = image.scaled(LONGEST_SIDE, LONGEST_SIDE, ratio, smooth)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(QUALITY)
    writer.write(image)
    return bytes(buffer.data().data())
