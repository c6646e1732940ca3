"""Deeds with files: imports, regions, addresses to fix."""

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from console.dispatch.extracts import Cancelled
from console.dispatch.fleetwork import import_fleet
from console.dispatch.orderwork import Imported, doubtful_places, locate_day
from console.domain.errors import ConsoleError
from console.domain.places import Certainty, Place
from console.tongues import tr
from console.ui.asking import ask
from console.ui.deeds.fixing import FixingDeeds
from console.ui.deeds.imports import OrderImport
from console.ui.dialogs.import_report import ImportReport
from console.ui.notices import Job, Notice, Tone
from console.ui.underway import Underway
from console.ui.workplace import Workplace

Take = Callable[[Path], Coroutine[object, object, object]]

TABLES = tr("Tables (*.csv *.tsv *.txt *.xlsx *.xls *.ods);;All files (*)")


class FileDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace, fixing: FixingDeeds, underway: Underway) -> None:
        self._place, self._underway = place, underway
        self.imports = OrderImport(place, self.locate, fixing.fix_addresses)
        self.take_extract: Callable[[Path], None] = lambda _path: None

    @property
    def last(self) -> Imported | None:
        """What the last order file did."""
        return self.imports.last

    def import_orders(self) -> None:
        """Choose an order file."""
        self._choose(tr("Import orders"), self.take_orders)

    def import_fleet(self) -> None:
        """Choose a fleet file."""
        self._choose(tr("Import fleet"), self.take_fleet)

    def take_any(self, paths: list[str]) -> None:
        """Files dropped on the window: a fleet by its headers, else orders."""
        for name in paths:
            path = Path(name)
            if path.name.endswith(".pbf"):
                self.take_extract(path)
            elif "fleet" in path.name.casefold():
                self._place.conductor.spawn(self.take_fleet(path))
            else:
                self._place.conductor.spawn(self.take_orders(path))

    async def take_orders(self, path: Path) -> None:
        """Read, add, then locate behind; the report says what happened to every row."""
        await self.imports.take(path)

    def teach_orders(self) -> None:
        """Choose which column is what: of the file that waits for it, else of one to choose."""
        waiting = self.imports.untaught
        if waiting is not None:
            self._place.conductor.spawn(self.imports.teach(waiting))
        else:
            self._choose(tr("Import orders, choosing columns"), self.imports.teach)

    def import_report(self) -> None:
        """What the last order file did."""
        self._place.conductor.spawn(self.imports.show_report())

    def look_up(self) -> None:
        """Addresses and travel times, where some are missing."""
        self._place.conductor.spawn(self.locate())

    async def locate(self) -> list[Place]:
        """Look up addresses with progress; without a region say so."""
        place = self._place
        try:
            with self._underway.job("locate") as told:
                doubtful = await locate_day(place.station, told)
        except Cancelled:
            self._underway.say_kept()
            return await doubtful_places(place.station)
        except ConsoleError as error:
            notice = Notice(
                error.message, Tone.WARN, error.remedy, "add_region", tr("Add streets…")
            )
            place.conductor.tell(notice)
            return []
        self._tell_outside(doubtful)
        return doubtful

    def _tell_outside(self, doubtful: Sequence[Place]) -> None:
        outside = sum(place.certainty is Certainty.OUTSIDE for place in doubtful)
        if outside:
            are = (
                tr("1 address lies")
                if outside == 1
                else tr("{outside} addresses lie", outside=outside)
            )
            text = tr("{are} outside the installed streets.", are=are)
            remedy = tr("Add the extract of their area, or correct them.")
            notice = Notice(text, Tone.WARN, remedy, "add_region", tr("Add streets…"))
            self._place.conductor.tell(notice)

    async def take_fleet(self, path: Path) -> None:
        """Read a fleet file and open its shifts today."""
        place = self._place
        place.show_job(Job("import", tr("Reading {name}…", name=path.name)))
        try:
            imported = await import_fleet(place.station, path)
        finally:
            place.show_job(Job("import", "", running=False))
        place.panes.topbar.show_depots(
            [(d.id, d.name) for d in await place.station.depots()],
            place.station.depot.id if place.station.depot else "",
        )
        await ask(ImportReport(imported, place.theme, place.window))

    def _choose(self, title: str, then: Take) -> None:
        dialog = QFileDialog(self._place.window, title, "", TABLES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)

        def chosen(name: str) -> None:
            self._place.conductor.spawn(then(Path(name)))

        dialog.fileSelected.connect(chosen)
        dialog.open()
