"""Drivers to tick: all of them, or those that are meant."""

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from console.dispatch.picture import Picture
from console.domain.plan import RouteId
from console.tongues import tr, trn
from console.ui.theme.theme import Theme

ALL = tr("All drivers")
_ROWS = 7


class DriversList(QListWidget):
    """The routes that have stops, by driver number; the first row ticks all of them."""

    chosenChanged = Signal()

    def __init__(self, picture: Picture, ticked: Collection[RouteId], theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(tr("Drivers"))
        self._routes = sorted(picture.schedules, key=lambda r: picture.drivers[r].number)
        self._row = theme.size("row_table")
        wanted = set(ticked) or set(self._routes)
        self._all = self._add(ALL, on=wanted >= set(self._routes))
        self._items: dict[RouteId, QListWidgetItem] = {}
        for route in self._routes:
            label = picture.drivers[route]
            stops = len(picture.schedules[route].visits)
            words = f"{label.number}   {label.name}   {stops} {trn('stop', 'stops', stops)}"
            self._items[route] = self._add(words, on=route in wanted)
        self.setMinimumHeight(self._row * min(_ROWS, self.count()) + 4)
        self.itemChanged.connect(self._ticked)

    def _add(self, words: str, *, on: bool) -> QListWidgetItem:
        item = QListWidgetItem(words, self)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        item.setSizeHint(QSize(0, self._row))
        return item

    @property
    def chosen(self) -> tuple[RouteId, ...]:
        """The ticked routes; () when all are."""
        ticked = [r for r, item in self._items.items() if _is_on(item)]
        return () if len(ticked) == len(self._items) else tuple(ticked)

    @property
    def is_empty(self) -> bool:
        """True when none is ticked."""
        return not any(_is_on(item) for item in self._items.values())

    def tick(self, *routes: RouteId) -> None:
        """Exactly these."""
        for route, item in self._items.items():
            item.setCheckState(
                Qt.CheckState.Checked if route in routes else Qt.CheckState.Unchecked
            )

    def _ticked(self, item: QListWidgetItem) -> None:
        self.blockSignals(True)  # noqa: FBT003 - Qt's own
        if item is self._all:
            for other in self._items.values():
                other.setCheckState(item.checkState())
        whole = all(_is_on(other) for other in self._items.values())
        self._all.setCheckState(Qt.CheckState.Checked if whole else Qt.CheckState.Unchecked)
        self.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.viewport().update()
        self.chosenChanged.emit()


def _is_on(item: QListWidgetItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked
