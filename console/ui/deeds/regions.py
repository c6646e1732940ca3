"""Deeds with regions: added, updated, used, removed; all built behind, one after the other."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path

from console.dispatch.depotstreets import offered
from console.dispatch.extracts import SHARED, Cancelled, Described, Wanted
from console.dispatch.journal import Disconnected
from console.dispatch.lanes import Lane
from console.dispatch.ports import Progress, Region
from console.dispatch.publications import Published
from console.dispatch.roles import KEEPER, may_publish, with_included
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
_GOES = tr(
    "Roads, map and address index go from this computer. Addresses fixed by hand "
    "stay, and the extract can be added again."
)
_KEPT = tr("No console can fetch it then. Consoles that have it keep it.")
_WAITING = tr("waiting for the one before")
Locate = Callable[[], Coroutine[object, object, object]]
Named = Callable[[str], None]
type Build[T] = Callable[[Progress, threading.Event], T]


class RegionDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace, locate: Locate) -> None:
        """``locate`` looks up the day's addresses on new streets."""
        self._place = place
        self._locate = locate
        self._stops: dict[str, threading.Event] = {}
        self._statuses: dict[str, str] = {}
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
        regions = self._place.station.services.regions
        described = {each.name: each for each in await self._described()}
        if name in described and described[name].source == SHARED:
            await self.fetch(name)
            return
        before = self._place.station.region
        region = await self._built(name, lambda told, stop: regions.update(name, told, stop))
        if region is not None and before is not None and before.name == region.name:
            await self._go_on(before, region)

    async def fetch(self, name: str) -> None:
        """Bring a published region here; a depot that plans on it goes on with these streets."""
        station = self._place.station
        regions, shelf = station.services.regions, station.services.publications
        if shelf is None:
            return
        is_here = name in {each.name for each in regions.known()}
        region = await self._built(
            name,
            lambda told, stop: regions.fetch(name, shelf, told, stop),
            "" if is_here else tr("being fetched"),
        )
        if region is None:
            return
        before, depot = station.region, station.depot
        if before is not None and before.name == region.name:
            await self._go_on(before, region)
        elif before is None and depot is not None and depot.region in ("", region.name):
            await self._use(region)
        else:
            text = tr("{name} is ready.", name=region.name)
            self._place.conductor.tell(Notice(text, Tone.GOOD))

    async def publish(self, name: str) -> None:
        """Send a region to the shared database, for all consoles."""
        services = self._place.station.services
        regions, shelf = services.regions, services.publications
        if shelf is None:
            return

        def send(told: Progress, stop: threading.Event) -> Published:
            return regions.publish(name, shelf, told, stop)

        made = await self._built(name, send, tr("being published"))
        if made is not None:
            text = tr(
                "{name} is published: every console of the database can fetch it.", name=made.name
            )
            self._place.conductor.tell(Notice(text, Tone.GOOD))

    async def _go_on(self, before: Region, region: Region) -> None:
        place = self._place
        if before.hash == region.hash:
            place.conductor.tell(Notice(tr("{name} is up to date.", name=region.name), Tone.GOOD))
        else:
            await self._use(region)

    async def _built[T](self, name: str, build: Build[T], status: str = "") -> T | None:
        """What is made once it is ready; None when it was called off or is being made already.

        ``status`` is what the list says of the region meanwhile.
        """
        if name in self._stops:
            self._place.conductor.tell(
                Notice(tr("{name} is being built already.", name=name), Tone.WARN)
            )
            return None
        stop, lanes = threading.Event(), self._place.station.services.lanes
        self._stops[name], self._statuses[name] = stop, status
        told = self._teller(name)
        self._show(name, _WAITING, 0.0)
        try:
            made = await lanes.run(Lane.REGIONS, partial(_unless_called_off, build, told, stop))
        except ConsoleError as error:
            if self._dialog is not None:
                self._dialog.show_failure(name, f"{error.message} {error.remedy}")
            raise
        finally:
            del self._stops[name], self._statuses[name]
            self._end(name)
            await self._list()
        if made is None:
            text = tr("{name} was called off. Nothing has changed.", name=name)
            self._place.conductor.tell(Notice(text))
        return made

    async def _use(self, region: Region) -> None:
        place = self._place
        await place.station.use_region(region)
        place.conductor.tell(Notice(tr("{name} is ready.", name=region.name), Tone.GOOD))
        place.cartographer.show_region()
        await self._list()
        if KEEPER in with_included(place.station.services.roles):  # who may store what is found
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
        dialog.publishAsked.connect(self._spawning(self.publish))
        dialog.fetchAsked.connect(self._spawning(self.fetch))
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
        described = await self._described()
        if station.services.publications is not None:
            await self._list_offers(self._dialog)
        users: dict[str, str] = {}
        for depot in await station.depots():
            name = depot.region
            users[name] = f"{users[name]}, {depot.name}" if name in users else depot.name
        self._dialog.show_regions(described, users)

    async def _described(self) -> Sequence[Described]:
        services = self._place.station.services
        return await services.lanes.run(Lane.FILES, services.regions.described)

    async def _list_offers(self, dialog: RegionsDialog) -> None:
        services = self._place.station.services
        try:
            found = await offered(services)
        except Disconnected as error:
            found = []
            dialog.said.say(error.message)
        dialog.show_offers(found, may_publish=may_publish(services.roles))

    async def _chosen(self, name: str) -> None:
        await self._use(self._place.station.services.regions.find(name))

    async def _ask_remove(self, name: str) -> None:
        station = self._place.station
        shelf = station.services.publications
        if shelf is not None and name not in {each.name for each in await self._described()}:
            if await ask(self._question(tr("Publish {name} no more?", name=name), _KEPT)):
                await station.services.lanes.run(Lane.REGIONS, partial(shelf.remove, name))
        elif await ask(self._question(tr("Remove the streets of {name}?", name=name), _GOES)):
            remove = partial(station.services.regions.remove, name)
            await station.services.lanes.run(Lane.REGIONS, remove)
        await self._list()

    def _question(self, text: str, told: str) -> ConfirmDialog:
        return ConfirmDialog(text, told, tr("Remove"), self._place.theme, self._dialog)

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
            self._dialog.show_job(Job(name, sentence, share), self._statuses.get(name, ""))

    def _end(self, name: str) -> None:
        if not self._stops:
            self._place.show_job(Job(JOB, "", running=False))
        if self._dialog is not None:
            self._dialog.show_job(Job(name, "", running=False))


def _unless_called_off[T](build: Build[T], told: Progress, stop: threading.Event) -> T | None:
    """None when it was called off: an error would keep its frames, and the window, alive."""
    try:
        return build(told, stop)
    except Cancelled:
        return None
