"""An insight is written down: about whom, what, until when."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QPlainTextEdit, QWidget

from console import formats
from console.dispatch.insights import LONGEST
from console.domain.insight import Topic
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

_TEXT_HEIGHT = 90


class InsightForm(Sheet):
    """``topic``, ``text`` and ``until`` once accepted."""

    def __init__(
        self,
        topics: Sequence[tuple[Topic, str]],
        today: date,
        theme: Theme,
        parent: QWidget | None = None,
        text: str = "",
    ) -> None:
        super().__init__(tr("Share an insight"), theme, parent)
        self.least(480)
        self._topics = [topic for topic, _ in topics]
        self.heading(tr("What did you find out?"))
        self.sentence(
            tr("Every dispatcher of this depot sees it where it applies, until the end date.")
        )
        self._add_fields([words for _, words in topics], today, text)
        self.said = self.problem()
        self.go_back()
        self.share_button = self.go_on(tr("Share"))
        self.field.textChanged.connect(self._typed)
        self._typed()
        self.field.setFocus()

    def _add_fields(self, topics: Sequence[str], today: date, text: str) -> None:
        self.about = QComboBox()
        self.about.addItems(list(topics))
        self.field = QPlainTextEdit(text)
        self.field.setPlaceholderText(tr("For example: the bell is broken, ring at the back"))
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(round(_TEXT_HEIGHT * self.theme.scale))
        self.ends, self.last = QCheckBox(tr("Only until")), QDateEdit()
        self.last.setCalendarPopup(True)
        self.last.setDisplayFormat(formats.day_pattern())
        self.last.setMinimumDate(QDate(today.year, today.month, today.day))
        self.last.setDate(self.last.minimumDate().addMonths(3))
        self.last.setEnabled(False)
        self.ends.toggled.connect(self.last.setEnabled)
        grid = self.grid()
        for words, widget in ((tr("About"), self.about), (tr("What"), self.field)):
            widget.setAccessibleName(words)
            grid.addRow(words, widget)
        self.last.setAccessibleName(tr("Last day"))
        grid.addRow(self.ends, self.last)

    @property
    def topic(self) -> Topic:
        """What it is about."""
        return self._topics[max(0, self.about.currentIndex())]

    @property
    def text(self) -> str:
        """As it was typed, in one line."""
        return " ".join(self.field.toPlainText().split())

    @property
    def until(self) -> date | None:
        """The last day on which it is shown; None where it holds for good."""
        day = self.last.date()
        return date(day.year(), day.month(), day.day()) if self.ends.isChecked() else None

    def _typed(self) -> None:
        count = len(self.text)
        self.share_button.setEnabled(0 < count <= LONGEST)
        too_long = tr("{count} of {most} characters.", count=count, most=LONGEST)
        self.said.say(too_long if count > LONGEST else "")
