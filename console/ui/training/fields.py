"""What a kind of day is besides its incidents: fields, each with what is wrong about it."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from console.dispatch.kindofday import MOST, Scenario
from console.tongues import tr
from console.ui.caption import Caption
from console.ui.dialogs.sheet import WARNING
from console.ui.theme.theme import Theme

FIELD_PX = 96


class DayFields(QWidget):
    """``changed`` with every key."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.problems: dict[str, Caption] = {}
        self._edits: set[str] = set()
        self.grid = QFormLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(8)
        self.grid.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.title = self._text("title", tr("Title"))
        self.title.setMaxLength(60)
        self.about = self._text("about", tr("What it is about"))
        self.goals = self._text("goals", tr("Goals, with ; between"))
        self.goals.setPlaceholderText(tr("Every window kept; nobody works overtime"))
        self.drivers, self.stops = _number(MOST["drivers"]), _number(MOST["stops"])
        self.seed = QSpinBox()
        self.seed.setRange(1, 9999)
        self.absent, self.refused = _share(), _share()
        self._row(
            tr("Size"),
            ("drivers", tr("Drivers"), self.drivers),
            ("stops", tr("Stops"), self.stops),
            ("seed", tr("Dice"), self.seed),
        )
        self._row(
            tr("At the doors"),
            ("absent", tr("Nobody there"), self.absent),
            ("refused", tr("Refused"), self.refused),
        )

    def _text(self, name: str, words: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(words)
        field.textChanged.connect(self._told)
        self.grid.addRow(words, field)
        self.problems[name] = Caption(self._theme, WARNING)
        self.grid.addRow("", self.problems[name])
        self._edits.add(name)
        return field

    def _row(self, title: str, *parts: tuple[str, str, QSpinBox | QDoubleSpinBox]) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, words, field in parts:
            field.setAccessibleName(words)
            field.setMinimumWidth(round(FIELD_PX * self._theme.scale))
            field.valueChanged.connect(self._told)
            self.problems[name] = Caption(self._theme, WARNING)
            row.addWidget(Caption(self._theme, text=words))
            row.addWidget(field)
            row.addWidget(self.problems[name])
        row.addStretch(1)
        self.grid.addRow(title, row)

    def _told(self, _value: object) -> None:
        self.changed.emit()

    def show_kind(self, kind: Scenario, title: str) -> None:
        """All fields as it has them."""
        self.title.setText(title)
        self.about.setText(kind.about)
        self.goals.setText("; ".join(kind.goals))
        self.drivers.setValue(kind.drivers)
        self.stops.setValue(kind.stops)
        self.seed.setValue(kind.seed)
        self.absent.setValue(100 * kind.absent)
        self.refused.setValue(100 * kind.refused)

    def filled(self, kind: Scenario) -> Scenario:
        """A kind of day with what the fields say."""
        return replace(
            kind,
            title=self.title.text().strip(),
            about=self.about.text().strip(),
            goals=tuple(filter(None, (goal.strip() for goal in self.goals.text().split(";")))),
            drivers=self.drivers.value(),
            stops=self.stops.value(),
            seed=self.seed.value(),
            absent=round(self.absent.value() / 100, 4),
            refused=round(self.refused.value() / 100, 4),
        )

    def say(self, name: str, sentence: str) -> None:
        """What is wrong with a field; '' for nothing."""
        self.problems[name].say(sentence)
        if name in self._edits:
            self.grid.setRowVisible(self.problems[name], bool(sentence))

    def clear(self) -> None:
        """Nothing is wrong."""
        for name in self.problems:
            self.say(name, "")


def _number(most: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(0, most)
    field.setSpecialValueText(tr("as usual"))
    return field


def _share() -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(0, 100)
    field.setDecimals(1)
    field.setSuffix(" %")
    return field
