"""Another shift for one driver, today only."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QTimeEdit, QWidget

from console.dispatch.picture import DriverLabel
from console.domain.fleet import BREAK_AFTER, BreakRule, Shift
from console.domain.load import Capacity
from console.formats import clock_pattern
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

NO_LIMIT = tr("no limit")
_DAY = timedelta(days=1)


class ShiftForm(Sheet):
    """``shift`` once accepted: in UTC, on the same service day.

    An end before the start is the next morning's.
    """

    def __init__(
        self,
        shift: Shift,
        zone: ZoneInfo,
        label: DriverLabel,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Shift today"), theme, parent)
        self.least(360)
        self._shift, self._zone = shift, zone
        self.heading(tr("{name}, today only", name=label.name))
        self.start_field = self._clock(shift.start, tr("Start"))
        self.end_field = self._clock(shift.end, tr("End"))
        self.overtime_field = _minutes(tr("Overtime allowed"), shift.max_overtime, most=480)
        rule = shift.break_rule
        self.break_field = _minutes(tr("Break"), rule.duration if rule else timedelta(), most=180)
        self.break_from = self._clock(rule.earliest if rule else shift.start, tr("Break from"))
        self.break_to = self._clock(rule.latest if rule else shift.end, tr("Break until"))
        capacity = shift.capacity
        self.pieces_field = _limit(tr("Pieces"), capacity.pieces, 0, "pcs")
        self.kg_field = _limit(tr("Weight"), capacity.kg, 1, "kg")
        self.m3_field = _limit(tr("Volume"), capacity.m3, 2, "m³")
        self._lay_out()
        self.said = self.problem()
        self.go_back()
        self.save_button = self.go_on(tr("Change shift"))
        self._connect()
        self._check()

    def _lay_out(self) -> None:
        grid = self.grid()
        for field in (
            self.start_field,
            self.end_field,
            self.overtime_field,
            self.break_field,
            self.break_from,
            self.break_to,
            self.pieces_field,
            self.kg_field,
            self.m3_field,
        ):
            grid.addRow(field.accessibleName(), field)

    @property
    def shift(self) -> Shift:
        """The shift as it is filled in; the old one where it makes no sense."""
        start, end = self._span()
        if self._problem():
            return self._shift
        return replace(
            self._shift,
            start=start,
            end=end,
            max_overtime=timedelta(minutes=self.overtime_field.value()),
            break_rule=self._break(),
            capacity=self._capacity(),
        )

    def _span(self) -> tuple[datetime, datetime]:
        start = self._moment(self.start_field, self._shift.start)
        end = self._moment(self.end_field, self._shift.start)
        return start, end if end > start else _later(end, self._zone)

    def _break(self) -> BreakRule | None:
        minutes = self.break_field.value()
        if not minutes:
            return None
        earliest, latest = self._break_span()
        known = self._shift.break_rule
        after = known.after if known else BREAK_AFTER
        return BreakRule(timedelta(minutes=minutes), earliest, latest, after)

    def _break_span(self) -> tuple[datetime, datetime]:
        """The break's bounds; a clock time before the start belongs to the next morning."""
        start, _ = self._span()
        spots = (self._moment(f, self._shift.start) for f in (self.break_from, self.break_to))
        earliest, latest = (spot if spot >= start else _later(spot, self._zone) for spot in spots)
        return earliest, latest

    def _capacity(self) -> Capacity:
        pieces, kg, m3 = (_amount(f) for f in (self.pieces_field, self.kg_field, self.m3_field))
        present = self._shift.capacity
        # A field shows fewer digits than a capacity may have: what was not touched stays exact.
        return Capacity(
            present.pieces if pieces == _shown(present.pieces, 0) else _whole(pieces),
            present.kg if kg == _shown(present.kg, 1) else kg,
            present.m3 if m3 == _shown(present.m3, 2) else m3,
            present.units,
        )

    def _clock(self, moment: datetime, name: str) -> QTimeEdit:
        local = moment.astimezone(self._zone)
        field = QTimeEdit(QTime(local.hour, local.minute))
        field.setDisplayFormat(clock_pattern())
        field.setAccessibleName(name)
        return field

    def _moment(self, field: QTimeEdit, like: datetime) -> datetime:
        """The field's clock time on the service day of ``like``, in UTC."""
        clock = field.time()
        day = like.astimezone(self._zone).date()
        local = datetime.combine(day, time(clock.hour(), clock.minute()), self._zone)
        return local.astimezone(UTC)

    def _connect(self) -> None:
        for field in (self.start_field, self.end_field, self.break_from, self.break_to):
            field.timeChanged.connect(self._check)
        self.break_field.valueChanged.connect(self._check)

    def _check(self, _value: object = None) -> None:
        has_break = bool(self.break_field.value())
        self.break_from.setEnabled(has_break)
        self.break_to.setEnabled(has_break)
        problem = self._problem()
        self.said.say(problem)
        self.save_button.setEnabled(not problem)

    def _problem(self) -> str:
        start, end = self._span()
        if self.start_field.time() == self.end_field.time():
            return tr("The shift starts and ends at the same time.")
        if not self.break_field.value():
            return ""
        earliest, latest = self._break_span()
        if earliest < start or latest > end + timedelta(minutes=self.overtime_field.value()):
            return tr("The break lies outside the shift.")
        if latest - earliest < timedelta(minutes=self.break_field.value()):
            return tr("The break is longer than the time it may take place in.")
        return ""


def _limit(name: str, value: float | None, digits: int, unit: str) -> QDoubleSpinBox:
    """A capacity; the lowest value means that there is no limit."""
    field = QDoubleSpinBox()
    field.setDecimals(digits)
    field.setRange(-1, 1_000_000)
    field.setSpecialValueText(NO_LIMIT)
    field.setSuffix(f" {unit}")
    field.setGroupSeparatorShown(True)
    field.setValue(-1 if value is None else float(value))
    field.setAccessibleName(name)
    return field


def _minutes(name: str, value: timedelta, *, most: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(0, max(most, round(value.total_seconds() / 60)))
    field.setSuffix(" min")
    field.setValue(round(value.total_seconds() / 60))
    field.setAccessibleName(name)
    return field


def _amount(field: QDoubleSpinBox) -> float | None:
    return None if field.value() < 0 else field.value()


def _shown(value: float | None, digits: int) -> float | None:
    return None if value is None else round(float(value), digits)


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _later(moment: datetime, zone: ZoneInfo) -> datetime:
    """The same clock time a day on, summer time or not."""
    local = moment.astimezone(zone)
    return datetime.combine(local.date() + _DAY, local.time(), zone).astimezone(UTC)
