"""How plans compare: first by what is left unserved, the most important first, then by cost."""

from collections.abc import Sequence
from typing import NamedTuple

from console.planning.problem import MONEY, NOBODY, Problem, Routes
from console.planning.rounds import Evaluator, Round


class Score(NamedTuple):
    """The smaller the better; ``cost`` is the objective in ``MONEY`` parts.

    ``broken`` comes first: rounds that break a rule, and changes or broken promises beyond what
    is allowed. ``high``, ``normal`` and ``low`` count orders that have to be served and are not.
    """

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
    problem = evaluator.problem
    placed = {i for order in routes for i in order}
    out = [demand for i, demand in enumerate(problem.demands) if i not in placed]
    rounds = [evaluator.round(crew, order) for crew, order in enumerate(routes)]
    driven = [each for each in rounds if each is not None]
    broken = len(rounds) - len(driven)
    if problem.home:
        broken += max(0, changes(problem, routes) - problem.most_changes)
        broken += max(0, sum(each.promises for each in driven) - problem.most_broken)
    cost = sum(each.cost for each in driven) + sum(demand.skip for demand in out)
    high, normal, low = (sum(demand.orders[rank] for demand in out) for rank in range(3))
    return Score(broken, high, normal, low, cost + _unevenness(problem, driven, routes))


def changes(problem: Problem, routes: Sequence[Sequence[int]]) -> int:
    """How many demands leave the crew that they have in the present plan."""
    crew_of = {i: crew for crew, order in enumerate(routes) for i in order}
    homes = enumerate(problem.home)
    return sum(home != NOBODY and crew_of.get(i, NOBODY) != home for i, home in homes)


def real_cost(evaluator: Evaluator, routes: Sequence[Sequence[int]], judged: Score) -> float:
    """What a plan costs by its objective, in the depot's currency.

    Without what only a search pays for changes, and with what crews under way have spent.
    """
    problem = evaluator.problem
    rounds = (evaluator.round(crew, order) for crew, order in enumerate(routes))
    promises = sum(each.promises for each in rounds if each is not None)
    price = max((d.promise_price for d in problem.demands if d.promise), default=0)
    paid = problem.change_price * changes(problem, routes) + price * promises
    return (judged.cost - paid + problem.sunk) / MONEY


def _unevenness(problem: Problem, rounds: Sequence[Round], routes: Sequence[Sequence[int]]) -> int:
    """The price of rounds that differ from their mean."""
    price = problem.balance.price
    if not price:
        return 0
    used = [(each, order) for each, order in zip(rounds, routes, strict=False) if order]
    sizes = [measured(problem, each, order) for each, order in used]
    if not sizes:
        return 0
    mean = sum(sizes) / len(sizes)
    return int(sum(abs(each - mean) for each in sizes) * price)


def measured(problem: Problem, each: Round, order: Sequence[int]) -> int:
    """What of a round is to be spread evenly (``Balance.unit``)."""
    unit = problem.balance.unit
    if unit == 0:
        return each.end - each.start
    return len(order) if unit == 1 else sum(problem.demands[i].load[1] for i in order)


def served(problem: Problem, routes: Routes) -> int:
    """How many orders a plan serves."""
    return sum(problem.demands[i].count for order in routes for i in order)
