"""Legs that were really driven: from leaving one place to arriving at the next, by what was told.

Facts say when a place was left and come to; positions, where they are kept, how near the driver
then was to it, and whether she stood on the way. Only what can be nothing but driving counts.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from console.domain.places import Coordinate, PlaceId
from console.domain.plan import Fact, FactKind, Plan, Route, RouteId, StopId
from console.domain.reported import Reported, reported, standing

STOOD = timedelta(minutes=10)
"""Standing so long on the way is no driving, whatever it was."""
_STILL = 50.0  # m within which she stood
_AWAY = 150.0  # m from both ends: on the way, not at a door
_SOON = timedelta(seconds=60)  # between a fact and the position that belongs to it


class Why(StrEnum):
    """Why a leg tells nothing of the roads.

    ``PLACE``: an end is not known any more, or no road leads there; ``VEHICLE``: jams do not hold
    it up.
    """

    BREAK = "break"
    TROUBLE = "trouble"
    STOOD = "stood"
    RELOADS = "reloads"
    SHORT = "short"
    ODD = "odd"
    PLACE = "place"
    VEHICLE = "vehicle"


@dataclass(frozen=True, slots=True)
class Driven:
    """One leg of a route; ``why`` it tells nothing, None where it does."""

    route: RouteId
    origin: PlaceId
    target: PlaceId
    left: datetime
    came: datetime
    why: Why | None = None

    @property
    def seconds(self) -> float:
        """How long it took."""
        return (self.came - self.left).total_seconds()

    @property
    def middle(self) -> datetime:
        """When half of it was over."""
        return self.left + (self.came - self.left) / 2


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a driver was."""

    at: datetime
    point: Coordinate


@dataclass(frozen=True, slots=True)
class _Visit:
    place: PlaceId
    came: datetime | None
    left: datetime | None


def legs(plan: Plan) -> Iterator[Driven]:
    """All legs of a day both of whose ends were told, route by route, in the order driven."""
    told = reported(plan.facts)
    troubles = _troubles(plan)
    for route in plan.routes.values():
        for one, other in pairwise(_visits(plan, route, told)):
            if one.left is not None and other.came is not None and one.place != other.place:
                leg = Driven(route.id, one.place, other.place, one.left, other.came)
                yield _judged(leg, route, told, troubles.get(route.id, ()))


def _visits(plan: Plan, route: Route, told: Reported) -> list[_Visit]:
    """The depot, the stops in the order in which they were come to, the end."""
    stops: dict[_Visit, datetime] = {}
    for stop in plan.stops_of(route.id):
        came, left = told.arrived.get(stop.id), told.left.get(stop.id)
        if moment := came or left:
            stops[_Visit(stop.place, came, left)] = moment
    shift, visits = route.shift, sorted(stops, key=lambda visit: stops[visit])
    if route.id in told.started:
        visits = [_Visit(shift.place, None, told.started[route.id]), *visits]
    if route.id in told.returned and not shift.open_ended:
        end = shift.end_place or shift.place
        visits = [*visits, _Visit(end, told.returned[route.id], None)]
    return visits


def _troubles(plan: Plan) -> Mapping[RouteId, Sequence[datetime]]:
    """When something went wrong on a route, or at one of its stops."""
    found: dict[RouteId, list[datetime]] = {}
    for fact in standing(plan.facts.values()):
        route = _route_of(plan, fact)
        if fact.kind is FactKind.EXCEPTION and route is not None:
            found.setdefault(route, []).append(fact.happened_at)
    return found


def _route_of(plan: Plan, fact: Fact) -> RouteId | None:
    if fact.subject in plan.routes:
        return RouteId(fact.subject)
    stop = plan.stops.get(StopId(fact.subject))
    return stop.route if stop else None


def _judged(leg: Driven, route: Route, told: Reported, troubles: Sequence[datetime]) -> Driven:
    rests = told.rests.get(route.id, ())
    if route.shift.reloads:
        return _left_out(leg, Why.RELOADS)  # nobody tells when she is at the depot in between
    if any(rest.began < leg.came and (rest.ended or leg.came) > leg.left for rest in rests):
        return _left_out(leg, Why.BREAK)
    if any(leg.left < at <= leg.came for at in troubles):
        return _left_out(leg, Why.TROUBLE)
    return leg


def _left_out(leg: Driven, why: Why) -> Driven:
    return Driven(leg.route, leg.origin, leg.target, leg.left, leg.came, why)


def stood(leg: Driven, ends: tuple[Coordinate, Coordinate], way: Sequence[Spot]) -> bool:
    """True where the driver stood on the way, far from both ends; ``way`` is in order of time."""
    first, last = (bisect_left(way, at, key=lambda spot: spot.at) for at in (leg.left, leg.came))
    since = None
    for spot in way[first:last]:
        if any(spot.point.metres_to(end) <= _AWAY for end in ends):
            continue
        if since is None or since.point.metres_to(spot.point) > _STILL:
            since = spot
        elif spot.at - since.at >= STOOD:
            return True
    return False


def beyond(at: datetime, end: Coordinate, way: Sequence[Spot]) -> float:
    """Metres from a place at a moment at which it was left or come to; 0 where nobody knows.

    A fence tells an arrival some metres before the door: those are not driven yet.
    """
    nearest = _near(at, way)
    if nearest is None:
        return 0.0
    metres = nearest.point.metres_to(end)
    return metres if metres <= _AWAY else 0.0


def _near(at: datetime, way: Sequence[Spot]) -> Spot | None:
    place = bisect_left(way, at, key=lambda spot: spot.at)
    beside: Iterable[Spot] = way[max(0, place - 1) : place + 1]
    best = min(beside, key=lambda spot: abs(spot.at - at), default=None)
    return best if best is not None and abs(best.at - at) <= _SOON else None
