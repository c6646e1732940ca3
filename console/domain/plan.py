"""The plan: which driver makes which stops, in which order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from console.domain.alarm import AlarmNote
from console.domain.cases import CaseNote
from console.domain.fleet import DepotId, Shift
from console.domain.load import Load, total
from console.domain.objective import COST, Objective
from console.domain.orders import Order, OrderId, Priority, TimeWindow
from console.domain.places import PlaceId

StopId = NewType("StopId", str)
RouteId = NewType("RouteId", str)
FactId = NewType("FactId", str)

FURTHER_ORDER = timedelta(minutes=1)  # FORMATS: each further order at a stop


class StopStatus(StrEnum):
    """Where a stop stands in execution."""

    PLANNED = "planned"
    ARRIVED = "arrived"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Override:
    """A violation that a dispatcher accepts; who and when stand in the journal row."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stop:
    """One planned visit to one place, serving one or more orders."""

    id: StopId
    place: PlaceId
    orders: tuple[Order, ...]
    route: RouteId | None = None
    pinned: bool = False
    status: StopStatus = StopStatus.PLANNED
    overrides: tuple[Override, ...] = ()
    loaded: bool = False  # its goods are on the route's vehicle: another driver cannot take it

    @property
    def load(self) -> Load:
        """Everything delivered here."""
        if len(self.orders) == 1:
            return self.orders[0].load
        return total(order.load for order in self.orders)

    @property
    def collected(self) -> Load:
        """Everything taken along from here."""
        if len(self.orders) == 1:
            return self.orders[0].collected
        return total(order.collected for order in self.orders)

    @property
    def setup(self) -> timedelta:
        """Setup and parking before service, spent once for all stops in a row at one place."""
        if len(self.orders) == 1:
            return self.orders[0].setup_time + self.orders[0].parking_time
        longest = max((order.setup_time for order in self.orders), default=timedelta())
        return longest + max((order.parking_time for order in self.orders), default=timedelta())

    @property
    def service_time(self) -> timedelta:
        """The longest service, and one minute for each further order."""
        if len(self.orders) == 1:
            return self.orders[0].service_time
        longest = max((order.service_time for order in self.orders), default=timedelta())
        return longest + FURTHER_ORDER * max(0, len(self.orders) - 1)

    @property
    def skills(self) -> tuple[str, ...]:
        """Every skill that one of the orders needs, sorted."""
        if len(self.orders) == 1 and len(self.orders[0].skills) < 2:
            return self.orders[0].skills
        return tuple(sorted({skill for order in self.orders for skill in order.skills}))

    @property
    def priority(self) -> Priority:
        """The most important of the orders' priorities."""
        if len(self.orders) == 1:
            return self.orders[0].priority
        return min(
            (order.priority for order in self.orders),
            key=lambda priority: priority.rank,
            default=Priority.NORMAL,
        )

    @property
    def windows(self) -> tuple[TimeWindow, ...]:
        """When all orders want service to begin, sorted; () is any time.

        Where they contradict each other, those of the order that can wait longest: ``hours`` knows
        that they cannot be met, prices of lateness and deadlines.
        """
        if len(self.orders) == 1 and len(self.orders[0].windows) < 2:
            return self.orders[0].windows
        several = [order.windows for order in self.orders if order.windows]
        common = several[0] if several else ()
        for windows in several[1:]:
            common = intersected(common, windows)
        if several and not common:
            common = max(several, key=lambda windows: max(w.latest for w in windows))
        return tuple(sorted(common, key=lambda window: window.earliest))

    @property
    def is_open(self) -> bool:
        """True while the stop may still be moved."""
        return self.status is StopStatus.PLANNED


def done_of(stops: Sequence[Stop]) -> int:
    """How many stops of a route are done, or stand before one that is."""
    return max((i for i, stop in enumerate(stops, 1) if not stop.is_open), default=0)


def intersected(
    one: tuple[TimeWindow, ...], other: tuple[TimeWindow, ...]
) -> tuple[TimeWindow, ...]:
    """The moments that lie in a window of both; () when there is none."""
    pairs = ((max(a.earliest, b.earliest), min(a.latest, b.latest)) for a in one for b in other)
    return tuple(TimeWindow(earliest, latest) for earliest, latest in pairs if earliest <= latest)


@dataclass(frozen=True, slots=True)
class Hold:
    """A driver under way was said, at ``told``, not to go on before ``until``.

    What is reported of her route after that knows better: the hold is over.
    """

    told: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Route:
    """A shift's stops in order.

    ``edition`` counts how often it was amended while its driver had it: handed out anew each time.
    ``hold`` is the last one that was told.
    """

    id: RouteId
    shift: Shift
    stops: tuple[StopId, ...] = ()
    locked: bool = False
    released: bool = False
    off: bool = False  # the driver does not work today
    started_at: datetime | None = None
    overrides: tuple[Override, ...] = ()
    edition: int = 0
    hold: Hold | None = None

    @property
    def is_frozen(self) -> bool:
        """True while no command but a fact may change its stops."""
        return self.locked or self.released


