"""The workspace bar: name, workspaces, day, depot, search, undo and history."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console import formats
from console.tongues import tr
from console.ui.actions import Actions
from console.ui.people import People
from console.ui.theme.theme import Theme

WORKSPACES = (tr("Plan"), tr("Board"), tr("Exceptions"), tr("Orders"), tr("Live"))
_SEARCH_WIDTH, _SEARCH_LEAST = 240, 110


class TopBar(QWidget):
    """One row; it asks by signals and shows what it is told."""

    workspaceChosen = Signal(int)
    dayChosen = Signal(object)
    depotChosen = Signal(str)
    searched = Signal(str)
    found = Signal()
    colleagueChosen = Signal(str)

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(tr("Workspaces"))
        self.tabs.setUsesScrollButtons(False)
        for name in WORKSPACES:
            self.tabs.addTab(name)
        self.tabs.currentChanged.connect(self.workspaceChosen)
        self.menu_button = self._tool("ellipsis", tr("Menu"))
        self.day_button = self._pill("calendar-days")
        self.day_button.clicked.connect(self._pick_day)
        self.depot_button = self._pill("warehouse")
        self._depots = QMenu(self)
        self.depot_button.setMenu(self._depots)
        self.search = _Search(theme)
        self.search.textChanged.connect(self.searched)
        self.search.returnPressed.connect(self.found)
        self.people = People(theme)
        self.people.chosen.connect(self.colleagueChosen)
        self.undone = self._pill("triangle-alert", "warn")
        self.undone.clicked.connect(actions["overtaken"].trigger)
        self.undone.hide()
        self._lay_out(actions)
        self._dress()
        theme.changed.connect(self._dress)

    def _lay_out(self, actions: Actions) -> None:
        self._name, self._mark = QLabel("Doorstep"), QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        for widget in (self._mark, self._name):
            row.addWidget(widget)
        row.addSpacing(16)
        row.addWidget(self.tabs, alignment=Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        for widget in (self.day_button, self.depot_button):
            row.addWidget(widget)
        row.addWidget(self.search, 20)
        for widget in (self.undone, self.people):
            row.addWidget(widget)
        for deed in ("undo", "redo", "history"):
            button = QToolButton()
            button.setDefaultAction(actions[deed])
            button.setIconSize(QSize(16, 16))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            row.addWidget(button)
        row.addWidget(self.menu_button)
        menu = QMenu(self)
        for sub in actions.menus():
            menu.addMenu(sub)
        self.menu_button.setMenu(menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _dress(self) -> None:
        """Sizes and pictures that no style sheet follows."""
        theme = self._theme
        self.setFixedHeight(theme.size("topbar"))
        self.tabs.setFont(theme.font("lead"))
        self._name.setFont(theme.font("title"))
        self._mark.setPixmap(theme.pixmap("door-open", "accent", 20, self.devicePixelRatioF()))
        self.update()

    def show_day(self, day: date) -> None:
        """Write the service day on its button."""
        self._day = day
        self.day_button.setText(formats.day(day, weekday=True))
        self.day_button.setAccessibleName(
            tr(
                "Service day {weekday} {day}",
                weekday=formats.name_of_day(day),
                day=formats.day(day),
            )
        )

    def show_undone(self, count: int) -> None:
        """How many changes wait for a decision, because a colleague was first."""
        self.undone.setText(tr("{count} not done", count=count))
        self.undone.setToolTip(tr("A colleague was first: decide what becomes of your changes"))
        self.undone.setVisible(bool(count))

    def show_depots(self, depots: Sequence[tuple[str, str]], present: str) -> None:
        """(id, name) of every depot, and the one that is open."""
        self._depots.clear()
        for key, name in depots:
            action = self._depots.addAction(name)
            action.setCheckable(True)
            action.setChecked(key == present)
            action.triggered.connect(lambda _checked=False, key=key: self.depotChosen.emit(key))
            if key == present:
                metrics = self.depot_button.fontMetrics()
                elide = Qt.TextElideMode.ElideRight
                self.depot_button.setText(metrics.elidedText(name, elide, 170))
                self.depot_button.setToolTip(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("surface"))
            line = self.rect().adjusted(0, self.height() - 1, 0, 0)
            painter.fillRect(line, self._theme.color("border"))

    def _pill(self, icon: str, color: str = "text2") -> QPushButton:
        button = QPushButton()
        self._theme.dress(button, icon, color)
        return button

    def _tool(self, icon: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(name)
        button.setToolTip(name)
        self._theme.dress(button, icon)
        return button

    def _pick_day(self) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        calendar = QCalendarWidget()
        calendar.setGridVisible(False)
        shade = QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
        calendar.setVerticalHeaderFormat(shade)
        calendar.setSelectedDate(QDate(self._day.year, self._day.month, self._day.day))

        def chosen(day: QDate) -> None:
            popup.close()
            self.dayChosen.emit(date(day.year(), day.month(), day.day()))

        calendar.clicked.connect(chosen)
        calendar.activated.connect(chosen)
        box = QVBoxLayout(popup)
        box.setContentsMargins(4, 4, 4, 4)
        box.addWidget(calendar)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.move(self.day_button.mapToGlobal(QPoint(0, self.day_button.height() + 2)))
        popup.show()


class _Search(QLineEdit):
    """Type-ahead to a stop, order, driver, phone or street."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setPlaceholderText(tr("Stop, order, phone, street"))
        self.setAccessibleName(tr("Search stops, orders, drivers and streets"))
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(_SEARCH_LEAST)
        self.setMaximumWidth(_SEARCH_WIDTH)
        self.addAction(theme.icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Escape belongs to the field while it has the focus, not to the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)
