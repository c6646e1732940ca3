"""Travel times between a day's places, and which of them no road leads to."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from console.dispatch.lanes import Lane, Lanes
from console.dispatch.ports import OffRoad, Progress, Streets, Unreachable
from console.domain.places import Coordinate, PlaceId
from console.domain.traffic import NO_TRAFFIC, DayTraffic
from console.domain.travel import TravelMatrix, empty_matrix


async def travel_times(
    streets: Streets,
    lanes: Lanes,
    points: Mapping[PlaceId, Coordinate],
    traffic: DayTraffic,
    told: Progress | None = None,
) -> tuple[TravelMatrix, dict[PlaceId, float]]:
    """Between all points that a road leads to; how many metres the others lie off the next one."""
    left: dict[PlaceId, Coordinate] = dict(points)
    lost: dict[PlaceId, float] = {}
    while left:
        ask = partial(streets.matrix, left, "car", told)
        if traffic != NO_TRAFFIC:
            ask = partial(streets.day_matrix, left, traffic, "car", told)
        try:
            return await lanes.run(Lane.STREETS, ask), lost
        except OffRoad as error:
            found = error.places
        except Unreachable as error:
            found = {_loneliest(error.pairs): math.inf}
        lost |= found
        left = {place: point for place, point in left.items() if place not in found}
    return empty_matrix(), lost


def _loneliest(pairs: Sequence[tuple[PlaceId, PlaceId]]) -> PlaceId:
    """The place that most of the broken pairs have in common."""
    counts = Counter(place for pair in pairs for place in pair)
    return max(counts, key=lambda place: (counts[place], place))
