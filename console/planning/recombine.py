"""The best plan that can be put together from rounds already seen, and from some beside them.

Rounds carry their exact cost, breaks, rests and lateness included, so that what searches know only
roughly is settled here, and with it what concerns all rounds at once (``cover``).
"""

import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from console.domain.plan import RouteId
from console.planning.cover import Column, Cover
from console.planning.engine import Budget, CrewOrder, Exchange
from console.planning.problem import NOBODY, Crew, Order, Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import measured, score
from console.planning.solution import repaired
from console.planning.varying import Variants

SEEN = 20_000  # rounds of the pool that are looked at, the latest
COLUMNS = 5_000  # rounds that the model chooses from
BALANCED = 1_500  # the same where they are to be alike, which makes the choice harder
POOL_SHARE = 0.3  # of the time, for a look at the pool
EACH = 8  # rounds with each demand that stay at least


class Recombination:
    """Puts rounds of the pool together anew."""

    name = "recombination"

    def solve(self, problem: Problem, start: Routes, budget: Budget, exchange: Exchange) -> Routes:
        """The best cover found in time; never worse than ``start``."""
        evaluator = Evaluator(problem)
        kinds = kinds_of(problem)
        found = _Rounds(evaluator, kinds)
        hinted = found.gather(start, exchange.pool(), budget)
        columns = found.thinned(hinted)
        cover = Cover(problem, [len(crews) for crews in kinds], columns)
        cover.hint(range(len(hinted)))
        chosen = cover.solve(budget)
        if chosen is None:
            return start
        routes = _assigned(problem, kinds, chosen)
        if len({i for order in routes for i in order}) < len(problem.demands):
            routes = repaired(evaluator, routes)
        if score(evaluator, routes) < score(evaluator, start):
            exchange.better(routes)
            return routes
        return start


def kinds_of(problem: Problem) -> list[list[int]]:
    """Crews that are alike in everything but the name."""
    able: list[list[tuple[int, int]]] = [[] for _ in problem.crews]
    for i, demand in enumerate(problem.demands):
        for crew in demand.crews:
            able[crew].append((i, demand.prices[crew] if demand.prices else 0))
    homes = {home for home in problem.home if home != NOBODY}
    alike: dict[object, list[int]] = {}
    for i, crew in enumerate(problem.crews):
        own = i if i in homes else NOBODY
        alike.setdefault((_nameless(crew), tuple(able[i]), own), []).append(i)
    return list(alike.values())


def _nameless(crew: Crew) -> Crew:
    return replace(crew, route=RouteId(""))


VARIED = 20_000  # variants of rounds looked at, where steps count instead of time


@dataclass(frozen=True, slots=True)
class _Key:
    kind: int
    demands: frozenset[int]


class _Rounds:
    """One column for each kind and set of demands: its cheapest order."""

    def __init__(self, evaluator: Evaluator, kinds: list[list[int]]) -> None:
        self._evaluator = evaluator
        self._problem = evaluator.problem
        self._kinds = kinds
        self._kind_of = {crew: kind for kind, crews in enumerate(kinds) for crew in crews}
        self._best: dict[_Key, Column] = {}

    def gather(self, start: Routes, pool: Sequence[CrewOrder], budget: Budget) -> list[Column]:
        """Look at all rounds; answers those of ``start``."""
        rounds = [(crew, order) for crew, order in enumerate(start) if order]
        self._take(rounds, math.inf)
        own = list(dict.fromkeys(_Key(self._kind_of[c], frozenset(o)) for c, o in rounds))
        began = time.monotonic()
        seconds = math.inf if budget.work else budget.seconds
        self._take(pool[: -SEEN - 1 : -1], began + POOL_SHARE * seconds)
        halfway = began + seconds / 2
        self._take(((crews[0], o) for _, o in rounds for crews in self._kinds), halfway)
        variants = Variants(self._evaluator, start, halfway)
        self._take(islice(variants, VARIED if budget.work else None), halfway)
        return [self._best[key] for key in own if key in self._best]

    def _take(self, rounds: Iterable[CrewOrder], until: float) -> None:
        for crew, order in rounds:
            if time.monotonic() > until:
                return
            judged = self._evaluator.round(crew, order)
            if judged is None or not order:
                continue
            key = _Key(self._kind_of[crew], frozenset(order))
            known = self._best.get(key)
            if known is None or judged.cost < known.cost:
                size = measured(self._problem, judged, order)
                changes = self._changes(key.kind, order)
                self._best[key] = Column(
                    key.kind, order, judged.cost, size, judged.promises, changes
                )

    def _changes(self, kind: int, order: Order) -> int:
        """How many demands leave their crew for one of this kind."""
        if not self._problem.home:
            return 0
        homes = (self._problem.home[i] for i in order)
        return sum(home != NOBODY and home not in self._kinds[kind] for home in homes)

    def thinned(self, first: Sequence[Column]) -> list[Column]:
        """``first``, and of the others those that are cheap for what they serve."""
        known = set(first)
        others = [column for column in self._best.values() if column not in known]
        most = BALANCED if self._problem.balance.price else COLUMNS
        if len(others) <= most:
            return [*first, *others]
        least = [_FAR] * len(self._problem.demands)
        for column in (*first, *others):
            share = column.cost / len(column.order)
            for i in column.order:
                least[i] = min(least[i], share)
        others.sort(key=lambda column: column.cost / (sum(least[i] for i in column.order) or 1))
        left = [EACH] * len(least)
        kept = list(first)
        for n, column in enumerate(others):
            if n < most or any(left[i] > 0 for i in column.order):
                kept.append(column)
                for i in column.order:
                    left[i] -= 1
        return kept


_FAR = float("inf")


def _assigned(problem: Problem, kinds: list[list[int]], chosen: Iterable[Column]) -> Routes:
    free = [list(crews) for crews in kinds]
    found: list[Order] = [()] * len(problem.crews)
    for column in chosen:
        found[free[column.kind].pop(0)] = column.order
    return tuple(found)
