"""The traffic of the open day: which version holds, and what a change of it brings about."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from zoneinfo import ZoneInfo

from console.dispatch.lanes import Lane, Lanes
from console.dispatch.ports import Progress, Streets
from console.dispatch.services import Services
from console.domain.fleet import Shift
from console.domain.plan import Plan
from console.domain.traffic import FREE_ROADS, NO_TRAFFIC, DayTraffic, SpeedState, Traffic
from console.domain.travel import keeps_out
from console.domain.visits import Schedule


@dataclass(slots=True)
class TrafficOfDay:
    """``value`` is what the plan names; ``served`` what the travel times in use were made with."""

    value: Traffic = field(default_factory=Traffic)
    served: DayTraffic = NO_TRAFFIC
    _stop: Event = field(default_factory=Event)

    def wanted(self, plan: Plan) -> DayTraffic:
        """The traffic of the plan's day, told the properties of its vehicles."""
        if plan.day is None or not self.value.version:
            return NO_TRAFFIC
        on = self.value.on(plan.day.service_day, ZoneInfo(plan.day.zone))
        return on.keeping_out(properties_of(plan))

    async def follow(self, plan: Plan, services: Services) -> None:
        """Read the version that the plan names, where it is another one."""
        day = plan.day
        if day is None or day.traffic_version == self.value.version:
            return
        find = partial(services.traffics.find, day.depot, day.traffic_version)
        self.value = await services.lanes.run(Lane.SQL, find) or Traffic()

    async def keep(self, plan: Plan, services: Services) -> None:
        """Let the traffic that an undo brought back hold for other days, too."""
        day, traffics = plan.day, services.traffics
        if day is None or day.traffic_version == self.value.version:
            return
        find = partial(traffics.find, day.depot, day.traffic_version)
        value = await services.lanes.run(Lane.SQL, find)
        if value is not None:
            now = services.clock.now()
            put = partial(traffics.put, day.depot, value, services.actor, now)
            await services.lanes.run(Lane.SQL, put)

    async def is_built(
        self, wanted: DayTraffic, streets: Callable[[], Awaitable[Streets]], lanes: Lanes
    ) -> bool:
        """True where nothing has to be built for it."""
        if wanted in (NO_TRAFFIC, self.served):
            return True
        return await lanes.run(Lane.STREETS, partial((await streets()).has_day, wanted))

    async def prepare(
        self, wanted: DayTraffic, streets: Streets, lanes: Lanes, told: Progress | None
    ) -> bool:
        """Build what is missing for it, instead of what is being built; False when called off."""
        self._stop.set()
        stop = self._stop = Event()
        build = partial(streets.prepare_day, wanted, "car", told or nothing_told, stop)
        await lanes.run(Lane.SPEEDS, build)
        return not stop.is_set()

    def legs_of(
        self, schedule: Schedule, shift: Shift, nodes: Sequence[str]
    ) -> tuple[SpeedState, ...]:
        """The roads on which a route drives from node to node; () where nothing is closed."""
        out = keeps_out([area.allowed for area in self.served.barred], shift.properties)
        day = self.served.closed_to(out) if out else self.served
        if not any(state.closes for state in day.distinct):
            return ()
        left = {str(visit.stop): visit.departure for visit in schedule.visits}
        moment, states = schedule.start, list[SpeedState]()
        for node in nodes[:-1]:
            moment = left.get(node, moment)
            states.append(day.at(int(moment.timestamp())))
        kept = tuple(state if state.closes else FREE_ROADS for state in states)
        return kept if any(state.closes for state in kept) else ()

    def call_off(self) -> None:
        """End the build that is under way."""
        self._stop.set()


def properties_of(plan: Plan) -> Iterable[tuple[str, ...]]:
    """What low-emission zones ask of the day's vehicles."""
    return {route.shift.properties for route in plan.routes.values()}


def nothing_told(sentence: str, share: float) -> None:
    """Progress nobody looks at."""
