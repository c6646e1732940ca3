"""A kept plan laid on the day as it is now: what it would change, and what came since."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from console.dispatch.registers import Scenario
from console.domain.commands import AdoptSolution, SwitchDriver
from console.domain.plan import Plan, Route, RouteId, Stop, StopId
from console.tongues import tr, trn

ENGINE = "scenario"
"""Who proposed an ``AdoptSolution`` that a scenario leads to."""


@dataclass(frozen=True, slots=True)
class Drift:
    """How far the day's stops moved on since a plan was kept."""

    came: int = 0
    gone: int = 0

    @property
    def sentence(self) -> str:
        """``2 stops came since, 1 is gone``; '' where it knows them all."""
        parts = (
            trn("{came} stop came since", "{came} stops came since", self.came, came=self.came)
            if self.came
            else "",
            trn("{gone} is gone", "{gone} are gone", self.gone, gone=self.gone)
            if self.gone
            else "",
        )
        return ", ".join(part for part in parts if part)


def arranged(plan: Plan, name: str, off: Collection[RouteId] = ()) -> Scenario:
    """A plan as a scenario that is not stored yet; ``off`` are drivers it does without."""
    routes = tuple((route.id, route.stops) for route in plan.routes.values())
    waiting = tuple(stop.id for stop in plan.stops.values() if stop.route is None)
    kept = Scenario("", name, routes, waiting, off=tuple(off), version=plan.version)
    return kept if plan.day is None else kept.weighed(plan.day.objective)


def laid(plan: Plan, scenario: Scenario) -> AdoptSolution:
    """What makes the scenario of this plan.

    Pins, locks, drivers who are off and what is done stay as they are now; so do stops that the
    scenario does not know, and those of drivers who are gone.
    """
    given = dict(scenario.routes)
    goes = _free(plan, scenario)
    orders = {
        route.id: _order(plan, route, given.get(route.id, ()), goes)
        for route in plan.routes.values()
        if _is_open(route)
    }
    changed = tuple((r, stops) for r, stops in orders.items() if stops != plan.routes[r].stops)
    objective = scenario.objective
    same = plan.day is None or plan.day.objective == objective
    return AdoptSolution(changed, ENGINE, objective=None if same else objective)


def drift(plan: Plan, scenario: Scenario) -> Drift:
    """What the scenario does not know, and what it knows that is no more."""
    known = {*scenario.waiting, *(stop for _, stops in scenario.routes for stop in stops)}
    return Drift(len(plan.stops.keys() - known), len(known - plan.stops.keys()))


def can_go(plan: Plan, route: Route) -> str:
    """Why a scenario cannot do without this driver; '' where it can."""
    stops = plan.stops_of(route.id)
    if route.off:
        return tr("off today")
    if route.is_frozen:
        return tr("locked") if route.locked else tr("released")
    if plan.behind(route.id) or route.started_at is not None:
        return tr("under way")
    if any(stop.loaded for stop in stops):
        return tr("loaded")
    return tr("has pinned stops") if any(stop.pinned for stop in stops) else ""


def without(plan: Plan, off: Collection[RouteId]) -> Plan:
    """The plan with these drivers off and their stops waiting."""
    for route in off:
        plan = SwitchDriver(route).apply(plan)
    return plan


def _is_open(route: Route) -> bool:
    return not route.is_frozen and not route.off


def _free(plan: Plan, scenario: Scenario) -> Mapping[StopId, RouteId | None]:
    """Where each stop goes that the scenario knows and that may go there."""
    given = ((stop, route) for route, stops in scenario.routes for stop in stops)
    usable = {route.id for route in plan.routes.values() if _is_open(route)}
    wanted: dict[StopId, RouteId | None] = {s: r for s, r in given if r in usable}
    wanted |= dict.fromkeys(scenario.waiting)
    done = {stop for route in plan.routes for stop in plan.behind(route)}

    def may_move(stop: Stop) -> bool:
        stays = stop.pinned or stop.loaded or not stop.is_open or stop.id in done
        return not stays and (stop.route is None or stop.route in usable)

    return {s: wanted[s] for s in plan.stops if s in wanted and may_move(plan.stops[s])}


def _order(
    plan: Plan, route: Route, given: Collection[StopId], goes: Mapping[StopId, RouteId | None]
) -> tuple[StopId, ...]:
    """Done, then as the scenario says; what it does not know stays behind its neighbour."""
    staying = {stop for stop in route.stops if goes.get(stop, route.id) == route.id}
    members = staying | {stop for stop, to in goes.items() if to == route.id}
    done = plan.behind(route.id)
    listed = [*done, *(stop for stop in given if stop in members and stop not in done)]
    for stop in _unlisted(route, listed, staying):
        i = route.stops.index(stop)
        before = next((s for s in reversed(route.stops[:i]) if s in listed), None)
        listed.insert(listed.index(before) + 1 if before is not None else len(done), stop)
    return tuple(listed)


def _unlisted(
    route: Route, listed: Collection[StopId], staying: Collection[StopId]
) -> Iterator[StopId]:
    known = set(listed)
    return (stop for stop in route.stops if stop in staying and stop not in known)
