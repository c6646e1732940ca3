"""What is done to a rival's plan, off its clock and in its favour, before it is judged."""

from collections.abc import Sequence

from tests.benchmarks.racing.case import Case, Routes
from tests.benchmarks.racing.evaluator import Judged, judge_route


def mended(case: Case, routes: Routes) -> tuple[Routes, int]:
    """Routes without the jobs that break a rule by the judge, and how many these are.

    Out goes whichever leaves the least broken and then the least cost, until nothing is broken.
    They are put in again where they fit at the least cost, if they do.
    """
    whole = [list(order) for order in routes]
    taken = list[int]()
    for v, order in enumerate(whole):
        while order and judge_route(case, v, order).broken:
            i = min(range(len(order)), key=lambda i: _rank(case, v, _without(order, i)))
            taken.append(order.pop(i))
    for j in taken:
        _put(case, whole, j)
    return tuple(tuple(order) for order in whole), len(taken)


def _rank(case: Case, v: int, order: Sequence[int]) -> tuple[float, float]:
    judged = judge_route(case, v, order)
    return judged.harm, judged.cost


def _without(order: Sequence[int], i: int) -> list[int]:
    return [*order[:i], *order[i + 1 :]]


def _put(case: Case, routes: list[list[int]], j: int) -> None:
    best: tuple[float, int, int] | None = None
    for v, order in enumerate(routes):
        if not case.allows(case.vans[v], case.jobs[j]):
            continue
        before = judge_route(case, v, order).cost if order else 0.0
        for i in range(len(order) + 1):
            judged: Judged = judge_route(case, v, [*order[:i], j, *order[i:]])
            more = judged.cost - before
            if not judged.broken and (best is None or more < best[0]):
                best = (more, v, i)
    if best is not None:
        routes[best[1]].insert(best[2], j)


def without_dear(case: Case, routes: Routes) -> Routes:
    """Routes without optional jobs that save more when left out than that costs."""
    whole = [list(order) for order in routes]
    for v, order in enumerate(whole):
        cost = judge_route(case, v, order).cost if order else 0.0
        for j in [j for j in order if case.jobs[j].skip_price is not None]:
            rest = [k for k in order if k != j]
            judged = judge_route(case, v, rest) if rest else None
            left = 0.0 if judged is None else judged.cost
            broken = judged is not None and judged.broken
            if not broken and cost - left > (case.jobs[j].skip_price or 0.0):
                order.remove(j)
                cost = left
    return tuple(tuple(order) for order in whole)
