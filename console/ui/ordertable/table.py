"""The table itself: fixed rows, heads that sort and move, cells that are edited, groups painted."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QMenu,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
)

from console.analytics.tables import harmless
from console.tongues import tr
from console.ui.ink import Pen
from console.ui.ordertable.columns import COLUMNS, Column, Line
from console.ui.ordertable.model import GROUP, Group, OrderRows
from console.ui.rowink import InkDelegate
from console.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex

CELLS = "QTableView::item { padding: 0 5px; } QTableView QLineEdit { padding: 0 4px; }"
"""What is typed into a narrow cell stays in sight."""


PAD = 8
_TEXT, _PICKED = Pen("body"), Pen("body", "selection_text")


class OrderTable(QTableView):
    """``pasted(text)`` on Ctrl+V; ``columnsChosen`` when heads were ticked or moved."""

    pasted = Signal(str)
    columnsChosen = Signal(object)

    def __init__(self, rows: OrderRows, theme: Theme) -> None:
        super().__init__()
        self._rows, self._theme = rows, theme
        self.setModel(rows)
        self.setItemDelegate(_Cells(theme, self, rows))
        self.setAccessibleName(tr("Orders"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # numbers differ at their ends
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setStyleSheet(CELLS)
        self._dress_heads()
        theme.changed.connect(self.viewport().update)

    def _dress_heads(self) -> None:
        side, head = self.verticalHeader(), self.horizontalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(self._theme.size("row_table"))
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setStretchLastSection(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setSectionsClickable(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._offer_columns)
        head.sortIndicatorChanged.connect(self._rows.sort)
        head.sectionMoved.connect(self._moved)
        self.fit_columns()
        self.show_sort()

    def fit_columns(self) -> None:
        """Widths that fit what usually stands in the columns."""
        for at, column in enumerate(self._rows.columns):
            self.setColumnWidth(at, round(column.width * self._theme.scale))

    def show_sort(self) -> None:
        """The arrow where the rows are sorted by."""
        head = self.horizontalHeader()
        head.blockSignals(True)  # noqa: FBT003 - Qt's own
        key, down = self._rows.sorted_by or ("", False)
        keys = [column.key for column in self._rows.columns]
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        head.setSortIndicator(keys.index(key) if key in keys else -1, order)
        head.blockSignals(False)  # noqa: FBT003 - Qt's own

    @property
    def lines(self) -> list[Line]:
        """The orders of the selected rows, top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        found = (self._rows.line(row) for row in rows)
        return [line for line in found if line is not None]

    @property
    def shown_keys(self) -> list[str]:
        """The columns as they stand on the screen."""
        head, columns = self.horizontalHeader(), self._rows.columns
        order = sorted(range(len(columns)), key=head.visualIndex)
        return [columns[at].key for at in order]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.copied())
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QApplication.clipboard().text())
        else:
            super().keyPressEvent(event)

    def copied(self) -> str:
        """The selected rows as a spreadsheet takes them, with their heads; no cell a formula."""
        by_key = {column.key: column for column in self._rows.columns}
        columns = [by_key[key] for key in self.shown_keys]
        rows = [[column.title for column in columns]]
        rows += [[harmless(" ".join(c.text(line).split())) for c in columns] for line in self.lines]
        return "\n".join("\t".join(row) for row in rows)

    def _offer_columns(self, at: QPoint) -> None:
        self.columns_menu().popup(self.horizontalHeader().mapToGlobal(at))

    def columns_menu(self) -> QMenu:
        """All columns, the shown ones ticked."""
        menu, shown = QMenu(self), self.shown_keys
        for column in COLUMNS:
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(column.key in shown)
            action.setData(column.key)
        menu.triggered.connect(self._ticked)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _ticked(self, action: QAction) -> None:
        key, shown = str(action.data()), self.shown_keys
        if key in shown:
            shown.remove(key)
        else:
            order = [column.key for column in COLUMNS]
            shown.append(key)
            shown.sort(key=order.index)
        self.columnsChosen.emit(shown)

    def _moved(self, _logical: int, _old: int, _new: int) -> None:
        self.columnsChosen.emit(self.shown_keys)


class _Cells(InkDelegate):
    """Painted without the style sheet, which would take a second for a screen of cells.

    The head of a group goes across; Qt paints the one cell that has the keyboard.
    """

    def __init__(self, theme: Theme, table: QTableView, rows: OrderRows) -> None:
        super().__init__(theme, table)
        self._table, self._rows = table, rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._rows.line(index.row())
        if line is None:
            self._paint_group(painter, QRectF(option.rect), index.data(GROUP))
        elif option.state & QStyle.StateFlag.State_HasFocus:
            super().paint(painter, option, index)
        else:
            self._paint_cell(painter, option, line, self._rows.columns[index.column()])

    def _paint_cell(
        self, painter: QPainter, option: QStyleOptionViewItem, line: Line, column: Column
    ) -> None:
        ink, cell, pen = self._ink, QRectF(option.rect), _TEXT
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell, ink.color("selection"))
            pen = _PICKED
        words = column.shown(line)
        if not words:
            return
        room = cell.adjusted(PAD, 0, -PAD, 0)
        text = ink.elided(words.replace("\n", " "), room.width(), pen)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        write = ink.write_right if column.is_number is not mirrored else ink.write
        write(painter, room, text, pen)

    def _paint_group(self, painter: QPainter, cell: QRectF, group: object) -> None:
        if not isinstance(group, Group):
            return
        across = QRectF(PAD, cell.y(), self._table.viewport().width() - 2 * PAD, cell.height())
        painter.save()
        painter.setClipRect(cell)  # every cell paints its part of the one line
        painter.fillRect(cell, self._ink.color("raised"))
        self._ink.write(painter, across, group.text, Pen("body", "text", bold=True))
        painter.restore()
