"""The ways an exception can be put right: each tried on the present plan, priced, ready to be done.

An attempt is an order of its own (``A17~2``), so that what failed stays on record. A way is tried
as the very command that would do it; the reference judges what comes out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from console import wording
from console.dispatch.carrying import desk_of, next_attempts, settle
from console.dispatch.consequences import consequence
from console.dispatch.depotrules import DepotRules, rules_of
from console.dispatch.elsewhere import times_with
from console.dispatch.exceptions import attended, case_of, noted, orders_of_case
from console.dispatch.fleetbook import shift_of, takes_place
from console.dispatch.importing import ServiceDay, stop_id
from console.dispatch.lanes import Lane
from console.dispatch.orderwork import impersonal
from console.dispatch.otherday import why_nobody
from console.dispatch.picture import DropPreview, Picture
from console.dispatch.station import Station
from console.domain.cases import CaseNote, Resolution, Step
from console.domain.casework import Case
from console.domain.commands import ResolveExceptions
from console.domain.errors import ConsoleError
from console.domain.fleet import Shift
from console.domain.orders import DayWindow, Order, OrderEntry, OrderId
from console.domain.places import Address
from console.domain.plan import FactId, Plan, Route, RouteId, Stop, StopId, StopStatus
from console.tongues import tr, trn

DAYS_AHEAD = 5
"""Days on which a new attempt is offered."""

NEW_TIMES = frozenset((Resolution.TODAY, Resolution.SAFE_PLACE, Resolution.NEIGHBOUR))
ELSEWHERE = frozenset((Resolution.PICKUP_POINT, Resolution.OTHER_ADDRESS))
BACK = frozenset((Resolution.TO_DEPOT, Resolution.TO_SENDER))


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: ``day`` of a reschedule, ``address`` of another door, ``window`` of today.

    ``note`` may name somebody: who took it in, where it was left.
    """

    resolution: Resolution
    day: date | None = None
    address: Address | None = None
    window: DayWindow | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to put it right. ``cost`` is what it adds, in the depot's currency.

    ``problem`` says why it cannot be done, '' where it can; ``detail`` what would happen. Of a way
    that is only an estimate (another day's cost) ``is_estimate`` is True.
    """

    wish: Wish
    detail: str
    cost: float = 0.0
    problem: str = ""
    command: ResolveExceptions | None = None
    entries: tuple[OrderEntry, ...] = ()
    is_estimate: bool = False

    @property
    def is_feasible(self) -> bool:
        """True where it can be done now."""
        return not self.problem and self.command is not None


async def ways_of(station: Station, exception: FactId) -> list[Way]:
    """Every way for an exception: those that can be done first, the cheapest of them first."""
    bench = await _Bench.of(station, exception)
    wishes = [Wish(Resolution.TODAY), *_days(station), *_elsewhere(bench)]
    wishes += [Wish(r) for r in (Resolution.SAFE_PLACE, Resolution.NEIGHBOUR)]
    wishes += [Wish(r) for r in (Resolution.TO_DEPOT, Resolution.TO_SENDER, Resolution.CLOSED)]
    made = [await bench.way(wish) for wish in wishes]
    return sorted(made, key=lambda way: (not way.is_feasible, _is_end(way), way.cost))


def _is_end(way: Way) -> bool:
    """What gives up on the delivery comes last."""
    return way.wish.resolution in BACK or way.wish.resolution is Resolution.CLOSED


async def way_of(station: Station, exception: FactId, wish: Wish) -> Way:
    """One way, as somebody wished it."""
    return await (await _Bench.of(station, exception)).way(wish)


async def resolve(station: Station, exception: FactId, way: Way) -> None:
    """Do it: one step that undo takes back; a route that was out goes out again with the change.

    ConsoleError where the way is not feasible; ``Rejected`` where the plan moved on.
    """
    command = way.command
    if way.problem or command is None:
        raise ConsoleError(way.problem or tr("Nothing to do."), remedy=tr("Choose another way."))
    if way.entries:
        put = partial(station.services.orders.put, way.entries)
        command = _sealed(command, await station.services.lanes.run(Lane.SQL, put))
    (fact,) = command.facts
    at = station.services.clock.now()
    note = await noted(station, way.wish.note)
    command = replace(command, facts=(replace(fact, happened_at=at, note=note),))
    await station.submit(command)
    if fact.case is not None and fact.case.day is not None:
        await settle(station)
    await station.refresh()


def _sealed(command: ResolveExceptions, digests: Mapping[OrderId, str]) -> ResolveExceptions:
    """With the digests of what the register holds by now."""
    if command.stop is None:
        return command
    orders = [replace(each, digest=digests[each.id]) for each in command.stop.orders]
    return replace(command, stop=replace(command.stop, orders=tuple(orders)))


def _days(station: Station) -> list[Wish]:
    today = station.service_day.day
    days = (today + timedelta(days=n) for n in range(1, DAYS_AHEAD + 1))
    return [Wish(Resolution.RESCHEDULE, day=day) for day in days]


def _elsewhere(bench: "_Bench") -> list[Wish]:
    points = [Wish(Resolution.PICKUP_POINT, address=p) for p in bench.rules.pickup_points]
    return [*(points or [Wish(Resolution.PICKUP_POINT)]), Wish(Resolution.OTHER_ADDRESS)]


@dataclass(frozen=True, slots=True)
class _Bench:
    """An exception with all that trying its ways needs."""

    station: Station
    case: Case
    stop: Stop | None
    orders: tuple[OrderId, ...]
    entries: Mapping[OrderId, OrderEntry]
    rules: DepotRules

    @classmethod
    async def of(cls, station: Station, exception: FactId) -> "_Bench":
        plan = station.workday.desk.plan
        case = case_of(plan, exception)
        links = orders_of_case(plan, case)
        stop = plan.stops.get(StopId(case.fact.subject))
        held = tuple(order.id for order in stop.orders) if stop else ()
        orders = held or links.orders
        entries = await next_attempts(station.services, orders)
        return cls(station, case, stop, orders, entries, await rules_of(station))

    async def way(self, wish: Wish) -> Way:
        """Try one."""
        problem = self._hopeless(wish)
        if problem:
            return Way(wish, "", problem=problem)
        if wish.resolution is Resolution.CLOSED:
            return self._ending(wish, tr("Nothing is left to do"), gone=())
        if wish.resolution in BACK:
            return self._back(wish)
        if wish.resolution is Resolution.RESCHEDULE:
            return await self._another_day(wish)
        return await self._today(wish)

    def _hopeless(self, wish: Wish) -> str:
        """Why nothing of the kind can be tried; '' where it can."""
        if not self.case.is_open:
            return tr("It is resolved already.")
        if wish.resolution is Resolution.CLOSED:
            return ""
        if not self.orders:
            return tr("No order is linked to it.")
        if self.stop is not None and self.stop.status is StopStatus.DELIVERED:
            return tr("It was delivered.")
        is_tried = wish.resolution not in BACK
        erased = is_tried and len(self.entries) < len(self.orders)
        return tr("The customer's data was erased.") if erased else ""

    def _leaving(self) -> tuple[OrderId, ...]:
        """What is still to be driven to leaves its stop; what failed stays on record."""
        return self.orders if self.stop is not None and self.stop.is_open else ()

    def _opened(self, plan: Plan, to: RouteId | None = None) -> tuple[RouteId, ...]:
        """Routes that change and are out."""
        source = self.stop.route if self.stop is not None and self.stop.is_open else None
        touched = [route for route in dict.fromkeys((source, to)) if route is not None]
        return tuple(route for route in touched if plan.routes[route].released)

    def _fact(self, wish: Wish, cost: float, attempts: tuple[OrderId, ...] = ()) -> CaseNote:
        return CaseNote(
            Step.RESOLVED,
            resolution=wish.resolution,
            day=wish.day,
            orders=self.orders,
            attempts=attempts,
            cost=round(cost, 2),
        )

    def _command(self, note: CaseNote, **parts: object) -> ResolveExceptions:
        fact = attended(self.station, self.case.fact.id, note)
        return replace(ResolveExceptions((fact,)), **parts)

    def _ending(self, wish: Wish, detail: str, gone: tuple[OrderId, ...]) -> Way:
        plan = self.station.workday.desk.plan
        opened = self._opened(plan) if gone else ()
        command = self._command(self._fact(wish, 0.0), gone=gone, opened=opened)
        return self._judged(wish, detail, command)

    def _back(self, wish: Wish) -> Way:
        where = "depot" if wish.resolution is Resolution.TO_DEPOT else "sender"
        return self._ending(wish, tr("Goods go back to the {where}", where=where), self._leaving())

    def _judged(self, wish: Wish, detail: str, command: ResolveExceptions) -> Way:
        """With what it costs today; a harm it does makes it infeasible."""
        found = consequence(self.station.workday, command)
        if found.refusal is not None:
            problem = wording.reason(found.refusal.reason, found.refusal.details)
            return Way(wish, detail, problem=problem)
        (fact,) = command.facts
        if fact.case is not None:
            cost = round(fact.case.cost + found.cost, 2)
            command = replace(command, facts=(replace(fact, case=replace(fact.case, cost=cost)),))
            return Way(wish, detail, cost, command=command)
        return Way(wish, detail, found.cost, command=command)

    # -- another day -------------------------------------------------------------------------------

    async def _another_day(self, wish: Wish) -> Way:
        station, day = self.station, wish.day
        if day is None or day <= station.service_day.day:
            return Way(wish, "", problem=tr("Choose a day after this one."))
        try:
            desk = await desk_of(station, day)
        except ConsoleError as error:
            return Way(wish, "", problem=str(error))
        when = ServiceDay(day, station.service_day.zone)
        shifts = [r.shift for r in desk.plan.routes.values() if not r.off]
        shifts = shifts or await self._usual(when)
        entries = tuple(self.entries.values())
        problem = why_nobody(await impersonal(station, entries, when), shifts)
        detail = trn(
            "{shifts} driver on that day",
            "{shifts} drivers on that day",
            len(shifts),
            shifts=len(shifts),
        )
        if problem:
            return Way(wish, detail, problem=problem)
        gone, plan = self._leaving(), station.workday.desk.plan
        price = _usual_price(station.picture)
        note = self._fact(wish, price, tuple(entry.id for entry in entries))
        command = self._command(note, gone=gone, opened=self._opened(plan) if gone else ())
        judged = self._judged(wish, detail, command)
        return replace(judged, entries=entries, is_estimate=True)

    async def _usual(self, day: ServiceDay) -> list[Shift]:
        """The shifts of a day nobody has opened yet."""
        station, depot = self.station, self.station.depot
        if depot is None:
            return []
        get = partial(station.services.fleet.templates, depot.id)
        templates = await station.services.lanes.run(Lane.SQL, get)
        return [shift_of(each, depot, day) for each in templates if takes_place(each, day)]

    # -- today -------------------------------------------------------------------------------------

    async def _today(self, wish: Wish) -> Way:
        station = self.station
        if station.is_over():
            return Way(wish, "", problem=tr("The day is over."))
        entries = [self._changed(entry, wish) for entry in self.entries.values()]
        if wish.resolution in ELSEWHERE and wish.address is None:
            what = (
                tr("a pickup point")
                if wish.resolution is Resolution.PICKUP_POINT
                else tr("the address")
            )
            return Way(wish, "", problem=tr("Type {what} first.", what=what))
        if wish.resolution is Resolution.SAFE_PLACE and not (wish.note or self._safe_place()):
            return Way(wish, "", problem=tr("No safe place is known: type where it may be left."))
        made = await impersonal(station, entries, station.service_day, keep=False)
        stop = self._stop([made[entry.id] for entry in entries])
        around = station.workday.around
        if stop.place not in around.matrix.index:
            matrix = await times_with(station, stop.place)
            if stop.place not in matrix.index:
                return Way(
                    wish, "", problem=tr("This address is not found, or no road leads there.")
                )
            around = replace(around, matrix=matrix)
        landings = station.workday.landings(self._loosened(stop), stop.id, around)
        return self._landed(wish, stop, entries, landings)

    def _safe_place(self) -> str:
        label = self.station.picture.labels.get(StopId(self.case.fact.subject))
        return label.access.safe_place if label else ""

    def _changed(self, entry: OrderEntry, wish: Wish) -> OrderEntry:
        """The order as it is tried again."""
        if wish.address is not None:
            entry = replace(entry, address=wish.address, coordinate=None)
        if wish.resolution in NEW_TIMES or wish.resolution in ELSEWHERE:
            windows = () if wish.window is None else (wish.window,)
            entry = replace(entry, windows=windows, deadline=None)
        note = wish.note.strip() or (
            self._safe_place() if wish.resolution is Resolution.SAFE_PLACE else ""
        )
        told = ". ".join(part for part in (entry.notes, note) if part)
        return replace(entry, notes=told)

    def _stop(self, orders: Sequence[Order]) -> Stop:
        name = stop_id(orders[0].id, self.station.workday.desk.plan)
        return Stop(name, orders[0].place, tuple(orders))

    def _loosened(self, stop: Stop) -> Plan:
        """The plan with the attempt in it, and all routes open that are only out."""
        plan = self.station.workday.desk.plan
        out = tuple(r.id for r in plan.routes.values() if r.released and not r.off)
        gone = self._leaving()
        note = self._fact(Wish(Resolution.TODAY), 0.0)
        tried = self._command(note, gone=gone, stop=stop, opened=out).apply(plan)
        return tried.with_routes(replace(tried.routes[route], released=False) for route in out)

    def _landed(
        self,
        wish: Wish,
        stop: Stop,
        entries: Sequence[OrderEntry],
        landings: Mapping[RouteId, DropPreview],
    ) -> Way:
        plan = self.station.workday.desk.plan
        open_now = {name: land for name, land in landings.items() if not plan.routes[name].locked}
        best = min(open_now.values(), key=_badness, default=None)
        if best is None:
            return Way(wish, "", problem=tr("No driver is there for it any more."))
        name = self.station.picture.drivers[best.route].name
        if best.harm is not None:
            harm = best.harm
            said = wording.violation(harm.rule, harm.amount, harm.unit, harm.detail)
            return Way(wish, name, problem=tr("At best with {name}: {said}.", name=name, said=said))
        after = best.after or _last_done(plan, plan.routes[best.route])
        note = self._fact(wish, best.cost, tuple(entry.id for entry in entries))
        command = self._command(
            note, gone=self._leaving(), stop=stop, to=best.route, after=after,
            opened=self._opened(plan, best.route),
        )  # fmt: skip
        at = self._time(best, stop.id)
        return Way(wish, f"{name}{at}", best.cost, command=command, entries=tuple(entries))

    def _time(self, best: DropPreview, stop: StopId) -> str:
        visits = best.schedule.visits if best.schedule else ()
        found = next((visit for visit in visits if visit.stop == stop), None)
        return tr(", about {clock}", clock=self.station.picture.clock(found.start)) if found else ""


def _badness(preview: DropPreview) -> tuple[bool, int, float]:
    return preview.harm is not None, preview.late_stops, preview.cost


def _last_done(plan: Plan, route: Route) -> StopId | None:
    done = plan.behind(route.id)
    return done[-1] if done else None


def _usual_price(picture: Picture) -> float:
    """What one stop costs on this day, as a measure of what it costs on another one."""
    visits = sum(len(schedule.visits) for schedule in picture.schedules.values())
    return picture.totals.cost / visits if visits else 0.0
