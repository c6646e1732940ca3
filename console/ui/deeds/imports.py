"""Order files come in: read, taught where nobody knows their columns, and reported."""

from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from console.dispatch.mappings import look_at, read_learned, read_taught
from console.dispatch.orderwork import Imported, take_in
from console.domain.errors import ConsoleError
from console.domain.places import Place
from console.intake import ColumnMap, MissingColumns, OrderReport, Sample
from console.tongues import tr
from console.ui.asking import ask
from console.ui.deeds.doors import put_right
from console.ui.dialogs.import_report import ImportReport, Origin
from console.ui.importing.taken import Taken
from console.ui.importing.wizard import ImportWizard
from console.ui.notices import Job, Notice, Tone
from console.ui.workplace import Workplace

Locate = Callable[[], Awaitable[list[Place]]]
_OWN = ("", "own")


class OrderImport:
    """Takes files in one after the other; ``last`` is what the newest of them did."""

    def __init__(self, place: Workplace, locate: Locate, fix: Callable[[], None]) -> None:
        self._place, self._locate, self._fix = place, locate, fix
        self.newest: Taken | None = None
        self.taken = 0  # how many files came in since the start
        self.untaught: Path | None = None

    @property
    def last(self) -> Imported | None:
        """What the newest file did."""
        return self.newest.done if self.newest is not None else None

    async def take(self, path: Path) -> None:
        """Read, add, locate behind, ask for doors; the report says what happened to every row."""
        try:
            report, told = await self._read(path)
        except MissingColumns as lacking:
            self._place.conductor.tell(
                Notice(lacking.message, Tone.WARN, tr("Choose the columns."))
            )
            await self.teach(path)
            return
        await self._ask_and_report(path, report, told)

    async def take_silently(self, path: Path) -> None:
        """The same for a file that came by itself: a notice instead of dialogs."""
        tell = self._place.conductor.tell
        try:
            report, told = await self._read(path)
            taken = await self._put(path, report, told)
        except MissingColumns as lacking:
            self.untaught = path
            tell(Notice(lacking.message, Tone.WARN, "", "teach_orders", tr("Choose columns…")))
        except ConsoleError as error:
            tell(Notice(error.message, Tone.BAD, error.remedy))
        else:
            tone = Tone.WARN if report.rejects else Tone.GOOD
            text = f"{path.name}: {taken.summary}"
            tell(Notice(text, tone, "", "import_report", tr("Show report")))

    async def take_report(self, report: OrderReport) -> None:
        """Orders that were read from elsewhere, such as the clipboard."""
        await self._ask_and_report(None, report, tr("its titles"))

    async def _ask_and_report(self, path: Path | None, report: OrderReport, told: str) -> None:
        """Taken in behind the window; the wizard opens where an address is doubtful."""
        taken = await self._put(path, report, told)
        with self._wizard(_name(path)) as wizard:
            taken = self.newest = await put_right(self._place, wizard, taken)
        await self._show(taken)

    async def teach(self, path: Path) -> None:
        """Ask which column is what; what is answered is kept for the next such file."""
        place, self.untaught = self._place, None
        sample, taught = await look_at(place.station, path)
        with self._wizard(path.name) as wizard:
            page = wizard.show_columns(sample, taught, place.station.service_day.day)
            if not await wizard.answer():
                return
            wizard.show_work()
            taken = await self._take_taught(path, page.sample, page.taught)
            taken = self.newest = await put_right(place, wizard, taken)
        await self._show(taken)

    async def _take_taught(self, path: Path, sample: Sample, taught: ColumnMap) -> Taken:
        place = self._place
        place.show_job(Job("import", tr("Reading {name}…", name=path.name)))
        try:
            report = await read_taught(place.station, sample, taught)
        finally:
            place.show_job(Job("import", "", running=False))
        return await self._put(path, report, tr("the mapping “{name}”", name=taught.name))

    @contextmanager
    def _wizard(self, name: str) -> Generator[ImportWizard]:
        """One that is not open yet, and speaks of the work under way."""
        place = self._place
        wizard = ImportWizard(name, place.theme, place.window)
        wizard.stopAsked.connect(place.actions["call_off"].trigger)
        follow = place.signals.jobChanged.connect(wizard.show_job)
        try:
            yield wizard
        finally:
            place.signals.jobChanged.disconnect(follow)
            wizard.finish()

    async def show_report(self) -> None:
        """What the last file did."""
        if self.newest is None:
            self._place.conductor.tell(Notice(tr("No file was imported yet."), Tone.WARN))
        else:
            await self._show(self.newest)

    async def _show(self, taken: Taken) -> None:
        place, origin = self._place, taken.origin
        dialog = ImportReport(
            taken.done,
            place.theme,
            place.window,
            doubtful=len(taken.doubtful),
            origin=origin,
        )

        def teach_again() -> None:
            if origin.path is not None:
                place.conductor.spawn(self.teach(origin.path))

        dialog.fixAsked.connect(self._fix)
        dialog.columnsAsked.connect(teach_again)
        await ask(dialog)

    async def _read(self, path: Path) -> tuple[OrderReport, str]:
        """The report, and by what the file was understood."""
        self._place.show_job(Job("import", tr("Reading {name}…", name=path.name)))
        try:
            read = await read_learned(self._place.station, path)
        finally:
            self._place.show_job(Job("import", "", running=False))
        if read.taught is not None:
            return read.report, tr("the mapping “{name}”", name=read.taught.name)
        layout = read.report.layout
        return read.report, "" if layout in _OWN else tr("the format of {layout}", layout=layout)

    async def _put(self, path: Path | None, report: OrderReport, told: str) -> Taken:
        station = self._place.station
        self._place.show_job(Job("import", tr("Taking in {name}…", name=_name(path))))
        try:
            done = await take_in(station, report)
            await station.refresh()
        finally:
            self._place.show_job(Job("import", "", running=False))
        origin = Origin(path, told, report.joined)
        self.newest = Taken(done, origin)
        self.newest = taken = Taken(done, origin, await self._locate())
        self.taken += 1
        return taken


def _name(path: Path | None) -> str:
    return path.name if path else tr("orders")
