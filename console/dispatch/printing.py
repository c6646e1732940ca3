"""Ways along streets, and paper for drivers, of the open day."""

from collections.abc import Collection
from dataclasses import replace
from functools import partial

from console.dispatch.directions import directions, spoken_by
from console.dispatch.lanes import Lane
from console.dispatch.paper import Paper, Papers, PaperWish
from console.dispatch.ports import Streets
from console.dispatch.station import Station
from console.dispatch.ways import Points, Way, points_of
from console.domain.errors import ConsoleError
from console.domain.plan import RouteId


async def ways(station: Station, wanted: Collection[RouteId] = ()) -> dict[RouteId, Way]:
    """The ways of these routes, of all that have stops where none is named."""
    picture = station.picture
    routes = [r for r in picture.plan.routes.values() if r.stops and (not wanted or r.id in wanted)]
    places = station.services.places
    ends = [route.shift.end_place for route in routes if route.shift.end_place]
    found = await station.services.lanes.run(Lane.SQL, partial(places.get, ends))
    known = {key: place.coordinate for key, place in found.items() if place.coordinate}
    passed = {route.id: points_of(picture, route, known) for route in routes}
    streets = await station.streets() if station.region is not None else None
    made = dict[RouteId, Way]()
    for route, through in passed.items():
        made[route] = await station.services.lanes.run(
            Lane.STREETS, partial(_way, streets, through)
        )
    return made


def _way(streets: Streets | None, points: Points) -> Way:
    if streets is None or len(points) <= 1:
        return Way(points, points)
    try:
        legs = streets.geometry(points).legs
    except ConsoleError:  # no road leads to one of them: the stops still stand in their order
        return Way(points, points)
    line = [points[0]]
    for point in (point for leg in legs for point in leg):
        if point != line[-1]:
            line.append(point)
    return Way(points, tuple(line), is_along_streets=True)


async def _with_streets(station: Station, papers: Papers) -> Papers:
    """With what the sheets say of the way."""
    wish, region, routes = papers.wish, station.region, papers.routes()
    if wish.with_directions:
        own = await spoken_by(station)
        told = await directions(station, routes, wish.language, own=own)
        drivers = {route.id: route.shift.driver for route in papers.picture.plan.routes.values()}
        spoken = {route: own[who] for route, who in drivers.items() if who in own}
        papers = replace(papers, directions=told, spoken=spoken)
    if not wish.with_map:
        return papers
    basemap = station.services.basemap(region) if region is not None else None
    return replace(papers, ways=await ways(station, routes), basemap=basemap)


async def printed(station: Station, wish: PaperWish) -> bytes:
    """The PDF; ConsoleError when no route has stops."""
    run = station.services.lanes.run
    picture = station.picture
    bare = Papers(picture, wish)
    routes = bare.routes()
    orders = [
        o.id for route in routes for stop in picture.plan.stops_of(route) for o in stop.orders
    ]
    entries = await run(Lane.SQL, partial(station.services.orders.get, orders))
    papers = replace(bare, entries=entries)
    if wish.paper is not Paper.LOADING:
        papers = await _with_streets(station, papers)
    return await run(Lane.FILES, partial(station.services.sheets.render, papers))
