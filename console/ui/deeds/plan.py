"""Deeds on the plan: optimise, pin, lock, override, unassign, shifts, undo."""

import asyncio
from dataclasses import replace
from functools import partial

from console import wording
from console.dispatch.exceptions import record
from console.dispatch.fleetwork import open_usual_shifts
from console.dispatch.optimising import optimise
from console.domain.commands import (
    AmendShift,
    LockRoutes,
    MoveStops,
    OverrideRule,
    PinStops,
    SwitchDriver,
)
from console.domain.plan import FactKind
from console.domain.violations import Violation
from console.planning.run import Progress, Run, Terms
from console.ui.asking import ask
from console.ui.dialogs.override import OverrideDialog
from console.ui.dialogs.reason import ReasonDialog
from console.ui.dialogs.shift_form import ShiftForm
from console.ui.labels import cost_of, route_label
from console.ui.notices import Job, Notice, Tone
from console.ui.workplace import Workplace

SEARCH_SECONDS = 20.0
_TICK = 0.25


class PlanDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace, seconds: float = SEARCH_SECONDS) -> None:
        self._place = place
        self.seconds = seconds
        self._best: list[tuple[float, float]] = []
        self._idle = asyncio.Event()
        self._idle.set()
        self._halting = False

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
        """End the search and wait until its best plan is taken over."""
        self._halting = True
        self.stop()
        try:
            await self._idle.wait()
        finally:
            self._halting = False

    async def search(self) -> None:
        """One search at a time; a plan is adopted by the day it was made for."""
        self._idle.clear()
        try:
            await self._search()
        finally:
            self._idle.set()

    async def _search(self) -> None:
        """The search as a job with progress."""
        place, loop = self._place, asyncio.get_running_loop()
        await place.station.save()
        await open_usual_shifts(place.station)
        orders = place.station.picture.totals.orders
        job = Job("optimise", "Optimising…", 0.0, orders=orders, seconds=self.seconds)
        self._best = []
        place.show_job(job)

        def told(progress: Progress) -> None:
            loop.call_soon_threadsafe(partial(self._improved, progress))

        ticking = asyncio.ensure_future(self._tick(loop.time()))
        try:
            found = await optimise(place.station, Terms(self.seconds), told=told, begun=self._begun)
        finally:
            ticking.cancel()
            place.run = None
            place.show_job(job.ended())
        totals = place.station.picture.totals
        text = f"{totals.served} of {totals.orders} orders served"
        if found.repaired:
            text += "; the plan had changed meanwhile and was kept"
        tone = Tone.WARN if totals.unassigned else Tone.GOOD
        place.conductor.tell(Notice(text, tone, " ".join(found.failures), "undo", "Undo"))

    def _begun(self, run: Run) -> None:
        self._place.run = run
        if self._halting:
            run.stop()

    def _improved(self, progress: Progress) -> None:
        self._best.append((progress.seconds, progress.cost))
        self._show(progress.seconds, progress.served)

    async def _tick(self, begun: float) -> None:
        while True:
            await asyncio.sleep(_TICK)
            job = self._place.jobs["optimise"]
            self._show(asyncio.get_running_loop().time() - begun, job.served)

    def _show(self, seconds: float, served: int) -> None:
        orders = self._place.station.picture.totals.orders
        text = "Optimising…"
        if self._best:
            cost = cost_of(self._best[-1][1], self._place.station.picture.currency)
            text = f"Optimising · {served} of {orders} served · {cost}"
        share = min(1.0, seconds / max(self.seconds, 0.1))
        job = Job("optimise", text, share, served=served, orders=orders, seconds=seconds)
        self._place.show_job(replace(job, costs=tuple(self._best)))

    # -- the dispatcher's hands ----------------------------------------------------------------

    def pin(self) -> None:
        """Pin the picked stops, or unpin them when all are pinned."""
        stops = self._place.picked()
        assigned = tuple(stop.id for stop in stops if stop.route is not None)
        if not assigned:
            self._tell("Only a stop on a route can be pinned.")
            return
        on = not all(stop.pinned for stop in stops if stop.route is not None)
        self._place.conductor.submit(PinStops(assigned, on))

    def unassign(self) -> None:
        """Take the picked stops off their routes."""
        stops = tuple(stop.id for stop in self._place.picked() if stop.route is not None)
        if stops:
            self._place.conductor.submit(MoveStops(stops, None))

    def lock(self) -> None:
        """Lock the route, or unlock it."""
        route = self._place.route()
        if route is not None:
            locked = self._place.station.picture.plan.routes[route].locked
            self._place.conductor.submit(LockRoutes((route,), not locked))

    def switch_driver(self) -> None:
        """The driver is off today, or on again."""
        route = self._place.route()
        if route is not None:
            off = self._place.station.picture.plan.routes[route].off
            self._place.conductor.submit(SwitchDriver(route, not off))

    def depart(self) -> None:
        """The driver has left: from now on the optimiser leaves this route alone."""
        route = self._place.route()
        if route is not None:
            station = self._place.station
            self._place.conductor.spawn(record(station, FactKind.DEPARTED, route))

    def override(self) -> None:
        """Accept what the picked stop or its route breaks."""
        self._place.conductor.spawn(self._override())

    async def _override(self) -> None:
        place = self._place
        picture, route = place.station.picture, place.route()
        schedule = picture.schedules.get(route) if route else None
        stops = {stop.id for stop in place.picked()}
        found = [
            v
            for v in (schedule.violations if schedule else ())
            if v.rule.is_hard and (v.stop is None or not stops or v.stop in stops)
        ]
        if not found:
            self._tell("Nothing is broken here.")
            return
        dialog = OverrideDialog(found, picture, place.theme, place.window)
        if await ask(dialog):
            for command in dialog.commands:
                place.conductor.submit(command)

    async def ask_reason(self, harm: Violation) -> str | None:
        """Why a drop is forced."""
        sentence = wording.violation(harm.rule, harm.amount, harm.unit, harm.detail)
        dialog = ReasonDialog(sentence, self._place.theme, self._place.window)
        return dialog.reason if await ask(dialog) else None

    def edit_shift(self) -> None:
        """Another window or capacity for today."""
        self._place.conductor.spawn(self._edit_shift())

    async def _edit_shift(self) -> None:
        place, route = self._place, self._place.route()
        if route is None:
            return
        picture = place.station.picture
        shift = picture.plan.routes[route].shift
        label = route_label(picture, route)
        form = ShiftForm(shift, picture.zone, label, place.theme, place.window)
        if await ask(form) and form.shift != shift:
            place.conductor.submit(AmendShift(route, form.shift))

    def undo(self) -> None:
        """Take back the last step."""
        self._place.conductor.spawn(self._place.station.undo())

    def redo(self) -> None:
        """Take back the last undo."""
        self._place.conductor.spawn(self._place.station.redo())

    def withdraw(self, violation: Violation) -> None:
        """Take an override back."""
        subject = violation.stop or violation.route
        self._place.conductor.submit(OverrideRule(subject, violation.rule, None))

    def _tell(self, text: str) -> None:
        self._place.conductor.tell(Notice(text))
