"""Deeds on the fleet: the table of drivers and vehicles, its files."""

from pathlib import Path

from console.dispatch.fleetfile import fleet_rows, write_fleet
from console.dispatch.fleetwork import take_in_fleet
from console.tongues import tr, trn
from console.ui.asking import ask, save_as
from console.ui.dialogs.import_report import ImportReport
from console.ui.fleet.form import FleetForm
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace

KINDS = "Workbook (*.xlsx);;Table (*.csv)"


class FleetDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def fleet(self) -> None:
        """The fleet in a table."""
        self._place.conductor.spawn(self._open())

    async def _open(self) -> None:
        place = self._place
        form = FleetForm(await fleet_rows(place.station), place.theme, place.window)
        form.importAsked.connect(lambda: (form.reject(), place.actions["import_fleet"].trigger()))
        form.exportAsked.connect(self.export_fleet)
        if not await ask(form) or form.report is None:
            return
        imported = await take_in_fleet(place.station, form.report)
        if imported.unplaced or imported.refused or imported.report.rejects:
            await ask(ImportReport(imported, place.theme, place.window))
            return
        count = imported.drivers
        told = trn("Fleet saved: {count} row.", "Fleet saved: {count} rows.", count, count=count)
        place.conductor.tell(Notice(told, Tone.GOOD))

    def export_fleet(self) -> None:
        """Write the saved fleet to a file that can be imported again."""

        def chosen(target: str) -> None:
            self._place.conductor.spawn(self.write(Path(target)))

        save_as(self._place.window, tr("Export fleet"), "fleet.xlsx", chosen, KINDS)

    async def write(self, path: Path) -> None:
        """Write it there."""
        await write_fleet(self._place.station, path)
        self._place.conductor.tell(Notice(tr("Written: {name}", name=path.name), Tone.GOOD))
