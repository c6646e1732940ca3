"""Where a run stands: the best plan so far and the pool of good rounds."""

import time

from console.planning.problem import Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import Score, real_cost, score, served
from console.planning.solution import is_whole
from console.planning.working import sound

PRESENT = "present"
POOL = 8  # offers kept, the latest; each holds thousands of rounds


class Standing:
    """The best plan of a run. Every plan is judged anew here, whoever found it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._evaluator = Evaluator(problem)
        self.routes: Routes = tuple(
            tuple(sound(self._evaluator, crew, order)) for crew, order in enumerate(problem.present)
        )
        self.score: Score = score(self._evaluator, self.routes)
        self.engine = PRESENT
        self.was_planned = 2 * self.served > self._orders  # a plan worth starting from
        self.began = time.monotonic()
        self.pool: tuple[bytes, ...] = ()

    @property
    def has_plan(self) -> bool:
        """True when there is a plan to start from: the present one, or a first one."""
        return self.was_planned or self.engine != PRESENT

    @property
    def _orders(self) -> int:
        return sum(demand.count for demand in self.problem.demands)

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self.began

    @property
    def cost(self) -> float:
        """What the best plan really costs, in the depot's currency."""
        return real_cost(self._evaluator, self.routes, self.score)

    @property
    def served(self) -> int:
        """Orders that the best plan serves."""
        return served(self.problem, self.routes)

    def take(self, engine: str, routes: Routes) -> bool:
        """Keep a plan if it is better than the best; False when it is not, or is unsound."""
        if not is_whole(self.problem, routes):
            return False
        found = score(self._evaluator, routes)
        if found.broken or found >= self.score:
            return False
        self.routes, self.score, self.engine = routes, found, engine
        return True

    def keep(self, rounds: bytes) -> None:
        """Add packed rounds to the pool; the oldest go."""
        self.pool = (*self.pool, rounds)[-POOL:]
