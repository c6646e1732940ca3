"""Deeds with files: imports, regions, addresses to fix."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from console.dispatch.fleetwork import import_fleet
from console.dispatch.lanes import Lane
from console.dispatch.orderwork import (
    Imported,
    doubtful_places,
    fix_place,
    locate_day,
    read_file,
    take_in,
)
from console.domain.errors import ConsoleError
from console.domain.places import Certainty, Coordinate, Place, PlaceId
from console.ui.asking import ask
from console.ui.dialogs.fixup import FixUpPanel
from console.ui.dialogs.import_report import ImportReport
from console.ui.notices import Job, Notice, Tone
from console.ui.window import PLAN
from console.ui.workplace import Workplace

Take = Callable[[Path], Coroutine[object, object, object]]

TABLES = "Tables (*.csv *.tsv *.txt *.xlsx *.xls *.ods);;All files (*)"


class FileDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._wanted: PlaceId | None = None
        self._fixup: FixUpPanel | None = None
        self.last: Imported | None = None
        self.take_extract: Callable[[Path], None] = lambda _path: None

    def import_orders(self) -> None:
        """Choose an order file."""
        self._choose("Import orders", self.take_orders)

    def import_fleet(self) -> None:
        """Choose a fleet file."""
        self._choose("Import fleet", self.take_fleet)

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
        place, station = self._place, self._place.station
        place.show_job(Job("import", f"Reading {path.name}…"))
        try:
            report = await read_file(station, path)
            imported = await take_in(station, report)
            self.last = imported
            await station.refresh()
        finally:
            place.show_job(Job("import", "", running=False))
        doubtful = await self.locate()
        dialog = ImportReport(imported, None, place.theme, place.window, doubtful=len(doubtful))
        dialog.fixAsked.connect(self.fix_addresses)
        await ask(dialog)

    async def locate(self) -> list[Place]:
        """Look up addresses with progress; without a region say so."""
        place, loop = self._place, asyncio.get_running_loop()

        def told(sentence: str, share: float) -> None:
            job = Job("locate", sentence, share)
            loop.call_soon_threadsafe(partial(place.show_job, job))

        try:
            doubtful = await locate_day(place.station, told)
        except ConsoleError as error:
            notice = Notice(error.message, Tone.WARN, error.remedy, "add_region", "Add streets…")
            place.conductor.tell(notice)
            return []
        finally:
            place.show_job(Job("locate", "", running=False))
        self._tell_outside(doubtful)
        return doubtful

    def _tell_outside(self, doubtful: Sequence[Place]) -> None:
        outside = sum(place.certainty is Certainty.OUTSIDE for place in doubtful)
        if outside:
            are = "1 address lies" if outside == 1 else f"{outside} addresses lie"
            text = f"{are} outside the installed streets."
            remedy = "Add the extract of their area, or correct them."
            notice = Notice(text, Tone.WARN, remedy, "add_region", "Add streets…")
            self._place.conductor.tell(notice)

    async def take_fleet(self, path: Path) -> None:
        """Read a fleet file and open its shifts today."""
        place = self._place
        place.show_job(Job("import", f"Reading {path.name}…"))
        try:
            imported = await import_fleet(place.station, path)
        finally:
            place.show_job(Job("import", "", running=False))
        place.panes.topbar.show_depots(
            [(d.id, d.name) for d in await place.station.depots()],
            place.station.depot.id if place.station.depot else "",
        )
        await ask(ImportReport(None, imported, place.theme, place.window))

    # -- doubtful addresses ------------------------------------------------------------------------

    def fix_addresses(self) -> None:
        """List the doubtful addresses beside the map."""
        self._place.conductor.spawn(self._open_fixup())

    async def _open_fixup(self) -> None:
        places = await doubtful_places(self._place.station)
        if not places:
            self._place.conductor.tell(Notice("Every address is located.", Tone.GOOD))
            return
        self._place.window.show_page(PLAN)
        panel = self._fixup or self._new_fixup()
        panel.show_places(places)
        panel.show()
        panel.raise_()

    def _new_fixup(self) -> FixUpPanel:
        panel = FixUpPanel(self._place.theme, self._place.window)
        map_view = self._place.panes.map_view
        panel.pointWanted.connect(self._want_point)
        panel.candidateChosen.connect(self._fix)
        panel.done.connect(self._end_fixup)
        map_view.pointPicked.connect(self._point_picked)
        self._fixup = panel
        return panel

    def _want_point(self, place: str) -> None:
        self._wanted = PlaceId(place)
        self._place.panes.map_view.pick_point_mode("Click the right door on the map", on=True)

    def _point_picked(self, lat: float, lon: float) -> None:
        if self._wanted is not None and self._fixup is not None:
            self._fixup.point_given(self._wanted, lat, lon)

    def _fix(self, place: str, point: Coordinate) -> None:
        self._place.panes.map_view.pick_point_mode("", on=False)
        self._wanted = None
        self._place.conductor.spawn(self._fixed(PlaceId(place), point))

    async def _fixed(self, place: PlaceId, point: Coordinate) -> None:
        await fix_place(self._place.station, place, point)
        left = await doubtful_places(self._place.station)
        if self._fixup is not None:
            self._fixup.show_places(left)
            if not left:
                self._fixup.hide()

    def _end_fixup(self) -> None:
        self._place.panes.map_view.pick_point_mode("", on=False)
        self._wanted = None

    def _choose(self, title: str, then: Take) -> None:
        dialog = QFileDialog(self._place.window, title, "", TABLES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)

        def chosen(name: str) -> None:
            self._place.conductor.spawn(then(Path(name)))

        dialog.fileSelected.connect(chosen)
        dialog.open()
