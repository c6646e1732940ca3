"""The console's own engine: insertion by regret, then ruin and recreate, always feasible.

Strings of neighbouring stops are taken out of neighbouring rounds and inserted again (Christiaens
and Vanden Berghe 2020, "Slack induction by string removals"); a little worse is accepted while
the search is young. Quick to a first plan, exact about breaks; slow to a very good one.
"""

import math
import random
from collections.abc import Sequence

import numpy as np

from console.planning.engine import Budget, Exchange, Pace
from console.planning.problem import Demand, Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import Score
from console.planning.working import Stopped, Working

EVEN = 0.5
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
        pace = Pace(budget)
        while search.can_move and not pace.is_over:
            if search.step(pace.share):
                exchange.better(search.best)
            pace.count()
        return search.best


class Search:
    """One run; ``best`` never gets worse."""

    def __init__(self, problem: Problem, start: Routes, seed: int) -> None:
        evaluator = Evaluator(problem)
        self._working = Working(evaluator, start)
        self._dice = random.Random(seed)  # noqa: S311
        self._near = _neighbours(problem)
        self._rank = [_rank(demand) for demand in problem.demands]
        self.best = self._working.frozen()
        self.best_score = self._present = self._working.score()

    @property
    def can_move(self) -> bool:
        """False when there is nothing to take out."""
        return any(self._working.routes)

    def build(self, stopped: Stopped) -> None:
        """Insert everything that waits; where not all fits, also the most important first."""
        begun = self._working.frozen()
        left = self._working.fill(self._working.waiting, stopped)
        self._present = self._working.score()
        self._keep()
        if left and not stopped():
            self._go_to(begun)
            self._insert(by_priority=True)
            self._present = self._working.score()
            if not self._keep():
                self._go_to(self.best)
                self._present = self.best_score

    def step(self, progress: float) -> bool:
        """Ruin, recreate, accept or take back; True for a new best plan."""
        before = self._working.frozen()
        left_out = self._working.waiting
        demands = self._working.problem.demands
        self._working.remove(i for i in self._chosen(left_out) if not demands[i].stays)
        self._insert(by_priority=bool(left_out))
        found = self._working.score()
        if not self._accepts(found, progress):
            self._go_to(before)
            return False
        self._present = found
        return self._keep()

    def _go_to(self, routes: Routes) -> None:
        for crew, order in enumerate(routes):
            if tuple(self._working.routes[crew]) != order:
                self._working.put(crew, order)

    def _insert(self, *, by_priority: bool) -> None:
        """Insert all that waits; where not all fits, the most important first."""
        waiting = self._working.waiting
        self._dice.shuffle(waiting)
        if not by_priority:
            self._working.fill(waiting, lambda: False)
            return
        for rank in range(3):
            self._working.fill([i for i in waiting if self._rank[i] == rank], lambda: False)

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

    def _chosen(self, left_out: Sequence[int]) -> list[int]:
        """Strings around a random stop, one from each of the nearest rounds.

        Where stops are left out, it is one of them as often as not.
        """
        routes = self._working.routes
        where = {i: crew for crew, order in enumerate(routes) for i in order}
        with_left_out = left_out and self._dice.random() < EVEN
        centre = self._dice.choice(left_out if with_left_out else list(where))
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


def _rank(demand: Demand) -> int:
    """The most important of its orders' priorities, 0 for high."""
    return next((rank for rank, count in enumerate(demand.orders) if count), 2)


def _neighbours(problem: Problem) -> list[list[int]]:
    """Every demand's demands by travel time there and back, itself first."""
    size = len(problem.matrix.places)
    durations = np.frombuffer(problem.matrix.durations, dtype=np.uint32).reshape(size, size)
    rows = [demand.task.row for demand in problem.demands]
    between = durations[np.ix_(rows, rows)].astype(np.int64)
    between += between.T
    np.fill_diagonal(between, -1)
    return [[int(i) for i in line] for line in np.argsort(between, axis=1, kind="stable")]
