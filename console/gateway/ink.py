"""What all paper has in common: fonts, styles, colours, codes to scan."""

# ReportLab has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import segno
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph

from console.settings import bundled

FONT, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
BAR_HEIGHT, THINNEST_BAR, QUIET_BARS = 7 * mm, 0.19 * mm, 20
LONGEST_TEXT = 160


@dataclass(frozen=True, slots=True)
class Colours:
    """Those of the light theme: paper is white."""

    drivers: tuple[str, ...]
    inks: tuple[str, ...]
    map: dict[str, str]

    def driver(self, number: int) -> tuple[str, str]:
        """Fill and ink of a driver's number."""
        place = (number - 1) % len(self.drivers)
        return self.drivers[place], self.inks[place]


@cache
def colours() -> Colours:
    """From the design tokens."""
    tokens: dict[str, Any] = tomllib.loads(
        bundled("resources/tokens.toml").read_text(encoding="utf-8")
    )
    drivers = tokens["driver"]
    return Colours(
        tuple(drivers["light"]), tuple(drivers["light_ink"]), dict(tokens["map"]["light"])
    )


def register_fonts() -> None:
    """Letters of all Europe: the fonts that every PDF reader has know only its west."""
    if FONT in pdfmetrics.getRegisteredFontNames():
        return
    for name in (FONT, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(bundled(f"resources/fonts/{name}.ttf"))))
    pdfmetrics.registerFontFamily(FONT, FONT, BOLD, FONT, BOLD)


@cache
def style(points: float, *, bold: bool = False, right: bool = False) -> ParagraphStyle:
    """Text of a size; lines stand a quarter apart."""
    register_fonts()
    return ParagraphStyle(
        f"{points} {bold} {right}",
        fontName=BOLD if bold else FONT,
        fontSize=points,
        leading=points * 1.25,
        alignment=2 if right else 0,
    )


def text(markup: str, points: float, *, bold: bool = False, right: bool = False) -> Paragraph:
    """A paragraph of ReportLab's markup."""
    return Paragraph(markup, style(points, bold=bold, right=right))


def plain(words: str, most: int = LONGEST_TEXT) -> str:
    """Words as markup; what no line of paper holds is cut, and shows it."""
    short = words if len(words) <= most else f"{words[: most - 1]}…"
    return escape(" ".join(short.split()))


class Qr(Flowable):
    """A QR code of a link, ``side`` points wide."""

    def __init__(self, link: str, side: float) -> None:
        super().__init__()
        self.width = self.height = side
        self._rows = [bytes(row) for row in segno.make(link, error="m", micro=False).matrix]

    def draw(self) -> None:
        """Each row's dark runs as bars, a hair higher than a row so that no seam shows."""
        unit = self.width / len(self._rows)
        path = self.canv.beginPath()
        for number, row in enumerate(self._rows):
            y = self.height - (number + 1) * unit
            for start, length in _runs(row):
                path.rect(start * unit, y, length * unit, unit * 1.02)
        self.canv.setFillColorRGB(0, 0, 0)
        self.canv.drawPath(path, stroke=0, fill=1)


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where the dark squares of a row begin, and how many there are in a line."""
    found: list[tuple[int, int]] = []
    for place, is_dark in enumerate(row):
        if not is_dark:
            continue
        if found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((place, 1))
    return found


def barcode(order: str, width: float) -> Flowable:
    """Code 128 of an order's id; where bars would be too thin to scan, or cannot say it, a QR."""
    if order.isascii() and order.isprintable():
        bars = Code128(order, barWidth=1, barHeight=BAR_HEIGHT, quiet=False)
        thin = width / (bars.width + QUIET_BARS)
        if thin >= THINNEST_BAR:
            wide = min(thin, 0.33 * mm)
            return Code128(order, barWidth=wide, barHeight=BAR_HEIGHT, quiet=True, lquiet=0)
    return Qr(order, 13 * mm)


class Chip(Flowable):
    """A driver's number in the driver's colour."""

    def __init__(self, number: int, height: float) -> None:
        super().__init__()
        self.height, self.width = height, height * 1.25
        self._number = number

    def draw(self) -> None:
        """A rounded plate."""
        fill, ink = colours().driver(self._number)
        self.canv.setFillColor(fill)
        self.canv.roundRect(0, 0, self.width, self.height, 3, stroke=0, fill=1)
        self.canv.setFillColor(ink)
        self.canv.setFont(BOLD, self.height * 0.6)
        self.canv.drawCentredString(self.width / 2, self.height * 0.28, str(self._number))


class Box(Flowable):
    """A square to tick."""

    def __init__(self, side: float = 5 * mm) -> None:
        super().__init__()
        self.width = self.height = side

    def draw(self) -> None:
        """Its border."""
        self.canv.setLineWidth(0.8)
        self.canv.setStrokeColorRGB(0.2, 0.2, 0.2)
        self.canv.rect(0, 0, self.width, self.height, stroke=1, fill=0)
