"""How a place is reached: gate, floor, minutes to park, where a parcel may be left."""

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QSpinBox, QWidget

from console.domain.places import Access, Coordinate
from console.tongues import tr
from console.ui.theme.theme import Theme

_MOST_MINUTES = 60
_ASK, _WAIT, _KNOWN = (
    tr("Mark it on the map"),
    tr("Click where the van stands…"),
    tr("Marked; mark it anew"),
)


class AccessFields(QWidget):
    """``access`` is what is filled in. ``parkingWanted``: pick a point, then ``park_at``."""

    changed = Signal()
    parkingWanted = Signal()

    def __init__(self, access: Access, theme: Theme) -> None:
        super().__init__()
        self._parking = access.parking
        self.gate, self.floor = _line(tr("Code, bell or key")), _line(tr("2nd floor left"))
        self.safe_place = _line(tr("Behind the bins, a neighbour"))
        self.minutes = QSpinBox()
        self.minutes.setRange(0, _MOST_MINUTES)
        self.minutes.setSuffix(" min")
        self.minutes.setSpecialValueText(tr("Not known"))
        self.parking_button = QPushButton()
        theme.dress(self.parking_button, "locate-fixed", "accent", 14)
        self._lay_out()
        self._fill(access)
        self._connect()

    @property
    def access(self) -> Access:
        """The record as filled in."""
        minutes = self.minutes.value()
        return Access(
            gate=self.gate.text().strip(),
            floor=self.floor.text().strip(),
            safe_place=self.safe_place.text().strip(),
            parking_time=timedelta(minutes=minutes) if minutes else None,
            parking=self._parking,
        )

    def park_at(self, point: Coordinate) -> None:
        """Where the van stands, as clicked on the map."""
        self._parking = point
        self.wait_for_click(on=False)
        self.changed.emit()

    def wait_for_click(self, *, on: bool) -> None:
        """Say that the map waits."""
        self.parking_button.setText(_WAIT if on else _KNOWN if self._parking else _ASK)

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 4, 0, 0)
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        minutes = QHBoxLayout()
        minutes.addWidget(self.minutes)
        minutes.addStretch(1)
        for name, field in (
            (tr("Gate"), self.gate),
            (tr("Floor"), self.floor),
            (tr("Safe place"), self.safe_place),
            (tr("To park"), minutes),
            (tr("Van stands"), self.parking_button),
        ):
            form.addRow(name, field)

    def _fill(self, access: Access) -> None:
        self.gate.setText(access.gate)
        self.floor.setText(access.floor)
        self.safe_place.setText(access.safe_place)
        if access.parking_time is not None:
            self.minutes.setValue(round(access.parking_time.total_seconds() / 60))
        self.wait_for_click(on=False)

    def _connect(self) -> None:
        for line in (self.gate, self.floor, self.safe_place):
            line.textEdited.connect(self._tell)
        self.minutes.valueChanged.connect(self._tell)
        self.parking_button.clicked.connect(self.parkingWanted)

    def _tell(self, _value: object) -> None:
        self.changed.emit()


def _line(example: str) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(example)
    return line
