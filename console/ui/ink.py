"""What painted views draw with: text, chips, meters, badges and icons in the theme's colours."""

from dataclasses import dataclass
from functools import cached_property
from math import floor

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QStaticText
from PySide6.QtWidgets import QWidget

from console.ui.harm import fullness_color
from console.ui.theme.theme import Theme
from console.ui.theme.tokens import Scheme

_KEPT = 6000
"""Laid-out texts that are kept; more than any screen shows."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a text looks: a type role, a colour token, bold or not."""

    role: str = "body"
    color: str = "text"
    bold: bool = False

    def tinted(self, color: str) -> "Pen":
        """The same in another colour."""
        return Pen(self.role, color, self.bold)


class Ink:
    """Drawing tools that keep what is costly; thrown away when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self._measures: dict[tuple[str, bool], QFontMetricsF] = {}
        self._texts: dict[tuple[str, str, bool], QStaticText] = {}
        self._elided: dict[tuple[str, int, Pen], str] = {}
        self._fills: dict[int, tuple[QColor, QColor]] = {}
        self._mirror: MirroredInk | None = None

    def sided(self, widget: QWidget) -> "Ink":
        """Itself, or one that counts from the widget's right edge where one reads from there."""
        return self.from_right(float(widget.width())) if is_mirrored(widget) else self

    def from_right(self, across: float) -> "Ink":
        """One that counts x from the other end of a width; theirs add up to ``across``."""
        if self._mirror is None:
            self._mirror = MirroredInk(self.theme)
        self._mirror.across = across
        return self._mirror

    def placed(self, box: QRect | QRectF) -> QRectF:
        """Where a box that is counted from the side one reads from is painted."""
        return QRectF(box)

    def color(self, name: str) -> QColor:
        """A colour token."""
        return self.theme.color(name)

    @property
    def is_stark(self) -> bool:
        """True in high contrast, where lines are white and grounds are few."""
        return self.theme.scheme is Scheme.HIGH_CONTRAST

    def driver(self, number: int) -> tuple[QColor, QColor]:
        """A driver's fill and the ink on it."""
        if number not in self._fills:
            self._fills[number] = (self.theme.driver_color(number), self.theme.driver_ink(number))
        return self._fills[number]

    def px(self, pixels: float) -> int:
        """Pixels at 100 % in the user's text size."""
        return round(pixels * self.theme.scale)

    def font(self, role: str, *, bold: bool = False) -> QFont:
        """A font, kept."""
        key = (role, bold)
        if key not in self._fonts:
            self._fonts[key] = self.theme.font(role, bold=bold)
        return self._fonts[key]

    def width(self, text: str, pen: Pen) -> float:
        """How wide a text is."""
        return self._laid_out(text, pen).size().width()

    def elided(self, text: str, width: float, pen: Pen) -> str:
        """The text, shortened in its middle where it is too wide."""
        key = (text, int(width), pen)
        if key not in self._elided:
            if len(self._elided) > _KEPT:
                self._elided.clear()
            middle = Qt.TextElideMode.ElideMiddle
            self._elided[key] = self._measure(pen).elidedText(text, middle, width)
        return self._elided[key]

    def begun(self, text: str, width: float, pen: Pen) -> str:
        """The text, shortened at its end where it is too wide: for names that begin differently."""
        return self._measure(pen).elidedText(text, Qt.TextElideMode.ElideRight, width)

    def write(self, painter: QPainter, box: QRectF, text: str, pen: Pen) -> float:
        """Left-aligned in the middle of a box; answers the right end."""
        painter.setPen(self.color(pen.color))
        return self.put(painter, QPointF(box.x(), box.center().y()), text, pen)

    def write_right(self, painter: QPainter, box: QRectF, text: str, pen: Pen) -> float:
        """Right-aligned in the middle of a box; answers the left end."""
        left = box.right() - self.width(text, pen)
        painter.setPen(self.color(pen.color))
        self.put(painter, QPointF(left, box.center().y()), text, pen)
        return left

    def write_centred(self, painter: QPainter, box: QRectF, text: str, pen: Pen) -> None:
        """In the middle of a box, in the painter's own pen."""
        laid, middle = self._laid_out(text, pen), box.center()
        self._draw(painter, middle.x() - laid.size().width() / 2, middle.y(), laid, pen)

    def put(self, painter: QPainter, at: QPointF, text: str, pen: Pen) -> float:
        """From ``at.x``, around ``at.y``, in the painter's own pen; answers the right end."""
        laid = self._laid_out(text, pen)
        self._draw(painter, at.x(), at.y(), laid, pen)
        return at.x() + laid.size().width()

    def _draw(
        self, painter: QPainter, x: float, middle: float, laid: QStaticText, pen: Pen
    ) -> None:
        painter.setFont(self.font(pen.role, bold=pen.bold))
        painter.drawStaticText(QPointF(x, floor(middle - laid.size().height() / 2 + 0.5)), laid)

    def chip(self, painter: QPainter, box: QRectF, number: int) -> None:
        """A driver's number on the driver's colour."""
        fill, ink = self.driver(number)
        self.plate(painter, box, fill, self.theme.radius("chip"))
        painter.setPen(ink)
        self.write_centred(painter, box, str(number), Pen("small", bold=True))

    def plate(
        self,
        painter: QPainter,
        box: QRectF,
        fill: QColor,
        radius: float,
        line: QColor | None = None,
    ) -> None:
        """A filled, rounded box, with a line of one pixel where one is wanted."""
        painter.setPen(Qt.PenStyle.NoPen if line is None else QPen(line, 1))
        painter.setBrush(fill)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.drawRoundedRect(box, radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def meter(self, painter: QPainter, box: QRectF, share: float) -> None:
        """A load bar: track, and what is full of it; amber from 94 %, red over 100 %."""
        self.plate(painter, box, self.color("border"), 2)
        if share > 0:
            full = QRectF(box.x(), box.y(), box.width() * min(1.0, share), box.height())
            self.plate(painter, full, self.color(fullness_color(share)), 2)

    def tag(self, painter: QPainter, right: QPointF, text: str, colors: tuple[str, str]) -> float:
        """A small chip that ends at ``right.x``, its middle at ``right.y``; answers its left end.

        ``colors`` are the tokens of text and ground.
        """
        pen = Pen("micro", colors[0], bold=True)
        width = self.width(text, pen) + self.px(8)
        height = self.px(14)
        box = QRectF(right.x() - width, right.y() - height / 2, width, height)
        self.plate(painter, box, self.color(colors[1]), self.theme.radius("chip"))
        painter.setPen(self.color(colors[0]))
        self.write_centred(painter, box, text, pen)
        return box.x()

    def icon(self, painter: QPainter, at: QPointF, name: str, color: str, size: int = 14) -> None:
        """An icon by its top left corner."""
        painter.drawPixmap(at, self.picture(painter, name, color, size))

    def picture(self, painter: QPainter, name: str, color: str, size: int = 14) -> QPixmap:
        """An icon as a pixmap for this painter's device."""
        return self.theme.pixmap(name, color, self.px(size), painter.device().devicePixelRatio())

    @cached_property
    def hatch(self) -> QBrush:
        """The pattern of a break."""
        tile = QPixmap(8, 8)
        tile.fill(self.color("raised"))
        with QPainter(tile) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
            painter.setPen(QPen(self.color("border_strong"), 1.2))
            for shift in (-8, 0, 8):
                painter.drawLine(QPointF(shift, 8), QPointF(shift + 8, 0))
        return QBrush(tile)

    def focus_ring(self, painter: QPainter, box: QRectF) -> None:
        """The two pixels that say where the keyboard is."""
        painter.setPen(QPen(self.color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.placed(box).adjusted(1, 1, -1, -1))

    def _measure(self, pen: Pen) -> QFontMetricsF:
        key = (pen.role, pen.bold)
        if key not in self._measures:
            self._measures[key] = QFontMetricsF(self.font(pen.role, bold=pen.bold))
        return self._measures[key]

    def _laid_out(self, text: str, pen: Pen) -> QStaticText:
        key = (text, pen.role, pen.bold)
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) > _KEPT:
                self._texts.clear()
            found = QStaticText(text)
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            found.prepare(font=self.font(pen.role, bold=pen.bold))
            self._texts[key] = found
        return found


class MirroredInk(Ink):
    """Writes and draws on the other side of a width, for those who read from the right.

    Who paints goes on counting from the left: what begins at x ends at ``across`` - x.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.across = 0.0

    def placed(self, box: QRect | QRectF) -> QRectF:
        return mirrored(QRectF(box), self.across)

    def plate(
        self,
        painter: QPainter,
        box: QRectF,
        fill: QColor,
        radius: float,
        line: QColor | None = None,
    ) -> None:
        super().plate(painter, mirrored(box, self.across), fill, radius, line)

    def icon(self, painter: QPainter, at: QPointF, name: str, color: str, size: int = 14) -> None:
        left = self.across - at.x() - self.px(size)
        super().icon(painter, QPointF(left, at.y()), name, color, size)

    def _draw(
        self, painter: QPainter, x: float, middle: float, laid: QStaticText, pen: Pen
    ) -> None:
        super()._draw(painter, self.across - x - laid.size().width(), middle, laid, pen)


def is_mirrored(widget: QWidget) -> bool:
    """True where one reads from the right."""
    return widget.layoutDirection() is Qt.LayoutDirection.RightToLeft


def sided(box: QRectF, widget: QWidget) -> QRectF:
    """Where a box that is counted from the side one reads from lies in a widget."""
    return mirrored(box, widget.width()) if is_mirrored(widget) else box


def leading(widget: QWidget) -> Qt.AlignmentFlag:
    """At the side one reads from, in the middle of a line."""
    side = Qt.AlignmentFlag.AlignRight if is_mirrored(widget) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def mirrored(box: QRectF, across: float) -> QRectF:
    """A box on the other side of a width."""
    return QRectF(across - box.right(), box.y(), box.width(), box.height())
