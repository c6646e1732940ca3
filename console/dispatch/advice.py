"""The one thing that would help a stop whose first try is likely to fail. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from console.dispatch.picture import Picture, StopLabel
from console.domain.places import Certainty
from console.domain.plan import Cause, Stop
from console.domain.risk import Door, Risk, Span, span_at, span_of

HEAVY_KG = 31.5
"""A parcel that one person should not carry: parcel services' usual limit."""


class Help(StrEnum):
    """What may be done before anybody drives there."""

    OTHER_TIME = "other_time"  # at which it worked
    ADDRESS = "address"  # look where it is
    ACCESS = "access"  # ask how one gets in, and note it
    PEOPLE = "people"  # send two
    SAFE_PLACE = "safe_place"  # that is known
    PICKUP_POINT = "pickup_point"
    CALL = "call"
    NUMBER = "number"  # ask for one: nobody can call


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do; ``text`` is the place, the number or the pickup point, ``span`` the time.

    ``worked`` is in how many tries the time worked.
    """

    help: Help
    text: str = ""
    span: Span = Span.ANY
    worked: int = 0


def advice(stop: Stop, risk: Risk, picture: Picture) -> Advice | None:
    """For a stop that stands out; None for all others."""
    if not risk.is_high:
        return None
    label = picture.labels.get(stop.id) or StopLabel("")
    case = _Case(stop, label, risk.door, _planned(stop, picture), picture.risks.points)
    return next(case.helps(), None)


def _planned(stop: Stop, picture: Picture) -> Span:
    """When somebody comes: as planned, else as it was asked for."""
    visit, zone = picture.visits.get(stop.id), picture.zone
    return span_at(visit.arrival, zone) if visit is not None else span_of(stop.windows, zone)


@dataclass(frozen=True, slots=True)
class _Case:
    stop: Stop
    label: StopLabel
    door: Door
    planned: Span
    points: tuple[str, ...]

    def helps(self) -> Iterator[Advice]:
        """What fits the cause first; the last ones always fit."""
        cause = self.door.cause
        if cause is not Cause.ADDRESS:
            yield from self._other_time()
        if cause is Cause.ADDRESS or not self._is_located():
            yield Advice(Help.ADDRESS)
        if cause in (Cause.ACCESS, Cause.DAMAGE) and self._is_heavy():
            yield Advice(Help.PEOPLE)
        if cause is Cause.ACCESS and not self._knows_the_way():
            yield Advice(Help.ACCESS)
        if cause in (Cause.ABSENT, Cause.WINDOW, None):
            yield from self._without_anybody()
        if self.label.phones:
            yield Advice(Help.CALL, self.label.phones[0])
        yield Advice(Help.NUMBER)

    def _other_time(self) -> Iterator[Advice]:
        span = self.door.better_than(self.planned)
        if span is not None:
            yield Advice(Help.OTHER_TIME, span=span, worked=self.door.came[span][1])

    def _without_anybody(self) -> Iterator[Advice]:
        safe = self.label.access.safe_place
        if safe:
            yield Advice(Help.SAFE_PLACE, safe)
        never = self.door.failed > 1 and self.door.failed == self.door.tries
        if self.points and (never or not self.label.phones):
            yield Advice(Help.PICKUP_POINT, self.points[0] if len(self.points) == 1 else "")

    def _is_located(self) -> bool:
        certainty = self.label.certainty
        return certainty.is_sure or certainty is Certainty.UNKNOWN

    def _is_heavy(self) -> bool:
        load, people = self.stop.load, max((o.people for o in self.stop.orders), default=1)
        return people < 2 and load.kg / max(1.0, load.pieces) > HEAVY_KG

    def _knows_the_way(self) -> bool:
        access = self.label.access
        return bool(access.gate or access.floor or self.label.notes)
