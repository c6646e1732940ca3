"""What a drop would do, computed by the reference evaluator before anything is dropped."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from console.dispatch.drawing import Surroundings
from console.dispatch.picture import DropPreview, Picture
from console.domain.fleet import Shift
from console.domain.places import PlaceId
from console.domain.plan import Route, RouteId, Stop, StopId
from console.domain.schedule import Schedule, schedule_stops
from console.domain.violations import Rule, Violation

TRIED_SPOTS = 4


class Lifted:
    """Stops in the dispatcher's hand; what they leave behind is worked out once a route."""

    def __init__(self, picture: Picture, around: Surroundings, stops: Sequence[StopId]) -> None:
        self.picture, self.around, self.stops = picture, around, tuple(stops)
        self._saved: dict[RouteId, tuple[int, float]] = {}

    def is_of(self, picture: Picture, around: Surroundings, stops: Sequence[StopId]) -> bool:
        """True while it tells of just that."""
        same = self.picture is picture and self.around is around
        return same and self.stops == tuple(stops)

    def saved(self, to: RouteId) -> tuple[int, float]:
        """(seconds, money) that all routes but the target save when the stops leave them."""
        plan = self.picture.plan
        routes = dict.fromkeys(plan.stops[stop].route for stop in self.stops)
        found = [self._saved_on(route) for route in routes if route is not None and route != to]
        return sum(seconds for seconds, _ in found), sum(cost for _, cost in found)

    def _saved_on(self, route: RouteId) -> tuple[int, float]:
        if route not in self._saved:
            plan, moving = self.picture.plan, set(self.stops)
            rest = [stop for stop in plan.stops_of(route) if stop.id not in moving]
            now, around = self.picture.schedules.get(route), self.around
            then = schedule_stops(plan, plan.routes[route], rest, around.matrix, around.now)
            self._saved[route] = _driving(now) - _driving(then), _cost(now) - _cost(then)
        return self._saved[route]


def landing(lifted: Lifted, to: RouteId, after: StopId | None) -> DropPreview | None:
    """What dropping stops on ``to`` behind ``after`` (None: first) would do.

    None when there are no travel times for one of the stops, or the route is gone.
    """
    drop = _drop(lifted, to)
    return drop.at(drop.position(after)) if drop else None


def best_landings(
    lifted: Lifted, routes: Collection[RouteId] | None = None
) -> dict[RouteId, DropPreview]:
    """The cheapest place for these stops, kept together, on every open route or those named."""
    found: dict[RouteId, DropPreview] = {}
    known = lifted.picture.plan.routes
    wanted = known if routes is None else [route for route in routes if route in known]
    for route in (known[name] for name in wanted):
        drop = None if route.is_frozen or route.off else _drop(lifted, route.id)
        if drop is not None:
            found[route.id] = drop.best()
    return found


def with_shift(
    picture: Picture, around: Surroundings, route: RouteId, shift: Shift
) -> DropPreview | None:
    """What another shift would do to a route; None when travel times are missing."""
    entry, plan = picture.plan.routes[route], picture.plan
    stops = plan.stops_of(route)
    if {*shift.places, *(stop.place for stop in stops)} - around.matrix.index.keys():
        return None
    now = picture.schedules.get(route)
    then = schedule_stops(plan, replace(entry, shift=shift), stops, around.matrix, around.now)
    return DropPreview(
        route=route,
        after=None,
        seconds=_driving(then) - _driving(now),
        cost=round(_cost(then) - _cost(now), 2),
        late_stops=sum(v.rule is Rule.LATE for v in then.violations) if then else 0,
        harm=worse(now, then),
        schedule=then,
    )


def _drop(lifted: Lifted, to: RouteId) -> "_Drop | None":
    plan, index, stops = lifted.picture.plan, lifted.around.matrix.index, lifted.stops
    if not stops or to not in plan.routes or any(s not in plan.stops for s in stops):
        return None
    moving = set(stops)
    block = [replace(plan.stops[stop], route=to) for stop in stops]
    rest = [stop for stop in plan.stops_of(to) if stop.id not in moving]
    route = plan.routes[to]
    if {route.shift.place, *(stop.place for stop in (*block, *rest))} - index.keys():
        return None
    return _Drop(lifted.picture, lifted.around, route, block, rest, lifted.saved(to))


@dataclass(frozen=True, slots=True)
class _Drop:
    """Stops in the dispatcher's hand over one route."""

    picture: Picture
    around: Surroundings
    route: Route
    block: Sequence[Stop]
    rest: Sequence[Stop]
    saved: tuple[int, float]

    def at(self, position: int) -> DropPreview:
        """The plan if they were dropped there."""
        order = [*self.rest[:position], *self.block, *self.rest[position:]]
        now = self.picture.schedules.get(self.route.id)
        around = self.around
        then = schedule_stops(self.picture.plan, self.route, order, around.matrix, around.now)
        return DropPreview(
            route=self.route.id,
            after=self.rest[position - 1].id if position else None,
            seconds=_driving(then) - _driving(now) - self.saved[0],
            cost=round(_cost(then) - _cost(now) - self.saved[1], 2),
            late_stops=sum(v.rule is Rule.LATE for v in then.violations) if then else 0,
            harm=worse(now, then),
            schedule=then,
        )

    def best(self) -> DropPreview:
        """The best of the shortest detours; trying every place would cost n schedules."""
        done = sum(not stop.is_open for stop in self.rest)
        spots = sorted(range(done, len(self.rest) + 1), key=self._detour)
        return min((self.at(spot) for spot in spots[:TRIED_SPOTS]), key=_badness)

    def position(self, after: StopId | None) -> int:
        """Where the drop lands among the stops that stay; a moving neighbour is passed over."""
        order = self.picture.plan.routes[self.route.id].stops
        if after is None or after not in order:
            return 0
        staying = {stop.id for stop in self.rest}
        return sum(stop in staying for stop in order[: order.index(after) + 1])

    def _detour(self, position: int) -> int:
        depot = self.route.shift.place
        before = self.rest[position - 1].place if position else depot
        behind = self.rest[position].place if position < len(self.rest) else depot
        there = self._seconds(before, self.block[0].place)
        back = self._seconds(self.block[-1].place, behind)
        return there + back - self._seconds(before, behind)

    def _seconds(self, origin: PlaceId, target: PlaceId) -> int:
        matrix = self.around.matrix
        return matrix.durations[matrix.cell(matrix.index[origin], matrix.index[target])]


def _badness(preview: DropPreview) -> tuple[bool, int, float]:
    return (preview.harm is not None, preview.late_stops, preview.cost)


def worse(now: Schedule | None, then: Schedule | None) -> Violation | None:
    """The worst rule that would newly break or break further."""
    if then is None:
        return None
    before = {(v.rule, v.stop, v.unit, v.detail): v.amount for v in now.violations} if now else {}
    new = [
        v
        for v in then.violations
        if v.is_harm and v.amount > before.get((v.rule, v.stop, v.unit, v.detail), -1.0)
    ]
    order = list(Rule)
    return min(new, key=lambda v: (-_weight(v), order.index(v.rule), -v.amount), default=None)


def _weight(violation: Violation) -> int:
    heavy = (Rule.SKILL, Rule.OVERLOADED, Rule.DRIVER_OFF, Rule.UNREACHABLE)
    return 1 if violation.rule in heavy else 0


def _cost(schedule: Schedule | None) -> float:
    return schedule.cost if schedule else 0.0


def _driving(schedule: Schedule | None) -> int:
    return int(schedule.driving.total_seconds()) if schedule else 0
