"""How a picture is made, whole or only for the routes that changed. Pure."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from console.dispatch.picture import DriverLabel, Picture, StopLabel, Totals
from console.domain.patch import Delta, Patch
from console.domain.places import Coordinate, PlaceId
from console.domain.plan import Fact, Plan, RouteId, Stop, StopId, StopStatus
from console.domain.schedule import Schedule, schedule_route
from console.domain.travel import TravelMatrix, empty_matrix
from console.domain.violations import Rule


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a picture needs besides the plan: travel times and the registers' part."""

    matrix: TravelMatrix = empty_matrix()
    zone: ZoneInfo = ZoneInfo("UTC")
    labels: Mapping[StopId, StopLabel] | None = None
    drivers: Mapping[RouteId, DriverLabel] | None = None
    depot_name: str = ""
    depots: Mapping[PlaceId, Coordinate] = field(default_factory=dict[PlaceId, Coordinate])
    currency: str = "EUR"
    now: datetime | None = None


def known_places(plan: Plan) -> list[PlaceId]:
    """Every place the plan speaks of, depots, ends and chargers first, each once."""
    shifts = [route.shift for route in plan.routes.values()]
    depots = [shift.place for shift in shifts]
    others = [place for shift in shifts for place in sorted(shift.places)]
    return list(dict.fromkeys([*depots, *others, *(stop.place for stop in plan.stops.values())]))


def draw(plan: Plan, around: Surroundings) -> Picture:
    """The whole picture."""
    empty = Picture(
        plan=plan,
        zone=around.zone,
        drivers=around.drivers or {},
        labels=around.labels or {},
        depot_name=around.depot_name,
        depots=around.depots,
        currency=around.currency,
        off_road=frozenset(s.id for s in plan.stops.values() if is_off_road(s, around.matrix)),
        is_timed=bool(plan.routes) and _has_depots(plan, around.matrix),
        source=around.matrix.source,
    )
    return _with_routes(empty, Plan(), plan.routes, around)


def redraw(before: Picture, plan: Plan, patch: Patch, around: Surroundings) -> Picture:
    """The picture after a patch: only what it touched is computed again."""
    routes = touched_routes(before.plan, plan, patch)
    changed = {delta.key for delta in patch.stops}
    off_road = {stop for stop in before.off_road if stop not in changed} | {
        delta.after.id
        for delta in patch.stops
        if delta.after is not None and is_off_road(delta.after, around.matrix)
    }
    kept = replace(
        before,
        plan=plan,
        off_road=frozenset(off_road),
        drivers=around.drivers or {},
        labels=around.labels or {},
        is_timed=bool(plan.routes) and _has_depots(plan, around.matrix),
        source=around.matrix.source,
    )
    return _with_routes(kept, before.plan, routes, around)


def redrawn(before: Picture, routes: Collection[RouteId], around: Surroundings) -> Picture:
    """The same plan with some routes computed again: the clock, or what surrounds them, moved."""
    return _with_routes(before, before.plan, routes, around)


def overtaken(picture: Picture, now: datetime) -> frozenset[RouteId]:
    """Routes whose schedule puts something before ``now`` that has not happened yet."""
    return frozenset(
        route for route, schedule in picture.schedules.items() if _is_behind(picture, schedule, now)
    )


def _is_behind(picture: Picture, schedule: Schedule, now: datetime) -> bool:
    stops, before = picture.plan.stops, None
    for visit in schedule.visits:
        if stops[visit.stop].is_open:
            is_there = before is not None and stops[before.stop].status is StopStatus.ARRIVED
            if before is not None and is_there and before.departure < now:
                return True
            is_out = picture.plan.routes[schedule.route].started_at is not None
            return visit.start < now if is_out or before else schedule.start < now
        before = visit
    return False


def brings_unknown(patch: Patch) -> bool:
    """True where labels or travel times may lack after a patch: more than stops that moved."""
    return (
        patch.day is not None
        or any(_is_new(delta, lambda stop: (stop.place, stop.orders)) for delta in patch.stops)
        or any(_is_new(delta, lambda route: route.shift) for delta in patch.routes)
    )


