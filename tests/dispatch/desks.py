"""Small days for tests of desks: stops s0.., routes r0.., one place each."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from console.dispatch.desk import Desk
from console.dispatch.journal import Journal
from console.domain.commands import AddStops, OpenShifts
from console.domain.fleet import DepotId, DriverId, Shift, VehicleId
from console.domain.load import Load
from console.domain.orders import Order, OrderId
from console.domain.places import PlaceId
from console.domain.plan import RouteId, Stop, StopId

MORNING = datetime(2026, 11, 23, 6, tzinfo=UTC)
STREAM = "plan/depot/2026-11-23"


@dataclass
class StepClock:
    """A clock that goes on by one second each time it is asked."""

    _ticks: count = field(default_factory=count)

    def now(self) -> datetime:
        return MORNING + timedelta(seconds=next(self._ticks))


def shift(i: int) -> Shift:
    return Shift(
        DriverId(f"d{i}"),
        VehicleId(f"v{i}"),
        DepotId("depot"),
        PlaceId("depot"),
        MORNING,
        MORNING + timedelta(hours=8),
    )


def order(name: str) -> Order:
    return Order(OrderId(f"o{name}"), PlaceId(f"p{name}"), Load(pieces=1))


def stop(name: str) -> Stop:
    return Stop(StopId(f"s{name}"), PlaceId(f"p{name}"), (order(name),))


def desk(journal: Journal, origin: str) -> Desk:
    return Desk.open(journal, STREAM, actor=origin, origin=origin, clock=StepClock())


def opened(journal: Journal, *, stops: int = 10, routes: int = 3, origin: str = "setup") -> Desk:
    """A desk on a day with unassigned stops and empty routes."""
    first = desk(journal, origin)
    first.submit(OpenShifts(tuple((RouteId(f"r{i}"), shift(i)) for i in range(routes))))
    first.submit(AddStops(tuple(stop(str(i)) for i in range(stops))))
    first.flush()
    return first
