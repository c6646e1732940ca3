"""Deeds on the fleet: the table of drivers and vehicles, its files."""

from collections.abc import Callable, Coroutine
from pathlib import Path

from console.dispatch.absences import Away, away_with_routes
from console.dispatch.fleetfile import fleet_rows, write_fleet
from console.dispatch.fleetwork import take_in_fleet
from console.intake import FleetReport
from console.tongues import tr, trn
from console.ui.asking import ask, save_as
from console.ui.dialogs.import_report import ImportReport
from console.ui.fleet.away import AwaySheet
from console.ui.fleet.form import FleetForm
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace

Answer = Callable[[Away], Coroutine[object, object, None]]
"""Opens the day of somebody who is away, and deals her stops to the others."""
KINDS = "Workbook (*.xlsx);;Table (*.csv)"


class FleetDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self.absent: Answer | None = None

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
            await self._ask_away(form.report)
            return
        count = imported.drivers
        told = trn("Fleet saved: {count} row.", "Fleet saved: {count} rows.", count, count=count)
        place.conductor.tell(Notice(told, Tone.GOOD))
        await self._ask_away(form.report)

    async def _ask_away(self, report: FleetReport) -> None:
        """Who is away from today on and has a route already: driver out, at once."""
        place = self._place
        found = await away_with_routes(place.station, report.entries)
        if not found or self.absent is None:
            return
        sheet = AwaySheet(found, place.theme, place.window)
        if await ask(sheet):
            await self.absent(sheet.away)

    def export_fleet(self) -> None:
        """Write the saved fleet to a file that can be imported again."""

        def chosen(target: str) -> None:
            self._place.conductor.spawn(self.write(Path(target)))

        save_as(self._place.window, tr("Export fleet"), "fleet.xlsx", chosen, KINDS)

    async def write(self, path: Path) -> None:
        """Write it there."""
        await write_fleet(self._place.station, path)
        self._place.conductor.tell(Notice(tr("Written: {name}", name=path.name), Tone.GOOD))
