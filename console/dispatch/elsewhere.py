"""Travel times with one more place than the day has: an address that is only thought of."""

from dataclasses import replace
from functools import partial

from console.dispatch.drawing import known_places
from console.dispatch.lanes import Lane
from console.dispatch.station import Station
from console.dispatch.traveltimes import travel_times
from console.domain.places import Coordinate, PlaceId
from console.domain.travel import TravelMatrix, empty_matrix


async def times_with(station: Station, place: PlaceId) -> TravelMatrix:
    """The day's, and this place's; what lies off the road or is not found is missing.

    The place is looked up first where nobody knows where it is.
    """
    if station.region is None:
        return empty_matrix()
    here = await located(station, place)
    if here is None:
        return station.workday.matrix
    points = await station.place_points(sorted(known_places(station.workday.desk.plan)))
    streets = await station.streets()
    matrix, _lost = await travel_times(
        streets, station.services.lanes, {**points, place: here}, station.traffic.served
    )
    return matrix


async def located(station: Station, place: PlaceId) -> Coordinate | None:
    """Where a place is, looked up where nobody is sure; None where that is not found."""
    services = station.services
    known = await services.lanes.run(Lane.SQL, partial(services.places.get, [place]))
    found = known.get(place)
    if found is None or found.certainty.is_sure:
        return found.coordinate if found else None
    geocoder = await station.geocoder()
    answer = await services.lanes.run(Lane.STREETS, partial(geocoder.locate, found.address))
    if not answer.certainty.is_sure:
        return None
    sure = replace(
        found, coordinate=answer.coordinate, certainty=answer.certainty, label=answer.label
    )
    await services.lanes.run(Lane.SQL, partial(services.places.put, [sure]))
    return answer.coordinate
