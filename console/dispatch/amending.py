"""A customer wants a planned order otherwise: what that costs, who makes it, and the way to do it.

The change is adopted together with its answer, in one step, also on routes that are out.
"""

from dataclasses import dataclass, replace
from functools import partial

from console.dispatch.disruptions import aboard
from console.dispatch.elsewhere import located
from console.dispatch.importing import amend_orders
from console.dispatch.labels import stop_labels
from console.dispatch.lanes import Lane
from console.dispatch.orderwork import checked, impersonal
from console.dispatch.picture import DropPreview
from console.dispatch.previews import worse
from console.dispatch.rewriting import Rewrite
from console.dispatch.station import Station
from console.domain.commands import AdoptSolution
from console.domain.commands.trouble import Trouble
from console.domain.errors import ConsoleError, Rejected
from console.domain.orders import Order, OrderEntry
from console.domain.places import PlaceId
from console.domain.plan import Plan, RouteId, Stop, StopId, StopStatus
from console.domain.schedule import Schedule
from console.domain.violations import Rule
from console.tongues import tr

BEST_PLACES = 3
"""On other routes, or elsewhere on its own, beside where it is."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What is wanted otherwise. ``stop`` serves the order then, ``was`` does now.

    ``held_by`` is the route that has its goods on board, None where they are at the depot.
    """

    trouble: Trouble
    rewrite: Rewrite
    stop: StopId
    was: StopId
    held_by: RouteId | None = None


def check_open(plan: Plan, stop: Stop) -> None:
    """``driver_is_there`` where somebody has arrived, ``already_served`` where it is done.

    ``frozen`` on a locked route.
    """
    if stop.route is not None and plan.routes[stop.route].locked:
        raise Rejected("frozen", route=stop.route)
    if stop.status is StopStatus.ARRIVED:
        raise Rejected("driver_is_there", stop=stop.id)
    if not stop.is_open:
        raise Rejected("already_served", stop=stop.id)


async def changed(station: Station, entry: OrderEntry) -> Changed:
    """Look at a planned order as it is wanted now; nothing is stored but where it is.

    ``Rejected`` where that comes too late, its route is locked, or nothing differs. ConsoleError
    where the address is not found, or what it refers to is not there.
    """
    plan = station.workday.desk.plan
    stop = plan.stop_of_order(entry.id)
    if stop is None:
        raise Rejected("unknown_order", order=entry.id)
    check_open(plan, stop)
    known = await station.services.lanes.run(
        Lane.SQL, partial(station.services.orders.get, [order.id for order in stop.orders])
    )
    if known.get(entry.id) == entry:
        raise Rejected("no_change")
    order = await _order(station, plan, entry)
    await _timed(station, order.place)
    plan = station.workday.desk.plan
    command = amend_orders(plan, [order])
    trouble = Trouble(changed=(order,), apart=command.new_stops if command else ())
    after = trouble.befallen(plan)
    serving = after.stop_of_order(entry.id) or stop
    verdict = station.workday.verdict(AdoptSolution((), trouble=trouble))
    if verdict is not None and verdict.reason != "no_change":
        raise verdict
    places = await station.services.lanes.run(
        Lane.SQL, partial(station.services.places.get, [stop.place, order.place])
    )
    touched = Plan(stops={each: after.stops[each] for each in (stop.id, serving.id)})
    labels = stop_labels(touched, {**known, entry.id: entry}, places)
    return Changed(trouble, Rewrite((entry,), labels), serving.id, stop.id, _held_by(station, stop))


async def _order(station: Station, plan: Plan, entry: OrderEntry) -> Order:
    """As it is in plans; its digest is that of the present row until the row is another one."""
    (good,) = await checked(station, [entry])
    found = (await impersonal(station, [good], station.service_day, keep=False))[entry.id]
    orders = (order for stop in plan.stops.values() for order in stop.orders)
    digest = next(order.digest for order in orders if order.id == entry.id)
    return replace(found, digest=digest)


