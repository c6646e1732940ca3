"""Actions against root causes that are open, on whichever day they began."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console import formats, wording
from console.dispatch.openactions import Action, overdue
from console.tongues import tr, trn
from console.ui.dialogs.sheet import Sheet
from console.ui.dialogs.table import PlainTable
from console.ui.theme.theme import Theme

COLUMNS = (tr("State"), tr("Due"), tr("Whose"), tr("Day"), tr("Cause"), tr("Action"))


class ActionsSheet(Sheet):
    """``opened`` tells an action whose exception is to be shown."""

    opened = Signal(object)

    def __init__(
        self, actions: Sequence[Action], today: date, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Actions against root causes"), theme, parent)
        self.least(860, 420)
        self.actions_ = list(actions)
        self.heading(title(actions, today))
        self.sentence(
            tr("Begun at an exception: Ask why. Once one is taken, some days later its effect is"
               " checked there.")
        )  # fmt: skip
        self.table = self.put(PlainTable(COLUMNS, theme))
        self.table.empty = tr("No action is open")
        self.table.fill(
            [_cells(each, today) for each in actions],
            ["bad" if each.is_overdue(today) else "text" for each in actions],
        )
        self.open_button = self.beside(tr("Show the exception"))
        self.open_button.setEnabled(False)
        self.go_back(tr("Close"), default=True)
        self.table.itemSelectionChanged.connect(self._picked)
        self.table.cellDoubleClicked.connect(self._open)
        self.open_button.clicked.connect(self._open)

    @property
    def action(self) -> Action | None:
        """The one that is picked."""
        row = self.table.currentRow()
        return self.actions_[row] if self.table.selectedItems() else None

    def _picked(self) -> None:
        self.open_button.setEnabled(self.action is not None)

    def _open(self, _row: int = 0, _column: int = 0) -> None:
        if self.action is not None:
            self.opened.emit(self.action)


def title(actions: Sequence[Action], today: date) -> str:
    """``2 actions are overdue``."""
    late = overdue(actions, today)
    if late:
        return trn("{n} action is overdue", "{n} actions are overdue", late)
    return trn("{n} action is open", "{n} actions are open", len(actions))


def _cells(action: Action, today: date) -> tuple[str, ...]:
    return (
        _state(action, today),
        formats.day(action.due, year=False) if action.due is not None else "",
        action.owner,
        formats.day(action.day, year=False),
        wording.cause(action.cause) if action.cause is not None else tr("Other"),
        action.text,
    )


def _state(action: Action, today: date) -> str:
    if action.is_taken:
        return tr("Taken, effect to check")
    return tr("Overdue") if action.is_overdue(today) else tr("Open")
