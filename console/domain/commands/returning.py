"""Back to an earlier version of the day, and what is written beside its versions."""

from dataclasses import dataclass, field, replace
from typing import ClassVar

from console.domain.errors import Rejected
from console.domain.patch import Patch
from console.domain.plan import Fact, FactKind, Plan, Route, Stop

MARKS = (FactKind.SKIPPED, FactKind.NAMED)


def returned(now: Plan, then: Plan) -> Plan:
    """``then`` with what was reported from the street until now: facts are not taken back."""
    stops = {stop.id: _as_reported(stop, now) for stop in then.stops.values()}
    facts = {key: fact for key, fact in now.facts.items() if not fact.is_decision}
    facts |= {key: fact for key, fact in then.facts.items() if fact.is_decision}
    plan = replace(then, version=now.version, day=then.day or now.day, stops=stops, facts=facts)
    return plan.with_routes(_served_first(plan, route, now) for route in then.routes.values())


def _as_reported(stop: Stop, now: Plan) -> Stop:
    known = now.stops.get(stop.id)
    return stop if known is None else replace(stop, status=known.status, loaded=known.loaded)


def _served_first(plan: Plan, route: Route, now: Plan) -> Route:
    known = now.routes.get(route.id)
    order = tuple(sorted(route.stops, key=lambda stop: plan.stops[stop].is_open))
    return replace(route, stops=order, started_at=known.started_at if known else None)


@dataclass(frozen=True, slots=True)
class ReturnTo:
    """Make the plan as it was at ``version``, in one step; what happened since stays.

    ``back`` leads there from the plan it was made for; the desk finds it, it is not stored again
    with the command.
    """

    version: int
    back: Patch = field(default=Patch(), metadata={"stored": False})

    kind: ClassVar[str] = "return_to.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """Every entity that differs, and the stops that enter or leave its routes."""
        return self.back.touched()

    def apply(self, plan: Plan) -> Plan:
        """Go back; ``changed_since`` where somebody changed it meanwhile."""
        return self.back.apply(plan)


@dataclass(frozen=True, slots=True)
class MarkDay:
    """A step of the checklist was skipped, or a version got a name; the text is a note.

    The fact's subject is the step's key, or the number of the version.
    """

    fact: Fact

    kind: ClassVar[str] = "mark_day.1"
    is_fact: ClassVar[bool] = True

    def names(self, plan: Plan) -> frozenset[str]:
        """Nothing: a mark survives every rebase."""
        return frozenset()

    def apply(self, plan: Plan) -> Plan:
        """Note it; ``not_a_mark`` for a fact of another kind."""
        if self.fact.kind not in MARKS:
            raise Rejected("not_a_mark", kind=self.fact.kind.value)
        return plan if self.fact.id in plan.facts else plan.with_facts([self.fact])
