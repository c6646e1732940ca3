"""A day's journal from its first row: any moment of it as a plan, forwards and backwards."""

from collections.abc import Sequence
from functools import partial

from console.dispatch.journal import Entry
from console.dispatch.lanes import Lane
from console.dispatch.station import Station
from console.domain.plan import Plan


class Replay:
    """Stands at one version; going to another one applies only the patches between."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """``entries`` are all rows of a stream, from version 1 on without a gap."""
        self.entries = tuple(entries)
        self._plan = Plan()

    @property
    def last(self) -> int:
        """The newest version."""
        return len(self.entries)

    def at(self, version: int) -> Plan:
        """The plan after this row; 0 is before the first one."""
        wanted = max(0, min(version, self.last))
        while self._plan.version < wanted:
            self._plan = self.entries[self._plan.version].patch.apply(self._plan)
        while self._plan.version > wanted:
            before = self._plan.version - 1
            undone = self.entries[before].patch.inverted().apply(self._plan)
            self._plan = Plan(before, undone.day, undone.stops, undone.routes, undone.facts)
        return self._plan


async def replayed(station: Station) -> Replay:
    """The open day's, whole: also what is before the snapshot that the day was opened from."""
    await station.save()
    services, stream = station.services, station.workday.desk.stream
    return Replay(await services.lanes.run(Lane.SQL, partial(services.journal.read, stream)))


async def notes_of(station: Station, replay: Replay) -> dict[str, str]:
    """The texts that facts name, as far as they are not erased."""
    facts = (delta.after for entry in replay.entries for delta in entry.patch.facts)
    ids = [fact.note for fact in facts if fact is not None and fact.note]
    if not ids:
        return {}
    services = station.services
    return dict(await services.lanes.run(Lane.SQL, partial(services.notes.get, ids)))


async def head_hash(station: Station) -> str:
    """The hash of the open day's newest durable row, for its report; '' before the first one.

    Whoever has it on paper can show later that the day's journal is still the same.
    """
    await station.save()
    services, desk = station.services, station.workday.desk
    read = partial(services.journal.read, desk.stream, max(0, desk.confirmed.version - 1))
    rows = await services.lanes.run(Lane.SQL, read)
    return rows[-1].hash if rows else ""
