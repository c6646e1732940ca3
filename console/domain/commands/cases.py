"""What is done about exceptions, and at the end of a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from console.domain.commands.orders import AddStops, CancelOrders
from console.domain.commands.stops import MoveStops, known_route
from console.domain.errors import Rejected
from console.domain.orders import OrderId
from console.domain.plan import Fact, FactKind, Plan, Route, RouteId, Stop, StopId


@dataclass(frozen=True, slots=True)
class AttendException:
    """Something was done about an exception that changes no route: see ``cases.Step``."""

    fact: Fact

    kind: ClassVar[str] = "attend_exception.1"
    is_fact: ClassVar[bool] = True

    def names(self, plan: Plan) -> frozenset[str]:
        """Nothing: it survives every rebase."""
        return frozenset()

    def apply(self, plan: Plan) -> Plan:
        """Note it; ``not_about_a_case`` for a fact of another kind."""
        if self.fact.kind is not FactKind.ATTENDED or self.fact.case is None:
            raise Rejected("not_about_a_case", kind=self.fact.kind.value)
        return plan if self.fact.id in plan.facts else plan.with_facts([self.fact])


@dataclass(frozen=True, slots=True)
class ResolveExceptions:
    """Exceptions are put right, in one step that can be undone.

    ``gone`` are orders that leave the day. ``stop`` is a new attempt on this day, put on ``to``
    after ``after``, where a route is named. Routes in ``opened`` may be out: those that still have
    stops are handed out anew in another edition, empty and locked ones are withdrawn.
    """

    facts: tuple[Fact, ...]
    gone: tuple[OrderId, ...] = ()
    stop: Stop | None = None
    to: RouteId | None = None
    after: StopId | None = None
    opened: tuple[RouteId, ...] = ()

    kind: ClassVar[str] = "resolve_exceptions.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """What is resolved, the stops of what leaves, the new stop, and routes that are opened."""
        told = {str(fact.subject) for fact in self.facts} | {str(route) for route in self.opened}
        if self.stop is not None:
            told.add(str(self.stop.id))
        return frozenset(told) | CancelOrders(self.gone).names(plan)

    def apply(self, plan: Plan) -> Plan:
        """Resolve; ``resolved_already``, and what its parts refuse."""
        self._check(plan)
        before = [known_route(plan, route) for route in self.opened]
        plan = plan.with_routes(replace(route, locked=False, released=False) for route in before)
        if self.gone:
            plan = CancelOrders(self.gone).apply(plan)
        if self.stop is not None:
            plan = AddStops((self.stop,)).apply(plan)
        if self.stop is not None and self.to is not None:
            plan = MoveStops((self.stop.id,), self.to, self.after, self._first(plan)).apply(plan)
        anew = [_anew(route, plan.routes[route.id]) for route in before if _stays_out(route, plan)]
        return plan.with_routes(anew).with_facts(self.facts)

    def _first(self, plan: Plan) -> StopId | None:
        """Without a stop before it, it lands before all that is not done yet."""
        if self.after is not None or self.to is None:
            return None
        return next(iter(known_route(plan, self.to).stops), None)

    def _check(self, plan: Plan) -> None:
        for fact in self.facts:
            if fact.kind is not FactKind.ATTENDED or fact.case is None:
                raise Rejected("not_about_a_case", kind=fact.kind.value)
        done = {fact.subject for fact in resolutions(plan.facts.values())}
        twice = sorted(done & {fact.subject for fact in self.facts})
        if twice:
            raise Rejected("resolved_already", case=twice[0])


def _stays_out(before: Route, plan: Plan) -> bool:
    """True for a route that its driver has, and drives on with what changed."""
    return before.released and not before.locked and bool(plan.routes[before.id].stops)


def _anew(before: Route, now: Route) -> Route:
    return replace(now, released=True, edition=before.edition + 1)


def resolutions(facts: Iterable[Fact]) -> list[Fact]:
    """The facts by which exceptions were resolved."""
    return [fact for fact in facts if fact.is_decision]


@dataclass(frozen=True, slots=True)
class SealDay:
    """The day is closed, or opened again; the reason is a note. Sealed, only facts come in."""

    fact: Fact

    kind: ClassVar[str] = "seal_day.1"
    is_fact: ClassVar[bool] = True

    def names(self, plan: Plan) -> frozenset[str]:
        """Nothing: the seal survives every rebase."""
        return frozenset()

    def apply(self, plan: Plan) -> Plan:
        """Seal or open; ``not_a_seal`` for a fact of another kind."""
        if self.fact.kind not in (FactKind.SEALED, FactKind.REOPENED):
            raise Rejected("not_a_seal", kind=self.fact.kind.value)
        return plan if self.fact.id in plan.facts else plan.with_facts([self.fact])
