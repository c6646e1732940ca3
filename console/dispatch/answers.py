"""What may be done about an alarm, each with what it costs and what is left of the harm.

Pure, and up to a second of work: for a thread of its own. Every figure is the reference's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from console.dispatch.alarmlimits import Limits, RuleMode
from console.dispatch.alarms import Found
from console.dispatch.swapping import Swap, best_swap
from console.dispatch.weighing import (
    Bench,
    adopting,
    breaks,
    harm_of,
    late_of,
    may_leave,
    takers,
)
from console.domain.alarm import AlarmKind, AnswerKind
from console.domain.commands import Command, ReleaseRoutes
from console.domain.plan import Plan, Route, RouteId, Stop, StopId, StopStatus
from console.planning.trials import Trial, Trials
from console.planning.underway import opened

MOST_MOVED = 3  # stops that one answer hands over
_TRIED = 6  # stops whose leaving is tried on the other routes
_SPOTS = 2  # places tried on each of them
_LATE = (AlarmKind.LATE_AHEAD, AlarmKind.MISSED)
_MEND = (*_LATE, AlarmKind.OVERTIME, AlarmKind.LEGAL_HOURS)


@dataclass(frozen=True, slots=True)
class Answer:
    """``cost`` in the depot's currency over the whole plan; ``saved`` of what the alarm tells of.

    ``stops`` go to ``to`` where it hands over; ``back`` come from there where it swaps. ``command``
    is None for what is done by hand.
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
    back: tuple[StopId, ...] = ()


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
    kinds = (AnswerKind.REORDER, AnswerKind.HAND_OVER, AnswerKind.SWAP)
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
        yield _swapped(found, ground, route)


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
        top = min(tried, key=lambda each: (harm_of(found, each.schedule), each.price))
        if harm_of(found, top.schedule) < harm_of(found, best.schedule if best else before):
            best, order = top, list(top.stops)
    if best is None:
        return None
    command = adopting(ground.plan, best.price, {name: tuple(stop.id for stop in best.stops)})
    saved = harm_of(found, before) - harm_of(found, best.schedule)
    return Answer(
        AnswerKind.REORDER, command, best.price, timedelta(seconds=saved), late_of(best.schedule)
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
        if not breaks(tried):
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
        if not harm_of(found, move.left.schedule):
            break
    if not moves:
        return None
    routes = {name, *(move.taken.route for move in moves)}
    price = sum(move.price for move in moves)
    command = adopting(ground.plan, price, {r: plan.routes[r].stops for r in sorted(routes)})
    before = Trials(opened(ground.plan), ground.matrix, ground.now).present(name)
    after = moves[-1].left.schedule
    return Answer(
        AnswerKind.HAND_OVER,
        command,
        price,
        timedelta(seconds=harm_of(found, before) - harm_of(found, after)),
        late_of(after),
        tuple(move.stop.id for move in moves),
        tuple(dict.fromkeys(move.taken.route for move in moves)),
        meets=plan.routes[name].started_at is not None,
    )


def _best_move(found: Found, trials: Trials, name: RouteId) -> _Move | None:
    plan, present = trials.plan, harm_of(found, trials.present(name))
    stops = plan.stops_of(name)
    left = [
        (stop, trials.tried(name, [s for s in stops if s is not stop], 0))
        for stop in stops
        if may_leave(stop)
    ]
    left = [(stop, trial) for stop, trial in left if harm_of(found, trial.schedule) < present]
    left.sort(key=lambda each: (harm_of(found, each[1].schedule), each[1].price))
    others = takers(plan, name)
    moves = [
        _Move(stop, trial, taken)
        for stop, trial in left[:_TRIED]
        for other in others
        for taken in _taking(trials, other, stop)
    ]
    return min(
        moves, key=lambda m: (round(harm_of(found, m.left.schedule) / 60), m.price), default=None
    )


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
        if breaks(tried) or not (may_be_late or tried.late <= timedelta()):
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
        for route in takers(trials.plan, None)
        for trial in _taking(trials, route, stop, may_be_late=True)
    ]
    best = min(tried, key=lambda each: (each.late, each.price), default=None)
    if best is None:
        return None
    ids = tuple(each.id for each in best.stops)
    command = adopting(ground.plan, best.price, {best.route: ids})
    return Answer(
        AnswerKind.PLACE,
        command,
        best.price,
        timedelta(),
        late_of(best.schedule),
        (stop.id,),
        (best.route,),
    )


# -- for something in return -----------------------------------------------------------------------


def _swapped(found: Found, ground: Bench, name: RouteId) -> Answer | None:
    """Stops for stops, or the rest of the day for the rest of another's."""
    trials = Trials(opened(ground.plan), ground.matrix, ground.now)
    swap: Swap | None = best_swap(found, trials, name)
    if swap is None:
        return None
    one, other = swap.one, swap.other
    routes = {trial.route: tuple(stop.id for stop in trial.stops) for trial in (one, other)}
    before = trials.present(name)
    drivers = (ground.plan.routes[trial.route] for trial in (one, other))
    return Answer(
        AnswerKind.SWAP,
        adopting(ground.plan, swap.price, routes),
        swap.price,
        timedelta(seconds=harm_of(found, before) - harm_of(found, one.schedule)),
        late_of(one.schedule),
        swap.gives,
        (other.route,),
        meets=any(route.started_at is not None for route in drivers),
        back=swap.takes,
    )
