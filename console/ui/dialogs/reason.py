"""Why a broken rule is accepted."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.tongues import tr
from console.ui.caption import FAINT, Caption
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

QUICK = (
    tr("Agreed with the customer"),
    tr("Known to work in practice"),
    tr("The driver agreed"),
    tr("No other vehicle today"),
)
SKIPPING = (
    tr("Checked outside the console"),
    tr("Will be done during the day"),
    tr("No time: the vans have to leave"),
)
REOPENING = (tr("A report came late"), tr("Something was forgotten"))
HINT = tr("Kept with the plan for good: no names of persons, please.")


class ReasonField(QWidget):
    """Quick reasons, and a line for any other."""

    def __init__(self, theme: Theme, quick: Sequence[str] = QUICK) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Reason"))
        self.field.setAccessibleName(tr("Reason"))
        self.field.setMaxLength(200)
        self.quick = [self._button(text, theme) for text in quick]
        rows.addWidget(self.field)
        for button in self.quick:
            rows.addWidget(button)
        rows.addWidget(Caption(theme, FAINT, HINT, wrap=True))

    @property
    def reason(self) -> str:
        """What is written."""
        return self.field.text().strip()

    def _button(self, text: str, theme: Theme) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "quiet")
        button.setAutoDefault(False)
        button.setStyleSheet("text-align: left;")
        button.clicked.connect(lambda: self._take(text))
        theme.dress(button, "corner-down-right", "accent", 14)
        return button

    def _take(self, text: str) -> None:
        self.field.setText(text)
        self.field.setFocus()


class _ReasonSheet(Sheet):
    """``reason`` once accepted; never empty then."""

    def _ask(self, reasons: ReasonField, accept: str, back: str = tr("Cancel")) -> QPushButton:
        """The field and the buttons; the one that goes on wants a reason."""
        self.reasons = self.put(reasons)
        self.go_back(back)
        self._accept = self.go_on(accept)
        self._accept.setEnabled(False)
        reasons.field.textChanged.connect(self._typed)
        reasons.field.setFocus()
        return self._accept

    @property
    def reason(self) -> str:
        """Why."""
        return self.reasons.reason

    def _typed(self, _text: str) -> None:
        self._accept.setEnabled(bool(self.reason))


class ReasonDialog(_ReasonSheet):
    """A rule is broken on purpose."""

    def __init__(self, sentence: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Force with a reason"), theme, parent)
        self.least(400)
        self.heading(
            tr("{sentence}. Do it all the same?", sentence=f"{sentence[:1].upper()}{sentence[1:]}")
        )
        self.sentence(tr("The number stays red; your reason stands beside it."))
        self.force_button = self._ask(ReasonField(theme), tr("Accept"))


class SkipDialog(_ReasonSheet):
    """Steps that are open are passed over."""

    def __init__(
        self, steps: Sequence[tuple[str, str]], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Skip with a reason"), theme, parent)
        self.least(400)
        names = [name for name, _ in steps]
        said = (
            names[0]
            if len(names) == 1
            else tr("{text} and {names}", text=", ".join(names[:-1]), names=names[-1])
        )
        self.heading(tr("Skip {said}?", said=said))
        for name, note in steps:
            self.sentence(f"{name}: {note}")
        self.skip_button = self._ask(ReasonField(theme, SKIPPING), tr("Skip"), tr("Go back"))


class ReopenDialog(_ReasonSheet):
    """A sealed day is opened again."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Open the day again"), theme, parent)
        self.least(400)
        self.heading(tr("The day is sealed. Open it again?"))
        self.sentence(tr("The seal stays in its history; your reason stands beside it."))
        self.reopen_button = self._ask(ReasonField(theme, REOPENING), tr("Open again"))
