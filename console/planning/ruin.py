"""The console's own engine: insertion by regret, then ruin and recreate, always feasible.

Strings of neighbouring stops are taken out of neighbouring rounds and inserted again (Christiaens
and Vanden Berghe 2020, "Slack induction by string removals"); a little worse is accepted while
the search is young. Quick to a first plan, exact about breaks; slow to a very good one.
"""

import math
import random
from collections.abc import Sequence

import numpy as np

from console.planning.engine import Budget, Exchange
from console.planning.problem import Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import Score
from console.planning.working import Stopped, Working

TAKEN = 10  # stops taken out per step, on average
HOTTEST, COLDEST = 0.004, 0.0001  # accepted worsening as a share of the cost of one round


class Insertion:
    """Builds a first plan, whatever the budget, unless it is stopped."""

    name = "insertion"

    def solve(self, problem: Problem, start: Routes, budget: Budget, exchange: Exchange) -> Routes:
        """``start`` with everything inserted that fits."""
        search = Search(problem, start, budget.seed)
        search.build(budget.stopped)
        exchange.better(search.best)
        return search.best


class RuinAndRecreate:
    """Builds a first plan and improves it."""

    name = "ruin"

    def solve(self, problem: Problem, start: Routes, budget: Budget, exchange: Exchange) -> Routes:
        """The best routes found; the first report comes as soon as everything is inserted once."""
        search = Search(problem, start, budget.seed)
        search.build(budget.stopped)
        exchange.better(search.best)
        span = max(budget.seconds, 1e-9)
        while search.can_move and not budget.is_over:
            if search.step(1 - budget.seconds / span):
                exchange.better(search.best)
        return search.best


class Search:
    """One run; ``best`` never gets worse."""

    def __init__(self, problem: Problem, start: Routes, seed: int) -> None:
        evaluator = Evaluator(problem)
        self._working = Working(evaluator, start)
        self._dice = random.Random(seed)  # noqa: S311
        self._near = _neighbours(problem)
        self.best = self._working.frozen()
        self.best_score = self._present = self._working.score()

    @property
    def can_move(self) -> bool:
        """False when there is nothing to take out."""
        return any(self._working.routes)

    def build(self, stopped: Stopped) -> None:
        """Insert everything that waits."""
        self._working.fill(self._working.waiting, stopped)
        self._present = self._working.score()
        self._keep()

    def step(self, progress: float) -> bool:
        """Ruin, recreate, accept or take back; True for a new best plan."""
        before = self._working.frozen()
        self._working.remove(self._chosen())
        waiting = self._working.waiting
        self._dice.shuffle(waiting)
        self._working.fill(waiting, lambda: False)
        found = self._working.score()
        if not self._accepts(found, progress):
            for crew, order in enumerate(before):
                if tuple(self._working.routes[crew]) != order:
                    self._working.put(crew, order)
            return False
        self._present = found
        return self._keep()

    def _keep(self) -> bool:
        """Remember the present plan if it is better."""
        if self._present >= self.best_score:
            return False
        self.best, self.best_score = self._working.frozen(), self._present
        return True

    def _accepts(self, found: Score, progress: float) -> bool:
        if found[:-1] != self._present[:-1]:
            return found < self._present
        used = sum(1 for order in self._working.routes if order) or 1
        heat = HOTTEST * (COLDEST / HOTTEST) ** progress * found.cost / used
        return found.cost < self._present.cost - heat * math.log(self._dice.random() or 1e-9)

    def _chosen(self) -> list[int]:
        """Strings around a random stop, one from each of the nearest rounds."""
        routes = self._working.routes
        where = {i: crew for crew, order in enumerate(routes) for i in order}
        centre = self._dice.choice(list(where))
        size = max(1.0, sum(map(len, routes)) / max(1, sum(1 for o in routes if o)))
        longest = min(TAKEN, size)
        strings = 1 + int(self._dice.uniform(0, 4 * TAKEN / (1 + longest)))
        chosen: list[int] = []
        touched: set[int] = set()
        for i in self._near[centre]:
            crew = where.get(int(i))
            if crew is None or crew in touched:
                continue
            touched.add(crew)
            chosen += self._string(routes[crew], int(i), longest)
            if len(touched) >= strings:
                break
        return chosen

    def _string(self, order: Sequence[int], around: int, longest: float) -> list[int]:
        length = 1 + int(self._dice.uniform(0, min(longest, len(order))))
        at = order.index(around)
        first = self._dice.randint(max(0, at - length + 1), max(0, min(at, len(order) - length)))
        return list(order[first : first + length])


def _neighbours(problem: Problem) -> list[list[int]]:
    """Every demand's demands by travel time there and back, itself first."""
    size = len(problem.matrix.places)
    durations = np.frombuffer(problem.matrix.durations, dtype=np.uint32).reshape(size, size)
    rows = [demand.task.row for demand in problem.demands]
    between = durations[np.ix_(rows, rows)].astype(np.int64)
    between += between.T
    np.fill_diagonal(between, -1)
    return [[int(i) for i in line] for line in np.argsort(between, axis=1, kind="stable")]
