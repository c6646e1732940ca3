"""When each open stop is come to, and how sure that is: the errors of the day are its measure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from console.dispatch.picture import Picture, PictureChange
from console.dispatch.ports import Clock
from console.dispatch.workday import Workday
from console.domain.etas import Eta, EtaErrors, lead_class
from console.domain.plan import Plan, RouteId, StopId
from console.domain.reported import reported


@dataclass(slots=True)
class Forecast:
    """Follows a day: keeps what was foretold of each stop, and measures it when the driver comes.

    Of each stop one arrival is kept for each class of leads, the first that was foretold in it.
    Only routes under way count: before, it is not known when they leave.
    """

    workday: Workday
    clock: Clock
    errors: EtaErrors = field(default_factory=EtaErrors)
    _foretold: dict[StopId, dict[int, tuple[datetime, datetime]]] = field(
        default_factory=dict[StopId, dict[int, tuple[datetime, datetime]]]
    )

    def __post_init__(self) -> None:
        self.workday.follow(self.changed)

    def changed(self, change: PictureChange) -> None:
        """Measure who came, then foretell anew."""
        plan = change.after.plan
        routes = plan.routes if change.everything else change.routes
        self._measure(change.before.plan, plan)
        self._foretell(change.after, [r for r in routes if r in plan.routes])

    def etas(self, route: RouteId) -> Mapping[StopId, Eta]:
        """Those of a route's open stops, in order; empty without travel times."""
        picture, now = self.workday.picture, self.clock.now()
        schedule = picture.schedules.get(route)
        if schedule is None:
            return {}
        stops = picture.plan.stops
        return {
            visit.stop: self.errors.eta(visit.arrival, now)
            for visit in schedule.visits
            if stops[visit.stop].is_open
        }

    def _measure(self, before: Plan, after: Plan) -> None:
        if before.facts is after.facts:
            return
        came = reported(after.facts).arrived
        for stop, at in came.items():
            for made, eta in self._foretold.pop(stop, {}).values():
                self.errors.note(eta - made, at - eta)

    def _foretell(self, picture: Picture, routes: list[RouteId]) -> None:
        now, plan = self.clock.now(), picture.plan
        for route in routes:
            schedule = picture.schedules.get(route)
            if schedule is None or plan.routes[route].started_at is None:
                continue
            for visit in schedule.visits:
                lead = visit.arrival - now
                if plan.stops[visit.stop].is_open and lead.total_seconds() > 0:
                    kept = self._foretold.setdefault(visit.stop, {})
                    kept.setdefault(lead_class(lead), (now, visit.arrival))
