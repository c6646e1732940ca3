"""How plans compare: first by what is left unserved, the most important first, then by cost."""

from collections.abc import Sequence
from typing import NamedTuple

from console.planning.problem import MONEY, Problem, Routes
from console.planning.rounds import Evaluator


class Score(NamedTuple):
    """The smaller the better; ``broken`` rounds come first, ``cost`` is in ``MONEY`` parts."""

    broken: int
    high: int
    normal: int
    low: int
    cost: int

    @property
    def money(self) -> float:
        """The cost in the depot's currency."""
        return self.cost / MONEY


def score(evaluator: Evaluator, routes: Sequence[Sequence[int]]) -> Score:
    """The score of a plan."""
    placed = {i for order in routes for i in order}
    high = normal = low = 0
    for i, demand in enumerate(evaluator.problem.demands):
        if i not in placed:
            high += demand.orders[0]
            normal += demand.orders[1]
            low += demand.orders[2]
    costs = [evaluator.cost(crew, order) for crew, order in enumerate(routes)]
    broken = sum(cost is None for cost in costs)
    return Score(broken, high, normal, low, sum(cost or 0 for cost in costs))


def served(problem: Problem, routes: Routes) -> int:
    """How many orders a plan serves."""
    return sum(sum(problem.demands[i].orders) for order in routes for i in order)
