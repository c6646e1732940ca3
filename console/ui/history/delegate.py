"""How a step of the history looks: two lines; what was undone is struck."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.tongues import tr
from console.ui.history.steps import Step
from console.ui.theme.theme import Theme

HEIGHT = 40
_CLOCK = 78.0


class StepDelegate(QStyledItemDelegate):
    """Paints rows of a StepList."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(100, round(HEIGHT * self._theme.scale))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        step: Step = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        box = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.fillRect(box, self._theme.color("selection" if selected else "hover"))
        half = box.height() / 2
        text = box.adjusted(12, 3, -10, -3)
        upper = QRectF(text.x(), text.y(), text.width(), half - 3)
        self._what(painter, upper, step)
        lower = upper.translated(0, half - 3)
        quiet = self._theme.color("text2" if selected else "text3")
        painter.setPen(quiet)
        painter.setFont(self._theme.font("small"))
        clock = _CLOCK * self._theme.scale if " " in step.clock else 44 * self._theme.scale
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, step.clock)
        rest = lower.adjusted(clock, 0, 0, 0)
        if step.name:
            rest = self._name(painter, rest, step.name)
        painter.setPen(quiet)
        shown = painter.fontMetrics().elidedText(
            step.actor, Qt.TextElideMode.ElideRight, int(rest.width())
        )
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _name(self, painter: QPainter, box: QRectF, name: str) -> QRectF:
        """A flag and the version's name; answers what is left beside it."""
        theme = self._theme
        size = round(12 * theme.scale)
        flag = theme.pixmap("flag", "accent", size, painter.device().devicePixelRatio())
        painter.drawPixmap(round(box.x()), round(box.center().y() - size / 2), flag)
        text = box.adjusted(size + 4, 0, 0, 0)
        painter.setPen(theme.color("accent"))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(text.width() * 0.7))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, shown)
        return text.adjusted(metrics.horizontalAdvance(shown) + 10, 0, 0, 0)

    def _what(self, painter: QPainter, box: QRectF, step: Step) -> None:
        theme = self._theme
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        note = tr("undone in step {undone}", undone=step.undone) if step.undone else step.touched
        painter.drawText(box, right, note)
        room = box.width() - painter.fontMetrics().horizontalAdvance(note) - 8
        font = QFont(theme.font("body"))
        font.setStrikeOut(bool(step.undone))
        painter.setFont(font)
        painter.setPen(theme.color("text2" if step.undone else "text"))
        shown = painter.fontMetrics().elidedText(step.what, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
