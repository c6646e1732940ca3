"""Customers who are told before their promise breaks: whom, what, and how long before it.

What was told is a step in the journal with the promise and the new times of that moment; who it
went to and the words are rows of registers.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from statistics import median

from console import formats
from console.dispatch.exceptions import attended, noted
from console.dispatch.lanes import Lane
from console.dispatch.picture import Picture
from console.dispatch.ports import Message
from console.dispatch.reporting import retract
from console.dispatch.station import Station
from console.domain.cases import CaseNote, Step
from console.domain.commands import AttendException
from console.domain.errors import ConsoleError
from console.domain.etas import Eta
from console.domain.orders import Order, OrderEntry, OrderId
from console.domain.plan import Fact, FactId, Plan, RouteId, Stop, StopId
from console.domain.reported import reported, standing
from console.tongues import Tongue, tr

Etas = Callable[[RouteId], Mapping[StopId, Eta]]
AHEAD = timedelta(hours=1)
"""Of orders that no driver has: told once their window closes within that."""
_ROUND = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Told:
    """A customer was told at ``at``: between ``low`` and ``high``; None that nobody knows yet."""

    fact: FactId
    stop: StopId
    orders: tuple[OrderId, ...]
    at: datetime
    promised: datetime
    low: datetime | None
    high: datetime | None

    @property
    def lead(self) -> timedelta:
        """From the word to the end of what was promised; negative where it came too late."""
        return self.promised - self.at


@dataclass(frozen=True, slots=True)
class Affected:
    """One customer at one stop whose promise will most likely break.

    ``promised`` is the end of it, the earliest of the ``orders``. ``eta`` is None where no driver
    has the stop. ``told`` is what she heard last.
    """

    stop: StopId
    route: RouteId | None
    orders: tuple[OrderId, ...]
    promised: datetime
    eta: Eta | None
    told: Told | None = None
    recipient: str = ""
    phone: str = ""
    email: str = ""

    @property
    def late(self) -> timedelta | None:
        """By how much, most likely."""
        return self.eta.at - self.promised if self.eta is not None else None

    @property
    def is_worse(self) -> bool:
        """True where she was told, and it comes later than that, or a time is known at last."""
        if self.told is None or self.eta is None:
            return False
        return self.told.high is None or self.eta.at > self.told.high

    @property
    def waits(self) -> bool:
        """True while she has to be told, for the first time or again."""
        return self.told is None or self.is_worse


def promise_of(order: Order) -> datetime | None:
    """When the last of its windows closes, or its deadline before that; None without either."""
    ends = [max(w.latest for w in order.windows)] if order.windows else []
    return min([*ends, *([order.deadline] if order.deadline is not None else [])], default=None)


def affected(picture: Picture, etas: Etas, now: datetime) -> list[Affected]:
    """Every open order whose service will begin after its promise, one row an order."""
    plan = picture.plan
    told = {order: each for each in told_in(plan) for order in each.orders}
    rows = [*_on_the_way(plan, etas), *_with_nobody(plan, now)]
    return [replace(row, told=told.get(row.orders[0])) for row in rows]


def _on_the_way(plan: Plan, etas: Etas) -> Iterator[Affected]:
    for route in plan.routes.values():
        if route.off:
            continue
        for name, eta in etas(route.id).items():
            for order, end in _promises(plan.stops[name]):
                if plan.stops[name].is_open and eta.at > end:
                    yield Affected(name, route.id, (order,), end, eta)


def _with_nobody(plan: Plan, now: datetime) -> Iterator[Affected]:
    for name in plan.unassigned:
        for order, end in _promises(plan.stops[name]):
            if end <= now + AHEAD:
                yield Affected(name, None, (order,), end, None)


def _promises(stop: Stop) -> Iterator[tuple[OrderId, datetime]]:
    for order in stop.orders:
        end = promise_of(order)
        if end is not None:
            yield order.id, end


async def early_list(station: Station, etas: Etas) -> list[Affected]:
    """Whom to tell, each customer once a stop: who waits for a word first, the next promise first.

    Empty for a day that is over.
    """
    if station.is_over():
        return []
    rows = affected(station.picture, etas, station.services.clock.now())
    services = station.services
    ids = [order for row in rows for order in row.orders]
    entries = await services.lanes.run(Lane.SQL, partial(services.orders.get, ids))
    found = dict[tuple[StopId, str, str], Affected]()
    for row in rows:
        one = _addressed(row, entries.get(row.orders[0]))
        key = (one.stop, one.recipient, one.phone)
        found[key] = _together(found[key], one) if key in found else one
    return sorted(found.values(), key=lambda row: (not row.waits, row.promised, row.stop))


def _addressed(row: Affected, entry: OrderEntry | None) -> Affected:
    if entry is None:
        return row
    return replace(row, recipient=entry.recipient, phone=entry.phone, email=entry.email)


def _together(one: Affected, other: Affected) -> Affected:
    """One customer with several orders at a door; what waits for a word is not told by another."""
    told = None if None in (one.told, other.told) else one.told
    promised = min(one.promised, other.promised)
    return replace(one, orders=(*one.orders, *other.orders), promised=promised, told=told)


# -- the message -----------------------------------------------------------------------------------


def band(eta: Eta) -> tuple[datetime, datetime]:
    """What may be promised now: eight of ten cases, rounded outwards to five minutes."""
    return _floor(eta.low), _floor(eta.high + _ROUND - timedelta(microseconds=1))


def _floor(moment: datetime) -> datetime:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (moment - midnight) // _ROUND * _ROUND


def draft(row: Affected, picture: Picture, tongue: Tongue) -> str:
    """What to write her, in her language; nothing in it that is not known."""

    def clock(moment: datetime) -> str:
        return formats.clock(picture.local(moment))

    label = picture.labels.get(row.stop)
    street = label.street if label is not None else ""
    hello = tongue.tr("Dear {name},", name=row.recipient) if row.recipient else tongue.tr("Hello,")
    orders, end = ", ".join(row.orders), clock(row.promised)
    planned = tongue.tr(
        "your delivery to {street} (order {orders}) was promised by {end}. We will not make it.",
        street=street, orders=orders, end=end,
    )  # fmt: skip
    if row.eta is None:
        then = tongue.tr("We cannot name a new time yet, and will write again as soon as we can.")
    else:
        low, high = (clock(each) for each in band(row.eta))
        then = tongue.tr("We expect to be there between {low} and {high}.", low=low, high=high)
    sorry = tongue.tr("We are sorry. If that does not suit you, please call us.")
    signed = [picture.depot_name] if picture.depot_name else []
    return "\n".join([hello, "", planned, then, sorry, *signed])


async def tell(station: Station, row: Affected, text: str) -> Fact:
    """She was told, with these words; durable when the call returns.

    Where there is a way to write to customers the message goes out, once: its id is the fact's.
    """
    low, high = band(row.eta) if row.eta is not None else (None, None)
    case = CaseNote(Step.TOLD, orders=row.orders, promised=row.promised, low=low, high=high)
    fact = attended(station, FactId(row.stop), case, await noted(station, text))
    await station.submit(AttendException(fact))
    if station.services.messages is not None:
        message = Message(fact.id, row.orders, row.recipient, row.phone, row.email, text)
        station.services.messages.send(message)
    return fact


async def take_back(station: Station, row: Affected) -> None:
    """It was not told after all; ConsoleError where nothing was."""
    if row.told is None:
        raise ConsoleError(tr("Nobody was told here."), remedy=tr("Look at the list again."))
    await retract(station, row.told.fact)


# -- how early -------------------------------------------------------------------------------------


def told_in(plan: Plan) -> list[Told]:
    """All that customers were told on a day, in order of time."""
    return [
        Told(
            fact.id, StopId(fact.subject), fact.case.orders, fact.happened_at,
            fact.case.promised, fact.case.low, fact.case.high,
        )
        for fact in standing(plan.facts.values())
        if fact.case is not None and fact.case.step is Step.TOLD and fact.case.promised is not None
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Earliness:
    """How early customers were told: the first word about each promise.

    ``lead`` is the median, None where nobody was told; ``too_late`` came when the promise was over.
    Of ``came`` that were told a time and have been served since, ``kept`` were come to within it.
    ``silent`` are orders that were served after their promise and nobody had told.
    """

    told: int
    lead: timedelta | None
    too_late: int
    came: int
    kept: int
    silent: int


def earliness(plan: Plan) -> Earliness:
    """Measured from what is on record."""
    words = told_in(plan)
    first = dict[OrderId, Told]()
    for each in words:
        for order in each.orders:
            first.setdefault(order, each)
    leads = [each.lead for each in {each.fact: each for each in first.values()}.values()]
    arrived = reported(plan.facts).arrived
    last = {each.stop: each for each in words if each.high is not None}
    came = [(arrived[stop], each) for stop, each in last.items() if stop in arrived]
    silent = [
        order
        for stop, at in arrived.items() if stop in plan.stops
        for order, end in _promises(plan.stops[stop]) if at > end and order not in first
    ]  # fmt: skip
    return Earliness(
        len(leads),
        timedelta(seconds=median(lead.total_seconds() for lead in leads)) if leads else None,
        sum(lead <= timedelta() for lead in leads),
        len(came),
        sum(_is_kept(at, each) for at, each in came),
        len(silent),
    )


def _is_kept(at: datetime, told: Told) -> bool:
    return told.low is not None and told.high is not None and told.low <= at <= told.high
