"""A bare point becomes a place that routes may go to: where a van stands that broke down."""

from dataclasses import replace
from functools import partial

from console.dispatch.lanes import Lane
from console.dispatch.station import Station
from console.domain.errors import ConsoleError
from console.domain.places import Address, Certainty, Coordinate, Place, PlaceId
from console.tongues import tr

DIGITS = 5
"""Of a degree: a metre."""


async def place_at(station: Station, point: Coordinate) -> PlaceId:
    """The place of a point, called by its degrees, with travel times from now on.

    ConsoleError where no road is near.
    """
    services = station.services
    name = f"{point.lat:.{DIGITS}f}, {point.lon:.{DIGITS}f}"

    def stored() -> Place:
        found = services.places.remember(Address(name))
        made = replace(found, coordinate=point, certainty=Certainty.FIXED)
        services.places.put([made])
        return made

    place = await services.lanes.run(Lane.SQL, partial(stored))
    station.workday.expect(place.id)
    await station.refresh()
    if place.id not in station.workday.matrix.index:
        raise ConsoleError(
            tr("No road leads to {point}.", point=name),
            remedy=tr("Choose a point beside a road of this region."),
        )
    return place.id
