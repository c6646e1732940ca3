"""Deeds by hand without a mouse: send stops to a driver, whole routes, and the palette."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

from console import formats
from console.dispatch.consequences import Consequence, consequence
from console.dispatch.rests import DAILY_REST, ShortRest, short_rests
from console.domain.commands import (
    Command,
    MergeRoutes,
    ReleaseRoutes,
    ReverseRoute,
    SendTail,
    SplitRoute,
    SwapRoutes,
    SwapShifts,
)
from console.domain.plan import RouteId, StopId
from console.tongues import tr
from console.ui.asking import ask
from console.ui.choosing.choice import Choice, matching
from console.ui.choosing.chooser import Chooser
from console.ui.choosing.drivers import driver_choice, judged, ordered, previewed, refused
from console.ui.choosing.finder import DEED, GUIDE, ROUTE, STOP, Finder, stops_on, target
from console.ui.dialogs.confirm import ConfirmDialog
from console.ui.drag import in_plan_order
from console.ui.labels import count_text, route_label
from console.ui.notices import Notice
from console.ui.theme.figures import hours
from console.ui.workplace import Workplace

HINT = tr("Enter takes it · Esc goes back · figures are for the whole day")
_UNTIMED = Consequence(timed=False)
PALETTE_HINT = tr("Type what to do, a driver, an address, an order or a street · Enter")

Judge = Callable[[RouteId], tuple[Choice, float]]
"""A driver's row, and what the change would cost there."""


class HandDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    # -- stops -------------------------------------------------------------------------------------

    def send_stops(self) -> None:
        """Choose the driver for the picked stops; they land where it costs least."""
        picture = self._place.station.picture
        stops = in_plan_order(picture, self._place.picked_ids())
        if not stops:
            self._tell(tr("Pick the stops first."))
            return
        self._place.conductor.spawn(self._send(stops))

    async def _send(self, stops: tuple[StopId, ...]) -> None:
        title = tr("Send {count_text} to", count_text=count_text(len(stops)))
        picture = self._place.conductor.picture
        others = [r for r in picture.plan.routes if not self._has_all(r, stops)]
        chosen = await self._choose(title, others, self._landing_rows(stops))
        if chosen is None:
            return
        conductor, route = self._place.conductor, RouteId(chosen.key)
        preview = conductor.previews(stops, [route]).get(route)
        rest = [s for s in conductor.picture.plan.routes[route].stops if s not in stops]
        after = preview.after if preview else (rest[-1] if rest else None)
        conductor.move(stops, route, after, forced=True)

    def _has_all(self, route: RouteId, stops: Sequence[StopId]) -> bool:
        """Ctrl with the arrows moves them there; sending them would change nothing."""
        plan = self._place.conductor.picture.plan
        return all(plan.stops[stop].route == route for stop in stops)

    def _landing_rows(self, stops: Sequence[StopId]) -> Judge:
        """A driver with the cheapest place there."""
        conductor = self._place.conductor

        def judge(route: RouteId) -> tuple[Choice, float]:
            why = conductor.why_not(stops, route)
            if why:
                return refused(conductor.picture, route, why), 0.0
            found = conductor.previews(stops, [route]).get(route)
            if found is None:
                return judged(conductor.picture, route, _UNTIMED), 0.0
            return previewed(conductor.picture, found), found.cost

        return judge

    # -- whole routes ------------------------------------------------------------------------------

    def reverse_route(self) -> None:
        """Drive the route that is meant the other way round."""
        route = self._place.route()
        if route is not None:
            self._place.conductor.carry_out(ReverseRoute(route))

    def swap_routes(self) -> None:
        """Exchange all open stops with another driver."""
        self._with_other(tr("Swap all stops of {name} with"), SwapRoutes)

    def swap_shifts(self) -> None:
        """Two drivers exchange their day: hours, vehicle and stops."""
        route = self._place.route()
        if route is not None:
            self._place.conductor.spawn(self._swap_shifts(route))

    async def _swap_shifts(self, route: RouteId) -> None:
        """Skills and hours are shown with every driver, rests between days are asked about."""
        place, station = self._place, self._place.station
        name = route_label(station.picture, route).name
        title = tr("Swap the shift of {name} with", name=name)
        other = await self._other(title, route, lambda each: SwapShifts(route, each))
        if other is None:
            return
        short = await short_rests(station, route, other)
        if short:
            dialog = ConfirmDialog(
                tr("Swap all the same?"),
                " ".join(rest_text(each) for each in short),
                tr("Swap shifts"),
                place.theme,
                place.window,
            )
            if not await ask(dialog):
                return
        place.conductor.carry_out(SwapShifts(route, other))

    def merge_routes(self) -> None:
        """Give all open stops to another driver."""
        self._with_other(tr("Give all stops of {name} to"), MergeRoutes)

    def send_tail(self) -> None:
        """From the picked stop on, the rest of the route goes to another driver."""
        self._with_tail(tr("Send the rest, {count} from {street} on, to"), SendTail)

    def split_route(self) -> None:
        """From the picked stop on, the route becomes that of a driver who has nothing yet."""
        self._with_tail(tr("Split off {count} from {street} on, for"), SplitRoute)

    def release_route(self) -> None:
        """Hand the route to its driver, or take it back."""
        route = self._place.route()
        if route is not None:
            released = self._place.station.picture.plan.routes[route].released
            self._place.conductor.submit(ReleaseRoutes((route,), released=not released))

    def _with_other(self, title: str, made: Callable[[RouteId, RouteId], Command]) -> None:
        route = self._place.route()
        if route is None:
            return
        name = route_label(self._place.station.picture, route).name
        work = self._pair(title.format(name=name), route, lambda other: made(route, other))
        self._place.conductor.spawn(work)

    def _with_tail(self, title: str, made: Callable[[RouteId, StopId, RouteId], Command]) -> None:
        picture = self._place.station.picture
        stop = next((s for s in self._place.picked() if s.route and s.is_open), None)
        if stop is None or stop.route is None:
            self._tell(tr("Pick the stop on a route from which on the rest should go."))
            return
        route, first = stop.route, stop.id
        order = picture.plan.routes[route].stops
        label = picture.labels.get(first)
        words = title.format(
            count=count_text(len(order) - order.index(first)),
            street=label.street if label else first,
        )
        work = self._pair(words, route, lambda other: made(route, first, other))
        self._place.conductor.spawn(work)

    async def _pair(self, title: str, route: RouteId, made: Callable[[RouteId], Command]) -> None:
        other = await self._other(title, route, made)
        if other is not None:
            self._place.conductor.carry_out(made(other))

    async def _other(
        self, title: str, route: RouteId, made: Callable[[RouteId], Command]
    ) -> RouteId | None:
        """Another driver, chosen by what the command would do; None where that was called off."""
        workday, picture = self._place.station.workday, self._place.station.picture

        def judge(other: RouteId) -> tuple[Choice, float]:
            found = consequence(workday, made(other))
            return judged(picture, other, found), found.cost

        others = [other for other in picture.plan.routes if other != route]
        chosen = await self._choose(title, others, judge)
        return RouteId(chosen.key) if chosen is not None else None

    async def _choose(self, title: str, routes: Sequence[RouteId], judge: Judge) -> Choice | None:
        """The drivers at once, the figures as soon as they are found; the window stays alive."""
        place = self._place
        picture = place.station.picture
        rows = [driver_choice(picture, route) for route in routes]
        shown = list(rows)
        dialog = Chooser(title, lambda typed: matching(typed, shown), place.theme, place.window)
        dialog.hint_at(HINT)

        async def fill() -> None:
            found: list[tuple[Choice, float]] = []
            for route in routes:
                found.append(judge(route))
                await asyncio.sleep(0)
            shown[:] = ordered(found)
            dialog.start_over()

        filling = asyncio.ensure_future(fill())
        try:
            return dialog.chosen if await ask(dialog) else None
        finally:
            filling.cancel()

    # -- the palette -------------------------------------------------------------------------------

    def palette(self) -> None:
        """Find anything by typing and go there, or do it."""
        self._place.conductor.spawn(self._palette())

    async def _palette(self) -> None:
        place = self._place
        finder = Finder(place.actions, place.station.picture)
        dialog = Chooser(tr("Do or find"), finder, place.theme, place.window)
        dialog.hint_at(PALETTE_HINT)
        if await ask(dialog) and dialog.chosen is not None:
            self.go_to(dialog.chosen)

    def go_to(self, choice: Choice) -> None:
        """Do a deed, light a driver, or pick stops and show them."""
        kind, key = target(choice)
        place = self._place
        picture = place.station.picture
        if kind == DEED:
            place.conductor.act(key)
        elif kind == GUIDE:
            place.signals.guideAsked.emit(key)
        elif kind == ROUTE:
            place.selection.pick((), RouteId(key))
            place.panes.map_view.fit([key])
        else:
            stops = (StopId(key),) if kind == STOP else stops_on(picture, key)
            known = [stop for stop in stops if stop in picture.plan.stops]
            if known:
                place.selection.pick(known, picture.plan.stops[known[0]].route)
                place.panes.map_view.fit(known)

    def _tell(self, text: str) -> None:
        self._place.conductor.tell(Notice(text))


def rest_text(short: ShortRest) -> str:
    """A sentence such as "Ida rests only 8:30 before the shift of 24 Nov; 11:00 are due"."""
    values = {
        "name": short.name,
        "rest": hours(max(short.rest, timedelta())),
        "day": formats.day(short.day, year=False),
        "due": hours(DAILY_REST),
    }
    if short.is_before:
        return tr("{name} rests only {rest} after the shift of {day}; {due} are due.", **values)
    return tr("{name} rests only {rest} before the shift of {day}; {due} are due.", **values)
