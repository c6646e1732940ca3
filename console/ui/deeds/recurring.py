"""Deeds on recurring orders: their table, its files, and what is due when a day is opened."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from console import formats
from console.dispatch.recurring import (
    make_due,
    merged,
    put_recurring,
    read_table,
    recurring_rows,
    write_table,
)
from console.domain.orders import OrderId
from console.domain.places import Place
from console.tongues import tr, trn
from console.ui.asking import ask
from console.ui.notices import Notice, Tone
from console.ui.recurring.form import RecurringForm
from console.ui.workplace import Workplace

Locate = Callable[[], Awaitable[list[Place]]]
OUT = tr("Workbook (*.xlsx);;Table (*.csv)")
IN = tr("Tables (*.xlsx *.xls *.ods *.csv *.tsv *.txt);;All files (*)")


class RecurringDeeds:
    """One method a deed; ``locate`` looks up the day's addresses."""

    def __init__(self, place: Workplace, locate: Locate) -> None:
        self._place, self._locate = place, locate

    async def follow(self) -> None:
        """A day was opened: make what is due on it."""
        await self._made(await make_due(self._place.station))

    def recurring_orders(self) -> None:
        """The table."""
        self._place.conductor.spawn(self._open())

    async def _open(self) -> None:
        place = self._place
        day = place.station.service_day.day
        form = RecurringForm(await recurring_rows(place.station), day, place.theme, place.window)
        form.importAsked.connect(partial(self._choose, form, QFileDialog.AcceptMode.AcceptOpen))
        form.exportAsked.connect(partial(self._choose, form, QFileDialog.AcceptMode.AcceptSave))
        if not await ask(form):
            return
        made = await put_recurring(place.station, form.report)
        count = len(form.report.orders)
        told = trn(
            "{count} recurring order saved.", "{count} recurring orders saved.", count, count=count
        )
        place.conductor.tell(Notice(told, Tone.GOOD))
        await self._made(made)

    async def _made(self, orders: Sequence[OrderId]) -> None:
        if not orders:
            return
        few = ", ".join(orders[:3]) + ("…" if len(orders) > 3 else "")
        what = tr("recurring order is") if len(orders) == 1 else tr("recurring orders are")
        station = self._place.station
        day = station.service_day.day
        told = tr(
            "{orders} {what} due on {day}: {few}",
            orders=len(orders),
            what=what,
            day=formats.day(day, year=False, weekday=True),
            few=few,
        )
        self._place.conductor.tell(Notice(told, deed="undo", deed_label=tr("Undo")))
        if station.region is None:
            await station.refresh()
        else:
            await self._locate()

    def _choose(self, form: RecurringForm, mode: QFileDialog.AcceptMode) -> None:
        saves = mode is QFileDialog.AcceptMode.AcceptSave
        name = "recurring-orders.xlsx" if saves else ""
        title = tr("Export recurring orders") if saves else tr("Import recurring orders")
        dialog = QFileDialog(form, title, name, OUT if saves else IN)
        dialog.setAcceptMode(mode)
        if saves:
            dialog.setDefaultSuffix("xlsx")
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        work = self.write if saves else self.take

        def chosen(path: str) -> None:
            self._place.conductor.spawn(work(form, Path(path)))

        dialog.fileSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def take(self, form: RecurringForm, path: Path) -> None:
        """A file's orders into the open table; known numbers are replaced, nothing is saved yet."""
        report = await read_table(self._place.station, path)
        form.rows.show_rows(merged(form.rows.rows, report))
        left = "; ".join(
            tr("row {row}: {problem}", row=reject.row, problem=reject.problem)
            for reject in report.rejects[:3]
        )
        count = len(report.orders)
        told = trn(
            "{name}: {count} order read",
            "{name}: {count} orders read",
            count,
            name=path.name,
            count=count,
        )
        if report.rejects:
            told += tr(", {rejects} left out", rejects=len(report.rejects))
        tone = Tone.WARN if report.rejects else Tone.GOOD
        self._place.conductor.tell(Notice(told, tone, left))
        form.told.say(f"{told}. {left}" if left else f"{told}.", "bad" if left else "text2")

    async def write(self, form: RecurringForm, path: Path) -> None:
        """The table as it stands."""
        await write_table(self._place.station, path, form.rows.rows)
        self._place.conductor.tell(Notice(tr("Written: {name}", name=path.name), Tone.GOOD))
