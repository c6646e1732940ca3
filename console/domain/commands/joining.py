"""Stops at one door become one."""

from dataclasses import dataclass, replace
from typing import ClassVar

from console.domain.commands.stops import known_stops
from console.domain.errors import Rejected
from console.domain.orders import Order
from console.domain.plan import Plan, Stop, StopId, intersected


@dataclass(frozen=True, slots=True)
class JoinStops:
    """Of each group the first stop serves the orders of all; the other stops leave the plan."""

    groups: tuple[tuple[StopId, ...], ...]

    kind: ClassVar[str] = "join_stops.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """All of the stops."""
        return frozenset(stop for group in self.groups for stop in group)

    def apply(self, plan: Plan) -> Plan:
        """Join; ``doubled``, ``already_served``, or ``other_hours`` without a common window.

        ``loaded`` and ``pinned`` for a stop that would have to leave its driver, ``no_change``
        where there is nothing to join.
        """
        every = [stop for group in self.groups for stop in group]
        if len(set(every)) != len(every):
            raise Rejected("doubled")
        if not any(len(group) > 1 for group in self.groups):
            raise Rejected("no_change")
        for group in self.groups:
            plan = _with_joined(plan, group)
        return plan


def _with_joined(plan: Plan, group: tuple[StopId, ...]) -> Plan:
    target, *others = known_stops(plan, group)
    for stop in (target, *others):
        if not stop.is_open:
            raise Rejected("already_served", stop=stop.id)
    for stop in others:
        target = _joined(target, stop)
    gone, left = set(group[1:]), {stop.route for stop in others if stop.route is not None}
    kept = {key: stop for key, stop in plan.stops.items() if key not in gone}
    routes = [
        replace(plan.routes[r], stops=tuple(s for s in plan.routes[r].stops if s not in gone))
        for r in sorted(left)
    ]
    return replace(plan, stops={**kept, target.id: target}).with_routes(routes)


def _joined(target: Stop, stop: Stop) -> Stop:
    stays = stop.route is not None and stop.route != target.route
    for reason, is_held in (("loaded", stop.loaded), ("pinned", stop.pinned)):
        if stays and is_held:
            raise Rejected(reason, stop=stop.id)
    for order in stop.orders:
        if not _fits(target, order):
            raise Rejected("other_hours", stop=stop.id)
        target = replace(target, orders=(*target.orders, order))
    accepted = dict.fromkeys((*target.overrides, *stop.overrides))
    return replace(
        target,
        overrides=tuple(accepted),
        pinned=target.pinned or stop.pinned,
        loaded=target.loaded or stop.loaded,
    )


def _fits(target: Stop, order: Order) -> bool:
    """True where they have hours in common."""
    if not target.windows or not order.windows:
        return True
    return bool(intersected(target.windows, order.windows))
