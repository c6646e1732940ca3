"""The dock in which the optimiser is asked, and watched while it works."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.objective import COST, OBJECTIVES, Objective
from console.planning.run import Scope
from console.tongues import tr, trn
from console.ui.actions import Actions, action_button
from console.ui.caption import HEADING, QUIET, STRONG, Caption
from console.ui.labels import sign_of
from console.ui.notices import Job
from console.ui.optimise.chart import CostChart, Curve, curve_title
from console.ui.optimise.choice import OWN, Choice
from console.ui.optimise.limits import BudgetFields, SecondsField
from console.ui.optimise.weights import WeightFields
from console.ui.scrolling import scrolling
from console.ui.theme.theme import Theme

WIDTH = 256
PROFILES = {
    "cost": (tr("Cost"), tr("The routes that cost least.")),
    "speed": (tr("Speed"), tr("The fewest paid hours, nearly whatever they cost.")),
    "green": (tr("Green"), tr("Few kilometres and little CO₂e, at some cost.")),
    "premium": (tr("Premium"), tr("Promises first: lateness counts five times.")),
    "balanced": (tr("Balanced"), tr("Even hours and compact rounds, at some cost.")),
    OWN: (tr("Own weights"), tr("The weights below.")),
}
SCOPES = (
    (Scope.ALL, False, tr("The whole plan")),
    (Scope.ORDER, False, tr("Only the order within routes")),
    (Scope.FILL, False, tr("Only fill in what is unassigned")),
    (Scope.ALL, True, tr("Only the selected routes")),
)
AMENDS = tr(
    "What is not served yet may change on routes that drivers have. Adopting hands them out again."
)


class OptimisePanel(QWidget):
    """Shows a ``Choice`` and the search; ``chosen(Choice)`` when the dispatcher changes it."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = theme
        self.choice = Choice()
        self._currency = "EUR"
        self.setMinimumWidth(WIDTH)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAccessibleName(tr("Optimise"))
        self._make_fields()
        self.begin = action_button(actions["optimise"], theme, tr("Optimise"), "sparkles")
        self.stop = action_button(actions["stop"], theme, tr("Stop"), "square")
        self.chart = CostChart(theme)
        self._lay_out()
        self._connect()
        self.show_choice(Choice())

    def _make_fields(self) -> None:
        theme = self._theme
        self.profile = _combo(tr("Profile"))
        for name, (words, _) in PROFILES.items():
            self.profile.addItem(words, name)
        self.said = Caption(theme, QUIET, wrap=True)
        self.weights_button = QPushButton(tr("Weights"))
        self.weights_button.setCheckable(True)
        self.weights_button.setProperty("role", "quiet")
        self.weights = WeightFields(theme)
        self.weights.hide()
        self.seconds = SecondsField()
        self.budget = BudgetFields(theme)
        self.scope = _combo(tr("What may change"))
        for _scope, _selected, words in SCOPES:
            self.scope.addItem(words)
        self.amends = QCheckBox()
        self.amends.setToolTip(AMENDS)
        self.show_released(0)

    def _lay_out(self) -> None:
        area = scrolling(self._form())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        title = Caption(self._theme, STRONG, tr("Optimise"))
        title.setFixedHeight(self._theme.size("dock_header"))
        title.setIndent(12)
        whole.addWidget(title)
        whole.addWidget(area, 1)

    def _form(self) -> QWidget:
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(12, 8, 12, 12)
        rows.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.profile, 1)
        head.addWidget(self.weights_button)
        rows.addLayout(head)
        for widget in (self.said, self.weights):
            rows.addWidget(widget)
        for title, widget in (
            (tr("Seconds"), self.seconds),
            (tr("What may change"), self.scope),
            (tr("Change budget"), self.budget),
        ):
            rows.addSpacing(6)
            rows.addWidget(Caption(self._theme, HEADING, title))
            rows.addWidget(widget)
            if widget is self.scope:
                rows.addWidget(self.amends)
        rows.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.addWidget(self.begin, 1)
        buttons.addWidget(self.stop, 1)
        rows.addLayout(buttons)
        rows.addSpacing(6)
        self.chart_title = Caption(self._theme, HEADING, curve_title(COST))
        rows.addWidget(self.chart_title)
        rows.addWidget(self.chart, 1)
        return inner

    def _connect(self) -> None:
        self.profile.currentIndexChanged.connect(self._profile_chosen)
        self.scope.currentIndexChanged.connect(self._scope_chosen)
        self.amends.toggled.connect(self._amends_chosen)
        self.weights_button.toggled.connect(self.weights.setVisible)
        self.weights.changed.connect(self._weighed)
        self.seconds.changed.connect(self._timed)
        self.budget.changed.connect(self._choose)

    def show_choice(self, choice: Choice, currency: str = "") -> None:
        """What is asked now."""
        self._currency = currency or self._currency
        self.choice = choice
        name = choice.objective.name if choice.objective.name in PROFILES else OWN
        with QSignalBlocker(self.profile):
            self.profile.setCurrentIndex(list(PROFILES).index(name))
        self.said.say(PROFILES[name][1])
        self.chart_title.say(curve_title(choice.objective))
        self.weights.show_objective(choice.objective, sign_of(self._currency))
        self.seconds.show_seconds(choice.seconds)
        self.budget.show_choice(choice)
        meant = (choice.scope, choice.selected)
        with QSignalBlocker(self.scope):
            places = [(scope, selected) for scope, selected, _ in SCOPES]
            self.scope.setCurrentIndex(places.index(meant) if meant in places else 0)
        with QSignalBlocker(self.amends):
            self.amends.setChecked(choice.amends)

    def show_selected(self, routes: int) -> None:
        """How many routes are picked."""
        words = (
            tr("Only the selected routes ({routes})", routes=routes) if routes else SCOPES[-1][2]
        )
        self.scope.setItemText(len(SCOPES) - 1, words)

    def show_released(self, routes: int) -> None:
        """How many routes are in their drivers' hands; where none is, nothing is asked."""
        self.amends.setText(trn("Amend {n} released route", "Amend {n} released routes", routes))
        self.amends.setVisible(routes > 0)

    def show_job(self, job: Job) -> None:
        """The search under way, or how it ended."""
        if job.bests or job.running:
            curve = Curve(job.bests, job.present, self._currency, job.seconds, least=job.least)
            self.chart.show_curve(curve)

    def _profile_chosen(self, index: int) -> None:
        name = list(PROFILES)[index]
        known = OBJECTIVES.get(name)
        if known is None:
            self.weights_button.setChecked(True)
            known = replace(self.choice.objective, name=OWN)
        self._choose(replace(self.choice, objective=known))

    def _scope_chosen(self, index: int) -> None:
        scope, selected, _ = SCOPES[index]
        self._choose(replace(self.choice, scope=scope, selected=selected))

    def _amends_chosen(self, amends: bool) -> None:
        self._choose(replace(self.choice, amends=amends))

    def _timed(self, seconds: float) -> None:
        self._choose(replace(self.choice, seconds=seconds))

    def _weighed(self, weights: Objective) -> None:
        self._choose(self.choice.weighing(weights))

    def _choose(self, choice: Choice) -> None:
        if choice != self.choice:
            self.show_choice(choice)
            self.chosen.emit(choice)


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setMinimumWidth(0)
    return combo
