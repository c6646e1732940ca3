"""The way a driver really drove so far, by the positions of the day that are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from console.dispatch.distances import prepared
from console.dispatch.lanes import Lane
from console.dispatch.ports import Progress
from console.dispatch.station import Station, stream_of
from console.dispatch.street import Position
from console.dispatch.traces import Fix, Trace
from console.domain.plan import RouteId


@dataclass(frozen=True, slots=True)
class WayDriven:
    """The roads of one route's driver, and the metres that its plan has in all."""

    trace: Trace
    positions: Sequence[Position]
    planned_metres: int


async def way_driven(station: Station, route: RouteId, told: Progress | None = None) -> WayDriven:
    """Match what is kept of a route of the open day; without positions the trace is empty.

    Raises Untraceable where the engine cannot match; ConsoleError without a region.
    """
    positions = await _positions(station, route)
    profile = station.picture.plan.routes[route].shift.profile
    schedule = station.picture.schedules.get(route)
    planned = schedule.metres if schedule else 0
    if not positions:
        return WayDriven(Trace((), 0, (), ()), (), planned)
    streets = await prepared(station, profile, told)
    fixes = [Fix(each.at, each.point, each.accuracy) for each in positions]
    ask = partial(streets.trace, fixes, profile)
    trace = await station.services.lanes.run(Lane.STREETS, ask)
    return WayDriven(trace, positions, planned)


async def _positions(station: Station, route: RouteId) -> Sequence[Position]:
    kept, day = station.services.positions, station.picture.plan.day
    if kept is None or day is None:
        return ()
    read = partial(kept.of_day, stream_of(day.depot, day.service_day))
    return (await station.services.lanes.run(Lane.SQL, read)).get(route, ())
