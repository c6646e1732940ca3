"""The window of a console: made, wired, run and closed."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

import asyncio
import contextlib
import os
import sys
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import date
from functools import partial

import qasync
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from console.dispatch.absences import Away
from console.dispatch.fleetwork import open_usual_shifts
from console.dispatch.lanes import Lane
from console.dispatch.memory import give_back
from console.dispatch.picture import PictureChange
from console.dispatch.saving import keep_snapshot, recall
from console.dispatch.services import Services
from console.dispatch.station import Station
from console.dispatch.training.rooms import Room
from console.domain.errors import ConsoleError
from console.domain.fleet import DepotId
from console.ui.actions import Actions
from console.ui.board.view import BoardView
from console.ui.cartography import Cartographer
from console.ui.conductor import Conductor
from console.ui.details.panel import DetailsPanel
from console.ui.dialogs.failure import FailureDialog
from console.ui.exceptions.page import ExceptionsPage
from console.ui.faults import Faults
from console.ui.following import Following
from console.ui.furnished import Furnished, Options
from console.ui.history.panel import HistoryPanel
from console.ui.map.scheme import register_scheme
from console.ui.map.view import MapView
from console.ui.maphands import MapHands
from console.ui.notices import Notice
from console.ui.optimise.panel import OptimisePanel
from console.ui.orders.panel import OrdersPanel
from console.ui.ordertable.page import OrdersPage
from console.ui.panes import Panes
from console.ui.proposal.panes import ProposalPanes
from console.ui.rollcall import Rollcall
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.strip import Strip
from console.ui.sweeping import SweepTimer
from console.ui.theme.theme import Choice, Theme, apply_theme
from console.ui.timeline.strip import TimelineStrip
from console.ui.timeline.view import TimelineView
from console.ui.topbar import TopBar
from console.ui.voice import speak_as_qt
from console.ui.window import Window
from console.ui.workplace import Workplace

CLOSE_SECONDS = 10.0
TURN_SECONDS = 0.0005
"""After which a thread that computes lets the window's go on. Every cell of a table that is painted
asks for the interpreter, so Python's own 5 ms would make a tenth of a second of eight ms."""
Ready = Callable[["Desktop"], Coroutine[object, object, object]]


