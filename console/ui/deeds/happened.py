"""Deeds of the day under way: something happened, and the plan answers it with a proposal."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from console.dispatch.disruptions import (
    aboard,
    answered,
    best_places,
    broken_down,
    check,
    later,
    likely_places,
    may_be_late,
    put_in,
)
from console.dispatch.dropping import careful, dealing
from console.dispatch.picture import DropPreview, Picture
from console.dispatch.proposals import Proposal, at_once
from console.dispatch.tracking import Seen
from console.domain.places import PlaceId
from console.domain.plan import Plan, RouteId, StopId
from console.planning.run import Terms
from console.tongues import tr, trn
from console.ui.asking import ask
from console.ui.deeds.optimise import OptimiseDeeds
from console.ui.deeds.orders import OrderDeeds, subject_text
from console.ui.dialogs.happened import HappenedDialog, Happening, PlacesDialog, Whom
from console.ui.labels import delta_text, route_label
from console.ui.workplace import Workplace

SECONDS = 4.0
"""Of search after the first answer, where less was not asked for."""


class HappenedDeeds:
    """One method a deed; what is found is a proposal like any other."""

    def __init__(
        self,
        place: Workplace,
        optimiser: OptimiseDeeds,
        orders: OrderDeeds,
        seen: Callable[[RouteId], Seen | None],
    ) -> None:
        self._place, self._optimiser, self._orders = place, optimiser, orders
        self._seen = seen

    def optimise(self) -> None:
        """Search; where the open proposal answers what happened, for another answer to that."""
        open_one = self._optimiser.proposal
        if open_one is None or not open_one.terms.answers:
            self._optimiser.optimise()
        elif self._optimiser.is_idle:
            choice = self._optimiser.choice
            again = replace(open_one.terms, seconds=choice.seconds, objective=choice.objective)
            self._place.conductor.spawn(self._answer(tr("Searching again…"), again))

    def driver_out(self) -> None:
        """Deal what this driver has not served to the others, as a proposal."""
        route = self._place.route()
        if route is not None and self._optimiser.is_idle:
            self._place.conductor.spawn(self._out(route))

    def happened(self) -> None:
        """Ask what happened, then propose what to do."""
        if self._optimiser.is_idle:
            self._place.conductor.spawn(self._ask())

    async def _ask(self) -> None:
        place = self._place
        drivers = self._drivers()
        dialog = HappenedDialog(drivers, place.route(), place.theme, place.window)
        if not await ask(dialog, keep=True):
            return
        kind, route = dialog.kind, dialog.route
        if kind is Happening.ORDER:
            await self._urgent()
        elif kind is Happening.DEPOT:
            routes = may_be_late(place.station.picture.plan)
            await self._late(tr("With the depot late…"), routes, dialog)
        elif route is not None and kind is Happening.LATE:
            name = route_label(place.station.picture, route).name
            await self._late(tr("With {name} late…", name=name), [route], dialog)
        elif route is not None and kind is Happening.VEHICLE:
            await self._down(route, dialog.place)
        elif route is not None:
            await self._out(route)
        dialog.deleteLater()

    def _drivers(self) -> list[Whom]:
        station = self._place.station
        picture = station.picture
        waiting = set(may_be_late(picture.plan))
        return [
            Whom(
                route.id,
                route_label(picture, route.id).name,
                _places(picture, route.id, self._seen(route.id)),
                len(aboard(picture.plan, station.workday.matrix, route.id)),
                route.id in waiting,
            )
            for route in picture.plan.routes.values()
            if route.stops and not route.off and not route.locked
        ]

    # -- kinds -------------------------------------------------------------------------------------

    async def _out(self, route: RouteId) -> None:
        choice = self._optimiser.choice
        terms = dealing(route, choice.seconds, choice.objective, choice.terms().budget)
        await self._answer(self._without(route), terms)

    async def _down(self, route: RouteId, place: PlaceId) -> None:
        terms = await broken_down(self._place.station, route, place, self._terms())
        await self._answer(self._without(route), terms)

    async def _late(self, words: str, routes: list[RouteId], dialog: HappenedDialog) -> None:
        station = self._place.station
        found = later(station.picture.plan, routes, dialog.late, station.now())
        await self._answer(words, replace(careful(self._terms()), trouble=found))

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
            await self._answer(tr("Planning around the new order…"), careful(self._terms()))
        else:
            command = put_in(place.station.picture.plan, stop.id, places[dialog.chosen])
            place.conductor.submit(command, base)
        dialog.deleteLater()

    # -- the answer --------------------------------------------------------------------------------

    def _terms(self) -> Terms:
        choice = self._optimiser.choice
        asked = choice.terms()
        return Terms(min(choice.seconds, SECONDS), objective=choice.objective, budget=asked.budget)

    def _without(self, route: RouteId) -> str:
        return tr("Without {name}…", name=route_label(self._place.station.picture, route).name)

    async def _answer(self, words: str, terms: Terms) -> None:
        """Insertion at once, to look at; then a better one, where the search finds it."""
        station, optimiser = self._place.station, self._optimiser
        workday = station.workday
        check(station, terms)
        await station.save()
        first = await at_once(station, terms)
        if station.workday is not workday or not optimiser.is_idle:
            return
        optimiser.open_proposal(first)
        found = await optimiser.aside(words, terms, partial(answered, station, terms), keeps=True)
        if station.workday is workday:
            optimiser.open_proposal(_better(first, found))


def _better(first: Proposal, found: Proposal) -> Proposal:
    """The second, unless a short search came to less than insertion."""
    one, other = first.comparison.after, found.comparison.after
    is_less = (one.unassigned, one.cost + one.penalty) < (
        other.unassigned,
        other.cost + other.penalty,
    )
    moved = found.base.version != first.base.version
    return first if is_less and not moved else found


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
