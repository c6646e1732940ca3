"""Rounds that differ a little from those of a plan, so that chains of moves can be put together.

A stop less, a stop more, a stop for another: chosen together (``cover``) they move stops around
between any number of rounds at once, and leave out what is optional where only that pays.
"""

import time
from collections.abc import Iterator, Sequence

import numpy as np

from console.planning.engine import CrewOrder
from console.planning.flat import Cells, Travel
from console.planning.problem import Order, Routes
from console.planning.rounds import Evaluator
from console.planning.soundness import with_dependents

NEAR = 20  # stops beside a round that are tried in it


class Variants:
    """Variants of the rounds of one plan, the simple ones first; ends when time is over."""

    def __init__(self, evaluator: Evaluator, routes: Routes, until: float) -> None:
        self._evaluator = evaluator
        self._problem = evaluator.problem
        self._rounds = [(crew, tuple(order)) for crew, order in enumerate(routes)]
        self._until = until
        demands = self._problem.demands
        sources = {source for demand in demands for source, _ in demand.brings}
        self._lone = [i for i, d in enumerate(demands) if d.crews and not d.brings]
        self._lone = [i for i in self._lone if i not in sources]
        self._rows = np.array([demand.task.row for demand in demands])
        self._travel = Travel(self._problem)

    def __iter__(self) -> Iterator[CrewOrder]:
        for found in self._several():
            if time.monotonic() > self._until:
                return
            yield found

    def _several(self) -> Iterator[CrewOrder]:
        shorter = [(crew, less) for crew, order in self._rounds for less in self._less(order)]
        yield from shorter
        near = {crew: self._near(crew, order) for crew, order in self._rounds}
        for crew, order in (*self._rounds, *shorter):
            for i in near[crew]:
                longer = self._more(crew, order, i)
                if longer is not None:
                    yield crew, longer

    def _less(self, order: Order) -> Iterator[Order]:
        for i in order:
            gone = with_dependents(self._problem, order, i)
            yield tuple(k for k in order if k not in gone)

    def _near(self, crew: int, order: Order) -> list[int]:
        """The stops beside a round, the nearest first; beside an empty one all."""
        others = [
            i for i in self._lone if i not in order and crew in self._problem.demands[i].crews
        ]
        if not order or not others:
            return others
        between = self._between(crew, others, order)
        return [others[n] for n in between.min(axis=1).argsort(kind="stable")[:NEAR]]

    def _between(self, crew: int, some: Sequence[int], others: Sequence[int]) -> Cells:
        seconds = self._travel.seconds(self._problem.crews[crew])
        return seconds[np.ix_(self._rows[list(some)], self._rows[list(others)])]

    def _more(self, crew: int, order: Order, demand: int) -> Order | None:
        """The order with a stop where it is cheapest; None once time is over."""
        best: tuple[int, Order] | None = None
        for at in range(len(order) + 1):
            longer = (*order[:at], demand, *order[at:])
            cost = self._evaluator.cost(crew, longer)
            if cost is not None and (best is None or cost < best[0]):
                best = (cost, longer)
        return None if best is None else best[1]
