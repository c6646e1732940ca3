"""Changing a depot's traffic: speeds and zones, one value with a version that plans name."""

from dataclasses import replace
from functools import partial

from console.dispatch.lanes import Lane
from console.dispatch.ports import Progress
from console.dispatch.station import Station
from console.domain.commands import OpenDay
from console.domain.errors import ConsoleError
from console.domain.plan import StopId
from console.domain.traffic import SpeedTable, Traffic
from console.domain.zones import Zone, ZoneId
from console.tongues import tr


async def change(station: Station, value: Traffic, told: Progress | None = None) -> None:
    """From now on this traffic holds; the times before serve until the new ones are there."""
    day = station.workday.desk.plan.day
    if day is None:
        raise ConsoleError(tr("No day is open."), remedy=tr("Choose a depot and a day first."))
    services = station.services
    put = partial(services.traffics.put, day.depot, value, services.actor, services.clock.now())
    await services.lanes.run(Lane.SQL, put)
    if day.traffic_version != value.version:
        await station.submit(OpenDay(replace(day, traffic_version=value.version)))
    await station.refresh(told)


async def set_speeds(
    station: Station, speeds: SpeedTable | None, told: Progress | None = None
) -> None:
    """Other speeds by the hour; None drives on free roads."""
    await change(station, replace(station.traffic.value, speeds=speeds), told)


async def put_zone(station: Station, zone: Zone, told: Progress | None = None) -> None:
    """A new zone, or one that takes the place of its namesake."""
    zones = station.traffic.value.zones
    known = [each.id for each in zones]
    others = tuple(zone if each.id == zone.id else each for each in zones)
    value = replace(station.traffic.value, zones=others if zone.id in known else (*zones, zone))
    await change(station, value, told)


async def remove_zone(station: Station, zone: ZoneId, told: Progress | None = None) -> None:
    """A zone less."""
    zones = tuple(each for each in station.traffic.value.zones if each.id != zone)
    await change(station, replace(station.traffic.value, zones=zones), told)


def stops_in(station: Station, zone: Zone) -> list[StopId]:
    """The day's stops that lie in a zone."""
    labels = station.picture.labels
    return [
        stop
        for stop, label in labels.items()
        if label.coordinate is not None and zone.contains(label.coordinate)
    ]
