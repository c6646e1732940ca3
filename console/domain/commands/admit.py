"""A stop is let in: what gives way for it and where it goes, as one step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

from console.domain.commands.orders import AddStops, AmendOrders, CancelOrders
from console.domain.commands.shifts import AmendShift
from console.domain.commands.stops import LockRoutes, MoveStops, OverrideRule, known_route
from console.domain.errors import Rejected
from console.domain.orders import Order, OrderId
from console.domain.plan import Plan, RouteId, Stop, StopId


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a stop goes: on a route, after ``after`` or before ``before``; see ``MoveStops``."""

    stop: StopId
    to: RouteId
    after: StopId | None = None
    before: StopId | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A rule that a stop or route may break from now on, with the reason."""

    subject: StopId | RouteId
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class AdmitStop:
    """Place stops on routes, and do first what makes room for them.

    In this order: ``unlocked`` routes open; ``parts`` are new stops that take over orders, known
    ones out of a stop that is placed or new ones for a share of one; ``orders`` replace their
    namesakes (wider windows, a smaller load); ``overtime`` is what the routes may be back after
    their shifts end; ``dropped`` stops become unassigned; ``accepted`` rules are overridden; the
    stops of ``landings`` are placed, one after the other.
    """

    landings: tuple[Landing, ...]
    orders: tuple[Order, ...] = ()
    parts: tuple[Stop, ...] = ()
    overtime: tuple[tuple[RouteId, timedelta], ...] = ()
    dropped: tuple[StopId, ...] = ()
    unlocked: tuple[RouteId, ...] = ()
    accepted: tuple[Acceptance, ...] = ()

    kind: ClassVar[str] = "admit_stop.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The stops, and the routes they go to: what it needs was found with these as they were."""
        ids = {str(landing.stop) for landing in self.landings}
        ids |= {landing.to for landing in self.landings} | {part.id for part in self.parts}
        ids |= {route for route, _ in self.overtime} | {*self.dropped, *self.unlocked}
        ids |= {each.subject for each in self.accepted}
        wanted = {order.id for part in self.parts for order in part.orders}
        wanted |= {order.id for order in self.orders}
        serving = (s.id for s in plan.stops.values() if any(o.id in wanted for o in s.orders))
        return frozenset(ids) | frozenset(serving)

    def apply(self, plan: Plan) -> Plan:
        """Admit; ``nothing_to_admit`` without a stop, else as the steps it is made of."""
        if not self.landings:
            raise Rejected("nothing_to_admit")
        if self.unlocked:
            plan = LockRoutes(self.unlocked, locked=False).apply(plan)
        plan = self._with_parts(plan)
        plan = AmendOrders(self.orders).apply(plan)
        for route, extra in self.overtime:
            shift = replace(known_route(plan, route).shift, max_overtime=extra)
            plan = AmendShift(route, shift).apply(plan)
        if self.dropped:
            plan = MoveStops(self.dropped, None).apply(plan)
        for each in self.accepted:
            plan = OverrideRule(each.subject, each.rule, each.reason).apply(plan)
        for landing in self.landings:
            move = MoveStops((landing.stop,), landing.to, landing.after, landing.before)
            plan = move.apply(plan)
        return plan

    def _with_parts(self, plan: Plan) -> Plan:
        if not self.parts:
            return plan
        leaving = _known(plan, self.parts)
        emptied = [
            stop.id for stop in plan.stops.values() if leaving.issuperset(o.id for o in stop.orders)
        ]
        if emptied:
            raise Rejected("empty_stop", stop=emptied[0])
        if leaving:
            plan = CancelOrders(tuple(sorted(leaving))).apply(plan)
        return AddStops(self.parts).apply(plan)

    def because(self, reason: str) -> "AdmitStop":
        """The same with this reason for every rule that is accepted."""
        return replace(self, accepted=tuple(replace(a, reason=reason) for a in self.accepted))


def _known(plan: Plan, parts: Sequence[Stop]) -> set[OrderId]:
    """Those of the parts' orders that are in the plan already."""
    wanted = {order.id for part in parts for order in part.orders}
    return wanted & {order.id for stop in plan.stops.values() for order in stop.orders}
