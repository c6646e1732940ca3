"""The way a driver drove, drawn on the map with its length, and what is said where it cannot be."""

from datetime import timedelta
from itertools import pairwise
from math import ceil

from console.dispatch.street import Position
from console.domain.places import Coordinate
from console.domain.plan import RouteId
from console.geo.engines.own_valhalla import ValhallaEngine
from console.geo.timed import TimedStreets
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import busiest

STEP_M = 60.0


def between(a: Coordinate, b: Coordinate, share: float) -> Coordinate:
    return Coordinate(a.lat + (b.lat - a.lat) * share, a.lon + (b.lon - a.lon) * share)


def along(journey: Journey, route: RouteId) -> list[Position]:
    """A driver's positions from the depot to her third stop."""
    station = journey.desktop.station
    picture = station.picture
    start = picture.depots[picture.plan.routes[route].shift.place]
    spots = [start]
    spots += [picture.labels[stop].coordinate for stop in picture.plan.routes[route].stops[:3]]
    streets = journey.run(station.streets())
    line = [at for leg in streets.geometry(spots).legs for at in leg]
    begun, points = picture.schedules[route].start, []
    for a, b in pairwise(line):
        parts = max(1, ceil(a.metres_to(b) / STEP_M))
        points += [between(a, b, i / parts) for i in range(parts)]
    return [
        Position(route, begun + timedelta(seconds=15 * i), point) for i, point in enumerate(points)
    ]


def test_the_way_driven_is_drawn_and_measured(planned: Journey) -> None:
    journey = planned
    station, view = journey.desktop.station, journey.desktop.panes.map_view
    route = busiest(journey).id
    journey.desktop.selection.light(route)
    journey.do("way_driven")
    journey.notice("No positions of this driver")
    driven = along(journey, route)
    journey.run(journey.desktop.live.tracking.accept(driven))
    journey.do("way_driven")
    assert "Valhalla" in journey.notice("cannot tell which roads were driven").remedy

    region = station.region
    assert region is not None
    journey.run(station.streets()).close()
    station._streets = region.hash, TimedStreets(region, ValhallaEngine(region))
    journey.do("way_driven")
    told = journey.notice("planned for the whole route")
    shown = view._shown._single["driven"]
    assert shown
    picture = station.picture
    assert f"until {picture.clock(driven[-1].at)}" in told.text
    assert "missing" not in told.text
    journey.do("way_driven")
    assert view._shown._single["driven"] == []
    sea = Coordinate(driven[-1].point.lat + 1, driven[-1].point.lon)
    later = driven[-1].at + timedelta(seconds=30)
    journey.run(journey.desktop.live.tracking.accept([Position(route, later, sea)]))
    journey.do("view_board")
    assert not view.isVisible()
    journey.do("way_driven")
    assert view.isVisible()
    journey.notice("1 piece is missing")
    assert view._shown._single["driven"] == shown
    assert journey.unexpected == []
