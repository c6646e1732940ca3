"""Five whys, the evidence, and an action with an owner and a day."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFormLayout,
    QLineEdit,
    QWidget,
)

from console import formats
from console.dispatch.rootcause import WHYS, Known, Root
from console.domain.clusters import By
from console.tongues import tr
from console.ui.dialogs.photo_field import PhotoField
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

Scope = tuple[By | None, str, str]
"""A group, its key, and what it is called."""


class RootDialog(Sheet):
    """``root`` once accepted; ``shareAsked`` wants it known to all who plan."""

    shareAsked = Signal()

    def __init__(
        self, about: str, scopes: Sequence[Scope], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Root cause"), theme, parent)
        self.least(600)
        self.photo, self._scopes = PhotoField(theme), scopes
        self.heading(tr("Why did it happen?"))
        self.sentence(
            tr("{about}. Ask of each answer why again; the last one is the root cause.",
               about=about)
        )  # fmt: skip
        grid = self.grid()
        self.whys = [self._line(500) for _ in range(WHYS)]
        for number, field in enumerate(self.whys, 1):
            self._add(grid, tr("Why? {number}.", number=number), field)
        self.evidence, self.action = self._line(500), self._line(500)
        self.evidence.setPlaceholderText(tr("What shows that it is so"))
        self.action.setPlaceholderText(tr("What is done so that it does not happen again"))
        self.owner, self.due, self.scope = QComboBox(), QDateEdit(), QComboBox()
        self._add(grid, tr("Evidence"), self.evidence)
        grid.addRow(tr("Photo"), self.photo)
        self._add(grid, tr("Action"), self.action)
        self._add(grid, tr("Whose"), self.owner)
        self._add(grid, tr("Due"), self.due)
        self._add(grid, tr("Should fall"), self.scope)
        for by, _key, words in scopes:
            self.scope.addItem(words, by)
        self._close_with_buttons()

    def _close_with_buttons(self) -> None:
        self.said = self.problem()
        self.photo.said.connect(self.said.say)
        self.share_button = self.beside(tr("Share as an insight…"))
        self.share_button.clicked.connect(self.shareAsked)
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
                self.photo.name.say(tr("The one that is kept"))
        self.due.setDate(QDate(due.year, due.month, due.day))
        self._typed()
        self.whys[0].setFocus()

    @property
    def root(self) -> Root:
        """As it is filled in."""
        by, key, _ = self.about
        due = self.due.date()
        return Root(
            tuple(field.text() for field in self.whys),
            self.action.text(),
            self.owner.currentText(),
            date(due.year(), due.month(), due.day()),
            self.evidence.text(),
            self.photo.data,
            by,
            key,
        )

    @property
    def insight(self) -> str:
        """What others should know: the last why, and what is done about it."""
        why = next(text for text in reversed(self.root.whys) if text.strip())
        return tr("{why}. What we do: {action}", why=why.strip().rstrip("."),
                  action=self.action.text().strip())  # fmt: skip

    @property
    def about(self) -> Scope:
        """The group whose rate should fall, which is what it is about."""
        return self._scopes[max(0, self.scope.currentIndex())]

    def _typed(self, _text: str = "") -> None:
        """A why, an action and whose it is are the least."""
        told = (self.whys[0].text(), self.action.text(), self.owner.currentText())
        self.share_button.setEnabled(all(text.strip() for text in told[:2]))
        self.keep_button.setEnabled(all(text.strip() for text in told))
