"""The columns of a file with a few of their cells, to be dragged onto fields."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from console.intake import Sample
from console.tongues import tr
from console.ui.ink import Pen
from console.ui.rowink import InkDelegate
from console.ui.theme.theme import Theme

MIME = "application/x-doorstep-column"
SAMPLES = 3
Index = QModelIndex | QPersistentModelIndex
USED = int(Qt.ItemDataRole.UserRole)
CELLS = USED + 1


class Columns(QAbstractListModel):
    """A row a column of the file."""

    def __init__(self) -> None:
        super().__init__()
        self._titles: Sequence[str] = ()
        self._cells: list[str] = []
        self._used: frozenset[str] = frozenset()

    def show_sample(self, sample: Sample) -> None:
        """Another file, or another header."""
        self.beginResetModel()
        self._titles = sample.titles
        self._cells = [_cells(sample, at) for at in range(len(sample.titles))]
        self._used = frozenset()
        self.endResetModel()

    def show_used(self, used: Collection[str]) -> None:
        """Which columns serve a field."""
        self._used = frozenset(used)
        if self._titles:
            self.dataChanged.emit(self.index(0), self.index(len(self._titles) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        title = self._titles[index.row()]
        cells, is_used = self._cells[index.row()], title in self._used
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: title,
            USED: is_used,
            CELLS: cells,
            Qt.ItemDataRole.AccessibleTextRole: (
                f"{title}, {tr('used') if is_used else tr('not used')}, {cells}"
            ),
        }
        return answers.get(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        mime = QMimeData()
        titles = [self._titles[index.row()] for index in indexes if index.isValid()]
        mime.setData(MIME, "\n".join(titles[:1]).encode())
        return mime


def _cells(sample: Sample, at: int) -> str:
    """The first different ones that hold anything."""
    filled = (row.cells[at].strip() for row in sample.rows[:200] if at < len(row.cells))
    kept = list(dict.fromkeys(" ".join(cell.split())[:40] for cell in filled if cell))
    return "  ·  ".join(kept[:SAMPLES]) or tr("empty")


class ColumnsList(QListView):
    """Two lines a column: its title, and cells."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.columns = Columns()
        self.setModel(self.columns)
        self.setItemDelegate(_Face(theme, self))
        self.setUniformItemSizes(True)
        self.setDragEnabled(True)
        self.setAccessibleName(tr("Columns of the file"))
        theme.changed.connect(self.viewport().update)


class _Face(InkDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._ink.px(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ink, is_used = self._ink, bool(index.data(USED))
        box, selected = self._ground(painter, option)
        icon, tone = ("check", "ok") if is_used else ("grip-vertical", "text3")
        ink.icon(painter, QPointF(box.x() + 8, box.center().y() - ink.px(7)), icon, tone)
        left, room = box.x() + ink.px(30), box.width() - ink.px(38)
        above = QRectF(left, box.y() + ink.px(3), room, ink.px(18))
        below = QRectF(left, box.y() + ink.px(20), room, ink.px(16))
        title = Pen("body", "text2" if is_used else "text", bold=not is_used)
        cells = Pen("small", "text2" if selected else "text3")
        ink.write(painter, above, ink.elided(str(index.data()), room, title), title)
        ink.write(painter, below, ink.elided(str(index.data(CELLS)), room, cells), cells)
