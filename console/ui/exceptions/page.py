"""The day's exceptions: what went wrong, where, who logged it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from console.dispatch.exceptions import DeliveryException
from console.dispatch.picture import Picture
from console.domain.cases import SERVICE_LEVELS, Severity
from console.domain.plan import FactId, RouteId, StopId
from console.tongues import tr
from console.ui.caption import FAINT, Caption
from console.ui.dialogs.table import PlainTable
from console.ui.exceptions.casepane import CasePane
from console.ui.exceptions.words import state, what
from console.ui.hands import Hands
from console.ui.ink import Pen
from console.ui.labels import route_label
from console.ui.selection import Selection
from console.ui.severities import SEVERITIES
from console.ui.signals import Signals
from console.ui.theme.theme import Theme

COLUMNS = (
    *(tr("Time"), tr("Cause"), tr("Where"), tr("Driver"), tr("Severity"), tr("State")),
    *(tr("Owner"), tr("Note"), tr("Logged by")),
)
Levels = Mapping[Severity, timedelta]
ALL, OPEN, OVERDUE, UNOWNED = range(4)
FILTERS = (tr("All"), tr("Open"), tr("Overdue"), tr("Nobody's"))
EMPTY = tr("Nothing went wrong so far")
HINT = tr("Pick a stop, then Ctrl+L logs what happened there: nobody home, no access, damaged…")


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its texts, and what a click selects."""

    texts: tuple[str, ...]
    stop: StopId | None
    route: RouteId | None
    tone: str = "text"
    key: FactId = FactId("")


def lines_of(
    logged: Sequence[DeliveryException],
    picture: Picture,
    now: datetime,
    levels: Levels = SERVICE_LEVELS,
) -> list[Line]:
    """In the order given."""
    return [_line(one, picture, now, levels) for one in logged]


def kept(
    line: DeliveryException, which: int, now: datetime, levels: Levels = SERVICE_LEVELS
) -> bool:
    """True where the filter leaves it."""
    case = line.case
    if which == ALL:
        return True
    is_left = {OPEN: True, OVERDUE: case.is_overdue(now, levels), UNOWNED: not case.owner}[which]
    return case.is_open and is_left


def _line(logged: DeliveryException, picture: Picture, now: datetime, levels: Levels) -> Line:
    fact, case = logged.fact, logged.case
    plan = picture.plan
    stop = plan.stops.get(StopId(fact.subject))
    route = stop.route if stop else RouteId(fact.subject)
    known = route if route in plan.routes else None
    texts = (
        picture.clock(fact.happened_at),
        what(case),
        _where(logged, picture),
        route_label(picture, known).name if known else "",
        SEVERITIES[case.severity],
        state(case, now, levels),
        case.owner,
        logged.note,
        logged.actor,
    )
    tone = "text2" if not case.is_open else "bad" if case.is_overdue(now, levels) else "text"
    return Line(texts, stop.id if stop else None, known, tone, fact.id)


def _where(logged: DeliveryException, picture: Picture) -> str:
    subject = logged.fact.subject
    if subject in picture.plan.routes:
        return tr("Whole route")
    stop = StopId(subject)
    label = picture.labels.get(stop)
    if label is None:
        return tr("{subject} (no longer in the plan)", subject=subject)
    number = picture.numbers.get(stop)
    return (
        tr("{street} · stop {number}", street=label.street, number=number)
        if number
        else label.street
    )


