"""Something happened during the day: what the plan has to know of it, and what answers it.

Each kind becomes the terms of a search: it is adopted together with its answer, in one step.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from console.dispatch.dropping import careful
from console.dispatch.importing import stop_id
from console.dispatch.labels import stop_labels
from console.dispatch.lanes import Lane
from console.dispatch.picture import DropPreview, Picture
from console.dispatch.proposals import Begun, Proposal, Told, search
from console.dispatch.station import Station
from console.dispatch.tracking import Seen
from console.domain.commands import AdoptSolution
from console.domain.commands.trouble import Trouble
from console.domain.errors import ConsoleError, Rejected
from console.domain.fleet import Shift
from console.domain.load import Load
from console.domain.loads import cuts_of
from console.domain.orders import Order, OrderEntry, OrderId
from console.domain.places import Address, Coordinate, PlaceId
from console.domain.plan import Hold, Plan, Route, RouteId, Stop, StopId, done_of
from console.domain.reported import held_until, reported
from console.domain.schedule import way_of
from console.domain.travel import TravelMatrix
from console.planning.run import Terms
from console.tongues import tr

HANDOVER = timedelta(minutes=1)
"""At the van that stands still, for what goes to one door."""
FETCHED = "handover"
"""How the numbers of such orders begin."""
BEST_PLACES = 3


async def answered(
    station: Station, terms: Terms, *, told: Told | None = None, begun: Begun | None = None
) -> Proposal:
    """Search an answer to what the terms say happened; Rejected where that cannot be."""
    check(station, terms)
    return await search(station, terms, told=told, begun=begun)


def check(station: Station, terms: Terms) -> None:
    """Rejected where a route is locked (``frozen``) or its driver is off (``driver_off``)."""
    plan = station.workday.desk.plan
    for route in terms.off:
        if plan.routes[route].off:
            raise Rejected("driver_off", route=route)
    verdict = station.workday.verdict(AdoptSolution((), off=terms.off, trouble=terms.trouble))
    if verdict is not None and verdict.reason != "no_change":
        raise verdict


# -- late --------------------------------------------------------------------------------------


def has_left(plan: Plan, route: Route) -> bool:
    """True once a route has left the depot, or something on it is done."""
    return route.started_at is not None or bool(plan.behind(route.id))


def may_be_late(plan: Plan) -> list[RouteId]:
    """Routes whose departure can still shift: with stops, not left, not locked, not off."""
    return [
        route.id
        for route in plan.routes.values()
        if route.stops and not route.locked and not route.off and not has_left(plan, route)
    ]


def later(plan: Plan, routes: Iterable[RouteId], late: timedelta, now: datetime | None) -> Trouble:
    """These routes may leave so much later than usual, and than now where the shift has begun.

    ConsoleError where nothing of a shift would be left.
    """
    shifts = list[tuple[RouteId, Shift]]()
    for name in routes:
        shift = plan.routes[name].shift
        start = max(shift.start, now or shift.start) + late
        _check_left(start, shift)
        shifts.append((name, replace(shift, start=start)))
    return Trouble(tuple(shifts))


def _check_left(start: datetime, shift: Shift) -> None:
    if start >= shift.end:
        raise ConsoleError(
            tr("So late nothing is left of the shift."),
            remedy=tr("Say that the driver is out instead."),
        )


def held_up(picture: Picture, name: RouteId, late: timedelta, clock: datetime) -> Trouble:
    """A route under way goes on so much later than it would by now, until the next report of it.

    ``clock`` is now. ConsoleError where nothing of the shift would be left, or nothing is ahead.
    """
    plan, schedule = picture.plan, picture.schedules.get(name)
    route, done = plan.routes[name], len(plan.behind(name))
    if schedule is None or done >= len(schedule.visits):
        raise ConsoleError(
            tr("There is nothing left that could be late."),
            remedy=tr("Report that the driver is back."),
        )
    leaves = schedule.visits[done - 1].departure if done else route.started_at or schedule.start
    leaves = max(leaves, held_until(route, reported(plan.facts)) or leaves)
    overdue = max(timedelta(), _today(picture, clock) - schedule.visits[done].arrival)
    until = leaves + overdue + late
    _check_left(until, route.shift)
    return Trouble(held=((name, Hold(clock, until)),))


def _today(picture: Picture, clock: datetime) -> datetime:
    """Now, on the day itself; on another day nothing is overdue."""
    day = picture.plan.day
    is_on = day is not None and picture.local(clock).date() == day.service_day
    return clock if is_on else datetime.min.replace(tzinfo=UTC)


def later_stops(before: Picture, after: Picture) -> list[tuple[StopId, timedelta]]:
    """Stops that are late after something happened, and were not so late before; worst first."""
    found = list[tuple[StopId, timedelta]]()
    for stop, visit in after.visits.items():
        was = before.visits.get(stop)
        late = visit.lateness + visit.soft_lateness
        if late > (was.lateness + was.soft_lateness if was else timedelta()):
            found.append((stop, late))
    return sorted(found, key=lambda each: (-each[1], each[0]))


# -- a vehicle that stands still ----------------------------------------------------------------


def aboard(plan: Plan, matrix: TravelMatrix, name: RouteId) -> tuple[Stop, ...]:
    """Stops ahead whose goods are on the vehicle now; none before it has left.

    Not what it would only load on a later trip, and not what is still to be collected.
    """
    route, stops = plan.routes[name], plan.stops_of(name)
    if not has_left(plan, route):
        return ()
    done = done_of(stops)
    way = way_of(route.shift, matrix)
    known = all(stop.place in way.index for stop in stops)
    cuts = cuts_of(stops, [way.position(s.place) for s in stops], route.shift, way) if known else ()
    end = next((cut for cut in cuts if cut > done), len(stops))
    return tuple(stop for stop in stops[done:end] if _held(plan, name, stop))


def _held(plan: Plan, route: RouteId, stop: Stop) -> list[Order]:
    """The orders of a stop whose goods are on the vehicle of its route."""
    behind = {o.id for s in plan.behind(route) for o in plan.stops[s].orders}
    return [
        order
        for order in stop.orders
        if (order.pickup is None or order.pickup in behind)
        and (order.load != Load() or order.collected == Load())
    ]


def standing_places(plan: Plan, route: RouteId) -> list[tuple[PlaceId, StopId | None]]:
    """Where a vehicle may stand, the likeliest first: its last door, the depot, the doors ahead."""
    behind = plan.behind(route)
    last = [(plan.stops[stop].place, stop) for stop in behind[-1:]]
    ahead = plan.routes[route].stops[len(behind) :]
    depot = (plan.routes[route].shift.place, None)
    found = [*last, depot, *((plan.stops[stop].place, stop) for stop in ahead)]
    return list({place: (place, stop) for place, stop in reversed(found)}.values())[::-1]


def likely_places(
    picture: Picture, route: RouteId, seen: Seen | None
) -> list[tuple[PlaceId, StopId | None]]:
    """As ``standing_places``, the nearest to where it was seen first, if that is the latest news.

    What was reported of the route after it was seen says better where it is.
    """
    plan = picture.plan
    found = standing_places(plan, route)
    about = {route, *plan.routes[route].stops}
    told = (fact.happened_at for fact in plan.facts.values() if fact.subject in about)
    if seen is None or any(at >= seen.at for at in told):
        return found

    def away(each: tuple[PlaceId, StopId | None]) -> float:
        point = _point(picture, *each)
        return point.metres_to(seen.point) if point else math.inf

    return sorted(found, key=away)


def _point(picture: Picture, place: PlaceId, stop: StopId | None) -> Coordinate | None:
    label = picture.labels.get(stop) if stop else None
    return label.coordinate if label else picture.depots.get(place)


async def broken_down(station: Station, route: RouteId, place: PlaceId, terms: Terms) -> Terms:
    """The vehicle of a route stands still at a place: its driver is out for the rest of the day.

    What is on board has to be fetched there before it is brought: each stop ahead gets a handover
    stop, and both are one vehicle's. What nobody fetches waits with it. What is still at the depot
    is dealt as it is when a driver is out. ConsoleError where the place is not known any more.
    """
    workday, services = station.workday, station.services
    trouble = standing_still(workday.desk.plan, workday.matrix, route, place)
    known = await services.lanes.run(Lane.SQL, partial(services.places.get, [place]))
    if trouble.stops and place not in known:
        raise ConsoleError(
            tr("Where the vehicle stands is not known any more."),
            remedy=tr("Choose another place."),
        )
    name = station.picture.drivers[route].name
    entries = [
        _entry(order, known[place].address, name) for stop in trouble.stops for order in stop.orders
    ]
    if entries:
        digests = await services.lanes.run(Lane.SQL, partial(services.orders.put, entries))
        trouble = replace(trouble, stops=tuple(_sealed(stop, digests) for stop in trouble.stops))
    named = stop_labels(
        Plan(stops={stop.id: stop for stop in trouble.stops}), {e.id: e for e in entries}, known
    )
    workday.set_labels({**station.picture.labels, **named})
    return replace(careful(terms), off=(route,), trouble=trouble)


def standing_still(plan: Plan, matrix: TravelMatrix, route: RouteId, place: PlaceId) -> Trouble:
    """The handovers of what is on board, at the place where its vehicle stands."""
    stops, brought = list[Stop](), list[Order]()
    for stop in aboard(plan, matrix, route):
        held = _held(plan, route, stop)
        fetch = _handover(plan, stop, held, place)
        stops.append(Stop(stop_id(fetch.id, plan), place, (fetch,)))
        brought += (replace(order, pickup=fetch.id) for order in held)
    return Trouble(stops=tuple(stops), orders=tuple(brought))


def _entry(order: Order, address: Address, name: str) -> OrderEntry:
    """What the register says of a handover."""
    return OrderEntry(
        order.id,
        address,
        recipient=tr("Handover: goods on the vehicle of {name}", name=name),
        collected=order.collected,
        service_time=order.service_time,
        skills=order.skills,
        priority=order.priority,
    )


def _sealed(stop: Stop, digests: Mapping[OrderId, str]) -> Stop:
    """With the digest of its row in the register."""
    return replace(stop, orders=tuple(replace(o, digest=digests[o.id]) for o in stop.orders))


def _handover(plan: Plan, stop: Stop, orders: Collection[Order], place: PlaceId) -> Order:
    """Fetch what goes to one stop."""
    load = Load()
    for order in orders:
        load = load + order.load
    known = {order.id for each in plan.stops.values() for order in each.orders}
    wanted, n = OrderId(f"{FETCHED}-{stop.orders[0].id}"), 1
    while wanted in known:
        n += 1
        wanted = OrderId(f"{FETCHED}-{stop.orders[0].id}-{n}")
    return Order(
        wanted,
        place,
        collected=load,
        service_time=HANDOVER,
        skills=stop.skills,
        priority=stop.priority,
    )


# -- a new order ---------------------------------------------------------------------------------


def best_places(station: Station, stop: StopId) -> list[DropPreview]:
    """The cheapest places for a stop on the day under way, released routes included.

    Those that break no hard rule first; at most ``BEST_PLACES``, one of each driver.
    """
    from console.planning.underway import opened  # loads NumPy: windows start without

    workday = station.workday
    found = workday.landings(opened(workday.desk.plan), stop, workday.around)
    ranked = sorted(found.values(), key=lambda p: (p.harm is not None, p.late_stops, p.cost))
    return ranked[:BEST_PLACES]


def put_in(plan: Plan, stop: StopId, there: DropPreview) -> AdoptSolution:
    """The stop goes there; a route that is out is handed to its driver anew, in the same step."""
    route = plan.routes[there.route]
    order = [each for each in route.stops if each != stop]
    at = 0 if there.after is None else order.index(there.after) + 1
    opened = (route.id,) if route.released else ()
    return AdoptSolution(((route.id, (*order[:at], stop, *order[at:])),), opened=opened)
