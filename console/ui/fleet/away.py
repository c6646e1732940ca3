"""Drivers who are away and have a route: each may be answered at once."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from console import formats
from console.dispatch.absences import Away
from console.tongues import tr, trn
from console.ui.dialogs.sheet import Sheet
from console.ui.dialogs.table import PlainTable
from console.ui.theme.figures import number
from console.ui.theme.theme import Theme

COLUMNS = (tr("Driver"), tr("Day"), tr("Open stops"))


class AwaySheet(Sheet):
    """``away`` once accepted: who is to be answered."""

    def __init__(self, rows: Sequence[Away], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Away with a route"), theme, parent)
        self.least(480, 320)
        self._rows = rows
        count = len(rows)
        self.heading(
            trn("{n} route of a driver who is away", "{n} routes of drivers who are away", count,
                n=number(count))
        )  # fmt: skip
        self.sentence(
            tr(
                "Pick one: her day is opened, and her stops are dealt to the others, as a proposal "
                "to look at. Who has no stops is switched off for the day."
            )
        )
        self.table = PlainTable(COLUMNS, theme)
        self.table.fill([(r.name, formats.day(r.day, weekday=True), number(r.stops)) for r in rows])
        self.put(self.table)
        self.go_back(tr("Later"))
        self.out_button = self.go_on(tr("Driver out"))
        self.table.itemSelectionChanged.connect(self._picked)
        self.table.selectRow(0)
        self._picked()

    @property
    def away(self) -> Away:
        """The one that is picked."""
        return self._rows[max(0, self.table.currentRow())]

    def _picked(self) -> None:
        self.out_button.setEnabled(bool(self.table.selectedItems()))
