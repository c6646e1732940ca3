"""The steps as a table of any length."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from console.tongues import tr
from console.ui.audit.rows import COLUMNS, AuditRow
from console.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_WIDTHS = (44, 114, 76, 84, 230, 100)


class AuditModel(QAbstractTableModel):
    """Rows of ``AuditRow``, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[AuditRow] = ()

    def show_lines(self, lines: Sequence[AuditRow]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        return self.lines[index.row()].cells[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return COLUMNS[section]


class AuditTable(QTableView):
    """Whole rows are picked; two of them are compared."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.rows = AuditModel()
        self.setModel(self.rows)
        self.setAccessibleName(tr("Steps"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setStyleSheet("QTableView::item { padding: 0 8px; }")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.size("row_table"))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setStretchLastSection(True)
        for at, width in enumerate(_WIDTHS):
            self.setColumnWidth(at, round(width * theme.scale))

    @property
    def picked(self) -> list[AuditRow]:
        """The selected rows, the oldest first."""
        at = sorted({index.row() for index in self.selectionModel().selectedRows()}, reverse=True)
        return [self.rows.lines[row] for row in at]

    def go_to(self, version: int) -> bool:
        """Select a step; False where the filter hides it."""
        for at, line in enumerate(self.rows.lines):
            if line.version == version:
                self.selectRow(at)
                return True
        return False
