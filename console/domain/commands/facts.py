"""Facts: what happened. Never refused, never dropped; a disagreement is noted on the fact."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import ClassVar

from console.domain.plan import Fact, FactKind, Plan, RouteId, StopId
from console.domain.reported import OF_STOPS, standing_about, status_of
from console.domain.sealing import seal_of

_SOONEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RecordFact:
    """Something that happened on the street, as reported: see ``FactKind``."""

    fact: Fact

    kind: ClassVar[str] = "record_fact.1"
    is_fact: ClassVar[bool] = True

    def names(self, plan: Plan) -> frozenset[str]:
        """Nothing: a fact survives every rebase."""
        return frozenset()

    def apply(self, plan: Plan) -> Plan:
        """Note it, and move the stop or route along where the plan still knows it.

        Where a stop stands follows from all facts that nobody corrected, so that it does not
        matter in which order they come in.
        """
        fact = self.fact
        if fact.id in plan.facts:
            return plan
        wrong = plan.facts.get(fact.corrects) if fact.corrects else None
        subjects = {each.subject for each in (fact, wrong) if each is not None}
        plan = plan.with_facts([replace(fact, discrepancy=_discrepancy(plan, fact, wrong))])
        for subject in sorted(subjects):
            plan = _carried(plan, subject)
        return plan


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
        after = "after_the_seal" if seal_of(plan.facts) is not None else ""
        discrepancy = after if known else "unknown_subject"
        return plan.with_facts([replace(self.fact, discrepancy=discrepancy)])


def _discrepancy(plan: Plan, fact: Fact, wrong: Fact | None) -> str:
    found = _disagreement(plan, fact, wrong)
    return "after_the_seal" if not found and seal_of(plan.facts) is not None else found


def _disagreement(plan: Plan, fact: Fact, wrong: Fact | None) -> str:
    if fact.subject in plan.routes:
        return ""
    stop = plan.stops.get(StopId(fact.subject))
    if stop is None:
        return "unknown_subject"
    if stop.route is None:
        return "not_on_a_route"
    order = plan.routes[stop.route].stops
    taken_back = wrong.subject if wrong is not None else None
    earlier = order[: order.index(stop.id)]
    skipped = any(plan.stops[s].is_open or s == taken_back for s in earlier)
    return "out_of_order" if skipped and fact.kind in OF_STOPS else ""


def _carried(plan: Plan, subject: StopId | RouteId) -> Plan:
    """The plan as the standing facts about a subject have it."""
    kinds = {fact.kind for fact in plan.facts.values() if fact.subject == subject}
    route = plan.routes.get(RouteId(subject))
    if route is not None and FactKind.DEPARTED in kinds:
        left = [f.happened_at for f in _told(plan, (subject,)) if f.kind is FactKind.DEPARTED]
        return plan.with_routes([replace(route, started_at=min(left, default=None))])
    stop = plan.stops.get(StopId(subject))
    if stop is None or not kinds & OF_STOPS:
        return plan
    status = status_of(_told(plan, (subject,)))
    if status is not stop.status:
        plan = plan.with_stops([replace(stop, status=status)])
    return _served_first(plan, stop.route)


def _told(plan: Plan, subjects: Iterable[str]) -> list[Fact]:
    """The standing facts about some subjects."""
    return standing_about(plan.facts, frozenset(subjects))


def _served_first(plan: Plan, on: RouteId | None) -> Plan:
    """Stops that are done come first, in the order they were come to; the rest as it was."""
    if on is None:
        return plan
    route = plan.routes[on]
    came = dict[str, datetime]()
    for fact in _told(plan, route.stops):
        if fact.kind in OF_STOPS:
            came.setdefault(fact.subject, fact.happened_at)

    def rank(stop: StopId) -> tuple[bool, datetime]:
        is_open = plan.stops[stop].is_open
        return is_open, _SOONEST if is_open else came.get(stop, _SOONEST)

    order = tuple(sorted(route.stops, key=rank))
    return plan if order == route.stops else plan.with_routes([replace(route, stops=order)])
