"""Somebody asks to be forgotten; and how long what tells of people is kept at all."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from console.dispatch.erasure import NOBODY, Person
from console.dispatch.retention import LEAST, MOST, Retention
from console.tongues import tr
from console.ui.caption import QUIET, STRONG, Caption
from console.ui.storing.parts import button, line
from console.ui.theme.theme import Theme

_HINT = tr(
    "A customer or driver who asks to be forgotten is dropped from every "
    "register: name, phone, e-mail, address and notes. Plans, their history and "
    "all figures stay; they name nobody."
)


_KEPT = tr(
    "What is older goes by itself, for every console of this store. Backups hold "
    "it until they are thinned out."
)


class PersonPage(QWidget):
    """``findAsked(str)``; ``eraseAsked(Person)``; ``retainAsked(Retention)``."""

    findAsked = Signal(str)
    eraseAsked = Signal(object)
    retainAsked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.person = Person()
        self.words = QLineEdit()
        self.words.setAccessibleName(tr("Who"))
        self.words.setPlaceholderText(tr("Whole name, phone, e-mail or order number"))
        self.words.textChanged.connect(self._typed)
        self.words.returnPressed.connect(self._find)
        self.find_button = button(theme, tr("Find"), "search", self._find)
        self.erase_button = button(theme, tr("Forget for good…"), "x", self._erase)
        self.found = Caption(theme, STRONG)
        self.said = Caption(theme, QUIET, wrap=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 12, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(Caption(theme, QUIET, _HINT, wrap=True))
        rows.addWidget(self.words)
        rows.addLayout(line(self.find_button, self.erase_button))
        rows.addWidget(self.found)
        rows.addWidget(self.said)
        rows.addSpacing(16)
        self._add_retention(rows, theme)
        rows.addStretch(1)
        self._typed()

    def _add_retention(self, rows: QVBoxLayout, theme: Theme) -> None:
        self.positions, self.proofs = _days(tr("Drivers' positions")), _days(tr("Photos"))
        self.retain_button = button(theme, tr("Save"), "check", self._retain)
        self.retained = Caption(theme, QUIET, wrap=True)
        for days in (self.positions, self.proofs):
            days.valueChanged.connect(self._changed)
        grid = QFormLayout()
        grid.setFormAlignment(Qt.AlignmentFlag.AlignLeft)
        grid.addRow(tr("Drivers' positions"), self.positions)
        grid.addRow(tr("Photos and other proofs"), self.proofs)
        rows.addWidget(Caption(theme, STRONG, tr("How long it is kept")))
        rows.addWidget(Caption(theme, QUIET, _KEPT, wrap=True))
        rows.addLayout(grid)
        rows.addLayout(line(self.retain_button))
        rows.addWidget(self.retained)
        self.show_retention(Retention())

    def show_retention(self, held: Retention, *, is_saved: bool = False) -> None:
        """What holds in this store."""
        self.held = held
        self.positions.setValue(held.positions)
        self.proofs.setValue(held.proofs)
        self._changed()
        self.retained.say(tr("Saved.") if is_saved else "")

    def _changed(self) -> None:
        self.retained.say("")
        self.retain_button.setEnabled(self._wanted != self.held)

    @property
    def _wanted(self) -> Retention:
        return Retention(self.positions.value(), self.proofs.value())

    def _retain(self) -> None:
        self.retainAsked.emit(self._wanted)

    def show_found(self, person: Person) -> None:
        """What there is of her."""
        self.person = person
        self.found.say(tr("Found: {sentence}", sentence=person.sentence) if person else "")
        self.said.say(tr("All of it would be dropped.") if person else str(NOBODY))
        self.erase_button.setEnabled(bool(person))

    def show_erased(self, told: str) -> None:
        """She is forgotten; ``told`` is of the copies."""
        self.words.clear()
        self.said.say(tr("Forgotten. {told}", told=told))

    def _typed(self) -> None:
        """Other words: nobody is found yet."""
        self.person = Person()
        self.found.say("")
        self.said.say("")
        self.erase_button.setEnabled(False)
        self.find_button.setEnabled(bool(self.words.text().strip()))

    def _find(self) -> None:
        if self.words.text().strip():
            self.findAsked.emit(self.words.text().strip())

    def _erase(self) -> None:
        self.eraseAsked.emit(self.person)


def _days(name: str) -> QSpinBox:
    made = QSpinBox()
    made.setRange(LEAST, MOST)
    made.setSuffix(tr(" days"))
    made.setAccessibleName(name)
    return made
