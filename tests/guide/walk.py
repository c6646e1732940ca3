"""The guide's day, from files to paper; a picture at each place that the guide shows."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog

from console.domain.commands import MoveStops, ReverseRoute
from console.domain.plan import StopId
from console.simulator.demo import DemoFiles
from console.tongues import tr
from console.ui.choosing.chooser import Chooser
from console.ui.dialogs.fixup import FixUpPanel
from console.ui.dialogs.import_report import ImportReport
from console.ui.dialogs.override import OverrideDialog
from console.ui.dialogs.print_form import PrintForm
from console.ui.dialogs.regions import RegionsDialog
from console.ui.fleet.form import FleetForm
from console.ui.importing.columns_page import ColumnsPage
from console.ui.importing.doors_page import DoorsPage
from console.ui.importing.wizard import ImportWizard
from console.ui.pictures import settled
from console.ui.start import Desktop
from console.ui.window import BOARD, ORDERS, PLAN
from tests.guide.camera import Camera
from tests.guide.files import EARLY, TITLES, late_orders, strange_orders
from tests.ui.dragging import Drag


def _taught(wizard: ImportWizard) -> None:
    for key, title in TITLES.items():
        if key in wizard.findChild(ColumnsPage).rows.rows:
            wizard.findChild(ColumnsPage).rows.rows[key].take(title)


class Walk:
    """One method a part of the day."""

    def __init__(self, desktop: Desktop, files: DemoFiles, camera: Camera, folder: Path) -> None:
        self.desktop, self.files, self.camera, self.folder = desktop, files, camera, folder

    async def whole(self) -> None:
        """In the order of the day."""
        await self.morning()
        await self.orders()
        await self.plan()
        await self.unassigned()
        await self.hands()
        await self.rest()
        await self.proposal()

    @property
    def picture(self):
        return self.desktop.station.picture

    async def morning(self) -> None:
        desktop, station = self.desktop, self.desktop.station
        await station.use_region(station.services.regions.find(self.files.name))
        desktop.cartographer.show_region()
        desktop.conductor.spawn(desktop.files.take_fleet(self.files.fleet))
        await self._accepted("")
        await self._report(self.files.orders)
        desktop.panes.map_view.fit()
        await self.camera.window("morning")

    async def orders(self) -> None:
        desktop, camera = self.desktop, self.camera
        await self._report(late_orders(self.files, self.folder), "report", "doors")
        imports = desktop.files.imports
        desktop.conductor.spawn(imports.teach(strange_orders(self.files, self.folder)))
        await self._dialog("teach", ImportWizard, _taught)
        desktop.trigger("fix_addresses")
        panel = await camera.dialog(FixUpPanel)
        card = panel.list.cards[panel.list.current]
        await camera.until(lambda: bool(card.spots))
        await camera.window("fixing")
        spot = card.spots[0][1]
        desktop.panes.map_view.candidatePicked.emit(spot.lat, spot.lon)
        card.save_button.click()
        await desktop.conductor.settled()
        panel.end()
        desktop.window.show_page(ORDERS)
        await camera.window("table")
        desktop.window.show_page(PLAN)

    async def plan(self) -> None:
        desktop, camera = self.desktop, self.camera
        await desktop.optimiser.search()
        await desktop.conductor.settled()
        desktop.panes.map_view.fit()
        desktop.panes.timeline.fit()
        await camera.window("planned")
        desktop.window.show_page(BOARD)
        await camera.window("board")
        desktop.window.show_page(PLAN)
        desktop.window.show_optimise(on=True)
        await camera.until(desktop.panes.optimise.isVisible)
        camera.keep("optimise", desktop.panes.optimise)
        desktop.window.show_optimise(on=False)

    async def unassigned(self) -> None:
        desktop, camera = self.desktop, self.camera
        early = next(s.id for s in self.picture.plan.stops.values() if s.orders[0].id == EARLY)
        desktop.window.details_dock.show()
        desktop.selection.pick([early])
        desktop.panes.map_view.fit([early])
        page = desktop.panes.details.page
        await camera.until(lambda: bool(page.card and page.card.reasons))
        await camera.until(page.remedies.isVisible)
        await camera.window("unassigned")
        desktop.selection.clear()
        desktop.window.details_dock.hide()

    async def hands(self) -> None:
        desktop, camera = self.desktop, self.camera
        stop, route = self._good_move()
        timeline = desktop.panes.timeline
        desktop.panes.map_view.fit()
        desktop.selection.pick([stop], self.picture.plan.stops[stop].route)
        drag = Drag(timeline, [stop])
        row = list(timeline.rows).index(route)
        box = timeline.viewport().rect()
        spot = QPoint(box.width() * 5 // 8, round((row + 0.5) * desktop.theme.size("row_timeline")))
        drag.enter(spot)
        drag.move(spot)
        await settled(desktop)
        camera.keep("moving", desktop.window)
        drag.leave()
        await self._break_a_rule()
        desktop.trigger("override")
        await self._dialog("override", OverrideDialog)
        desktop.conductor.submit(ReverseRoute(route))
        await desktop.conductor.settled()
        desktop.actions["undo"].trigger()
        await desktop.conductor.settled()
        desktop.window.details_dock.hide()
        desktop.trigger("history")
        await camera.until(desktop.panes.history.isVisible)
        camera.keep("history", desktop.panes.history, 360)
        desktop.window.right.show_history(on=False)

    async def rest(self) -> None:
        desktop = self.desktop
        for deed, name, kind in (
            ("route_sheets", "print", PrintForm),
            ("fleet", "fleet", FleetForm),
        ):
            desktop.trigger(deed)
            await self._dialog(name, kind)
        desktop.trigger("regions")
        regions = await self.camera.dialog(RegionsDialog)
        self.camera.keep("regions", regions, 110)  # below stands where the extract lies
        regions.reject()
        desktop.trigger("traffic")
        await self.camera.window("traffic")
        desktop.window.right.end_tools()
        desktop.trigger("palette")
        await self._dialog("palette", Chooser, lambda dialog: dialog.field.setText(tr("route")))

    async def proposal(self) -> None:
        desktop = self.desktop
        for route in list(self.picture.plan.routes)[:3]:
            desktop.conductor.submit(ReverseRoute(route))
        await desktop.conductor.settled()
        await desktop.optimiser.search()
        await desktop.conductor.settled()
        await self.camera.until(lambda: desktop.optimiser.proposal is not None)
        await self.camera.window("proposal")
        desktop.trigger("discard_proposal")

    # -- what the parts share ----------------------------------------------------------------

    async def _report(self, path: Path, name: str = "", doors: str = "") -> None:
        """A file, with pictures of its report and of its doubtful addresses where named."""
        camera = self.camera
        self.desktop.conductor.spawn(self.desktop.files.take_orders(path))
        await camera.until(lambda: bool(camera.shown(ImportReport) or camera.shown(DoorsPage)))
        page = camera.shown(DoorsPage)
        if page is not None:
            await self._doors(page, doors)
        await self._accepted(name)

    async def _doors(self, page: DoorsPage, name: str) -> None:
        """Leave doubtful addresses for later."""
        card = page.list.cards[page.list.current]
        told: list[dict[str, int]] = []

        def pins() -> bool:
            page.map_view.counts(told.append)
            return bool(told) and told[-1].get("candidates") == len(card.spots)

        await self.camera.until(pins)
        wizard = await self.camera.dialog(ImportWizard)
        if name:
            await asyncio.sleep(1)  # the map's tiles
            self.camera.keep(name, wizard)
        wizard.done_button.click()

    async def _accepted(self, name: str) -> None:
        dialog = await self.camera.dialog(ImportReport)
        if name:
            self.camera.keep(name, dialog)
        dialog.accept()
        await self.desktop.conductor.settled()

    async def _dialog[D: QDialog](
        self, name: str, kind: type[D], first: Callable[[D], None] = lambda _dialog: None
    ) -> None:
        dialog = await self.camera.dialog(kind)
        first(dialog)
        await self.camera.until(dialog.isVisible)
        self.camera.keep(name, dialog)
        dialog.reject()
        await self.camera.until(lambda: not dialog.isVisible())

    def _good_move(self) -> tuple[StopId, object]:
        """A stop in the middle of a route, and another driver who could take it."""
        plan = self.picture.plan
        for route in plan.routes.values():
            for stop in route.stops[3:]:
                found = self.desktop.conductor.previews([stop])
                good = [p for r, p in found.items() if r != route.id and p.harm is None]
                if good:
                    return stop, min(good, key=lambda p: p.cost).route
        raise LookupError("no stop could go to another driver")

    async def _break_a_rule(self) -> None:
        """Move a stop to where it comes too late, and pick it."""
        plan = self.picture.plan
        for route in plan.routes.values():
            for stop in route.stops[:4]:
                command = MoveStops((stop,), route.id, route.stops[-1])
                self.desktop.conductor.submit(command)
                await self.desktop.conductor.settled()  # what is not saved cannot be undone
                if self.picture.is_late(stop):
                    self.desktop.selection.pick([stop], route.id)
                    return
                self.desktop.station.workday.desk.undo()
        raise LookupError("nothing can be late")
