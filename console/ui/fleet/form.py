"""The fleet in one table, seen from four sides; saved as the depot's ordinary shifts."""

from collections.abc import Sequence

from PySide6.QtWidgets import QTabBar, QWidget

from console.dispatch.fleetfile import Row
from console.intake import FleetReport
from console.tongues import tr
from console.ui.fleet.model import GROUPS, FleetRows
from console.ui.theme.theme import Theme
from console.ui.typedform import TypedForm

SENTENCE = tr(
    "A row is a driver with a vehicle and a usual shift; a driver may have a row "
    "for each group of weekdays. Saving changes the open day, too; routes that "
    "are locked stay."
)


class FleetForm(TypedForm):
    """``report`` once accepted."""

    def __init__(self, rows: Sequence[Row], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Fleet"), theme, parent)
        self.least(1080, 600)
        self.heading(tr("Fleet"))
        self.sentence(SENTENCE)
        self.tabs = self.put(QTabBar())
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(tr("Columns"))
        for name in GROUPS:
            self.tabs.addTab(name)
        self.rows = FleetRows(rows, theme)
        self.table = self.lay_table(self.rows, tr("Drivers"), tr("Add driver"))
        self.lay_foot()
        self.tabs.currentChanged.connect(self._show_side)
        self.rows.checked.connect(self._check)
        self._show_side(0)
        self._check()

    @property
    def report(self) -> FleetReport | None:
        """The rows as read; None while there are none to save."""
        return self.rows.report

    def _show_side(self, side: int) -> None:
        self.rows.show_group(self.tabs.tabText(side))
        self.table.fit()

    def _check(self) -> None:
        self.said.say(self.rows.problem)
        report = self.rows.report
        self.save_button.setEnabled(report is not None and not report.rejects)
        self.export_button.setEnabled(bool(self.rows.rows))
