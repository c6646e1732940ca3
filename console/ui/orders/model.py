"""The day's stops as rows: which, in what order, and what a filter leaves."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from console.dispatch.picture import Picture
from console.domain.plan import RouteId, Stop, StopId
from console.tongues import tr
from console.ui.drag import stops_mime
from console.ui.labels import route_label

Index = QModelIndex | QPersistentModelIndex
ROLE_STOP = Qt.ItemDataRole.UserRole


class StopList(QAbstractListModel):
    """Rows sorted by driver and position, the unassigned first; UserRole is the stop's id."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture()
        self._rows: list[StopId] = []
        self._where: dict[StopId, int] = {}

    def show(self, picture: Picture) -> None:
        """Another picture; rows stay where the same stops are in the same order."""
        drivers = {route: route_label(picture, route).number for route in picture.plan.routes}
        rows = sorted(picture.plan.stops, key=lambda stop: _order(picture, drivers, stop))
        if rows == self._rows:
            self.picture = picture
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.picture, self._rows = picture, rows
        self._where = {stop: i for i, stop in enumerate(rows)}
        self.endResetModel()

    def index_of(self, stop: StopId) -> QModelIndex:
        """Where a stop's row is; invalid when it has none."""
        row = self._where.get(stop)
        return QModelIndex() if row is None else self.index(row)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        stop = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return stop
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(stop)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(stop)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        return stops_mime(()).formats()

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = sorted({index.row() for index in indexes})
        return stops_mime([self._rows[row] for row in rows])

    def text(self, stop: StopId) -> str:
        """Everything a filter looks at, lower case."""
        picture = self.picture
        label, known = picture.labels.get(stop), picture.plan.stops[stop]
        driver = route_label(picture, known.route).name if known.route else ""
        parts: list[str] = [driver, *known.skills, *(order.id for order in known.orders)]
        if label is not None:
            parts += [label.street, label.town, *label.recipients, *label.phones, *label.notes]
            parts += ["".join(filter(str.isdigit, phone)) for phone in label.phones]
        return " ".join(parts).casefold()

    def spoken(self, stop: StopId) -> str:
        """What a screen reader says."""
        picture = self.picture
        label, known = picture.labels.get(stop), picture.plan.stops[stop]
        street = label.street if label else str(stop)
        if known.route is None:
            return tr("{street}, unassigned", street=street)
        driver = route_label(picture, known.route).name
        late = tr(", late") if picture.is_late(stop) else ""
        return tr(
            "{driver}, stop {text}, {street}{late}",
            driver=driver,
            text=picture.numbers.get(stop, 0),
            street=street,
            late=late,
        )


class StopFilter(QSortFilterProxyModel):
    """What the tab and the words in the filter leave."""

    def __init__(self, source: StopList) -> None:
        super().__init__()
        self._source = source
        self._words: tuple[str, ...] = ()
        self._unassigned = False
        self.setSourceModel(source)

    def look_for(self, text: str) -> None:
        """Show rows that hold every word."""
        self.beginFilterChange()
        self._words = tuple(text.casefold().split())
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def only_unassigned(self, on: bool) -> None:
        """Show only stops without a driver."""
        self.beginFilterChange()
        self._unassigned = on
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if not self._words and not self._unassigned:
            return True
        index = self._source.index(source_row)
        stop = StopId(str(index.data(Qt.ItemDataRole.UserRole)))
        known: Stop = self._source.picture.plan.stops[stop]
        if self._unassigned and (known.route is not None or not known.is_open):
            return False
        if not self._words:
            return True
        text = self._source.text(stop)
        return all(word in text for word in self._words)


def _order(
    picture: Picture, drivers: Mapping[RouteId, int], stop: StopId
) -> tuple[int, str, int, str]:
    known = picture.plan.stops[stop]
    if known.route is None:
        return (0, "", known.priority.rank, stop)
    return (drivers[known.route], known.route, picture.numbers.get(stop, 0), stop)
