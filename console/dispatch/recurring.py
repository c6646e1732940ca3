"""Recurring orders: kept as a table, and made into the orders of a day, each of them once."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import time
from functools import partial
from pathlib import Path

from console import wording
from console.analytics.tables import Table, csv_bytes, xlsx_bytes
from console.dispatch.journal import Draft, Entry
from console.dispatch.lanes import Lane
from console.dispatch.orderwork import take_in
from console.dispatch.planfile import write_whole
from console.dispatch.registers import DepotRecord
from console.dispatch.roles import may
from console.dispatch.station import Station, stream_of
from console.domain.commands import AddStops
from console.domain.errors import ConsoleError
from console.domain.load import Load
from console.domain.orders import OrderEntry, OrderId
from console.domain.recurring import RecurringOrder, due
from console.domain.sealing import seal_of
from console.formats import weekday
from console.intake import (
    OrderReport,
    RecurringReport,
    check_recurring,
    read_recurring,
)
from console.tongues import tr

Row = dict[str, str]
COLUMNS = (
    "order_id", "weekdays", "weeks", "starts", "ends", "skipped", "recipient", "street",
    "postcode", "city", "country", "phone", "email", "pieces", "weight_kg", "volume_m3", "units",
    "window_from", "window_to", "window2_from", "window2_to", "service_minutes", "skills",
    "priority", "notes",
)  # fmt: skip
"""In the order in which people think of them."""


async def recurring(station: Station) -> Sequence[RecurringOrder]:
    """The depot's recurring orders."""
    call = partial(station.services.recurring.of_depot, _depot(station).id)
    return await station.services.lanes.run(Lane.SQL, call)


async def recurring_rows(station: Station) -> list[Row]:
    """The same as rows of a file."""
    return [as_row(order) for order in await recurring(station)]


async def put_recurring(station: Station, report: RecurringReport) -> Sequence[OrderId]:
    """Keep these from now on, and make what is due on the open day; answers what was made.

    What the table does not show of an order that is known stays as it was. Orders that were made
    already, on any day, are not changed.
    """
    known = {order.id: order for order in await recurring(station)}
    orders = [_keeping(order, known.get(order.id)) for order in report.orders]
    call = partial(station.services.recurring.put, _depot(station).id, orders)
    await station.services.lanes.run(Lane.SQL, call)
    return await make_due(station)


async def make_due(station: Station) -> Sequence[OrderId]:
    """Put what is due into the open day, unless it was made before: edited or cancelled, it stays.

    Nothing on a day that is over, or for somebody who may not add orders. Addresses are not looked
    up here.
    """
    day = station.service_day.day
    stream = stream_of(_depot(station).id, day)
    is_sealed = seal_of(station.workday.desk.plan.facts) is not None
    if station.is_over() or is_sealed or not may(station.services.roles, AddStops.kind, stream):
        return ()
    wanted = due(await recurring(station), day)
    if not wanted:
        return ()
    known = await _made(station, [entry.id for entry in wanted])
    fresh = tuple(entry for entry in wanted if entry.id not in known)
    if not fresh:
        return ()
    imported = await take_in(station, OrderReport(fresh, (), (), (), {}, len(fresh)))
    for reject in imported.rejects:
        raise ConsoleError(
            tr(
                "The recurring order {order}: {problem}", order=reject.order, problem=reject.problem
            ),
            remedy=tr("Correct it in the table of recurring orders."),
        )
    own = set(_orders_of(row for row in station.workday.desk.entries if row.origin == _me(station)))
    return tuple(order for order in imported.added if order in own)  # a colleague may be first


async def _made(station: Station, ids: Collection[OrderId]) -> set[OrderId]:
    """Those that were put into this day before, whatever became of them since.

    The journal's rows say so. Where they do not go back to the first one the register of orders
    does: an order that stands there and in no row was cut off before it came into the plan.
    """
    desk, services = station.workday.desk, station.services
    seen = set(_orders_of((*desk.entries, *desk.outbox)))
    seen |= {order.id for stop in desk.plan.stops.values() for order in stop.orders}
    if not desk.entries or desk.entries[0].version == 1:
        return seen
    stored = await services.lanes.run(Lane.SQL, partial(services.orders.get, list(ids)))
    return seen | set(stored)


