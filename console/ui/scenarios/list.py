"""The list of scenarios; it paints only what is seen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem

from console.tongues import tr
from console.ui.ink import Pen
from console.ui.rowink import Index, InkDelegate, InkRows
from console.ui.scenarios.rows import Row
from console.ui.theme.theme import Theme

HEIGHT, EDGE = 64, 12
SEPARATOR = " · "
NAME, COST = Pen("body", "text", bold=True), Pen("body", "text", bold=True)
FIGURES, ABOUT = Pen("small", "text2"), Pen("small", "text3")


class ScenarioModel(InkRows[Row]):
    """The first row is the present plan."""

    def is_about_the_same(self, rows: Sequence[Row]) -> bool:
        return [row.key for row in rows] == [row.key for row in self.rows]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_tip = role == Qt.ItemDataRole.ToolTipRole
        return super().data(index, Qt.ItemDataRole.DisplayRole if is_tip else role)


class ScenarioDelegate(InkDelegate):
    """Name and cost; figures and what it differs by; where it comes from."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._ink.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ink = self._ink
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        box, _ = self._ground(painter, option)
        if option.state & QStyle.StateFlag.State_HasFocus:
            ink.focus_ring(painter, box)
        painter.fillRect(box.adjusted(EDGE, box.height() - 1, -EDGE, 0), ink.color("border"))
        height = ink.px(18)
        line = QRectF(box.x() + EDGE, box.y() + ink.px(5), box.width() - 2 * EDGE, height)
        self._pair(painter, line, (row.name, NAME), (row.cost, COST))
        line.translate(0, height)
        self._pair(
            painter, line, (row.figures, FIGURES), (row.change, Pen("small", row.tone, bold=True))
        )
        line.translate(0, height)
        self._pair(painter, line, (row.about, ABOUT), ("", ABOUT))

    def _pair(
        self, painter: QPainter, box: QRectF, left: tuple[str, Pen], right: tuple[str, Pen]
    ) -> None:
        """A text left, one right; the left one is shortened where both do not fit."""
        ink = self._ink
        end = ink.write_right(painter, box, *right) - 8 if right[0] else box.right()
        text, pen = left
        while SEPARATOR in text and ink.width(text, pen) > end - box.x():
            text = text.rpartition(SEPARATOR)[0]  # what matters least stands last
        ink.write(painter, box, ink.elided(text, end - box.x(), pen), pen)


class ScenarioList(QListView):
    """One or two plans may be picked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.scenarios = ScenarioModel()
        self.setModel(self.scenarios)
        self.setItemDelegate(ScenarioDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(tr("Plans of this day"))
        theme.changed.connect(self.doItemsLayout)

    @property
    def picked(self) -> list[Row]:
        """The picked plans, as they stand in the list."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.scenarios.rows[i] for i in chosen]

    def pick(self, *keys: str) -> None:
        """Exactly these."""
        model = self.selectionModel()
        self.clearSelection()
        for i, row in enumerate(self.scenarios.rows):
            if row.key in keys:
                index = self.scenarios.index(i)
                model.setCurrentIndex(index, model.SelectionFlag.NoUpdate)  # where keys go on
                model.select(index, model.SelectionFlag.Select)
