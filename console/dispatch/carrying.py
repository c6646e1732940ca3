"""What is put off becomes orders of another day: added there, taken back when that was undone.

The day's own journal says what was put off. The other day follows from it, so that a console that
dies between the two only has to look again (``settle``). Its rows there have an origin of their
own: nobody's undo takes them back by accident.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from console.dispatch.desk import Desk
from console.dispatch.importing import ServiceDay, add_orders
from console.dispatch.lanes import Lane
from console.dispatch.orderwork import impersonal
from console.dispatch.saving import Saving, opened
from console.dispatch.services import Services
from console.dispatch.station import Station, stream_of
from console.domain.commands import CancelOrders, OpenDay, ResolveExceptions
from console.domain.errors import ConsoleError, Rejected
from console.domain.orders import OrderEntry, OrderId
from console.domain.plan import Day
from console.domain.sealing import seal_of
from console.tongues import tr

_ATTEMPT = re.compile(r"^(.*)~(\d+)$", re.DOTALL)
_MOST_ATTEMPTS = 50  # numbers that are looked through for a free one
CARRIES = "+carry"
"""Behind the console's id, in the rows of days on which something was put off."""


def attempt_of(order: OrderId) -> tuple[OrderId, int]:
    """The first order behind an attempt, and which attempt it is, from 1."""
    found = _ATTEMPT.match(order)
    return (OrderId(found[1]), int(found[2])) if found else (order, 1)


async def next_attempts(services: Services, orders: Sequence[OrderId]) -> dict[OrderId, OrderEntry]:
    """Each order once more under the next free number; orders whose data was erased are missing."""
    made = dict[OrderId, OrderEntry]()
    for order in orders:
        base, number = attempt_of(order)
        names = [OrderId(f"{base}~{number + n}") for n in range(1, _MOST_ATTEMPTS)]
        get = services.orders.get
        known = await services.lanes.run(Lane.SQL, partial(get, [order, *names]))
        free = next((name for name in names if name not in known), None)
        if order in known and free is not None:
            made[order] = replace(known[order], id=free, row=None)
    return made


Days = dict[date, list[OrderId]]


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of it: orders added and taken back, and those that could not be."""

    added: tuple[OrderId, ...] = ()
    taken_back: tuple[OrderId, ...] = ()
    stuck: tuple[OrderId, ...] = ()


async def settle(station: Station) -> Settled:
    """Bring the days on which something was put off in line with the open day; saves first."""
    async with station.carrying:  # two at once would both add the same orders
        return await _settle(station)


class Carrier:
    """Settles when what was put off changed: by a step, an undo, a colleague, another open day."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._seen: tuple[str, Days, Days] | None = None

    async def follow(self) -> Settled:
        """Nothing where all is as it was; tried again next time where it fails."""
        desk = self._station.workday.desk
        present = (desk.stream, *_wishes(desk))
        if present == self._seen:
            return Settled()
        if present[1] or present[2]:
            settled = await settle(self._station)
        else:
            settled = Settled()
        self._seen = present
        return settled


async def _settle(station: Station) -> Settled:
    await station.save()
    wanted, undone = _wishes(station.workday.desk)
    total = Settled()
    for day in sorted({*wanted, *undone}):
        desk = await desk_of(station, day)
        added = await _add(station, desk, day, wanted.get(day, []))
        back, stuck = _take_back(desk, undone.get(day, []))
        await Saving(_carrier(station)).save(desk)
        total = Settled((*total.added, *added), (*total.taken_back, *back), (*total.stuck, *stuck))
    return total


def _wishes(desk: Desk) -> tuple[Days, Days]:
    """Attempts by day that stand, and those of steps that were undone."""
    wanted, undone = Days(), Days()
    for entry in desk.entries:
        if not isinstance(entry.command, ResolveExceptions):
            continue
        for fact in entry.command.facts:
            if fact.case is None or fact.case.day is None or not fact.case.attempts:
                continue
            kept = wanted if fact.id in desk.plan.facts else undone
            kept.setdefault(fact.case.day, []).extend(fact.case.attempts)
    return wanted, undone


def _carrier(station: Station) -> Services:
    own = f"{station.services.origin}{CARRIES}"
    return replace(station.services, origin=own, outbox=None)


async def desk_of(station: Station, day: date) -> Desk:
    """Another day of the depot, ready to take orders; ConsoleError where it is over or closed."""
    depot, present = station.depot, station.workday.desk.plan.day
    if depot is None or present is None:
        raise ConsoleError(tr("No day is open."), remedy=tr("Choose a depot and a day first."))
    desk = await opened(_carrier(station), stream_of(depot.id, day))
    if seal_of(desk.plan.facts) is not None:
        raise ConsoleError(
            tr("{day} is closed and sealed.", day=day), remedy=tr("Choose another day.")
        )
    if desk.plan.day is None:
        desk.submit(OpenDay(Day(depot.id, day, depot.zone, present.region, present.region_hash)))
    return desk


async def _add(station: Station, desk: Desk, day: date, orders: Sequence[OrderId]) -> list[OrderId]:
    present = {order.id for stop in desk.plan.stops.values() for order in stop.orders}
    closed = _closed(desk)
    missing = [order for order in orders if order not in present and order not in closed]
    if not missing:
        return []
    services = station.services
    entries = await services.lanes.run(Lane.SQL, partial(services.orders.get, missing))
    zone = station.service_day.zone
    made = await impersonal(station, list(entries.values()), ServiceDay(day, zone))
    command = add_orders(desk.plan, [made[order] for order in missing if order in made])
    if command is not None:
        desk.submit(command)
    return [order for order in missing if order in made]


def _closed(desk: Desk) -> set[OrderId]:
    """Orders that somebody took out of that day by hand: they do not come back."""
    last = dict[OrderId, str]()
    for entry in desk.entries:
        for delta in entry.patch.stops:
            sides = (side for side in (delta.before, delta.after) if side is not None)
            last |= {order.id: entry.origin for side in sides for order in side.orders}
    return {order for order, origin in last.items() if not origin.endswith(CARRIES)}


def _take_back(desk: Desk, orders: Iterable[OrderId]) -> tuple[list[OrderId], list[OrderId]]:
    """Those that left again, and those that are under way there already."""
    back, stuck = list[OrderId](), list[OrderId]()
    for order in orders:
        if desk.plan.stop_of_order(order) is None:
            continue
        try:
            desk.submit(CancelOrders((order,)))
            back.append(order)
        except Rejected:
            stuck.append(order)
    return back, stuck
