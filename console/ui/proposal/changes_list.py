"""Stops that change, as a list that paints only what is seen."""

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from console.ui.ink import Pen
from console.ui.proposal.facts import Change
from console.ui.rowink import Index, InkDelegate, InkRows
from console.ui.theme.theme import Theme

ROW = 26


class ChangeDelegate(InkDelegate):
    """Street, from chip to chip, what moves."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._ink.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ink = self._ink
        line: Change = index.data(Qt.ItemDataRole.UserRole)
        box, _ = self._ground(painter, option)
        text = Pen("small", line.tone)
        end = ink.write_right(painter, box.adjusted(0, 0, -12, 0), line.text, text)
        end = min(end, box.right() - ink.px(52)) - 8
        end = self._chips(painter, box, line, end)
        street = ink.elided(line.street, end - box.x() - 20, Pen())
        ink.write(painter, box.adjusted(12, 0, 0, 0), street, Pen())

    def _chips(self, painter: QPainter, box: QRectF, line: Change, end: float) -> float:
        """Chips right-aligned; a driver it had, an arrow, the driver it gets."""
        ink, top = self._ink, box.center().y() - self._ink.px(8)
        width, height, between = ink.px(20), ink.px(16), ink.px(16)
        if line.goes:
            end -= width
            ink.chip(painter, QRectF(end, top, width, height), line.goes)
        if line.was and line.was != line.goes:
            end -= between
            painter.setPen(ink.color("text3"))
            ink.write_centred(painter, QRectF(end, box.y(), between, box.height()), "→", Pen())
            end -= width
            ink.chip(painter, QRectF(end, top, width, height), line.was)
        return end


class ChangeList(QListView):
    """``picked(StopId)`` when a row is chosen."""

    picked = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.changes = InkRows[Change]()
        self.setModel(self.changes)
        self.setItemDelegate(ChangeDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.selectionModel().currentChanged.connect(self._chosen)
        theme.changed.connect(self.viewport().update)

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(str(self.changes.rows[index.row()].stop))
