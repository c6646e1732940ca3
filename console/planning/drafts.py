"""Relaxations before they are verified, and how a trial becomes landings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from console.domain.commands import AdmitStop, Landing
from console.domain.plan import RouteId, Stop, StopId
from console.planning.trials import Trial

KEPT = 3  # of a kind
NOTHING = AdmitStop(())


class Kind(StrEnum):
    """What gives way."""

    FITS = "fits"
    LATER = "later"
    EARLIER = "earlier"
    OVERTIME = "overtime"
    OVERLOAD = "overload"
    SKILL = "skill"
    PEOPLE = "people"
    TERRITORY = "territory"
    DEPOT = "depot"
    STOPS = "stops"
    DISTANCE = "distance"
    UNLOCK = "unlock"
    SPLIT = "split"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much gives way: see ``relaxations.Relaxation`` for the fields."""

    amount: float = 0.0
    unit: str = ""
    subject: str = ""
    at: datetime | None = None
    other: RouteId | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A relaxation that is not verified yet; ``price`` is what its trials say it costs."""

    kind: Kind
    route: RouteId
    price: float
    command: AdmitStop
    extent: Extent = Extent()


def draft(
    kind: Kind,
    trial: Trial,
    group: Iterable[Stop],
    extent: Extent = Extent(),
    needs: AdmitStop = NOTHING,
) -> Draft:
    """A group placed as in a trial; ``needs`` is what has to give way, without landings."""
    stops = tuple(group)
    ids = [stop.id for stop in stops]
    landings = tuple(landing(trial, stop, ids[i + 1 :]) for i, stop in enumerate(ids))
    return Draft(kind, trial.route, trial.price, replace(needs, landings=landings), extent)


def landing(trial: Trial, stop: StopId, later: Iterable[StopId] = ()) -> Landing:
    """Where a trial has a stop, by neighbours; ``later`` are those that are not there yet."""
    absent = set(later)
    ids = [each.id for each in trial.stops if each.id not in absent]
    at = ids.index(stop)
    after = ids[at - 1] if at else None
    before = ids[at + 1] if at + 1 < len(ids) else None
    return Landing(stop, trial.route, after, before)


def chosen(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Of each kind those that no other beats in both amount and price, ``KEPT`` at most.

    The cheapest and the one that asks for least are always among them.
    """
    kinds: dict[tuple[Kind, str, str], list[Draft]] = {}
    for each in drafts:
        subject = "" if each.kind is Kind.DROP else each.extent.subject
        kinds.setdefault((each.kind, subject, each.extent.unit), []).append(each)
    for several in kinds.values():
        front = list[Draft]()
        for each in sorted(several, key=lambda d: (d.price, d.extent.amount, d.route)):
            if not front or each.extent.amount < front[-1].extent.amount:
                front.append(each)
        yield from front if len(front) <= KEPT else (*front[: KEPT - 1], front[-1])
