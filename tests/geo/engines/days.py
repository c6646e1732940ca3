"""Days with slow hours and zones, to be asked of every engine."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from console.domain.places import Coordinate
from console.domain.speeds import USUAL
from console.domain.traffic import DayTraffic, Traffic
from console.domain.zones import Zone
from console.geo.engines.contract import Point


def on(zone: Zone | None = None, percent: int = 100) -> DayTraffic:
    """A Monday on which all roads are as fast as this, with a zone."""
    table = replace(USUAL, rows=(((percent,) * 6,) * 5,) * 4)
    return Traffic(table, (zone,) if zone else ()).on(date(2026, 11, 23), ZoneInfo("UTC"))


def around(point: Point, half: float) -> tuple[Coordinate, ...]:
    lon, lat = point
    corners = ((-1, -1), (-1, 2), (1, 2), (1, -1))
    return tuple(Coordinate(lat + half * y, lon + half * x) for y, x in corners)
