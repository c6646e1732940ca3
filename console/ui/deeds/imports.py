"""Order files come in: read, taught where nobody knows their columns, and reported."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from console.dispatch.mappings import look_at, read_learned, read_taught
from console.dispatch.orderwork import Imported, take_in
from console.domain.errors import ConsoleError
from console.domain.places import Place
from console.intake import MissingColumns, OrderReport
from console.tongues import tr
from console.ui.asking import ask
from console.ui.dialogs.import_report import ImportReport, Origin
from console.ui.importing.wizard import ImportWizard
from console.ui.notices import Job, Notice, Tone
from console.ui.workplace import Workplace

Locate = Callable[[], Awaitable[list[Place]]]
_OWN = ("", "own")


class OrderImport:
    """Takes files in one after the other; ``last`` is what the newest of them did."""

    def __init__(self, place: Workplace, locate: Locate, fix: Callable[[], None]) -> None:
        self._place, self._locate, self._fix = place, locate, fix
        self.last: Imported | None = None
        self.taken = 0  # how many files came in since the start
        self.untaught: Path | None = None
        self._origin = Origin()
        self._doubtful = 0

    async def take(self, path: Path) -> None:
        """Read, add, then locate behind; the report says what happened to every row."""
        try:
            report, told = await self._read(path)
        except MissingColumns as lacking:
            self._place.conductor.tell(
                Notice(lacking.message, Tone.WARN, tr("Choose the columns."))
            )
            await self.teach(path)
            return
        await self._put(path, report, told)
        await self.show_report()

    async def take_silently(self, path: Path) -> None:
        """The same for a file that came by itself: a notice instead of dialogs."""
        tell = self._place.conductor.tell
        try:
            report, told = await self._read(path)
            await self._put(path, report, told)
        except MissingColumns as lacking:
            self.untaught = path
            tell(Notice(lacking.message, Tone.WARN, "", "teach_orders", tr("Choose columns…")))
        except ConsoleError as error:
            tell(Notice(error.message, Tone.BAD, error.remedy))
        else:
            tone = Tone.WARN if report.rejects else Tone.GOOD
            tell(Notice(self._summary(path), tone, "", "import_report", tr("Show report")))

    async def take_report(self, report: OrderReport) -> None:
        """Orders that were read from elsewhere, such as the clipboard."""
        await self._put(None, report, tr("its titles"))
        await self.show_report()

    async def teach(self, path: Path) -> None:
        """Ask which column is what; what is answered is kept for the next such file."""
        place, self.untaught = self._place, None
        sample, taught = await look_at(place.station, path)
        day = place.station.service_day.day
        wizard = ImportWizard(sample, taught, day, place.theme, place.window)
        if not await ask(wizard):
            return
        sample, taught = wizard.sample, wizard.taught  # the dialog goes with the loop's next turn
        place.show_job(Job("import", tr("Reading {name}…", name=path.name)))
        try:
            report = await read_taught(place.station, sample, taught)
        finally:
            place.show_job(Job("import", "", running=False))
        await self._put(path, report, tr("the mapping “{name}”", name=taught.name))
        await self.show_report()

    async def show_report(self) -> None:
        """What the last file did."""
        place = self._place
        if self.last is None:
            place.conductor.tell(Notice(tr("No file was imported yet."), Tone.WARN))
            return
        dialog = ImportReport(
            self.last,
            place.theme,
            place.window,
            doubtful=self._doubtful,
            origin=self._origin,
        )
        dialog.fixAsked.connect(self._fix)
        dialog.columnsAsked.connect(self._teach_again)
        await ask(dialog)

    def _teach_again(self) -> None:
        if self._origin.path is not None:
            self._place.conductor.spawn(self.teach(self._origin.path))

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

    async def _put(self, path: Path | None, report: OrderReport, told: str) -> None:
        station = self._place.station
        name = path.name if path else "orders"
        self._place.show_job(Job("import", tr("Taking in {name}…", name=name)))
        try:
            self.last = await take_in(station, report)
            await station.refresh()
        finally:
            self._place.show_job(Job("import", "", running=False))
        self._doubtful = len(await self._locate())
        self._origin = Origin(path, told, report.joined)
        self.taken += 1

    def _summary(self, path: Path) -> str:
        if self.last is None:
            return path.name
        done = self.last
        counts = {
            "added": len(done.added),
            "changed": len(done.changed),
            "unchanged": done.unchanged,
            "rejected": len(done.rejects),
        }
        told = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
        return f"{path.name}: {told or tr('nothing in it')}"
