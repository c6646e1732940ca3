"""The dispatcher's hands: move, pin, lock, override."""

from dataclasses import dataclass, replace
from typing import ClassVar

from console.domain.errors import Rejected
from console.domain.plan import Override, Plan, Route, RouteId, Stop, StopId


def known_stops(plan: Plan, ids: tuple[StopId, ...]) -> tuple[Stop, ...]:
    """The stops, or ``unknown_stop``; ``doubled`` when one is named twice."""
    if len(set(ids)) != len(ids):
        raise Rejected("doubled", stops=ids)
    missing = [stop for stop in ids if stop not in plan.stops]
    if missing:
        raise Rejected("unknown_stop", stop=missing[0])
    return tuple(plan.stops[stop] for stop in ids)


def known_route(plan: Plan, route: RouteId) -> Route:
    """The route, or ``unknown_route``."""
    if route not in plan.routes:
        raise Rejected("unknown_route", route=route)
    return plan.routes[route]


@dataclass(frozen=True, slots=True)
class MoveStops:
    """Take stops out of their routes and put them together on ``to``, or unassign them (None).

    They land after ``after`` where that still is on the route, else before ``before``; with both
    None at the end. Positions are neighbours, not numbers, so that they survive a rebase.
    """

    stops: tuple[StopId, ...]
    to: RouteId | None
    after: StopId | None = None
    before: StopId | None = None

    kind: ClassVar[str] = "move_stops.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The stops that move."""
        return frozenset(self.stops)

    def apply(self, plan: Plan) -> Plan:
        """Move; ``place_gone`` when neither neighbour is there any more.

        ``loaded`` for a stop whose goods are on another vehicle.
        """
        moving = set(self.stops)
        stops = known_stops(plan, self.stops)
        for stop in stops:
            if stop.loaded and stop.route != self.to:
                raise Rejected("loaded", stop=stop.id)
        changed = {
            route: tuple(s for s in plan.routes[route].stops if s not in moving)
            for route in dict.fromkeys(stop.route for stop in stops)
            if route is not None
        }
        if self.to is not None:
            target = known_route(plan, self.to)
            rest = changed.get(self.to, target.stops)
            i = self._position(rest)
            changed[self.to] = (*rest[:i], *self.stops, *rest[i:])
        moved = plan.with_stops(
            replace(stop, route=self.to, pinned=stop.pinned and self.to is not None)
            for stop in stops
        )
        return moved.with_routes(
            replace(plan.routes[route], stops=order) for route, order in changed.items()
        )

    def _position(self, rest: tuple[StopId, ...]) -> int:
        if self.after is not None and self.after in rest:
            return rest.index(self.after) + 1
        if self.before is not None and self.before in rest:
            return rest.index(self.before)
        if self.after is None and self.before is None:
            return len(rest)
        if not rest:
            return 0
        raise Rejected("place_gone", after=self.after, before=self.before)


@dataclass(frozen=True, slots=True)
class PinStops:
    """Keep stops on their routes when re-optimising, or let them go again."""

    stops: tuple[StopId, ...]
    pinned: bool = True

    kind: ClassVar[str] = "pin_stops.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The stops that are pinned."""
        return frozenset(self.stops)

    def apply(self, plan: Plan) -> Plan:
        """Pin; ``not_on_a_route`` for a stop without a route."""
        stops = known_stops(plan, self.stops)
        loose = [stop.id for stop in stops if self.pinned and stop.route is None]
        if loose:
            raise Rejected("not_on_a_route", stop=loose[0])
        return plan.with_stops(replace(stop, pinned=self.pinned) for stop in stops)


@dataclass(frozen=True, slots=True)
class LoadStops:
    """Goods are on the vehicle of their route, or off it again."""

    stops: tuple[StopId, ...]
    loaded: bool = True

    kind: ClassVar[str] = "load_stops.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The stops whose goods are loaded."""
        return frozenset(self.stops)

    def apply(self, plan: Plan) -> Plan:
        """Load; ``not_on_a_route`` for a stop without a route."""
        stops = known_stops(plan, self.stops)
        loose = [stop.id for stop in stops if stop.route is None]
        if loose:
            raise Rejected("not_on_a_route", stop=loose[0])
        return plan.with_stops(replace(stop, loaded=self.loaded) for stop in stops)


@dataclass(frozen=True, slots=True)
class LockRoutes:
    """Freeze routes as they are, or open them again."""

    routes: tuple[RouteId, ...]
    locked: bool = True

    kind: ClassVar[str] = "lock_routes.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The routes that are locked."""
        return frozenset(self.routes)

    def apply(self, plan: Plan) -> Plan:
        """Lock or unlock."""
        routes = [known_route(plan, route) for route in self.routes]
        return plan.with_routes(replace(route, locked=self.locked) for route in routes)


@dataclass(frozen=True, slots=True)
class OverrideRule:
    """Accept that a stop or a route breaks a rule, with the reason; ``reason`` None withdraws it.

    ``reason`` is a short key or phrase without names of persons.
    """

    subject: StopId | RouteId
    rule: str
    reason: str | None

    kind: ClassVar[str] = "override_rule.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The stop or route."""
        return frozenset((self.subject,))

    def apply(self, plan: Plan) -> Plan:
        """Set or withdraw; ``reason_missing`` for an empty reason."""
        if self.reason is not None and not self.reason.strip():
            raise Rejected("reason_missing", rule=self.rule)
        if self.subject in plan.stops:
            stop = plan.stops[StopId(self.subject)]
            return plan.with_stops([replace(stop, overrides=self._merged(stop.overrides))])
        route = known_route(plan, RouteId(self.subject))
        return plan.with_routes([replace(route, overrides=self._merged(route.overrides))])

    def _merged(self, present: tuple[Override, ...]) -> tuple[Override, ...]:
        others = tuple(override for override in present if override.rule != self.rule)
        return others if self.reason is None else (*others, Override(self.rule, self.reason))
