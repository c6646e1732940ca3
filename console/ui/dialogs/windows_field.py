"""Any number of delivery windows, each from and until a local time."""

from datetime import time

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTimeEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.orders import DayWindow
from console.formats import clock, clock_pattern
from console.tongues import tr
from console.ui.theme.theme import Theme

MORNING, EVENING = time(8), time(17)
START_OF_DAY, END_OF_DAY = time(0), time(23, 59, 59)


class WindowsField(QWidget):
    """No row is any time of the day."""

    changed = Signal()

    def __init__(self, windows: tuple[DayWindow, ...], theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[_WindowRow] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self.add_button = QPushButton(tr("Add window"))
        self.add_button.setProperty("role", "quiet")
        self.add_button.setAutoDefault(False)
        theme.dress(self.add_button, "plus", "accent", 14)
        self.add_button.clicked.connect(self.add)
        self._box.addWidget(self.add_button)
        for window in windows:
            self._append(window)

    @property
    def windows(self) -> tuple[DayWindow, ...]:
        """The windows, the earliest first."""
        made = [row.span for row in self._rows]
        return tuple(sorted(made, key=lambda w: (w.earliest or time(), w.latest or END_OF_DAY)))

    def problem(self) -> str:
        """What is wrong; '' when nothing is."""
        ends = [(w.earliest or START_OF_DAY, w.latest or END_OF_DAY) for w in self.windows]
        for earliest, latest in ends:
            if latest < earliest:
                return tr(
                    "The window ends at {clock} before it starts at {clock2}.",
                    clock=clock(latest),
                    clock2=clock(earliest),
                )
        return ""

    def add(self) -> None:
        """One more."""
        self._append(DayWindow(MORNING, EVENING))
        self.changed.emit()

    def _append(self, window: DayWindow) -> None:
        row = _WindowRow(window, self._theme)
        row.changed.connect(self.changed)
        row.removed.connect(self._remove)
        self._rows.append(row)
        self._box.insertWidget(self._box.count() - 1, row)

    def _remove(self, row: "_WindowRow") -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        self.changed.emit()


class _WindowRow(QWidget):
    """From, until, and a button that takes the row away."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, window: DayWindow, theme: Theme) -> None:
        super().__init__()
        self._given = window
        self.start = _clock(window.earliest or START_OF_DAY, tr("Window from"))
        self.end = _clock(window.latest or END_OF_DAY, tr("Window until"))
        remove = QToolButton()
        remove.setAccessibleName(tr("Remove this window"))
        remove.setToolTip(tr("Remove this window"))
        theme.dress(remove, "x")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.start, QLabel("to"), self.end, remove):
            row.addWidget(widget)
        row.addStretch(1)
        self._shown = (self.start.time(), self.end.time())
        self.start.timeChanged.connect(self.changed)
        self.end.timeChanged.connect(self.changed)
        remove.clicked.connect(lambda: self.removed.emit(self))

    @property
    def span(self) -> DayWindow:
        """An end that nobody touched stays what it was, open or to the second."""
        start, end = self.start.time(), self.end.time()
        same_start, same_end = start == self._shown[0], end == self._shown[1]
        return DayWindow(
            self._given.earliest if same_start else time(start.hour(), start.minute()),
            self._given.latest if same_end else time(end.hour(), end.minute()),
        )


def _clock(moment: time, name: str) -> QTimeEdit:
    field = QTimeEdit(QTime(moment.hour, moment.minute))
    field.setDisplayFormat(clock_pattern())
    field.setAccessibleName(name)
    return field
