"""The close of a day: what is still open, and the seal after which only facts come in."""

from dataclasses import dataclass
from uuid import uuid4

from console.dispatch.exceptions import noted
from console.dispatch.replay import head_hash
from console.dispatch.station import Station
from console.domain.casework import cases_of
from console.domain.commands import SealDay
from console.domain.errors import ConsoleError
from console.domain.plan import Fact, FactId, FactKind, Plan, RouteId, StopStatus
from console.domain.sealing import seal_of
from console.tongues import tr


@dataclass(frozen=True, slots=True)
class Standing:
    """A day before it is closed, in counts: stops by how they ended, exceptions that wait."""

    delivered: int
    failed: int
    to_drive: int
    exceptions: int


def standing_of(plan: Plan) -> Standing:
    """How the day stands now."""
    stops = list(plan.stops.values())
    return Standing(
        sum(stop.status is StopStatus.DELIVERED for stop in stops),
        sum(stop.status is StopStatus.FAILED for stop in stops),
        sum(stop.is_open for stop in stops),
        sum(case.is_open for case in cases_of(plan.facts.values())),
    )


async def seal(station: Station) -> str:
    """Close the day; answers the hash of its newest row. ConsoleError where it is closed."""
    if seal_of(station.workday.desk.plan.facts) is not None:
        raise ConsoleError(
            tr("The day is sealed already."), remedy=tr("Open it again with a reason first.")
        )
    await station.submit(SealDay(_fact(station, FactKind.SEALED)))
    return await head_hash(station)


async def reopen(station: Station, reason: str) -> None:
    """Open a sealed day again. ConsoleError without a reason, or where it is open."""
    if seal_of(station.workday.desk.plan.facts) is None:
        raise ConsoleError(tr("The day is not sealed."), remedy=tr("Nothing has to be opened."))
    note = await noted(station, reason)
    if not note:
        raise ConsoleError(tr("A reason is missing."), remedy=tr("Say why it is opened again."))
    await station.submit(SealDay(_fact(station, FactKind.REOPENED, note)))


def _fact(station: Station, kind: FactKind, note: str = "") -> Fact:
    at = station.services.clock.now()
    return Fact(FactId(uuid4().hex), kind, RouteId(kind.value), at, note=note)
