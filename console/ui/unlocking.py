"""The PIN asked for before there is a window, and before there is a loop."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from console.ui.dialogs.unlock import UnlockDialog
from console.ui.start import application
from console.ui.theme.theme import Choice, apply_theme


def admitted(is_right: Callable[[str], bool], plainly: str) -> bool:
    """Ask until the PIN is right, or was wrong too often."""
    dialog = UnlockDialog(is_right, plainly, apply_theme(application(), Choice.SYSTEM))
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
