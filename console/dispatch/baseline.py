"""What was planned when a route was released: the measure of a running day.

Derived, never stored: the stops are read back from the journal's patches (``releasing``), and their
times follow from the reference, as if nothing had been reported yet.
"""

from dataclasses import dataclass, field, replace

from console.dispatch.releasing import given_last
from console.dispatch.workday import Workday
from console.domain.plan import Plan, RouteId, Stop, StopId, StopStatus
from console.domain.schedule import Schedule, schedule_route
from console.domain.travel import TravelMatrix


@dataclass(slots=True)
class Baseline:
    """The planned schedules of a day; each is made once for an edition and the travel times."""

    workday: Workday
    _known: dict[RouteId, tuple[int, TravelMatrix, Schedule | None]] = field(
        default_factory=dict[RouteId, tuple[int, TravelMatrix, Schedule | None]]
    )

    def planned(self, route: RouteId) -> Schedule | None:
        """As released or amended last; None where it is not out, or travel times are missing."""
        desk, matrix = self.workday.desk, self.workday.matrix
        entry = desk.plan.routes.get(route)
        if entry is None or not entry.released:
            self._known.pop(route, None)
            return None
        known = self._known.get(route)
        if known is not None and known[0] == entry.edition and known[1] is matrix:
            return known[2]
        found = given_last(desk, route)
        if found is None:
            return None
        made = _as_released(desk.plan, route, found[1], matrix)
        self._known[route] = (entry.edition, matrix, made)
        return made


def _as_released(
    plan: Plan, route: RouteId, stops: dict[StopId, Stop], matrix: TravelMatrix
) -> Schedule | None:
    if not all(stop.place in matrix.index for stop in stops.values()):
        return None
    fresh = {key: replace(stop, status=StopStatus.PLANNED) for key, stop in stops.items()}
    entry = replace(plan.routes[route], stops=tuple(fresh), started_at=None)
    if not entry.shift.places <= matrix.index.keys():
        return None
    return schedule_route(Plan(day=plan.day, stops=fresh, routes={route: entry}), entry, matrix)
