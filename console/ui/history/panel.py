"""What happened to the plan: who, when, what; any step can be taken back."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QHBoxLayout, QListView, QMenu, QPushButton, QVBoxLayout, QWidget

from console.dispatch.journal import Entry
from console.dispatch.picture import Picture
from console.tongues import tr
from console.ui.caption import STRONG, Caption
from console.ui.history.delegate import StepDelegate
from console.ui.history.steps import Step, steps
from console.ui.theme.theme import Theme

_Index = QModelIndex | QPersistentModelIndex


class StepList(QAbstractListModel):
    """The steps of a day, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[Step] = []

    def fill(self, made: list[Step]) -> None:
        """Other steps; rows that are new at the top are inserted, so that the view keeps still."""
        fresh = len(made) - len(self.steps)
        if 0 < fresh < len(made) and made[fresh:] == self.steps:
            self.beginInsertRows(QModelIndex(), 0, fresh - 1)
            self.steps = made
            self.endInsertRows()
        elif made != self.steps:
            self.beginResetModel()
            self.steps = made
            self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.steps)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        step = self.steps[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return step.sentence
        return step if role == Qt.ItemDataRole.UserRole else None


class HistoryPanel(QWidget):
    """What is asked for a step, by its version.

    ``revertAsked`` takes it back, ``returnAsked`` makes the plan as it was then, ``nameAsked``,
    ``keepAsked`` makes a scenario of it.
    """

    revertAsked = Signal(int)
    returnAsked = Signal(int)
    nameAsked = Signal(int)
    keepAsked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.model = StepList()
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(StepDelegate(theme, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(tr("History"))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.selectionModel().currentChanged.connect(self._enable)
        self.view.activated.connect(self._return)
        self.return_button = self._button(
            tr("Back to here"), tr("The plan as it was then"), "history"
        )
        self.return_button.clicked.connect(self._return)
        self.revert_button = self._button(tr("Take back"), tr("Undo just this step"), "undo-2")
        self.revert_button.clicked.connect(self._revert)
        self.name_button = self._button(tr("Name…"), tr("Give this version a name"), "pencil")
        self.name_button.clicked.connect(self._name)
        self.title = Caption(theme, STRONG, tr("History"))
        self._lay_out()
        self._enable()
        theme.changed.connect(self.view.doItemsLayout)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 8, 6)
        head.addWidget(self.title, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        for button in (self.return_button, self.revert_button, self.name_button):
            foot.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self.view, 1)
        rows.addLayout(foot)

    def _button(self, text: str, hint: str, icon: str) -> QPushButton:
        button = QPushButton(text)
        button.setMinimumWidth(0)
        button.setToolTip(hint)
        self._theme.dress(button, icon)
        return button

    def show_entries(
        self,
        entries: Sequence[Entry],
        picture: Picture,
        names: Mapping[str, str] | None = None,
    ) -> None:
        """The rows of the journal, oldest first as the desk keeps them; names of versions."""
        self.model.fill(steps(entries, picture, names))
        self.title.say(tr("History  {entries}", entries=len(entries)))
        self._enable()

    def _chosen(self) -> Step | None:
        index = self.view.currentIndex()
        return self.model.steps[index.row()] if index.isValid() else None

    def _enable(self, _now: object = None, _before: object = None) -> None:
        step = self._chosen()
        self.revert_button.setEnabled(step is not None and step.can_revert)
        self.return_button.setEnabled(self.view.currentIndex().row() > 0)  # 0 is how it is now
        self.name_button.setEnabled(step is not None)

    def _revert(self) -> None:
        step = self._chosen()
        if step is not None and step.can_revert:
            self.revertAsked.emit(step.version)

    def _return(self, _index: object = None) -> None:
        step = self._chosen()
        if step is not None and self.return_button.isEnabled():
            self.returnAsked.emit(step.version)

    def _name(self) -> None:
        step = self._chosen()
        if step is not None:
            self.nameAsked.emit(step.version)

    def _keep(self) -> None:
        step = self._chosen()
        if step is not None:
            self.keepAsked.emit(step.version)

    def _open_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if not index.isValid():
            return
        self.view.setCurrentIndex(index)
        menu = QMenu(self)
        entries = (
            (tr("Back to this version"), self.return_button, self._return),
            (tr("Take back this step"), self.revert_button, self._revert),
            (tr("Name this version…"), self.name_button, self._name),
            (tr("Keep this version as a scenario…"), self.name_button, self._keep),
        )
        for text, button, call in entries:
            action = menu.addAction(text)
            action.setEnabled(button.isEnabled())
            action.triggered.connect(call)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.view.viewport().mapToGlobal(at))
