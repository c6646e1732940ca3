"""Which kind of day is trained on, by whom, how fast."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from console.dispatch.kindofday import Scenario
from console.dispatch.pace import SPEEDS
from console.dispatch.training.words import incident_words
from console.tongues import tr, trn
from console.ui.caption import PLAIN, QUIET, STRONG, Caption
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

TIMES = "\N{MULTIPLICATION SIGN}"
USUAL_SPEED = 30


class TrainingForm(Sheet):
    """``scenario``, ``trainee`` and ``speed`` once accepted.

    ``editAsked`` and ``resultsAsked`` close it. ``lesson`` names the kind of day that a lesson is
    about.
    """

    editAsked = Signal()
    resultsAsked = Signal()

    def __init__(
        self,
        scenarios: Sequence[Scenario],
        trainee: str,
        lesson: str,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Train on a day"), theme, parent)
        self.least(680, 440)
        self._scenarios, self._lesson = tuple(scenarios), lesson
        self.heading(tr("Train on a day"))
        self.sentence(
            tr(
                "A day in an invented city, in a window and a store of its own: nothing there is "
                "real, and nobody is told anything. At the end it is graded."
            )
        )
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Kinds of days"))
        self.list.addItems([tr(each.title) for each in self._scenarios])
        self.title = Caption(theme, STRONG, wrap=True)
        self.about = Caption(theme, PLAIN, wrap=True)
        self.goals = Caption(theme, QUIET, wrap=True)
        self.happens = Caption(theme, QUIET, wrap=True)
        self._lay_out()
        self._ask(trainee)
        self.edit_button = self.beside(tr("Kinds of days…"))
        self.results_button = self.beside(tr("Results…"))
        self.edit_button.clicked.connect(self.editAsked)
        self.results_button.clicked.connect(self.resultsAsked)
        self.go_back()
        self.begin_button = self.go_on(tr("Begin"))
        self.list.currentRowChanged.connect(self._show)
        self.who.textChanged.connect(self._check)
        self.list.setCurrentRow(0)
        self._check()

    def _lay_out(self) -> None:
        side = QWidget()
        beside = QVBoxLayout(side)
        beside.setContentsMargins(8, 0, 0, 0)
        for widget in (self.title, self.about, self.goals, self.happens):
            beside.addWidget(widget)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.list, 2)
        row.addWidget(side, 3)
        self.body.addLayout(row, 1)

    def _ask(self, trainee: str) -> None:
        grid = self.grid()
        self.who = QLineEdit(trainee)
        self.who.setMaxLength(60)
        self.who.setAccessibleName(tr("Who trains"))
        self.pace = QComboBox()
        self.pace.setAccessibleName(tr("Speed"))
        for speed in SPEEDS:
            self.pace.addItem(_speed_words(speed), speed)
        self.pace.setCurrentIndex(SPEEDS.index(USUAL_SPEED))
        grid.addRow(tr("Who trains"), self.who)
        grid.addRow(tr("Speed"), self.pace)
        self.guided = self.put(QCheckBox(tr("Guide me through it: the first lesson")))

    @property
    def scenario(self) -> Scenario:
        """The kind of day."""
        return self._scenarios[max(0, self.list.currentRow())]

    @property
    def trainee(self) -> str:
        """Her name, as the results will have it."""
        return self.who.text().strip()

    @property
    def is_guided(self) -> bool:
        """True where the first lesson stands over it."""
        return self.guided.isVisibleTo(self) and self.guided.isChecked()

    @property
    def speed(self) -> float:
        """Seconds of the day in one of ours."""
        return float(self.pace.currentData())

    def choose(self, name: str) -> None:
        """Pick a scenario by its name."""
        for place, each in enumerate(self._scenarios):
            if each.name == name:
                self.list.setCurrentRow(place)

    def _show(self, _row: int) -> None:
        kind = self.scenario
        self.guided.setVisible(kind.name == self._lesson)
        self.title.say(tr(kind.title))
        self.about.say(tr(kind.about))
        self.goals.say("\n".join(f"• {tr(goal)}" for goal in kind.goals))
        happens = ", ".join(dict.fromkeys(incident_words(each) for each in kind.incidents))
        number = len(kind.incidents)
        count = trn("{number} incident", "{number} incidents", number, number=number)
        self.happens.say(f"{count}: {happens}" if happens else tr("Nothing special happens."))

    def _check(self, _text: object = None) -> None:
        self.begin_button.setEnabled(bool(self.trainee) and bool(self._scenarios))


def _speed_words(speed: int) -> str:
    """How long ten hours take."""
    minutes = 600 / speed
    if minutes < 1:
        return f"{speed}{TIMES}"
    return tr("{speed}{TIMES}, ten hours in {minutes:.0f} min", speed=speed, TIMES=TIMES,
              minutes=minutes)  # fmt: skip
