"""The table's rows: all lines kept, those shown as a list of places, found and sorted in a pass.

No proxy model: asking Python row by row would take seconds for 50,000 orders, a pass takes some
hundredths.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from console import formats
from console.dispatch.picture import Picture
from console.domain.plan import StopId
from console.tongues import tr
from console.ui.drag import stops_mime
from console.ui.ordertable.columns import BY_KEY, COLUMNS, USUAL, Column, Line, lines_of
from console.ui.ordertable.query import Query
from console.ui.theme.figures import number

Index = QModelIndex | QPersistentModelIndex
LINE = int(Qt.ItemDataRole.UserRole)
GROUP = LINE + 1


@dataclass(frozen=True, slots=True)
class Group:
    """A row that stands above others: what they have in common, how many, how heavy."""

    label: str
    orders: int
    kg: float

    @property
    def text(self) -> str:
        """As it is written."""
        count = (
            tr("1 order") if self.orders == 1 else tr("{orders} orders", orders=number(self.orders))
        )
        heavy, unit = formats.weight(self.kg)
        return f"{self.label or tr('none')}   {count} · {number(heavy)} {unit}"


class OrderRows(QAbstractTableModel):
    """``edited(lines, field, text)`` when a cell was changed; the plan's change brings it back."""

    edited = Signal(object, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._texts: list[str] = []
        self._rows: list[int | Group] = []
        self._where: dict[StopId, list[int]] | None = None
        self._shown = 0
        self.columns: tuple[Column, ...] = tuple(BY_KEY[key] for key in USUAL)
        self.sorted_by: tuple[str, bool] | None = None
        self.group_key = ""
        self._query = Query()

    # -- what is shown -----------------------------------------------------------------------------

    def show_picture(self, picture: Picture) -> None:
        """Another picture."""
        self._lines = lines_of(picture)
        self._texts = [line.text for line in self._lines]
        self._arrange()

    def look_for(self, query: Query) -> None:
        """Show what a query leaves."""
        self._query = query
        self._arrange()

    def choose_columns(self, keys: Sequence[str]) -> None:
        """Show these columns in this order; the order's id stays where none is left."""
        found = tuple(BY_KEY[key] for key in keys if key in BY_KEY)
        self.beginResetModel()
        self.columns = found or (COLUMNS[0],)
        self.endResetModel()

    def group_by(self, key: str) -> None:
        """Put lines together that have a column's text in common; '' takes them apart."""
        self.group_key = key if key in BY_KEY else ""
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a shown column; a column below 0 is the day's own order."""
        down = order == Qt.SortOrder.DescendingOrder
        known = 0 <= column < len(self.columns)
        self.sorted_by = (self.columns[column].key, down) if known else None
        self._arrange()

    def sort_by(self, key: str, *, down: bool) -> None:
        """By a column, shown or not; '' is the day's own order."""
        self.sorted_by = (key, down) if key in BY_KEY else None
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        found = self._found()
        if self.sorted_by is not None:
            key, down = self.sorted_by
            column = BY_KEY[key]
            keys = {at: _sort_key(column, self._lines[at]) for at in found}
            found.sort(key=keys.__getitem__, reverse=down)
        self._rows = self._grouped(found) if self.group_key else [*found]
        self._where, self._shown = None, len(found)
        self.endResetModel()

    def _found(self) -> list[int]:
        words, tests = self._query.words, self._query.tests
        found = list(range(len(self._texts)))
        for word in words:
            found = [at for at in found if word in self._texts[at]]
        for test in tests:
            found = [at for at in found if test(self._lines[at])]
        return found

    def _grouped(self, found: list[int]) -> list[int | Group]:
        column = BY_KEY[self.group_key]
        together: dict[str, list[int]] = {}
        for at in found:
            together.setdefault(column.text(self._lines[at]), []).append(at)
        rows: list[int | Group] = []
        for label, members in sorted(together.items()):
            heavy = sum(self._lines[at].order.load.kg for at in members)
            rows += [Group(label, len(members), heavy), *members]
        return rows

    # -- rows and lines ----------------------------------------------------------------------------

    def line(self, row: int) -> Line | None:
        """The order of a row; None for the head of a group."""
        at = self._rows[row] if 0 <= row < len(self._rows) else None
        return self._lines[at] if isinstance(at, int) else None

    def rows_of(self, stop: StopId) -> Sequence[int]:
        """Where a stop's orders stand; sought once after every change of the rows."""
        if self._where is None:
            self._where = {}
            for row, at in enumerate(self._rows):
                if isinstance(at, int):
                    self._where.setdefault(self._lines[at].stop.id, []).append(row)
        return self._where.get(stop, ())

    @property
    def counts(self) -> tuple[int, int]:
        """Orders shown, and all."""
        return self._shown, len(self._lines)

    # -- Qt's part ---------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        at, column = self._rows[index.row()], self.columns[index.column()]
        if isinstance(at, Group):
            return self._group_data(at, index.column(), role)
        line = self._lines[at]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.shown(line)
        if role == Qt.ItemDataRole.EditRole:
            return column.text(line)
        return line if role == LINE else _aside(column, line, role)

    def _group_data(self, group: Group, column: int, role: int) -> object:
        if role == GROUP:
            return group
        shows = column == 0 and role == Qt.ItemDataRole.DisplayRole
        return group.text if shows or role == Qt.ItemDataRole.AccessibleTextRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.is_number else _LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return _EDITED if self._may_edit(line, index.column()) else _READ

    def _may_edit(self, line: Line, column: int) -> bool:
        return bool(self.columns[column].field) and line.stop.is_open

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the change; the cell shows it once the plan has it."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None or role != Qt.ItemDataRole.EditRole:
            return False
        column, text = self.columns[index.column()], str(value).strip()
        if not self._may_edit(line, index.column()) or text == column.text(line):
            return False
        self.edited.emit([line], column.field, text)
        return True

    def mimeTypes(self) -> list[str]:
        return stops_mime(()).formats()

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        lines = [self.line(row) for row in sorted({index.row() for index in indexes})]
        return stops_mime(list(dict.fromkeys(line.stop.id for line in lines if line)))


_READ = (
    Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
    | Qt.ItemFlag.ItemIsDragEnabled
)
_EDITED = _READ | Qt.ItemFlag.ItemIsEditable
"""Put together once: every cell that is painted asks."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def _aside(column: Column, line: Line, role: int) -> object:
    """Where it stands, the whole text where it may be cut, what a screen reader says."""
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return _RIGHT if column.is_number else _LEFT
    if role == Qt.ItemDataRole.ToolTipRole:
        return column.shown(line) or None
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return tr(
            "{title} {value}, order {id}",
            title=column.title,
            value=column.shown(line) or tr("empty"),
            id=line.order.id,
        )
    return None


def _sort_key(column: Column, line: Line) -> tuple[bool, float, str]:
    """Numbers as numbers, texts without case; what is empty comes last."""
    if column.rank is not None:
        return False, column.rank(line), ""
    value = column.value(line)
    if isinstance(value, str):
        return not value, 0.0, value.casefold()
    return value is None, float(value or 0.0), ""
