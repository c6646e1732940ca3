"""The close of a day: what is still open, each with its way, and the seal that ends all changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from uuid import uuid4

from console.dispatch.carrying import settle
from console.dispatch.exceptions import noted
from console.dispatch.lanes import Lane
from console.dispatch.replay import head_hash
from console.dispatch.reporting import last_told, record, retract
from console.dispatch.resolving import DAYS_AHEAD, Way, Wish, way_of
from console.dispatch.roles import may
from console.dispatch.station import Station
from console.domain.cases import CaseNote, Resolution, Step
from console.domain.casework import Case, cases_of
from console.domain.commands import AttendException, ResolveExceptions, SealDay
from console.domain.errors import ConsoleError
from console.domain.load import Load
from console.domain.plan import (
    Cause,
    Fact,
    FactId,
    FactKind,
    Plan,
    Route,
    RouteId,
    Stop,
    StopId,
    StopStatus,
)
from console.domain.reported import reported, standing
from console.domain.sealing import seal_of
from console.tongues import tr, trn

_AWAY = frozenset((Resolution.RESCHEDULE, Resolution.TO_DEPOT, Resolution.TO_SENDER))
_STAYS = frozenset((*_AWAY, Resolution.CLOSED))
"""Ways after which the goods of a failed stop are still on the vehicle."""


class Loose(StrEnum):
    """What a day may leave open."""

    UNTOLD = "untold"  # nobody reported how a stop ended
    EXCEPTION = "exception"  # nobody resolved it
    GOODS = "goods"  # goods that come back, not counted in yet
    DRIVER = "driver"  # not reported back


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """One thing that is open. ``subject`` is a stop, an exception (a fact) or a route, by kind.

    Of what is back already it is the fact that says so, and ``at`` when.
    """

    kind: Loose
    subject: str
    stop: StopId | None = None
    route: RouteId | None = None
    load: Load = Load()
    at: datetime | None = None


def loose_ends(plan: Plan) -> list[LooseEnd]:
    """All that is open, by kind, then in the order of the routes."""
    return [*_untold(plan), *_unresolved(plan), *_goods(plan), *_out(plan)]


def _in_order(plan: Plan) -> Iterator[Stop]:
    """Stops route by route: routes that were driven, the others, then stops on none."""
    for route in sorted(plan.routes.values(), key=lambda route: not _is_driven(plan, route)):
        yield from (plan.stops[stop] for stop in route.stops)
    yield from (stop for stop in plan.stops.values() if stop.route is None)


def _is_driven(plan: Plan, route: Route) -> bool:
    left = route.id in reported(plan.facts).started
    return left or any(not plan.stops[stop].is_open for stop in route.stops)


def _untold(plan: Plan) -> Iterator[LooseEnd]:
    for stop in _in_order(plan):
        if stop.status in (StopStatus.PLANNED, StopStatus.ARRIVED):
            yield LooseEnd(Loose.UNTOLD, stop.id, stop.id, stop.route, stop.load)


def _unresolved(plan: Plan) -> Iterator[LooseEnd]:
    for case in cases_of(plan.facts.values()):
        if case.is_open:
            stop = plan.stops.get(StopId(case.fact.subject))
            route = stop.route if stop else RouteId(case.fact.subject)
            known = route if route in plan.routes else None
            yield LooseEnd(Loose.EXCEPTION, case.fact.id, stop.id if stop else None, known)


def _goods(plan: Plan) -> Iterator[LooseEnd]:
    """What was not handed over, and what was collected on the way."""
    every = plan.facts.values()
    back = {f.subject for f in standing(every) if f.case and f.case.step is Step.RETURNED}
    ways = {case.fact.subject: _way(case) for case in cases_of(every)}
    for stop in _in_order(plan):
        load = stop.collected if stop.status is StopStatus.DELIVERED else stop.load
        is_back = stop.id in back or load == Load()
        if is_back or stop.status not in (StopStatus.DELIVERED, StopStatus.FAILED):
            continue
        way = ways.get(stop.id)
        if stop.status is StopStatus.DELIVERED or way is None or way in _STAYS:
            yield LooseEnd(Loose.GOODS, stop.id, stop.id, stop.route, load)


def come_back(plan: Plan) -> list[LooseEnd]:
    """Goods that were counted in and drivers who are back, the last told first."""
    found = [end for fact in standing(plan.facts.values()) if (end := _back(plan, fact))]
    return sorted(found, key=lambda end: (list(Loose).index(end.kind), -_seconds(end)))


def _seconds(end: LooseEnd) -> float:
    return end.at.timestamp() if end.at else 0.0


def _back(plan: Plan, fact: Fact) -> LooseEnd | None:
    at = fact.happened_at
    if fact.kind is FactKind.RETURNED and fact.subject in plan.routes:
        return LooseEnd(Loose.DRIVER, fact.id, None, RouteId(fact.subject), at=at)
    stop = plan.stops.get(StopId(fact.subject))
    if stop is None or fact.case is None or fact.case.step is not Step.RETURNED:
        return None
    load = stop.collected if stop.status is StopStatus.DELIVERED else stop.load
    return LooseEnd(Loose.GOODS, fact.id, stop.id, stop.route, load, at)


def _way(case: Case) -> Resolution | None:
    done = case.resolved
    return done.case.resolution if done is not None and done.case is not None else None


def _out(plan: Plan) -> Iterator[LooseEnd]:
    told = reported(plan.facts)
    for route in plan.routes.values():
        if _is_driven(plan, route) and route.id not in told.returned:
            yield LooseEnd(Loose.DRIVER, route.id, None, route.id)


# -- ways to tie them up ---------------------------------------------------------------------------


async def report_late(station: Station, kind: FactKind, stop: StopId) -> Fact:
    """How a stop ended, told at the close, when nobody knows the hour any more.

    It takes the time of the route's last report, so that neither hours nor costs grow until the
    evening; of a route without any it is now. A failure's cause is that nobody was there.
    """
    plan = station.workday.desk.plan
    route = plan.stops[stop].route
    last = last_told(plan, route) if route is not None else None
    at = last.happened_at if last is not None else None
    cause = Cause.ABSENT if kind is FactKind.FAILED else None
    return await record(station, kind, stop, at, cause)


async def count_in(station: Station, stops: Sequence[StopId]) -> None:
    """The goods of these stops were seen at the depot."""
    plan = station.workday.desk.plan
    at = station.services.clock.now()
    for stop in stops:
        orders = tuple(order.id for order in plan.stops[stop].orders)
        note = CaseNote(Step.RETURNED, orders=orders)
        fact = Fact(FactId(uuid4().hex), FactKind.ATTENDED, stop, at, case=note)
        station.workday.submit(AttendException(fact))
    await station.save()


async def take_back(station: Station, told: Sequence[FactId]) -> None:
    """These are not back after all; what was told stays on record, corrected."""
    for fact in told:
        await retract(station, fact)


@dataclass(frozen=True, slots=True)
class PutOff:
    """What became of failed stops: how many go on another day, and why the others do not."""

    moved: int
    problems: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """In a line."""
        told = trn("{moved} stop goes on another day.", "{moved} stops go on another day.",
                   self.moved, moved=self.moved)  # fmt: skip
        return " ".join((told, *self.problems))


def failed_cases(plan: Plan) -> list[Case]:
    """Open exceptions of stops that failed."""
    failed = {stop.id for stop in plan.stops.values() if stop.status is StopStatus.FAILED}
    cases = cases_of(plan.facts.values())
    return [case for case in cases if case.is_open and case.fact.subject in failed]


async def put_off(station: Station, cases: Sequence[FactId] = ()) -> PutOff:
    """Failed stops become orders of the next day that has a driver for them; one step to undo."""
    wanted = cases or [case.fact.id for case in failed_cases(station.workday.desk.plan)]
    found, problems = list[Way](), list[str]()
    for case in wanted:
        way = await _next_day(station, case)
        if way.is_feasible:
            found.append(way)
        else:
            problems.append(way.problem)
    if found:
        await station.submit(await _all_of(station, found))
        await settle(station)
        await station.refresh()
    return PutOff(len(found), tuple(dict.fromkeys(problems)))


async def _next_day(station: Station, case: FactId) -> Way:
    """Tomorrow, else the first day after it that can take it; the last try where none can."""
    today = station.service_day.day
    way = Way(Wish(Resolution.RESCHEDULE), "")
    for ahead in range(1, DAYS_AHEAD + 1):
        day = today + timedelta(days=ahead)
        way = await way_of(station, case, Wish(Resolution.RESCHEDULE, day=day))
        if way.is_feasible:
            break
    return way


async def _all_of(station: Station, ways: Sequence[Way]) -> ResolveExceptions:
    """One command of all; their orders are in the register then."""
    entries = [entry for way in ways for entry in way.entries]
    put = partial(station.services.orders.put, entries)
    await station.services.lanes.run(Lane.SQL, put)
    at = station.services.clock.now()
    commands = [way.command for way in ways if way.command is not None]
    facts = [replace(fact, happened_at=at) for each in commands for fact in each.facts]
    gone = [order for each in commands for order in each.gone]
    opened = dict.fromkeys(route for each in commands for route in each.opened)
    return ResolveExceptions(tuple(facts), tuple(gone), opened=tuple(opened))


# -- the seal --------------------------------------------------------------------------------------


def may_seal(station: Station) -> bool:
    """True for whoever may close the day, and open it again."""
    return may(station.services.roles, SealDay.kind, station.workday.desk.stream)


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
    """A mark on the day, later than the one before: a clock that stands still orders nothing."""
    at = station.services.clock.now()
    marks = [f.happened_at for f in station.workday.desk.plan.facts.values() if f.kind in _MARKS]
    at = max([at, *(mark + timedelta(microseconds=1) for mark in marks)])
    return Fact(FactId(uuid4().hex), kind, RouteId(kind.value), at, note=note)


_MARKS = (FactKind.SEALED, FactKind.REOPENED)
