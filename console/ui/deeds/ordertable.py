"""Deeds of the orders table: cells changed, one or many, rows pasted, views kept."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QInputDialog

from console.dispatch.lanes import Lane
from console.dispatch.orderwork import change_orders
from console.intake import read_pasted
from console.tongues import tr
from console.ui.asking import ask
from console.ui.deeds.imports import OrderImport
from console.ui.notices import Notice, Tone
from console.ui.ordertable.bulk_form import BulkForm
from console.ui.ordertable.columns import Line
from console.ui.ordertable.page import OrdersPage
from console.ui.ordertable.saved import READY, TableView, read_back, written
from console.ui.window import ORDERS
from console.ui.workplace import Workplace

KEPT = "order_views"


class OrderTableDeeds:
    """What the page asks for."""

    def __init__(self, place: Workplace, page: OrdersPage, imports: OrderImport) -> None:
        self._place, self._page, self._imports = place, page, imports
        self._views: list[TableView] = []
        page.rows.edited.connect(self._edited)
        page.bulkAsked.connect(self.change_selected)
        page.viewKept.connect(self._ask_name)
        page.viewForgotten.connect(self._forget)
        page.table.pasted.connect(self._pasted)

    def view_orders(self) -> None:
        """The table in the middle."""
        self._place.window.show_page(ORDERS)
        self._page.table.setFocus()

    def change_selected(self) -> None:
        """One value for all selected orders."""
        lines = self._page.table.lines
        if lines:
            self._place.conductor.spawn(self._ask_bulk(lines))

    async def _ask_bulk(self, lines: Sequence[Line]) -> None:
        place = self._place
        column = self._page.table.currentIndex().column()
        key = self._page.rows.columns[column].key if column >= 0 else ""
        form = BulkForm(len(lines), key, place.theme, place.window)
        if await ask(form):
            await self._change(lines, form.field, form.text)

    def _edited(self, lines: Sequence[Line], field: str, text: str) -> None:
        self._place.conductor.spawn(self._change(lines, field, text))

    async def _change(self, lines: Sequence[Line], field: str, text: str) -> None:
        orders = [line.order.id for line in lines]
        count = await change_orders(self._place.station, orders, field, text)
        if count > 1:
            self._place.conductor.tell(
                Notice(
                    tr("{count} orders changed.", count=count), Tone.GOOD, "", "undo", tr("Undo")
                )
            )

    # -- paste -------------------------------------------------------------------------------------

    def _pasted(self, text: str) -> None:
        self._place.conductor.spawn(self.paste(text))

    async def paste(self, text: str) -> None:
        """Rows with titles are orders to import; cells without go into the table from here on."""
        if not text.strip():
            return
        run = self._place.station.services.lanes.run
        report = await run(Lane.FILES, partial(read_pasted, text))
        if report is not None:
            await self._imports.take_report(report)
            return
        await self._fill([row.split("\t") for row in text.rstrip("\r\n").splitlines()])

    async def _fill(self, cells: Sequence[Sequence[str]]) -> None:
        table, rows = self._page.table, self._page.rows
        start = table.currentIndex()
        shown = table.shown_keys
        by_key = {column.key: column for column in rows.columns}
        first = shown.index(rows.columns[start.column()].key) if start.isValid() else 0
        changes: dict[tuple[str, str], list[Line]] = {}
        for down, line_cells in enumerate(cells):
            line = rows.line(start.row() + down) if start.isValid() else None
            for key, text in zip(shown[first:], line_cells, strict=False):
                column = by_key[key]
                if line is not None and column.field and text.strip() != column.text(line):
                    changes.setdefault((column.field, text.strip()), []).append(line)
        if not changes:
            hint = tr("Pick a cell that can be edited, or copy rows with their titles.")
            self._place.conductor.tell(Notice(tr("Nothing to paste here."), Tone.WARN, hint))
        for (field, text), lines in changes.items():
            await self._change(lines, field, text)

    # -- views -------------------------------------------------------------------------------------

    async def recall(self) -> None:
        """The dispatcher's own views."""
        services = self._place.station.services
        kept = await services.lanes.run(Lane.SQL, partial(services.preferences.get, services.actor))
        self._views = read_back(kept.get(KEPT, "[]"))
        self._page.show_views(self._views)

    def _ask_name(self, view: TableView) -> None:
        dialog = QInputDialog(self._place.window)
        dialog.setWindowTitle(tr("Save view"))
        dialog.setLabelText(tr("Name of the view"))
        ready = {each.name for each in READY}
        dialog.setTextValue("" if view.name in ready else view.name)

        def named(name: str) -> None:
            self._place.conductor.spawn(self.keep(name.strip(), view))

        dialog.textValueSelected.connect(named)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def keep(self, name: str, view: TableView) -> None:
        """Keep a view by its name; one of this name is replaced."""
        if not name or name in {each.name for each in READY}:
            told = tr("A view needs a name of its own.")
            self._place.conductor.tell(Notice(told, Tone.WARN, tr("Save it again.")))
            return
        named = TableView(name, view.filter, view.columns, view.sort, view.down, view.group)
        self._views = [*(each for each in self._views if each.name != name), named]
        await self._store(name)

    def _forget(self, name: str) -> None:
        self._views = [each for each in self._views if each.name != name]
        self._place.conductor.spawn(self._store(""))

    async def _store(self, chosen: str) -> None:
        services = self._place.station.services
        values = {KEPT: written(self._views)}
        put = partial(services.preferences.put, services.actor, values)
        await services.lanes.run(Lane.SQL, put)
        self._page.show_views(self._views, chosen)
