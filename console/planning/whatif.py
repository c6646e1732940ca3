"""What a move would bring, before it is made: the drop preview."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from console.domain.plan import Plan, Route, RouteId, Stop, StopId
from console.domain.schedule import Schedule, schedule_stops
from console.domain.segments import Segment, joined, stop_segment
from console.domain.travel import TravelMatrix
from console.domain.violations import Violation
from console.planning.amounts import amounts
from console.planning.insertion import Insertions, Sums, Wanted
from console.planning.legs import legs_of, stacked
from console.planning.problem import Demand, Problem
from console.planning.rounds import Evaluator
from console.planning.stating import build


@dataclass(frozen=True, slots=True)
class Drop:
    """Stops put together into one route at their best position.

    ``position`` counts the route's other stops. Differences are to the route without the stops:
    paid time, metres, and cost in the depot's currency. ``violations`` are those the drop adds or
    makes worse.
    """

    route: RouteId
    position: int
    time: timedelta
    metres: int
    cost: float
    violations: tuple[Violation, ...]


class Preview:
    """Answers drops onto one version of a plan; make it when a drag begins."""

    def __init__(self, plan: Plan, matrix: TravelMatrix, now: datetime | None = None) -> None:
        self._plan = plan
        self._matrix = matrix
        self._now = now
        self._problem: Problem = build(plan, matrix, now=now)
        self._evaluator = Evaluator(self._problem)
        self._insertions = Insertions(self._evaluator)
        self._index = {demand.stop: i for i, demand in enumerate(self._problem.demands)}
        self._without: dict[tuple[RouteId, frozenset[StopId]], Schedule | None] = {}

    def drops(self, stops: Sequence[StopId]) -> dict[RouteId, Drop]:
        """The best drop of these stops, in this order, onto every route that may change."""
        moved = [stop for stop in stops if stop in self._index]
        if not moved:
            return {}
        found = (self.drop(moved, crew.route) for crew in self._problem.crews)
        return {drop.route: drop for drop in found}

    def drop(self, stops: Sequence[StopId], route: RouteId) -> Drop:
        """The best drop of open stops onto one open route."""
        crew = next(i for i, c in enumerate(self._problem.crews) if c.route == route)
        block = [self._index[stop] for stop in stops]
        rest = [i for i in self._problem.present[crew] if i not in set(block)]
        sums = Sums.of(self._evaluator, [rest if i == crew else () for i in self._crews])
        legs = legs_of(self._evaluator, [(crew, rest)])
        position = self._insertions.least_harm(legs, sums, self._wanted(block))
        return self._measured(self._plan.routes[route], rest, block, position)

    @property
    def _crews(self) -> range:
        return range(len(self._problem.crews))

    def _wanted(self, block: Sequence[int]) -> Wanted:
        """Several demands as one thing that stays together."""
        demands = [self._problem.demands[i] for i in block]
        size = len(self._matrix.places)
        segment, metres = _alone(demands[0]), 0
        for before, after in itertools.pairwise(demands):
            cell = before.task.row * size + after.task.row
            segment = joined(segment, self._matrix.durations[cell], _alone(after))
            metres += self._matrix.distances[cell]
        return Wanted(
            np.array([demands[0].task.row]),
            np.array([demands[-1].task.row]),
            np.array([metres]),
            stacked([segment]),
            np.array([amounts(s.load) for s in self._stops(block)]).sum(axis=0)[None, :],
            np.ones((1, len(self._crews)), dtype=np.bool_),
        )

    def _stops(self, demands: Sequence[int]) -> list[Stop]:
        return [self._plan.stops[self._problem.demands[i].stop] for i in demands]

    def _measured(
        self, route: Route, rest: Sequence[int], block: Sequence[int], position: int
    ) -> Drop:
        others, moved = self._stops(rest), self._stops(block)
        longer = [*others[:position], *moved, *others[position:]]
        after = schedule_stops(self._plan, route, longer, self._matrix, self._now)
        key = (route.id, frozenset(stop.id for stop in others))
        if key not in self._without:
            before = schedule_stops(self._plan, route, others, self._matrix, self._now)
            self._without[key] = before
        return _difference(route.id, position, self._without[key], after)


def _difference(
    route: RouteId, position: int, before: Schedule | None, after: Schedule | None
) -> Drop:
    if after is None:
        raise ValueError("a drop of nothing has no schedule")
    if before is None:
        return Drop(route, position, after.duration, after.metres, after.cost, after.violations)
    known = {_subject(v): v.amount for v in before.violations}
    return Drop(
        route,
        position,
        after.duration - before.duration,
        after.metres - before.metres,
        after.cost - before.cost,
        tuple(v for v in after.violations if v.amount > known.get(_subject(v), 0)),
    )


def _alone(demand: Demand) -> Segment:
    return stop_segment(demand.task.service, demand.task.windows)


def _subject(violation: Violation) -> tuple[str, str, str, str]:
    return (violation.rule, violation.stop or "", violation.unit, violation.detail)


def insertion_costs(
    plan: Plan, stops: Sequence[StopId], matrix: TravelMatrix, now: datetime | None = None
) -> Mapping[RouteId, Drop]:
    """The best drop of these stops onto every route that may change."""
    return Preview(plan, matrix, now).drops(stops)
