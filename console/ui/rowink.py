"""Rows that we paint ourselves, in the colours of the theme that is chosen."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from console.ui.ink import Ink
from console.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class Spoken(Protocol):
    """What a painted row is made of; ``spoken`` is for screen readers."""

    @property
    def spoken(self) -> str:
        """All that the row shows, in words."""
        ...


class InkRows[Row: Spoken](QAbstractListModel):
    """UserRole is the row itself."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def is_about_the_same(self, rows: Sequence[Row]) -> bool:
        """True where only what the rows say is new: what is picked then stays so."""
        return False

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows, or the same ones with other words."""
        if rows and self.is_about_the_same(rows):
            self.rows = list(rows)
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        return None


class InkDelegate(QStyledItemDelegate):
    """``_ink`` follows the theme."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._ink = theme, Ink(theme)
        theme.changed.connect(self._renew)

    def _renew(self) -> None:
        self._ink = Ink(self._theme)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> tuple[QRectF, bool]:
        """Paint what lies under a row; its place, and whether it is picked."""
        box = QRectF(option.rect)
        is_picked = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_picked or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._ink.color("selection" if is_picked else "hover"))
        return box, is_picked

    def _bar(self, painter: QPainter, box: QRectF) -> None:
        """The mark at the left of a picked row."""
        painter.fillRect(QRectF(box.x(), box.y(), 3, box.height()), self._ink.color("accent"))
