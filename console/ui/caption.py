"""Small plain widgets that follow the theme: texts, driver chips, tags, load bars, link rows."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from console.tongues import tr
from console.ui.ink import Ink, Pen
from console.ui.theme.theme import Theme

PLAIN, QUIET, FAINT = Pen(), Pen("body", "text2"), Pen("small", "text3")
STRONG, HEADING = Pen("body", "text", bold=True), Pen("small", "text3", bold=True)


class Caption(QLabel):
    """A plain text in one of the theme's fonts and colours; never read as HTML."""

    def __init__(self, theme: Theme, pen: Pen = PLAIN, text: str = "", *, wrap: bool = False):
        super().__init__(text)
        self._theme, self._pen = theme, pen
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._dress()
        theme.changed.connect(self._dress)

    def say(self, text: str, color: str | None = None) -> None:
        """Another text, perhaps in another colour; nothing happens where it is the same."""
        if text != self.text():
            self.setText(text)
        if color is not None and color != self._pen.color:
            self._pen = self._pen.tinted(color)
            self._dress()

    def _dress(self) -> None:
        self.setFont(self._theme.font(self._pen.role, bold=self._pen.bold))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.color(self._pen.color))
        self.setPalette(palette)


class _Painted(QWidget):
    """What all painted pieces share: tools that are thrown away with the theme."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ink = Ink(theme)
        theme.changed.connect(self._renew)

    def _renew(self) -> None:
        self._ink = Ink(self._theme)
        self.updateGeometry()
        self.update()


class DriverChip(_Painted):
    """A driver's number on the driver's colour; nothing for number 0."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.number = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_number(self, number: int) -> None:
        """The driver."""
        if number != self.number:
            self.number = number
            self.setAccessibleName(tr("Driver {number}", number=number) if number else "")
            self.update()
        self.setVisible(bool(number))

    def sizeHint(self) -> QSize:
        return QSize(self._ink.px(20), self._ink.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._ink.chip(painter, QRectF(self.rect()), self.number)


class Tag(_Painted):
    """A small coloured word with an icon: late, pinned, a skill."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.text, self.icon, self.tone = "", "", "text2"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str, icon: str, tone: str) -> None:
        """``tone`` is ok, warn, bad, accent or text2."""
        if (text, icon, tone) == (self.text, self.icon, self.tone):
            return
        self.text, self.icon, self.tone = text, icon, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = self._ink.width(self.text, Pen("small")) + self._ink.px(12)
        return QSize(round(width) + (self._ink.px(16) if self.icon else 0), self._ink.px(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = self._ink
        with QPainter(self) as painter:
            box = QRectF(self.rect())
            ink.plate(painter, box, self._ground(), self._theme.radius("chip"))
            left = box.x() + ink.px(6)
            if self.icon:
                at = QPointF(left, round(box.center().y() - ink.px(6)))
                ink.icon(painter, at, self.icon, self.tone, 12)
                left += ink.px(16)
            ink.write(painter, QRectF(left, box.y(), 10, box.height()), self.text,
                      Pen("small", self.tone))  # fmt: skip

    def _ground(self) -> QColor:
        grounds = {"ok": "ok_bg", "warn": "warn_bg", "bad": "bad_bg", "accent": "selection"}
        return self._theme.color(grounds.get(self.tone, "raised"))


class Meter(_Painted):
    """A load bar: amber from 94 %, red over 100 %."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """1.0 is full."""
        if share != self.share:
            self.share = share
            self.setAccessibleName(tr("{share:.0%} full", share=share))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._ink.px(60), self._ink.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(0, self.height() / 2 - 2, self.width(), 4)
        with QPainter(self) as painter:
            self._ink.meter(painter, box, self.share)


class Band(QWidget):
    """Rows one under another, wholly clickable, and reached by the keyboard."""

    clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(8, 5, 8, 5)
        self.rows.setSpacing(1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self.isEnabled() and self.underMouse():
                painter.fillRect(self.rect(), self._theme.color("hover"))
            if self.hasFocus():
                Ink(self._theme).focus_ring(painter, QRectF(self.rect()))
