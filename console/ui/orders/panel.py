"""The left dock: all stops of the day, and those without a driver, with a filter."""

from collections.abc import Mapping
from datetime import timedelta

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QListView,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from console.dispatch.picture import Picture, PictureChange
from console.domain.plan import StopId
from console.tongues import tr
from console.ui.actions import Actions
from console.ui.hands import Hands
from console.ui.orders.delegate import StopDelegate
from console.ui.orders.dropping import ListDrops
from console.ui.orders.model import StopFilter, StopList
from console.ui.remedies import Remedy
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.teaching import teach
from console.ui.theme.figures import kg, minutes, pieces
from console.ui.theme.theme import Theme

ALL, UNASSIGNED = 0, 1
LEAST = 224
"""Width in px at 100 % below which neither tabs nor streets can be read."""


class OrdersPanel(QWidget):
    """Two tabs over one list; what is picked here is picked everywhere."""

    def __init__(
        self,
        hands: Hands,
        signals: Signals,
        selection: Selection,
        theme: Theme,
        actions: Actions,
    ) -> None:
        super().__init__()
        self._hands, self._selection, self._theme = hands, selection, theme
        self._actions = actions
        self._applying = False
        self.tabs = QTabBar()
        self.tabs.addTab(tr("Orders"))
        self.tabs.addTab(tr("Unassigned"))
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideMiddle)  # the count at the end stays
        self.tabs.setAccessibleName(tr("Which stops"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter: street, order, driver, skill"))
        self.setMinimumWidth(round(LEAST * theme.scale))
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName(tr("Filter the list"))
        self.model = StopList()
        self.shown = StopFilter(self.model)
        self.view = _StopView(self.shown, theme)
        self.drops = ListDrops(self.view, hands, theme)
        self.footer = QLabel()
        self.footer.setContentsMargins(12, 6, 12, 6)
        self.footer.setWordWrap(True)
        self._lay_out()
        self._connect(signals)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        field = QVBoxLayout()
        field.setContentsMargins(12, 8, 12, 8)
        field.addWidget(self.filter)
        box.addWidget(self.tabs)
        box.addLayout(field)
        box.addWidget(self.view, 1)
        box.addWidget(self.footer)

    def _connect(self, signals: Signals) -> None:
        signals.planChanged.connect(self._plan_changed)
        signals.selectionChanged.connect(self._show_selection)
        signals.companyChanged.connect(self.view.update_all)
        self.view.delegate.holder = self._selection.holder
        self.tabs.currentChanged.connect(self._choose_tab)
        self.filter.textChanged.connect(self.shown.look_for)
        chosen = self.view.selectionModel()
        chosen.selectionChanged.connect(self._picked)
        self.view.delegate.chosen.connect(self._let_in)
        self.view.doubleClicked.connect(self._open_details)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self._theme.changed.connect(self.view.viewport().update)

    def show_unassigned(self) -> None:
        """Switch to what has no driver."""
        self.tabs.setCurrentIndex(UNASSIGNED)

    def shown_stops(self) -> list[StopId]:
        """What the tab and the filter leave, in the order of the rows."""
        rows = range(self.shown.rowCount())
        return [self._stop_at(self.shown.index(row, 0)) for row in rows]

    def show_reasons(self, reasons: Mapping[StopId, str]) -> None:
        """Why stops are unassigned, one sentence each."""
        self.view.delegate.reasons = reasons
        self.view.viewport().update()

    def show_remedies(self, remedies: Mapping[StopId, Remedy]) -> None:
        """The cheapest way in of each unassigned stop, done on a click."""
        grows = bool(remedies) != bool(self.view.delegate.remedies)
        self.view.delegate.remedies = remedies
        if grows:
            self.view.doItemsLayout()
        self.view.viewport().update()

    def _let_in(self, remedy: Remedy) -> None:
        self._hands.submit(remedy.command, remedy.base)

    def show_picture(self, picture: Picture) -> None:
        """The list anew."""
        self.model.show(picture)
        self._refresh_titles(picture)
        self._show_selection()

    def _plan_changed(self, change: PictureChange) -> None:
        self.show_picture(change.after)

    def _refresh_titles(self, picture: Picture) -> None:
        waiting = picture.totals.unassigned
        self.tabs.setTabText(ALL, tr("Orders  {orders}", orders=picture.totals.orders))
        self.tabs.setTabText(UNASSIGNED, tr("Unassigned  {waiting}", waiting=waiting))
        tone = "warn" if waiting else "text2"
        self.tabs.setTabTextColor(UNASSIGNED, self._theme.color(tone))
        self.view.empty = self._empty_sentence(picture)

    def _empty_sentence(self, picture: Picture) -> str:
        if not picture.plan.stops:
            return tr("Drop a file here, or Ctrl O")
        if self.tabs.currentIndex() == UNASSIGNED and not picture.plan.unassigned:
            return tr("All {orders} orders have a driver", orders=picture.totals.orders)
        return tr("Nothing matches the filter")

    def _choose_tab(self, tab: int) -> None:
        self.shown.only_unassigned(tab == UNASSIGNED)
        self.view.delegate.tall = tab == UNASSIGNED
        self.view.doItemsLayout()
        self._refresh_titles(self._hands.picture)

    def _picked(self, _new: QItemSelection, _old: QItemSelection) -> None:
        if self._applying:
            return
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        stops = [self._stop_at(self.shown.index(row, 0)) for row in rows]
        route = None
        if stops:
            route = self._hands.picture.plan.stops[stops[-1]].route
        self._selection.pick(stops, route)
        self._write_footer()

    def _stop_at(self, index: QModelIndex) -> StopId:
        return StopId(str(index.data(Qt.ItemDataRole.UserRole)))

    def _show_selection(self, _stops: object = None) -> None:
        """Follow the shared selection without answering it."""
        wanted = QItemSelection()
        last: QModelIndex | None = None
        for stop in self._selection.stops:
            index = self.shown.mapFromSource(self.model.index_of(stop))
            if index.isValid():
                wanted.select(index, index)
                last = index
        self._applying = True
        mode = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.view.selectionModel().select(wanted, mode)
        if last is not None and not self.view.hasFocus():
            self.view.scrollTo(last)
        self._applying = False
        self._write_footer()

    def _write_footer(self) -> None:
        stops = [self._hands.picture.plan.stops.get(s) for s in self._selection.stops]
        known = [stop for stop in stops if stop is not None]
        self.footer.setVisible(bool(known))
        load = [stop.load for stop in known]
        service = sum((stop.service_time for stop in known), timedelta())
        parts = [
            kg(sum(one.kg for one in load)),
            pieces(sum(one.pieces for one in load)),
            tr("{minutes} service", minutes=minutes(service)),
        ]
        chosen = tr("{count_text} selected", count_text=len(known))
        self.footer.setText(f"<b>{chosen}</b>&nbsp;&nbsp;&nbsp;{' · '.join(parts)}")

    def _open_details(self, _index: QModelIndex) -> None:
        self._hands.act("details")

    def _open_menu(self, at: QPoint) -> None:
        self._actions.context_menu().popup(self.view.viewport().mapToGlobal(at))


class _StopView(QListView):
    """A list of uniform painted rows that drags stops and teaches when empty."""

    def __init__(self, shown: StopFilter, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.empty = ""
        self.setModel(shown)
        self.delegate = StopDelegate(theme, self)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Stops"))

    def update_all(self, _stops: object = None) -> None:
        """Paint every row anew."""
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        teach(self, self._theme, self.empty)
