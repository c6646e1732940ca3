"""The main window: docks, menus, layout; nothing else."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QStackedWidget,
    QWidget,
)

from console.tongues import tr
from console.ui.pagestack import PageStack
from console.ui.panes import Panes
from console.ui.rightside import RightSide
from console.ui.theme.theme import Theme
from console.ui.toasts import Toasts
from console.ui.tooldock import mirrored, stacked

PLAN, BOARD, EXCEPTIONS, ORDERS = range(4)
LAYOUT_VERSION = 6
_DETAILS_FROM = 1400
_PROPOSAL_BELOW = 0.34  # of the middle's height, at most


class Window(QMainWindow):
    """A planning desk: orders left, map or board in the middle, timeline below, details right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setWindowTitle("Doorstep")
        self.setMinimumSize(1024, 640)
        self.setAcceptDrops(True)
        self.closing: Callable[[], None] = lambda: None
        self.files_dropped: Callable[[list[str]], None] = lambda _paths: None
        self._may_close = False
        self._shown_before: list[QDockWidget] = []
        self._only_watching = False
        self._page, self._list_shown = PLAN, True
        self._height = 0
        self._timeline_shown = True

    def furnish(self, panes: Panes) -> None:
        """Place the panes."""
        self.panes = panes
        self._bars = stacked(panes.topbar, panes.strip, panes.proposal.banner)
        self.setMenuWidget(self._bars)
        panes.proposal.banner.hide()
        self._furnish_middle(panes)
        self._furnish_docks(panes)
        self.toasts = Toasts(self, self.pages, self._theme)

    def add_bar(self, bar: QWidget) -> None:
        """One more above every workspace."""
        if (rows := self._bars.layout()) is not None:
            rows.addWidget(bar)

    def _furnish_middle(self, panes: Panes) -> None:
        self.pages = PageStack()
        for page in (panes.map_view, panes.board, panes.exceptions, panes.order_table):
            self.pages.addWidget(page)
        self.below = QStackedWidget()
        self.timeline_box = stacked(panes.timeline_strip, panes.timeline)
        self.below.addWidget(self.timeline_box)
        self.below.addWidget(panes.proposal.below)
        self.setCentralWidget(self.pages)

    def _furnish_docks(self, panes: Panes) -> None:
        left, right = self.usual_areas
        self.orders_dock = self._dock(tr("Orders"), panes.orders, left)
        self.details_dock = self._dock(tr("Details"), panes.details, right)
        self.history_dock = self._dock(tr("History"), panes.history, right)
        self.optimise_dock = self._dock(tr("Optimise"), panes.optimise, right)
        self.right = RightSide(self, self.details_dock, self.optimise_dock, self.history_dock)
        self.changes_dock = self._dock(tr("Changes"), panes.proposal.left, left)
        self.differences_dock = self._dock(tr("Differences"), panes.proposal.right, right)
        for dock in (self.history_dock, self.optimise_dock, *self._proposal_docks):
            dock.hide()
        bottom = Qt.DockWidgetArea.BottomDockWidgetArea
        self.timeline_dock = self._dock(tr("Timeline"), self.below, bottom)
        for corner in (Qt.Corner.TopRightCorner, Qt.Corner.BottomRightCorner):
            self.setCorner(corner, right)
        for corner in (Qt.Corner.TopLeftCorner, Qt.Corner.BottomLeftCorner):
            self.setCorner(corner, left)

    def show_page(self, page: int) -> None:
        """Map, board, exceptions or orders in the middle; tools belong to the map."""
        was, self._page = self._page, page
        if page != PLAN:
            self.right.end_tools()
        if page == ORDERS and was != ORDERS:
            self._list_shown = self.orders_dock.isVisible()
            self.orders_dock.hide()  # the table shows the same, and needs the room
        elif was == ORDERS and page != ORDERS:
            self.orders_dock.setVisible(self._list_shown)
        self.pages.setCurrentIndex(page)
        self.panes.topbar.tabs.setCurrentIndex(page)

    @property
    def making_room(self) -> list[QDockWidget]:
        """Panels that are away only until what needs their room is closed."""
        orders = self._page == ORDERS and self._list_shown
        away = {self.orders_dock: orders, self.details_dock: self.right.is_details_away}
        return [dock for dock, is_away in away.items() if is_away]

    def arrange(self) -> None:
        """The drawn layout for this screen's size."""
        width = self.width()
        left, right = self._widths(width)
        horizontal = Qt.Orientation.Horizontal
        self.resizeDocks([self.orders_dock], [left], horizontal)
        if right:
            self.resizeDocks([self.details_dock], [right], horizontal)
        self.details_dock.setVisible(bool(right))
        self._make_low(self._timeline_height())

    def _make_low(self, height: int) -> None:
        """So high is the timeline, or what stands in its place, where it lies under the middle."""
        self.resizeDocks([self.timeline_dock], [height], Qt.Orientation.Vertical)

    def timeline_leaves(self) -> QWidget:
        """The timeline goes to a window of its own; what keeps its place here."""
        hole = QWidget()
        self._timeline_shown = False
        at = self.below.currentIndex()
        self.below.insertWidget(0, hole)
        self.below.setCurrentIndex(2 if at else 0)
        self.timeline_dock.setVisible(bool(at))  # a proposal stays
        return hole

    def timeline_returns(self, hole: QWidget) -> None:
        """It is back from its own window."""
        at = self.below.currentIndex()
        self.below.insertWidget(0, self.timeline_box)
        self.below.removeWidget(hole)
        self.below.setCurrentIndex(at)
        self._timeline_shown = True
        self.timeline_dock.show()

    @property
    def usual_areas(self) -> tuple[Qt.DockWidgetArea, Qt.DockWidgetArea]:
        """Where the orders stand, and where the details do."""
        return Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea

    @property
    def _proposal_docks(self) -> tuple[QDockWidget, QDockWidget]:
        return self.changes_dock, self.differences_dock

    def show_optimise(self, *, on: bool) -> None:
        """The optimiser's panel where the details are; they come back after it."""
        self.right.show_optimise(on=on, room=max(300, self._widths(self.width())[1]))

    def watch(self) -> None:
        """Show the optimiser at work where there is room for it."""
        if self.width() >= _DETAILS_FROM and not self.history_dock.isVisible():
            self._only_watching = self._only_watching or not self.optimise_dock.isVisible()
            self.show_optimise(on=True)

    def show_proposal(self, *, on: bool) -> None:
        """A proposal's panes instead of the day's, and back as it was."""
        if on == self.changes_dock.isVisible():
            return
        usual = (self.orders_dock, self.details_dock, self.history_dock, self.optimise_dock)
        if on:
            self.right.end_tools()
            self._shown_before = [dock for dock in usual if dock.isVisible()]
            self.show_page(PLAN)
        for dock in usual:
            dock.setVisible(not on and dock in self._shown_before)
        for dock in self._proposal_docks:
            dock.setVisible(on)
        self.panes.strip.setVisible(not on)
        self.panes.proposal.banner.setVisible(on)
        self._show_pieces(on=on)
        if on:
            left, right = self._widths(self.width())
            sizes = [left, {344: 480, 400: 520}.get(right, right or 344)]
            self.resizeDocks([*self._proposal_docks], sizes, Qt.Orientation.Horizontal)
            return
        if self._only_watching:
            self.show_optimise(on=False)
        self._only_watching = False

    def _show_pieces(self, *, on: bool) -> None:
        """A proposal's routes where the timeline is, lower than half; back as high as it was."""
        if on:
            self._timeline_shown = self.timeline_dock.isVisible()
            self._height = self.below.height()
        self.below.setCurrentIndex(int(on))
        self.timeline_dock.setVisible(on or self._timeline_shown)
        whole = self.pages.height() + self._height
        self._make_low(min(300, round(whole * _PROPOSAL_BELOW)) if on else self._height)

    def _widths(self, width: int) -> tuple[int, int]:
        """Left and right dock by the screen (LOOK section 1)."""
        for least, left, right in ((2300, 360, 400), (1800, 320, 344), (_DETAILS_FROM, 272, 300)):
            if width >= least:
                return left, right
        return 256, 0

    def _timeline_height(self) -> int:
        row = self._theme.size("row_timeline")
        rows = max(4, min(15, len(self.panes.timeline.rows) or 8))
        wanted = self._theme.size("dock_header") + self._theme.size("ruler") + rows * row + 12
        return min(wanted, round(self.height() * 0.42))

    def _dock(self, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title)
        dock.setObjectName(f"{type(widget).__name__} {area.name}")  # kept layouts go by it
        dock.setWidget(widget)
        dock.setTitleBarWidget(QWidget())  # the panels carry their own heads
        self.addDockWidget(mirrored(area), dock)
        return dock

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "toasts"):
            self.toasts.place()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            QTimer.singleShot(0, lambda: self.files_dropped(paths))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The first close asks the console to save and end; the second one is let through."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing()

    def close_for_good(self) -> None:
        """Everything is saved."""
        self._may_close = True
        self.close()
