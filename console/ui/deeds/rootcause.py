"""Deeds on root causes: asked for at an exception, their actions followed on any day."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

from console.dispatch.exceptions import case_of
from console.dispatch.extracts import Cancelled
from console.dispatch.insights import topic_of
from console.dispatch.openactions import Action, open_actions, overdue, today_of
from console.dispatch.picture import PictureChange
from console.dispatch.rootcause import (
    acted,
    check,
    effect_of,
    explain,
    known,
    measured_of,
    scopes_of,
)
from console.domain.casework import Case
from console.domain.clusters import By, Group
from console.domain.insight import About
from console.domain.plan import FactId
from console.tongues import tr, trn
from console.ui.asking import ask
from console.ui.deeds.orders import OrderDeeds
from console.ui.deeds.patterns import Share
from console.ui.deeds.photos import read_photos
from console.ui.exceptions.actions import ActionsSheet, title
from console.ui.exceptions.effect import EffectSheet
from console.ui.exceptions.rootdialog import RootDialog, Scope
from console.ui.exceptions.words import what
from console.ui.notices import Notice, Tone
from console.ui.patterns.words import BYS
from console.ui.underway import Underway
from console.ui.workplace import Workplace

WEEK = timedelta(days=7)
GoTo = Callable[[date, FactId], Awaitable[None]]


class RootDeeds:
    """Listens to the exceptions page; ``go_to`` opens a day and an exception on it."""

    def __init__(
        self, place: Workplace, orders: OrderDeeds, underway: Underway, go_to: GoTo
    ) -> None:
        self._place, self._orders, self._underway, self._go_to = place, orders, underway, go_to
        self._page, self._told_of = place.panes.exceptions, (date.min, 0)
        self.actions: list[Action] = []
        self.share: Share | None = None
        part = self._page.case.root
        self._page.picked.connect(self._picked)
        self._page.actionsAsked.connect(self.root_actions)
        part.askedWhy.connect(self._asked_why)
        part.acted.connect(self._acted)
        part.askedEffect.connect(self._asked_effect)
        place.signals.planChanged.connect(self._plan_changed)

    # -- what stands -------------------------------------------------------------------------------

    def _plan_changed(self, change: PictureChange) -> None:
        """Another day: which actions are open, and is one overdue."""
        if change.everything:
            self._place.conductor.spawn(self._count())

    async def _count(self) -> None:
        station = self._place.station
        self.actions, today = await open_actions(station), today_of(station)
        late = overdue(self.actions, today)
        shown = title(self.actions, today) if self.actions else ""
        self._page.show_actions(shown)
        if late and self._told_of != (today, late):
            said = trn(
                "{n} action against a root cause is overdue.",
                "{n} actions against root causes are overdue.",
                late,
            )
            notice = Notice(said, Tone.WARN, deed="root_actions", deed_label=tr("Show"))
            self._place.conductor.tell(notice)
        self._told_of = (today, late)

    def _picked(self, _key: FactId) -> None:
        self._place.conductor.spawn(self._show())

    async def _show(self) -> None:
        case, station = self._case(), self._place.station
        if case is None:
            return
        told = await known(station, case)
        now = self._case()
        if now is not None and now.fact.id == case.fact.id:
            self._page.case.root.show_root(told, today_of(station))

    def _case(self) -> Case | None:
        """The one at the side, as the plan has it now."""
        shown = self._page.shown
        if shown is None:
            return None
        return case_of(self._place.station.workday.desk.plan, shown.fact.id)

    async def _again(self) -> None:
        await self._orders.show_exceptions()
        await self._show()
        await self._count()

    # -- asking why --------------------------------------------------------------------------------

    def _asked_why(self) -> None:
        self._place.conductor.spawn(self._ask_why())

    async def _ask_why(self) -> None:
        case, place = self._case(), self._place
        if case is None:
            return
        dialog = RootDialog(what(case), await self._scopes(case), place.theme, place.window)
        people = (colleague.name for colleague in place.selection.company)
        owners = list(dict.fromkeys((place.station.services.actor, *people)))
        told = await known(place.station, case)
        dialog.fill(told, owners, today_of(place.station) + WEEK)
        read_photos(place, dialog.photo)
        dialog.shareAsked.connect(lambda: self._share(case, dialog))
        if await ask(dialog):
            await explain(place.station, case.fact.id, dialog.root)
            await self._again()

    def _share(self, case: Case, dialog: RootDialog) -> None:
        """For all who plan; what is kept of the exception is decided here all the same."""
        by, key, words = dialog.about
        cause = case.fact.cause
        everywhere = (About.CAUSE, cause.value) if cause else (About.DEPOT, "")
        topic = everywhere if by is None else topic_of(Group(by, key))
        if self.share is not None:
            self._place.conductor.spawn(self.share((topic, words), dialog.insight))

    async def _scopes(self, case: Case) -> list[Scope]:
        """The groups it is in, the cause over all first; drivers by their names."""
        station = self._place.station
        picture, found = station.picture, [*await scopes_of(station, case)]
        cause = what(case).split(":")[0]
        made: list[Scope] = [(None, "", tr("{cause}, everywhere", cause=cause))]
        names = {
            str(route.shift.driver): picture.drivers[key].name
            for key, route in picture.plan.routes.items()
            if key in picture.drivers
        }
        plates = {
            str(route.shift.vehicle): picture.drivers[key].plate
            for key, route in picture.plan.routes.items()
            if key in picture.drivers
        }
        called = {By.DRIVER: names, By.VEHICLE: plates}
        for by, key in found:
            name = called.get(by, {}).get(key, "" if by is By.CUSTOMER else key)
            words = " ".join(part for part in (BYS[by], name) if part)
            made.append((by, key, tr("{cause}, {group}", cause=cause, group=words)))
        return made

    # -- the action and its effect -----------------------------------------------------------------

    def _acted(self) -> None:
        self._place.conductor.spawn(self._act())

    async def _act(self) -> None:
        case = self._case()
        if case is not None:
            await acted(self._place.station, case.fact.id)
            await self._again()

    def _asked_effect(self) -> None:
        self._place.conductor.spawn(self._look_at_effect())

    async def _look_at_effect(self) -> None:
        """Read the days, show what came of it, note it where that is wished."""
        case, place = self._case(), self._place
        if case is None:
            return
        try:
            with self._underway.job("effect") as told:
                found = await effect_of(place.station, case, told)
        except Cancelled:
            return
        measured = measured_of(case)
        about = [what(case).split(":")[0]]
        if measured is not None and measured.by is not None:
            key = measured.key if measured.by is By.AREA else ""
            about.append(f"{BYS[measured.by]} {key}".strip())
        sheet = EffectSheet(found, ", ".join(about), place.theme, place.window)
        said = sheet.told
        if await ask(sheet):
            await check(place.station, case.fact.id, found, said)
            await self._again()

    # -- all that is open --------------------------------------------------------------------------

    def root_actions(self) -> None:
        """Every open action of the depot."""
        self._place.conductor.spawn(self._list())

    async def _list(self) -> None:
        place = self._place
        self.actions = await open_actions(place.station)
        sheet = ActionsSheet(self.actions, today_of(place.station), place.theme, place.window)

        def opened(action: Action) -> None:
            sheet.reject()
            place.conductor.spawn(self._open(action))

        sheet.opened.connect(opened)
        await ask(sheet)

    async def _open(self, action: Action) -> None:
        await self._go_to(action.day, action.exception)
