"""Deeds that bring the plan out: exports, figures, paper for drivers."""

import json
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialog

from console.dispatch.exporting import Export, Form, export
from console.dispatch.figures import write_figures
from console.dispatch.lanes import Lane
from console.dispatch.maplinks import MapLink
from console.dispatch.orderwork import Imported
from console.dispatch.paper import Paper, PaperSize, PaperWish
from console.dispatch.printing import printed
from console.domain.plan import RouteId
from console.tongues import tr, trn
from console.ui.asking import ask, save_as
from console.ui.dialogs.export_form import ExportForm
from console.ui.dialogs.languages import usual_language
from console.ui.dialogs.print_form import PrintForm
from console.ui.notices import Job, Notice, Tone
from console.ui.workplace import Workplace

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

KEPT = "paper"
Take = Callable[[Path], Coroutine[object, object, object]]


class PaperDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace, last: Callable[[], Imported | None]) -> None:
        self._place, self._last = place, last
        self._form = Form.XLSX
        self.printed = 0  # how often paper was made since the start

    def export_plan(self) -> None:
        """Choose a form, drivers and a file."""
        self._place.conductor.spawn(self._ask_export())

    async def _ask_export(self) -> None:
        place = self._place
        form = ExportForm(
            place.station.picture, self._form, place.theme, place.window, ticked=self._meant()
        )
        if not await ask(form):
            return
        self._form = form.form
        name = f"{self._file_name()}{form.form.suffix}"
        wanted = partial(self._export, form.form, form.routes, form.passphrase)
        self._save_as(tr("Export plan"), name, wanted)

    async def _export(
        self, form: Form, routes: tuple[RouteId, ...], passphrase: str, path: Path
    ) -> None:
        await self._written(Export(form, path, routes, passphrase=passphrase))

    def export_figures(self) -> None:
        """Write the day's figures by driver."""
        self._save_as(tr("Export figures"), "figures.csv", self._export_figures)

    async def _export_figures(self, path: Path) -> None:
        station = self._place.station
        call = partial(write_figures, station.picture, path)
        await station.services.lanes.run(Lane.FILES, call)
        self._tell(tr("Written: {name}", name=path.name))

    def route_sheets(self) -> None:
        """Choose the paper and whom it is for, then print or save it."""
        self._place.conductor.spawn(self._ask_paper())

    async def _ask_paper(self) -> None:
        place = self._place
        form = PrintForm(
            place.station.picture,
            await self._usual(),
            place.theme,
            place.window,
            ticked=self._meant(),
        )
        if not await ask(form):
            return
        wish = form.wish
        await self._keep(wish)
        if form.is_for_printer:
            self._choose_printer(wish)
        else:
            self._save_as(tr("Save sheets"), f"{self._file_name()}.pdf", partial(self._save, wish))

    async def _save(self, wish: PaperWish, path: Path) -> None:
        await self._written(Export(Form.PDF, path, wish.routes, wish))
        self.printed += 1

    # -- the printer -------------------------------------------------------------------------------

    def _choose_printer(self, wish: PaperWish) -> None:
        from PySide6.QtPrintSupport import QPrintDialog

        from console.ui.printing import new_printer

        printer = new_printer(self._file_name(), is_letter=wish.size is PaperSize.LETTER)
        dialog = QPrintDialog(printer, self._place.window)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=True)

        def finished(result: int) -> None:
            if result == QDialog.DialogCode.Accepted:
                self._place.conductor.spawn(self.print_out(wish, printer))
            dialog.deleteLater()

        dialog.finished.connect(finished)
        QDialog.open(dialog)  # its own open() takes a slot by name

    async def print_out(self, wish: PaperWish, printer: "QPrinter") -> None:
        """Make the sheets and send them to a printer."""
        from console.ui.printing import print_pdf

        place = self._place
        place.show_job(Job("print", tr("Making the sheets…")))
        try:
            pages = await print_pdf(await printed(place.station, wish), printer)
        finally:
            place.show_job(Job("print", "", running=False))
        self.printed += 1
        self._tell(
            trn(
                "{pages} page sent to the printer.",
                "{pages} pages sent to the printer.",
                pages,
                pages=pages,
            )
        )

    # -- files -------------------------------------------------------------------------------------

    async def _written(self, wish: Export) -> None:
        place = self._place
        place.show_job(Job("export", tr("Writing {name}…", name=wish.path.name)))
        try:
            paths = await export(place.station, wish, self._last())
        finally:
            place.show_job(Job("export", "", running=False))
        more = tr(" and {value} more", value=len(paths) - 1) if len(paths) > 1 else ""
        self._tell(tr("Written: {name}{more}", name=paths[0].name, more=more))

    def _save_as(self, title: str, name: str, write: Take) -> None:
        def chosen(target: str) -> None:
            self._place.conductor.spawn(write(Path(target)))

        save_as(self._place.window, title, name, chosen)

    def _file_name(self) -> str:
        return tr("plan-{isoformat}", isoformat=self._place.station.service_day.day.isoformat())

    def _meant(self) -> tuple[RouteId, ...]:
        """The lit route, where one is lit and goes out."""
        lit = self._place.selection.route
        return (lit,) if lit and lit in self._place.station.picture.schedules else ()

    def _tell(self, text: str) -> None:
        self._place.conductor.tell(Notice(text, Tone.GOOD))

    # -- what was wished the last time ----------------------------------------------------------

    async def _usual(self) -> PaperWish:
        services = self._place.station.services
        kept = await services.lanes.run(Lane.SQL, partial(services.preferences.get, services.actor))
        usual = PaperWish(size=_usual_size(), language=usual_language())
        try:
            told = json.loads(kept.get(KEPT, "{}"))
            return PaperWish(
                Paper(told["paper"]),
                PaperSize(told["size"]),
                link=MapLink(told["link"]),
                with_map=bool(told["map"]),
                with_pieces=bool(told.get("pieces", True)),
                with_directions=bool(told.get("directions", False)),
                language=str(told.get("language", usual.language)),
            )
        except (ValueError, KeyError, TypeError):
            return usual

    async def _keep(self, wish: PaperWish) -> None:
        services = self._place.station.services
        told = {
            "paper": wish.paper,
            "size": wish.size,
            "link": wish.link,
            "map": wish.with_map,
            "pieces": wish.with_pieces,
            "directions": wish.with_directions,
            "language": wish.language,
        }
        values = {KEPT: json.dumps(told)}
        await services.lanes.run(
            Lane.SQL, partial(services.preferences.put, services.actor, values)
        )


def _usual_size() -> PaperSize:
    """Letter where people measure in inches and print on it."""
    system = QLocale().measurementSystem()
    is_letter = system is QLocale.MeasurementSystem.ImperialUSSystem
    return PaperSize.LETTER if is_letter else PaperSize.A4
