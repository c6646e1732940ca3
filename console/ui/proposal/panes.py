"""Everything around the map while a proposal is open."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.dispatch.proposals import Proposal, weighed_cost
from console.formats import number
from console.tongues import tr
from console.ui.actions import Actions, action_button
from console.ui.caption import FAINT, QUIET, STRONG, Caption
from console.ui.labels import cost_of
from console.ui.notices import Best
from console.ui.optimise.chart import CostChart, Curve, curve_title
from console.ui.proposal import facts, headline
from console.ui.proposal.banner import OUTDATED, Banner
from console.ui.proposal.changes_list import ROW, ChangeList
from console.ui.proposal.differences import differences
from console.ui.proposal.painted import BudgetMeters, DifferenceTable, DriverBars, WeightTable
from console.ui.scrolling import scrolling
from console.ui.theme.theme import Theme

_PROMISES_SEEN = 8


class ProposalPanes(QWidget):
    """Banner above, changes left, differences right, weights and chart below.

    ``picked(stop)`` when a row of one of the lists is chosen. The panes are placed by the window.
    """

    picked = Signal(str)

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = theme
        self.proposal: Proposal | None = None
        self.banner = Banner(theme, actions)
        self.again = action_button(actions["optimise"], theme, tr("Run again"), "refresh-cw")
        self.again.setProperty("role", "quiet")
        self._make_left()
        self._make_right()
        self._make_below()

    def _make_left(self) -> None:
        theme = self._theme
        self.meters = BudgetMeters(theme)
        self.kept = Caption(theme, QUIET, wrap=True)
        self.kept.setContentsMargins(12, 0, 12, 0)
        self.changes_head = _Head(theme, tr("Changes"))
        self.changes = ChangeList(theme, tr("Stops that change"))
        self.changes.picked.connect(self.picked)
        self.budget_head = _Head(theme, tr("Change budget"))
        self.budget_head.row.addWidget(self.again)
        self.left = _ground(tr("What the proposal changes"))
        rows = _column(self.left)
        for widget in (self.budget_head, self.meters, self.kept, self.changes_head):
            rows.addWidget(widget)
        rows.addWidget(self.changes, 1)
        self.left.setMinimumWidth(240)

    def _make_right(self) -> None:
        theme = self._theme
        self.table, self.bars = DifferenceTable(theme), DriverBars(theme)
        self.drivers_head = _Head(theme, tr("By driver"), tr("hours paid, present and proposal"))
        self.promises_head = _Head(theme, tr("Arrivals that move"))
        self.promises = ChangeList(theme, tr("Arrivals that move"))
        self.promises.picked.connect(self.picked)
        inner = QWidget()
        rows = _column(inner)
        for widget in (
            _Head(theme, tr("Differences")),
            self.table,
            self.drivers_head,
            self.bars,
            self.promises_head,
            self.promises,
        ):
            rows.addWidget(widget)
        rows.addStretch(1)
        self.right = _ground(tr("What the proposal brings"))
        _column(self.right).addWidget(scrolling(inner))
        self.right.setMinimumWidth(280)

    def _make_below(self) -> None:
        theme = self._theme
        self.weights, self.profile = WeightTable(theme), Caption(theme, FAINT)
        self.profile.setContentsMargins(12, 6, 12, 6)
        weighed = _ground(tr("What was weighed"))
        rows = _column(weighed)
        for widget in (_Head(theme, tr("What was weighed")), self.weights, self.profile):
            rows.addWidget(widget)
        rows.addStretch(1)
        self.chart_head = _Head(theme, tr("Cost while searching"))
        self.chart = CostChart(theme)
        self._searched = _ground(tr("Cost while searching"))
        rows = _column(self._searched)
        rows.addWidget(self.chart_head)
        rows.addWidget(self.chart, 1)
        self._driven = self._make_driven()
        self.below = _ground(tr("How it was found"))
        across = QHBoxLayout(self.below)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(1)
        weighed.setMaximumWidth(round(380 * theme.scale))
        across.addWidget(weighed, 2)
        across.addWidget(self._searched, 3)
        across.addWidget(self._driven, 3)

    def _make_driven(self) -> QWidget:
        """The drivers of two scenarios, where a search has its curve."""
        self.driven_head, self.driven = _Head(self._theme, tr("By driver")), DriverBars(self._theme)
        inner = QWidget()
        rows = _column(inner)
        for widget in (self.driven_head, self.driven):
            rows.addWidget(widget)
        rows.addStretch(1)
        driven = _ground(tr("By driver"))
        _column(driven).addWidget(scrolling(inner))
        return driven

    def show_proposal(self, proposal: Proposal) -> None:
        """Another proposal in all panes."""
        self.proposal = proposal
        self.banner.show_proposal(proposal)
        self.budget_head.say(tr("Change budget") if proposal.kept is None else tr("What differs"))
        self.meters.show_lines(facts.budget(proposal))
        kept = [sentence for _, sentence in facts.kept(proposal)]
        self.kept.say(tr("Kept: {text}", text=", ".join(kept)) if kept else "")
        self.kept.setVisible(bool(kept))
        changes, moved = facts.changes(proposal), facts.promises(proposal)
        self.changes.changes.show_rows(changes)
        self.changes_head.note(str(len(changes)))
        self.table.show_lines(differences(proposal), facts.names(proposal))
        self._show_drivers(proposal)
        self.promises.changes.show_rows(moved)
        minutes = proposal.comparison.minutes
        self.promises_head.say(tr("Arrivals that move by over {minutes} min", minutes=minutes))
        self.promises_head.note(str(len(moved)))
        row = round(ROW * self._theme.scale)
        self.promises.setFixedHeight(min(_PROMISES_SEEN, len(moved)) * row)
        self.weights.show_lines(facts.weighed(proposal))
        self.profile.say(facts.profile(proposal))
        self._show_curve(proposal)

    def _show_drivers(self, proposal: Proposal) -> None:
        """Beside the figures of a proposal, under the map where there was no search."""
        is_kept, lines = proposal.kept is not None, facts.drivers(proposal)
        self.bars.show_lines(lines)
        self.driven.show_lines(lines)
        one, other = facts.names(proposal)
        self.driven_head.note(tr("hours paid, {one} and {other}", one=one, other=other))
        for widget in (self.bars, self.drivers_head, self._searched, self.again):
            widget.setVisible(not is_kept)
        self._driven.setVisible(is_kept)

    def mark_outdated(self, *, outdated: bool) -> None:
        """Say that the plan moved since, or no more."""
        if self.proposal is not None:
            words = OUTDATED if outdated else headline.subtitle(self.proposal)
            self.banner.say(words, warn=outdated)

    def _show_curve(self, proposal: Proposal) -> None:
        bests = tuple(Best(p.seconds, p.cost, p.served) for p in proposal.progress)
        currency, weights = proposal.present.currency, proposal.terms.objective
        present = weighed_cost(proposal.present, weights)
        end = tr(
            "proposal {cost_of}",
            cost_of=cost_of(weighed_cost(proposal.proposed, weights), currency),
        )
        seconds = headline.searched(proposal)
        least = proposal.comparison.before.served
        self.chart.show_curve(Curve(bests, present, currency, seconds, end, least))
        spent = tr(
            "{seconds} s of {most} s", seconds=number(seconds), most=number(proposal.terms.seconds)
        )
        self.chart_head.say(curve_title(weights))
        self.chart_head.note(spent)


class _Head(QWidget):
    """A dock's header: a name in bold, something quiet behind it."""

    def __init__(self, theme: Theme, words: str, more: str = "") -> None:
        super().__init__()
        self.setFixedHeight(theme.size("dock_header"))
        self._words, self._more = Caption(theme, STRONG, words), Caption(theme, QUIET, more)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(12, 0, 12, 0)
        self.row.addWidget(self._words)
        self.row.addWidget(self._more, 1)

    def say(self, words: str) -> None:
        """Another name."""
        self._words.say(words)

    def note(self, words: str) -> None:
        """Something quiet behind it."""
        self._more.say(words)


def _ground(name: str) -> QWidget:
    widget = QWidget()
    widget.setAutoFillBackground(True)
    widget.setBackgroundRole(QPalette.ColorRole.Window)
    widget.setAccessibleName(name)
    return widget


def _column(widget: QWidget) -> QVBoxLayout:
    rows = QVBoxLayout(widget)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    return rows
