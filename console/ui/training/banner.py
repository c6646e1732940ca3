"""Over a window in which nothing is real: which day it is, what to reach, its clock, its end."""

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.tongues import tr
from console.ui.actions import Actions
from console.ui.caption import QUIET, Caption
from console.ui.ink import Pen
from console.ui.theme.theme import Theme


class TrainingBanner(QWidget):
    """Stands above every workspace for as long as the window is open."""

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
            wrap=True,
        )
        self.goals = Caption(theme, QUIET, "  ·  ".join(goals), wrap=True)
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
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.said)
        texts.addWidget(self.goals)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addLayout(texts, 1)
        for widget in (self.clock, self.happen_button, self.end_button):
            row.addWidget(widget)

    def show_time(self, clock: str) -> None:
        """The rehearsed day's clock."""
        self.clock.say(clock)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        edge = self.rect().adjusted(0, self.height() - 2, 0, 0)
        painter.fillRect(edge, self._theme.color("warn"))
