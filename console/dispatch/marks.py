"""What is written beside a day: steps that were skipped and why, versions that have a name.

The texts are notes of a register: the journal holds their ids.
"""

from collections.abc import Mapping
from functools import partial
from uuid import uuid4

from console.dispatch.lanes import Lane
from console.dispatch.station import Station
from console.domain.commands import MarkDay
from console.domain.plan import Fact, FactId, FactKind, RouteId


async def mark(station: Station, kind: FactKind, subject: str, text: str) -> Fact:
    """Note a skipped step (its key) or a version's name (its number), with a text."""
    services = station.services
    note = await services.lanes.run(Lane.SQL, partial(services.notes.put, text.strip()))
    at = services.clock.now()
    fact = Fact(FactId(uuid4().hex), kind, RouteId(subject), at, note=note)
    await station.submit(MarkDay(fact))
    return fact


async def marks(station: Station, kind: FactKind) -> Mapping[str, str]:
    """Subject to text of all marks of a kind, the newest of each subject; '' where erased."""
    facts = [fact for fact in station.workday.desk.plan.facts.values() if fact.kind is kind]
    if not facts:
        return {}
    services = station.services
    ids = [fact.note for fact in facts]
    texts = await services.lanes.run(Lane.SQL, partial(services.notes.get, ids))
    facts.sort(key=lambda fact: (fact.happened_at, fact.id))
    return {str(fact.subject): texts.get(fact.note, "") for fact in facts}
