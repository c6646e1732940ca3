"""Rows that we paint ourselves, in the colours of the theme that is chosen."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStyledItemDelegate

from console.ui.ink import Ink
from console.ui.theme.theme import Theme


class InkDelegate(QStyledItemDelegate):
    """``_ink`` follows the theme."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._ink = theme, Ink(theme)
        theme.changed.connect(self._renew)

    def _renew(self) -> None:
        self._ink = Ink(self._theme)
