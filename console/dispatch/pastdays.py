"""Days that are over, read from their journals: all a depot's views back in time begin here."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from console.dispatch.journal import Entry, beginning
from console.dispatch.lanes import Lane
from console.dispatch.services import Services
from console.dispatch.station import Station, stream_of
from console.domain.errors import ConsoleError
from console.domain.fleet import DepotId
from console.domain.plan import (
    Fact,
    FactId,
    FactKind,
    Plan,
    Route,
    RouteId,
    Stop,
    StopId,
)
from console.domain.reported import OUTCOMES
from console.tongues import tr

DAYS = 60
"""Days looked back upon; positions are not kept much longer."""
_TOLD = frozenset((*OUTCOMES, FactKind.EXCEPTION))


def depot_of(station: Station) -> DepotId:
    """The depot of the open day; ConsoleError where none is open."""
    day = station.workday.desk.plan.day
    if day is None:
        raise ConsoleError(tr("No day is open."), remedy=tr("Choose a depot and a day first."))
    return day.depot


async def past_days(station: Station, back: int = DAYS) -> list[date]:
    """The depot's last days before today that have a journal, oldest first."""
    services, depot = station.services, depot_of(station)
    now = services.clock.now().astimezone(station.service_day.zone).date()
    streams = set(await services.lanes.run(Lane.SQL, services.journal.streams))
    past = (now - timedelta(days=each) for each in range(back, 0, -1))
    return [day for day in past if stream_of(depot, day) in streams]


def plan_of(services: Services, stream: str) -> Plan:
    """A day's plan with all its facts; blocking."""
    plan, entries = beginning(services.journal, services.snapshots, stream)
    for entry in entries:
        if entry.version > plan.version:
            plan = entry.patch.apply(plan)
    return plan


@dataclass(slots=True)
class PastDay:
    """All that a day ever held: stops and routes as they were last, even where they left it.

    ``on`` is the route a stop was on when it was told how its visit ended. A failed stop that went
    on another day is not in that day's plan any more; here it is. ``actors`` are who told.
    """

    stops: dict[StopId, Stop] = field(default_factory=dict[StopId, Stop])
    routes: dict[RouteId, Route] = field(default_factory=dict[RouteId, Route])
    facts: dict[FactId, Fact] = field(default_factory=dict[FactId, Fact])
    on: dict[StopId, RouteId] = field(default_factory=dict[StopId, RouteId])
    actors: dict[FactId, str] = field(default_factory=dict[FactId, str])

    def route_of(self, stop: StopId) -> Route | None:
        """The route a stop belongs to."""
        held = self.stops.get(stop)
        own = self.on.get(stop) or (held.route if held is not None else None)
        return self.routes.get(own) if own is not None else None

    def take(self, entry: Entry) -> None:
        """One more row."""
        patch = entry.patch
        self.stops |= {StopId(d.key): d.after for d in patch.stops if d.after is not None}
        self.routes |= {RouteId(d.key): d.after for d in patch.routes if d.after is not None}
        for delta in patch.facts:
            key = FactId(delta.key)
            if delta.after is None:
                self.facts.pop(key, None)
            else:
                self.facts[key] = delta.after
                self.actors.setdefault(key, entry.actor)
                self._place(delta.after)

    def _place(self, fact: Fact) -> None:
        stop = self.stops.get(StopId(fact.subject))
        if stop is not None and stop.route is not None and fact.kind in _TOLD:
            self.on[stop.id] = stop.route


def past_day(services: Services, stream: str) -> PastDay:
    """A day from its whole journal; blocking."""
    day = PastDay()
    for entry in services.journal.read(stream):
        day.take(entry)
    return day
