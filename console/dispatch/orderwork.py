"""Orders come in from files or by hand, are located, changed and cancelled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from console.dispatch.earlier import orders_of
from console.dispatch.extracts import Cancelled
from console.dispatch.importing import (
    ServiceDay,
    add_orders,
    amend_orders,
    answered,
    as_orders,
    doubtful,
    given,
    unmeetable,
    vague,
)
from console.dispatch.lanes import Lane
from console.dispatch.references import Directory, directory, resolve
from console.dispatch.station import Station
from console.domain.commands import CancelOrders, Command
from console.domain.errors import ConsoleError, Rejected
from console.domain.orders import Order, OrderEntry, OrderId
from console.domain.places import Access, Address, Certainty, Coordinate, Location, Place, PlaceId
from console.domain.plan import Plan
from console.intake import Assumption, OrderReport, Reject, compare, edited, read_orders
from console.tongues import tr

Told = Callable[[str, float], None]
"""Progress as a sentence and a share from 0 to 1, called from another thread."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, for the report. ``refused`` are commands that did not fit."""

    added: tuple[OrderId, ...] = ()
    changed: tuple[OrderId, ...] = ()
    unchanged: int = 0
    missing: tuple[OrderId, ...] = ()
    rejects: tuple[Reject, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    unmeetable: dict[OrderId, str] = field(default_factory=dict[OrderId, str])
    refused: tuple[Rejected, ...] = ()


async def read_file(station: Station, path: Path) -> OrderReport:
    """Read an order file without touching the plan."""
    return await station.services.lanes.run(Lane.FILES, partial(read_orders, path))


async def take_in(station: Station, report: OrderReport) -> Imported:
    """Put a file's orders into the plan: new ones as stops, known ones amended, pins kept.

    Addresses are not looked up here: see ``locate_day``.
    """
    plan = station.workday.desk.plan
    known = await _entries_of(station, plan)
    lanes = station.services.lanes
    resolved = resolve(report.entries, known, await _directory(station))
    changes = await lanes.run(Lane.FILES, partial(compare, known, resolved.entries))
    amended = [order.after for order in changes.changed]
    # Unchanged ones too: the plan may have refused them the last time.
    orders = await _orders(station, [*changes.new, *amended, *changes.unchanged])
    fresh = [orders[entry.id] for entry in changes.new]
    added = await lanes.run(Lane.FILES, partial(add_orders, plan, fresh))
    refused = await _submit(station, added)
    refused += await _amend(station, [orders[e.id] for e in (*amended, *changes.unchanged)])
    shifts = [route.shift for route in plan.routes.values() if not route.off]
    return Imported(
        added=tuple(entry.id for entry in changes.new),
        changed=tuple(entry.id for entry in amended),
        unchanged=len(changes.unchanged),
        missing=tuple(changes.missing),
        rejects=tuple(sorted((*report.rejects, *resolved.rejects), key=lambda r: r.row)),
        assumptions=(*report.assumptions, *resolved.assumptions),
        unknown_columns=report.unknown_columns,
        unmeetable=unmeetable(list(orders.values()), shifts) if shifts else {},
        refused=tuple(refused),
    )


async def put_order(station: Station, entry: OrderEntry) -> None:
    """Add an order by hand, or change the one with this id; ``Rejected`` when it does not fit.

    ConsoleError when it refers to an order or depot that is not there.
    """
    plan = station.workday.desk.plan
    order = (await _orders(station, await checked(station, [entry])))[entry.id]
    if plan.stop_of_order(entry.id) is None:
        command = add_orders(plan, [order])
    else:
        command = amend_orders(plan, [order])
    if command is not None:
        await station.submit(command)
    await locate_day(station)


async def checked(station: Station, entries: Sequence[OrderEntry]) -> tuple[OrderEntry, ...]:
    """Entries whose orders, drivers and depots are there; else a ConsoleError, nothing changes."""
    known = await _entries_of(station, station.workday.desk.plan)
    found = resolve(entries, known, await _directory(station))
    for reject in found.rejects:
        name = f"{reject.order}: " if len(entries) > 1 else ""
        raise ConsoleError(f"{name}{reject.problem}", remedy=tr("Nothing was changed."))
    return found.entries


async def change_orders(station: Station, orders: Sequence[OrderId], name: str, text: str) -> int:
    """Write one text into a field (``intake.EDITABLE``) of all these orders; answers how many.

    All or none: ConsoleError names the order and what is wrong.
    """
    services = station.services
    known = await services.lanes.run(Lane.SQL, partial(services.orders.get, list(orders)))
    gone = [order for order in orders if order not in known]
    if gone:
        raise ConsoleError(
            tr("The personal data of order {gone} was erased; it cannot be edited.", gone=gone[0]),
            remedy=tr("Leave it out."),
        )
    changed = list[OrderEntry]()
    for order in orders:
        entry = edited(known[order], name, text)
        if isinstance(entry, Reject):
            raise ConsoleError(f"{order}: {entry.problem}", remedy=tr("Nothing was changed."))
        changed.append(entry)
    await put_orders(station, changed)
    return len(changed)


async def put_orders(station: Station, entries: Sequence[OrderEntry]) -> None:
    """Change orders that are in the plan, all in one step; ``Rejected`` when one does not fit."""
    plan = station.workday.desk.plan
    orders = await _orders(station, await checked(station, entries))
    command = amend_orders(plan, list(orders.values()))
    if command is not None:
        await station.submit(command)
    await station.relabel()


async def cancel_orders(station: Station, orders: Sequence[OrderId]) -> None:
    """Take orders out of the day; their register rows stay for the record."""
    await station.submit(CancelOrders(tuple(orders)))


async def _entries_of(station: Station, plan: Plan) -> dict[OrderId, OrderEntry]:
    ids = [order.id for stop in plan.stops.values() for order in stop.orders]
    return await station.services.lanes.run(Lane.SQL, partial(station.services.orders.get, ids))


async def _orders(station: Station, entries: Sequence[OrderEntry]) -> dict[OrderId, Order]:
    """Register rows first, then the impersonal orders that refer to them."""
    after = {entry.id: entry for entry in entries}
    planned = orders_of(station.workday.desk.plan, after)
    known = partial(station.services.orders.get, [order.id for order in planned])
    before = await station.services.lanes.run(Lane.SQL, known)
    made = await impersonal(station, entries, station.service_day)
    station.earlier.note(planned, before, after)
    return made


async def impersonal(
    station: Station, entries: Sequence[OrderEntry], day: ServiceDay, *, keep: bool = True
) -> dict[OrderId, Order]:
    """What entries are on a service day; stored in the registers first.

    Without ``keep`` only their addresses are: they are tried, and may never come into a plan.
    """
    services = station.services

    def stored() -> tuple[dict[Address, Place], dict[OrderId, str]]:
        given(services.places, entries)
        addresses = list(dict.fromkeys(entry.address for entry in entries))
        places = services.places.remember_all(addresses)
        digests = services.orders.put(entries) if keep else dict[OrderId, str]()
        return dict(zip(addresses, places, strict=True)), digests

    found, digests = await services.lanes.run(Lane.SQL, stored)
    known = await _directory(station)
    made = partial(as_orders, entries, found, digests, day, known)
    orders = await services.lanes.run(Lane.FILES, made)
    return {order.id: order for order in orders}


async def _directory(station: Station) -> Directory:
    fleet = station.services.fleet
    return await station.services.lanes.run(
        Lane.SQL, lambda: directory(fleet.drivers(), fleet.depots())
    )


async def _amend(station: Station, orders: Sequence[Order]) -> list[Rejected]:
    """All at once, or one by one where one of them stands in the way."""
    command = amend_orders(station.workday.desk.plan, orders)
    refused = await _submit(station, command)
    if not refused or command is None or len(command.orders) == 1:
        return refused
    return [verdict for order in command.orders for verdict in await _amend(station, [order])]


async def _submit(station: Station, command: Command | None) -> list[Rejected]:
    if command is None:
        return []
    try:
        await station.submit(command)
    except Rejected as verdict:
        return [verdict]
    return []


async def locate_day(station: Station, told: Told | None = None) -> list[Place]:
    """Look up every address of the day that is not sure yet, then time the plan.

    Answers the places a dispatcher should look at, the worst first. ConsoleError without a region.
    Cancelled where ``told`` raises it; what was found until then is kept.
    """
    plan, services = station.workday.desk.plan, station.services
    ids = {stop.place for stop in plan.stops.values()}
    ids |= {place for route in plan.routes.values() for place in route.shift.places if place}
    known = await services.lanes.run(Lane.SQL, partial(services.places.get, sorted(ids)))
    found = {place.address: place for place in known.values()}
    waiting = vague(found)
    if waiting:
        geocoder = await station.geocoder()
        answers = await services.lanes.run(
            Lane.STREETS, partial(geocoder.locate_all, waiting, told)
        )
        located = answered(found, waiting[: len(answers)], answers)
        await services.lanes.run(Lane.SQL, partial(services.places.put, list(located.values())))
        found |= located
        if len(answers) < len(waiting):
            await station.relabel()
            raise Cancelled
    await station.refresh(told)
    return doubtful(found)


async def candidates_of(station: Station, places: Sequence[Place]) -> dict[PlaceId, Location]:
    """Where doubtful places might be, with the reasons for the doubt; none without a region."""
    if station.region is None or not places:
        return {}
    geocoder = await station.geocoder()
    asked = [place.address for place in places]
    answers = await station.services.lanes.run(Lane.STREETS, partial(geocoder.locate_all, asked))
    return {place.id: answer for place, answer in zip(places, answers, strict=True)}


async def doubtful_places(station: Station) -> list[Place]:
    """Places of the day that the dispatcher should look at, the worst first."""
    plan = station.workday.desk.plan
    ids = sorted({stop.place for stop in plan.stops.values()})
    places = station.services.places
    known = await station.services.lanes.run(Lane.SQL, partial(places.get, ids))
    return doubtful({place.address: place for place in known.values()})


async def fix_place(station: Station, place: PlaceId, point: Coordinate) -> None:
    """The dispatcher puts an address on the map; it stays there for every later import."""
    found = await _known(station, place)
    fixed = Place(place, found.address, point, Certainty.FIXED, found.label)
    places = station.services.places
    await station.services.lanes.run(Lane.SQL, partial(places.put, [fixed]))
    await station.retime()


async def note_access(station: Station, place: PlaceId, access: Access) -> None:
    """Keep how a place is reached; the minutes to park count for the orders of later imports."""
    await _known(station, place)
    places = station.services.places
    await station.services.lanes.run(Lane.SQL, partial(places.put_access, place, access))
    await station.relabel()


async def _known(station: Station, place: PlaceId) -> Place:
    places = station.services.places
    known = await station.services.lanes.run(Lane.SQL, partial(places.get, [place]))
    if place not in known:
        raise ConsoleError(tr("This address is not known any more."), remedy=tr("Import it again."))
    return known[place]
