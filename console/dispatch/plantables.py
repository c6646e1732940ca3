"""A plan as tables: routes, stops with one row an order, and what waits with its reasons. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.analytics.tables import Cell, Table
from console.dispatch.maplinks import MapLink, map_link
from console.dispatch.picture import Picture, StopLabel
from console.domain.orders import Order, OrderEntry, OrderId
from console.domain.plan import RouteId, Stop, StopId
from console.domain.schedule import Schedule
from console.domain.visits import Visit

if TYPE_CHECKING:
    from console.planning.explain import Reason  # loads NumPy, which windows start without

ROUTES = (
    "number", "driver", "vehicle", "leaves", "back", "stops", "orders", "km", "hours",
    "driving_hours", "pieces", "kg", "m3", "full_percent", "late_minutes", "cost", "currency",
    "co2e_kg", "locked",
)  # fmt: skip
STOPS = (
    "driver_number", "driver", "vehicle", "stop", "order_id", "recipient", "phone", "street",
    "town", "lat", "lon", "arrival", "start", "departure", "windows", "service_minutes",
    "travel_minutes", "km", "pieces", "kg", "m3", "units", "collected_pieces", "collected_kg",
    "skills", "priority", "late_minutes", "pinned", "notes", "geo", "map",
)  # fmt: skip
WAITING = (
    "order_id", "recipient", "phone", "street", "town", "lat", "lon", "windows",
    "service_minutes", "pieces", "kg", "m3", "units", "skills", "priority", "notes", "why",
)  # fmt: skip
_NOWHERE = StopLabel("")


@dataclass(frozen=True, slots=True)
class PlanTables:
    """A day with the personal part of its orders; ``wanted`` are routes, () is all."""

    picture: Picture
    entries: Mapping[OrderId, OrderEntry]
    reasons: Mapping[StopId, Sequence["Reason"]] = field(
        default_factory=dict[StopId, Sequence["Reason"]]
    )
    wanted: tuple[RouteId, ...] = ()

    def all(self) -> list[Table]:
        """Every table; what waits is left out where only some routes are asked for."""
        made = [self.routes(), self.stops()]
        return made if self.wanted else [*made, self.waiting()]

    def routes(self) -> Table:
        """A row a route with stops."""
        return Table("Routes", ROUTES, [self._route(key, s) for key, s in self._schedules()])

    def stops(self) -> Table:
        """A row an order, in the order they are brought."""
        rows = [row for key, s in self._schedules() for row in self._orders(key, s)]
        return Table("Stops", STOPS, rows)

    def waiting(self) -> Table:
        """A row an order that has no driver."""
        plan = self.picture.plan
        rows = [
            self._unassigned(plan.stops[key], order)
            for key in plan.unassigned
            for order in plan.stops[key].orders
        ]
        return Table("Unassigned", WAITING, rows)

    def _schedules(self) -> list[tuple[RouteId, Schedule]]:
        drivers = self.picture.drivers
        chosen = [
            (key, schedule)
            for key, schedule in self.picture.schedules.items()
            if not self.wanted or key in self.wanted
        ]
        return sorted(chosen, key=lambda item: drivers[item[0]].number)

    def _route(self, key: RouteId, schedule: Schedule) -> list[Cell]:
        label, brought = self.picture.drivers[key], schedule.brought
        return [
            label.number,
            label.name,
            label.plate,
            self._clock(schedule.start),
            self._clock(schedule.end),
            len(schedule.visits),
            sum(len(stop.orders) for stop in self.picture.plan.stops_of(key)),
            round(schedule.metres / 1000, 3),
            _hours(schedule.duration),
            _hours(schedule.driving),
            brought.pieces,
            brought.kg,
            brought.m3,
            round(schedule.fullness * 100, 1),
            _minutes(schedule.lateness),
            round(schedule.cost, 2),
            self.picture.currency,
            round(schedule.co2e, 3),
            "yes" if self.picture.plan.routes[key].is_frozen else "",
        ]

    def _orders(self, key: RouteId, schedule: Schedule) -> Iterator[list[Cell]]:
        label = self.picture.drivers[key]
        for number, visit in enumerate(schedule.visits, 1):
            stop = self.picture.plan.stops[visit.stop]
            for order in stop.orders:
                is_first = order is stop.orders[0]
                yield [
                    label.number,
                    label.name,
                    label.plate,
                    number,
                    *self._who(stop, order),
                    *self._where(stop),
                    *self._when(stop, visit, is_first=is_first),
                    *self._what(order),
                    _minutes(visit.lateness) if is_first else None,
                    "yes" if stop.pinned else "",
                    self._notes(order),
                    *self._links(stop),
                ]

    def _unassigned(self, stop: Stop, order: Order) -> list[Cell]:
        load = order.load
        why = dict.fromkeys(reason.detail for reason in self.reasons.get(stop.id, ()))
        return [
            *self._who(stop, order),
            *self._where(stop),
            self._windows(stop),
            _minutes(order.service_time),
            load.pieces,
            load.kg,
            load.m3,
            load.units,
            " ".join(order.skills),
            order.priority.value,
            self._notes(order),
            "; ".join(why),
        ]

    def _who(self, stop: Stop, order: Order) -> list[Cell]:
        entry, label = self.entries.get(order.id), self._label(stop)
        recipient = entry.recipient if entry else ""
        phone = entry.phone if entry else ""
        return [order.id, recipient, phone, label.street, label.town]

    def _where(self, stop: Stop) -> list[Cell]:
        point = self._label(stop).coordinate
        return [point.lat, point.lon] if point else [None, None]

    def _when(self, stop: Stop, visit: Visit, *, is_first: bool) -> list[Cell]:
        """Times of a shared stop stand with each order, what is summed only with the first."""
        times = [self._clock(t) for t in (visit.arrival, visit.start, visit.departure)]
        spent = [
            _minutes(stop.service_time),
            _minutes(visit.travel),
            round(visit.metres / 1000, 3),
        ]
        return [*times, self._windows(stop), *(spent if is_first else [None] * len(spent))]

    def _what(self, order: Order) -> list[Cell]:
        load, taken = order.load, order.collected
        return [
            load.pieces,
            load.kg,
            load.m3,
            load.units,
            taken.pieces,
            taken.kg,
            " ".join(order.skills),
            order.priority.value,
        ]

    def _links(self, stop: Stop) -> list[Cell]:
        point = self._label(stop).coordinate
        return [map_link(point), map_link(point, MapLink.OSM)] if point else [None, None]

    def _notes(self, order: Order) -> str:
        entry = self.entries.get(order.id)
        return entry.notes if entry else ""

    def _label(self, stop: Stop) -> StopLabel:
        return self.picture.labels.get(stop.id, _NOWHERE)

    def _windows(self, stop: Stop) -> str:
        clock = self.picture.clock
        return ", ".join(f"{clock(w.earliest)}-{clock(w.latest)}" for w in stop.windows)

    def _clock(self, moment: datetime) -> datetime:
        return self.picture.local(moment).replace(tzinfo=None)


def _minutes(span: timedelta) -> float:
    return round(span.total_seconds() / 60, 1)


def _hours(span: timedelta) -> float:
    return round(span.total_seconds() / 3600, 3)
