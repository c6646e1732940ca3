"""What holds in every plan, whatever the command: the one place for these rules."""

from collections.abc import Iterator

from console.domain.errors import Rejected
from console.domain.patch import Delta, Patch
from console.domain.plan import Plan, Route, RouteId, Stop, StopId
from console.domain.sealing import seal_of


def check(before: Plan, after: Plan, patch: Patch, *, is_fact: bool = False) -> None:
    """Check the entities a command touched; ``Rejected`` with the rule that would break.

    Each stop on at most one route and both sides agree, no unknown id, nothing before the last
    arrived or served stop, frozen routes untouched, nothing on a sealed day. Facts are not subject
    to the last three: what happened happened.
    """
    if not is_fact:
        _check_decided(before, after, patch)
    for delta in patch.routes:
        if delta.after is not None:
            _check_route(after, delta.after)
        elif delta.before is not None and delta.before.stops:
            _check_freed(after, delta.before)
    for delta in patch.stops:
        if delta.after is not None:
            _check_stop(after, delta.after)
        if delta.before is not None:
            _check_left(after, delta.before, delta.after)


def _check_route(plan: Plan, route: Route) -> None:
    if len(set(route.stops)) != len(route.stops):
        raise Rejected("doubled", route=route.id)
    for stop in route.stops:
        if stop not in plan.stops:
            raise Rejected("unknown_stop", stop=stop, route=route.id)
        if plan.stops[stop].route != route.id:
            raise Rejected("disagree", stop=stop, route=route.id)
    if route.off and any(plan.stops[stop].is_open for stop in route.stops):
        raise Rejected("driver_off", route=route.id)


def _check_stop(plan: Plan, stop: Stop) -> None:
    if not stop.orders:
        raise Rejected("empty_stop", stop=stop.id)
    if stop.route is None:
        return
    if stop.route not in plan.routes:
        raise Rejected("unknown_route", route=stop.route)
    if stop.id not in plan.routes[stop.route].stops:
        raise Rejected("disagree", stop=stop.id, route=stop.route)


def _check_left(plan: Plan, old: Stop, new: Stop | None) -> None:
    """The route that a stop left must not list it any more."""
    route = plan.routes.get(old.route) if old.route else None
    if route is None or (new is not None and new.route == route.id):
        return
    if old.id in route.stops:
        reason = "unknown_stop" if new is None else "disagree"
        raise Rejected(reason, stop=old.id, route=route.id)


def _check_freed(plan: Plan, route: Route) -> None:
    for stop in route.stops:
        if stop in plan.stops and plan.stops[stop].route == route.id:
            raise Rejected("unknown_route", route=route.id)


def _check_decided(before: Plan, after: Plan, patch: Patch) -> None:
    """What facts are not subject to."""
    if seal_of(before.facts) is not None:
        raise Rejected("sealed")
    _check_frozen(before, patch)
    _check_served(before, after, patch)


def _check_frozen(before: Plan, patch: Patch) -> None:
    """A locked or released route keeps its stops, their orders, and its shift.

    A change that opens the route itself, as ``AdmitStop`` does, may change it in the same step;
    so may one that hands a released route out anew, in another edition.
    """
    opened = {d.key for d in patch.routes if _is_opened(d)}
    for delta in patch.routes:
        old, new = delta.before, delta.after
        if old is None or not old.is_frozen or old.id in opened:
            continue
        if new is None or new.stops != old.stops or new.shift != old.shift or new.off != old.off:
            raise _refused(old)
    for delta in patch.stops:
        for stop in (delta.before, delta.after):
            route = before.routes.get(stop.route) if stop and stop.route else None
            if route is None or not route.is_frozen or route.id in opened:
                continue
            if _orders_differ(delta.before, delta.after):
                raise _refused(route, stop=delta.key)


def _refused(route: Route, **names: str) -> Rejected:
    if route.locked:
        return Rejected("frozen", route=route.id, **names)
    return Rejected("released", route=route.id, **names)


def _is_opened(delta: Delta[Route]) -> bool:
    old, new = delta.before, delta.after
    if old is None or new is None:
        return new is not None and not new.is_frozen
    is_anew = old.edition != new.edition and not (old.locked or new.locked)
    return is_anew or not new.is_frozen


def _orders_differ(old: Stop | None, new: Stop | None) -> bool:
    if old is None or new is None:
        return True
    return (old.orders, old.place, old.route) != (new.orders, new.place, new.route)


def _check_served(before: Plan, after: Plan, patch: Patch) -> None:
    """Nothing moves before, or is taken from, the part of a route that is done."""
    for route, done in _done_parts(before, patch):
        new = after.routes.get(route)
        if new is None or new.stops[: len(done)] != done:
            raise Rejected("already_served", route=route)
    for delta in patch.stops:
        old = delta.before
        if old is not None and not old.is_open and delta.after is None:
            raise Rejected("already_served", stop=delta.key)


def _done_parts(plan: Plan, patch: Patch) -> Iterator[tuple[RouteId, tuple[StopId, ...]]]:
    for delta in patch.routes:
        route = delta.before
        if route is None:
            continue
        done = plan.behind(route.id)
        if done:
            yield route.id, done
