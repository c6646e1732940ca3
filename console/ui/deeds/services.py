"""Deeds on who answers: engines of travel times and address services of each region."""

from collections.abc import Callable, Coroutine
from functools import partial

from console.dispatch.choices import Choices
from console.dispatch.lanes import Lane
from console.dispatch.ports import Region
from console.domain.errors import ConsoleError
from console.settings import AddressSettings, RegionServices, StreetSettings
from console.tongues import tr
from console.ui.asking import ask
from console.ui.dialogs.services import ServicesDialog
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace

NO_REGION = tr("Add streets first: engines and services are chosen for a region.")
Look = Callable[[], Coroutine[object, object, object]]


class ServiceDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace, look_up: Look) -> None:
        """``look_up`` finds addresses again that were doubtful."""
        self._place, self._look_up = place, look_up
        self._dialog: ServicesDialog | None = None

    def services(self) -> None:
        """Choose who answers for a region, and try it."""
        self._place.conductor.spawn(self._choose())

    async def _choose(self) -> None:
        station = self._place.station
        choices, regions = station.services.choices, list(station.services.regions.known())
        if choices is None or not regions:
            notice = Notice(NO_REGION, Tone.WARN, "", "add_region", tr("Add streets…"))
            self._place.conductor.tell(notice)
            return
        here = station.region or regions[0]
        names = [region.name for region in regions]
        dialog = ServicesDialog(names, here.name, self._place.theme, self._place.window)
        self._dialog = dialog
        spawn = self._place.conductor.spawn

        def show(name: str) -> None:
            spawn(self._show(choices, name))

        def try_streets(wanted: StreetSettings) -> None:
            spawn(self._try_streets(choices, wanted))

        def try_addresses(wanted: AddressSettings) -> None:
            spawn(self._try_addresses(choices, wanted))

        dialog.regionChosen.connect(show)
        dialog.streetsTried.connect(try_streets)
        dialog.addressesTried.connect(try_addresses)
        await self._show(choices, here.name)
        is_accepted = await ask(dialog)
        self._dialog = None
        if is_accepted:
            await self._use(choices, dialog.region, dialog.chosen)

    async def _show(self, choices: Choices, region: str) -> None:
        present = await self._asked(partial(choices.of, region))
        is_own = await self._asked(partial(choices.is_own, region))
        if self._dialog is not None and self._dialog.region == region:
            self._dialog.show_services(present, is_own=is_own)

    async def _try_streets(self, choices: Choices, wanted: StreetSettings) -> None:
        said, is_good = await self._tried(lambda region: choices.try_streets(region, wanted))
        if self._dialog is not None and self._dialog.streets.settings == wanted:
            self._dialog.say_streets(said, is_good=is_good)

    async def _try_addresses(self, choices: Choices, wanted: AddressSettings) -> None:
        said, is_good = await self._tried(lambda region: choices.try_addresses(region, wanted))
        if self._dialog is not None and self._dialog.addresses.settings == wanted:
            self._dialog.say_addresses(said, is_good=is_good)

    async def _tried(self, trial: Callable[[Region], str]) -> tuple[str, bool]:
        """What came of it, and whether that is good."""
        dialog = self._dialog
        if dialog is None:
            return "", False
        try:
            region = self._place.station.services.regions.find(dialog.region)
            return await self._asked(partial(trial, region)), True
        except ConsoleError as error:
            return f"{error.message} {error.remedy}".strip(), False

    async def _use(self, choices: Choices, name: str, chosen: RegionServices | None) -> None:
        """Keep it; the open day goes on with it where it plans on this region."""
        before = await self._asked(partial(choices.of, name))
        await self._asked(partial(choices.put, name, chosen))
        after = await self._asked(partial(choices.of, name))
        station = self._place.station
        if before == after or station.region is None or station.region.name != name:
            return
        await station.ask_others()
        self._place.cartographer.forget_lines()
        source = station.workday.matrix.source
        if source:
            self._place.conductor.tell(
                Notice(tr("Travel times are by {source} now.", source=source), Tone.GOOD)
            )
        if before.addresses != after.addresses:
            await self._look_up()

    async def _asked[T](self, call: Callable[[], T]) -> T:
        return await self._place.station.services.lanes.run(Lane.FILES, call)
