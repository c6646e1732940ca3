"""What a driver does from the start of a route to its end, leg by leg, in her language."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial

from console.dispatch.lanes import Lane
from console.dispatch.picture import Picture
from console.dispatch.ports import Progress, Step, Streets
from console.dispatch.station import Station
from console.dispatch.ways import ENGLISH, Leg
from console.domain.fleet import DriverId
from console.domain.places import Coordinate, Place, PlaceId
from console.domain.plan import Route, RouteId, StopId
from console.domain.schedule import passed_by
from console.domain.traffic import SpeedState
from console.tongues import tr


@dataclass(frozen=True, slots=True)
class _Asked:
    """A route's places with their points, the roads of each leg, the kind of vehicle."""

    nodes: tuple[tuple[PlaceId, StopId | None], ...]
    points: tuple[Coordinate, ...]
    roads: tuple[SpeedState, ...]
    profile: str


async def directions(
    station: Station,
    wanted: Collection[RouteId],
    language: str = ENGLISH,
    told: Progress | None = None,
    own: Mapping[DriverId, str] | None = None,
) -> dict[RouteId, tuple[Leg, ...]]:
    """The legs of each of these routes that is timed; what is not on the map is passed over.

    ``own`` are the languages of drivers who are told in another one than ``language``.
    By way of depots where it loads again and of chargers, on the roads that are open then.
    ConsoleError without a region, or where the engine fails. Whatever ``told`` raises stops it.
    """
    picture = station.picture
    routes = [picture.plan.routes[route] for route in wanted if route in picture.schedules]
    matrix, now = station.workday.matrix, station.now()
    passed = {route.id: passed_by(picture.plan, route, matrix, now) for route in routes}
    ids = sorted({place for nodes in passed.values() for place, _ in nodes})
    run = station.services.lanes.run
    places = await run(Lane.SQL, partial(station.services.places.get, ids))
    streets = await station.streets()
    found: dict[RouteId, tuple[Leg, ...]] = {}
    for done, route in enumerate(routes):
        if told is not None:
            told(tr("Writing directions"), done / len(routes))
        spoken = (own or {}).get(route.shift.driver, language)
        asked = _asked(station, route, passed[route.id], places)
        steps = await run(Lane.STREETS, partial(_ask, streets, asked, spoken))
        names = {place: _name(route, places[place]) for place, _ in asked.nodes}
        found[route.id] = _legs(picture, asked, steps, names)
    return found


async def spoken_by(station: Station) -> dict[DriverId, str]:
    """The languages of the depot's drivers, where the fleet says them."""
    depot, services = station.depot, station.services
    if depot is None:
        return {}
    templates = await services.lanes.run(Lane.SQL, partial(services.fleet.templates, depot.id))
    return {each.driver: each.language for each in templates if each.language}


def _asked(
    station: Station,
    route: Route,
    passed: tuple[tuple[PlaceId, StopId | None], ...],
    places: Mapping[PlaceId, Place],
) -> _Asked:
    located = [
        ((place, stop), point)
        for place, stop in passed
        if place in places and (point := places[place].coordinate) is not None
    ]
    nodes = tuple(node for node, _ in located)
    keys = [str(stop or place) for place, stop in nodes]
    shift, schedule = route.shift, station.picture.schedules[route.id]
    return _Asked(
        nodes,
        tuple(point for _, point in located),
        station.traffic.legs_of(schedule, shift, keys),
        station.workday.matrix.of(shift.profile).profile,
    )


def _ask(streets: Streets, asked: _Asked, language: str) -> list[tuple[Step, ...]]:
    if asked.roads:
        return streets.day_directions(asked.points, asked.roads, asked.profile, language)
    return streets.directions(asked.points, asked.profile, language)


def _legs(
    picture: Picture,
    asked: _Asked,
    steps: list[tuple[Step, ...]],
    names: Mapping[PlaceId, str],
) -> tuple[Leg, ...]:
    ends = list(zip(asked.nodes, asked.points, strict=True))[1:]
    return tuple(
        Leg(picture.numbers.get(stop, 0) if stop else 0, names[place], point, some, stop)
        for ((place, stop), point), some in zip(ends, steps, strict=True)
    )


def _name(route: Route, place: Place) -> str:
    """By its street, a depot as one."""
    street = place.address.street
    return tr("Depot, {street}", street=street) if place.id == route.shift.place else street