class Cause(StrEnum):
    """Why a delivery went wrong (FEATURES row 72)."""

    WEATHER = "weather"
    BREAKDOWN = "breakdown"
    ILLNESS = "illness"
    TRAFFIC = "traffic"
    ABSENT = "absent"
    ACCESS = "access"
    ADDRESS = "address"
    DAMAGE = "damage"
    REFUSED = "refused"
    CAPACITY = "capacity"
    WINDOW = "window"


class FactKind(StrEnum):
    """What was reported."""

    DEPARTED = "departed"
    ARRIVED = "arrived"
    DELIVERED = "delivered"
    FAILED = "failed"
    EXCEPTION = "exception"
    SKIPPED = "skipped"  # a step of the checklist, with a reason
    NAMED = "named"  # a version of the day
    COLLECTED = "collected"  # goods were taken along from a stop
    BREAK_BEGAN = "break_began"
    BREAK_ENDED = "break_ended"
    RETURNED = "returned"  # back where the route ends
    RETRACTED = "retracted"  # the fact it corrects did not happen
    ATTENDED = "attended"  # something was done about the exception that is its subject
    SEALED = "sealed"  # the day is closed
    REOPENED = "reopened"  # it is open again, with a reason
    ALARM = "alarm"  # something became of the alarm that is its subject


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, as reported; never refused, never dropped.

    ``subject`` is the stop or route it speaks of, known or once known; of a mark on the day the
    key of a step, or the number of a version. ``discrepancy`` says where the plan disagreed
    (``unknown_subject``, ``not_on_a_route``, ``out_of_order``, ``after_the_seal``), else is empty.
    ``corrects`` names the fact that this one replaces. ``note`` is the id of a text in a register.
    A departure may be that from a stop. Of what is done about an exception the subject is the fact
    that tells of it; ``case`` says what that was, ``alarm`` what became of an alarm.
    """

    id: FactId
    kind: FactKind
    subject: StopId | RouteId
    happened_at: datetime
    cause: Cause | None = None
    note: str = ""
    corrects: FactId | None = None
    discrepancy: str = ""
    case: CaseNote | None = None
    alarm: AlarmNote | None = None

    @property
    def is_decision(self) -> bool:
        """True for what somebody decided, and may take back: how an exception is resolved."""
        return self.case is not None and self.case.resolution is not None


@dataclass(frozen=True, slots=True)
class Day:
    """What a plan is about: one depot on one service day, its zone and the streets it uses."""

    depot: DepotId
    service_day: date
    zone: str
    region: str = ""
    region_hash: str = ""
    traffic_version: str = ""
    objective: Objective = COST


@dataclass(frozen=True, slots=True)
class Plan:
    """All routes of a service day at one version; never mutated."""

    version: int = 0
    day: Day | None = None
    stops: Mapping[StopId, Stop] = field(default_factory=dict[StopId, Stop])
    routes: Mapping[RouteId, Route] = field(default_factory=dict[RouteId, Route])
    facts: Mapping[FactId, Fact] = field(default_factory=dict[FactId, Fact])

    @property
    def unassigned(self) -> tuple[StopId, ...]:
        """Open stops on no route, most important first, then by id."""
        waiting = [stop for stop in self.stops.values() if stop.route is None and stop.is_open]
        waiting.sort(key=lambda stop: (stop.priority.rank, stop.id))
        return tuple(stop.id for stop in waiting)

    def stops_of(self, route: RouteId) -> tuple[Stop, ...]:
        """The stops of a route in order."""
        return tuple(self.stops[stop] for stop in self.routes[route].stops)

    def behind(self, route: RouteId) -> tuple[StopId, ...]:
        """The part of a route that is done: up to the last stop arrived at or served."""
        order = self.routes[route].stops
        return order[: done_of([self.stops[stop] for stop in order])]

    def stop_of_order(self, order: OrderId) -> Stop | None:
        """The stop that serves this order."""
        return next(
            (stop for stop in self.stops.values() if any(o.id == order for o in stop.orders)),
            None,
        )

    def with_stops(self, stops: Iterable[Stop]) -> "Plan":
        """A plan in which these stops replace their namesakes."""
        return replace(self, stops={**self.stops, **{stop.id: stop for stop in stops}})

    def with_routes(self, routes: Iterable[Route]) -> "Plan":
        """A plan in which these routes replace their namesakes."""
        return replace(self, routes={**self.routes, **{route.id: route for route in routes}})

    def with_facts(self, facts: Iterable[Fact]) -> "Plan":
        """A plan that also knows these facts."""
        return replace(self, facts={**self.facts, **{fact.id: fact for fact in facts}})
