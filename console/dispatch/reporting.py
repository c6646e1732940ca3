"""What is told from the street becomes facts: once each, corrected and never deleted."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import uuid4

from console.dispatch.lanes import Lane
from console.dispatch.station import Station
from console.dispatch.street import Report
from console.domain.commands import LogException, RecordFact
from console.domain.errors import ConsoleError
from console.domain.plan import Cause, Fact, FactId, FactKind, Plan, RouteId, StopId
from console.domain.reported import standing_about
from console.tongues import tr

STEPS = frozenset(
    (
        FactKind.DEPARTED,
        FactKind.ARRIVED,
        FactKind.DELIVERED,
        FactKind.COLLECTED,
        FactKind.FAILED,
        FactKind.BREAK_BEGAN,
        FactKind.BREAK_ENDED,
        FactKind.RETURNED,
        FactKind.RETRACTED,
        FactKind.EXCEPTION,
    )
)
"""What may be told from the street; the rest are marks on the day."""


async def report(
    station: Station, reports: Sequence[Report], now: datetime | None = None
) -> list[Fact]:
    """Note what is new of it; durable when the call returns. Answers the new facts.

    A report whose id is known is passed over: whoever is not sure sends it again. One without a
    zone or of a kind that does not happen on the street is a ConsoleError, before any is noted.
    All of them are shown at once, with the day as it is ``now``, where that is told.
    """
    for each in reports:
        _check(each)
    known = station.workday.desk.plan.facts
    told = [await _fact(station, each) for each in reports if each.id not in known]
    workday, noted = station.workday, list[Fact]()
    with workday.together():
        if now is not None:
            workday.tick(now)
        for fact in told:
            if fact.id in workday.desk.plan.facts:
                continue
            is_exception = fact.kind is FactKind.EXCEPTION
            workday.submit(LogException(fact) if is_exception else RecordFact(fact))
            noted.append(fact)
    if noted:
        await station.save()
    return noted


async def _fact(station: Station, told: Report) -> Fact:
    text = told.note.strip()
    return Fact(
        *(told.id, told.kind, told.subject, told.happened_at, told.cause),
        await _kept(station, text) if text else "",
        told.corrects,
    )


async def _kept(station: Station, text: str) -> str:
    services = station.services
    return await services.lanes.run(Lane.SQL, partial(services.notes.put, text))


def _check(each: Report) -> None:
    if each.happened_at.tzinfo is None:
        raise ConsoleError(
            tr("The report {id} says a time without a zone.", id=each.id),
            remedy=tr("Send times in UTC."),
        )
    if each.kind not in STEPS:
        raise ConsoleError(
            tr("{value} is nothing that is reported from the street.", value=each.kind.value),
            remedy=tr("Send one of {text}.", text=", ".join(sorted(STEPS))),
        )


async def record(
    station: Station,
    kind: FactKind,
    subject: StopId | RouteId,
    happened_at: datetime | None = None,
    cause: Cause | None = None,
) -> Fact:
    """Report one thing by hand; now unless told."""
    at = happened_at or station.services.clock.now()
    noted = await report(station, [Report(FactId(uuid4().hex), kind, subject, at, cause)])
    return noted[0]


async def correct(station: Station, wrong: FactId, happened_at: datetime) -> Fact:
    """It happened at another time."""
    fact = _known(station, wrong)
    again = Report(
        FactId(uuid4().hex), fact.kind, fact.subject, happened_at, fact.cause, corrects=wrong
    )
    return (await report(station, [again]))[0]


async def retract(station: Station, wrong: FactId) -> Fact:
    """It did not happen; what was reported stays on record."""
    fact, now = _known(station, wrong), station.services.clock.now()
    taken = Report(FactId(uuid4().hex), FactKind.RETRACTED, fact.subject, now, corrects=wrong)
    return (await report(station, [taken]))[0]


def _known(station: Station, wrong: FactId) -> Fact:
    fact = station.workday.desk.plan.facts.get(wrong)
    if fact is None:
        raise ConsoleError(
            tr("This report is not on record here."), remedy=tr("Look at the day again.")
        )
    return fact


def last_told(plan: Plan, route: RouteId) -> Fact | None:
    """The latest thing reported of a route or its stops that nobody has taken back."""
    about: set[str] = {route, *plan.routes[route].stops}
    steps = STEPS - {FactKind.EXCEPTION, FactKind.RETRACTED}
    told = [fact for fact in standing_about(plan.facts, about) if fact.kind in steps]
    return told[-1] if told else None
