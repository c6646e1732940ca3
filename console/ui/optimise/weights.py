"""The weights of a profile, each in its own field: what counts, and how much."""

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QWidget

from console.domain.objective import Measure, Objective
from console.tongues import tr
from console.ui.caption import QUIET, Caption
from console.ui.theme.theme import Theme

TIMES = "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True, slots=True)
class Weight:
    """One weight: its field of ``Objective``, what it is called, its unit, a step."""

    name: str
    caption: str
    unit: str
    step: float


WEIGHTS = (
    Weight("money", tr("Real cost"), TIMES, 0.25),
    Weight("per_hour", tr("Paid hour"), "€", 5.0),
    Weight("per_km", tr("Kilometre"), "€", 0.1),
    Weight("per_kg_co2e", tr("kg CO₂e"), "€", 0.5),
    Weight("lateness", tr("Lateness"), TIMES, 0.5),
    Weight("compact", tr("Km in between"), "€", 0.1),
    Weight("balance", tr("Difference from the mean"), "€", 1.0),
)
MEASURES = {Measure.HOURS: "hours", Measure.STOPS: "stops", Measure.KG: tr("100 kg")}


class WeightFields(QWidget):
    """``changed(Objective)`` when one is edited."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._objective = Objective("")
        self._currency = "€"
        self.fields: dict[str, QDoubleSpinBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for row, weight in enumerate(WEIGHTS):
            field = _field(weight)
            field.valueChanged.connect(self._edited)
            self.fields[weight.name] = field
            grid.addWidget(Caption(theme, QUIET, weight.caption), row, 0)
            grid.addWidget(field, row, 1)
        self.measure = QComboBox()
        self.measure.setAccessibleName(tr("What is to be spread evenly"))
        for measure, words in MEASURES.items():
            self.measure.addItem(words, measure)
        self.measure.currentIndexChanged.connect(self._edited)
        grid.addWidget(Caption(theme, QUIET, tr("Spread evenly")), len(WEIGHTS), 0)
        grid.addWidget(self.measure, len(WEIGHTS), 1)

    def show_objective(self, objective: Objective, currency: str) -> None:
        """These weights."""
        self._objective = objective
        for weight in WEIGHTS:
            field = self.fields[weight.name]
            with QSignalBlocker(field):
                field.setPrefix(f"{weight.unit if weight.unit == TIMES else currency} ")
                field.setValue(getattr(objective, weight.name))
        with QSignalBlocker(self.measure):
            self.measure.setCurrentIndex(list(MEASURES).index(objective.measure))

    def _edited(self) -> None:
        values = {name: field.value() for name, field in self.fields.items()}
        measure = Measure(self.measure.currentData(Qt.ItemDataRole.UserRole))
        self.changed.emit(Objective(self._objective.name, **values, measure=measure))


def _field(weight: Weight) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(0.0, 999.0)
    field.setDecimals(2)
    field.setSingleStep(weight.step)
    field.setAccessibleName(weight.caption)
    field.setFixedWidth(104)
    return field
