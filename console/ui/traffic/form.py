"""One zone's fields: name, kind, dates, weekdays, hours, who may enter."""

from dataclasses import replace
from datetime import date, time

from PySide6.QtCore import QDate, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QToolButton,
    QWidget,
)

from console.domain.emission import CLASSES, from_class, least_of
from console.domain.zones import Zone, ZoneKind
from console.formats import clock_pattern, day_pattern
from console.tongues import tr
from console.ui.theme.theme import Theme
from console.ui.traffic.words import DAYS, KINDS, class_text


class ZoneForm(QWidget):
    """Shows a zone; ``zone`` is what the fields say, ``problem`` what is wrong with them."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Zone | None = None
        self._make_fields()
        self._lay_out()
        self._connect()

    def _make_fields(self) -> None:
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of the zone"))
        self.name.setMaxLength(60)
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Kind of zone"))
        for kind, words in KINDS.items():
            self.kind.addItem(words, kind)
        self.percent = QSpinBox()
        self.percent.setRange(5, 95)
        self.percent.setSingleStep(5)
        self.percent.setSuffix(tr(" % of the speed"))
        self._make_entry()
        self._make_times()

    def _make_entry(self) -> None:
        self.least = QComboBox()
        self.least.setAccessibleName(tr("Emission class that may enter"))
        self.least.addItem(tr("By equipment only"), "")
        for least in CLASSES:
            self.least.addItem(class_text(least), least)
        self.allowed = QLineEdit()
        self.allowed.setPlaceholderText(tr("permit, local"))
        self.allowed.setToolTip(tr("Equipment of vehicles that may enter; one word is enough"))

    def _make_times(self) -> None:
        self.whole = QCheckBox(tr("All day"))
        self.begins, self.ends = QTimeEdit(), QTimeEdit()
        self.days = [QToolButton() for _ in DAYS]
        for button, words in zip(self.days, DAYS, strict=True):
            button.setText(words)
            button.setCheckable(True)
            button.setMinimumWidth(0)
        self.has_first, self.has_last = QCheckBox(tr("From")), QCheckBox(tr("Until"))
        self.first, self.last = QDateEdit(), QDateEdit()
        for field in (self.first, self.last):
            field.setCalendarPopup(True)
            field.setDisplayFormat(day_pattern())
        for field in (self.begins, self.ends):
            field.setDisplayFormat(clock_pattern())
            field.setMinimumWidth(0)
        self.begins.setAccessibleName(tr("From"))
        self.ends.setAccessibleName(tr("Until"))
        self.first.setAccessibleName(tr("First day"))
        self.last.setAccessibleName(tr("Last day"))

    def _lay_out(self) -> None:
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(10)
        self.form.setVerticalSpacing(6)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.addRow(tr("Name"), self.name)
        self.form.addRow(tr("Kind"), self.kind)
        self.form.addRow(tr("Speed"), self.percent)
        self.form.addRow(tr("Enter only"), self.least)
        self.form.addRow(tr("Or with"), self.allowed)
        self.hours = _row(self.begins, self.ends)
        self.form.addRow(tr("Hours"), self.whole)
        self.form.addRow("", self.hours)
        self.form.addRow(tr("Days"), _row(*self.days, spacing=1))
        self.form.addRow(self.has_first, self.first)
        self.form.addRow(self.has_last, self.last)

    def _connect(self) -> None:
        self.name.textEdited.connect(self._edited)
        self.allowed.textEdited.connect(self._edited)
        self.least.currentIndexChanged.connect(self._edited)
        self.kind.currentIndexChanged.connect(self._edited)
        self.percent.valueChanged.connect(self._edited)
        for field in (self.begins, self.ends):
            field.timeChanged.connect(self._edited)
        for field in (self.first, self.last):
            field.dateChanged.connect(self._edited)
        for box in (self.whole, self.has_first, self.has_last, *self.days):
            box.toggled.connect(self._edited)

    def show_zone(self, zone: Zone, today: date) -> None:
        """The fields of a zone; dates it does not have stand at ``today``."""
        self._shown = None
        self.name.setText(zone.name)
        self.kind.setCurrentIndex(list(KINDS).index(zone.kind))
        self.percent.setValue(zone.percent)
        least = least_of(zone.allowed)
        self.least.setCurrentIndex(max(0, self.least.findData(least)))
        classes = from_class(least)
        self.allowed.setText(", ".join(word for word in zone.allowed if word not in classes))
        self.whole.setChecked(zone.begins == zone.ends)
        whole = zone.begins == zone.ends
        self.begins.setTime(_qtime(time(8) if whole else zone.begins))
        self.ends.setTime(_qtime(time(18) if whole else zone.ends))
        for i, button in enumerate(self.days):
            button.setChecked(i in zone.weekdays)
        for box, field, day in (
            (self.has_first, self.first, zone.first),
            (self.has_last, self.last, zone.last),
        ):
            box.setChecked(day is not None)
            shown = day or today
            field.setDate(QDate(shown.year, shown.month, shown.day))
        self._shown = zone
        self._fit()

    @property
    def zone(self) -> Zone:
        """What the fields say; ValueError where ``problem`` is not empty."""
        if self._shown is None:
            raise ValueError("no zone is shown")
        whole = self.whole.isChecked()
        words = [
            *from_class(str(self.least.currentData())),
            *self.allowed.text().replace(";", ",").split(","),
        ]
        return replace(
            self._shown,
            name=self.name.text().strip(),
            kind=self.picked_kind,
            percent=self.percent.value(),
            first=_date(self.first) if self.has_first.isChecked() else None,
            last=_date(self.last) if self.has_last.isChecked() else None,
            weekdays=tuple(i for i, button in enumerate(self.days) if button.isChecked()),
            begins=time() if whole else _time(self.begins),
            ends=time() if whole else _time(self.ends),
            allowed=tuple(dict.fromkeys(word.strip().casefold() for word in words if word.strip())),
        )

    @property
    def picked_kind(self) -> ZoneKind:
        """The kind that is chosen."""
        return list(KINDS)[self.kind.currentIndex()]

    @property
    def problem(self) -> str:
        """What is wrong; '' when nothing is."""
        if not self.name.text().strip():
            return tr("Give the zone a name.")
        if not any(button.isChecked() for button in self.days):
            return tr("Choose at least one weekday.")
        both = self.has_first.isChecked() and self.has_last.isChecked()
        if both and _date(self.first) > _date(self.last):
            return tr("The zone ends before it begins: correct the dates.")
        return ""

    def _edited(self, _value: object = None) -> None:
        self._fit()
        if self._shown is not None:
            self.changed.emit()

    def _fit(self) -> None:
        """Only the fields that mean something for the kind."""
        kind = self.picked_kind
        self.form.setRowVisible(self.percent, kind is ZoneKind.SLOW)
        self.form.setRowVisible(self.least, kind is ZoneKind.LOW_EMISSION)
        self.form.setRowVisible(self.allowed, kind is ZoneKind.LOW_EMISSION)
        self.form.setRowVisible(self.hours, not self.whole.isChecked())
        self.first.setEnabled(self.has_first.isChecked())
        self.last.setEnabled(self.has_last.isChecked())


def _row(*widgets: QWidget, spacing: int = 6) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    return box


def _qtime(at: time) -> QTime:
    return QTime(at.hour, at.minute)


def _time(field: QTimeEdit) -> time:
    return time(field.time().hour(), field.time().minute())


def _date(field: QDateEdit) -> date:
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())
