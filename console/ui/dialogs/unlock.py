"""The PIN before the window."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

TRIES = 5


class UnlockDialog(Sheet):
    """Accepted by the right PIN; closed after some wrong ones."""

    def __init__(
        self,
        is_right: Callable[[str], bool],
        plainly: str,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Doorstep", theme, parent)
        self._is_right, self._tries = is_right, TRIES
        self.least(380)
        self.heading(tr("Your PIN"))
        self.field = self.put(QLineEdit())
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName("PIN")
        self.said = self.problem()
        self.sentence(plainly)
        self.go_back(tr("Quit"))
        self.open_button = self.go_on(tr("Open"))
        self.field.setFocus()

    def accept(self) -> None:
        """Only where the PIN is right."""
        if self._is_right(self.field.text()):
            super().accept()
            return
        self._tries -= 1
        if not self._tries:
            self.reject()
            return
        tries = tr("one try is") if self._tries == 1 else tr("{tries} tries are", tries=self._tries)
        self.said.say(tr("That is not it; {tries} left.", tries=tries), "bad")
        self.field.clear()
        self.field.setFocus()
