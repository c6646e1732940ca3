"""What a scenario has in store for each driver, once it is known who goes where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from console.dispatch.kindofday import Incident, IncidentKind
from console.dispatch.manifests import Manifest, ManifestStop
from console.domain.places import Coordinate
from console.domain.plan import StopId
from console.simulator.driver import Misfortunes

Moment = Callable[[time], datetime]
"""A clock time of the simulated day as a moment."""


@dataclass(frozen=True, slots=True)
class Ground:
    """All that has to be visited on a day."""

    stops: tuple[ManifestStop, ...]

    @classmethod
    def of(cls, manifests: Sequence[Manifest]) -> "Ground":
        """Of all drivers together."""
        stops = [stop for each in manifests for stop in each.stops if stop.point is not None]
        return cls(tuple(stops))

    def centre(self) -> Coordinate | None:
        """The stop in the middle of them, by degrees north and east."""
        points = [stop.point for stop in self.stops if stop.point is not None]
        if not points:
            return None
        north = sorted(point.lat for point in points)[len(points) // 2]
        east = sorted(point.lon for point in points)[len(points) // 2]
        middle = Coordinate(north, east)
        return min(points, key=lambda p: (p.metres_to(middle), p.lat, p.lon))

    def around(self, centre: Coordinate | None, count: int) -> frozenset[StopId]:
        """So many stops that lie nearest to a place."""
        if centre is None:
            return frozenset()
        near = sorted(
            (stop.point.metres_to(centre), stop.orders[0], stop.stop)
            for stop in self.stops
            if stop.point is not None
        )
        return frozenset(stop for _, _, stop in near[:count])


def fate_of(
    incidents: Sequence[Incident], place: int, moment: Moment, ground: Ground
) -> Misfortunes:
    """What happens to the driver in this place, from 1, of the list by number."""
    mine = [each for each in incidents if each.driver in (0, place)]

    def of(kind: IncidentKind) -> list[Incident]:
        return [each for each in mine if each.kind is kind]

    def spans(kind: IncidentKind) -> list[tuple[datetime, timedelta]]:
        return [(moment(each.at), timedelta(minutes=each.minutes)) for each in of(kind)]

    centre = ground.centre()
    return Misfortunes(
        breakdowns=tuple((at, stands or None) for at, stands in spans(IncidentKind.BREAKDOWN)),
        holds=tuple(spans(IncidentKind.LONG_STOP)),
        slow=tuple((moment(e.at), moment(e.until), e.factor) for e in of(IncidentKind.SLOW)),
        closures=tuple(
            (moment(e.at), moment(e.until), e.factor, centre, e.radius)
            for e in of(IncidentKind.CLOSURE)
            if centre is not None
        ),
        not_before=max((moment(e.until) for e in of(IncidentKind.DEPOT_LATE)), default=None),
        ill_at=min((moment(e.at) for e in of(IncidentKind.ILL)), default=None),
        silences=tuple((at, at + length) for at, length in spans(IncidentKind.SILENCE)),
        lost=frozenset(
            stop
            for each in of(IncidentKind.ADDRESSES)
            for stop in ground.around(centre, each.count)
        ),
    )


def joined(fate: Misfortunes, more: Misfortunes) -> Misfortunes:
    """Both, for somebody to whom more happens than was in store for her."""
    late = [each for each in (fate.not_before, more.not_before) if each is not None]
    ill = [each for each in (fate.ill_at, more.ill_at) if each is not None]
    return Misfortunes(
        breakdowns=(*fate.breakdowns, *more.breakdowns),
        holds=(*fate.holds, *more.holds),
        slow=(*fate.slow, *more.slow),
        closures=(*fate.closures, *more.closures),
        not_before=max(late, default=None),
        ill_at=min(ill, default=None),
        silences=(*fate.silences, *more.silences),
        lost=fate.lost | more.lost,
    )
