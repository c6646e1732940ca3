"""Somebody asks to be forgotten: found, shown how much there is of her, and dropped."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from console.dispatch.erasure import NOBODY, Person
from console.tongues import tr
from console.ui.caption import QUIET, STRONG, Caption
from console.ui.storing.parts import button, line
from console.ui.theme.theme import Theme

_HINT = tr(
    "A customer or driver who asks to be forgotten is dropped from every "
    "register: name, phone, e-mail, address and notes. Plans, their history and "
    "all figures stay; they name nobody."
)


class PersonPage(QWidget):
    """``findAsked(str)``; ``eraseAsked(Person)``."""

    findAsked = Signal(str)
    eraseAsked = Signal(object)

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
        rows.addStretch(1)
        self._typed()

    def show_found(self, person: Person) -> None:
        """What there is of her."""
        self.person = person
        self.found.say(tr("Found: {sentence}", sentence=person.sentence) if person else "")
        self.said.say(tr("All of it would be dropped.") if person else NOBODY)
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
