"""The day's exceptions: what went wrong, where, who logged it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from console import wording
from console.dispatch.exceptions import DeliveryException
from console.dispatch.picture import Picture
from console.domain.plan import RouteId, StopId
from console.tongues import tr
from console.ui.caption import FAINT, Caption
from console.ui.dialogs.table import PlainTable
from console.ui.hands import Hands
from console.ui.ink import Pen
from console.ui.labels import route_label
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.theme import Theme

COLUMNS = (tr("Time"), tr("Cause"), tr("Where"), tr("Driver"), tr("Note"), tr("Logged by"))
WHERE, NOTE = 2, 4
EMPTY = tr("Nothing went wrong so far")
HINT = tr("Pick a stop, then Ctrl+L logs what happened there: nobody home, no access, damaged…")


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its texts, and what a click selects."""

    texts: tuple[str, ...]
    stop: StopId | None
    route: RouteId | None


def lines_of(logged: Sequence[DeliveryException], picture: Picture) -> list[Line]:
    """In the order given."""
    return [_line(one, picture) for one in logged]


def _line(logged: DeliveryException, picture: Picture) -> Line:
    fact = logged.fact
    plan = picture.plan
    stop = plan.stops.get(StopId(fact.subject))
    route = stop.route if stop else RouteId(fact.subject)
    known = route if route in plan.routes else None
    cause = wording.cause(fact.cause) if fact.cause else tr("Other")
    if fact.discrepancy:
        cause += tr(" (plan differs)")
    texts = (
        picture.clock(fact.happened_at),
        cause,
        _where(logged, picture),
        route_label(picture, known).name if known else "",
        logged.note,
        logged.actor,
    )
    return Line(texts, stop.id if stop else None, known)


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
    """A table; a click on a row selects its stop or lights its route in every view."""

    def __init__(self, hands: Hands, signals: Signals, selection: Selection, theme: Theme) -> None:
        super().__init__()
        self._hands, self._selection = hands, selection
        self.lines: list[Line] = []
        self._logged: Sequence[DeliveryException] = ()
        self.setAutoFillBackground(True)
        self.title = Caption(theme, Pen("title", "text", bold=True), tr("Exceptions"))
        self.log_button = QPushButton(tr("Log exception…"))
        theme.dress(self.log_button, "triangle-alert")
        self.log_button.clicked.connect(self._log)
        self.table = PlainTable(COLUMNS, theme)
        self.table.itemSelectionChanged.connect(self._picked)
        self._empty = _empty(theme)
        self._lay_out()
        signals.planChanged.connect(self._plan_changed)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 12, 10)
        head.addWidget(self.title, 1)
        head.addWidget(self.log_button)
        rows.addLayout(head)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        rows.addLayout(self._stack, 1)

    def show_lines(self, logged: Sequence[DeliveryException], picture: Picture) -> None:
        """The queue, newest first. Nothing moves where nothing changed."""
        self._logged = logged
        made = lines_of(logged, picture)
        self.title.say(tr("Exceptions  {made}", made=len(made)) if made else tr("Exceptions"))
        self._stack.setCurrentIndex(1 if made else 0)
        if made == self.lines:
            return
        self.lines = made
        with QSignalBlocker(self.table):
            self.table.fill([line.texts for line in made])
            self.table.clearSelection()

    def _plan_changed(self, _change: object) -> None:
        """Drivers and stop numbers may have changed."""
        self.show_lines(self._logged, self._hands.picture)

    def _picked(self) -> None:
        row = self.table.currentRow()
        if not self.table.selectedItems() or not 0 <= row < len(self.lines):
            return
        line = self.lines[row]
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
