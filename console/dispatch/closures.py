"""A road is closed from now until a time: nobody is sent through, and who went there is named."""

import math
from collections.abc import Sequence
from datetime import time
from uuid import uuid4

from console import formats
from console.dispatch.picture import Picture
from console.dispatch.ports import Progress
from console.dispatch.station import Station
from console.dispatch.trafficwork import put_zone
from console.domain.errors import ConsoleError
from console.domain.places import EARTH_RADIUS_M, Coordinate
from console.domain.plan import RouteId
from console.domain.zones import Zone, ZoneId, ZoneKind
from console.tongues import tr

CORNERS = 24
_MIDNIGHT = time()


def round_about(middle: Coordinate, metres: float) -> tuple[Coordinate, ...]:
    """A ring of corners so far from a point, good for some kilometres."""
    lat = math.degrees(metres / EARTH_RADIUS_M)
    lon = lat / max(0.01, math.cos(math.radians(middle.lat)))
    angles = (2 * math.pi * i / CORNERS for i in range(CORNERS))
    return tuple(
        Coordinate(middle.lat + lat * math.sin(a), middle.lon + lon * math.cos(a)) for a in angles
    )


def closure(station: Station, corners: Sequence[Coordinate], until: time) -> Zone:
    """The zone, on this day only, from now on where the day is today; midnight is its end.

    ConsoleError where ``until`` is over.
    """
    day, now = station.service_day, station.now()
    begins = _MIDNIGHT
    if now is not None:
        begins = now.astimezone(day.zone).time().replace(second=0, microsecond=0)
    if until != _MIDNIGHT and until <= begins:
        raise ConsoleError(
            tr("It is later than {time} already.", time=formats.clock(until)),
            remedy=tr("Say a later time; 00:00 is the end of the day."),
        )
    name = tr("Closed until {time}", time=formats.clock(until))
    return Zone(
        ZoneId(uuid4().hex[:12]),
        name,
        ZoneKind.CLOSED,
        tuple(corners),
        first=day.day,
        last=day.day,
        begins=begins,
        ends=until,
    )


async def close_road(
    station: Station, zone: Zone, told: Progress | None = None
) -> tuple[RouteId, ...]:
    """From now on the zone holds; answers the routes whose rest takes another way or time.

    The times before serve until those around the zone are there.
    """
    before = station.picture
    await put_zone(station, zone, told)
    return crossing(before, station.picture)


def crossing(before: Picture, after: Picture) -> tuple[RouteId, ...]:
    """Routes that are driven otherwise than they were."""
    return tuple(
        route
        for route, schedule in after.schedules.items()
        if schedule.visits != before.schedules[route].visits
        or schedule.end != before.schedules[route].end
    )
