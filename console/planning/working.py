"""A plan in the making: rounds that change one by one, and what insertions into them cost."""

from collections.abc import Iterable, Sequence

import numpy as np

from console.planning.insertion import NEVER, Insertions, Sums
from console.planning.legs import Ints, Legs, legs_of
from console.planning.placing import Filling, Stopped, filled_at_once
from console.planning.problem import Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import Score, score
from console.planning.soundness import sound

__all__ = ["Stopped", "Working", "sound"]

FEW = 4_000  # places times demands up to which each is asked of the evaluator


class Working:
    """Rounds of one problem; every insertion and removal is checked by the evaluator."""

    def __init__(
        self,
        evaluator: Evaluator,
        routes: Sequence[Sequence[int]],
        insertions: Insertions | None = None,
    ) -> None:
        self.evaluator = evaluator
        self.problem: Problem = evaluator.problem
        self.insertions = insertions or Insertions(evaluator)
        self.routes = [list(order) for order in routes]
        self._is_plain = self.problem.is_plain
        self.sums = Sums.of(evaluator, self.routes)
        self._legs: list[Legs | None] = [None] * len(self.routes)

    @property
    def waiting(self) -> list[int]:
        """Demands on no round that some crew may serve."""
        placed = {i for order in self.routes for i in order}
        demands = self.problem.demands
        return [i for i in range(len(demands)) if i not in placed and demands[i].crews]

    def frozen(self) -> Routes:
        """The rounds as a value."""
        return tuple(tuple(order) for order in self.routes)

    def score(self) -> Score:
        """How good it is."""
        return score(self.evaluator, self.routes)

    def put(self, crew: int, order: Sequence[int]) -> None:
        """Give one crew another order."""
        self.routes[crew] = list(order)
        self.sums.follow(self.evaluator, crew, self.routes[crew])
        self._legs[crew] = None

    def legs(self, crew: int) -> Legs:
        """The legs of one round."""
        found = self._legs[crew]
        if found is None:
            found = self._legs[crew] = legs_of(self.evaluator, [(crew, self.routes[crew])])
        return found

    def prices(self, crew: int, demands: Ints) -> tuple[Ints, Ints]:
        """(added cost, position) of the cheapest insertion of each demand into one round."""
        wanted = self.insertions.wanted.at(demands)
        costs = self.insertions.costs(self.legs(crew), self.sums, wanted)
        best = costs.argmin(axis=1)
        return costs[np.arange(len(demands)), best], best

    def all_prices(self, demands: Ints) -> tuple[Ints, Ints]:
        """(added cost, position) of the cheapest insertion of each demand into each round."""
        parts = [self.legs(crew) for crew in range(len(self.routes))]
        wanted = self.insertions.wanted.at(demands)
        costs = self.insertions.costs(Legs.together(parts), self.sums, wanted)
        ends = np.cumsum([len(part.crew) for part in parts])
        slices = [costs[:, end - len(p.crew) : end] for p, end in zip(parts, ends, strict=True)]
        place = np.stack([part.argmin(axis=1) for part in slices], axis=1)
        return np.stack([part.min(axis=1) for part in slices], axis=1), place

    def insert(self, demand: int, crew: int, position: int) -> bool:
        """Insert if the round then still keeps every rule."""
        order = self.routes[crew]
        longer = [*order[:position], demand, *order[position:]]
        if self.evaluator.round(crew, longer) is None:
            return False
        self.put(crew, longer)
        return True

    def remove(self, demands: Iterable[int]) -> None:
        """Take demands off their rounds; what a removal makes late loses its tail."""
        gone = set(demands)
        for crew, order in enumerate(self.routes):
            if gone.intersection(order):
                self.put(crew, sound(self.evaluator, crew, [i for i in order if i not in gone]))

    def fill(self, waiting: Sequence[int], stopped: Stopped) -> list[int]:
        """Insert by regret: first where the second-best crew would cost most more.

        Answers what fits nowhere, or is optional and not worth its cost.
        """
        if not self._is_plain:
            return self._fill_place_by_place(waiting, stopped)
        left = list(waiting)
        if not left or not self.routes:
            return left
        cost, place = self.all_prices(_array(left))
        while left and not stopped():
            pick = _most_urgent(cost)
            if pick is None:
                break
            crew = int(cost[pick].argmin())
            if not self.insert(left[pick], crew, int(place[pick, crew])):
                cost[pick, crew] = NEVER
                continue
            del left[pick]
            cost, place = np.delete(cost, pick, axis=0), np.delete(place, pick, axis=0)
            if left:
                cost[:, crew], place[:, crew] = self.prices(crew, _array(left))
        return left

    def _fill_place_by_place(self, waiting: Sequence[int], stopped: Stopped) -> list[int]:
        routes = [list(order) for order in self.routes]
        places = len(routes) + sum(map(len, routes))
        if len(waiting) * places > FEW:
            routes = filled_at_once(self.evaluator, routes)
        placed = {i for order in routes for i in order}
        left = [i for i in waiting if i not in placed]
        if len(left) * places <= FEW:
            left = Filling(self.evaluator, routes).fill(left, stopped)
        for crew, order in enumerate(routes):
            if order != self.routes[crew]:
                self.put(crew, order)
        return left


def _array(numbers: Sequence[int]) -> Ints:
    return np.array(numbers, dtype=np.int64)


def _most_urgent(cost: Ints) -> int | None:
    """The row with the greatest regret; of equals the dearest. None when nothing fits."""
    if cost.shape[1] == 1:
        cheapest, second = cost[:, 0], np.full(len(cost), NEVER)
    else:
        two = np.partition(cost, 1, axis=1)
        cheapest, second = two[:, 0], two[:, 1]
    possible = cheapest < NEVER
    if not possible.any():
        return None
    regret = np.where(possible, second - cheapest, -1)
    best = np.flatnonzero(regret == regret.max())
    return int(best[cheapest[best].argmax()])
