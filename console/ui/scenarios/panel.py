"""The dock of scenarios: what was kept of this day, and what to do with it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from console.tongues import tr
from console.ui.actions import Actions, action_button
from console.ui.caption import QUIET, STRONG, Caption
from console.ui.scenarios.list import ScenarioList
from console.ui.scenarios.rows import Row
from console.ui.theme.theme import Theme
from console.ui.tooldock import ToolDock

_NONE = tr(
    "Keep the plan under a name before you try something else, or let another "
    "search find one: other weights, fewer drivers. Then compare, and adopt what "
    "is best."
)
_HINT = tr("Pick a plan to compare it with the present one, or two to compare them.")
MOST_COMPARED = 2


class ScenarioPanel(ToolDock):
    """Scenarios as a tool; ids of scenarios travel in the signals, '' is the present plan.

    ``compareAsked(first, second)``, ``adoptAsked(id)``, ``duplicateAsked(id)``,
    ``renameAsked(id)``, ``removeAsked(ids)``.
    """

    compareAsked = Signal(str, str)
    adoptAsked = Signal(str)
    duplicateAsked = Signal(str)
    renameAsked = Signal(str)
    removeAsked = Signal(object)

    def __init__(self, theme: Theme, actions: Actions, window: QWidget | None = None) -> None:
        super().__init__(tr("Scenarios"), window)
        self._theme = theme
        self.list = ScenarioList(theme)
        self.said = Caption(theme, QUIET, _NONE, wrap=True)
        self.keep = action_button(actions["keep_scenario"], theme, tr("Keep the plan…"), "save")
        self.search = action_button(actions["search_scenario"], theme, tr("Search…"), "sparkles")
        self.compare = self._button(tr("Compare"), "layers")
        self.adopt = self._button(tr("Adopt"), "check")
        self.more = QToolButton()
        self.more.setAccessibleName(tr("More for this scenario"))
        self.more.setToolTip(tr("Duplicate, rename, delete"))
        self.more.setIconSize(QSize(16, 16))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        theme.dress(self.more, "ellipsis")
        self.menu = self._menu()
        self.more.setMenu(self.menu)
        self.setWidget(self._content())
        self.setMinimumWidth(round(328 * theme.scale))
        self._connect()
        self._enable()

    def _button(self, words: str, icon: str) -> QPushButton:
        button = QPushButton(words)
        button.setMinimumWidth(0)
        self._theme.dress(button, icon)
        return button

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        self.duplicate = menu.addAction(tr("Duplicate"))
        self.rename = menu.addAction(tr("Rename…"))
        self.remove = menu.addAction(tr("Delete"))
        for action, icon in (
            (self.duplicate, "copy"),
            (self.rename, "pencil"),
            (self.remove, "trash-2"),
        ):
            self._theme.dress(action, icon)
        return menu

    def _content(self) -> QWidget:
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        head, new, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 4)
        head.addWidget(Caption(self._theme, STRONG, tr("Scenarios")), 1)
        close = QPushButton(tr("Done"))
        close.clicked.connect(self.end)
        head.addWidget(close)
        for row, widgets in (
            (new, (self.keep, self.search)),
            (foot, (self.compare, self.adopt)),
        ):
            row.setContentsMargins(12, 4, 12, 8)
            row.setSpacing(8)
            for widget in widgets:
                row.addWidget(widget, 1)
        foot.addWidget(self.more)
        self.said.setContentsMargins(12, 6, 12, 6)
        for row in (head, new):
            rows.addLayout(row)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.said)
        rows.addLayout(foot)
        return whole

    def _connect(self) -> None:
        self.list.selectionModel().selectionChanged.connect(self._enable)
        self.list.activated.connect(self._compare)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.compare.clicked.connect(self._compare)
        self.adopt.clicked.connect(lambda: self.adoptAsked.emit(self._only()))
        self.duplicate.triggered.connect(lambda: self.duplicateAsked.emit(self._only()))
        self.rename.triggered.connect(lambda: self.renameAsked.emit(self._only()))
        self.remove.triggered.connect(
            lambda: self.removeAsked.emit([row.key for row in self._kept()])
        )

    def show_rows(self, rows: Sequence[Row]) -> None:
        """The plans of the day as they are now; what was picked stays picked."""
        picked = [row.key for row in self.list.picked]
        self.list.scenarios.show_rows(rows)
        self.list.pick(*picked)
        self.said.say(_HINT if len(rows) > 1 else _NONE)
        self._enable()

    def _kept(self) -> list[Row]:
        return [row for row in self.list.picked if row.key]

    def _only(self) -> str:
        return self._kept()[0].key

    def _enable(self, _now: object = None, _before: object = None) -> None:
        kept, picked = self._kept(), self.list.picked
        one = len(kept) == 1
        self.compare.setEnabled(bool(kept) and len(picked) <= MOST_COMPARED)
        self.adopt.setEnabled(one and len(picked) == 1)
        self.duplicate.setEnabled(one)
        self.rename.setEnabled(one)
        self.remove.setEnabled(bool(kept))
        self.more.setEnabled(bool(kept))

    def _compare(self, _index: object = None) -> None:
        """Two with each other, one with the present plan."""
        if self.compare.isEnabled():
            kept = self._kept()
            first = kept[0].key if len(kept) == MOST_COMPARED else ""
            self.compareAsked.emit(first, kept[-1].key)

    def _open_menu(self, at: QPoint) -> None:
        if self.list.indexAt(at).isValid() and self._kept():
            self.menu.popup(self.list.viewport().mapToGlobal(at))
