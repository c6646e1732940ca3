"""What went wrong on the street: logged, listed, never lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

from console.dispatch.lanes import Lane
from console.dispatch.station import Station
from console.domain.commands import LogException
from console.domain.plan import Cause, Fact, FactId, FactKind, RouteId, StopId


@dataclass(frozen=True, slots=True)
class DeliveryException:
    """One line of the queue: the fact with its note and who logged it."""

    fact: Fact
    note: str
    actor: str


async def log_exception(
    station: Station, subject: StopId | RouteId, cause: Cause, note: str = ""
) -> Fact:
    """Log that something went wrong at a stop or on a route; the note goes to a register."""
    services = station.services
    text = note.strip()
    note_id = await services.lanes.run(Lane.SQL, partial(services.notes.put, text)) if text else ""
    fact = Fact(
        FactId(uuid4().hex), FactKind.EXCEPTION, subject, services.clock.now(), cause, note_id
    )
    await station.submit(LogException(fact))
    return fact


async def exceptions(station: Station) -> Sequence[DeliveryException]:
    """All exceptions of the day, the newest first."""
    desk = station.workday.desk
    logged = [f for f in desk.plan.facts.values() if f.kind is FactKind.EXCEPTION]
    notes = await station.services.lanes.run(
        Lane.SQL, partial(station.services.notes.get, [f.note for f in logged if f.note])
    )
    authors = {delta.key: entry.actor for entry in desk.entries for delta in entry.patch.facts}
    queue = [
        DeliveryException(fact, notes.get(fact.note, ""), authors.get(fact.id, ""))
        for fact in logged
    ]
    return sorted(queue, key=lambda line: line.fact.happened_at, reverse=True)
