"""One thing that an instructor lets happen, now or later."""

from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSpinBox, QTimeEdit, QWidget

from console.dispatch.kindofday import SPANS, Incident, IncidentKind
from console.dispatch.training.words import KINDS
from console.formats import clock_pattern
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

_TAKES_UNTIL = SPANS | {IncidentKind.DEPOT_LATE}
_TAKES_MINUTES = frozenset((IncidentKind.BREAKDOWN, IncidentKind.LONG_STOP, IncidentKind.SILENCE))


class HappenForm(Sheet):
    """``incident`` once accepted; only fields that count for its kind are shown."""

    def __init__(
        self, drivers: Sequence[str], now: time, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Let something happen"), theme, parent)
        self.least(400)
        self.heading(tr("Let something happen"))
        self.kind = QComboBox()
        for kind, words in KINDS.items():
            self.kind.addItem(words, kind)
        self.driver = QComboBox()
        self.driver.addItems([tr("Everybody"), *drivers])
        self.driver.setCurrentIndex(1 if drivers else 0)
        self.at = _clock(now)
        self.until = _clock(time(min(23, now.hour + 2), now.minute))
        self.minutes = _whole(480, 30, " min")
        self.factor = QDoubleSpinBox()
        self.factor.setRange(1.1, 10)
        self.factor.setValue(2)
        self.count = _whole(50, 4, "")
        self._lay_out()
        self.said = self.problem()
        self.go_back()
        self.happen_button = self.go_on(tr("Let it happen"))
        self.kind.currentIndexChanged.connect(self._check)
        self.until.timeChanged.connect(self._check)
        self.at.timeChanged.connect(self._check)
        self._check()

    def _lay_out(self) -> None:
        self._grid = self.grid()
        for name, field in (
            (tr("What"), self.kind),
            (tr("To whom"), self.driver),
            (tr("From"), self.at),
            (tr("Until"), self.until),
            (tr("For (0: for good)"), self.minutes),
            (tr("Times as slow"), self.factor),
            (tr("How many doors"), self.count),
        ):
            field.setAccessibleName(name)
            self._grid.addRow(name, field)

    @property
    def incident(self) -> Incident:
        """As it is filled in."""
        kind = IncidentKind(self.kind.currentData())
        return Incident(
            kind,
            _time(self.at),
            _time(self.until) if kind in _TAKES_UNTIL else time(23, 59),
            self.driver.currentIndex(),
            float(self.minutes.value()) if kind in _TAKES_MINUTES else 0.0,
            self.factor.value() if kind in SPANS else 1.0,
            count=self.count.value() if kind is IncidentKind.ADDRESSES else 0,
        )

    def _check(self, _value: object = None) -> None:
        kind = IncidentKind(self.kind.currentData())
        for field, counts in (
            (self.until, kind in _TAKES_UNTIL),
            (self.minutes, kind in _TAKES_MINUTES),
            (self.factor, kind in SPANS),
            (self.count, kind is IncidentKind.ADDRESSES),
        ):
            self._grid.setRowVisible(field, counts)
        is_over = kind in SPANS and self.until.time() <= self.at.time()
        self.said.say(tr("It ends before it begins.") if is_over else "")
        self.happen_button.setDisabled(is_over)


def _clock(at: time) -> QTimeEdit:
    field = QTimeEdit(QTime(at.hour, at.minute))
    field.setDisplayFormat(clock_pattern())
    return field


def _time(field: QTimeEdit) -> time:
    return time(field.time().hour(), field.time().minute())


def _whole(most: int, value: int, suffix: str) -> QSpinBox:
    field = QSpinBox()
    field.setRange(0, most)
    field.setValue(value)
    field.setSuffix(suffix)
    return field
