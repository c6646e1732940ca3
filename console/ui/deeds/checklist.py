"""Deeds of the checklist: validate, review, lock, release; a skipped step has its reason."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from console.dispatch.marks import mark, marks
from console.dispatch.optimising import hopeless
from console.domain.commands import LockRoutes, ReleaseRoutes
from console.domain.plan import FactKind, Plan, RouteId, StopId
from console.tongues import tr
from console.ui.asking import ask
from console.ui.checklist import Progress, Step, before, checklist
from console.ui.dialogs.reason import SkipDialog
from console.ui.labels import count_text
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace


class ChecklistDeeds:
    """One method a deed; ``follow`` keeps the bar true."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self.progress = Progress()
        self._looked_at: tuple[Plan, object] | None = None
        bar = place.panes.strip.bar
        bar.pressed.connect(self.press)
        bar.menuAsked.connect(self._menu)

    @property
    def steps(self) -> list[Step]:
        """The checklist as it stands."""
        return checklist(self._place.station.picture, self.progress)

    async def follow(self) -> None:
        """Read the reasons of skipped steps; look into the orders where they changed."""
        station = self._place.station
        skipped = await marks(station, FactKind.SKIPPED)
        self._show(Progress(skipped, self.progress.hopeless))
        plan = station.picture.plan
        if plan.routes and station.picture.totals.served:
            await self._look_into(plan)  # before a search this waits until somebody asks

    async def _look_into(self, plan: Plan) -> None:
        """Once for the same orders and shifts: moving stops changes nothing here."""
        picture = self._place.station.picture
        ground = (
            [id(stop.orders) for stop in plan.stops.values()],
            [(id(route.shift), route.off) for route in plan.routes.values()],
            picture.is_timed,
        )
        if self._looked_at is not None and self._looked_at[1] == ground:
            return
        found = await hopeless(self._place.station)
        self._looked_at = plan, ground  # the plan is kept, so that the ids stay its own
        self._show(Progress(self.progress.skipped, frozenset(found)))

    def _show(self, progress: Progress) -> None:
        self.progress = progress
        self._place.panes.strip.show_progress(progress)

    def press(self, key: str) -> None:
        """Do a step; those before it that are open are skipped with a reason, or done first."""
        step = next(step for step in self.steps if step.key == key)
        self._place.conductor.act(step.deed)

    # -- deeds -------------------------------------------------------------------------------------

    def validate(self) -> None:
        """Which orders nobody on shift could serve, even if there were nothing else to do."""
        self._place.conductor.spawn(self._validate())

    async def _validate(self) -> None:
        place = self._place
        self._looked_at = None
        await self._look_into(place.station.picture.plan)
        found = self.progress.hopeless or frozenset[StopId]()
        if not place.station.picture.is_timed:
            self._tell(tr("Travel times are missing: locate the orders first."), Tone.WARN)
        elif not found:
            self._tell(tr("Every order fits somebody on shift."), Tone.GOOD)
        else:
            self._show_stops(sorted(found))
            count = count_text(len(found))
            self._tell(
                tr("{count} that nobody on shift could serve, picked on the left.", count=count),
                Tone.WARN,
            )

    def review(self) -> None:
        """Pick what needs eyes: stops without a driver, else stops and routes that break a rule."""
        picture = self._place.station.picture
        if picture.plan.unassigned:
            self._show_stops(picture.plan.unassigned)
            self._place.panes.orders.show_unassigned()
            return
        if picture.lacks_times:
            self._tell(tr("Travel times are missing: nobody knows yet what is late."), Tone.WARN)
            return
        harms = [v for s in picture.schedules.values() for v in s.violations if v.is_harm]
        stops = tuple(dict.fromkeys(v.stop for v in harms if v.stop is not None))
        if stops:
            self._show_stops(stops)
        elif harms:
            self._place.selection.pick((), harms[0].route)
        else:
            self._tell(tr("Everybody is served, no rule is broken."), Tone.GOOD)

    def lock_day(self) -> None:
        """Lock every route that has stops; unlock them where all are locked."""
        self._place.conductor.spawn(self._lock_day())

    async def _lock_day(self) -> None:
        routes = self._with_stops()
        plan = self._place.station.picture.plan
        if routes and all(plan.routes[route].locked for route in routes):
            self._place.conductor.submit(LockRoutes(routes, locked=False))
        elif routes and await self.may_pass("lock"):
            self._place.conductor.submit(LockRoutes(self._with_stops()))

    def release_day(self) -> None:
        """Hand every route that has stops to its driver; take them back where all are released."""
        self._place.conductor.spawn(self._release_day())

    async def _release_day(self) -> None:
        routes = self._with_stops()
        plan = self._place.station.picture.plan
        if routes and all(plan.routes[route].released for route in routes):
            self._place.conductor.submit(ReleaseRoutes(routes, released=False))
        elif routes and await self.may_pass("release"):
            self._place.conductor.submit(ReleaseRoutes(self._with_stops()))

    async def may_pass(self, key: str) -> bool:
        """True when no step before this one is open, or a reason was given for skipping them."""
        if key == "lock" or self.progress.hopeless is None:
            await self._look_into(self._place.station.picture.plan)
        passed = before(self.steps, key)
        return not passed or await self._skip(passed)

    async def _skip(self, steps: Sequence[Step]) -> bool:
        place = self._place
        dialog = SkipDialog([(s.name, s.note) for s in steps], place.theme, place.window)
        if not await ask(dialog):
            return False
        reason = dialog.reason  # the dialog is gone after the next await
        for step in steps:
            await mark(place.station, FactKind.SKIPPED, step.key, reason)
        await self.follow()
        return True

    def _menu(self, key: str, at: QPoint) -> None:
        step = next(step for step in self.steps if step.key == key)
        menu = QMenu(self._place.window)
        do = menu.addAction(tr("{name} now", name=step.name))
        do.triggered.connect(lambda: self.press(key))
        skip = menu.addAction(tr("Skip with a reason…"))
        skip.setEnabled(step.is_open)
        skip.triggered.connect(lambda: self._place.conductor.spawn(self._skip([step])))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _with_stops(self) -> tuple[RouteId, ...]:
        routes = self._place.station.picture.plan.routes.values()
        return tuple(route.id for route in routes if route.stops)

    def _show_stops(self, stops: Sequence[StopId]) -> None:
        plan = self._place.station.picture.plan
        self._place.selection.pick(stops, plan.stops[stops[0]].route)
        self._place.panes.map_view.fit(stops)

    def _tell(self, text: str, tone: Tone) -> None:
        self._place.conductor.tell(Notice(text, tone))
