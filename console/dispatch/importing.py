"""Order and fleet files become places, register rows and commands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from console.dispatch.ports import Places
from console.dispatch.references import Directory
from console.domain.commands import AddStops, AmendOrders
from console.domain.fleet import Shift
from console.domain.orders import DayWindow, Order, OrderEntry, OrderId, TimeWindow
from console.domain.places import Address, Certainty, Location, Place
from console.domain.plan import Plan, Stop, StopId
from console.planning.grouping import group

END_OF_DAY = time(23, 59, 59)
NONE = timedelta()


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """A day on the depot's clock."""

    day: date
    zone: ZoneInfo

    def at(self, clock: time) -> datetime:
        """A local time of this day as aware UTC."""
        return datetime.combine(self.day, clock, self.zone).astimezone(UTC)

    def window(self, window: DayWindow) -> TimeWindow | None:
        """A file's window as aware UTC; None when it is open on both sides."""
        if window.earliest is None and window.latest is None:
            return None
        earliest = self.at(window.earliest or time())
        latest = self.at(window.latest or END_OF_DAY)
        return TimeWindow(earliest, max(earliest, latest), window.late_price)

    def moment(self, clock: time | None) -> datetime | None:
        """The same for a time that may be missing."""
        return None if clock is None else self.at(clock)


def vague(found: Mapping[Address, Place]) -> list[Address]:
    """Addresses that are not surely known yet."""
    return [address for address, place in found.items() if not place.certainty.is_sure]


def answered(
    found: Mapping[Address, Place], addresses: Sequence[Address], answers: Sequence[Location]
) -> dict[Address, Place]:
    """The geocoder's answers as places."""
    return {
        address: Place(
            found[address].id, address, answer.coordinate, answer.certainty, answer.label
        )
        for address, answer in zip(addresses, answers, strict=True)
    }


def given(places: Places, entries: Sequence[OrderEntry]) -> None:
    """Coordinates that the file brought; a dispatcher's own fix stays."""
    with_point = [entry for entry in entries if entry.coordinate is not None]
    if not with_point:
        return
    known = places.remember_all([entry.address for entry in with_point])
    places.put(
        [
            Place(place.id, place.address, entry.coordinate, Certainty.GIVEN)
            for place, entry in zip(known, with_point, strict=True)
            if place.certainty is not Certainty.FIXED
        ]
    )


def as_orders(
    entries: Sequence[OrderEntry],
    found: Mapping[Address, Place],
    digests: Mapping[OrderId, str],
    day: ServiceDay,
    known: Directory,
) -> list[Order]:
    """The impersonal part of entries, for one service day; ``known`` names drivers and depots."""
    return [
        Order(
            id=entry.id,
            place=found[entry.address].id,
            load=entry.load,
            windows=tuple(w for window in entry.windows if (w := day.window(window))),
            service_time=entry.service_time,
            skills=tuple(sorted(entry.skills)),
            priority=entry.priority,
            digest=digests.get(entry.id, ""),
            collected=entry.collected,
            pickup=entry.pickup,
            people=entry.people,
            skip_price=entry.skip_price,
            ready_at=day.moment(entry.ready_at),
            deadline=day.moment(entry.deadline),
            setup_time=entry.setup_time,
            parking_time=entry.parking_time or found[entry.address].access.parking_time or NONE,
            drivers=known.drivers_of(entry),
            driver_price=entry.driver_price,
            depot=known.depot_of(entry),
            territory=entry.territory,
        )
        for entry in entries
    ]


def add_orders(plan: Plan, orders: Sequence[Order]) -> AddStops | None:
    """New orders as stops; orders at one place whose windows overlap share one."""
    if not orders:
        return None
    shifts = [route.shift for route in plan.routes.values()]
    return AddStops(
        tuple(
            Stop(stop_id(members[0].id, plan), members[0].place, members)
            for members in group(orders, shifts)
        )
    )


def amend_orders(plan: Plan, orders: Sequence[Order]) -> AmendOrders | None:
    """Changed orders; every one brings the id of a stop of its own should it have to leave."""
    present = {order.id: order for stop in plan.stops.values() for order in stop.orders}
    changed = tuple(order for order in orders if present[order.id] != order)
    if not changed:
        return None
    return AmendOrders(changed, tuple(stop_id(order.id, plan) for order in changed))


def stop_id(order: OrderId, plan: Plan) -> StopId:
    """A free stop id made from the order's."""
    wanted, n = StopId(f"s:{order}"), 1
    while wanted in plan.stops:
        n += 1
        wanted = StopId(f"s:{order}:{n}")
    return wanted


def unmeetable(orders: Sequence[Order], shifts: Sequence[Shift]) -> dict[OrderId, str]:
    """Orders that no shift can ever serve, with the rule: ``skill:adr``, ``overloaded``."""
    told: dict[OrderId, str] = {}
    for order in orders:
        needed = set(order.skills)
        able = [s for s in shifts if needed <= {*s.skills, *s.vehicle_skills}]
        if not able:
            told[order.id] = f"skill:{';'.join(order.skills)}"
        elif all(_is_too_much(order, shift) for shift in able):
            told[order.id] = "overloaded"
    return told


def _is_too_much(order: Order, shift: Shift) -> bool:
    return bool(shift.capacity.excess(order.load) or shift.capacity.excess(order.collected))


def doubtful(found: Mapping[Address, Place]) -> list[Place]:
    """Places the dispatcher should look at, the worst first."""
    unsure = [place for place in found.values() if not place.certainty.is_sure]
    order = list(Certainty)
    return sorted(unsure, key=lambda place: (-order.index(place.certainty), place.id))
