"""What went wrong: a cause by one key, and a note."""

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QRadioButton, QWidget

from console import wording
from console.domain.plan import Cause
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

KEYS = "1234567890-"
"""One key a cause, in the order of ``Cause``."""


class ExceptionDialog(Sheet):
    """``cause`` and ``note`` once accepted. A digit chooses, Tab goes to the note, Enter logs."""

    def __init__(self, label: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Log exception"), theme, parent)
        self.least(420)
        self.heading(tr("What went wrong?"))
        self.sentence(label)
        self._causes = list(Cause)
        self._group = QButtonGroup(self)
        self._add_causes()
        self.note_field = self.put(QLineEdit())
        self.note_field.setPlaceholderText(tr("Note, for example: gate locked, rang twice"))
        self.note_field.setAccessibleName(tr("Note"))
        self.note_field.setMaxLength(500)
        self.go_back()
        self.log_button = self.go_on(tr("Log exception"))
        self.log_button.setEnabled(False)
        self._group.idToggled.connect(self._chosen)
        self._group.button(0).setFocus()

    @property
    def cause(self) -> Cause:
        """The cause that is chosen; the first one while none is."""
        return self._causes[max(0, self._group.checkedId())]

    @property
    def note(self) -> str:
        """What was typed."""
        return self.note_field.text().strip()

    def choose(self, cause: Cause) -> None:
        """Choose a cause as a click would."""
        button = self._group.button(self._causes.index(cause))
        button.setChecked(True)
        button.setFocus()

    def _add_causes(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        half = (len(self._causes) + 1) // 2
        for i, cause in enumerate(self._causes):
            key = KEYS[i] if i < len(KEYS) else ""
            button = QRadioButton(f"{key}   {wording.cause(cause)}")
            button.setAccessibleName(tr("{cause}, key {key}", cause=wording.cause(cause), key=key))
            self._group.addButton(button, i)
            grid.addWidget(button, i % half, i // half)
        self.body.addLayout(grid)

    def _chosen(self, _cause: int, _checked: bool) -> None:
        self.log_button.setEnabled(self._group.checkedId() >= 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits that no field took choose a cause."""
        key = event.text()
        place = KEYS.find(key) if key else -1
        if 0 <= place < len(self._causes):
            self.choose(self._causes[place])
            return
        super().keyPressEvent(event)
