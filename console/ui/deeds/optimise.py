"""Deeds of the optimiser: ask, watch, stop; look at a proposal, adopt or discard it."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Protocol

from console.dispatch.fleetwork import open_usual_shifts
from console.dispatch.lanes import Lane
from console.dispatch.optimising import hopeless
from console.dispatch.proposals import Begun, Proposal, Told, adopt, search, weighed_cost
from console.domain.errors import Rejected
from console.domain.objective import COST
from console.domain.plan import RouteId
from console.formats import number
from console.planning.run import Progress, Run, Terms
from console.tongues import tr, trn
from console.ui.labels import cost_of
from console.ui.notices import Best, Job, Notice, Tone
from console.ui.optimise.choice import Choice, kept, remembered
from console.ui.proposal.facts import scenario_name
from console.ui.workplace import Workplace

JOB = KEPT = "optimise"
_TICK = 0.25
_REPAIRS = 3
type Begin[T] = Callable[[Told], Coroutine[object, object, T]]


class BeginAside[T](Protocol):
    """A search that tells how far it is, and says when it can be stopped."""

    def __call__(self, *, told: Told, begun: Begun) -> Coroutine[object, object, T]: ...


_NOTHING_SELECTED = tr("Select a route first, or let the optimiser change the whole plan.")


class OptimiseDeeds:
    """One method a deed; ``choice`` is what the panel asks for.

    ``proposal`` is the one that is open. The last one of the day is kept, so that it can be shown
    again after it was discarded.
    """

    def __init__(self, place: Workplace, seconds: float) -> None:
        self._place = place
        self.choice = Choice(seconds=seconds)
        self.proposal: Proposal | None = None
        self.last: Proposal | None = None
        self._usual = seconds
        self._bests: list[Best] = []
        self._idle = asyncio.Event()
        self._idle.set()
        self._halting = False
        self._seconds, self._weights = seconds, COST
        self.closed: Callable[[Proposal], None] = lambda _proposal: None
        place.panes.optimise.chosen.connect(self._chosen)
        place.panes.proposal.picked.connect(self._look_at)

    @property
    def seconds(self) -> float:
        """How long a search takes."""
        return self.choice.seconds

    @seconds.setter
    def seconds(self, seconds: float) -> None:
        self._ask(replace(self.choice, seconds=seconds))

    # -- what is asked ---------------------------------------------------------------------------

    def optimise_panel(self) -> None:
        """Show or hide the panel; the keyboard goes there."""
        window = self._place.window
        window.show_optimise(on=not window.optimise_dock.isVisible())
        if window.optimise_dock.isVisible():
            self._place.panes.optimise.profile.setFocus()

    async def recall(self) -> None:
        """What this user asked for the last time; limits only on the same day."""
        services = self._place.station.services
        found = await services.lanes.run(
            Lane.SQL, partial(services.preferences.get, services.actor)
        )
        choice = Choice(seconds=self._usual)
        if KEPT in found:
            choice = remembered(found[KEPT], self._day())
        self._ask(choice)

    def _day(self) -> date:
        return self._place.station.service_day.day

    def _ask(self, choice: Choice) -> None:
        self.choice = choice
        self._place.panes.optimise.show_choice(choice, self._place.station.picture.currency)

    def _chosen(self, choice: Choice) -> None:
        self.choice = choice
        services = self._place.station.services
        values = {KEPT: kept(choice, self._day())}
        put = partial(services.preferences.put, services.actor, values)
        self._place.conductor.spawn(services.lanes.run(Lane.SQL, put))

    # -- the search ------------------------------------------------------------------------------

    def optimise(self) -> None:
        """Search for a better plan; the window stays usable."""
        if self._idle.is_set():
            self._idle.clear()
            self._place.conductor.spawn(self.search())

    def stop(self) -> None:
        """End the search, keep the best so far."""
        if self._place.run is not None:
            self._place.run.stop()

    async def halt(self) -> None:
        """End the search and wait until it is over; a first plan is taken over, no other."""
        self._halting = True
        self.stop()
        try:
            await self._idle.wait()
        finally:
            self._halting = False
        self.close_proposal()
        self.last = None

    async def search(self) -> None:
        """One search at a time: a first plan is adopted at once, a later one is a proposal."""
        self._idle.clear()
        try:
            await self._search()
        finally:
            self._idle.set()

    async def _search(self) -> None:
        place = self._place
        self.close_proposal()
        await place.station.save()
        await open_usual_shifts(place.station)
        routes = self.picked_routes()
        if self.choice.selected and not routes:
            place.conductor.tell(Notice(_NOTHING_SELECTED, Tone.WARN))
            return
        choice = self.choice
        self._seconds, self._weights = choice.seconds, choice.objective
        await self._warn_of_hopeless()
        if any(route.stops for route in place.station.picture.plan.routes.values()):
            place.window.watch()
        found = await self._watched(
            tr("Optimising…"),
            lambda told: search(place.station, choice.terms(routes), told=told, begun=self._begun),
        )
        await self._take(found)

    async def _warn_of_hopeless(self) -> None:
        """Name what no search can place; the list of unassigned stops says why."""
        station = self._place.station
        known = await hopeless(station)
        if known:
            stops = station.picture.plan.stops
            orders = [order.id for stop in known for order in stops[stop].orders]
            some = ", ".join(orders[:3]) + ("…" if len(orders) > 3 else "")
            fit = tr("order fits") if len(orders) == 1 else tr("orders fit")
            text = tr(
                "{orders} {fit} nowhere today: {some}", orders=len(orders), fit=fit, some=some
            )
            self._place.conductor.tell(Notice(text, Tone.WARN))

    async def _take(self, proposal: Proposal) -> None:
        """Adopt a first plan, show any other."""
        if proposal.is_empty:
            found = tr("No plan") if proposal.is_first else tr("Nothing better")
            self._tell(
                tr(
                    "{found} was found in {seconds} s",
                    found=found,
                    seconds=number(proposal.seconds),
                ),
                Tone.INFO,
                proposal,
            )
        elif proposal.is_first:
            await self._adopt_first(proposal)
        elif not self._halting:
            self.open_proposal(proposal)

    async def _adopt_first(self, proposal: Proposal) -> None:
        """Where the plan moved during the search, a short search from the present plan follows."""
        for _ in range(_REPAIRS + 1):
            again = await adopt(self._place.station, proposal, begun=self._begun)
            self._place.run = None
            if again is None:
                break
            proposal = again
        else:
            raise Rejected("changed_since")
        totals = self._place.station.picture.totals
        text = tr("{served} of {orders} orders served", served=totals.served, orders=totals.orders)
        if proposal.repaired:
            text += tr("; the plan had changed meanwhile and was kept")
        self._tell(text, Tone.WARN if totals.unassigned else Tone.GOOD, proposal, undo=True)

    async def _watched[T](self, words: str, begin: Begin[T]) -> T:
        """A search as a job with progress."""
        place, loop = self._place, asyncio.get_running_loop()
        mine = self._bests = list[Best]()
        self._show(words, 0.0)

        def improved(progress: Progress) -> None:
            if self._bests is mine:  # what comes late belongs to no search
                mine.append(Best(progress.seconds, progress.cost, progress.served))
                self._show(words, progress.seconds)

        def told(progress: Progress) -> None:
            loop.call_soon_threadsafe(improved, progress)

        ticking = asyncio.ensure_future(self._tick(words, loop.time()))
        try:
            return await begin(told)
        finally:
            ticking.cancel()
            self._bests = []
            place.run = None
            place.show_job(place.jobs[JOB].ended())

    def _begun(self, run: Run) -> None:
        self._place.run = run
        if self._halting:
            run.stop()

    async def _tick(self, words: str, begun: float) -> None:
        while True:
            await asyncio.sleep(_TICK)
            self._show(words, asyncio.get_running_loop().time() - begun)

    def _show(self, words: str, seconds: float) -> None:
        picture = self._place.station.picture
        orders, best = picture.totals.orders, self._bests[-1] if self._bests else None
        least = picture.totals.served
        if best is not None and best.served >= least:
            cost = cost_of(best.cost, picture.currency)
            words = tr(
                "{rstrip} · {served} of {orders} served · {cost}",
                rstrip=words.rstrip("…"),
                served=best.served,
                orders=orders,
                cost=cost,
            )
        share = min(1.0, seconds / max(self._seconds, 0.1))
        served = best.served if best else 0
        job = Job(JOB, words, share, served=served, orders=orders, seconds=seconds)
        present = weighed_cost(picture, self._weights) if picture.schedules else None
        self._place.show_job(replace(job, bests=tuple(self._bests), present=present, least=least))

    def picked_routes(self) -> tuple[RouteId, ...]:
        """The routes that are meant: the lit one and those of the picked stops."""
        place = self._place
        lit = place.route()
        found = [lit, *(stop.route for stop in place.picked())]
        return tuple(dict.fromkeys(route for route in found if route is not None))

    @property
    def is_idle(self) -> bool:
        """True while no search is under way and nothing is being adopted."""
        return self._idle.is_set()

    async def aside[T](
        self, words: str, terms: Terms, begin: BeginAside[T], *, keeps: bool = False
    ) -> T:
        """A search whose outcome is not proposed; ``keeps`` the proposal that is open meanwhile."""
        self._idle.clear()
        try:
            if not keeps:
                self.close_proposal()
            await self._place.station.save()
            self._seconds, self._weights = terms.seconds, terms.objective
            return await self._watched(words, lambda told: begin(told=told, begun=self._begun))
        finally:
            self._idle.set()

    # -- the proposal ----------------------------------------------------------------------------

    def open_proposal(self, proposal: Proposal) -> None:
        """Show it beside the present plan."""
        place = self._place
        self.proposal = proposal
        self.last = proposal if proposal.kept is None else None
        place.panes.proposal.show_proposal(proposal)
        self.plan_moved()
        place.window.show_proposal(on=True)
        place.cartographer.show_proposal(proposal)
        self._changed()

    def close_proposal(self) -> None:
        """Back to the present plan alone."""
        closed, self.proposal = self.proposal, None
        if closed is not None:
            self._place.window.show_proposal(on=False)
            self._place.cartographer.show_proposal(None)
            self._changed()
            self.closed(closed)

    def plan_moved(self) -> None:
        """The plan changed while a proposal is open: say so where it matters."""
        if self.proposal is not None:
            plan = self._place.station.workday.desk.plan
            outdated = self.proposal.is_outdated(plan)
            self._place.panes.proposal.mark_outdated(outdated=outdated)

    def adopt_proposal(self) -> None:
        """Make the proposal the plan."""
        if self.proposal is not None and self._idle.is_set():
            self._idle.clear()
            self._place.conductor.spawn(self._adopt(self.proposal))

    async def adopt_kept(self, proposal: Proposal) -> None:
        """Make a scenario the plan without looking at it first."""
        if self._idle.is_set():
            self._idle.clear()
            await self._adopt(proposal)

    async def _adopt(self, proposal: Proposal) -> None:
        try:
            await self._adopted(proposal)
        finally:
            self._idle.set()

    async def _adopted(self, proposal: Proposal) -> None:
        station = self._place.station
        await station.save()
        outdated = proposal.is_outdated(station.workday.desk.plan)
        if outdated:
            self._place.panes.proposal.banner.say(tr("The plan has changed: searching anew…"))
            again = await self._watched(
                tr("The plan has changed: searching anew…"),
                lambda told: adopt(station, proposal, told=told, begun=self._begun),
            )
        else:
            again = await adopt(station, proposal, begun=self._begun)
        if again is None:
            self.close_proposal()
            self.last = None
            self._tell(_adopted(proposal), Tone.GOOD, proposal, undo=True)
        elif again.is_empty:
            self.close_proposal()
            self.last = None
            self._tell(tr("After the last changes nothing better is left"), Tone.INFO, again)
        else:
            self.open_proposal(again)
            self._tell(tr("The plan had changed: this proposal is made anew"), Tone.WARN, again)

    def discard_proposal(self) -> None:
        """Let the proposal go; it can be shown again."""
        if self.proposal is not None and self._idle.is_set():
            is_kept = self.proposal.kept is not None
            self.close_proposal()
            if not is_kept:
                self._place.conductor.tell(
                    Notice(
                        tr("Proposal discarded"), deed="show_proposal", deed_label=tr("Show again")
                    )
                )

    def show_proposal(self) -> None:
        """The last proposal once more."""
        if self.last is not None and self.proposal is None and self._idle.is_set():
            self.open_proposal(self.last)

    def next_side(self) -> None:
        """On the map the present plan, both, or the proposal; one after the other."""
        self._place.cartographer.next_side()

    def _look_at(self, stop: str) -> None:
        plan = self._place.station.picture.plan
        found = next((s for s in plan.stops.values() if s.id == stop), None)
        if found is not None:
            self._place.selection.pick([found.id], found.route)
            self._place.panes.map_view.centre_on(found.id)

    def _changed(self) -> None:
        self._place.signals.jobChanged.emit(Job("proposal", "", running=False))

    def _tell(self, text: str, tone: Tone, proposal: Proposal, *, undo: bool = False) -> None:
        deed, label = ("undo", tr("Undo")) if undo else ("", "")
        self._place.conductor.tell(Notice(text, tone, " ".join(proposal.failures), deed, label))


def _adopted(proposal: Proposal) -> str:
    what = f"{scenario_name(proposal.kept)}: " if proposal.kept is not None else ""
    said = tr("Adopted: {what}{sentence}", what=what, sentence=proposal.comparison.sentence)
    handed = len(proposal.command.opened)
    if handed:
        said += trn("; {n} route handed out again", "; {n} routes handed out again", handed)
    names = ", ".join(proposal.unreleased)
    return said + tr("; not released yet: {names}", names=names) if names else said
