"""Recurring orders in a table: what comes again, and on which days."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from console.dispatch.recurring import Row
from console.domain.recurring import due
from console.intake import RecurringReport, Reject, check_recurring
from console.ui.caption import QUIET, Caption
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme
from console.ui.typedrows import Field, TypedRows, TypedTable

FIELDS = (
    Field("order_id", "Number", 100, "Its days are numbered after it: BAKERY-20261124"),
    Field("weekdays", "Weekdays", 110, "Mon-Fri, or Mon, Thu; empty is every day"),
    Field("weeks", "Every … weeks", 96, "2 is every other week, counted from the first day"),
    Field("starts", "First day", 90, "2026-11-24"),
    Field("ends", "Last day", 90, "2027-03-31"),
    Field("skipped", "Not on", 140, "2026-12-24; 2026-12-31"),
    Field("recipient", "Recipient", 140),
    Field("street", "Street and number", 160),
    Field("postcode", "Postcode", 74),
    Field("city", "Town", 110),
    Field("window_from", "From", 56, "08:00"),
    Field("window_to", "Until", 56, "10:00"),
    Field("pieces", "Pieces", 60),
    Field("weight_kg", "kg", 60),
    Field("service_minutes", "Service min", 84),
    Field("skills", "Skills", 90, "cold; lift"),
    Field("priority", "Priority", 70, "high, normal or low"),
    Field("phone", "Phone", 110),
    Field("notes", "Notes", 200),
)
_SENTENCE = (
    "Each row becomes an order of every day it falls on, once, when that day is opened. What was "
    "made already stays as it is: edit or cancel it there, and it does not come back."
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


class RecurringForm(Sheet):
    """``report`` once accepted. ``importAsked`` and ``exportAsked`` leave it open."""

    importAsked = Signal()
    exportAsked = Signal()

    def __init__(
        self, rows: Sequence[Row], day: date, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__("Recurring orders", theme, parent)
        self.least(1080, 560)
        self._day = day
        self.heading("Recurring orders")
        self.sentence(_SENTENCE)
        self.rows = RecurringRows(rows, theme)
        self.table = self.put(TypedTable(self.rows, "Recurring orders", theme))
        self._add_buttons()
        self.told = self.sentence("")
        self.said = self.problem()
        self.import_button = self.beside("Import…")
        self.export_button = self.beside("Export…")
        theme.dress(self.import_button, "upload")
        theme.dress(self.export_button, "download")
        self.import_button.clicked.connect(self.importAsked)
        self.export_button.clicked.connect(self.exportAsked)
        self.go_back()
        self.save_button = self.go_on("Save")
        self.rows.checked.connect(self._check)
        self._check()

    @property
    def report(self) -> RecurringReport:
        """The rows as read."""
        return self.rows.report

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.add_button = QPushButton("Add order")
        self.copy_button = QPushButton("Add one like this")
        self.remove_button = QPushButton("Remove")
        for button, icon in (
            (self.add_button, "plus"),
            (self.copy_button, "copy"),
            (self.remove_button, "trash-2"),
        ):
            button.setAutoDefault(False)
            self.theme.dress(button, icon)
            row.addWidget(button)
        row.addStretch(1)
        self.count = Caption(self.theme, QUIET)
        row.addWidget(self.count)
        self.body.addLayout(row)
        self.add_button.clicked.connect(lambda: self.table.begin(self.rows.add()))
        self.copy_button.clicked.connect(self._add_like)
        self.remove_button.clicked.connect(lambda: self.rows.remove(self.table.places))

    def _add_like(self) -> None:
        places = self.table.places
        self.table.begin(self.rows.add(places[0] if places else None))

    def _check(self) -> None:
        self.said.say(self.rows.problem)
        falls, number = len(due(self.report.orders, self._day)), len(self.rows.rows)
        day = f"{self._day:%a} {self._day.day} {self._day:%b}"
        self.count.say(f"{falls} of {number} fall on {day}" if number else "")
        self.save_button.setEnabled(not self.report.rejects)
        self.export_button.setEnabled(bool(self.rows.rows) and not self.report.rejects)
