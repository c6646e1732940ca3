"""What went wrong on the street: logged, listed with its age and owner, never lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from console.dispatch.depotrules import USUAL_SEVERITY
from console.dispatch.lanes import Lane
from console.dispatch.photos import keep_photo
from console.dispatch.station import Station
from console.domain.cases import SERVICE_LEVELS, CaseNote, Severity, Step
from console.domain.casework import Case, cases_of
from console.domain.commands import AttendException, LogException
from console.domain.errors import ConsoleError
from console.domain.plan import Cause, Fact, FactId, FactKind, Plan, RouteId, StopId
from console.tongues import tr


@dataclass(frozen=True, slots=True)
class DeliveryException:
    """One line of the queue: the fact with its note and who logged it, and what was done since."""

    fact: Fact
    note: str
    actor: str
    case: Case


@dataclass(frozen=True, slots=True)
class Logged:
    """What is typed of an exception. ``photo`` is a picture's bytes, as the file has them."""

    cause: Cause
    note: str = ""
    severity: Severity | None = None
    type: str = ""
    photo: bytes = b""


async def log_exception(
    station: Station, subject: StopId | RouteId, cause: Cause, note: str = ""
) -> Fact:
    """Log that something went wrong at a stop or on a route; the note goes to a register."""
    return await log(station, subject, Logged(cause, note))


async def log(station: Station, subject: StopId | RouteId, told: Logged) -> Fact:
    """Log all that was typed; durable when the call returns. ConsoleError for a bad photo."""
    services = station.services
    picture = await keep_photo(services, told.photo) if told.photo else ""
    case = replace(
        links_of(station.workday.desk.plan, subject),
        severity=told.severity or USUAL_SEVERITY.get(told.cause, Severity.NORMAL),
        type=told.type,
        photo=picture,
    )
    fact = Fact(
        FactId(uuid4().hex),
        FactKind.EXCEPTION,
        subject,
        services.clock.now(),
        told.cause,
        await noted(station, told.note),
        case=case,
    )
    await station.submit(LogException(fact))
    return fact


def links_of(plan: Plan, subject: StopId | RouteId) -> CaseNote:
    """The orders, the route and the driver that a subject stands for now."""
    stop = plan.stops.get(StopId(subject))
    route = plan.routes.get(RouteId(subject)) or plan.routes.get(
        stop.route if stop and stop.route else RouteId("")
    )
    return CaseNote(
        orders=tuple(order.id for order in stop.orders) if stop else (),
        route=str(route.id) if route else "",
        driver=str(route.shift.driver) if route else "",
    )


async def noted(station: Station, text: str) -> str:
    """Keep a text that may name somebody in the register; answers its id, '' for none."""
    words, services = text.strip(), station.services
    if not words:
        return ""
    return await services.lanes.run(Lane.SQL, partial(services.notes.put, words))


async def exceptions(station: Station) -> Sequence[DeliveryException]:
    """All exceptions and failures of the day, the newest first."""
    desk = station.workday.desk
    cases = cases_of(desk.plan.facts.values())
    ids = [case.fact.note for case in cases if case.fact.note]
    notes = await station.services.lanes.run(Lane.SQL, partial(station.services.notes.get, ids))
    authors = {fact: entry.actor for entry in desk.entries for fact in entry.outline.facts}
    queue = [
        DeliveryException(
            case.fact, notes.get(case.fact.note, ""), authors.get(case.fact.id, ""), case
        )
        for case in cases
    ]
    return sorted(queue, key=lambda line: line.fact.happened_at, reverse=True)


def case_of(plan: Plan, exception: FactId) -> Case:
    """The case of this id; ConsoleError where there is none."""
    found = next((c for c in cases_of(plan.facts.values()) if c.fact.id == exception), None)
    if found is None:
        raise ConsoleError(tr("This exception is not on record here."), remedy=tr("Look again."))
    return found


def orders_of_case(plan: Plan, case: Case) -> CaseNote:
    """What it is linked to: as it was logged, else as the plan has it now."""
    return case.note if case.note.route or case.note.orders else links_of(plan, case.fact.subject)


async def attend(station: Station, exception: FactId, case: CaseNote, text: str = "") -> Fact:
    """Note what was done about an exception."""
    fact = attended(station, exception, case, await noted(station, text))
    await station.submit(AttendException(fact))
    return fact


def attended(station: Station, exception: FactId, case: CaseNote, note: str = "") -> Fact:
    """The fact of it, now."""
    at = station.services.clock.now()
    subject = StopId(exception)  # what it is about is the fact that tells of the exception
    return Fact(FactId(uuid4().hex), FactKind.ATTENDED, subject, at, note=note, case=case)


async def take(station: Station, exception: FactId, owner: str = "") -> Fact:
    """Somebody answers for it from now on: whoever works here, unless told."""
    case_of(station.workday.desk.plan, exception)
    who = owner or station.services.actor
    return await attend(station, exception, CaseNote(Step.OWNED, owner=who))


async def grade(station: Station, exception: FactId, severity: Severity) -> Fact:
    """It is worse, or less bad, than was thought."""
    case_of(station.workday.desk.plan, exception)
    return await attend(station, exception, CaseNote(Step.GRADED, severity=severity))


@dataclass(frozen=True, slots=True)
class Ageing:
    """How the queue stands. ``median`` is the time to resolution, None where nothing is."""

    open: int
    overdue: int
    unowned: int
    median: timedelta | None


def ageing(
    queue: Sequence[DeliveryException],
    now: datetime,
    levels: Mapping[Severity, timedelta] = SERVICE_LEVELS,
) -> Ageing:
    """The queue in four figures."""
    cases = [line.case for line in queue]
    waiting = [case for case in cases if case.is_open]
    ages = sorted(case.age(now) for case in cases if not case.is_open)
    half = len(ages) // 2
    median = None
    if ages:
        median = ages[half] if len(ages) % 2 else (ages[half - 1] + ages[half]) / 2
    return Ageing(
        len(waiting),
        sum(case.is_overdue(now, levels) for case in waiting),
        sum(not case.owner for case in waiting),
        median,
    )
