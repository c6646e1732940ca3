"""What was reported of a day so far, corrections applied: when stops and depots were left.

Facts may arrive late, twice, or out of order; only what they say counts, not when they came in.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from console.domain.plan import Fact, FactId, FactKind, Route, RouteId, StopId, StopStatus

OUTCOMES: Mapping[FactKind, StopStatus] = {
    FactKind.DELIVERED: StopStatus.DELIVERED,
    FactKind.COLLECTED: StopStatus.DELIVERED,
    FactKind.FAILED: StopStatus.FAILED,
}
"""What ends a visit. What was collected is done like what was delivered."""

OF_STOPS = frozenset((*OUTCOMES, FactKind.ARRIVED))


@dataclass(frozen=True, slots=True)
class Rest:
    """A break that was reported; ``ended`` is None while it goes on."""

    began: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """Aware UTC. ``arrived`` and ``left`` are those of stops, ``rests`` in order of time.

    ``left`` is when a visit was reported to have ended, or the driver to have driven off after it.
    """

    arrived: dict[StopId, datetime] = field(default_factory=dict[StopId, datetime])
    left: dict[StopId, datetime] = field(default_factory=dict[StopId, datetime])
    started: dict[RouteId, datetime] = field(default_factory=dict[RouteId, datetime])
    returned: dict[RouteId, datetime] = field(default_factory=dict[RouteId, datetime])
    rests: dict[RouteId, tuple[Rest, ...]] = field(default_factory=dict[RouteId, tuple[Rest, ...]])


def held_until(route: Route, told: Reported) -> datetime | None:
    """Until when a route stands still; None where nobody says so, or a later report tells more."""
    hold = route.hold
    if hold is None or route.id in told.returned:
        return None
    moments = (at for each in (told.arrived, told.left) for s in route.stops if (at := each.get(s)))
    return None if any(at > hold.told for at in moments) else hold.until


def standing(facts: Iterable[Fact]) -> list[Fact]:
    """The facts that nobody has corrected, by the time they happened at, else as a day goes."""
    every = list(facts)
    corrected = {fact.corrects for fact in every}
    kept = [fact for fact in every if fact.id not in corrected]
    return sorted(kept, key=_moment)


def standing_about(facts: Mapping[FactId, Fact], subjects: Container[str]) -> list[Fact]:
    """Those about some subjects alone, and in that order; a correction may be about another one.

    Few of a day's thousands of facts are: nothing but them is put in order.
    """
    corrected = {fact.corrects for fact in facts.values()}
    kept = [
        fact for fact in facts.values() if fact.subject in subjects and fact.id not in corrected
    ]
    return sorted(kept, key=_moment)


_OUTCOME = 2
_TURNS = {
    FactKind.DEPARTED: 0,
    FactKind.ARRIVED: 1,
    FactKind.BREAK_BEGAN: 3,
    FactKind.BREAK_ENDED: 4,
    FactKind.RETURNED: 5,
}


def _moment(fact: Fact) -> tuple[datetime, int, str]:
    return fact.happened_at, _TURNS.get(fact.kind, _OUTCOME), fact.id


def status_of(facts: Iterable[Fact]) -> StopStatus:
    """Where a stop stands by its standing facts: an outcome counts, however late an arrival comes.

    Of several outcomes the last one holds.
    """
    kinds = [fact.kind for fact in facts if fact.kind in OF_STOPS]
    ended = [kind for kind in kinds if kind in OUTCOMES]
    if ended:
        return OUTCOMES[ended[-1]]
    return StopStatus.ARRIVED if kinds else StopStatus.PLANNED


def reported(facts: Mapping[FactId, Fact]) -> Reported:
    """All that stands; remembered for the last mapping asked about."""
    global _known  # noqa: PLW0603 - one slot, replaced as a whole
    if _known[0] is not facts:
        _known = (facts, _read(facts.values()))
    return _known[1]


def _read(facts: Iterable[Fact]) -> Reported:
    told = Reported()
    kept = sorted(standing(facts), key=lambda fact: fact.subject)  # stable: still in time's order
    for subject, some in groupby(kept, key=lambda fact: fact.subject):
        of_one = list(some)
        _read_stop(StopId(subject), of_one, told)
        _read_route(RouteId(subject), of_one, told)
    return told


def _read_stop(stop: StopId, facts: list[Fact], told: Reported) -> None:
    arrivals = _times(facts, (FactKind.ARRIVED,))
    ended = _times(facts, tuple(OUTCOMES))
    gone = [t for t in _times(facts, (FactKind.DEPARTED,)) if arrivals or ended]
    left = [*ended[-1:], *gone[-1:]]
    if left and (ended or gone[-1] >= arrivals[0]):
        told.left[stop] = max(left)
    before = [t for t in arrivals if stop not in told.left or t <= told.left[stop]]
    if before:
        told.arrived[stop] = before[0]


def _read_route(route: RouteId, facts: list[Fact], told: Reported) -> None:
    departures = _times(facts, (FactKind.DEPARTED,))
    returns = _times(facts, (FactKind.RETURNED,))
    if departures:
        told.started[route] = departures[0]
    if returns:
        told.returned[route] = returns[-1]
    rests = _rests(facts)
    if rests:
        told.rests[route] = rests


def _rests(facts: list[Fact]) -> tuple[Rest, ...]:
    """Beginnings with the ends that follow them; an end without a beginning tells nothing."""
    rests = list[Rest]()
    for fact in facts:
        is_open = bool(rests) and rests[-1].ended is None
        if fact.kind is FactKind.BREAK_BEGAN and not is_open:
            rests.append(Rest(fact.happened_at))
        elif fact.kind is FactKind.BREAK_ENDED and is_open:
            rests[-1] = Rest(rests[-1].began, fact.happened_at)
    return tuple(rests)


def _times(facts: list[Fact], kinds: tuple[FactKind, ...]) -> list[datetime]:
    return [fact.happened_at for fact in facts if fact.kind in kinds]


_known: tuple[Mapping[FactId, Fact], Reported] = ({}, Reported())
