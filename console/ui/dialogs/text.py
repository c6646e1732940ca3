"""One line of text and a button."""

from PySide6.QtWidgets import QLineEdit, QWidget

from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme


class TextDialog(Sheet):
    """``text`` once accepted; never empty then."""

    def __init__(
        self, heading: str, button: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(heading, theme, parent)
        self.least(360)
        self.heading(heading)
        self.field = self.put(QLineEdit())
        self.field.setAccessibleName(heading)
        self.field.setMaxLength(80)
        self.go_back()
        self.keep_button = self.go_on(button)
        self.keep_button.setEnabled(False)
        self.field.textChanged.connect(self._typed)
        self.field.setFocus()

    @property
    def text(self) -> str:
        """What was typed."""
        return self.field.text().strip()

    def _typed(self, _text: str) -> None:
        self.keep_button.setEnabled(bool(self.text))
