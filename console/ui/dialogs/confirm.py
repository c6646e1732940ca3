"""Yes or no, with what follows from a yes."""

from PySide6.QtWidgets import QWidget

from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme


class ConfirmDialog(Sheet):
    """A question, its consequence, and a button that says what it does. Enter does not say yes."""

    def __init__(
        self, question: str, consequence: str, yes: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(question, theme, parent)
        self.least(380)
        self.heading(question)
        self.sentence(consequence)
        self.keep_button = self.go_back(tr("Keep as it is"), default=True)
        self.yes_button = self.go_on(yes, danger=True)
        self.keep_button.setFocus()
