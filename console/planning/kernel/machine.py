# pyright: basic
"""The compiled search as Python sees it."""

from collections.abc import Sequence

import numpy as np

from console.planning.engine import CrewOrder
from console.planning.kernel import recreate, search, state
from console.planning.kernel.tables import Tables, tables_of
from console.planning.problem import Problem, Routes

_latest: list[tuple[Problem, Tables]] = []


def latest_tables(problem: Problem) -> Tables:
    """Those of the latest problem are kept: one search follows another."""
    latest = _latest[0] if _latest else None
    if latest is None or latest[0] is not problem:
        latest = problem, tables_of(problem)
        _latest[:] = [latest]
    return latest[1]  # not read again: another thread's problem may have come since


class Machine:
    """A search of one plain problem; ``best`` never gets worse by its own price."""

    def __init__(self, problem: Problem, seed: int, tables: Tables | None = None) -> None:
        tables = tables or latest_tables(problem)
        self._allowed = tables.allowed
        self._tables = tables._replace(allowed=tables.allowed.copy())
        self._search, self._room = state.search_of(self._tables, seed)
        state.seeded(seed)

    @property
    def best(self) -> Routes:
        """The best plan so far."""
        order, length = self._search.best_order, self._search.mine[:, state.BEST_LENGTH]
        return tuple(tuple(int(d) for d in order[k, : length[k]]) for k in range(len(length)))

    @property
    def steps(self) -> int:
        """How many steps were made."""
        return int(self._search.numbers[state.STEPS])

    @property
    def mean_price(self) -> float:
        """What the best plan's rounds cost per demand (``MONEY`` parts)."""
        lines = self._search.lines
        costs = [state.round_cost(self._tables, self._search, k) for k in range(len(lines.order))]
        return sum(costs) / max(1, len(self._tables.demand))

    def shut(self, crews: Sequence[int]) -> None:
        """Let these crews, which must have nothing to do in the next plan, take no stop."""
        self._tables.allowed[:] = self._allowed
        self._tables.allowed[:, list(crews)] = False

    def go_to(self, routes: Sequence[Sequence[int]]) -> None:
        """Search on from another plan that keeps every rule."""
        order = np.zeros_like(self._search.best_order)
        length = np.zeros(len(order), np.int64)
        for k, demands in enumerate(routes):
            order[k, : len(demands)] = demands
            length[k] = len(demands)
        state.load_rounds(self._tables, self._search, order, length)
        state.begin_step(self._tables, self._search)
        if self.steps == 0 or self._price < self._search.numbers[state.BEST]:
            state.keep_best(self._search)

    @property
    def _price(self) -> int:
        return int(self._search.numbers[state.COST_NOW])

    def fill(self) -> None:
        """Insert what is out wherever it fits cheapest."""
        recreate.recreate(self._tables, self._search)
        state.begin_step(self._tables, self._search)
        price = state.total(self._tables, self._search)
        self._search.numbers[state.COST_NOW] = price
        if price < self._search.numbers[state.BEST]:
            state.keep_best(self._search)

    def improve(self, steps: int, heat: float) -> bool:
        """So many steps at one heat (``MONEY`` parts); True when a better plan was found."""
        return bool(search.run_steps(self._tables, self._search, steps, heat))

    def pool(self) -> list[CrewOrder]:
        """Good rounds that it came through, those of the best plans last."""
        s = self._search
        filled = np.flatnonzero(s.pool[:, state.POOL_LENGTH])
        by_plan = filled[np.argsort(-s.pool[filled, state.POOL_PLAN], kind="stable")]
        return [
            (
                int(s.pool[i, state.POOL_CREW]),
                tuple(int(d) for d in s.pool_order[i, : s.pool[i, state.POOL_LENGTH]]),
            )
            for i in by_plan
        ]
