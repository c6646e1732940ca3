"""Deeds at the end of a day: tie up what is open, report, seal, open again."""

from functools import partial
from pathlib import Path

from console.dispatch.closing import (
    come_back,
    count_in,
    loose_ends,
    may_seal,
    put_off,
    reopen,
    report_late,
    seal,
    take_back,
)
from console.dispatch.daypaper import DayPaper
from console.dispatch.dayreport import day_paper
from console.dispatch.lanes import Lane
from console.dispatch.planfile import write_whole
from console.dispatch.reporting import record
from console.domain.plan import FactId, FactKind, RouteId, StopId
from console.domain.sealing import seal_of
from console.tongues import tr
from console.ui.asking import ask, save_as
from console.ui.closing.dialog import CloseDialog, DayEnd
from console.ui.closing.ends import Act, Asked
from console.ui.dialogs.reason import ReopenDialog
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace

_OUTCOMES = {Act.DELIVERED: FactKind.DELIVERED, Act.FAILED: FactKind.FAILED}


class ClosingDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._dialog: CloseDialog | None = None
        place.signals.planChanged.connect(self._plan_changed)

    def close_day(self) -> None:
        """What is open, the report, the seal; a sealed day is opened again there."""
        self._place.conductor.spawn(self._open())

    async def _open(self) -> None:
        place = self._place
        dialog = CloseDialog(await self._day(), place.theme, place.window)
        dialog.ends.asked.connect(self._asked)
        dialog.sealAsked.connect(self._seal_asked)
        dialog.paperAsked.connect(self._paper_asked)
        dialog.sheetsAsked.connect(self._sheets_asked)
        self._dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self, _result: int) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None

    async def _day(self) -> DayEnd:
        station = self._place.station
        plan = station.picture.plan
        paper = await day_paper(station)
        is_sealed = seal_of(plan.facts) is not None
        ends, back = loose_ends(plan), come_back(plan)
        return DayEnd(ends, paper, station.picture, is_sealed, may_seal(station), back)

    def _plan_changed(self, _change: object) -> None:
        if self._dialog is not None:
            self._place.conductor.spawn(self._show())

    async def _show(self) -> None:
        day = await self._day()
        if self._dialog is not None:
            self._dialog.show_day(day)

    # -- what is open ------------------------------------------------------------------------------

    def _asked(self, asked: Asked) -> None:
        self._place.conductor.spawn(self._do(asked))

    async def _do(self, asked: Asked) -> None:
        station = self._place.station
        if asked.act is Act.LOOK:
            self._look(FactId(asked.ends[0].subject))
        elif asked.act is Act.PUT_OFF:
            done = await put_off(station, [FactId(end.subject) for end in asked.ends])
            self._tell(done.sentence, Tone.WARN if done.problems else Tone.GOOD)
        elif asked.act is Act.COUNT_IN:
            await count_in(station, [end.stop for end in asked.ends if end.stop is not None])
        elif asked.act is Act.TAKE_BACK:
            await take_back(station, [FactId(end.subject) for end in asked.ends])
        elif asked.act is Act.BACK:
            for end in asked.ends:
                await record(station, FactKind.RETURNED, RouteId(end.subject))
        else:
            for end in asked.ends:
                await report_late(station, _OUTCOMES[asked.act], StopId(end.subject))

    def _look(self, exception: FactId) -> None:
        """Every way to put it right is on the exceptions page."""
        if self._dialog is not None:
            self._dialog.reject()
        self._place.conductor.act("view_exceptions")
        self._place.panes.exceptions.show_one(exception)

    # -- the seal ----------------------------------------------------------------------------------

    def _seal_asked(self) -> None:
        is_sealed = seal_of(self._place.station.workday.desk.plan.facts) is not None
        self._place.conductor.spawn(self._reopen() if is_sealed else self._seal())

    async def _seal(self) -> None:
        head = await seal(self._place.station)
        self._tell(tr("The day is sealed: {head}", head=head[:16]))

    async def _reopen(self) -> None:
        dialog = ReopenDialog(self._place.theme, self._dialog or self._place.window)
        if await ask(dialog):
            await reopen(self._place.station, dialog.reason)
            self._tell(tr("The day is open again."))

    # -- paper -------------------------------------------------------------------------------------

    def _sheets_asked(self) -> None:
        self._place.conductor.act("route_sheets")

    def _paper_asked(self) -> None:
        day = self._place.station.service_day.day.isoformat()
        parent = self._dialog or self._place.window
        name = tr("day-report-{day}.pdf", day=day)
        save_as(parent, tr("Save the day report"), name, self._file_chosen)

    def _file_chosen(self, name: str) -> None:
        self._place.conductor.spawn(self.write(Path(name)))

    async def write(self, path: Path) -> None:
        """The report as a PDF, whole or not at all; ConsoleError where the disk says no."""
        station = self._place.station
        paper = await day_paper(station)
        await station.services.lanes.run(Lane.FILES, partial(self._written, paper, path))
        self._tell(tr("Written: {name}", name=path.name))

    def _written(self, paper: DayPaper, path: Path) -> None:
        write_whole(path, self._place.station.services.sheets.day(paper))

    def _tell(self, text: str, tone: Tone = Tone.GOOD) -> None:
        self._place.conductor.tell(Notice(text, tone))
