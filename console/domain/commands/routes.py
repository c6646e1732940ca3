"""Whole routes in the dispatcher's hands: reverse, swap, split, merge, send the tail, release.

All of them move open stops only; what is done stays in front where it was.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from console.domain.commands.stops import MoveStops, known_route
from console.domain.errors import Rejected
from console.domain.plan import Plan, Route, RouteId, StopId


def open_part(plan: Plan, route: RouteId) -> tuple[StopId, ...]:
    """The stops of a route behind what is done, in order; ``unknown_route``."""
    return known_route(plan, route).stops[len(plan.behind(route)) :]


def tail(plan: Plan, route: RouteId, first: StopId) -> tuple[StopId, ...]:
    """The open stops from ``first`` on; ``not_on_this_route`` when it is not among them."""
    stops = open_part(plan, route)
    if first not in stops:
        raise Rejected("not_on_this_route", stop=first, route=route)
    return stops[stops.index(first) :]


def _decided(plan: Plan, *routes: RouteId) -> frozenset[str]:
    """Routes with their stops: the order of all of them was looked at."""
    known = [plan.routes[route] for route in routes if route in plan.routes]
    return frozenset((*routes, *(stop for route in known for stop in route.stops)))


@dataclass(frozen=True, slots=True)
class ReverseRoute:
    """Drive the open stops of a route the other way round."""

    route: RouteId

    kind: ClassVar[str] = "reverse_route.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The route and its stops."""
        return _decided(plan, self.route)

    def apply(self, plan: Plan) -> Plan:
        """Reverse; fewer than two open stops give the same plan."""
        turned = tuple(reversed(open_part(plan, self.route)))
        route = plan.routes[self.route]
        done = route.stops[: len(route.stops) - len(turned)]
        return plan.with_routes([replace(route, stops=(*done, *turned))])


@dataclass(frozen=True, slots=True)
class SwapRoutes:
    """Two drivers exchange their open stops, each in the order it has."""

    one: RouteId
    other: RouteId

    kind: ClassVar[str] = "swap_routes.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """Both routes and their stops."""
        return _decided(plan, self.one, self.other)

    def apply(self, plan: Plan) -> Plan:
        """Swap; ``same_route``, or ``loaded`` for goods that are on a vehicle."""
        if self.one == self.other:
            raise Rejected("same_route", route=self.one)
        mine, theirs = open_part(plan, self.one), open_part(plan, self.other)
        given = MoveStops(mine, self.other).apply(plan)
        return MoveStops(theirs, self.one).apply(given)


@dataclass(frozen=True, slots=True)
class SendTail:
    """The open stops from ``first`` on go to another driver, behind what that one has."""

    route: RouteId
    first: StopId
    to: RouteId

    kind: ClassVar[str] = "send_tail.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The route that is cut and its stops, and the one that takes them."""
        return _decided(plan, self.route) | {self.to}

    def apply(self, plan: Plan) -> Plan:
        """Send; ``not_on_this_route``, ``same_route``, ``loaded``."""
        if self.route == self.to:
            raise Rejected("same_route", route=self.to)
        return MoveStops(tail(plan, self.route, self.first), self.to).apply(plan)


@dataclass(frozen=True, slots=True)
class SplitRoute:
    """The open stops from ``first`` on become the route of a driver who has nothing yet."""

    route: RouteId
    first: StopId
    to: RouteId

    kind: ClassVar[str] = "split_route.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """Both routes and their stops."""
        return _decided(plan, self.route, self.to)

    def apply(self, plan: Plan) -> Plan:
        """Split; ``route_not_empty`` where the other driver has open stops."""
        if open_part(plan, self.to) and self.to != self.route:
            raise Rejected("route_not_empty", route=self.to)
        return SendTail(self.route, self.first, self.to).apply(plan)


@dataclass(frozen=True, slots=True)
class MergeRoutes:
    """All open stops of ``source`` go behind those of ``into``; the driver is free then."""

    source: RouteId
    into: RouteId

    kind: ClassVar[str] = "merge_routes.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """Both routes and their stops."""
        return _decided(plan, self.source, self.into)

    def apply(self, plan: Plan) -> Plan:
        """Merge; ``same_route``, ``loaded``."""
        if self.source == self.into:
            raise Rejected("same_route", route=self.into)
        return MoveStops(open_part(plan, self.source), self.into).apply(plan)


@dataclass(frozen=True, slots=True)
class ReleaseRoutes:
    """Hand routes to their drivers as they are, or take them back (``released`` False)."""

    routes: tuple[RouteId, ...]
    released: bool = True

    kind: ClassVar[str] = "release_routes.1"
    is_fact: ClassVar[bool] = False

    def names(self, plan: Plan) -> frozenset[str]:
        """The routes and their stops: what a driver is given was looked at as it stands."""
        return _decided(plan, *self.routes)

    def apply(self, plan: Plan) -> Plan:
        """Release or withdraw; ``nothing_to_release`` for a route without stops."""
        routes = [known_route(plan, route) for route in self.routes]
        empty = [route.id for route in routes if self.released and not route.stops]
        if empty:
            raise Rejected("nothing_to_release", route=empty[0])
        return plan.with_routes(_released(route, self.released) for route in routes)


def _released(route: Route, released: bool) -> Route:
    return replace(route, released=released)
