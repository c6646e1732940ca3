"""What befell a rehearsed day, in the order in which a dispatcher could know of it.

What was told from the street stands in the journal. Streets that are slow, a depot that is late,
a long stop and a silent phone are told by nobody: of them the scenario knows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.dispatch.journal import Entry
from console.dispatch.kindofday import Incident, IncidentKind
from console.domain.plan import Cause, Fact, FactKind, Plan, RouteId, StopId
from console.domain.reported import standing

FROM_STREET = ("phone ", "seen ")
"""How the ids of facts begin that nobody typed (``simulator.phone``, ``tracking``)."""

UNTOLD = frozenset(
    (IncidentKind.SLOW, IncidentKind.DEPOT_LATE, IncidentKind.LONG_STOP, IncidentKind.SILENCE)
)

STRANDS = frozenset((Cause.BREAKDOWN, Cause.ILLNESS))
"""What keeps a driver from going on, for all that is known."""

_GOING = frozenset(
    (FactKind.ARRIVED, FactKind.DELIVERED, FactKind.COLLECTED, FactKind.FAILED, FactKind.RETURNED)
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that went wrong.

    ``version`` is the journal's row after which it could be known. ``what`` is a cause or a kind of
    incident. ``route`` is whom it befell, None where it befell everybody; ``stop`` the door.
    """

    at: datetime
    version: int
    what: str
    route: RouteId | None = None
    stop: StopId | None = None
    fact: str = ""

    @property
    def is_at_door(self) -> bool:
        """A delivery that failed: there is a customer to talk to, and no driver to help."""
        return self.stop is not None


@dataclass(frozen=True, slots=True)
class Befallen:
    """An incident of the scenario, or one an instructor put in, with its moment and driver."""

    at: datetime
    incident: Incident
    route: RouteId | None = None


def troubles(
    entries: Sequence[Entry], begins: int, befallen: Sequence[Befallen], last: Plan
) -> list[Trouble]:
    """All from row ``begins`` on, the first first; ``last`` is the plan at the end."""
    told = [each for entry in entries[begins:] for each in _told(entry, last)]
    untold = [
        Trouble(each.at, _version_at(entries, each.at), each.incident.kind, each.route)
        for each in befallen
        if each.incident.kind in UNTOLD
    ]
    return sorted([*told, *untold], key=lambda each: (each.version, each.at, each.what))


def _told(entry: Entry, last: Plan) -> Iterator[Trouble]:
    for delta in entry.patch.facts:
        fact = delta.after
        if fact is None or fact.cause is None or not is_from_street(fact):
            continue
        stop = last.stops.get(StopId(fact.subject))
        route = stop.route if stop else RouteId(fact.subject)
        yield Trouble(
            entry.at, entry.version, fact.cause, route, stop.id if stop else None, fact.id
        )


def is_from_street(fact: Fact) -> bool:
    """True for what a phone told or showed, False for what somebody typed."""
    return fact.id.startswith(FROM_STREET)


def _version_at(entries: Sequence[Entry], at: datetime) -> int:
    return max((entry.version for entry in entries if entry.at <= at), default=0)


def stranded(plan: Plan) -> frozenset[RouteId]:
    """Drivers who cannot go on, as far as the facts of this moment tell.

    Whoever reports a stop after her breakdown goes on again.
    """
    on: Mapping[str, RouteId] = {
        str(stop): route.id for route in plan.routes.values() for stop in route.stops
    }
    out = set[RouteId]()
    for fact in standing(plan.facts.values()):
        route = on.get(fact.subject) or RouteId(fact.subject)
        if fact.kind is FactKind.EXCEPTION and fact.cause in STRANDS:
            out.add(route)
        elif fact.kind in _GOING:
            out.discard(route)
    return frozenset(route for route in out if route in plan.routes)
