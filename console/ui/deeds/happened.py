"""Deeds of the day under way: something happened, and the plan answers it with a proposal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

from console.dispatch.disruptions import (
    aboard,
    best_places,
    broken_down,
    has_left,
    held_up,
    later,
    later_stops,
    likely_places,
    may_be_late,
    put_in,
)
from console.dispatch.dropping import careful, dealing
from console.dispatch.picture import DropPreview, Picture
from console.dispatch.points import place_at
from console.dispatch.tracking import Seen
from console.domain.commands import SwitchDriver
from console.domain.commands.trouble import Trouble
from console.domain.places import Coordinate, PlaceId
from console.domain.plan import Plan, RouteId, StopId
from console.tongues import tr, trn
from console.ui.asking import ask
from console.ui.deeds.answering import Answering
from console.ui.deeds.customer import CustomerDeeds, planned_orders
from console.ui.deeds.mapasking import MapAsking
from console.ui.deeds.optimise import OptimiseDeeds
from console.ui.deeds.orders import OrderDeeds, subject_text
from console.ui.deeds.road import RoadDeeds
from console.ui.dialogs.happened import HappenedDialog, Happening, PlacesDialog, Scene
from console.ui.dialogs.happened_forms import OnMap, Where, Whom
from console.ui.labels import delta_text, late_text, route_label
from console.ui.notices import Notice, Tone
from console.ui.underway import Underway
from console.ui.workplace import Workplace

_NAMED = 4
"""Stops that get late and are named in one notice."""
_AHEAD = timedelta(hours=2)
"""How long a road is thought to be closed."""


class HappenedDeeds:
    """One method a deed; what is found is a proposal like any other."""

    def __init__(
        self,
        place: Workplace,
        optimiser: OptimiseDeeds,
        orders: OrderDeeds,
        seen: Callable[[RouteId], Seen | None],
        underway: Underway,
    ) -> None:
        self._place, self._optimiser, self._orders = place, optimiser, orders
        self._seen = seen
        self._answering = Answering(place, optimiser)
        self._customer = CustomerDeeds(place, self._answering, orders)
        orders.change_released = self._customer.change
        self._map = MapAsking(place)
        self._road = RoadDeeds(place, self._answering, self._map, underway)

    def optimise(self) -> None:
        """Search; where the open proposal answers what happened, for another answer to that."""
        open_one = self._optimiser.proposal
        if open_one is None or not open_one.terms.answers:
            self._optimiser.optimise()
        else:
            self._answering.again()

    def driver_out(self) -> None:
        """Deal what this driver has not served to the others, as a proposal."""
        route = self._place.route()
        if route is not None and self._optimiser.is_idle:
            self._place.conductor.spawn(self._out(route))

    async def absent(self, route: RouteId) -> None:
        """A driver is away all day: switched off where nothing is to be done, else dealt out."""
        plan = self._place.station.picture.plan
        if any(stop.is_open for stop in plan.stops_of(route)):
            if self._optimiser.is_idle:
                await self._out(route)
        else:
            self._place.conductor.submit(SwitchDriver(route))

    def happened(self) -> None:
        """Ask what happened, then propose what to do; what is asked on the map is called off."""
        self._map.call_off()
        if self._optimiser.is_idle:
            self._place.conductor.spawn(self._ask())

    async def _ask(self) -> None:
        place = self._place
        dialog = HappenedDialog(self._scene(), place.theme, place.window)
        if await ask(dialog, keep=True):
            await self._told(dialog)
            dialog.deleteLater()

    async def _told(self, dialog: HappenedDialog) -> None:
        kind, route = dialog.kind, dialog.route
        if kind is Happening.ORDER:
            await self._urgent()
        elif kind is Happening.CUSTOMER and dialog.order is not None:
            await self._customer.change(dialog.order)
        elif kind is Happening.DEPOT:
            routes = may_be_late(self._place.station.picture.plan)
            await self._late(tr("With the depot late…"), routes, dialog.late)
        elif kind is Happening.ROAD:
            await self._road.close(dialog.road)
        elif route is not None:
            await self._befell(kind, route, dialog)

    async def _befell(self, kind: Happening, route: RouteId, dialog: HappenedDialog) -> None:
        """It happened to one driver."""
        plan = self._place.station.picture.plan
        words = tr("With {name} late…", name=self._name(route))
        if kind is Happening.OUT:
            await self._out(route)
        elif kind is Happening.VEHICLE and dialog.place is not None:
            await self._down(route, dialog.place)
        elif kind is Happening.LATE and has_left(plan, plan.routes[route]):
            await self._held_up(words, route, dialog.late)
        elif kind is Happening.LATE:
            await self._late(words, [route], dialog.late)

    # -- what is asked -----------------------------------------------------------------------------

    def _scene(self) -> Scene:
        place, station = self._place, self._place.station
        picked = next(iter(place.picked()), None)
        now = station.now()
        until = time(12)
        if now is not None:
            at = now.astimezone(station.service_day.zone) + _AHEAD
            is_today = at.date() == station.service_day.day
            until = at.time().replace(minute=0, second=0, microsecond=0) if is_today else time()
        return Scene(
            self._drivers(),
            place.route(),
            planned_orders(station.picture),
            picked.orders[0].id if picked else None,
            until,
        )

    def _drivers(self) -> list[Whom]:
        station = self._place.station
        picture = station.picture
        plan, waiting = picture.plan, set(may_be_late(picture.plan))
        return [
            Whom(
                route.id,
                self._name(route.id),
                _places(picture, route.id, self._seen(route.id)),
                len(aboard(plan, station.workday.matrix, route.id)),
                waits=route.id in waiting,
                ahead=len(route.stops) - len(plan.behind(route.id)),
                seen=self._last_position(route.id),
            )
            for route in plan.routes.values()
            if route.stops and not route.off and not route.locked
        ]

    def _last_position(self, route: RouteId) -> tuple[Coordinate, str] | None:
        seen = self._seen(route)
        if seen is None:
            return None
        at = self._place.station.picture.clock(seen.at)
        return seen.point, tr("Its last position, at {time}", time=at)

    def _name(self, route: RouteId) -> str:
        return route_label(self._place.station.picture, route).name

    # -- kinds -------------------------------------------------------------------------------------

    async def _out(self, route: RouteId) -> None:
        choice = self._optimiser.choice
        terms = dealing(route, choice.seconds, choice.objective, choice.terms().budget)
        await self._answering.answer(self._without(route), terms)

    async def _down(self, route: RouteId, where: Where) -> None:
        station = self._place.station
        point: Coordinate | None = where if isinstance(where, Coordinate) else None
        if isinstance(where, OnMap):
            prompt = tr("Click where {name}'s vehicle stands", name=self._name(route))
            point = await self._map.point(prompt)
            if point is None:
                return
        place = PlaceId(str(where)) if point is None else await place_at(station, point)
        terms = await broken_down(station, route, place, self._answering.terms())
        await self._answering.answer(self._without(route), terms)

    async def _late(self, words: str, routes: list[RouteId], late: timedelta) -> None:
        station = self._place.station
        found = later(station.picture.plan, routes, late, station.now())
        await self._answer_to(words, found)

    async def _held_up(self, words: str, route: RouteId, late: timedelta) -> None:
        """Which stops get late is said, then a plan that helps them is proposed."""
        station = self._place.station
        before = station.picture
        found = held_up(before, route, late, station.services.clock.now())
        after = station.workday.imaging()(found.befallen(before.plan))
        stops = later_stops(before, after)
        told = f"{self._name(route)}: {_late_stops(before, stops)}"
        self._place.conductor.tell(Notice(told, Tone.WARN if stops else Tone.INFO))
        await self._answer_to(words, found)

    async def _answer_to(self, words: str, trouble: Trouble) -> None:
        terms = replace(careful(self._answering.terms()), trouble=trouble)
        await self._answering.answer(words, terms)

    async def _urgent(self) -> None:
        place = self._place
        stop = await self._orders.order_form(None, urgent=True)
        if stop is None:
            return
        base = place.station.picture.plan.version
        places = best_places(place.station, stop.id)
        said = [_told(place.station.picture, stop.id, each) for each in places]
        dialog = PlacesDialog(
            tr("Where does {what} go?", what=subject_text(place.station.picture, stop.id)),
            said,
            place.theme,
            place.window,
        )
        if not await ask(dialog, keep=True):
            return
        if dialog.is_anew:
            terms = careful(self._answering.terms())
            await self._answering.answer(tr("Planning around the new order…"), terms)
        else:
            command = put_in(place.station.picture.plan, stop.id, places[dialog.chosen])
            place.conductor.submit(command, base)
        dialog.deleteLater()

    def _without(self, route: RouteId) -> str:
        return tr("Without {name}…", name=self._name(route))


def _places(picture: Picture, route: RouteId, seen: Seen | None) -> tuple[tuple[PlaceId, str], ...]:
    """Where its vehicle may stand, in words."""
    plan = picture.plan
    return tuple(
        (place, picture.depot_name or tr("Depot") if stop is None else _door(picture, plan, stop))
        for place, stop in likely_places(picture, route, seen)
    )


def _door(picture: Picture, plan: Plan, stop: StopId) -> str:
    name = subject_text(picture, stop)
    return name if plan.stops[stop].is_open else tr("{name} (last stop done)", name=name)


def _late_stops(picture: Picture, stops: list[tuple[StopId, timedelta]]) -> str:
    """``2 stops get late: Weg 12 (12 min), Weg 30 (4 min)``."""
    if not stops:
        return tr("No stop gets late by it.")
    named = ", ".join(
        f"{picture.labels[stop].street if stop in picture.labels else stop} ({late_text(late)})"
        for stop, late in stops[:_NAMED]
    )
    more = "…" if len(stops) > _NAMED else ""
    count = len(stops)
    return trn("{n} stop gets late: {named}", "{n} stops get late: {named}", count,
               named=named + more)  # fmt: skip


def _told(picture: Picture, stop: StopId, there: DropPreview) -> str:
    """``Ida, after Weg 12 · +6 min · +€ 2.10 · arrives 10:42``."""
    name = route_label(picture, there.route).name
    where = tr("first") if there.after is None else subject_text(picture, there.after)
    said = (
        tr("{name}, after {where}", name=name, where=where) if there.after else f"{name}, {where}"
    )
    parts = [said, delta_text(there.seconds, there.cost, picture.currency)]
    schedule = there.schedule
    visits = schedule.visits if schedule else ()
    arrival = next((visit.arrival for visit in visits if visit.stop == stop), None)
    if arrival is not None:
        parts.append(tr("arrives {time}", time=picture.clock(arrival)))
    if there.late_stops:
        parts.append(trn("{n} stop late", "{n} stops late", there.late_stops))
    elif there.harm is not None:
        parts.append(tr("breaks a rule"))
    return " · ".join(parts)
