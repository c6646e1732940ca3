"""The audit: all steps of a day, what each changed, the day as it was then, and a replay."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSlider,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from console.dispatch.picture import Picture
from console.dispatch.replay import Replay
from console.domain.patch import diff
from console.domain.plan import Plan, StopId
from console.tongues import tr
from console.ui.audit.past import PastHands
from console.ui.audit.player import PACES, Player
from console.ui.audit.rows import AuditRow, changes_of, matching, traced
from console.ui.audit.table import AuditTable
from console.ui.caption import QUIET, STRONG, Caption
from console.ui.labels import cost_of, count_text
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.figures import hours, km, with_unit
from console.ui.theme.theme import Theme
from console.ui.timeline.view import TimelineView

_EVERYBODY = tr("Everybody")
_WIDE = 1000  # px, of each view: they share what there is
_ARROW = "\N{RIGHTWARDS ARROW}"
Imaging = Callable[[Plan], Picture]


class AuditWindow(QDialog):
    """Stays open beside the work and changes nothing by itself.

    ``returnAsked(version)``: make the plan as it was then. ``exportAsked``: the shown rows.
    """

    returnAsked = Signal(int)
    exportAsked = Signal()

    def __init__(self, theme: Theme, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: Sequence[AuditRow] = ()
        self._replay = Replay(())
        self._imaging: Imaging = lambda _plan: picture
        self._only: frozenset[StopId] = frozenset()
        self.version = 0
        self.signals = Signals()
        self.hands = PastHands(picture, self.signals)
        self.selection = Selection(self.signals)
        self.timeline = TimelineView(self.hands, self.signals, self.selection, theme)
        self.player = Player(self)
        self.setWindowTitle(tr("Audit"))
        self.setAccessibleName(tr("Audit"))
        self.resize(round(1180 * theme.scale), round(720 * theme.scale))
        self._make_top()
        self._make_strip()
        self._lay_out()
        self._connect()

    def _make_top(self) -> None:
        theme = self._theme
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter: what, street, driver, reason, time"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName(tr("Filter the steps"))
        self.who = QComboBox()
        self.who.setAccessibleName(tr("Whose steps"))
        self.only_button = self._button("", "x")
        self.only_button.setToolTip(tr("Show every step again"))
        self.only_button.hide()
        self.count = Caption(theme, QUIET)
        self.export_button = self._button(tr("Export…"), "download")
        self.return_button = self._button(tr("Back to here"), "history")
        self.return_button.setToolTip(tr("The plan as it was then, as one step that can be undone"))
        self.table = AuditTable(theme)
        self.title = Caption(theme, STRONG)
        self.figures = Caption(theme, QUIET, wrap=True)
        self.changes = QListWidget()
        self.changes.setAccessibleName(tr("What changed"))
        self.changes.setWordWrap(True)

    def _make_strip(self) -> None:
        self.play_button = self._button(tr("Play"), "play")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(tr("Version"))
        self.pace = QComboBox()
        self.pace.setAccessibleName(tr("Pace"))
        self.pace.addItems([words for words, _, _ in PACES])
        self.pace.setCurrentIndex(self.player.pace)
        self.moment = Caption(self._theme, STRONG)
        self._views = QSplitter(Qt.Orientation.Horizontal)
        self._views.addWidget(self.timeline)

    def _button(self, text: str, icon: str) -> QPushButton:
        made = QPushButton(text)
        made.setAutoDefault(False)
        self._theme.dress(made, icon)
        return made

    def _lay_out(self) -> None:
        top = _line(self.filter, self.who, self.only_button, self.count, self.export_button,
                    self.return_button)  # fmt: skip
        side = QWidget()
        beside = QVBoxLayout(side)
        beside.setContentsMargins(8, 0, 0, 0)
        for widget in (self.title, self.figures, self.changes):
            beside.addWidget(widget)
        upper = QSplitter(Qt.Orientation.Horizontal)
        upper.addWidget(self.table)
        upper.addWidget(side)
        upper.setStretchFactor(0, 3)
        upper.setStretchFactor(1, 1)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.addLayout(_line(self.slider, self.play_button, self.pace, self.moment))
        below.addWidget(self._views, 1)
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.addWidget(upper)
        whole.addWidget(lower)
        whole.setSizes([320, 360])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 12, 12, 12)
        rows.setSpacing(8)
        rows.addLayout(top)
        rows.addWidget(whole, 1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._refilter)
        self.who.currentIndexChanged.connect(self._refilter)
        self.only_button.clicked.connect(self.show_all)
        self.table.selectionModel().selectionChanged.connect(self._picked)
        self.export_button.clicked.connect(self.exportAsked)
        self.return_button.clicked.connect(lambda: self.returnAsked.emit(self.version))
        self.slider.valueChanged.connect(self.jump)
        self.play_button.clicked.connect(self._play)
        self.pace.currentIndexChanged.connect(self._set_pace)
        self.player.moved.connect(self.jump)
        self.player.stopped.connect(lambda: self.play_button.setText(tr("Play")))
        self.finished.connect(self.player.stop)

    def show_map(self, view: QWidget) -> None:
        """A map of the same moment, beside the timeline."""
        self._views.addWidget(view)
        self._views.setSizes([_WIDE, _WIDE])

    # -- what is shown -----------------------------------------------------------------------------

    @property
    def shown(self) -> Sequence[AuditRow]:
        """The rows that the filter leaves, the newest first."""
        return self.table.rows.lines

    def show_day(self, rows: Sequence[AuditRow], replay: Replay, imaging: Imaging) -> None:
        """A day's rows, the oldest first; ``imaging`` draws a plan of that day."""
        self._rows, self._replay, self._imaging = rows, replay, imaging
        chosen = self.who.currentText()
        self.who.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.who.clear()
        self.who.addItems([_EVERYBODY, *sorted({row.actor for row in rows})])
        self.who.setCurrentIndex(max(0, self.who.findText(chosen)))
        self.who.blockSignals(False)  # noqa: FBT003
        self.player.load([entry.at for entry in replay.entries])
        self.slider.setRange(0, replay.last)
        self._refilter()
        self.jump(replay.last)

    def trace(self, stops: frozenset[StopId], name: str) -> None:
        """Only what decided about these stops; ``name`` says which they are."""
        self._only = stops
        self.only_button.setText(tr("Only {name}", name=name))
        self.only_button.show()
        self._refilter()
        if self.shown:
            self.jump(self.shown[0].version)

    def show_all(self) -> None:
        """Every stop again."""
        self._only = frozenset()
        self.only_button.hide()
        self._refilter()

    def _refilter(self, _now: object = None) -> None:
        rows = self._rows
        if self._only:
            rows = traced(rows, self._replay.entries, self._only, self.hands.picture)
        who = self.who.currentText() if self.who.currentIndex() > 0 else ""
        found = matching(rows, self.filter.text(), who, self._only)
        self.table.rows.show_lines(found[::-1])
        self.count.say(
            tr(
                "{found} of {rows} steps · pick two to compare them",
                found=len(found),
                rows=len(self._rows),
            )
        )
        self.export_button.setEnabled(bool(found))

    def jump(self, version: int) -> None:
        """The day as it was after this step."""
        if version == self.version and self.slider.value() == version:
            return
        self.version = version
        self.slider.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.slider.setValue(version)
        self.slider.blockSignals(False)  # noqa: FBT003
        self.hands.show(self._imaging(self._replay.at(version)))
        row = self._rows[version - 1] if 0 < version <= len(self._rows) else None
        self.moment.say(
            tr("{clock}  step {version}", clock=row.clock, version=version)
            if row
            else tr("Before the first step")
        )
        self.return_button.setEnabled(row is not None and version < self._replay.last)
        if not self.table.go_to(version):
            self.table.clearSelection()

    def _picked(self, _new: object, _old: object) -> None:
        picked = self.table.picked
        if len(picked) == 1:
            self._show_step(picked[0])
        elif picked:
            self._compare(picked[0].version, picked[-1].version)

    def _show_step(self, row: AuditRow) -> None:
        self.title.say(tr("Step {version}: {what}", version=row.version, what=row.what))
        told = tr(
            "{clock}, {actor}, console {console}",
            clock=row.clock,
            actor=row.actor,
            console=row.console,
        )
        self.figures.say(f"{told}. {row.why}" if row.why else told)
        self._list(row.changes)
        self.jump(row.version)

    def _compare(self, first: int, second: int) -> None:
        """What differs between two moments: figures and stops."""
        before, after = self._replay.at(first), self._replay.at(second)
        now, then = self._imaging(before), self._imaging(after)
        self.title.say(
            tr("Step {first} {ARROW} step {second}", first=first, ARROW=_ARROW, second=second)
        )
        self.figures.say(_differences(now, then))
        self._list(changes_of(diff(before, after), self.hands.picture))

    def _list(self, changes: Sequence[str]) -> None:
        self.changes.clear()
        self.changes.addItems(list(changes) or [tr("No stop and no route is different.")])

    def _play(self) -> None:
        if self.player.is_playing:
            self.player.stop()
        else:
            self.play_button.setText(tr("Stop"))
            self.player.play(self.version)

    def _set_pace(self, pace: int) -> None:
        self.player.pace = pace


def _differences(now: Picture, then: Picture) -> str:
    """``Served 30 → 32, hours 9:54 → 10:26``: the figures of two moments."""
    figures = (
        (tr("Served"), str(now.totals.served), str(then.totals.served)),
        ("unassigned", count_text(now.totals.unassigned), count_text(then.totals.unassigned)),
        ("cost", cost_of(now.totals.cost, now.currency), cost_of(then.totals.cost, then.currency)),
        ("distance", km(now.totals.metres), km(then.totals.metres)),
        ("hours", hours(now.totals.paid), hours(then.totals.paid)),
        ("late", *(with_unit(str(p.totals.late_stops), "stops") for p in (now, then))),
    )
    changed = [f"{name} {a} {_ARROW} {b}" for name, a, b in figures if a != b]
    return ", ".join(changed) or tr("All figures are the same.")


def _line(*widgets: QWidget) -> QHBoxLayout:
    """Side by side; the first takes what is left."""
    made = QHBoxLayout()
    made.setSpacing(8)
    for widget in widgets:
        made.addWidget(widget, 1 if widget is widgets[0] else 0)
    return made
