"""Rows of a file as they are typed into a table, checked by the file's rules after every change."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from console.intake import Reject
from console.ui.ordertable.table import CELLS
from console.ui.teaching import teach
from console.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Row = dict[str, str]


class Field(NamedTuple):
    """A column: our name of it, its words, its width, what to write into it."""

    name: str
    title: str
    width: int = 90
    hint: str = ""


class TypedRows(QAbstractTableModel):
    """``checked`` after every change; ``problem`` is what is wrong first.

    ``own`` are fields that a copy of a row does not take over, the first one is the row's name.
    """

    checked = Signal()
    own: tuple[str, ...] = ()
    names_rows = False

    def __init__(self, rows: Sequence[Row], fields: tuple[Field, ...], theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[Row] = [dict(row) for row in rows]
        self.fields = fields
        self.problem = ""
        self._wrong: dict[int, tuple[str, str]] = {}
        self._check()

    @abstractmethod
    def examine(self) -> tuple[Sequence[Reject], str]:
        """Read the rows; answers what is wrong with which, and with all of them."""

    def add(self, like: int | None = None) -> int:
        """A new row at the end, a copy of another without what is its own; answers its place."""
        place = len(self.rows)
        self.beginInsertRows(QModelIndex(), place, place)
        row = dict(self.rows[like]) if like is not None else {}
        for own in self.own:
            row.pop(own, None)
        self.rows.append(row)
        self.endInsertRows()
        self._check()
        return place

    def remove(self, places: Sequence[int]) -> None:
        """Take rows out."""
        for place in sorted(set(places), reverse=True):
            self.beginRemoveRows(QModelIndex(), place, place)
            del self.rows[place]
            self.endRemoveRows()
        self._check()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows instead of all."""
        self.beginResetModel()
        self.rows = [dict(row) for row in rows]
        self.endResetModel()
        self._check()

    def _check(self) -> None:
        rejects, problem = self.examine()
        self._wrong = {r.row - 1: (r.field, r.problem) for r in rejects}
        self.problem = next(iter(self._sentences()), problem)
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.fields) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.checked.emit()

    def _sentences(self) -> Iterator[str]:
        """What is wrong with each row; ``names_rows`` says which one it is."""
        for place, (_, told) in self._wrong.items():
            name = self.rows[place].get(self.own[0], "") if self.own and self.names_rows else ""
            yield f"{name}: {told}" if name else told

    # -- Qt's part ---------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        field, row = self.fields[index.column()], self.rows[index.row()]
        text = row.get(field.name, "")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return text
        wrong = self._wrong.get(index.row())
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._tone(field, wrong)
        if role == Qt.ItemDataRole.ToolTipRole:
            return wrong[1] if wrong else field.hint or None
        return f"{field.title} {text}" if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _tone(self, field: Field, wrong: tuple[str, str] | None) -> QColor | None:
        """The row's name and the cell at fault."""
        is_wrong = wrong is not None and field.name in {*self.own[:1], wrong[0]}
        return self._theme.color("bad") if is_wrong else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.fields):
            return None
        field = self.fields[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return field.title
        return field.hint or None if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        self.rows[index.row()][self.fields[index.column()].name] = str(value).strip()
        self._check()
        return True


class TypedTable(QTableView):
    """Cells are typed into; several may be picked."""

    def __init__(self, rows: TypedRows, name: str, theme: Theme) -> None:
        super().__init__()
        self._rows, self._theme = rows, theme
        self.empty = ""
        self.setModel(rows)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.size("row_table"))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setStretchLastSection(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        ways = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            ways.DoubleClicked | ways.SelectedClicked | ways.EditKeyPressed | ways.AnyKeyPressed
        )
        self.setStyleSheet(CELLS)
        self.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        teach(self, self._theme, self.empty)

    def fit(self) -> None:
        """Columns as wide as their fields ask for."""
        for at, field in enumerate(self._rows.fields):
            self.setColumnWidth(at, round(field.width * self._theme.scale))

    @property
    def places(self) -> list[int]:
        """The rows in which something is picked."""
        return sorted({index.row() for index in self.selectedIndexes()})

    def begin(self, place: int) -> None:
        """Type into the first cell of a row."""
        index = self._rows.index(place, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)
