"""Recurring orders in a table: what comes again, and on which days."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from console import formats
from console.dispatch.recurring import Row
from console.domain.recurring import due
from console.intake import RecurringReport, Reject, check_recurring
from console.tongues import tr
from console.ui.theme.theme import Theme
from console.ui.typedform import TypedForm
from console.ui.typedrows import Field, TypedRows

FIELDS = (
    Field("order_id", tr("Number"), 100, tr("Its days are numbered after it: BAKERY-20261124")),
    Field("weekdays", tr("Weekdays"), 110, tr("Mon-Fri, or Mon, Thu; empty is every day")),
    Field(
        "weeks", tr("Every … weeks"), 124, tr("2 is every other week, counted from the first day")
    ),
    Field("starts", tr("First day"), 90, "2026-11-24"),
    Field("ends", tr("Last day"), 90, "2027-03-31"),
    Field("skipped", tr("Not on"), 140, "2026-12-24; 2026-12-31"),
    Field("recipient", tr("Recipient"), 140),
    Field("street", tr("Street and number"), 160),
    Field("postcode", tr("Postcode"), 74),
    Field("city", tr("Town"), 110),
    Field("window_from", tr("From"), 56, "08:00"),
    Field("window_to", tr("Until"), 56, "10:00"),
    Field("pieces", tr("Pieces"), 60),
    Field("weight_kg", "kg", 60),
    Field("service_minutes", tr("Service min"), 84),
    Field("skills", tr("Skills"), 90, tr("cold; lift")),
    Field("priority", tr("Priority"), 70, tr("high, normal or low")),
    Field("phone", tr("Phone"), 110),
    Field("notes", tr("Notes"), 200),
)
_SENTENCE = tr(
    "Each row becomes an order of every day it falls on, once, when that day is "
    "opened. What was made already stays as it is: edit or cancel it there, and "
    "it does not come back."
)
_EMPTY = tr(
    "Nothing comes again yet. The bakery's tray of every Monday, the pharmacy's box of every "
    "other Thursday: add it once here, or import a file of them, and it is there on its days."
)


class RecurringRows(TypedRows):
    """``report`` is what the rows say."""

    own = ("order_id", "recipient", "street", "postcode", "city", "phone", "notes")
    names_rows = True

    def __init__(self, rows: Sequence[Row], theme: Theme) -> None:
        self.report = RecurringReport()
        super().__init__(rows, FIELDS, theme)

    def examine(self) -> tuple[Sequence[Reject], str]:
        """By the rules of files of recurring orders."""
        self.report = check_recurring(self.rows)
        return self.report.rejects, ""


class RecurringForm(TypedForm):
    """``report`` once accepted."""

    def __init__(
        self, rows: Sequence[Row], day: date, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Recurring orders"), theme, parent)
        self.least(1080, 560)
        self._day = day
        self.heading(tr("Recurring orders"))
        self.sentence(_SENTENCE)
        self.rows = RecurringRows(rows, theme)
        self.table = self.lay_table(self.rows, tr("Recurring orders"), tr("Add order"))
        self.table.empty = _EMPTY
        self.told = self.sentence("")
        self.lay_foot()
        self.rows.checked.connect(self._check)
        self._check()

    @property
    def report(self) -> RecurringReport:
        """The rows as read."""
        return self.rows.report

    def _check(self) -> None:
        self.said.say(self.rows.problem)
        falls, number = len(due(self.report.orders, self._day)), len(self.rows.rows)
        day = formats.day(self._day, year=False, weekday=True)
        self.count.say(
            tr("{falls} of {number} fall on {day}", falls=falls, number=number, day=day)
            if number
            else ""
        )
        self.save_button.setEnabled(not self.report.rejects)
        self.export_button.setEnabled(bool(self.rows.rows) and not self.report.rejects)
