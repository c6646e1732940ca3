"""Crews that have left: what is behind them, and where, when and with what they go on.

What is done stays as it is: the crew's duty begins at its last stop that is done, when that was
left by the facts, else by the schedule. What lies ahead may be planned anew like any other round.
"""

from dataclasses import replace
from datetime import datetime

from console.domain.duty import Duty, Task
from console.domain.load import total
from console.domain.loads import ahead, cuts_of
from console.domain.orders import Order
from console.domain.plan import Plan, Route, Stop
from console.domain.reported import held_until, reported
from console.domain.running import wheel_after
from console.domain.schedule import Schedule, schedule_stops, taken, told_task, way_of
from console.domain.timetable import has_room
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule
from console.planning.amounts import amounts, capacity, most
from console.planning.crewing import Held
from console.planning.problem import NOTHING, Amounts, Crew, Past


def is_under_way(plan: Plan, route: Route) -> bool:
    """True once a route has left, or something on it is done."""
    return route.started_at is not None or bool(plan.behind(route.id))


def may_go_on(plan: Plan, route: Route) -> bool:
    """True when what lies ahead of a route may be planned anew.

    Not where it is frozen or off; and where a vehicle that has left charges on the way, nobody
    knows how far it still gets.
    """
    if route.is_frozen or route.off:
        return False
    return not (is_under_way(plan, route) and route.shift.range_m and route.shift.chargers)


def opened(plan: Plan) -> Plan:
    """The plan as if no route was in its driver's hands: so may one plan that amends them."""
    out = [route for route in plan.routes.values() if route.released]
    return plan.with_routes(replace(route, released=False) for route in out)


def collected_behind(plan: Plan, route: Route) -> list[Order]:
    """Orders that were collected on what is done of a route."""
    return [order for stop in plan.behind(route.id) for order in plan.stops[stop].orders]


def away(
    plan: Plan, crew: Crew, matrix: TravelMatrix, held: Held, now: datetime | None = None
) -> Crew:
    """The crew of a route under way, from the crew it would be in the morning."""
    route = plan.routes[crew.route]
    done = [plan.stops[stop] for stop in plan.behind(route.id)]
    schedule = schedule_stops(plan, route, done, matrix, now)
    told = reported(plan.facts)
    until = held_until(route, told)
    if schedule is None:  # on the way to its first stop
        duty = _standing(crew.duty, until)
        past = replace(crew.past, seconds=duty.leave - crew.duty.leave)
        return replace(crew, duty=duty, is_away=True, fixed=0, past=past)
    way = way_of(route.shift, matrix)
    tasks = [told_task(stop, way, told) for stop in done]
    moment = _second(schedule.visits[-1].departure)
    rest = taken(route.shift, told.rests.get(route.id, ()), now)
    if rest is not None:  # reported: nothing is owed any more once it is over
        moment = max(moment, rest.latest)
    has_rested = rest is not None or _has_rested(crew, tasks, schedule, way)
    pause = None if has_rested else crew.duty.pause
    duty = replace(crew.duty, row=tasks[-1].row, start=moment, left_at=moment, pause=pause)
    duty = _standing(duty, until)
    return replace(
        _loaded(crew, route, plan, done, (way, held)),
        duty=duty,
        fixed=0,
        is_away=True,
        past=_past(crew, tasks, schedule, way, duty.start - moment),
        behind=tuple(stop.id for stop in done),
    )


def _standing(duty: Duty, until: datetime | None) -> Duty:
    """The duty of who goes nowhere before a moment."""
    if until is None or _second(until) <= duty.leave:
        return duty
    return replace(duty, start=_second(until), left_at=_second(until))


def _has_rested(crew: Crew, tasks: list[Task], schedule: Schedule, way: TravelMatrix) -> bool:
    """True where the facts leave time for the break on a leg that is done."""
    pause, here, leave = crew.duty.pause, crew.duty.row, _second(schedule.start)
    if pause is None:
        return True
    for task, visit in zip(tasks, schedule.visits, strict=True):
        if task.left_at is not None and has_room(task, here, leave, pause, way):
            return True
        here, leave = task.row, _second(visit.departure)
    return False


def _past(crew: Crew, tasks: list[Task], schedule: Schedule, way: TravelMatrix, stood: int) -> Past:
    """``stood`` are seconds that she stands still before she goes on."""
    visits, start = schedule.visits, _second(schedule.start)
    driven, is_half = wheel_after(tasks, crew.duty, way, start)
    return Past(
        seconds=_second(visits[-1].departure) - start + stood,
        metres=sum(visit.metres for visit in visits),
        driving=sum(int(visit.travel.total_seconds()) for visit in visits),
        stops=len(visits),
        driven=driven,
        is_half=is_half,
    )


def _loaded(
    crew: Crew, route: Route, plan: Plan, done: list[Stop], ground: tuple[TravelMatrix, Held]
) -> Crew:
    """With what its vehicle holds from now on, and how often it may still load again.

    Where it never loads again, goods may change vehicles under way (``domain.loads``); else what
    it brought on this trip counts until it is back at the depot.
    """
    way, held = ground
    stops = [plan.stops[stop] for stop in route.stops]
    if not crew.reloads:
        limits = [amounts(ahead(each, len(done))) for each in held.stops(Rule.OVERLOADED)]
        aboard = _aboard(done)
        return replace(crew, capacity=most(capacity(route.shift), limits), aboard=aboard)
    rows = [way.position(stop.place) for stop in done]
    cuts = cuts_of(done, rows, route.shift, way)
    trip = done[cuts[-1] if cuts else 0 :]
    brought = amounts(total(stop.load for stop in trip))
    kept = [stop for stop in done[: len(done) - len(trip)] if _is_brought(stop, stops[len(done) :])]
    aboard = _plus(_aboard([*kept, *trip]), brought)
    return replace(crew, aboard=aboard, reloads=crew.reloads - len(cuts))


def _is_brought(stop: Stop, ahead: list[Stop]) -> bool:
    """Whether what was collected there stays on board through the depot, to be brought later."""
    later = {order.pickup for each in ahead for order in each.orders}
    return not later.isdisjoint(order.id for order in stop.orders)


def _aboard(done: list[Stop]) -> Amounts:
    """What was collected and has not been brought."""
    brought = {order.pickup for stop in done for order in stop.orders}
    found = [o.collected for stop in done for o in stop.orders if o.id not in brought]
    return amounts(total(found)) if found else NOTHING


def _plus(one: Amounts, other: Amounts) -> Amounts:
    pieces, kg, m3, units = (a + b for a, b in zip(one, other, strict=True))
    return pieces, kg, m3, units


def _second(moment: datetime) -> int:
    return int(moment.timestamp())
