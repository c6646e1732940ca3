"""The small line that shows when a stop may be served, and when it will be."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.details.card import Bar
from console.ui.ink import Ink, Pen
from console.ui.theme.theme import Theme

_MARGIN = 900.0
"""Seconds shown at least on both sides."""


class WindowBar(QWidget):
    """Windows in the accent colour, the arrival as a dot in the driver's, lateness in red."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ink = Ink(theme)
        self._bar: Bar | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._renew)

    def show_bar(self, bar: Bar | None) -> None:
        """Another stop."""
        self.setVisible(bar is not None)
        if bar != self._bar:
            self._bar = bar
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self._ink.px(36))

    def _renew(self) -> None:
        self._ink = Ink(self._theme)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        bar = self._bar
        if bar is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink, y = self._ink, self._ink.px(13)
            self._thick(painter, y, (2.0, self.width() - 2.0), "border")
            for start, end in bar.windows:
                self._thick(painter, y, (self._x(start), self._x(end)), "accent")
            if bar.is_late:
                self._thick(painter, y, (self._x(bar.windows[-1][1]), self._x(bar.arrival)), "bad")
            painter.setPen(QPen(ink.color("accent"), 2))
            for start, end in bar.windows:
                for x in (self._x(start), self._x(end)):
                    painter.drawLine(QPointF(x, y - ink.px(6)), QPointF(x, y + ink.px(6)))
            painter.setPen(QPen(ink.color("bad" if bar.is_late else "text"), 2))
            painter.setBrush(self._theme.driver_color(bar.driver))
            radius = ink.px(5)
            painter.drawEllipse(QPointF(self._x(bar.arrival), y), radius, radius)
            self._labels(painter, bar)

    def _thick(self, painter: QPainter, y: float, span: tuple[float, float], color: str) -> None:
        box = QRectF(span[0], y - 2, span[1] - span[0], 4)
        self._ink.plate(painter, box, self._ink.color(color), 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _x(self, moment: float) -> float:
        """Where a moment stands."""
        if self._bar is None:
            return 0.0
        ends = [end for window in self._bar.windows for end in window]
        low = min(*ends, self._bar.arrival) - _MARGIN
        high = max(*ends, self._bar.arrival) + _MARGIN
        return 2 + (moment - low) / (high - low) * (self.width() - 4)

    def _labels(self, painter: QPainter, bar: Bar) -> None:
        """The arrival always, window ends where there is room."""
        late = "bad" if bar.is_late else "text"
        taken: list[QRectF] = []
        wanted = [(bar.arrival, bar.arrival_label, Pen("micro", late, bold=True))]
        wanted += [(moment, text, Pen("micro", "text2")) for moment, text in bar.labels]
        for moment, text, pen in wanted:
            width = self._ink.width(text, pen)
            left = min(max(0.0, self._x(moment) - width / 2), self.width() - width)
            box = QRectF(left, self._ink.px(21), width, self._ink.px(14))
            if not any(box.adjusted(-3, 0, 3, 0).intersects(other) for other in taken):
                taken.append(box)
                self._ink.write(painter, box, text, pen)
