"""Deeds on what a customer wants otherwise: changed, priced, adopted with its answer."""

from dataclasses import replace

from console import wording
from console.dispatch.amending import Changed, changed, check_open, done_by, moving, staying
from console.dispatch.dropping import careful
from console.dispatch.picture import DropPreview, Picture
from console.dispatch.rewriting import submit_with
from console.domain.errors import Rejected
from console.domain.orders import Order, OrderEntry, OrderId
from console.domain.plan import Stop, StopId
from console.tongues import tr, trn
from console.ui.asking import ask
from console.ui.deeds.answering import Answering
from console.ui.deeds.orders import OrderDeeds, subject_text
from console.ui.dialogs.happened import ChangeDialog
from console.ui.dialogs.happened_forms import Known
from console.ui.labels import delta_text, late_text, route_label
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace


class CustomerDeeds:
    """One order at a time."""

    def __init__(self, place: Workplace, answering: Answering, orders: OrderDeeds) -> None:
        self._place, self._answering, self._orders = place, answering, orders

    async def change(self, order: OrderId) -> None:
        """Ask what is different, show what it costs and who makes it, do what is chosen."""
        place, station = self._place, self._place.station
        typed = await self._asked(order)
        if typed is None:
            return
        base = station.picture.plan.version
        wanted = await changed(station, typed)
        ways = ways_of(place, wanted)
        dialog = ChangeDialog(
            tr("{order}: what the change costs", order=order),
            [told_change(station.picture, wanted, each) for each in ways],
            place.theme,
            place.window,
        )
        if wanted.held_by is not None:
            name = route_label(station.picture, wanted.held_by).name
            dialog.say(tr("Its goods are on {name}'s vehicle and stay there.", name=name))
        if not await ask(dialog, keep=True):
            return
        if dialog.is_anew:
            await self._plan_around(wanted)
        else:
            command = done_by(station.picture.plan, wanted, ways[dialog.chosen])
            await submit_with(station, command, wanted.rewrite, base)
            place.selection.pick([wanted.stop], ways[dialog.chosen].route)
            told = tr("{order} is changed.", order=order)
            notice = Notice(told, Tone.GOOD, deed="undo", deed_label=tr("Undo"))
            place.conductor.tell(notice)
        dialog.deleteLater()

    async def _asked(self, order: OrderId) -> OrderEntry | None:
        """As it is wanted now; where that comes too late it is said before anybody types."""
        plan = self._place.station.picture.plan
        stop = plan.stop_of_order(order)
        if stop is not None:
            check_open(plan, stop)
        entry = await self._orders.entry_of(order)
        return None if entry is None else await self._orders.asked(entry)

    async def _plan_around(self, wanted: Changed) -> None:
        terms = replace(careful(self._answering.terms()), trouble=wanted.trouble)
        words = tr("Planning around the change…")
        await self._answering.answer(words, terms, wanted.rewrite)


def ways_of(place: Workplace, wanted: Changed) -> list[DropPreview]:
    """Where it is first, then the best other places."""
    stays = staying(place.station, wanted)
    return [*([stays] if stays else []), *moving(place.station, wanted)]


def planned_orders(picture: Picture) -> list[Known]:
    """Every order that has a driver, those that may still be changed first."""
    found = [
        _known(picture, stop, order)
        for route in picture.plan.routes
        for stop in picture.plan.stops_of(route)
        for order in stop.orders
    ]
    return sorted(found, key=lambda each: bool(each.problem))


def _known(picture: Picture, stop: Stop, order: Order) -> Known:
    name = route_label(picture, stop.route).name if stop.route else ""
    text = " · ".join(part for part in (order.id, subject_text(picture, stop.id), name) if part)
    try:
        check_open(picture.plan, stop)
    except Rejected as verdict:
        return Known(order.id, text, wording.reason(verdict.reason, verdict.details))
    return Known(order.id, text)


def told_change(picture: Picture, wanted: Changed, there: DropPreview) -> str:
    """``Stays with Ida · +6 min · +€ 2.10 · arrives 10:42, in time``."""
    name = route_label(picture, there.route).name
    stop = picture.plan.stops.get(wanted.stop)
    parts = [
        _where(picture, name, there, is_hers=stop is not None and stop.route == there.route),
        delta_text(there.seconds, there.cost, picture.currency),
        *_when(picture, wanted.stop, there),
    ]
    return " · ".join(parts)


def _where(picture: Picture, name: str, there: DropPreview, *, is_hers: bool) -> str:
    if there.after is None:
        said = tr("first") if not is_hers else tr("first of all")
    else:
        said = tr("after {where}", where=subject_text(picture, there.after))
    return (
        tr("Stays with {name}, {said}", name=name, said=said)
        if is_hers
        else tr("To {name}, {said}", name=name, said=said)
    )


def _when(picture: Picture, stop: StopId, there: DropPreview) -> list[str]:
    visits = there.schedule.visits if there.schedule else ()
    visit = next((each for each in visits if each.stop == stop), None)
    if visit is None:
        return []
    late = visit.lateness + visit.soft_lateness
    arrives = tr("arrives {time}", time=picture.clock(visit.arrival))
    said = [
        tr("{arrives}, {late} late", arrives=arrives, late=late_text(late))
        if late
        else tr("{arrives}, in time", arrives=arrives)
    ]
    others = there.late_stops - bool(visit.lateness)
    if others > 0:
        said.append(trn("{n} other stop late", "{n} other stops late", others))
    elif there.harm is not None and not late:
        said.append(tr("breaks a rule"))
    return said
