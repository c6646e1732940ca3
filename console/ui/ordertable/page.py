"""The orders workspace: filter, saved views, groups, the table, and what is selected."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.dispatch.picture import PictureChange
from console.domain.plan import StopId
from console.tongues import inside, tr
from console.ui.actions import Actions
from console.ui.caption import QUIET, Caption
from console.ui.hands import Hands
from console.ui.ordertable.columns import BY_KEY, GROUPS
from console.ui.ordertable.model import OrderRows
from console.ui.ordertable.query import query_of
from console.ui.ordertable.saved import READY, TableView
from console.ui.ordertable.table import OrderTable
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.figures import kg, number, pieces
from console.ui.theme.theme import Theme

HINT = tr("Filter: words, kg>20, driver:ida, late>0, is:unassigned")
PAUSE_MS = 60
"""A burst of keys is one filter."""


class OrdersPage(QWidget):
    """``bulkAsked`` for the selected orders, ``viewKept`` when the present view is to be saved."""

    bulkAsked = Signal()
    viewKept = Signal(object)
    viewForgotten = Signal(str)

    def __init__(
        self, hands: Hands, signals: Signals, selection: Selection, theme: Theme, actions: Actions
    ) -> None:
        super().__init__()
        self._hands, self._selection, self._theme = hands, selection, theme
        self._actions = actions
        self._is_stale, self._applying = True, False
        self._own: Sequence[TableView] = ()
        self.setAutoFillBackground(True)
        self.rows = OrderRows()
        self.table = OrderTable(self.rows, theme)
        self._make_head()
        self.footer = Caption(theme, QUIET)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(PAUSE_MS)
        self._typed.timeout.connect(self.apply)
        self._lay_out()
        self._connect(signals)

    def _make_head(self) -> None:
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(HINT)
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName(tr("Filter the table"))
        self.views, self.groups = QComboBox(), QComboBox()
        self.views.setAccessibleName(tr("View"))
        self.groups.setAccessibleName(tr("Group by"))
        self.groups.addItem(tr("Not grouped"), "")
        for key in GROUPS:
            self.groups.addItem(tr("By {title}", title=inside(BY_KEY[key].title)), key)
        self.keep_button, self.forget_button = (
            QPushButton(tr("Save view…")),
            QPushButton(tr("Forget view")),
        )
        self.bulk_button = QPushButton(tr("Change selected…"))
        self.columns_button = QPushButton(tr("Columns"))
        self._theme.dress(self.keep_button, "save")
        self._theme.dress(self.bulk_button, "pencil")
        self._theme.dress(self.columns_button, "columns-3")
        self.show_views(())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(self.views)
        head.addWidget(self.filter, 1)
        for widget in (
            self.groups,
            self.columns_button,
            self.keep_button,
            self.forget_button,
            self.bulk_button,
        ):
            head.addWidget(widget)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self.table, 1)
        self.footer.setContentsMargins(12, 6, 12, 6)
        rows.addWidget(self.footer)

    def _connect(self, signals: Signals) -> None:
        signals.planChanged.connect(self._plan_changed)
        signals.selectionChanged.connect(self._show_selection)
        self.filter.textChanged.connect(self._pause)
        self.filter.returnPressed.connect(self.apply)
        self.views.activated.connect(self._choose_view)
        self.groups.activated.connect(self._group)
        self.keep_button.clicked.connect(lambda: self.viewKept.emit(self.present))
        self.forget_button.clicked.connect(
            lambda: self.viewForgotten.emit(self.views.currentText())
        )
        self.bulk_button.clicked.connect(self.bulkAsked)
        self.columns_button.clicked.connect(self._offer_columns)
        self.table.columnsChosen.connect(self.choose_columns)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.table.selectionModel().selectionChanged.connect(self._picked)
        self.rows.modelReset.connect(self._told)

    # -- views -------------------------------------------------------------------------------------

    @property
    def present(self) -> TableView:
        """How the table is looked at now."""
        key, down = self.rows.sorted_by or ("", False)
        columns = tuple(self.table.shown_keys)
        name = self.views.currentText()
        return TableView(name, self.filter.text(), columns, key, down, self.rows.group_key)

    def show_views(self, own: Sequence[TableView], chosen: str = "") -> None:
        """The ready views and the dispatcher's own."""
        self._own = own
        self.views.clear()
        for view in (*READY, *own):
            self.views.addItem(view.name, view)
        self.views.setCurrentIndex(max(0, self.views.findText(chosen)))
        self._may_forget()

    def look(self, view: TableView) -> None:
        """Look at the table so."""
        self._typed.stop()
        self.filter.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.filter.setText(view.filter)
        self.filter.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.groups.setCurrentIndex(max(0, self.groups.findData(view.group)))
        self.choose_columns(view.columns)
        self.rows.group_by(view.group)
        self.rows.sort_by(view.sort, down=view.down)
        self.apply()
        self.table.show_sort()

    def choose_columns(self, keys: Sequence[str]) -> None:
        """Show these columns."""
        self.rows.choose_columns(keys)
        head = self.table.horizontalHeader()
        head.blockSignals(True)  # noqa: FBT003 - Qt's own
        for at in range(len(self.rows.columns)):
            head.moveSection(head.visualIndex(at), at)
        head.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.table.fit_columns()
        self.table.show_sort()

    def _choose_view(self, at: int) -> None:
        view = self.views.itemData(at)
        if isinstance(view, TableView):
            self.look(view)
        self._may_forget()

    def _may_forget(self) -> None:
        own = {view.name for view in self._own}
        self.forget_button.setVisible(self.views.currentText() in own)

    def _group(self, at: int) -> None:
        self.rows.group_by(str(self.groups.itemData(at)))

    def _offer_columns(self) -> None:
        below = self.columns_button.rect().bottomLeft()
        self.table.columns_menu().popup(self.columns_button.mapToGlobal(below))

    def _pause(self, _text: str) -> None:
        self._typed.start()

    def apply(self) -> None:
        """Show what the filter leaves."""
        self._typed.stop()
        self.rows.look_for(query_of(self.filter.text()))

    # -- the day -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        if self._is_stale:
            self._refresh()
        super().showEvent(event)
        self._show_selection()

    def _plan_changed(self, _change: PictureChange) -> None:
        """Made anew only while somebody looks."""
        self._is_stale = True
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        self._is_stale = False
        bar = self.table.verticalScrollBar()
        place = bar.value()
        self.rows.show_picture(self._hands.picture)
        bar.setValue(place)

    def _told(self) -> None:
        self._show_selection()
        self._write_footer()

    # -- selection ---------------------------------------------------------------------------------

    def _picked(self, _new: QItemSelection, _old: QItemSelection) -> None:
        if self._applying:
            return
        stops = list(dict.fromkeys(line.stop.id for line in self.table.lines))
        route = self._hands.picture.plan.stops[stops[-1]].route if stops else None
        self._applying = True
        self._selection.pick(stops, route)
        self._applying = False
        self._write_footer()

    def _show_selection(self, _stops: object = None) -> None:
        """Follow the shared selection without answering it."""
        if self._applying or not self.isVisible():
            return
        wanted, last = QItemSelection(), -1
        for stop in self._selection.stops:
            for row in self.rows.rows_of(StopId(stop)):
                index = self.rows.index(row, 0)
                wanted.select(index, index)
                last = row
        flags = QItemSelectionModel.SelectionFlag
        self._applying = True
        self.table.selectionModel().select(wanted, flags.ClearAndSelect | flags.Rows)
        if last >= 0 and not self.table.hasFocus():
            self.table.scrollTo(self.rows.index(last, 0))
        self._applying = False
        self._write_footer()

    def _write_footer(self) -> None:
        shown, whole = self.rows.counts
        lines = self.table.lines
        told = (
            tr("{shown} of {whole} orders", shown=number(shown), whole=number(whole))
            if shown != whole
            else tr("{whole} orders", whole=number(whole))
        )
        if lines:
            weight = kg(sum(line.order.load.kg for line in lines))
            count = pieces(sum(line.order.load.pieces for line in lines))
            told += tr(
                "   ·   {lines} selected: {weight} · {count}",
                lines=number(len(lines)),
                weight=weight,
                count=count,
            )
        self.footer.say(told)
        self.bulk_button.setEnabled(bool(lines))

    def _open_menu(self, at: QPoint) -> None:
        self._actions.context_menu().popup(self.table.viewport().mapToGlobal(at))
