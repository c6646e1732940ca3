"""What happened to the plan: who, when, what; any step can be taken back."""

from collections.abc import Sequence

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
        step = self.steps[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return step.sentence
        return step if role == Qt.ItemDataRole.UserRole else None


class HistoryPanel(QWidget):
    """``revertAsked(version)`` when a step is to be taken back."""

    revertAsked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model = StepList()
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(StepDelegate(theme, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName("History")
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.selectionModel().currentChanged.connect(self._enable)
        self.revert_button = QPushButton("Take back")
        self.revert_button.setToolTip("Undo just this step, wherever it stands")
        theme.dress(self.revert_button, "undo-2")
        self.revert_button.clicked.connect(self._revert)
        self.title = Caption(theme, STRONG, "History")
        self._lay_out()
        self._enable()
        theme.changed.connect(self.view.doItemsLayout)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 8, 6)
        head.addWidget(self.title, 1)
        head.addWidget(self.revert_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self.view, 1)

    def show_entries(self, entries: Sequence[Entry], picture: Picture) -> None:
        """The rows of the journal, oldest first as the desk keeps them."""
        self.model.fill(steps(entries, picture))
        self.title.say(f"History  {len(entries)}")
        self._enable()

    def _chosen(self) -> Step | None:
        index = self.view.currentIndex()
        return self.model.steps[index.row()] if index.isValid() else None

    def _enable(self, _now: object = None, _before: object = None) -> None:
        step = self._chosen()
        self.revert_button.setEnabled(step is not None and step.can_revert)

    def _revert(self) -> None:
        step = self._chosen()
        if step is not None and step.can_revert:
            self.revertAsked.emit(step.version)

    def _open_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if not index.isValid():
            return
        self.view.setCurrentIndex(index)
        menu = QMenu(self)
        action = menu.addAction("Take back this step")
        action.setEnabled(self.revert_button.isEnabled())
        action.triggered.connect(self._revert)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.view.viewport().mapToGlobal(at))