def application() -> QApplication:
    """The one QApplication, with the map's scheme registered before it."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu --disable-logging")
    register_scheme()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Doorstep")
    speak_as_qt(app)
    SweepTimer(app)
    sys.setswitchinterval(TURN_SECONDS)
    app.setQuitOnLastWindowClosed(False)
    return app


def run(services: Services, options: Options, ready: Ready | None = None) -> int:
    """Open the window and run until it is closed; ``ready`` is called once the day is shown."""
    app = application()
    loop = qasync.QEventLoop(app)
    with loop:
        return loop.run_until_complete(_lived(services, options, ready))


async def _lived(services: Services, options: Options, ready: Ready | None) -> int:
    desktop = Desktop(services, options)
    await desktop.open()
    desktop.faults.install(asyncio.get_running_loop())
    if ready is not None:
        try:
            await ready(desktop)
        except BaseException:
            await desktop.ended()
            raise
    await desktop.closed
    return 0


class Desktop(Furnished):
    """One window with its station."""

    def __init__(self, services: Services, options: Options, theme: Theme | None = None) -> None:
        self.options = options
        self.theme = theme or apply_theme(application(), options.scheme)
        self.signals = Signals()
        self.selection = Selection(self.signals)
        self.station = Station(services)
        self.conductor = Conductor(self.station, self.signals)
        self.window = Window(self.theme)
        self.actions = Actions(self.window, self.theme, self.trigger)
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.beside: Desktop | None = None
        self._deeds: dict[str, Callable[[], None]] = {}
        self._is_closing = self._leaves_unsaved = False

    async def open(self) -> None:
        """Open the day, then show the window on it."""
        await self.station.open(self.options.service_day)
        await open_usual_shifts(self.station)
        self.window.furnish(self._panes())
        self._wire()
        self.conductor.attach()
        self._show()
        await self.maps.recall()
        await self.keeper.recall(keep_choice=self.options.scheme is not Choice.SYSTEM)
        await self.formatting.recall()
        await self.place_day()
        await self.overtaken.recall()
        await self.optimiser.recall()
        self.following.begin()
        self.rollcall.begin()
        await self.watch.recall()
        await self.table.recall()
        self.conductor.spawn(self._begun())
        if self.options.told:
            self.conductor.tell(Notice(self.options.told))
        if self.options.tour:
            self.tours.begin_once()
        if self.options.pace is not None:
            self.live.view_live()
        self.graded_run.begin()

    async def _begun(self) -> None:
        """The day is shown: its travel times, then what is due on it."""
        await self.streets.follow()
        await self.station.refresh()
        await recall(self.station.services, self.station.workday.desk)
        await self.recurring.follow()

    async def open_beside(self, room: Room, is_guided: bool) -> None:
        """A second window, in which nothing is real; returns when it is closed."""
        wanted = replace(
            self.options,
            scheme=self.theme.choice,
            service_day=room.day,
            tour=False,
            told="",
            pace=room.pace,
            room=room,
            is_guided=is_guided,
        )
        beside = Desktop(room.services, wanted, self.theme)
        try:
            await beside.open()
            self.beside = beside
            await beside.closed
        finally:
            self.beside = None
            beside.window.deleteLater()  # with its web engine's process

    def trigger(self, name: str) -> None:
        """Do what an action says."""
        deed = self._deeds.get(name)
        if deed is not None:
            deed()

    async def open_day(self, day: date | None, depot: str | None = None) -> None:
        """Another day or depot in the same window; a search ends first, its best is kept."""
        await self.optimiser.halt()
        self.selection.clear()
        left = self.station.workday.desk
        await self.station.open(day, DepotId(depot) if depot else None)
        await open_usual_shifts(self.station)
        self.conductor.attach()
        await self.place_day()
        await self.overtaken.recall()
        await self.optimiser.recall()
        self.panes.map_view.fit()
        await self._begun()
        await keep_snapshot(self.station.services, left)
        await self.station.services.lanes.run(Lane.FILES, give_back)  # what the day before held

    async def place_day(self) -> None:
        """Show the day that is open in every view."""
        picture = self.station.picture
        self.cartographer.show_region()
        self.panes.topbar.show_day(self.station.service_day.day)
        depot = self.station.depot
        depots = [(str(d.id), d.name) for d in await self.station.depots()]
        self.panes.topbar.show_depots(depots, str(depot.id) if depot else "")
        self.signals.planChanged.emit(PictureChange(picture, picture, everything=True))
        self.cartographer.draw()
        await self.orders.show_exceptions()
        self.insights.reread()

    def _panes(self) -> Panes:
        hands, signals, selection, theme = (
            self.conductor,
            self.signals,
            self.selection,
            self.theme,
        )
        menu = self.actions.context_menu
        timeline = TimelineView(hands, signals, selection, theme, menu=menu)
        self.panes = Panes(
            topbar=TopBar(self.actions, theme),
            strip=Strip(self.actions, theme),
            orders=OrdersPanel(hands, signals, selection, theme, self.actions),
            map_view=MapView(theme, self.options.cache),
            board=BoardView(hands, signals, selection, theme, menu=menu),
            timeline=timeline,
            timeline_strip=TimelineStrip(timeline, theme),
            details=DetailsPanel(hands, signals, selection, theme, self.actions),
            exceptions=ExceptionsPage(hands, signals, selection, theme),
            order_table=OrdersPage(hands, signals, selection, theme, self.actions),
            history=HistoryPanel(theme),
            optimise=OptimisePanel(theme, self.actions),
            proposal=ProposalPanes(theme, self.actions),
        )
        return self.panes

    def _wire(self) -> None:
        self.cartographer = Cartographer(
            self.panes.map_view,
            self.station,
            selection=self.selection,
            theme=self.theme,
            spawn=self.conductor.spawn,
        )
        MapHands(
            self.panes.map_view,
            self.conductor,
            selection=self.selection,
            theme=self.theme,
            beside=self.panes.timeline,
        )
        self.workplace = Workplace(
            self.window,
            self.panes,
            self.station,
            self.conductor,
            self.selection,
            self.signals,
            self.actions,
            self.theme,
            self.cartographer,
        )
        self._deeds = self.furnish_deeds()
        self.conductor.trigger = self.trigger
        self.training.open_beside = self.open_beside
        self.patterns.open_day = self.company.open_day = self.open_day
        self.fleet.absent = self._absent
        self.faults = Faults(self._show_fault)
        self.conductor.report = self.faults.report
        self.conductor.ask_reason = self.plan.ask_reason
        self.cartographer.follow(self.signals)
        self.following = Following(
            self.workplace, self.orders, self.history, self.optimiser, self.checklist
        )
        self.rollcall = Rollcall(self.workplace)
        self.following.on_news = self._news
        self.following.on_registers = self._registers_changed
        self._connect()

    async def _absent(self, away: Away) -> None:
        """Somebody is away on a day for which she has a route: that day, then who drives it."""
        if away.day != self.station.service_day.day:
            await self.open_day(away.day)
            await self.station.refresh()
        await self.befell.absent(away.route)

    def _news(self) -> None:
        self.scenes.follow()
        self.streets.news()

    def _registers_changed(self) -> None:
        self.live.alarms.reread()
        self.insights.reread()
        self.company.depots_changed()

    def _connect(self) -> None:
        top, panes = self.panes.topbar, self.panes
        top.workspaceChosen.connect(self.live.show_page)
        top.dayChosen.connect(self._day_chosen)
        top.depotChosen.connect(self._depot_chosen)
        top.searched.connect(self.orders.look_for)
        top.colleagueChosen.connect(self.company.show_colleague)
        top.found.connect(self.orders.next_found)
        panes.map_view.regionWanted.connect(partial(self.trigger, "add_region"))
        self.window.files_dropped = self.files.take_any
        self.window.closing = self._close_asked

    def _day_chosen(self, day: date) -> None:
        self.conductor.spawn(self.open_day(day))

    def _depot_chosen(self, depot: str) -> None:
        self.conductor.spawn(self.open_day(None, depot))

    def _show_fault(self, summary: str, report: str) -> None:
        dialog = FailureDialog(summary, report, self.theme, self.window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show(self) -> None:
        if self.options.size is not None:
            self.window.resize(*self.options.size)
        else:
            self.window.resize(self.window.screen().availableSize())
        self.window.show()
        self.window.arrange()
        QTimer.singleShot(0, self.panes.timeline.fit)

    def _close_asked(self) -> None:
        self._is_closing = True
        self.conductor.spawn(self.close())

    async def ended(self) -> None:
        """Close it, unless that is under way: what goes on after the loop has none to run in."""
        if not self._is_closing:
            self.window.close()
        await asyncio.wait([self.closed], timeout=2 * CLOSE_SECONDS)

    async def close(self) -> None:
        """Save, stop the search, let everything go."""
        await self._stop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.optimiser.halt()
                await self.conductor.settled()
        if not self._leaves_unsaved:
            self._leaves_unsaved = True  # a second try closes whatever the disk says
            try:
                await self._keep()
            except ConsoleError:
                self.rollcall.begin()
                self.following.begin()  # the window stays, and tries to save again
                raise
        await self.conductor.cancelled()
        self.shape.take_all_back()
        self.guide.end()
        self.station.close()
        self.window.close_for_good()
        if not self.closed.done():
            self.closed.set_result(None)

    async def _stop(self) -> None:
        """Nothing begins of itself any more."""
        if self.beside is not None:
            await self.beside.close()
        self.following.end()
        await self.rollcall.end()
        self.live.leave()
        if self.options.pace is not None:
            await self.options.pace.close()
        self.streets.end()
        self.regions.halt()
        self.underway.halt()

    async def _keep(self) -> None:
        """Make everything durable; ConsoleError keeps the window open."""
        await self.station.save()
        await keep_snapshot(self.station.services, self.station.workday.desk)
        kept = self.keeper.layout()
        services = self.station.services
        await services.lanes.run(Lane.SQL, partial(services.preferences.put, services.actor, kept))
