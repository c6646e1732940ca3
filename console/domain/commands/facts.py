"""Facts: what happened. Never refused, never dropped; a disagreement is noted on the fact."""

from dataclasses import dataclass, replace
from typing import ClassVar

from console.domain.plan import (
    Fact,
    FactKind,
    Plan,
    RouteId,
    StopId,
    StopStatus,
)

_STATUS = {
    FactKind.ARRIVED: StopStatus.ARRIVED,
    FactKind.DELIVERED: StopStatus.DELIVERED,
    FactKind.FAILED: StopStatus.FAILED,
}


@dataclass(frozen=True, slots=True)
class RecordFact:
    """A departure, arrival, delivery or failure as reported."""

    fact: Fact

    kind: ClassVar[str] = "record_fact.1"
    is_fact: ClassVar[bool] = True

    def names(self, plan: Plan) -> frozenset[str]:
        """Nothing: a fact survives every rebase."""
        return frozenset()

    def apply(self, plan: Plan) -> Plan:
        """Note it, and move the stop or route along where the plan still knows it."""
        fact = self.fact
        if fact.id in plan.facts:
            return plan
        if fact.corrects is not None:
            plan = _withdrawn(plan, fact)
        noted = plan.with_facts([replace(fact, discrepancy=_discrepancy(plan, fact))])
        return _carried(noted, fact)


@dataclass(frozen=True, slots=True)
class LogException:
    """Something went wrong at a stop or on a route: cause, and the id of a note."""

    fact: Fact

    kind: ClassVar[str] = "log_exception.1"
    is_fact: ClassVar[bool] = True

    def names(self, plan: Plan) -> frozenset[str]:
        """Nothing: a fact survives every rebase."""
        return frozenset()

    def apply(self, plan: Plan) -> Plan:
        """Note it; the plan itself does not move."""
        if self.fact.id in plan.facts:
            return plan
        known = self.fact.subject in plan.stops or self.fact.subject in plan.routes
        discrepancy = "" if known else "unknown_subject"
        return plan.with_facts([replace(self.fact, discrepancy=discrepancy)])


def _discrepancy(plan: Plan, fact: Fact) -> str:
    if fact.subject in plan.routes:
        return ""
    stop = plan.stops.get(StopId(fact.subject))
    if stop is None:
        return "unknown_subject"
    if stop.route is None:
        return "not_on_a_route"
    order = plan.routes[stop.route].stops
    earlier = order[: order.index(stop.id)]
    skipped = any(plan.stops[s].is_open for s in earlier)
    return "out_of_order" if skipped else ""


def _carried(plan: Plan, fact: Fact) -> Plan:
    if fact.kind is FactKind.DEPARTED and fact.subject in plan.routes:
        route = plan.routes[RouteId(fact.subject)]
        return plan.with_routes([replace(route, started_at=fact.happened_at)])
    status = _STATUS.get(fact.kind)
    stop = plan.stops.get(StopId(fact.subject))
    if status is None or stop is None:
        return plan
    plan = plan.with_stops([replace(stop, status=status)])
    return _served_first(plan, stop.route)


def _served_first(plan: Plan, on: RouteId | None) -> Plan:
    """Served stops stand before open ones, each group in its old order."""
    if on is None:
        return plan
    route = plan.routes[on]
    order = tuple(sorted(route.stops, key=lambda s: plan.stops[s].is_open))
    return plan if order == route.stops else plan.with_routes([replace(route, stops=order)])


def _withdrawn(plan: Plan, fact: Fact) -> Plan:
    """The plan as if the corrected fact had not moved its subject."""
    wrong = plan.facts.get(fact.corrects) if fact.corrects else None
    if wrong is None:
        return plan
    if wrong.kind is FactKind.DEPARTED and wrong.subject in plan.routes:
        before = _standing(plan, wrong, fact, (FactKind.DEPARTED,))
        started = before.happened_at if before else None
        route = plan.routes[RouteId(wrong.subject)]
        return plan.with_routes([replace(route, started_at=started)])
    stop = plan.stops.get(StopId(wrong.subject))
    if stop is None or wrong.kind not in _STATUS:
        return plan
    before = _standing(plan, wrong, fact, tuple(_STATUS))
    status = _STATUS[before.kind] if before else StopStatus.PLANNED
    plan = plan.with_stops([replace(stop, status=status)])
    return _served_first(plan, stop.route)


def _standing(plan: Plan, wrong: Fact, by: Fact, kinds: tuple[FactKind, ...]) -> Fact | None:
    """The latest fact about the same subject that nobody has corrected."""
    corrected = {fact.corrects for fact in plan.facts.values()} | {by.corrects}
    others = [
        fact
        for fact in plan.facts.values()
        if fact.subject == wrong.subject and fact.kind in kinds and fact.id not in corrected
    ]
    return max(others, key=lambda fact: (fact.happened_at, fact.id), default=None)
