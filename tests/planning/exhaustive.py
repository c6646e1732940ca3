"""The best plan there is, by trying all: for days of seven stops and three vans at most."""

import itertools
from collections.abc import Iterator

from console.planning.engine import CrewOrder
from console.planning.problem import Order, Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import Score, score


def best_rounds(evaluator: Evaluator) -> dict[tuple[int, frozenset[int]], CrewOrder]:
    """Every crew's cheapest order of every set of demands that it can serve."""
    problem = evaluator.problem
    found: dict[tuple[int, frozenset[int]], CrewOrder] = {}
    for crew in range(len(problem.crews)):
        able = [i for i, demand in enumerate(problem.demands) if crew in demand.crews]
        for size in range(len(able) + 1):
            for chosen in itertools.combinations(able, size):
                order = _cheapest_order(evaluator, crew, chosen)
                if order is not None:
                    found[crew, frozenset(chosen)] = (crew, order)
    return found


def _cheapest_order(evaluator: Evaluator, crew: int, chosen: Order) -> Order | None:
    priced = (
        (cost, order)
        for order in itertools.permutations(chosen)
        if _pairs_are_whole(evaluator.problem, order)
        and (cost := evaluator.cost(crew, order)) is not None
    )
    return min(priced, default=(0, None))[1]


def _pairs_are_whole(problem: Problem, order: Order) -> bool:
    seen = set[int]()
    for i in order:
        if any(source not in seen for source, _ in problem.demands[i].brings):
            return False
        seen.add(i)
    return True


def cheapest(problem: Problem) -> tuple[Score, Routes]:
    """The best plan and its score; of a round's orders only the cheapest is looked at."""
    evaluator = Evaluator(problem)
    rounds = best_rounds(evaluator)
    best: tuple[Score, Routes] | None = None
    for sets in _partitions(problem, set(rounds)):
        routes = tuple(rounds[crew, chosen][1] for crew, chosen in enumerate(sets))
        found = (score(evaluator, routes), routes)
        if best is None or found < best:
            best = found
    assert best is not None
    return best


def _partitions(
    problem: Problem, known: set[tuple[int, frozenset[int]]]
) -> Iterator[list[frozenset[int]]]:
    demands = range(len(problem.demands))
    crews = range(len(problem.crews))
    for owners in itertools.product(*((*problem.demands[i].crews, None) for i in demands)):
        sets = [frozenset(i for i in demands if owners[i] == crew) for crew in crews]
        if all((crew, chosen) in known for crew, chosen in enumerate(sets)):
            yield sets
