"""What follows from a change without anybody asking: enabled actions, reasons, colleagues, time."""

import asyncio
import contextlib
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer

from console.dispatch.carrying import Carrier
from console.dispatch.expecting import Expecting
from console.dispatch.lanes import Lane
from console.dispatch.optimising import reasons
from console.dispatch.picture import PictureChange
from console.dispatch.services import Services
from console.domain.errors import ConsoleError
from console.tongues import tr, trn
from console.ui.deeds.checklist import ChecklistDeeds
from console.ui.deeds.history import HistoryDeeds
from console.ui.deeds.optimise import OptimiseDeeds
from console.ui.deeds.orders import OrderDeeds
from console.ui.deedtable import Need
from console.ui.notices import Job, Notice, Tone
from console.ui.offering import Offering
from console.ui.reasons import sentences
from console.ui.workplace import Workplace

SETTLE_MS = 250
MOST_EXPLAINED = 100  # a day that is not planned yet needs no reasons
MINUTE_MS = 60_000
LOOK_MS = 50  # costs microseconds; a colleague's edit is seen within 100 ms
TEND_MS = 600_000
FIRST_TEND_MS = 30_000  # when the day is open and painted
RETRY_MS = 5_000
PAST_MS = 4_000  # the day is open and painted before days that are over are read
REREAD_MS = 1_500  # after a change of registers: what comes together is read once
AWAY = tr(
    "The shared database does not answer. Go on working: what you do is kept on "
    "this computer and sent when it answers again."
)


