"""The fleet's rows as they are typed, checked by the rules of fleet files after every change."""

from collections.abc import Sequence

from console.dispatch.fleetfile import Row
from console.domain.errors import ConsoleError
from console.intake import FleetReport, Reject, check_fleet
from console.tongues import tr
from console.ui.theme.theme import Theme
from console.ui.typedrows import Field, TypedRows

GROUPS: dict[str, tuple[Field, ...]] = {
    tr("Drivers and shifts"): (
        Field("driver", tr("Driver"), 130),
        Field("phone", tr("Phone"), 130),
        Field("language", tr("Language"), 80, tr("de, en, pl…: her printed directions")),
        Field("weekdays", tr("Weekdays"), 110, tr("Mon-Fri, or Mon, Wed, Sat; empty is every day")),
        Field("shift_start", tr("From"), 56, "08:00"),
        Field("shift_end", tr("Until"), 56, "16:30"),
        Field("break_minutes", tr("Break min"), 76),
        Field("break_from", tr("Break from"), 92),
        Field("break_to", tr("Break until"), 96),
        Field("max_overtime_minutes", tr("Overtime min"), 108),
        Field("skills", tr("Skills"), 120, tr("adr; lift")),
        Field(
            "skill_ends",
            tr("Skills end"),
            140,
            tr("adr 2027-03-31: from the day after it is not held"),
        ),
        Field("absences", tr("Away"), 170, tr("2026-12-24 to 2026-12-31; 2027-01-02")),
        Field("territories", tr("Territories"), 100),
    ),
    tr("Vehicles"): (
        Field("driver", tr("Driver"), 130),
        Field("vehicle", tr("Plate"), 100),
        Field("vehicle_type", tr("Kind"), 90, tr("van, e-van, cargo bike…")),
        Field("capacity_pieces", tr("Pieces"), 66),
        Field("capacity_kg", "kg", 66),
        Field("capacity_m3", "m³", 60),
        Field("capacity_units", tr("Units"), 60),
        Field("vehicle_skills", tr("Equipment"), 120),
        Field("emission_class", tr("Emissions"), 84, tr("euro1 to euro6, or electric")),
        Field("range_km", tr("Range km"), 76),
        Field("speed_factor", tr("Speed"), 60, tr("1.2 is a fifth faster than others")),
        Field("reloads", tr("Reloads"), 66),
        Field("reload_minutes", tr("Reload min"), 80),
        Field("profile", tr("Roads"), 110),
        Field("co2e_kg_per_km", tr("CO2e kg/km"), 84),
    ),
    tr("Costs and limits"): (
        Field("driver", tr("Driver"), 130),
        Field("fixed_cost", tr("Per route"), 80),
        Field("cost_per_km", tr("Per km"), 66),
        Field("cost_per_hour", tr("Per hour"), 72),
        Field("max_stops", tr("Most stops"), 80),
        Field("max_km", tr("Most km"), 72),
        Field("max_driving_hours", tr("Most driving h"), 100),
        Field("people", tr("People"), 60),
        Field(
            "driving_rule", tr("EU rests"), 70, tr("yes: 45 minutes after four and a half hours")
        ),
        Field("fixed_start", tr("Fixed start"), 80, tr("yes: leaves when the shift begins")),
    ),
    tr("Depots and ends"): (
        Field("driver", tr("Driver"), 130),
        Field("depot_address", tr("Depot: street"), 190),
        Field("depot_postcode", tr("Postcode"), 80),
        Field("depot_city", tr("Town"), 120),
        Field("end_address", tr("Ends at"), 190, tr("empty: the depot; open: at the last stop")),
        Field("end_postcode", tr("Postcode"), 80),
        Field("end_city", tr("Town"), 120),
        Field("chargers", tr("Chargers"), 180),
    ),
}
"""The same rows seen from four sides."""


class FleetRows(TypedRows):
    """``report`` is None while no row gives a driver."""

    own = ("driver", "phone", "language", "vehicle", "skill_ends", "absences")

    def __init__(self, rows: Sequence[Row], theme: Theme) -> None:
        self.report: FleetReport | None = None
        super().__init__(rows, next(iter(GROUPS.values())), theme)

    def show_group(self, name: str) -> None:
        """See the rows from another side."""
        self.beginResetModel()
        self.fields = GROUPS[name]
        self.endResetModel()

    def examine(self) -> tuple[Sequence[Reject], str]:
        """By the rules of fleet files."""
        self.report = None
        if not self.rows:
            return (), ""
        try:
            self.report = check_fleet(tr("the fleet"), self.rows)
        except ConsoleError as error:
            return (), error.message
        return self.report.rejects, ""
