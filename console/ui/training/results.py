"""Trainees side by side: each one's best run of each kind of day, or all runs."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from console.dispatch.training.results import Result, compared
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.dialogs.table import PlainTable
from console.ui.theme.theme import Theme

TITLES = (
    tr("Kind of day"),
    tr("Trainee"),
    tr("Score"),
    tr("Service quality"),
    tr("Cost"),
    tr("Stability"),
    tr("Communication"),
    tr("Decisions"),
    tr("Time to act"),
    tr("When"),
)


class ResultsForm(Sheet):
    """``forgetAsked``: all runs of a trainee."""

    forgetAsked = Signal(str)

    def __init__(
        self, results: Sequence[Result], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Training results"), theme, parent)
        self.least(900, 420)
        self._shown: list[Result] = []
        self.heading(tr("Training results"))
        self.every = self.put(QCheckBox(tr("Every run, not only each trainee's best")))
        self.table = self.put(PlainTable(TITLES, theme))
        self.told = self.sentence("")
        self.forget_button = self.beside(tr("Forget this trainee's runs"))
        self.forget_button.clicked.connect(self._forget)
        self.go_back(tr("Close"), default=True)
        self.every.toggled.connect(self._fill)
        self.table.itemSelectionChanged.connect(self._picked)
        self.show_results(results)

    def show_results(self, results: Sequence[Result]) -> None:
        """Other rows instead of all."""
        self._results = results
        self._fill()

    def _fill(self, _on: object = None) -> None:
        is_whole = self.every.isChecked()
        self._shown = list(self._results) if is_whole else compared(self._results)
        self.table.fill([_row(each) for each in self._shown])
        self.told.say("" if self._shown else tr("Nobody has been graded yet."))
        self._picked()

    def _picked(self) -> None:
        self.forget_button.setEnabled(0 <= self.table.currentRow() < len(self._shown))

    def _forget(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._shown):
            self.forgetAsked.emit(self._shown[row].trainee)


def _row(each: Result) -> tuple[str, ...]:
    figures = (each.whole, each.service, each.cost, each.stability, each.communication)
    waited = tr("{reaction:.0f} min", reaction=each.reaction) if each.reaction >= 0 else ""
    return (
        tr(each.title),
        each.trainee,
        *(f"{figure:.0f}" for figure in figures),
        str(each.decisions),
        waited,
        each.at[:16].replace("T", " "),
    )
