"""Five whys, the evidence, and an action with an owner and a day."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from console import formats
from console.dispatch.rootcause import WHYS, Known, Root
from console.domain.clusters import By
from console.tongues import tr
from console.ui.asking import open_photo
from console.ui.caption import FAINT, Caption
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

Scope = tuple[By | None, str, str]
"""A group, its key, and what it is called."""


class RootDialog(Sheet):
    """``root`` once accepted. ``photoChosen`` tells a file, as that of an exception does."""

    photoChosen = Signal(object)

    def __init__(
        self, about: str, scopes: Sequence[Scope], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Root cause"), theme, parent)
        self.least(560)
        self._photo, self._scopes = b"", scopes
        self.heading(tr("Why did it happen?"))
        self.sentence(
            tr("{about}. Ask of each answer why again; the last one is the root cause.",
               about=about)
        )  # fmt: skip
        grid = self.grid()
        self.whys = [self._line(500) for _ in range(WHYS)]
        for number, field in enumerate(self.whys, 1):
            words = tr("Why? {number}.", number=number)
            field.setAccessibleName(words)
            grid.addRow(words, field)
        self.evidence, self.action = self._line(500), self._line(500)
        self.evidence.setPlaceholderText(tr("What shows that it is so"))
        self.action.setPlaceholderText(tr("What is done so that it does not happen again"))
        self.owner, self.due, self.scope = QComboBox(), QDateEdit(), QComboBox()
        self._add(grid, tr("Evidence"), self.evidence)
        grid.addRow(tr("Photo"), self._photo_row())
        self._add(grid, tr("Action"), self.action)
        self._add(grid, tr("Whose"), self.owner)
        self._add(grid, tr("Due"), self.due)
        self._add(grid, tr("Should fall"), self.scope)
        for by, _key, words in scopes:
            self.scope.addItem(words, by)
        self.said = self.problem()
        self.go_back()
        self.keep_button = self.go_on(tr("Keep"))
        for field in (self.whys[0], self.action):
            field.textChanged.connect(self._typed)

    def _add(self, grid: QFormLayout, words: str, field: QWidget) -> None:
        field.setAccessibleName(words)
        grid.addRow(words, field)

    def _line(self, longest: int) -> QLineEdit:
        field = QLineEdit()
        field.setMaxLength(longest)
        return field

    def _photo_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.photo_button = QPushButton(tr("Choose a file…"))
        self.photo_button.setAutoDefault(False)
        self.photo_button.clicked.connect(self._ask_photo)
        self.photo_name = Caption(self.theme, FAINT, tr("None"))
        row.addWidget(self.photo_button)
        row.addWidget(self.photo_name, 1)
        return row

    def fill(self, known: Known | None, owners: Sequence[str], due: date) -> None:
        """What is on record, or a beginning; whoever works here may take it, or anybody typed."""
        self.owner.setEditable(True)
        self.owner.addItems(list(owners))
        self.due.setDisplayFormat(formats.day_pattern())
        self.due.setCalendarPopup(True)
        self.owner.editTextChanged.connect(self._typed)
        if known is not None:
            for field, why in zip(self.whys, known.whys, strict=False):
                field.setText(why)
            self.evidence.setText(known.evidence)
            self.action.setText(known.action)
            self.owner.setEditText(known.owner)
            due = known.due or due
            if known.photo:
                self.photo_name.say(tr("The one that is kept"))
        self.due.setDate(QDate(due.year, due.month, due.day))
        self._typed()
        self.whys[0].setFocus()

    @property
    def root(self) -> Root:
        """As it is filled in."""
        by, key, _ = self._scopes[max(0, self.scope.currentIndex())]
        due = self.due.date()
        return Root(
            tuple(field.text() for field in self.whys),
            self.action.text(),
            self.owner.currentText(),
            date(due.year(), due.month(), due.day()),
            self.evidence.text(),
            self._photo,
            by,
            key,
        )

    def _typed(self, _text: str = "") -> None:
        """A why, an action and whose it is are the least."""
        told = (self.whys[0].text(), self.action.text(), self.owner.currentText())
        self.keep_button.setEnabled(all(text.strip() for text in told))

    def _ask_photo(self) -> None:
        open_photo(self, self.photoChosen.emit)

    def show_photo(self, name: str, data: bytes) -> None:
        """It was read, and goes along."""
        self._photo = data
        self.photo_name.say(name)
        self.said.say("")

    def say_problem(self, sentence: str) -> None:
        """Why a picture cannot be kept; what was typed stays."""
        self.said.say(sentence)
