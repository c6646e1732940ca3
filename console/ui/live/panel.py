"""The dock of the running day: drivers by delay, and two clicks to say what one of them did."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSignalBlocker, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from console import wording
from console.domain.plan import Cause, FactKind, RouteId
from console.tongues import tr
from console.ui.actions import Actions, action_button
from console.ui.caption import FAINT, Caption
from console.ui.live.alarmpane import AlarmPane
from console.ui.live.faces import LiveFace
from console.ui.live.lists import in_a_row, listing
from console.ui.live.pacebar import PaceBar
from console.ui.live.rows import LiveDelegate, LiveList
from console.ui.theme.theme import Theme

ALARMS = 1
"""The tab of the alarms."""
DOOR_CAUSES = (
    Cause.ABSENT,
    Cause.REFUSED,
    Cause.ACCESS,
    Cause.ADDRESS,
    Cause.DAMAGE,
    Cause.WINDOW,
    Cause.CAPACITY,
)
WORDS: dict[FactKind, tuple[str, str]] = {
    FactKind.DEPARTED: (tr("Left the depot"), "truck"),
    FactKind.ARRIVED: (tr("Arrived"), "map-pin"),
    FactKind.DELIVERED: (tr("Delivered"), "check"),
    FactKind.COLLECTED: (tr("Collected"), "package-plus"),
    FactKind.FAILED: (tr("Failed"), "x"),
    FactKind.BREAK_BEGAN: (tr("Break"), "coffee"),
    FactKind.BREAK_ENDED: (tr("Break is over"), "coffee"),
    FactKind.RETURNED: (tr("Back at the depot"), "warehouse"),
}
EMPTY = tr("Nobody has stops yet. Optimise, then release the routes: the day begins here.")


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be said of the chosen driver now: ``subject`` in words, the facts, the last one.

    A driver who ``is_off`` has no more to do today.
    """

    subject: str = ""
    kinds: tuple[FactKind, ...] = ()
    last: str = ""
    is_off: bool = False


class LivePanel(QWidget):
    """``told``: a fact and its cause; ``takenBack``: the last one; ``chosen``: a driver."""

    told = Signal(object, object)
    takenBack = Signal()
    chosen = Signal(str)

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("live")
        self.setAutoFillBackground(True)
        self.out = action_button(actions["driver_out"], theme, tr("Out from now on…"), "user-x")
        words = tr("Something happened…")
        self.happened = action_button(actions["happened"], theme, words, "triangle-alert")
        self.tabs = _tabs()
        self.alarms = AlarmPane(theme, actions)
        self.stack = QStackedWidget()
        self.sums = Caption(theme, FAINT)
        self.pace = PaceBar(theme)
        self.pace.hide()
        self.empty = Caption(theme, FAINT, EMPTY, wrap=True)
        self.model = LiveList()
        self.view = listing(self.model, LiveDelegate, theme, tr("Drivers by delay"))
        self.subject = Caption(theme, FAINT, wrap=True)
        self.buttons = {kind: self._button(kind) for kind in WORDS}
        self.back = QPushButton()
        theme.dress(self.back, "undo-2")
        self.back.clicked.connect(self.takenBack)
        self.offer(Choices())
        self._lay_out()
        self.view.selectionModel().currentChanged.connect(self._picked)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.sums.setContentsMargins(12, 4, 12, 6)
        for widget in (self.tabs, self.sums, self.pace):
            box.addWidget(widget)
        self.stack.addWidget(self._drivers())
        self.stack.addWidget(self.alarms)
        box.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)

    def _drivers(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.empty.setContentsMargins(12, 8, 12, 8)
        box.addWidget(self.empty)
        box.addWidget(self.view, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 10)
        foot.setSpacing(6)
        foot.addWidget(self.subject)
        foot.addLayout(in_a_row(*self.buttons.values()))
        foot.addLayout(in_a_row(self.back, self.out))
        foot.addLayout(in_a_row(self.happened))
        box.addLayout(foot)
        return page

    def count_alarms(self, count: int) -> None:
        """How many wait for somebody, on the tab."""
        words = tr("Alarms  {count}", count=count) if count else tr("Alarms")
        self.tabs.setTabText(ALARMS, words)
        self.tabs.setTabIcon(ALARMS, self._theme.icon("bell", "bad") if count else QIcon())

    def show_faces(self, faces: Sequence[LiveFace], sums: str, chosen: RouteId | None) -> None:
        """The drivers, and which of them is chosen."""
        self.sums.say(sums)
        self.empty.setVisible(not faces)
        with QSignalBlocker(self.view.selectionModel()):
            self.model.show_rows(faces)
            self._choose(chosen)
        self.view.viewport().update()

    def _choose(self, chosen: RouteId | None) -> None:
        rows = [i for i, face in enumerate(self.model.rows) if face.route == chosen]
        index = self.model.index(rows[0]) if rows else QModelIndex()
        flags = QItemSelectionModel.SelectionFlag
        flag = flags.ClearAndSelect if rows else flags.Clear
        self.view.selectionModel().setCurrentIndex(index, flag)

    def offer(self, choices: Choices) -> None:
        """What may be said of the chosen driver."""
        self.subject.say(choices.subject or tr("Choose a driver to report what happened."))
        for kind, button in self.buttons.items():
            button.setVisible(kind in choices.kinds)
        self.out.setVisible(bool(choices.subject) and not choices.is_off)
        self.back.setVisible(bool(choices.last))
        self.back.setText(tr("Take back: {last}", last=choices.last))

    def _button(self, kind: FactKind) -> QPushButton:
        text, icon = WORDS[kind]
        button = QPushButton(text)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._theme.dress(button, icon)
        if kind is not FactKind.FAILED:
            button.clicked.connect(lambda _on=False, kind=kind: self.told.emit(kind, None))
            return button
        menu = QMenu(button)
        for cause in DOOR_CAUSES:
            action = menu.addAction(wording.cause(cause))
            action.triggered.connect(
                lambda _on=False, cause=cause: self.told.emit(FactKind.FAILED, cause)
            )
        button.setMenu(menu)
        return button

    def _picked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.model.rows[index.row()].route)


def _tabs() -> QTabBar:
    tabs = QTabBar()
    tabs.setExpanding(False)
    tabs.setAccessibleName(tr("Drivers or alarms"))
    tabs.addTab(tr("Drivers"))
    tabs.addTab(tr("Alarms"))
    return tabs
