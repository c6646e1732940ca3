"""What a move would bring, at every place of the board, before it is made.

The kernel judges every round with the stops at every place; numbers are the reference's to the
second, the metre and the cent. Routes that have begun, which the kernel does not know, are asked
of the reference itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.plan import Plan, Route, RouteId, Stop, StopId
from console.domain.travel import TravelMatrix
from console.domain.violations import Violation
from console.planning.board import Board
from console.planning.moves import Change, Moves, change, left, on_route
from console.planning.spots import has_begun
from console.planning.trials import Trials, worse


@dataclass(frozen=True, slots=True)
class Drop:
    """Stops put together into one route at their best place; changes are those of the whole plan.

    ``position`` counts the route's other stops. ``cost`` has soft lateness and preferences in it.
    ``violations`` are those that are new on the route or greater than they were.
    """

    route: RouteId
    position: int
    time: timedelta
    metres: int
    cost: float
    violations: tuple[Violation, ...]


class WhatIf:
    """Answers for one version of a plan; make it when a drag begins, ask it while it lasts."""

    def __init__(self, plan: Plan, matrix: TravelMatrix, now: datetime | None = None) -> None:
        self._plan = plan
        self._trials = Trials(plan, matrix, now)
        self._board = Board(plan, matrix, now)
        self._begun = [route for route in plan.routes.values() if self._is_under_way(route)]

    def _is_under_way(self, route: Route) -> bool:
        if route.is_frozen or route.off or not has_begun(self._plan, route):
            return False
        return self._trials.is_timed(route)

    def moves(self, stops: Sequence[StopId]) -> Moves:
        """Every place for these stops, in this order; those that cannot be moved are left out."""
        moved = [self._plan.stops[stop] for stop in stops if self._board.knows(stop)]
        if not moved:
            raise ValueError("none of these stops can be moved")
        gone = {name: self._gone(name, moved) for name in _sources(moved)}
        found = self._board.moves(moved, gone)
        for route in self._begun:
            found = found.joined(left(self._on_route(route, moved), gone))
        return found

    def _gone(self, name: RouteId, moved: Sequence[Stop]) -> Change:
        """How a route changes that the stops leave."""
        rest = _without(self._plan.stops_of(name), moved)
        after = self._trials.schedule(self._plan.routes[name], rest)
        return change(self._trials.present(name), after)

    def _on_route(self, route: Route, moved: Sequence[Stop]) -> Moves:
        rest = _without(self._plan.stops_of(route.id), moved)
        places = range(self._trials.first_open(rest), len(rest) + 1)
        present = self._trials.present(route.id)
        tried = (self._trials.schedule(route, [*rest[:p], *moved, *rest[p:]]) for p in places)
        each = [change(present, after) for after in tried]
        return on_route(route.id, tuple(stop.id for stop in moved), places, each)

    def drops(self, stops: Sequence[StopId]) -> dict[RouteId, Drop]:
        """The best drop of these stops onto every route that may change."""
        if not any(self._board.knows(stop) for stop in stops):
            return {}
        moves = self.moves(stops)
        return {route: self.drop(moves, place) for route, place in moves.best().items()}

    def drop(self, moves: Moves, place: int) -> Drop:
        """One place, with the reference's violations."""
        route = self._plan.routes[moves.routes[int(moves.route[place])]]
        block = [self._plan.stops[stop] for stop in moves.stops]
        position = int(moves.position[place])
        rest = _without(self._plan.stops_of(route.id), block)
        after = self._trials.schedule(route, [*rest[:position], *block, *rest[position:]])
        return Drop(
            route.id,
            position,
            timedelta(seconds=int(moves.seconds[place])),
            int(moves.metres[place]),
            float(moves.cost[place]),
            worse(self._trials.present(route.id), after),
        )


def _sources(moved: Sequence[Stop]) -> Iterator[RouteId]:
    return iter(dict.fromkeys(stop.route for stop in moved if stop.route is not None))


def _without(stops: Sequence[Stop], moved: Sequence[Stop]) -> list[Stop]:
    gone = {stop.id for stop in moved}
    return [stop for stop in stops if stop.id not in gone]


def whatif(
    plan: Plan, stops: Sequence[StopId], matrix: TravelMatrix, now: datetime | None = None
) -> Moves:
    """For every route and position the exact change of the plan."""
    return WhatIf(plan, matrix, now).moves(stops)


def insertion_costs(
    plan: Plan, stops: Sequence[StopId], matrix: TravelMatrix, now: datetime | None = None
) -> Mapping[RouteId, Drop]:
    """The best drop of these stops onto every route that may change."""
    return WhatIf(plan, matrix, now).drops(stops)
