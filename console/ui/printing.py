"""A PDF on a printer of the system, page by page, so that the window goes on in between."""

import asyncio

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from console.domain.errors import ConsoleError
from console.tongues import tr

SHARPEST_DPI = 300
"""Enough for bars and letters; more only fills the printer's memory."""

_REMEDY = tr("Save it as a PDF and print that.")


def new_printer(name: str, *, is_letter: bool) -> QPrinter:
    """The system's usual printer, set to the paper of the sheets."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size = QPageSize.PageSizeId.Letter if is_letter else QPageSize.PageSizeId.A4
    printer.setPageSize(QPageSize(size))
    printer.setFullPage(True)  # the sheets have margins of their own
    printer.setDocName(name)
    return printer


async def print_pdf(data: bytes, printer: QPrinter) -> int:
    """Print the pages that the printer was asked for; answers how many. ConsoleError on failure."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    if document.status() is not QPdfDocument.Status.Ready:
        raise ConsoleError(tr("The sheets could not be read back."), remedy=_REMEDY)
    first, last = printer.fromPage() or 1, printer.toPage() or document.pageCount()
    wanted = range(first - 1, min(last, document.pageCount()))
    painter = QPainter()
    if not painter.begin(printer):
        raise ConsoleError(
            tr("The printer “{printerName}” does not answer.", printerName=printer.printerName()),
            remedy=_REMEDY,
        )
    try:
        for page in wanted:
            if page != wanted.start and not printer.newPage():
                raise ConsoleError(tr("The printer took no further page."), remedy=_REMEDY)
            _draw(document, page, printer, painter)
            await asyncio.sleep(0)
    finally:
        painter.end()
        document.close()
    return len(wanted)


def _draw(document: QPdfDocument, page: int, printer: QPrinter, painter: QPainter) -> None:
    """The page as large as the paper allows without distortion."""
    paper = painter.viewport()
    points = document.pagePointSize(page)
    dpi = min(SHARPEST_DPI, printer.resolution())
    image = document.render(page, (points * dpi / 72).toSize())
    fitted = QSize(image.size()).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawImage(QRect(paper.topLeft(), fitted), image)
