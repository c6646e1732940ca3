"""Over the drivers of a rehearsed day: what it is, its clock, and how fast it goes."""

from datetime import datetime

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.dispatch.pace import SPEEDS, Pace
from console.tongues import tr
from console.ui.caption import FAINT, Caption
from console.ui.ink import Pen
from console.ui.theme.theme import Theme

TIMES = "\N{MULTIPLICATION SIGN}"


class PaceBar(QWidget):
    """``stepped``: on to the next thing that happens."""

    stepped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pace: Pace | None = None
        self.banner = Caption(theme, Pen("small", "warn", bold=True), wrap=True)
        self.goals = Caption(theme, FAINT, wrap=True)
        self.clock = Caption(theme, Pen("title", "text", bold=True))
        self.run = QPushButton()
        self.step = QPushButton(tr("Step"))
        self.speed = QComboBox()
        self.speed.setAccessibleName(tr("Speed"))
        theme.dress(self.step, "chevron-right")
        self.run.clicked.connect(self._turn)
        self.step.clicked.connect(self._step)
        self.speed.currentIndexChanged.connect(self._choose)
        self._dress()
        self._lay_out()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 0, 12, 8)
        box.setSpacing(4)
        box.addWidget(self.banner)
        box.addWidget(self.goals)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.clock)
        row.addStretch(1)
        for widget in (self.run, self.step, self.speed):
            row.addWidget(widget)
        box.addLayout(row)

    def follow(self, pace: Pace) -> None:
        """Show and steer this rehearsal."""
        self._pace = pace
        self.banner.say(
            tr(
                "Rehearsal: {title}. Nothing here is real, nobody is told anything.",
                title=pace.title,
            )
        )
        self.goals.say(tr("Reach: ") + "; ".join(pace.goals) if pace.goals else "")
        self.goals.setVisible(bool(pace.goals))
        speeds = sorted({*SPEEDS, round(pace.speed)})
        with QSignalBlocker(self.speed):
            self.speed.clear()
            for speed in speeds:
                self.speed.addItem(f"{speed}{TIMES}", speed)
            self.speed.setCurrentIndex(speeds.index(round(pace.speed)))
        self.show()
        self._dress()

    def leave_words_to_others(self) -> None:
        """What it is, and what to reach, stand above every workspace already."""
        self.banner.hide()
        self.goals.hide()

    def show_time(self, now: datetime) -> None:
        """The rehearsed day's clock, a moment on the depot's."""
        self.clock.say(f"{now:%H:%M:%S}")
        if self._pace is not None and self._pace.is_running == self.step.isEnabled():
            self._dress()  # somebody else stopped it

    def _dress(self) -> None:
        runs = self._pace is not None and self._pace.is_running
        self.run.setText(tr("Pause") if runs else tr("Go on"))
        self._theme.dress(self.run, "square" if runs else "play")
        self.step.setEnabled(not runs)

    def _turn(self) -> None:
        if self._pace is None:
            return
        if self._pace.is_running:
            self._pace.pause()
        else:
            self._pace.run()
        self._dress()

    def _step(self) -> None:
        self.stepped.emit()

    def _choose(self, _index: int) -> None:
        if self._pace is not None:
            self._pace.go(float(self.speed.currentData()))