class Following:
    """Listens to the five signals and keeps the rest of the window true."""

    def __init__(
        self,
        place: Workplace,
        orders: OrderDeeds,
        history: HistoryDeeds,
        optimiser: OptimiseDeeds,
        checklist: ChecklistDeeds,
    ) -> None:
        self._place, self._orders, self._history = place, orders, history
        self._optimiser, self._checklist = optimiser, checklist
        self._settle = self._timer(SETTLE_MS, self._settled, once=True)
        self._minute = self._timer(MINUTE_MS, self._minute_passed)
        self._look = self._timer(LOOK_MS, self._look_for_colleagues)
        self._retry = self._timer(RETRY_MS, self._retry_passed)
        self._tend = self._timer(FIRST_TEND_MS, self._tend_passed)
        self._reread = self._timer(REREAD_MS, self._read_again, once=True)
        self._past = self._timer(PAST_MS, self._expect, once=True)
        self._seen, self._registers = 0, 0
        self._looking: asyncio.Task[None] | None = None
        self._is_pulling = False
        self._told = ""
        self._was_connected = True
        self._offering = Offering(place)
        self._carrier = Carrier(place.station)
        self.expecting = Expecting(place.station)
        self._is_over = False
        self.on_news: Callable[[], None] = lambda: None
        self.on_registers: Callable[[], None] = lambda: None
        place.signals.planChanged.connect(self._plan_changed)
        place.signals.selectionChanged.connect(self._enable_picked)
        place.signals.jobChanged.connect(self._job_changed)
        place.signals.noticed.connect(self._noticed)

    def begin(self) -> None:
        """Start to follow the clock and colleagues."""
        self._is_over = False
        self._minute.start()
        self._look.start()
        self._retry.start()
        self._tend.start()
        self._past.start()
        self._minute_passed()
        self._settled()

    def end(self) -> None:
        """The window closes."""
        self._is_over = True
        self._offering.drop()
        for timer in (self._settle, self._minute, self._look, self._retry, self._tend):
            timer.stop()
        self._reread.stop()
        self._past.stop()
        if self._looking is not None:
            self._looking.cancel()

    def _timer(self, every: int, call: object, *, once: bool = False) -> QTimer:
        timer = QTimer(self._place.window)
        timer.setInterval(every)
        timer.setSingleShot(once)
        timer.timeout.connect(call)
        return timer

    def _plan_changed(self, change: PictureChange) -> None:
        picture = change.after
        self._place.panes.strip.show_picture(picture)
        self._optimiser.plan_moved()
        self._offering.drop()
        if len(change.before.plan.stops) != len(picture.plan.stops):
            self._place.selection.retain(picture.plan.stops)
        self._enable()
        if not self._is_over:
            self._settle.start()

    def _settled(self) -> None:
        """Things that may wait a quarter of a second after the last change."""
        self._history.show_history()
        self._place.conductor.spawn(self._orders.show_exceptions())
        self._place.conductor.spawn(self._explain())
        self._place.conductor.spawn(self._checklist.follow())
        self._place.conductor.spawn(self._carry())
        if not self._past.isActive():
            self._expect()
        self._enable()

    def _expect(self) -> None:
        """Risks of first tries, from days that are read in the background."""
        if not self._is_over:
            self._place.conductor.spawn(self.expecting.follow())

    async def _carry(self) -> None:
        """What was put off, or is no longer, is put right on its other day."""
        stuck = (await self._carrier.follow()).stuck
        if stuck:
            text = trn(
                "{orders} is under way on its new day and stays there.",
                "{orders} are under way on their new day and stay there.",
                len(stuck),
                orders=", ".join(stuck),
            )
            self._place.conductor.tell(Notice(text, Tone.WARN))

    async def _explain(self) -> None:
        station = self._place.station
        waiting = len(station.picture.plan.unassigned)
        if not station.picture.is_timed or waiting > MOST_EXPLAINED:
            return
        told = sentences(station.picture, await reasons(station))
        self._place.panes.orders.show_reasons({s: lines[0] for s, lines in told.items() if lines})
        self._place.panes.details.show_reasons(told)
        if not self._is_over:
            self._offering.begin()

    def _enable_picked(self, _stops: object = None) -> None:
        """What the selection alone decides about: it changes with every click."""
        place = self._place
        place.actions.enable(
            {
                Need.STOPS: bool(place.selection.stops) or place.selection.route is not None,
                Need.ROUTE: place.route() is not None,
            }
        )
        place.panes.optimise.show_selected(len(self._optimiser.picked_routes()))

    def _enable(self) -> None:
        self._enable_picked()
        place = self._place
        picture, desk = place.station.picture, place.station.workday.desk
        running = place.run is not None or (
            "optimise" in place.jobs and place.jobs["optimise"].running
        )
        has_orders = bool(picture.plan.stops)
        place.actions.enable(
            {
                Need.DAY: True,
                Need.ORDERS: has_orders,
                Need.PLAN: bool(picture.schedules),
                Need.UNDO: bool(desk.undo_stack()) or not desk.is_saved,
                Need.REDO: bool(desk.redo_stack()),
                Need.RUNNING: running,
                Need.IDLE: has_orders and not running,
                Need.PROPOSAL: self._optimiser.proposal is not None and not running,
                Need.DISCARDED: self._optimiser.last is not None
                and self._optimiser.proposal is None,
                Need.TRAINING: place.rehearses,
            }
        )
        place.panes.strip.show_picture(picture)
        place.panes.optimise.show_released(
            sum(route.released for route in picture.plan.routes.values())
        )

    def _job_changed(self, job: Job) -> None:
        self._place.panes.strip.show_job(job)
        if job.name == "optimise":
            self._place.panes.optimise.show_job(job)
        self._enable()

    def _noticed(self, notice: Notice) -> None:
        self._place.window.toasts.show(notice, self._place.conductor.act)

    def _minute_passed(self) -> None:
        station = self._place.station
        now = station.now()
        self._place.panes.timeline.set_now(now)
        if now is not None and station.workday.now is not None:
            station.workday.tick(now)
        elif now != station.workday.now:
            station.workday.set_now(now)

    def _retry_passed(self) -> None:
        station = self._place.station
        self._follow_connection()
        if station.could_not_save and not station.is_saving:
            self._place.conductor.spawn(self._save_again())

    def _follow_connection(self) -> None:
        """The shared database went or came back: say so; labels of a copy are read anew."""
        is_connected = self._place.station.services.is_connected()
        if is_connected == self._was_connected:
            return
        self._was_connected = is_connected
        conductor = self._place.conductor
        if is_connected:
            conductor.tell(Notice(tr("The shared database answers again."), Tone.GOOD))
            conductor.spawn(self._place.station.refresh())
        else:
            conductor.tell(Notice(AWAY, Tone.WARN))

    async def _save_again(self) -> None:
        """What a full disk kept from being saved; it was told when it happened."""
        with contextlib.suppress(ConsoleError):
            await self._place.station.save()
            self._place.conductor.tell(Notice(tr("Everything is saved again."), Tone.GOOD))

    def _tend_passed(self) -> None:
        self._tend.setInterval(TEND_MS)
        self._place.conductor.spawn(self._look_after())

    async def _look_after(self) -> None:
        """Check and save the store; what is wrong is told once."""
        services = self._place.station.services
        wrong = await services.lanes.run(Lane.SAFETY, services.tend)
        if wrong and wrong != self._told:
            self._place.conductor.tell(Notice(wrong, Tone.BAD))
        self._told = wrong

    def _look_for_colleagues(self) -> None:
        """Looking is no work of the conductor's: what waits for that to settle would wait on."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(self._see())

    async def _see(self) -> None:
        services = self._place.station.services
        try:
            version, registers = await services.lanes.run(Lane.SQL, partial(_versions, services))
        except Exception as error:  # noqa: BLE001 - told as any other defect
            self._place.conductor.report(error)
            return
        if version != self._seen and not (self._is_pulling or self._is_over):
            self._is_pulling = True
            self._place.conductor.spawn(self._pull(version))

        if registers != self._registers and not self._is_over:
            self._registers = registers
            self._reread.start()

    def _read_again(self) -> None:
        self.on_registers()
        self._place.conductor.spawn(self._place.station.reread())

    async def _pull(self, version: int) -> None:
        """Rows that another console wrote; the first look takes in what came while we opened."""
        try:
            await self._place.station.pull()
            self._seen = version
            self.on_news()
        finally:
            self._is_pulling = False


def _versions(services: Services) -> tuple[int, int]:
    """Of everything, and of registers."""
    return services.data_version(), services.registers_version()