async def _timed(station: Station, place: PlaceId) -> None:
    """Travel times to a place that the day may not have been to."""
    if place in station.workday.matrix.index:
        return
    if await located(station, place) is None:
        raise ConsoleError(
            tr("This address is not found in the region."),
            remedy=tr("Correct it, or fix it on the map first. Nothing was changed."),
        )
    station.workday.expect(place)
    await station.refresh()
    if place not in station.workday.matrix.index:
        raise ConsoleError(
            tr("No road leads to this address."),
            remedy=tr("Correct it, or fix it on the map first. Nothing was changed."),
        )


def _held_by(station: Station, stop: Stop) -> RouteId | None:
    plan, route = station.workday.desk.plan, stop.route
    if route is None:
        return None
    held = aboard(plan, station.workday.matrix, route)
    return route if any(each.id == stop.id for each in held) else None


# -- what may be done ------------------------------------------------------------------------------


def staying(station: Station, wanted: Changed) -> DropPreview | None:
    """The order changes, and nothing else; None where it leaves its stop, and waits then."""
    before = station.picture
    after = station.workday.imaging()(wanted.trouble.befallen(before.plan))
    route = after.plan.stops[wanted.stop].route
    if route is None:
        return None
    now, then = before.schedules.get(route), after.schedules.get(route)
    order = after.plan.routes[route].stops
    at = order.index(wanted.stop)
    return DropPreview(
        route,
        order[at - 1] if at else None,
        _driving(then) - _driving(now),
        round(_cost(then) - _cost(now), 2),
        sum(v.rule is Rule.LATE for v in then.violations) if then else 0,
        worse(now, then),
        then,
    )


def moving(station: Station, wanted: Changed) -> list[DropPreview]:
    """The best other places, as the day would be then beside as it is, the cheapest first.

    Those that break no hard rule come first. What is on board of a van stays with it.
    """
    from console.planning.underway import opened  # loads NumPy: windows start without

    workday, before = station.workday, station.picture
    bare = _without(opened(wanted.trouble.befallen(before.plan)), wanted.stop)
    drawn = workday.imaging()(bare)
    seconds = cost = 0
    for route in before.plan.routes:
        now, then = before.schedules.get(route), drawn.schedules.get(route)
        seconds, cost = seconds + _driving(then) - _driving(now), cost + _cost(then) - _cost(now)
    found = workday.landings(bare, wanted.stop, workday.around)
    stays = staying(station, wanted)
    held = (wanted.held_by, None)
    places = [
        replace(each, seconds=each.seconds + seconds, cost=round(each.cost + cost, 2))
        for each in found.values()
        if wanted.held_by is None or each.route in held
    ]
    if stays is not None:
        places = [p for p in places if (p.route, p.after) != (stays.route, stays.after)]
    places.sort(key=lambda p: (p.harm is not None, p.late_stops, p.cost))
    return places[:BEST_PLACES]


def _without(plan: Plan, stop: StopId) -> Plan:
    """The plan with a stop that waits."""
    known = plan.stops[stop]
    if known.route is None:
        return plan
    route = plan.routes[known.route]
    rest = tuple(each for each in route.stops if each != stop)
    free = plan.with_stops([replace(known, route=None)])
    return free.with_routes([replace(route, stops=rest)])


def done_by(plan: Plan, wanted: Changed, there: DropPreview) -> AdoptSolution:
    """The change and its place in one step; a route that is out is handed to its driver anew."""
    after = wanted.trouble.befallen(plan)
    bare = _without(after, wanted.stop)
    order = bare.routes[there.route].stops
    at = 0 if there.after is None else order.index(there.after) + 1
    whole = bare.with_routes(
        [replace(bare.routes[there.route], stops=(*order[:at], wanted.stop, *order[at:]))]
    )
    source = after.stops[wanted.stop].route
    touched = dict.fromkeys(route for route in (source, there.route) if route is not None)
    differing = [r for r in touched if whole.routes[r].stops != after.routes[r].stops]
    return AdoptSolution(
        tuple((route, whole.routes[route].stops) for route in differing),
        cost=there.cost,
        opened=tuple(route for route in differing if plan.routes[route].released),
        trouble=wanted.trouble,
    )


def _driving(schedule: Schedule | None) -> int:
    return int(schedule.driving.total_seconds()) if schedule else 0


def _cost(schedule: Schedule | None) -> float:
    return schedule.cost if schedule else 0.0
