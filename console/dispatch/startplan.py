"""A plan file that Doorstep wrote, read again: the day goes on from there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from console.dispatch.station import Station
from console.domain.commands import AdoptSolution, Command, LoadStops, LockRoutes, PinStops
from console.domain.errors import ConsoleError
from console.domain.orders import OrderId
from console.domain.plan import Plan, RouteId, StopId

_SHOWN = 5
ENGINE = "plan file"


class StartStop(msgspec.Struct, frozen=True):
    """A stop of the file; marks that older files do not have are off."""

    orders: list[str]
    pinned: bool = False
    loaded: bool = False


class StartRoute(msgspec.Struct, frozen=True):
    """A route of the file."""

    driver: str
    stops: list[StartStop]
    locked: bool = False


class StartUnassigned(msgspec.Struct, frozen=True):
    """An order that had no driver."""

    order: str


class StartPlan(msgspec.Struct, frozen=True):
    """What of a plan file matters for going on from it."""

    schema: int
    date: str | None
    routes: list[StartRoute]
    unassigned: list[StartUnassigned]


@dataclass(frozen=True, slots=True)
class Started:
    """How a day began: stops kept on their routes, orders new since and gone since, drivers gone.

    ``base`` is the plan as it was taken over.
    """

    base: Plan
    kept: int
    new: tuple[OrderId, ...]
    gone: tuple[OrderId, ...]
    drivers: tuple[str, ...]
    date: str

    def sentences(self) -> Iterator[str]:
        """What is worth saying."""
        yield f"{self.kept} stops start on the routes of the plan file."
        if self.new:
            yield f"New since: {_some(self.new)}."
        if self.gone:
            yield f"Not in the order file any more: {_some(self.gone)}."
        if self.drivers:
            yield f"Not on shift any more: {_some(self.drivers)}; their stops wait."
        day = self.base.day
        if day is not None and self.date not in {"", day.service_day.isoformat()}:
            yield f"The plan file is of another day, {self.date}."


def read_start(path: Path) -> StartPlan:
    """The plan in a file; ConsoleError when it cannot be read or is none that Doorstep wrote."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=StartPlan)
    except OSError as error:
        raise ConsoleError(
            f"{path} cannot be read: {error.strerror}.", remedy="Check the name of --from."
        ) from error
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise ConsoleError(
            f"{path} is no plan that Doorstep wrote: {error}.",
            remedy="Give --from a file that doorstep plan wrote.",
        ) from error
    if found.schema != 1:
        raise ConsoleError(
            f"{path} was written by a newer Doorstep.", remedy="Update this one, or plan anew."
        )
    return found


async def start_from(station: Station, start: StartPlan) -> Started:
    """Put the day's stops where the file has them, pinned, loaded and locked as they were."""
    before = station.workday.desk.plan
    routes = {label.name: route for route, label in station.picture.drivers.items()}
    stop_of = {order.id: stop.id for stop in before.stops.values() for order in stop.orders}
    placed = _placed(start, routes, stop_of)
    for command in _commands(start, routes, stop_of, placed):
        await station.submit(command)
    told = {OrderId(name) for name in _orders(start)}
    return Started(
        station.workday.desk.plan,
        sum(len(stops) for stops in placed.values()),
        tuple(order for order in stop_of if order not in told),
        tuple(sorted(order for order in told if order not in stop_of)),
        tuple(route.driver for route in start.routes if route.driver not in routes),
        start.date or "",
    )


def _orders(start: StartPlan) -> Iterator[str]:
    for route in start.routes:
        for stop in route.stops:
            yield from stop.orders
    for waiting in start.unassigned:
        yield waiting.order


_Routes = dict[str, RouteId]
_Stops = dict[OrderId, StopId]


def _placed(start: StartPlan, routes: _Routes, stop_of: _Stops) -> dict[RouteId, list[StopId]]:
    """Today's stops in the file's order, each once."""
    placed: dict[RouteId, list[StopId]] = {}
    seen: set[StopId] = set()
    for route in start.routes:
        if route.driver not in routes:
            continue
        order = placed.setdefault(routes[route.driver], [])
        for stop in route.stops:
            for mine in _today(stop, stop_of):
                if mine not in seen:
                    seen.add(mine)
                    order.append(mine)
    return placed


def _today(stop: StartStop, stop_of: _Stops) -> list[StopId]:
    found = (stop_of.get(OrderId(name)) for name in stop.orders)
    return list(dict.fromkeys(each for each in found if each is not None))


def _commands(
    start: StartPlan, routes: _Routes, stop_of: _Stops, placed: dict[RouteId, list[StopId]]
) -> Iterator[Command]:
    adopted = tuple((route, tuple(stops)) for route, stops in placed.items() if stops)
    if adopted:
        yield AdoptSolution(adopted, ENGINE)
    there = {stop for stops in placed.values() for stop in stops}

    def marked(test: Callable[[StartStop], bool]) -> tuple[StopId, ...]:
        stops = (stop for route in start.routes for stop in route.stops if test(stop))
        mine = (each for stop in stops for each in _today(stop, stop_of))
        return tuple(dict.fromkeys(each for each in mine if each in there))

    if pinned := marked(lambda stop: stop.pinned):
        yield PinStops(pinned)
    if loaded := marked(lambda stop: stop.loaded):
        yield LoadStops(loaded)
    locked = (routes.get(route.driver) for route in start.routes if route.locked)
    if frozen := tuple(route for route in locked if route is not None):
        yield LockRoutes(frozen)


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
