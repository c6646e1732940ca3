"""What may be done about an alarm, each with what it costs and what is left of the harm.

Pure, and up to a second of work: for a thread of its own. Every figure is the reference's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.dispatch.alarmlimits import Limits, RuleMode
from console.dispatch.alarms import LEGAL_RULES, Found
from console.domain.alarm import AlarmKind, AnswerKind
from console.domain.commands import AdoptSolution, Command, ReleaseRoutes
from console.domain.load import Load
from console.domain.plan import Plan, Route, RouteId, Stop, StopId, StopStatus
from console.domain.reported import reported
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule
from console.domain.visits import Schedule
from console.planning.trials import Trial, Trials
from console.planning.underway import opened

ENGINE = "alarm"
MOST_MOVED = 3  # stops that one answer hands over
_TRIED = 6  # stops whose leaving is tried on the other routes
_SPOTS = 2  # places tried on each of them
_LATE = (AlarmKind.LATE_AHEAD, AlarmKind.MISSED)
_MEND = (*_LATE, AlarmKind.OVERTIME, AlarmKind.LEGAL_HOURS)


@dataclass(frozen=True, slots=True)
class Answer:
    """``cost`` in the depot's currency over the whole plan; ``saved`` of what the alarm tells of.

    ``stops`` go to ``to`` where it hands over. ``command`` is None for what is done by hand.
    ``meets`` tells that the goods are in a van that has left: the drivers have to meet.
    """

    kind: AnswerKind
    command: Command | None = None
    cost: float = 0.0
    saved: timedelta = timedelta()
    late: int = 0
    stops: tuple[StopId, ...] = ()
    to: tuple[RouteId, ...] = ()
    meets: bool = False


@dataclass(frozen=True, slots=True)
class Bench:
    """What an answer is worked out on: the plan as it is, its travel times, the moment."""

    plan: Plan
    matrix: TravelMatrix
    now: datetime


def answers(found: Found, ground: Bench) -> list[Answer]:
    """The best of each kind, the most helpful first; to call and to accept are always last."""
    made = [each for each in _computed(found, ground) if each is not None]
    made.sort(key=lambda each: (-round(each.saved.total_seconds() / 60), each.cost))
    by_hand = [Answer(AnswerKind.CALL)] if found.key.route else []
    return [*made, *by_hand, Answer(AnswerKind.ACCEPT)]


def by_rule(made: Sequence[Answer], limits: Limits) -> Answer | None:
    """The answer that the depot's rule speaks for, None where none is good and cheap enough."""
    if limits.rule is RuleMode.OFF:
        return None
    kinds = (AnswerKind.REORDER, AnswerKind.HAND_OVER)
    fit = (a for a in made if a.kind in kinds and not a.late and not a.meets)
    return min((a for a in fit if a.cost <= limits.most), key=lambda a: a.cost, default=None)


def _computed(found: Found, ground: Bench) -> Iterator[Answer | None]:
    route = RouteId(found.key.route)
    if found.key.kind is AlarmKind.UNRELEASED:
        yield Answer(AnswerKind.RELEASE, ReleaseRoutes((route,)))
    elif found.key.kind is AlarmKind.UNPLANNED:
        yield _placed(found, ground)
    elif found.key.kind in _MEND and not ground.plan.routes[route].locked:
        yield _reordered(found, ground, route)
        yield _handed_over(found, ground, route)


# -- within the route ------------------------------------------------------------------------------


def _reordered(found: Found, ground: Bench, name: RouteId) -> Answer | None:
    """Its own stops in a better order: each that is late is tried at every place."""
    trials = Trials(opened(ground.plan), ground.matrix, ground.now)
    before = trials.present(name)
    order = list(trials.plan.stops_of(name))
    best: Trial | None = None
    for wanted in found.stops[:MOST_MOVED] or tuple(s.id for s in order if s.is_open)[-1:]:
        tried = list(_elsewhere(trials, name, order, wanted))
        if not tried:
            continue
        top = min(tried, key=lambda each: (_harm(found, each.schedule), each.price))
        if _harm(found, top.schedule) < _harm(found, best.schedule if best else before):
            best, order = top, list(top.stops)
    if best is None:
        return None
    command = _adopting(ground.plan, best.price, {name: tuple(stop.id for stop in best.stops)})
    saved = _harm(found, before) - _harm(found, best.schedule)
    return Answer(
        AnswerKind.REORDER, command, best.price, timedelta(seconds=saved), _late(best.schedule)
    )


def _elsewhere(
    trials: Trials, name: RouteId, order: Sequence[Stop], wanted: StopId
) -> Iterator[Trial]:
    rest = [stop for stop in order if stop.id != wanted]
    moved = trials.plan.stops[wanted]
    if moved.status is not StopStatus.PLANNED:
        return
    for position in range(trials.first_open(rest), len(rest) + 1):
        tried = trials.tried(name, [*rest[:position], moved, *rest[position:]], position)
        if not _breaks(tried):
            yield tried


# -- to another route ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Move:
    stop: Stop
    left: Trial
    taken: Trial

    @property
    def price(self) -> float:
        return self.left.price + self.taken.price


