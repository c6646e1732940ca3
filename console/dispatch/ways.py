"""Routes on the ground: where each goes, and its line along streets. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.dispatch.picture import Picture
from console.dispatch.ports import Step
from console.domain.languages import ENGLISH as ENGLISH
from console.domain.languages import LANGUAGES as LANGUAGES
from console.domain.places import Coordinate, PlaceId
from console.domain.plan import Route, StopId

Points = tuple[Coordinate, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Start, stops and end in order, and the line through them.

    ``line`` is straight from point to point where no street is known.
    """

    points: Points
    line: Points
    is_along_streets: bool = False


@dataclass(frozen=True, slots=True)
class Leg:
    """The way to one place of a route: a stop with its ``number``, or a depot or charger (0).

    ``steps`` is () where no road leads.
    """

    number: int
    name: str
    at: Coordinate
    steps: tuple[Step, ...]
    stop: StopId | None = None

    @property
    def metres(self) -> int:
        """How far it is."""
        return sum(step.metres for step in self.steps)


def points_of(picture: Picture, route: Route, ends: Mapping[PlaceId, Coordinate]) -> Points:
    """Depot, stops in order, where the route ends; what has no point is left out."""
    shift = route.shift
    labels = (picture.labels.get(stop) for stop in route.stops)
    stops = [label.coordinate for label in labels if label is not None]
    start = picture.depots.get(shift.place)
    end = start if shift.end_place is None else ends.get(shift.end_place)
    passed = [start, *stops, None if shift.open_ended else end]
    return tuple(point for point in passed if point is not None)
