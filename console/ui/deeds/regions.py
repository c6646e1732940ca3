"""Deeds with regions: added, updated, used, removed; all built behind, one after the other."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path

from console.dispatch.extracts import Cancelled, Wanted
from console.dispatch.lanes import Lane
from console.dispatch.ports import Progress, Region
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate
from console.tongues import tr
from console.ui.asking import ask
from console.ui.dialogs.confirm import ConfirmDialog
from console.ui.dialogs.region_form import RegionForm
from console.ui.dialogs.regions import RegionsDialog
from console.ui.notices import Job, Notice, Tone
from console.ui.workplace import Workplace

JOB = "region"
_WAITING = tr("waiting for the one before")
Locate = Callable[[], Coroutine[object, object, object]]
Named = Callable[[str], None]
Build = Callable[[Progress, threading.Event], Region]


class RegionDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace, locate: Locate) -> None:
        """``locate`` looks up the day's addresses on new streets."""
        self._place = place
        self._locate = locate
        self._stops: dict[str, threading.Event] = {}
        self._dialog: RegionsDialog | None = None

    def add_region(self) -> None:
        """Choose an extract and a name, then build in the background."""
        self._place.conductor.spawn(self._ask_region())

    def regions(self) -> None:
        """The list of regions; it stays open beside the work."""
        dialog = self._dialog or self._new_dialog()
        self._place.conductor.spawn(self._list())
        dialog.show()
        dialog.raise_()

    def take_extract(self, path: Path) -> None:
        """An extract that was dropped on the window."""
        self._place.conductor.spawn(self.install(Wanted(str(path))))

    def halt(self) -> None:
        """Call off everything that is being built."""
        for stop in self._stops.values():
            stop.set()

    async def install(self, wanted: Wanted) -> None:
        """Build a region, plan on it, and look up the addresses again."""
        regions = self._place.station.services.regions
        region = await self._built(
            wanted.title, lambda told, stop: regions.install(wanted, told, stop)
        )
        if region is not None:
            await self._use(region)

    async def update(self, name: str) -> None:
        """Build a region anew; a day that plans on it goes on with the new streets."""
        place = self._place
        regions, before = place.station.services.regions, place.station.region
        region = await self._built(name, lambda told, stop: regions.update(name, told, stop))
        if region is None or before is None or before.name != region.name:
            return
        if before.hash == region.hash:
            place.conductor.tell(Notice(tr("{name} is up to date.", name=region.name), Tone.GOOD))
        else:
            await self._use(region)

    async def _built(self, name: str, build: Build) -> Region | None:
        """The region once it is ready; None when it was called off or is being built already."""
        if name in self._stops:
            self._place.conductor.tell(
                Notice(tr("{name} is being built already.", name=name), Tone.WARN)
            )
            return None
        stop, lanes = threading.Event(), self._place.station.services.lanes
        self._stops[name] = stop
        told = self._teller(name)
        self._show(name, _WAITING, 0.0)
        try:
            region = await lanes.run(Lane.REGIONS, partial(_unless_called_off, build, told, stop))
        except ConsoleError as error:
            if self._dialog is not None:
                self._dialog.show_failure(name, f"{error.message} {error.remedy}")
            raise
        finally:
            del self._stops[name]
            self._end(name)
            await self._list()
        if region is None:
            text = tr("{name} was called off. Nothing has changed.", name=name)
            self._place.conductor.tell(Notice(text))
        return region

    async def _use(self, region: Region) -> None:
        place = self._place
        await place.station.use_region(region)
        place.conductor.tell(Notice(tr("{name} is ready.", name=region.name), Tone.GOOD))
        place.cartographer.show_region()
        await self._list()
        await self._locate()

    async def _ask_region(self) -> None:
        parent = self._dialog if self._dialog and self._dialog.isVisible() else self._place.window
        form = RegionForm(self._place.theme, parent, await self._depot_point())
        if await ask(form):
            await self.install(form.wanted)

    async def _depot_point(self) -> Coordinate | None:
        station = self._place.station
        if station.depot is None:
            return None
        wanted = station.depot.place
        found = await station.services.lanes.run(
            Lane.SQL, partial(station.services.places.get, [wanted])
        )
        return found[wanted].coordinate if wanted in found else None

    # -- the list ----------------------------------------------------------------------------------

    def _new_dialog(self) -> RegionsDialog:
        dialog = RegionsDialog(self._place.theme, self._place.window)
        dialog.addAsked.connect(self.add_region)
        dialog.updateAsked.connect(self._spawning(self.update))
        dialog.useAsked.connect(self._spawning(self._chosen))
        dialog.removeAsked.connect(self._spawning(self._ask_remove))
        dialog.cancelAsked.connect(self._cancel)
        self._dialog = dialog
        return dialog

    def _spawning(self, deed: Callable[[str], Coroutine[object, object, None]]) -> Named:
        def begin(name: str) -> None:
            self._place.conductor.spawn(deed(name))

        return begin

    async def _list(self) -> None:
        if self._dialog is None:
            return
        station = self._place.station
        described = await station.services.lanes.run(Lane.FILES, station.services.regions.described)
        users: dict[str, str] = {}
        for depot in await station.depots():
            name = depot.region
            users[name] = f"{users[name]}, {depot.name}" if name in users else depot.name
        self._dialog.show_regions(described, users)

    async def _chosen(self, name: str) -> None:
        await self._use(self._place.station.services.regions.find(name))

    async def _ask_remove(self, name: str) -> None:
        question = ConfirmDialog(
            tr("Remove the streets of {name}?", name=name),
            tr(
                "Roads, map and address index go from this computer. Addresses fixed by hand "
                "stay, and the extract can be added again."
            ),
            tr("Remove"),
            self._place.theme,
            self._dialog,
        )
        if await ask(question):
            station = self._place.station
            remove = partial(station.services.regions.remove, name)
            await station.services.lanes.run(Lane.REGIONS, remove)
            await self._list()

    # -- progress ----------------------------------------------------------------------------------

    def _cancel(self, name: str) -> None:
        if name in self._stops:
            self._stops[name].set()

    def _teller(self, name: str) -> Progress:
        loop = asyncio.get_running_loop()

        def told(sentence: str, share: float) -> None:
            loop.call_soon_threadsafe(partial(self._show, name, sentence, share))

        return told

    def _show(self, name: str, sentence: str, share: float) -> None:
        if name not in self._stops:  # a word that came after the end
            return
        self._place.show_job(Job(JOB, sentence, share))
        if self._dialog is not None:
            self._dialog.show_job(Job(name, sentence, share))

    def _end(self, name: str) -> None:
        if not self._stops:
            self._place.show_job(Job(JOB, "", running=False))
        if self._dialog is not None:
            self._dialog.show_job(Job(name, "", running=False))


def _unless_called_off(build: Build, told: Progress, stop: threading.Event) -> Region | None:
    """None when it was called off: an error would keep its frames, and the window, alive."""
    try:
        return build(told, stop)
    except Cancelled:
        return None
