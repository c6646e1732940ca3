"""The debrief: the score, every decision, and what was better beside what was done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from console.dispatch.picture import Picture
from console.dispatch.training.grading import Grade
from console.dispatch.training.printed import Sides
from console.dispatch.training.tracing import Step
from console.dispatch.training.words import Line, lines_of, parts_of
from console.tongues import tr
from console.ui.audit.past import PastHands
from console.ui.caption import PLAIN, QUIET, STRONG, Caption
from console.ui.dialogs.sheet import TITLE, lend_help
from console.ui.dialogs.table import PlainTable
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.theme import Theme
from console.ui.timeline.view import TimelineView

TITLES = (
    tr("Time"),
    tr("Decision"),
    tr("What had happened"),
    tr("After"),
    tr("What was known"),
    tr("Came to"),
    tr("Better"),
    tr("Lost"),
)


class DebriefWindow(QDialog):
    """Stays open beside the window.

    ``momentAsked(version)``: the audit at that step. ``mapAsked(step)``: its stops on the map.
    ``printAsked``: a PDF.
    """

    momentAsked = Signal(int)
    mapAsked = Signal(object)
    printAsked = Signal()

    def __init__(
        self,
        grade: Grade,
        picture: Picture,
        sides: Sides,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._sides = theme, sides
        self.grade = grade
        self.lines: Sequence[Line] = lines_of(grade, picture)
        self.setWindowTitle(tr("Debrief"))
        self.setAccessibleName(tr("Debrief"))
        self.resize(round(1160 * theme.scale), min(round(740 * theme.scale), 740))
        self.signals = (Signals(), Signals())
        self.hands = tuple(PastHands(picture, signals) for signals in self.signals)
        self.timelines = tuple(
            TimelineView(hands, signals, Selection(signals), theme)
            for hands, signals in zip(self.hands, self.signals, strict=True)
        )
        self.table = PlainTable(TITLES, theme)
        self.table.fill([_cells(line) for line in self.lines], [_tone(line) for line in self.lines])
        self.said = Caption(theme, PLAIN, wrap=True)
        self.moment_button = self._button(tr("Look at that moment"), "history")
        self.map_button = self._button(tr("On the map"), "map")
        self.print_button = self._button(tr("Save as PDF…"), "printer")
        self.close_button = self._button(tr("Close"), "x")
        self._lay_out()
        self._connect()
        lend_help(self)
        self._first()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 12)
        rows.setSpacing(8)
        rows.addLayout(self._scores())
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.addWidget(self.table)
        whole.addWidget(self._beside())
        whole.setSizes([240, 300])
        rows.addWidget(self.said)
        rows.addWidget(whole, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.moment_button, self.map_button, self.print_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        rows.addLayout(foot)

    def _scores(self) -> QGridLayout:
        theme, score = self._theme, self.grade.score
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        title = tr("{title}: {whole:.0f} of 100", title=tr(self.grade.title), whole=score.whole)
        grid.addWidget(Caption(theme, TITLE, title), 0, 0, 1, 3)
        grid.addWidget(Caption(theme, QUIET, self.grade.trainee), 0, 3)
        for row, (name, figure, said) in enumerate(parts_of(score), 1):
            bar = QProgressBar()
            bar.setRange(0, 100)
            bar.setValue(round(figure))
            bar.setTextVisible(False)
            bar.setAccessibleName(name)
            bar.setFixedSize(round(160 * theme.scale), round(8 * theme.scale))
            grid.addWidget(Caption(theme, STRONG, name), row, 0)
            grid.addWidget(Caption(theme, PLAIN, f"{figure:.0f}"), row, 1)
            grid.addWidget(bar, row, 2)
            grid.addWidget(Caption(theme, QUIET, said), row, 3)
        grid.setColumnStretch(3, 1)
        return grid

    def _beside(self) -> QWidget:
        box = QSplitter(Qt.Orientation.Horizontal)
        for title, timeline in zip(
            (tr("As it was decided"), tr("The better one")), self.timelines, strict=True
        ):
            side = QWidget()
            rows = QVBoxLayout(side)
            rows.setContentsMargins(0, 4, 0, 0)
            rows.addWidget(Caption(self._theme, STRONG, title))
            rows.addWidget(timeline, 1)
            box.addWidget(side)
        return box

    def _button(self, text: str, icon: str) -> QPushButton:
        made = QPushButton(text)
        made.setAutoDefault(False)
        self._theme.dress(made, icon)
        return made

    def _connect(self) -> None:
        self.table.itemSelectionChanged.connect(self._picked)
        self.moment_button.clicked.connect(self._ask_moment)
        self.map_button.clicked.connect(lambda: self.mapAsked.emit(self.step))
        self.print_button.clicked.connect(self.printAsked)
        self.close_button.clicked.connect(self.close)

    # -- one step ----------------------------------------------------------------------------------

    @property
    def step(self) -> Step | None:
        """The one that is picked."""
        row = self.table.currentRow()
        return self.grade.steps[row] if 0 <= row < len(self.grade.steps) else None

    def _first(self) -> None:
        """The dearest one is what there is to learn from."""
        steps = self.grade.steps
        for button in (self.moment_button, self.map_button):
            button.setEnabled(bool(steps))
        if not steps:
            self.said.say(tr("Nothing had to be decided, and nothing was."))
            return
        self.table.selectRow(max(range(len(steps)), key=lambda i: steps[i].lost))

    def _picked(self) -> None:
        step = self.step
        if step is None:
            return
        line = self.lines[self.table.currentRow()]
        self.said.say(_sentence(line))
        for hands, timeline, picture in zip(
            self.hands, self.timelines, self._sides(step), strict=True
        ):
            hands.show(picture)
            timeline.set_now(step.at)
            timeline.fit()

    def _ask_moment(self) -> None:
        if self.step is not None:
            self.momentAsked.emit(self.step.version)


def _cells(line: Line) -> tuple[str, ...]:
    return (
        line.clock,
        line.decision,
        line.trouble,
        line.after,
        line.known,
        line.did,
        line.better or tr("nothing better was found"),
        line.lost,
    )


def _tone(line: Line) -> str:
    return "bad" if line.is_bad else "ok"


def _sentence(line: Line) -> str:
    if not line.is_bad:
        return tr("{clock}: {decision}. Nothing better was found at that moment.",
                  clock=line.clock, decision=line.decision)  # fmt: skip
    return tr(
        "{clock}: {decision}, which came to {did}. Better: {better}, {best}, that is {lost} less.",
        clock=line.clock,
        decision=line.decision,
        did=line.did,
        better=line.better,
        best=line.best,
        lost=line.lost,
    )