def _is_new[T](delta: Delta[T], of: Callable[[T], object]) -> bool:
    if delta.after is None:
        return False
    return delta.before is None or of(delta.before) != of(delta.after)


def touched_routes(before: Plan, after: Plan, patch: Patch) -> frozenset[RouteId]:
    """Routes whose schedule a patch between two plans can change."""
    routes = {RouteId(delta.key) for delta in patch.routes}
    for delta in patch.stops:
        for stop in (delta.before, delta.after):
            if stop is not None and stop.route is not None:
                routes.add(stop.route)
    for delta in patch.facts:
        for plan, fact in ((before, delta.before), (after, delta.after)):
            if fact is not None:
                routes |= _told_of(plan, fact)
    return frozenset(routes)


def _told_of(plan: Plan, fact: Fact) -> set[RouteId]:
    """Routes that a fact, or the one it corrects, speaks of; a second arrival changes no stop."""
    corrected = plan.facts.get(fact.corrects) if fact.corrects is not None else None
    subjects = {each.subject for each in (fact, corrected) if each is not None}
    routes = {RouteId(subject) for subject in subjects if subject in plan.routes}
    stops = (plan.stops[StopId(s)] for s in subjects if s in plan.stops)
    return routes | {stop.route for stop in stops if stop.route is not None}


def is_off_road(stop: Stop, matrix: TravelMatrix) -> bool:
    """True while there are no travel times to a stop."""
    return stop.place not in matrix.index


def _has_depots(plan: Plan, matrix: TravelMatrix) -> bool:
    return all(route.shift.places <= matrix.index.keys() for route in plan.routes.values())


def _with_routes(
    picture: Picture, before: Plan, routes: Collection[RouteId], around: Surroundings
) -> Picture:
    plan = picture.plan
    schedules = dict(picture.schedules)
    visits = dict(picture.visits)
    numbers = dict(picture.numbers)
    for route in routes:
        schedules.pop(route, None)
        for stop in before.routes[route].stops if route in before.routes else ():
            visits.pop(stop, None)
            numbers.pop(stop, None)
    for route in routes:
        if route not in plan.routes:
            continue
        numbers |= {stop: i for i, stop in enumerate(plan.routes[route].stops, 1)}
        schedule = scheduled(plan, route, around)
        if schedule is not None:
            schedules[route] = schedule
            visits |= {visit.stop: visit for visit in schedule.visits}
    drawn = replace(picture, schedules=schedules, visits=visits, numbers=numbers)
    return replace(drawn, totals=totals(drawn))


def scheduled(plan: Plan, route: RouteId, around: Surroundings) -> Schedule | None:
    """One route's schedule; None when it is empty or travel times are missing."""
    places = {*plan.routes[route].shift.places, *(s.place for s in plan.stops_of(route))}
    if not places <= around.matrix.index.keys():
        return None
    return schedule_route(plan, plan.routes[route], around.matrix, around.now)


def totals(picture: Picture) -> Totals:
    """The header's figures; orders, not stops, are counted.

    A route that no road leads along is a harm, and adds nothing to hours, money and distance.
    """
    plan = picture.plan
    orders = sum(len(stop.orders) for stop in plan.stops.values())
    served = sum(len(s.orders) for s in plan.stops.values() if s.route is not None)
    schedules = picture.schedules.values()
    found = [v for schedule in schedules for v in schedule.violations]
    driven = [schedule for schedule in schedules if schedule.is_drivable]
    return Totals(
        orders=orders,
        served=served,
        unassigned=orders - served,
        cost=round(sum(schedule.cost for schedule in driven), 2),
        metres=sum(schedule.metres for schedule in driven),
        paid=sum((schedule.duration for schedule in driven), timedelta()),
        late=sum((schedule.lateness for schedule in driven), timedelta()),
        late_stops=sum(v.rule is Rule.LATE for each in driven for v in each.violations),
        harms=sum(v.is_harm for v in found),
        co2e=sum(schedule.co2e for schedule in driven),
    )
