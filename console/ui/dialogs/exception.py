"""What went wrong: a cause by one key, its leaf of the tree, how bad it is, a note, a photo."""

from collections.abc import Mapping

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from console import wording
from console.dispatch.depotrules import USUAL_SEVERITY, USUAL_TYPES
from console.dispatch.exceptions import Logged
from console.domain.cases import Severity
from console.domain.plan import Cause
from console.tongues import tr
from console.ui.dialogs.photo_field import PhotoField
from console.ui.dialogs.sheet import Sheet
from console.ui.severities import SEVERITIES
from console.ui.theme.theme import Theme

KEYS = "1234567890-"
"""One key a cause, in the order of ``Cause``."""


class ExceptionDialog(Sheet):
    """``told`` once accepted. A digit chooses, Tab goes on, Enter logs: two keys are enough.

    The severity follows the cause until somebody chooses another.
    """

    def __init__(
        self,
        label: str,
        theme: Theme,
        parent: QWidget | None = None,
        types: Mapping[Cause, tuple[str, ...]] = USUAL_TYPES,
    ) -> None:
        super().__init__(tr("Log exception"), theme, parent)
        self.least(460)
        self._types, self.photo = types, PhotoField(theme)
        self._is_graded = False
        self.heading(tr("What went wrong?"))
        self.about = self.sentence(label)
        self._causes = list(Cause)
        self._group = QButtonGroup(self)
        self._add_causes()
        self._add_details()
        self.said = self.problem()
        self.photo.said.connect(self.said.say)
        self.go_back()
        self.log_button = self.go_on(tr("Log exception"))
        self.log_button.setEnabled(False)
        self._group.idToggled.connect(self._chosen)
        self._group.button(0).setFocus()

    def _add_details(self) -> None:
        fields = self.grid()
        self.type = QComboBox()
        self.type.setAccessibleName(tr("More exactly"))
        self.type.setEnabled(False)
        self.severity = QComboBox()
        self.severity.setAccessibleName(tr("Severity"))
        for each, text in SEVERITIES.items():
            self.severity.addItem(text, each)
        self.severity.setCurrentIndex(Severity.NORMAL.rank)
        self.severity.activated.connect(self._graded)
        self.note_field = QLineEdit()
        self.note_field.setPlaceholderText(tr("Note, for example: gate locked, rang twice"))
        self.note_field.setAccessibleName(tr("Note"))
        self.note_field.setMaxLength(500)
        fields.addRow(tr("More exactly"), self.type)
        fields.addRow(tr("Severity"), self.severity)
        fields.addRow(tr("Note"), self.note_field)
        fields.addRow(tr("Photo"), self.photo)

    @property
    def told(self) -> Logged:
        """All of it."""
        leaf = self.type.currentData() or ""
        severity = Severity(self.severity.currentData())
        return Logged(self.cause, self.note, severity, str(leaf), self.photo.data)

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

    def _chosen(self, _cause: int, checked: bool) -> None:
        if not checked:
            return
        self.log_button.setEnabled(True)
        leaves = self._types.get(self.cause, ())
        self.type.clear()
        self.type.addItem(tr("Not said"), "")
        for leaf in leaves:
            self.type.addItem(tr(leaf), leaf)
        self.type.setEnabled(bool(leaves))
        if not self._is_graded:
            usual = USUAL_SEVERITY.get(self.cause, Severity.NORMAL)
            self.severity.setCurrentIndex(usual.rank)

    def _graded(self, _index: int) -> None:
        self._is_graded = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits that no field took choose a cause."""
        key = event.text()
        place = KEYS.find(key) if key else -1
        if 0 <= place < len(self._causes):
            self.choose(self._causes[place])
            return
        super().keyPressEvent(event)
