# pyright: basic
"""The console's own search, compiled: ruin and recreate as fast as the machine can.

Hot in the beginning, cold in the end; what it finds is judged by the exact evaluator.
"""

import random
import time
from collections.abc import Iterator, Sequence

from console.planning.engine import Budget, Exchange, Pace
from console.planning.kernel.machine import Machine
from console.planning.problem import Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import score
from console.planning.working import sound

SPELL = 0.05  # seconds between two looks at the clock and the post
BURST = 500  # steps between them where steps are counted
HOT, COLD = 0.5, 0.01  # accepted worsening as a share of a stop's mean price
CREWED = 0.8  # the same of a crew's own price, from which on crews come and go
HOTTEST = 10.0  # of a stop's mean price
WARM = 0.1  # instead of hot, where the search begins with a plan
LATE = 0.7  # share of the time after which a better plan from elsewhere is taken up
JUDGING = 0.1  # share of the time that judging may take
SQUEEZES = (0.12, 0.24, 0.36, 0.48)  # shares of the time at which a try with other crews ends


class Strings:
    """Improves a plan, or makes one, until the budget is over."""

    name = "strings"

    def solve(self, problem: Problem, start: Routes, budget: Budget, exchange: Exchange) -> Routes:
        """The best routes found."""
        search = _Search(problem, start, budget, exchange)
        if search.can_move:
            search.begin()
            search.anneal(1.0, WARM if search.began_full else search.hot)
            search.end()
        return search.best


class Squeeze:
    """Improves a plan and tries to do without one crew or another, where crews cost of their own.

    Its stops are given away by a search with what is left; what that finds counts if it costs less.
    """

    name = "squeeze"

    def solve(self, problem: Problem, start: Routes, budget: Budget, exchange: Exchange) -> Routes:
        """The best routes found."""
        search = _Search(problem, start, budget, exchange)
        if search.can_move:
            search.begin()
            for until, shut in zip(SQUEEZES, _crews_to_shut(search, budget.seed), strict=False):
                search.without(shut, until)
            search.anneal(1.0, WARM)
            search.end()
        return search.best


class _Search:
    """One search: the machine, how far it is, and the best plan by the exact evaluator."""

    def __init__(self, problem: Problem, start: Routes, budget: Budget, exchange: Exchange) -> None:
        self.problem = problem
        self._evaluator = Evaluator(problem)
        self.best: Routes = tuple(
            tuple(sound(self._evaluator, k, order)) for k, order in enumerate(start)
        )
        self.can_move = bool(problem.crews and problem.demands)
        self.began_full = 2 * sum(map(len, start)) > len(problem.demands)
        # Of searches that differ the better counts, but who has fewer crews is worth following.
        self._listens = self.began_full or any(crew.fixed for crew in problem.crews)
        self._seed, self._pace, self._exchange = budget.seed, Pace(budget), exchange
        self._steps, self._judge_after, self._is_judged = 20, 0.0, False

    def begin(self) -> None:
        """Go to the plan and insert what fits."""
        self.machine = Machine(self.problem, self._seed)
        self.machine.go_to(self.best)
        self.machine.fill()
        self._price = self.machine.mean_price
        self._judge()

    @property
    def hot(self) -> float:
        """How hot a search from nothing begins: where crews cost money, they come and go."""
        fixed = [crew.fixed for crew in self.problem.crews]
        crews = CREWED * sum(fixed) / len(fixed) / max(1.0, self._price)
        return max(HOT, min(HOTTEST, crews))

    def anneal(self, until: float, hot: float) -> None:
        """Search from hot to cold until this share of the budget is spent."""
        since = self._pace.share
        while not self._pace.is_over and self._pace.share < until:
            done = (self._pace.share - since) / (until - since)
            self._burst(self._price * hot * (COLD / hot) ** done)
            news = self._exchange.news()
            if news is not None and self._pace.share > LATE and self._listens:
                self.machine.go_to(news)

    def without(self, shut: Sequence[int], until: float) -> None:
        """Search on with these crews sent home."""
        if self._pace.share >= until or self._pace.is_over:
            return
        routes = self.machine.best
        self.machine.shut(shut)
        self.machine.go_to([() if k in shut else order for k, order in enumerate(routes)])
        self.anneal(until, WARM)
        self.machine.shut(())
        self.machine.go_to(self.machine.best)

    def end(self) -> None:
        """Judge the last plan and tell the good rounds."""
        self._judge()
        self._exchange.offer(self.machine.pool())

    def _burst(self, heat: float) -> None:
        steps = BURST if self._pace.counts else self._steps
        began = time.monotonic()
        if self.machine.improve(steps, heat):
            self._is_judged = False
        self._pace.count(steps)
        now = time.monotonic()
        self._steps = next_steps(steps, now - began)
        if not self._is_judged and now >= self._judge_after:
            self._judge()

    def _judge(self) -> None:
        """Take what the machine found, where the exact evaluator agrees."""
        began = time.monotonic()
        found = self.machine.best
        judged = score(self._evaluator, found)
        self._is_judged = True
        if not judged.broken and judged < score(self._evaluator, self.best):
            self.best = found
            self._exchange.better(found)
        now = time.monotonic()
        self._judge_after = now + (now - began) / JUDGING


def _crews_to_shut(search: _Search, seed: int) -> Iterator[tuple[int, ...]]:
    """One crew of the best plan, most often a little used one, and most of those that have none."""
    problem, dice = search.problem, random.Random(seed)  # noqa: S311
    if problem.home or not any(crew.fixed for crew in problem.crews):
        return
    bound = {demand.crews[0] for demand in problem.demands if len(demand.crews) == 1}
    tried: set[int] = set()
    while True:
        best = search.machine.best
        used = [k for k, order in enumerate(best) if order]
        chosen = [k for k in used if k not in tried and k not in bound]
        if len(used) < 2 or not chosen:
            return
        victim = min(chosen, key=lambda k: len(best[k]) * dice.uniform(0.5, 1.0))
        tried.add(victim)
        spare = [k for k, order in enumerate(best) if not order]
        if spare and dice.random() < 0.5:
            spare.remove(dice.choice(spare))
        yield (victim, *spare)


def next_steps(steps: int, seconds: float) -> int:
    """How many steps to make until the next look at the clock, after so many in ``seconds``."""
    return max(20, min(2 * steps, int(steps * SPELL / max(seconds, 1e-4))))
