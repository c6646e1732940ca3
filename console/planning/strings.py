"""The console's own search, compiled: ruin and recreate as fast as the machine can.

Hot in the beginning, cold in the end; what it finds is judged by the exact evaluator.
"""

import time
from collections.abc import Sequence

from console.planning.engine import Budget, Exchange
from console.planning.kernel.machine import Machine
from console.planning.problem import Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import score
from console.planning.working import sound

SPELL = 0.05  # seconds between two looks at the clock and the post
HOT, COLD = 0.3, 0.01  # accepted worsening as a share of a stop's mean price
WARM = 0.1  # instead of hot, where the search begins with a plan
LATE = 0.7  # share of the time after which a better plan from elsewhere is taken up


class Strings:
    """Improves a plan, or makes one, until the budget is over."""

    name = "strings"

    def solve(self, problem: Problem, start: Routes, budget: Budget, exchange: Exchange) -> Routes:
        """The best routes found."""
        evaluator = Evaluator(problem)
        best = tuple(tuple(sound(evaluator, k, order)) for k, order in enumerate(start))
        if not problem.crews or not problem.demands:
            return best
        machine = _begun(problem, best, budget.seed)
        best = self._better(evaluator, best, machine, exchange)
        span, price = max(budget.seconds, 1e-9), machine.mean_price
        hot = WARM if 2 * sum(map(len, start)) > len(problem.demands) else HOT
        steps = 20
        while not budget.is_over:
            began = time.monotonic()
            share = 1 - budget.seconds / span
            if machine.improve(steps, price * hot * (COLD / hot) ** share):
                best = self._better(evaluator, best, machine, exchange)
            steps = _next_steps(steps, time.monotonic() - began)
            if share > LATE:
                self._hear(machine, exchange.news())
        exchange.offer(machine.pool())
        return best

    def _better(
        self, evaluator: Evaluator, best: Routes, machine: Machine, exchange: Exchange
    ) -> Routes:
        """What the machine found, where the exact evaluator agrees."""
        found = machine.best
        judged = score(evaluator, found)
        if judged.broken or judged >= score(evaluator, best):
            return best
        exchange.better(found)
        return found

    def _hear(self, machine: Machine, news: Sequence[Sequence[int]] | None) -> None:
        if news is not None:
            machine.go_to(news)


def _begun(problem: Problem, start: Routes, seed: int) -> Machine:
    machine = Machine(problem, seed)
    machine.go_to(start)
    machine.fill()
    return machine


def _next_steps(steps: int, seconds: float) -> int:
    return max(20, min(2 * steps, int(steps * SPELL / max(seconds, 1e-4))))
