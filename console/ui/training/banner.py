"""Over a window in which nothing is real: which day it is, what to reach, its clock, its end."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from console.dispatch.training.lesson import Card, Until
from console.tongues import tr
from console.ui.actions import Actions
from console.ui.caption import QUIET, Caption
from console.ui.ink import Pen
from console.ui.theme.theme import Theme


class TrainingBanner(QWidget):
    """Stands above every workspace for as long as the window is open; ``read``: on to the next."""

    read = Signal()

    def __init__(self, title: str, goals: Sequence[str], actions: Actions, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("training")
        self.said = Caption(
            theme,
            Pen("body", "warn", bold=True),
            tr(
                "Training: {title}. Nothing here is real, nobody is told anything.",
                title=title,
            ),
        )
        self.goals = Caption(theme, QUIET, "  ·  ".join(goals))
        self.goals.setToolTip("\n".join(goals))
        for text in (self.said, self.goals):  # a narrow window cuts them, and grows no taller
            text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.goals.setVisible(bool(goals))
        self.clock = Caption(theme, Pen("title", "text", bold=True))
        self.happen_button = QPushButton(actions["put_incident"].text())
        self.end_button = QPushButton(actions["grade_run"].text())
        for button, deed, icon in (
            (self.happen_button, "put_incident", "siren"),
            (self.end_button, "grade_run", "flag"),
        ):
            theme.dress(button, icon)
            button.clicked.connect(actions[deed].trigger)
        self.lesson = Caption(theme, Pen("body", "text"), wrap=True)
        self.next_button = QPushButton(tr("Next"))
        self.next_button.clicked.connect(self.read)
        self._lay_out()
        self.show_card(None, 0, 0)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self.said)
        texts.addWidget(self.goals)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 4, 12, 6)
        rows.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(texts, 1)
        for widget in (self.clock, self.happen_button, self.end_button):
            row.addWidget(widget)
        card = QHBoxLayout()
        card.setSpacing(8)
        card.addWidget(self.lesson, 1)
        card.addWidget(self.next_button)
        rows.addLayout(row)
        rows.addLayout(card)

    def show_card(self, card: Card | None, number: int, of: int) -> None:
        """A lesson's card: the ``number``-th of so many; None puts it away."""
        self.lesson.setVisible(card is not None)
        self.next_button.setVisible(card is not None and card.until is Until.READ)
        if card is not None:
            head = tr("Lesson {number} of {of}", number=number, of=of)
            self.lesson.say(f"{head}: {tr(card.title)}. {tr(card.say)}")

    def show_time(self, clock: str) -> None:
        """The rehearsed day's clock."""
        self.clock.say(clock)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("surface"))
            edge = self.rect().adjusted(0, self.height() - 2, 0, 0)
            painter.fillRect(edge, self._theme.color("warn"))