class ExceptionsPage(QWidget):
    """A table; a click on a row selects its stop or lights its route in every view.

    ``picked`` tells which exception is shown at the side; ``actionsAsked`` wants those against root
    causes.
    """

    picked = Signal(object)
    actionsAsked = Signal()

    def __init__(self, hands: Hands, signals: Signals, selection: Selection, theme: Theme) -> None:
        super().__init__()
        self._hands, self._selection = hands, selection
        self.lines: list[Line] = []
        self._logged: Sequence[DeliveryException] = ()
        self._now = datetime.min.replace(tzinfo=UTC)
        self._levels: Levels = SERVICE_LEVELS
        self._key: FactId | None = None
        self.case = CasePane(theme)
        self.case.hide()
        self.filter = QComboBox()
        self.filter.addItems(FILTERS)
        self.filter.setAccessibleName(tr("Which exceptions"))
        self.filter.currentIndexChanged.connect(self._plan_changed)
        self.setAutoFillBackground(True)
        self.title = Caption(theme, Pen("title", "text", bold=True), tr("Exceptions"))
        self._add_buttons(theme)
        self.table = PlainTable(COLUMNS, theme)
        self.table.itemSelectionChanged.connect(self._picked)
        self._empty = _empty(theme)
        self._lay_out()
        signals.planChanged.connect(self._plan_changed)

    def _add_buttons(self, theme: Theme) -> None:
        self.log_button = QPushButton(tr("Log exception…"))
        theme.dress(self.log_button, "triangle-alert")
        self.log_button.clicked.connect(self._log)
        self.actions_button = QPushButton(tr("Actions"))
        theme.dress(self.actions_button, "flag")
        self.actions_button.clicked.connect(self.actionsAsked)
        self.actions_button.hide()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 12, 10)
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.actions_button)
        head.addWidget(self.filter)
        head.addWidget(self.log_button)
        rows.addLayout(head)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(self._stack, 1)
        middle.addWidget(self.case)
        rows.addLayout(middle, 1)

    def show_actions(self, text: str) -> None:
        """What is open against root causes, on whichever day; '' where nothing is."""
        self.actions_button.setText(text or tr("Actions"))
        self.actions_button.setVisible(bool(text))

    def tick(self, now: datetime) -> None:
        """Time went on: ages grow, some become overdue."""
        self.show_lines(self._logged, self._hands.picture, now)

    def show_one(self, key: FactId) -> None:
        """Pick one, as a click on its row does; the filter does not hide it."""
        if all(line.key != key for line in self.lines):
            self.filter.setCurrentIndex(ALL)
        row = next((i for i, line in enumerate(self.lines) if line.key == key), None)
        if row is not None:
            self.table.clearSelection()
            self.table.selectRow(row)

    def show_lines(
        self,
        logged: Sequence[DeliveryException],
        picture: Picture,
        now: datetime | None = None,
        levels: Levels | None = None,
    ) -> None:
        """The queue, newest first; ages count to ``now``. Nothing moves without a change.

        ``levels`` say how long each may stay open, until others are told.
        """
        self._logged, self._now = logged, now or self._now
        self._levels = levels or self._levels
        which = self.filter.currentIndex()
        left = [one for one in logged if kept(one, which, self._now, self._levels)]
        made = lines_of(left, picture, self._now, self._levels)
        self.title.say(tr("Exceptions  {made}", made=len(made)) if made else tr("Exceptions"))
        self._stack.setCurrentIndex(1 if logged else 0)
        self._show_case(picture, fresh=False)
        if made == self.lines:
            return
        self.lines = made
        with QSignalBlocker(self.table):
            self.table.fill([line.texts for line in made], [line.tone for line in made])
            self.table.clearSelection()
            row = next((i for i, line in enumerate(made) if line.key == self._key), None)
            if row is not None:
                self.table.selectRow(row)

    @property
    def shown(self) -> DeliveryException | None:
        """The exception at the side."""
        return next((one for one in self._logged if one.fact.id == self._key), None)

    def _show_case(self, picture: Picture, *, fresh: bool) -> None:
        line = self.shown
        self.case.setVisible(line is not None)
        if line is not None:
            self.case.show_case(line, picture, fresh=fresh)

    def _plan_changed(self, _change: object) -> None:
        """Drivers and stop numbers may have changed."""
        self.show_lines(self._logged, self._hands.picture)

    def _picked(self) -> None:
        row = self.table.currentRow()
        if not self.table.selectedItems() or not 0 <= row < len(self.lines):
            return
        line = self.lines[row]
        self._key = line.key
        self._show_case(self._hands.picture, fresh=True)
        self.picked.emit(line.key)
        if line.stop is not None and line.stop in self._hands.picture.plan.stops:
            self._selection.pick([line.stop], line.route)
        elif line.route is not None:
            self._selection.pick([], line.route)

    def _log(self) -> None:
        self._hands.act("log_exception")


def _empty(theme: Theme) -> QWidget:
    box = QWidget()
    rows = QVBoxLayout(box)
    rows.addStretch(2)
    for pen, text in ((Pen("lead", "text2"), EMPTY), (FAINT, HINT)):
        caption = Caption(theme, pen, text, wrap=True)
        caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(caption)
    rows.addStretch(3)
    return box