def _handed_over(found: Found, ground: Bench, name: RouteId) -> Answer | None:
    """Stop after stop to whoever takes it best, until nothing of the harm is left."""
    plan, moves = opened(ground.plan), list[_Move]()
    while len(moves) < MOST_MOVED:
        move = _best_move(found, Trials(plan, ground.matrix, ground.now), name)
        if move is None:
            break
        moves.append(move)
        plan = _after(plan, name, move)
        if not _harm(found, move.left.schedule):
            break
    if not moves:
        return None
    routes = {name, *(move.taken.route for move in moves)}
    price = sum(move.price for move in moves)
    command = _adopting(ground.plan, price, {r: plan.routes[r].stops for r in sorted(routes)})
    before = Trials(opened(ground.plan), ground.matrix, ground.now).present(name)
    after = moves[-1].left.schedule
    return Answer(
        AnswerKind.HAND_OVER,
        command,
        price,
        timedelta(seconds=_harm(found, before) - _harm(found, after)),
        _late(after),
        tuple(move.stop.id for move in moves),
        tuple(dict.fromkeys(move.taken.route for move in moves)),
        meets=plan.routes[name].started_at is not None,
    )


def _best_move(found: Found, trials: Trials, name: RouteId) -> _Move | None:
    plan, present = trials.plan, _harm(found, trials.present(name))
    stops = plan.stops_of(name)
    left = [
        (stop, trials.tried(name, [s for s in stops if s is not stop], 0))
        for stop in stops
        if _may_leave(stop)
    ]
    left = [(stop, trial) for stop, trial in left if _harm(found, trial.schedule) < present]
    left.sort(key=lambda each: (_harm(found, each[1].schedule), each[1].price))
    others = _takers(plan, name)
    moves = [
        _Move(stop, trial, taken)
        for stop, trial in left[:_TRIED]
        for other in others
        for taken in _taking(trials, other, stop)
    ]
    return min(
        moves, key=lambda m: (round(_harm(found, m.left.schedule) / 60), m.price), default=None
    )


def _may_leave(stop: Stop) -> bool:
    is_pair = any(order.pickup is not None for order in stop.orders)
    bound = stop.pinned or stop.loaded or is_pair or stop.collected != Load()
    return stop.status is StopStatus.PLANNED and not bound


def _takers(plan: Plan, name: RouteId | None) -> list[Route]:
    back = reported(plan.facts).returned
    return [
        route
        for route in plan.routes.values()
        if route.id != name and not (route.off or route.is_frozen or route.id in back)
    ]


def _taking(
    trials: Trials, route: Route, wanted: Stop, *, may_be_late: bool = False
) -> Iterator[Trial]:
    """The most hopeful places on a route at which nothing breaks, lateness apart where it may."""
    if not trials.is_timed(route) or wanted.place not in trials.matrix.index:
        return
    stops = trials.plan.stops_of(route.id)
    moved = replace(wanted, route=route.id)
    for position, late in trials.spots(route, stops, moved)[:_SPOTS]:
        if late and not may_be_late:
            continue
        tried = trials.inserted(route, stops, moved, position)
        if _breaks(tried) or not (may_be_late or tried.late <= timedelta()):
            continue
        yield tried


def _after(plan: Plan, name: RouteId, move: _Move) -> Plan:
    to, source = plan.routes[move.taken.route], plan.routes[name]
    rest = tuple(stop for stop in source.stops if stop != move.stop.id)
    ids = tuple(stop.id for stop in move.taken.stops)
    moved = plan.with_stops([replace(move.stop, route=to.id)])
    return moved.with_routes([replace(source, stops=rest), replace(to, stops=ids)])


def _placed(found: Found, ground: Bench) -> Answer | None:
    """A stop that nobody has, on whatever route takes it best."""
    trials = Trials(opened(ground.plan), ground.matrix, ground.now)
    stop = trials.plan.stops[found.stops[0]]
    tried = [
        trial
        for route in _takers(trials.plan, None)
        for trial in _taking(trials, route, stop, may_be_late=True)
    ]
    best = min(tried, key=lambda each: (each.late, each.price), default=None)
    if best is None:
        return None
    ids = tuple(each.id for each in best.stops)
    command = _adopting(ground.plan, best.price, {best.route: ids})
    return Answer(
        AnswerKind.PLACE,
        command,
        best.price,
        timedelta(),
        _late(best.schedule),
        (stop.id,),
        (best.route,),
    )


# -- measures --------------------------------------------------------------------------------------


def _harm(found: Found, schedule: Schedule | None) -> float:
    """What the alarm tells of, in seconds."""
    if schedule is None:
        return 0.0
    if found.key.kind is AlarmKind.OVERTIME:
        return schedule.overtime.total_seconds()
    if found.key.kind is AlarmKind.LEGAL_HOURS:
        return sum(v.amount for v in schedule.violations if v.rule in LEGAL_RULES)
    return (schedule.lateness + schedule.soft_lateness).total_seconds()


def _late(schedule: Schedule | None) -> int:
    return sum(bool(v.lateness or v.soft_lateness) for v in schedule.visits) if schedule else 0


def _breaks(trial: Trial) -> bool:
    """True where another order breaks what is no matter of lateness."""
    return any(violation.rule is not Rule.LATE for violation in trial.harms)


def _adopting(plan: Plan, cost: float, routes: dict[RouteId, tuple[StopId, ...]]) -> AdoptSolution:
    out = tuple(name for name in routes if plan.routes[name].released)
    return AdoptSolution(tuple(routes.items()), ENGINE, round(cost, 2), opened=out)
