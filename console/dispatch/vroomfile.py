"""A plan as a VROOM solution: routes of steps, what is unassigned, and a summary.

Seconds and metres; points as [longitude, latitude]. Beyond VROOM's own keys: steps of type
``reload`` and ``charge``, and ``reasons`` of what is unassigned.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from console.dispatch.picture import Picture
from console.domain.load import DIMENSIONS, Load, total
from console.domain.orders import OrderId
from console.domain.places import Place, PlaceId
from console.domain.plan import Route, RouteId, Stop, StopId
from console.domain.violations import Rule, Violation
from console.domain.visits import Schedule, Span, Visit

if TYPE_CHECKING:
    from console.planning.explain import Reason  # loads NumPy, which windows start without

Json = dict[str, Any]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NO_TIME = timedelta()
_CAUSES = {
    Rule.LATE: "delay",
    Rule.OVERLOADED: "load",
    Rule.SKILL: "skills",
    Rule.STOPS: "max_tasks",
    Rule.DRIVING: "max_travel_time",
    Rule.DISTANCE: "max_distance",
    Rule.BREAK: "missing_break",
    Rule.PAIRING: "precedence",
}


@dataclass(frozen=True, slots=True)
class TaskName:
    """What an order is called there: ``job``, ``pickup`` or ``delivery``, with its number.

    ``index`` is its row in the matrices.
    """

    kind: str
    number: int
    description: str = ""
    index: int | None = None
    priority: int = 0


@dataclass(frozen=True, slots=True)
class VanName:
    """What a route's vehicle is called there; rows of its ends in the matrices, its break's id."""

    number: int
    description: str = ""
    start_index: int | None = None
    end_index: int | None = None
    rest: int = 1


@dataclass(frozen=True, slots=True)
class Names:
    """Names of all tasks and vehicles; seconds count from ``base``; loads have ``dimensions``."""

    tasks: Mapping[OrderId, TaskName]
    vans: Mapping[RouteId, VanName]
    base: datetime = EPOCH
    dimensions: int = len(DIMENSIONS)


def numbered(picture: Picture) -> Names:
    """Numbers for a day that did not come from VROOM, ids and drivers as descriptions.

    Seconds count from 1970.
    """
    plan = picture.plan
    orders = [order for stop in plan.stops.values() for order in stop.orders]
    collecting = {order.pickup for order in orders}
    tasks: dict[OrderId, TaskName] = {}
    for number, order in enumerate(orders, 1):
        kind = "pickup" if order.id in collecting else "delivery" if order.pickup else "job"
        tasks[order.id] = TaskName(kind, number, order.id)
    vans = {
        route: VanName(number, picture.drivers[route].name)
        for number, route in enumerate(plan.routes, 1)
    }
    return Names(tasks, vans)


@dataclass(frozen=True, slots=True)
class _Spent:
    """How the time at one step goes by."""

    service: timedelta = _NO_TIME
    waiting: timedelta = _NO_TIME
    setup: timedelta = _NO_TIME


@dataclass(slots=True)
class _Sums:
    """Adds up while the steps of a route are written."""

    driven: timedelta = _NO_TIME
    metres: int = 0
    setup: timedelta = _NO_TIME
    service: timedelta = _NO_TIME
    waiting: timedelta = _NO_TIME


@dataclass(frozen=True, slots=True)
class VroomFile:
    """Everything that goes into the file. ``places`` are all of the plan's, ``solving`` in ms."""

    picture: Picture
    names: Names
    places: Mapping[PlaceId, Place] = field(default_factory=dict[PlaceId, Place])
    reasons: Mapping[StopId, Sequence["Reason"]] = field(
        default_factory=dict[StopId, Sequence["Reason"]]
    )
    solving: int = 0

    def as_json(self) -> Json:
        """The document."""
        routes = [self._route(route, s) for route, s in self.picture.schedules.items()]
        unassigned = list(self._unassigned())
        sums = ("cost", "setup", "service", "duration", "waiting_time", "distance", "priority")
        summary: Json = {key: _plain(sum(route[key] for route in routes)) for key in sums}
        for key in ("delivery", "amount", "pickup"):
            rows = [route[key] for route in routes]
            summary[key] = [_plain(sum(column)) for column in zip(*rows, strict=True)]
        summary |= {
            "routes": len(routes),
            "unassigned": len(unassigned),
            "violations": [each for route in routes for each in route["violations"]],
        }
        if self.solving:
            summary["computing_times"] = {"solving": self.solving}
        return {"code": 0, "summary": summary, "unassigned": unassigned, "routes": routes}

    def notes(self) -> Iterator[str]:
        """What VROOM's shape has no words for."""
        schedules = self.picture.schedules.values()
        if any(schedule.reloads for schedule in schedules):
            yield "VROOM has no reloads: they are steps of the type “reload”."
        if any(schedule.charges for schedule in schedules):
            yield "VROOM has no charging: it is a step of the type “charge”."

    # -- routes ------------------------------------------------------------------------------------

    def _route(self, key: RouteId, schedule: Schedule) -> Json:
        route, name = self.picture.plan.routes[key], self.names.vans[key]
        stops = self.picture.plan.stops_of(key)
        sums = _Sums()
        steps = list(self._steps(route, schedule, sums))
        brought = total(stop.load for stop in stops)
        collected = total(stop.collected for stop in stops)
        return {
            "vehicle": name.number,
            "description": name.description,
            "cost": _plain(round(schedule.cost, 2)),
            "setup": _seconds(sums.setup),
            "service": _seconds(sums.service),
            "duration": _seconds(schedule.driving),
            "waiting_time": _seconds(sums.waiting),
            "distance": schedule.metres,
            "priority": sum(self.names.tasks[o.id].priority for stop in stops for o in stop.orders),
            "delivery": self._amounts(brought),
            "amount": self._amounts(brought),
            "pickup": self._amounts(collected),
            "steps": steps,
            "violations": [_violation(each) for each in schedule.violations if each.is_harm],
        }

    def _steps(self, route: Route, schedule: Schedule, sums: _Sums) -> Iterator[Json]:
        name, shift = self.names.vans[route.id], route.shift
        stops = self.picture.plan.stops_of(route.id)
        board = schedule.visits[0].load + stops[0].load - stops[0].collected
        where = self._where(shift.place, name.start_index)
        yield {"type": "start", **where, **self._step(schedule.start, board, sums)}
        halts = _Halts(schedule, name.rest)
        for stop, visit in zip(stops, schedule.visits, strict=True):
            yield from self._halted(halts.until(visit.arrival), board, sums)
            free = visit.arrival
            for kind, number, span in halts.until(visit.start):
                yield from self._halted([(kind, number, span)], board, sums, free)
                free = max(free, span[1])
            sums.driven += visit.travel
            sums.metres += visit.metres
            board = visit.load
            yield from self._visit(stop, visit, free, sums)
        yield from self._home(halts.until(schedule.end), schedule, sums)
        if not shift.open_ended:
            sums.driven += schedule.return_travel
            sums.metres += schedule.return_metres
            end = shift.end_place or shift.place
            where = self._where(end, name.end_index)
            yield {"type": "end", **where, **self._step(schedule.end, board, sums)}

    def _home(self, halts: Sequence["_Halt"], schedule: Schedule, sums: _Sums) -> Iterator[Json]:
        """What is left to do on the way to the end, or there."""
        last = schedule.visits[-1]
        free = last.departure + schedule.return_travel
        for kind, number, (begins, ends) in halts:
            there = free if begins >= free else None
            yield from self._halted([(kind, number, (begins, ends))], last.load, sums, there)
            free = ends if there else free + (ends - begins)

    def _halted(
        self,
        halts: Sequence["_Halt"],
        board: Load,
        sums: _Sums,
        free: datetime | None = None,
    ) -> Iterator[Json]:
        """Breaks and the like; ``free`` is since when the driver only waits."""
        for kind, number, (begins, ends) in halts:
            arrival = min(free or begins, begins)
            spent = _Spent(ends - begins, begins - arrival)
            sums.waiting += spent.waiting
            yield {"type": kind, "id": number, **self._step(arrival, board, sums, spent)}

    def _visit(self, stop: Stop, visit: Visit, free: datetime, sums: _Sums) -> Iterator[Json]:
        """One step for each order; the first holds the whole service of a shared stop."""
        waiting = max(_NO_TIME, visit.start - free - visit.setup)
        spent = _Spent(visit.departure - visit.start, waiting, visit.start - free - waiting)
        sums.setup += spent.setup
        sums.service += spent.service
        sums.waiting += spent.waiting
        for order in stop.orders:
            name = self.names.tasks[order.id]
            yield {
                "type": name.kind,
                "id": name.number,
                "job": name.number,
                "description": name.description,
                **self._where(stop.place, name.index),
                **self._step(free, visit.load, sums, spent),
            }
            free, spent = visit.departure, _Spent()

    def _step(
        self, arrival: datetime, load: Load, sums: _Sums, spent: "_Spent | None" = None
    ) -> Json:
        spent = spent or _Spent()
        return {
            "arrival": _seconds(arrival - self.names.base),
            "duration": _seconds(sums.driven),
            "distance": sums.metres,
            "setup": _seconds(spent.setup),
            "service": _seconds(spent.service),
            "waiting_time": _seconds(spent.waiting),
            "load": self._amounts(load),
            "violations": [],
        }

    def _where(self, place: PlaceId, index: int | None) -> Json:
        found: Json = {}
        known = self.places.get(place)
        if known is not None and known.coordinate is not None:
            found["location"] = [known.coordinate.lon, known.coordinate.lat]
        if index is not None:
            found["location_index"] = index
        return found

    def _amounts(self, load: Load) -> list[float]:
        return [_plain(load.amount(each)) for each in DIMENSIONS[: self.names.dimensions]]

    # -- what is left ------------------------------------------------------------------------------

    def _unassigned(self) -> Iterator[Json]:
        plan = self.picture.plan
        for key in plan.unassigned:
            stop = plan.stops[key]
            for order in stop.orders:
                name = self.names.tasks[order.id]
                yield {
                    "id": name.number,
                    "type": name.kind,
                    "description": name.description,
                    **self._where(stop.place, name.index),
                    "reasons": [
                        {
                            "vehicle": self._van_of(why),
                            "rule": why.rule,
                            "detail": why.detail,
                        }
                        for why in self.reasons.get(key, ())
                    ],
                }

    def _van_of(self, why: "Reason") -> int | None:
        routes = self.picture.plan.routes.values()
        mine = (route.id for route in routes if route.shift.driver == why.driver)
        return next((self.names.vans[route].number for route in mine), None)


_Halt = tuple[str, int, Span]


class _Halts:
    """Breaks, reloads and charges of a route in time, handed out once each."""

    def __init__(self, schedule: Schedule, rest: int) -> None:
        found: list[_Halt] = [("break", rest, span) for span in schedule.breaks]
        found += [("reload", n, span) for n, span in enumerate(schedule.reloads, 1)]
        found += [("charge", n, span) for n, span in enumerate(schedule.charges, 1)]
        self._waiting = sorted(found, key=lambda halt: halt[2])

    def until(self, moment: datetime) -> list[_Halt]:
        """Those that begin before a moment and were not handed out yet."""
        due = [halt for halt in self._waiting if halt[2][0] < moment]
        self._waiting = self._waiting[len(due) :]
        return due


def _violation(each: Violation) -> Json:
    told: Json = {"cause": _CAUSES.get(each.rule, each.rule)}
    if each.rule is Rule.LATE:
        told["duration"] = round(each.amount)
    return told


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())


def _plain(amount: float) -> float:
    """Whole where it is whole, as VROOM writes numbers."""
    return int(amount) if float(amount).is_integer() else amount
