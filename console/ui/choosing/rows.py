"""The rows of a chooser as a model, and how they are painted."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from console.ui.choosing.choice import Choice
from console.ui.ink import Pen
from console.ui.rowink import Index, InkDelegate, InkRows

HEIGHT = 32
_LEFT, _CHIP, _RIGHT = 12, 24, 12
_TITLE, _DETAIL = Pen("body"), Pen("small", "text3")


class ChoiceList(InkRows[Choice]):
    """What may be chosen; the tooltip says why something may not."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            choice = self.rows[index.row()]
            return None if choice.enabled else choice.note
        return super().data(index, role)


class ChoiceDelegate(InkDelegate):
    """Paints rows of a ChoiceList."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._ink.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice: Choice = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        box, selected = self._ground(painter, option)
        if selected:
            self._bar(painter, box)
        painter.setOpacity(1.0 if choice.enabled else 0.6)
        self._paint_row(painter, box, choice, selected=selected)
        painter.restore()

    def _paint_row(self, painter: QPainter, box: QRectF, choice: Choice, *, selected: bool) -> None:
        ink = self._ink
        self._mark(painter, box, choice)
        left = box.x() + ink.px(_LEFT + _CHIP + 10)
        right = self._right(painter, box, choice)
        room = right - left - ink.px(12)
        shown = ink.elided(choice.title, room, _TITLE)
        end = ink.write(painter, QRectF(left, box.y(), room, box.height()), shown, _TITLE)
        rest = right - end - ink.px(20)
        if choice.detail and rest > ink.px(40):
            quiet = _DETAIL.tinted("text2" if selected else "text3")
            line = QRectF(end + ink.px(8), box.y(), rest, box.height())
            ink.write(painter, line, ink.elided(choice.detail, rest, quiet), quiet)

    def _mark(self, painter: QPainter, box: QRectF, choice: Choice) -> None:
        ink, size = self._ink, self._ink.px(16)
        left = box.x() + ink.px(_LEFT)
        if choice.chip:
            height = ink.px(16)
            chip = QRectF(left, box.center().y() - height / 2, ink.px(_CHIP), height)
            ink.chip(painter, chip, choice.chip)
        elif choice.icon:
            at = QPointF(left + (ink.px(_CHIP) - size) / 2, box.center().y() - size / 2)
            ink.icon(painter, at, choice.icon, "text2", 16)

    def _right(self, painter: QPainter, box: QRectF, choice: Choice) -> float:
        """What stands at the right: the remark, and before it the figures; its left end."""
        ink, end = self._ink, box.right() - self._ink.px(_RIGHT)
        for text, tone in ((choice.note, choice.tone), (choice.right, "text2")):
            if text:
                pen = Pen("small", tone)
                shown = ink.elided(text, box.width() * 0.45, pen)
                room = QRectF(box.x(), box.y(), end - box.x(), box.height())
                end = ink.write_right(painter, room, shown, pen) - ink.px(16)
        return end
