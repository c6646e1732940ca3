"""A route for a driver's phone: links in pieces that map apps take. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from console.dispatch.maplinks import MapLink, through
from console.dispatch.picture import Picture, StopLabel
from console.domain.places import Coordinate
from console.domain.plan import RouteId
from console.tongues import tr

Numbered = tuple[int, Coordinate]
"""A stop's number on its route, and where the van goes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A link to the stops ``first`` to ``last`` of a route, by their numbers."""

    first: int
    last: int
    link: str

    @property
    def words(self) -> str:
        """Which stops these are."""
        if self.first == self.last:
            return tr("Stop {first}", first=self.first)
        return tr("Stops {first} to {last}", first=self.first, last=self.last)


def where_to(label: StopLabel) -> Coordinate | None:
    """Where the van goes: to where it parks, if that is known, else to the door."""
    return label.access.parking or label.coordinate


def pieces(picture: Picture, route: RouteId, kind: MapLink) -> list[Piece]:
    """All stops of a route in order; a new piece begins where it loads again at the depot."""
    found: list[Piece] = []
    for trip in _trips(picture, route):
        for start in range(0, len(trip), kind.at_once):
            some = trip[start : start + kind.at_once]
            link = through([point for _, point in some], kind)
            found.append(Piece(some[0][0], some[-1][0], link))
    return found


def _trips(picture: Picture, route: RouteId) -> Iterator[list[Numbered]]:
    schedule = picture.schedules.get(route)
    if schedule is None:
        return
    reloads = [begin for begin, _ in schedule.reloads]
    trip: list[Numbered] = []
    for number, visit in enumerate(schedule.visits, 1):
        if reloads and reloads[0] < visit.start:
            reloads.pop(0)
            yield trip
            trip = []
        label = picture.labels.get(visit.stop)
        point = where_to(label) if label else None
        if point is not None:
            trip.append((number, point))
    yield trip
