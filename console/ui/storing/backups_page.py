"""The backups: made by themselves, made now, put back."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from console import formats
from console.dispatch.stores import Place, SavedStore
from console.tongues import tr
from console.ui.caption import QUIET, Caption
from console.ui.dialogs.table import PlainTable
from console.ui.storing.parts import button, line, size_text
from console.ui.theme.theme import Theme

_TITLES = (tr("Made"), tr("Size"), tr("File"))
_LOCAL = tr(
    "Made and checked every hour while a window is open, kept for a day, a month "
    "and a year, and restored once a day to prove them. Restoring sets the "
    "present store aside whole."
)
_SHARED = tr(
    "Every console keeps a daily copy of the shared database here, in a file that"
    " any Doorstep can open. Restoring the server itself is its administrator's "
    "work: restore a copy into a local store, then move that to an empty "
    "database."
)
_EMPTY = tr(
    "No backup yet. The first one is made by itself within the hour; “Back up now” does not wait, "
    "and “Restore another file…” takes one from a stick or another computer."
)
_EMPTY_SHARED = tr(
    "No copy yet. It is made by itself while a window is open; “Back up now” does not wait."
)


class BackupsPage(QWidget):
    """``saveAsked``; ``restoreAsked(Path)``."""

    saveAsked = Signal()
    restoreAsked = Signal(object)

    def __init__(self, place: Place, theme: Theme) -> None:
        super().__init__()
        self._saved: list[SavedStore] = []
        self._is_shared = place.is_shared
        self.table = PlainTable(_TITLES, theme)
        self.table.empty = _EMPTY_SHARED if place.is_shared else _EMPTY
        self.table.itemSelectionChanged.connect(self._chosen)
        self.save_button = button(theme, tr("Back up now"), "save", self.saveAsked.emit)
        self.restore_button = button(theme, tr("Restore…"), "rotate-ccw", self._restore)
        self.open_button = button(theme, tr("Restore another file…"), "folder-open", self._browse)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 12, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(Caption(theme, QUIET, _SHARED if place.is_shared else _LOCAL, wrap=True))
        rows.addLayout(line(self.save_button, self.restore_button, self.open_button))
        rows.addWidget(self.table, 1)
        self._chosen()

    def show_saved(self, saved: Sequence[SavedStore]) -> None:
        """The newest first; times are this computer's."""
        self._saved = list(saved)
        self.table.fill([(_made(each), size_text(each.size), str(each.file)) for each in saved])
        if saved:
            self.table.selectRow(0)
        self._chosen()

    def _chosen(self) -> None:
        self.restore_button.setEnabled(self.table.currentRow() >= 0 and not self._is_shared)
        self.open_button.setEnabled(not self._is_shared)

    def _restore(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._saved):
            self.restoreAsked.emit(self._saved[row].file)

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Restore a backup"), "", tr("Backups (*.db)")
        )
        if chosen:
            self.restoreAsked.emit(Path(chosen))


def _made(saved: SavedStore) -> str:
    made = saved.made.astimezone()
    return f"{formats.day(made, weekday=True)}  {formats.clock(made)}"
