"""A day's speeds as a picture: a block a slice, as high as its speed, pulled up or down."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.traffic import LEAST, MOST, Row, SpeedTable
from console.formats import clock
from console.tongues import tr
from console.ui.ink import Ink, Pen
from console.ui.theme.theme import Theme

_MINUTES = 24 * 60
_FREE = 100
_FOOT, _TOP, _SIDE = 16, 14, 2
FIGURE, AXIS = Pen("small", "text", bold=True), Pen("micro", "text3")
_SLOW, _JAM = 85, 70  # per cent: below them a block is painted as slow, and as a jam


def mean(row: Row) -> int:
    """A row's speed in one figure, per cent."""
    return round(sum(row) / len(row))


def scaled(row: Row, wanted: int) -> Row:
    """The row at another mean, its roads as unlike each other as before."""
    factor = wanted / max(1, mean(row))
    return tuple(min(MOST, max(LEAST, round(cell * factor))) for cell in row)


def with_row(table: SpeedTable, group: int, part: int, row: Row) -> SpeedTable:
    """The table with another row."""
    rows = [list(each) for each in table.rows]
    rows[group][part] = row
    return replace(table, rows=tuple(tuple(each) for each in rows))


class HeatStrip(QWidget):
    """Shows one kind of day of a table. ``pulled(int, int)``: a slice and its new mean speed."""

    pulled = Signal(int, int)

    def __init__(self, theme: Theme, *, editable: bool = False) -> None:
        super().__init__()
        self._theme, self._ink = theme, Ink(theme)
        self._table: SpeedTable | None = None
        self._group = 0
        self._held: int | None = None
        self._editable = editable
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if editable:
            self.setCursor(Qt.CursorShape.SizeVerCursor)
            self.setToolTip(tr("Pull a block up or down: all roads get that much faster or slower"))
        theme.changed.connect(self._renew)

    def show_table(self, table: SpeedTable | None, group: int = 0) -> None:
        """Another table or kind of day; None paints an empty road."""
        self._table, self._group = table, group
        told = tr("free roads all day")
        if table is not None:
            parts = zip(table.slices, table.rows[group], strict=True)
            told = ", ".join(f"{clock(part.begins)} {mean(row)} %" for part, row in parts)
        self.setAccessibleName(tr("Speeds of the day: {told}", told=told))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, self._ink.px(96 if self._editable else 64))

    def block(self, part: int) -> QRectF:
        """Where a slice is painted."""
        table = self._table
        if table is None:
            return QRectF()
        begins = [p.begins.hour * 60 + p.begins.minute for p in table.slices] + [_MINUTES]
        wide = self.width() - 2 * _SIDE
        left, right = (_SIDE + wide * begins[part + i] / _MINUTES for i in (0, 1))
        top = self._y(mean(table.rows[self._group][part]))
        return QRectF(left, top, right - left, self._floor - top)

    @property
    def _floor(self) -> float:
        return self.height() - self._ink.px(_FOOT)

    def _y(self, percent: int) -> float:
        top = self._ink.px(_TOP)
        return self._floor - (self._floor - top) * min(percent, _FREE) / _FREE

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint_hours(painter)
            free = self._y(_FREE)
            painter.setPen(QPen(self._ink.color("border_strong"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(_SIDE, free), QPointF(self.width() - _SIDE, free))
            if self._table is None:
                painter.setPen(self._ink.color("text2"))
                middle = QRectF(0, free, self.width(), self._floor - free)
                self._ink.write_centred(
                    painter, middle, tr("free roads all day"), Pen("small", "text2")
                )
                return
            for part in range(len(self._table.slices)):
                self._paint_block(painter, part)

    def _paint_hours(self, painter: QPainter) -> None:
        for hour in range(0, 25, 6):
            x = _SIDE + (self.width() - 2 * _SIDE) * hour / 24
            wide = self._ink.px(30)
            left = min(max(0.0, x - wide / 2), self.width() - wide)
            box = QRectF(left, self._floor + 2, wide, self._ink.px(12))
            painter.setPen(self._ink.color("text3"))
            if hour == 0:
                self._ink.write(painter, box, "0", AXIS)
            elif hour == 24:
                self._ink.write_right(painter, box, "24 h", AXIS)
            else:
                self._ink.write_centred(painter, box, str(hour), AXIS)

    def _paint_block(self, painter: QPainter, part: int) -> None:
        table = self._table
        if table is None:
            return
        box, percent = self.block(part), mean(table.rows[self._group][part])
        tone = "bad" if percent < _JAM else "warn" if percent < _SLOW else "ok"
        fill = self._ink.color(tone)
        fill.setAlphaF(0.75 if part == self._held else 0.45)
        painter.fillRect(box.adjusted(0.5, 0, -0.5, 0), fill)
        painter.fillRect(
            QRectF(box.left() + 0.5, box.top(), box.width() - 1, 2), self._ink.color(tone)
        )
        if box.width() > self._ink.width(f"{percent} %", FIGURE) + 2:
            label = QRectF(box.left(), box.top() + 4, box.width(), self._ink.px(14))
            painter.setPen(self._ink.color("text"))
            self._ink.write_centred(painter, label, f"{percent} %", FIGURE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._table is not None and self._editable:
            parts = range(len(self._table.slices))
            x = event.position().x()
            self._held = next((i for i in parts if x < self.block(i).right()), None)
            self._pull(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pull(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.update()

    def _pull(self, event: QMouseEvent) -> None:
        if self._held is None:
            return
        top = self._ink.px(_TOP)
        share = (self._floor - event.position().y()) / max(1.0, self._floor - top)
        self.pulled.emit(self._held, min(_FREE, max(10, round(share * _FREE))))

    def _renew(self) -> None:
        self._ink = Ink(self._theme)
        self.updateGeometry()
        self.update()


COLUMNS = {
    "motorway": tr("Motorway"),
    "trunk": tr("Trunk"),
    "primary": tr("Primary"),
    "secondary": tr("Secondary"),
    "tertiary": tr("Tertiary"),
    "local": tr("Local"),
}
"""The road classes in words."""
