"""Deeds on the plan: pin, lock, override, unassign, shifts, undo."""

from console import wording
from console.dispatch.reporting import record
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
from console.tongues import tr
from console.ui.asking import ask
from console.ui.dialogs.override import OverrideDialog
from console.ui.dialogs.reason import ReasonDialog
from console.ui.dialogs.shift_form import ShiftForm
from console.ui.labels import route_label
from console.ui.notices import Notice
from console.ui.workplace import Workplace


class PlanDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def pin(self) -> None:
        """Pin the picked stops, or unpin them when all are pinned."""
        stops = self._place.picked()
        assigned = tuple(stop.id for stop in stops if stop.route is not None)
        if not assigned:
            self._tell(tr("Only a stop on a route can be pinned."))
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
            self._tell(tr("Nothing is broken here."))
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
