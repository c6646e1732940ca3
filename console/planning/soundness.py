"""What has to leave a round so that it keeps every rule again."""

from collections.abc import Sequence

from console.planning.problem import Problem
from console.planning.rounds import Evaluator


def sound(evaluator: Evaluator, crew: int, order: Sequence[int]) -> list[int]:
    """The order without what breaks a rule: demands are left out one by one, the least first.

    What only this crew may serve and what counts most stays longest. What brings leaves together
    with what collects for it.
    """
    kept = _fit(evaluator.problem, crew, order)
    while kept and evaluator.round(crew, kept) is None:
        gone = _least_of(evaluator, crew, kept)
        kept = [i for i in kept if i not in gone]
    return kept


def with_dependents(problem: Problem, order: Sequence[int], demand: int) -> set[int]:
    """A demand and all on the same round that brings what it collects, and so on."""
    gone = {demand}
    for i in order:
        if any(source in gone for source, _ in problem.demands[i].brings):
            gone.add(i)
    return gone


def _fit(problem: Problem, crew: int, order: Sequence[int]) -> list[int]:
    """What this crew may serve and, where it brings, has collected before."""
    kept, seen = list[int](), set[int]()
    for i in order:
        demand = problem.demands[i]
        if crew in demand.crews and all(source in seen for source, _ in demand.brings):
            kept.append(i)
            seen.add(i)
    return kept


def _least_of(evaluator: Evaluator, crew: int, order: Sequence[int]) -> set[int]:
    """What to leave out next.

    Where leaving one out is not enough, it is one of the first stops that together break a rule.
    """
    found = _removals(evaluator, crew, order)
    if found:
        return min(found)[-1]
    for end in range(1, len(order)):
        head = order[:end]
        if evaluator.round(crew, head) is None:
            found = _removals(evaluator, crew, head)
            chosen = min(found)[-1] if found else {head[-1]}
            return set[int]().union(*(with_dependents(evaluator.problem, order, i) for i in chosen))
    return with_dependents(evaluator.problem, order, order[-1])


_Removal = tuple[bool, tuple[int, int, int], int, int, set[int]]
"""Whether it can go nowhere else, its orders by priority, the cost without it, its place, it."""


def _removals(evaluator: Evaluator, crew: int, order: Sequence[int]) -> list[_Removal]:
    """What may be left out so that the rest keeps every rule."""
    demands = evaluator.problem.demands
    found = list[_Removal]()
    for at, i in enumerate(order):
        gone = with_dependents(evaluator.problem, order, i)
        cost = evaluator.cost(crew, [k for k in order if k not in gone])
        if cost is None:
            continue
        bound = any(len(demands[k].crews) == 1 for k in gone)
        high, normal, low = (sum(demands[k].orders[rank] for k in gone) for rank in range(3))
        found.append((bound, (high, normal, low), cost, at, gone))
    return found
