"""The fleet in one table, seen from four sides; saved as the depot's ordinary shifts."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabBar, QWidget

from console.dispatch.fleetfile import Row
from console.intake import FleetReport
from console.ui.dialogs.sheet import Sheet
from console.ui.fleet.model import GROUPS, FleetRows
from console.ui.theme.theme import Theme
from console.ui.typedrows import TypedTable

SENTENCE = (
    "A row is a driver with a vehicle and a usual shift; a driver may have a row for each group of "
    "weekdays. Saving changes the open day, too; routes that are locked stay."
)


class FleetForm(Sheet):
    """``report`` once accepted. ``importAsked`` and ``exportAsked`` leave it open."""

    importAsked = Signal()
    exportAsked = Signal()

    def __init__(self, rows: Sequence[Row], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Fleet", theme, parent)
        self.least(1080, 600)
        self.heading("Fleet")
        self.sentence(SENTENCE)
        self.tabs = self.put(QTabBar())
        self.tabs.setExpanding(False)
        for name in GROUPS:
            self.tabs.addTab(name)
        self.rows = FleetRows(rows, theme)
        self.table = self.put(TypedTable(self.rows, "Drivers", theme))
        self._add_buttons()
        self.said = self.problem()
        self.import_button = self.beside("Import…")
        self.export_button = self.beside("Export…")
        theme.dress(self.import_button, "upload")
        theme.dress(self.export_button, "download")
        self.import_button.clicked.connect(self.importAsked)
        self.export_button.clicked.connect(self.exportAsked)
        self.go_back()
        self.save_button = self.go_on("Save")
        self.tabs.currentChanged.connect(self._show_side)
        self.rows.checked.connect(self._check)
        self._show_side(0)
        self._check()

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.add_button = QPushButton("Add driver")
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
        self.body.addLayout(row)
        self.add_button.clicked.connect(lambda: self.table.begin(self.rows.add()))
        self.copy_button.clicked.connect(self._add_like)
        self.remove_button.clicked.connect(self._remove)

    @property
    def report(self) -> FleetReport | None:
        """The rows as read; None while there are none to save."""
        return self.rows.report

    def _add_like(self) -> None:
        places = self.table.places
        self.table.begin(self.rows.add(places[0] if places else None))

    def _remove(self) -> None:
        self.rows.remove(self.table.places)

    def _show_side(self, side: int) -> None:
        self.rows.show_group(self.tabs.tabText(side))
        self.table.fit()

    def _check(self) -> None:
        self.said.say(self.rows.problem)
        report = self.rows.report
        self.save_button.setEnabled(report is not None and not report.rejects)
        self.export_button.setEnabled(bool(self.rows.rows))