def _orders_of(rows: Iterable[Entry | Draft]) -> Iterator[OrderId]:
    """The orders of all stops that these rows changed."""
    for row in rows:
        for delta in row.patch.stops:
            for stop in (delta.before, delta.after):
                if stop is not None:
                    yield from (order.id for order in stop.orders)


def _me(station: Station) -> str:
    return station.services.origin


async def read_table(station: Station, path: Path) -> RecurringReport:
    """A file of recurring orders, read."""
    return await station.services.lanes.run(Lane.FILES, partial(read_recurring, path))


async def write_table(station: Station, path: Path, rows: Sequence[Row]) -> None:
    """Write rows as csv or xlsx, to be read again."""
    used = [name for name in COLUMNS if any(row.get(name) for row in rows)]
    cells = [[row.get(name, "") for name in used] for row in rows]
    table = Table(tr("Recurring orders"), tuple(used), cells)
    is_book = path.suffix.casefold() == ".xlsx"
    data = xlsx_bytes([table]) if is_book else csv_bytes(table)
    await station.services.lanes.run(Lane.FILES, partial(write_whole, path, data))


def merged(rows: Sequence[Row], read: RecurringReport) -> list[Row]:
    """A table with a file's orders: known numbers are replaced, new ones come behind."""
    fresh = {str(order.id): as_row(order) for order in read.orders}
    kept = [fresh.pop(row.get("order_id", ""), row) for row in rows]
    return [*kept, *fresh.values()]


def as_row(order: RecurringOrder) -> Row:
    """An order as a file says it; what is usual stays empty."""
    entry, pattern = order.entry, order.pattern
    told = {
        "order_id": str(order.id),
        "weekdays": ", ".join(weekday(day) for day in pattern.weekdays),
        "weeks": "" if pattern.weeks == 1 else str(pattern.weeks),
        "starts": pattern.first.isoformat() if pattern.first else "",
        "ends": pattern.last.isoformat() if pattern.last else "",
        "skipped": "; ".join(day.isoformat() for day in pattern.skipped),
        "recipient": entry.recipient,
        "street": entry.address.street,
        "postcode": entry.address.postcode,
        "city": entry.address.city,
        "country": entry.address.country,
        "phone": entry.phone,
        "email": entry.email,
        "service_minutes": _number(entry.service_time.total_seconds() / 60),
        "skills": "; ".join(entry.skills),
        "priority": wording.priority_word(entry.priority.value),
        "notes": entry.notes,
        **_load(entry.load),
        **dict(_windows(entry)),
    }
    return {name: text for name, text in told.items() if text}


def _load(load: Load) -> Row:
    return {
        "pieces": str(load.pieces),
        "weight_kg": _number(load.kg) if load.kg else "",
        "volume_m3": _number(load.m3) if load.m3 else "",
        "units": _number(load.units) if load.units else "",
    }


def _windows(entry: OrderEntry) -> Iterator[tuple[str, str]]:
    for name, window in zip(("window", "window2"), entry.windows, strict=False):
        yield f"{name}_from", _clock(window.earliest)
        yield f"{name}_to", _clock(window.latest)


def _keeping(order: RecurringOrder, known: RecurringOrder | None) -> RecurringOrder:
    """What the table cannot show is that of the order as it was known."""
    if known is None or check_recurring([as_row(known)]).orders == (order,):
        return order if known is None else known
    shown = {
        name: getattr(order.entry, name)
        for name in (
            *("address", "recipient", "phone", "email", "load", "windows"),
            *("service_time", "skills", "priority", "notes"),
        )
    }
    return replace(order, entry=replace(known.entry, **shown))


def _depot(station: Station) -> DepotRecord:
    if station.depot is None:
        raise ConsoleError(tr("No day is open."), remedy=tr("Choose a depot and a day first."))
    return station.depot


def _clock(moment: time | None) -> str:
    return "" if moment is None else moment.strftime("%H:%M")


def _number(amount: float) -> str:
    return f"{amount:.10g}"
