"""Deeds on orders and stops: add, edit, cancel, exceptions, search, selection."""

from collections.abc import Awaitable, Callable
from functools import partial

from PySide6.QtCore import QTimer

from console.dispatch.depotrules import rules_of
from console.dispatch.exceptions import exceptions, links_of, log
from console.dispatch.lanes import Lane
from console.dispatch.orderwork import cancel_orders, put_order
from console.dispatch.picture import Picture
from console.dispatch.station import Station
from console.domain.orders import OrderEntry, OrderId
from console.domain.plan import RouteId, Stop, StopId
from console.tongues import tr, trn
from console.ui.asking import ask
from console.ui.deeds.photos import read_photos
from console.ui.dialogs.confirm import ConfirmDialog
from console.ui.dialogs.exception import ExceptionDialog
from console.ui.dialogs.order_form import OrderForm
from console.ui.labels import route_label
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace

MINUTE_MS = 60_000


class OrderDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self.change_released: Callable[[OrderId], Awaitable[None]] | None = None
        self._found: list[StopId] = []
        self._at = -1
        self._minute = QTimer(place.panes.exceptions)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self._minute_passed)

    def add_order(self) -> None:
        """A new order by hand."""
        self._place.conductor.spawn(self.order_form(None))

    def edit_order(self) -> None:
        """Change the first order of the picked stop."""
        stop = next(iter(self._place.picked()), None)
        if stop is not None:
            self._place.conductor.spawn(self._edit(stop))

    async def _edit(self, stop: Stop) -> None:
        """What is with its driver changes as a customer's wish does: priced, then handed out."""
        route, order = stop.route, stop.orders[0].id
        is_out = route is not None and self._place.station.picture.plan.routes[route].released
        if is_out and self.change_released is not None:
            await self.change_released(order)
            return
        known = await self.entry_of(order)
        if known is not None:
            await self.order_form(known)

    async def entry_of(self, order: OrderId) -> OrderEntry | None:
        """What the register says of an order; None, said aloud, where it was erased."""
        services = self._place.station.services
        known = await services.lanes.run(Lane.SQL, partial(services.orders.get, [order]))
        if order not in known:
            text = tr("The personal data of this order was erased; it cannot be edited.")
            self._place.conductor.tell(Notice(text, Tone.WARN))
        return known.get(order)

    async def order_form(self, entry: OrderEntry | None, *, urgent: bool = False) -> Stop | None:
        """Ask for an order and take it in; its stop, None where that was called off."""
        place = self._place
        typed = await self.asked(entry, urgent=urgent)
        if typed is None:
            return None
        await put_order(place.station, typed)
        stop = place.station.picture.plan.stop_of_order(typed.id)
        if stop is not None:
            place.selection.pick([stop.id], stop.route)
        return stop

    async def asked(self, entry: OrderEntry | None, *, urgent: bool = False) -> OrderEntry | None:
        """An order as it is typed, not taken in; None where that was called off."""
        place = self._place
        plan = place.station.picture.plan
        skills = sorted({skill for route in plan.routes.values() for skill in route.shift.skills})
        taken = frozenset(order.id for stop in plan.stops.values() for order in stop.orders)
        form = OrderForm(entry, place.theme, skills, place.window, taken=taken)
        if urgent:
            form.make_urgent()
        return form.entry if await ask(form) else None

    def cancel_order(self) -> None:
        """Cancel all orders of the picked stops."""
        stops = self._place.picked()
        if stops:
            self._place.conductor.spawn(self._cancel(stops))

    async def _cancel(self, stops: list[Stop]) -> None:
        orders = [order.id for stop in stops for order in stop.orders]
        shown = ", ".join(orders[:3]) + (
            tr(" and {value} more", value=len(orders) - 3) if len(orders) > 3 else ""
        )
        dialog = ConfirmDialog(
            trn(
                "Cancel {orders} order?", "Cancel {orders} orders?", len(orders), orders=len(orders)
            ),
            tr("{shown} will leave today's plan. Undo brings them back.", shown=shown),
            tr("Cancel orders"),
            self._place.theme,
            self._place.window,
        )
        if await ask(dialog):
            await cancel_orders(self._place.station, orders)

    def log_exception(self) -> None:
        """What went wrong at the picked stop, or on the lit route."""
        stop = next(iter(self._place.picked_ids()), None)
        subject = stop or self._place.route()
        if subject is not None:
            self._place.conductor.spawn(self._log(subject))

    async def _log(self, subject: StopId | RouteId) -> None:
        place = self._place
        types = (await rules_of(place.station)).types
        said = logged_about(place.station, subject)
        dialog = ExceptionDialog(said, place.theme, place.window, types)
        read_photos(place, dialog.photo)
        if await ask(dialog):
            await log(place.station, subject, dialog.told)
            await self.show_exceptions()
            place.conductor.tell(Notice(tr("Exception logged."), Tone.GOOD))

    async def show_exceptions(self) -> None:
        """Fill the exceptions page."""
        lines = await exceptions(self._place.station)
        station = self._place.station
        now = station.services.clock.now()
        levels = (await rules_of(station)).levels
        self._place.panes.exceptions.show_lines(lines, station.picture, now, levels)
        self._minute.start()

    def _minute_passed(self) -> None:
        self._place.panes.exceptions.tick(self._place.station.services.clock.now())

    # -- search ------------------------------------------------------------------------------------

    def look_for(self, text: str) -> None:
        """Type-ahead: pick the first stop that holds every word."""
        words = text.casefold().split()
        model = self._place.panes.orders.model
        picture = self._place.station.picture
        self._at = -1
        self._found = []
        if words:
            phrase = " ".join(words)
            texts = {stop: model.text(stop) for stop in picture.plan.stops}
            found = [stop for stop in texts if all(word in texts[stop] for word in words)]
            self._found = sorted(found, key=lambda stop: phrase not in texts[stop])
            self.next_found()

    def next_found(self) -> None:
        """The next stop that was found, round and round."""
        if not self._found:
            return
        self._at = (self._at + 1) % len(self._found)
        stop = self._place.station.picture.plan.stops.get(self._found[self._at])
        if stop is not None:
            self._place.selection.pick([stop.id], stop.route)
            self._place.panes.map_view.centre_on(stop.id)

    def select_route(self) -> None:
        """Pick all stops of the route that is meant."""
        route = self._place.route()
        if route is not None:
            stops = self._place.station.picture.plan.routes[route].stops
            self._place.selection.pick(stops, route)

    def select_shown(self) -> None:
        """Pick every stop that the filter of the list leaves."""
        stops = self._place.panes.orders.shown_stops()
        self._place.selection.pick(stops, self._place.selection.route)

    def clear_selection(self) -> None:
        """What the map asks for is called off first; else nothing is picked any more."""
        if not self._place.panes.map_view.call_off():
            self._place.selection.clear()


def subject_text(picture: Picture, subject: StopId | RouteId) -> str:
    """What a stop or route is called in a dialog's head."""
    if subject in picture.plan.stops:
        label = picture.labels.get(StopId(subject))
        return f"{label.street}, {label.town}" if label else str(subject)
    return route_label(picture, RouteId(subject)).name


def logged_about(station: Station, subject: StopId | RouteId) -> str:
    """What it is linked to, who logs it and when."""
    picture = station.picture
    links = links_of(picture.plan, subject)
    orders = tr("Orders {orders}", orders=", ".join(links.orders)) if links.orders else ""
    driver = route_label(picture, RouteId(links.route)).name if links.route else ""
    who = f"{station.services.actor}, {picture.clock(station.services.clock.now())}"
    parts = [subject_text(picture, subject), driver, orders, who]
    return " · ".join(dict.fromkeys(part for part in parts if part))
