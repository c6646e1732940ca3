"""The fleet's rows as they are typed, checked by the rules of fleet files after every change."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from console.dispatch.fleetfile import Row
from console.domain.errors import ConsoleError
from console.intake import FleetReport, check_fleet
from console.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class Field(NamedTuple):
    """A column: our name of it, its words, its width, what to write into it."""

    name: str
    title: str
    width: int = 90
    hint: str = ""


GROUPS: dict[str, tuple[Field, ...]] = {
    "Drivers and shifts": (
        Field("driver", "Driver", 130),
        Field("phone", "Phone", 130),
        Field("weekdays", "Weekdays", 110, "Mon-Fri, or Mon, Wed, Sat; empty is every day"),
        Field("shift_start", "From", 56, "08:00"),
        Field("shift_end", "Until", 56, "16:30"),
        Field("break_minutes", "Break min", 76),
        Field("break_from", "Break from", 78),
        Field("break_to", "Break until", 78),
        Field("max_overtime_minutes", "Overtime min", 90),
        Field("skills", "Skills", 120, "adr; lift"),
        Field("skill_ends", "Skills end", 140, "adr 2027-03-31: from the day after it is not held"),
        Field("absences", "Away", 170, "2026-12-24 to 2026-12-31; 2027-01-02"),
        Field("territories", "Territories", 100),
    ),
    "Vehicles": (
        Field("driver", "Driver", 130),
        Field("vehicle", "Plate", 100),
        Field("vehicle_type", "Kind", 90, "van, e-van, cargo bike…"),
        Field("capacity_pieces", "Pieces", 66),
        Field("capacity_kg", "kg", 66),
        Field("capacity_m3", "m³", 60),
        Field("capacity_units", "Units", 60),
        Field("vehicle_skills", "Equipment", 120),
        Field("range_km", "Range km", 76),
        Field("speed_factor", "Speed", 60, "1.2 is a fifth faster than others"),
        Field("reloads", "Reloads", 66),
        Field("reload_minutes", "Reload min", 80),
        Field("profile", "Roads", 110),
        Field("co2e_kg_per_km", "CO2e kg/km", 84),
    ),
    "Costs and limits": (
        Field("driver", "Driver", 130),
        Field("fixed_cost", "Per route", 80),
        Field("cost_per_km", "Per km", 66),
        Field("cost_per_hour", "Per hour", 72),
        Field("max_stops", "Most stops", 80),
        Field("max_km", "Most km", 72),
        Field("max_driving_hours", "Most driving h", 100),
        Field("people", "People", 60),
        Field("driving_rule", "EU rests", 70, "yes: 45 minutes after four and a half hours"),
        Field("fixed_start", "Fixed start", 80, "yes: leaves when the shift begins"),
    ),
    "Depots and ends": (
        Field("driver", "Driver", 130),
        Field("depot_address", "Depot: street", 190),
        Field("depot_postcode", "Postcode", 80),
        Field("depot_city", "Town", 120),
        Field("end_address", "Ends at", 190, "empty: the depot; open: at the last stop"),
        Field("end_postcode", "Postcode", 80),
        Field("end_city", "Town", 120),
        Field("chargers", "Chargers", 180),
    ),
}
"""The same rows seen from four sides."""


class FleetRows(QAbstractTableModel):
    """``checked`` after every change; ``report`` is None while no row gives a driver."""

    checked = Signal()

    def __init__(self, rows: Sequence[Row], theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[Row] = [dict(row) for row in rows]
        self.fields: tuple[Field, ...] = next(iter(GROUPS.values()))
        self.report: FleetReport | None = None
        self.problem = ""
        self._wrong: dict[int, tuple[str, str]] = {}
        self._check()

    def show_group(self, name: str) -> None:
        """See the rows from another side."""
        self.beginResetModel()
        self.fields = GROUPS[name]
        self.endResetModel()

    def add(self, like: int | None = None) -> int:
        """A new row at the end, a copy of another without its driver; answers its place."""
        place = len(self.rows)
        self.beginInsertRows(QModelIndex(), place, place)
        row = dict(self.rows[like]) if like is not None else {}
        for own in ("driver", "phone", "vehicle", "skill_ends", "absences"):
            row.pop(own, None)
        self.rows.append(row)
        self.endInsertRows()
        self._check()
        return place

    def remove(self, places: Sequence[int]) -> None:
        """Take rows out."""
        for place in sorted(set(places), reverse=True):
            self.beginRemoveRows(QModelIndex(), place, place)
            del self.rows[place]
            self.endRemoveRows()
        self._check()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows instead of all."""
        self.beginResetModel()
        self.rows = [dict(row) for row in rows]
        self.endResetModel()
        self._check()

    def _check(self) -> None:
        self._wrong, self.problem, self.report = {}, "", None
        if self.rows:
            try:
                self.report = check_fleet("the fleet", self.rows)
            except ConsoleError as error:
                self.problem = error.message
        if self.report is not None:
            self._wrong = {r.row - 1: (r.field, r.problem) for r in self.report.rejects}
            self.problem = next((problem for _, problem in self._wrong.values()), "")
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.fields) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.checked.emit()

    # -- Qt's part ---------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        field, row = self.fields[index.column()], self.rows[index.row()]
        text = row.get(field.name, "")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return text
        wrong = self._wrong.get(index.row())
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._tone(field, wrong)
        if role == Qt.ItemDataRole.ToolTipRole:
            return wrong[1] if wrong else field.hint or None
        return f"{field.title} {text}" if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _tone(self, field: Field, wrong: tuple[str, str] | None) -> QColor | None:
        """The driver's name and the cell at fault."""
        is_wrong = wrong is not None and field.name in {"driver", wrong[0]}
        return self._theme.color("bad") if is_wrong else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.fields):
            return None
        field = self.fields[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return field.title
        return field.hint or None if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        self.rows[index.row()][self.fields[index.column()].name] = str(value).strip()
        self._check()
        return True
