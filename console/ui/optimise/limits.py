"""How long to search, and how much of the plan may change."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QWidget,
)

from console.tongues import tr
from console.ui.caption import QUIET, Caption
from console.ui.optimise.choice import SECONDS, Choice
from console.ui.theme.theme import Theme

MOST_SECONDS = 3600


class SecondsField(QWidget):
    """Three usual lengths, and one's own. ``changed(float)``."""

    changed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.own = _spin(tr("Seconds to search"), 1, MOST_SECONDS)
        self.own.setSuffix(" s")
        self.own.valueChanged.connect(self._chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for seconds in SECONDS:
            button = QPushButton(f"{seconds} s")
            button.setCheckable(True)
            button.setMinimumWidth(0)
            self._group.addButton(button, seconds)
            row.addWidget(button, 1)
        self._group.idClicked.connect(self.own.setValue)
        row.addWidget(self.own)

    def show_seconds(self, seconds: float) -> None:
        """As many as these."""
        with QSignalBlocker(self.own):
            self.own.setValue(round(seconds))
        self._mark()

    def _chosen(self, seconds: int) -> None:
        self._mark()
        self.changed.emit(float(seconds))

    def _mark(self) -> None:
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(self._group.id(button) == self.own.value())
        self._group.setExclusive(True)


class BudgetFields(QWidget):
    """Caps that are off unless ticked. ``changed(Choice)`` with the caps of the one shown."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._choice = Choice()
        self.drivers_on, self.drivers = (
            QCheckBox(tr("Change driver, at most")),
            _spin(tr("Stops"), 0, 9999),
        )
        self.promises_on, self.promises = (
            QCheckBox(tr("Arrivals moved, at most")),
            _spin(tr("Arrivals"), 0, 9999),
        )
        self.minutes = _spin(tr("Minutes"), 0, 240)
        self.minutes.setSuffix(" min")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        moved = Caption(theme, QUIET, tr("An arrival counts as moved by more than"), wrap=True)
        rows = ((self.drivers_on, self.drivers), (self.promises_on, self.promises))
        for i, (box, field) in enumerate((*rows, (moved, self.minutes))):
            grid.addWidget(box, i, 0)
            grid.addWidget(field, i, 1, Qt.AlignmentFlag.AlignRight)
        for box, field in rows:
            field.setAccessibleName(box.text())
            box.toggled.connect(self._edited)
            field.valueChanged.connect(self._edited)
        self.minutes.setAccessibleName(tr("Minutes by which an arrival has to move to count"))
        self.minutes.valueChanged.connect(self._edited)

    def show_choice(self, choice: Choice) -> None:
        """These caps."""
        self._choice = choice
        rows = (
            (self.drivers_on, self.drivers, choice.drivers, 12),
            (self.promises_on, self.promises, choice.promises, 5),
        )
        for box, field, cap, usual in rows:
            with QSignalBlocker(box), QSignalBlocker(field):
                box.setChecked(cap is not None)
                field.setValue(field.value() or usual if cap is None else cap)
                field.setEnabled(cap is not None)
        with QSignalBlocker(self.minutes):
            self.minutes.setValue(choice.minutes)

    def _edited(self) -> None:
        self.drivers.setEnabled(self.drivers_on.isChecked())
        self.promises.setEnabled(self.promises_on.isChecked())
        drivers = self.drivers.value() if self.drivers_on.isChecked() else None
        promises = self.promises.value() if self.promises_on.isChecked() else None
        minutes = self.minutes.value()
        self.changed.emit(
            replace(self._choice, drivers=drivers, promises=promises, minutes=minutes)
        )


def _spin(name: str, least: int, most: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    field.setAccessibleName(name)
    field.setFixedWidth(84)
    return field
