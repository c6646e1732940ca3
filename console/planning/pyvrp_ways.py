"""Travel in PyVRP's terms: a matrix of seconds and one of distances for crews that are alike.

Stops that a crew may not serve are out of reach for it. Setup is part of the way to a stop from
elsewhere. Where ways have prices that metres alone do not tell (compactness, drivers that were or
were not asked for), a crew's distances are prices, in ``COARSER`` parts of ``MONEY``.
"""

from collections.abc import Sequence

import numpy as np

from console.planning.flat import Cells, Travel
from console.planning.problem import UNLIMITED, Crew, Problem

COARSER = 100  # one of PyVRP's cost units in ``MONEY`` parts; keeps its penalties in range
OUT_OF_REACH = 10_000_000


class Ways:
    """The profiles of one problem; ``of`` says which is whose.

    ``rows`` are those of all locations: ``depots`` of them, then one for each of ``demands``.
    """

    def __init__(self, problem: Problem, rows: Sequence[int], demands: Sequence[int]) -> None:
        self._problem = problem
        self._rows = np.array(rows)
        self._demands = demands
        self._depots = len(rows) - len(demands)
        self._travel = Travel(problem)
        self._priced = any(problem.demands[i].prices for i in demands)
        keys = [self._key(k) for k in range(len(problem.crews))]
        alike: dict[object, int] = {}
        self.of = [alike.setdefault(key, len(alike)) for key in keys]

    def _key(self, k: int) -> object:
        crew = self._problem.crews[k]
        demands = self._problem.demands
        shut = tuple(i for i in self._demands if k not in demands[i].crews)
        return Travel.key(crew), shut, self._prices(k)

    def _prices(self, k: int) -> tuple[object, ...]:
        """What makes the ways of a crew dear beyond their metres; () for nothing."""
        crew = self._problem.crews[k]
        prices: tuple[int, ...] = ()
        if self._priced:
            told = (self._problem.demands[i].prices for i in self._demands)
            prices = tuple(each[k] if each else 0 for each in told)
        if not crew.per_inner_metre and not any(prices):
            return ()
        return crew.per_metre, crew.per_inner_metre, prices

    def unit_price(self, k: int) -> int:
        """What one unit of a crew's distances costs."""
        return 1 if self._prices(k) else round(self._problem.crews[k].per_metre / COARSER)

    def limit(self, k: int, metres: int) -> int:
        """A limit in metres as one of a crew's distances; none where they cost nothing."""
        crew = self._problem.crews[k]
        if not self._prices(k):
            return metres
        dear = metres < UNLIMITED // 2 and crew.per_metre
        return metres * crew.per_metre // COARSER if dear else UNLIMITED

    def speed(self, crew: Crew) -> float:
        """Metres per second on an average way."""
        seconds = self._between(self._travel.seconds(crew))
        usual = seconds < OUT_OF_REACH
        metres = self._between(self._travel.metres(crew))[usual].sum()
        return float(metres) / max(1.0, float(seconds[usual].sum()))

    def matrices(self) -> tuple[list[Cells], list[Cells]]:
        """Seconds and distances, one of each for every profile."""
        first = [self.of.index(profile) for profile in range(max(self.of, default=-1) + 1)]
        seconds = [self._without(k, self._seconds(self._problem.crews[k])) for k in first]
        return seconds, [self._without(k, self._distances(k)) for k in first]

    def _seconds(self, crew: Crew) -> Cells:
        seconds = np.minimum(self._between(self._travel.seconds(crew)), OUT_OF_REACH)
        setups = np.zeros(len(self._rows), dtype=np.int64)
        setups[self._depots :] = [self._problem.demands[i].task.setup for i in self._demands]
        if setups.any():
            seconds += (self._rows[:, None] != self._rows[None, :]) * setups[None, :]
        return seconds

    def _distances(self, k: int) -> Cells:
        crew = self._problem.crews[k]
        metres = np.minimum(self._between(self._travel.metres(crew)), OUT_OF_REACH)
        if not self._prices(k):
            return metres
        cost = metres * crew.per_metre
        inner = slice(self._depots, None)
        cost[inner, inner] += metres[inner, inner] * crew.per_inner_metre
        told = [self._problem.demands[i].prices for i in self._demands]
        cost[:, inner] += np.array([each[k] if each else 0 for each in told])[None, :]
        return cost // COARSER

    def _between(self, cells: Cells) -> Cells:
        return cells[np.ix_(self._rows, self._rows)]

    def _without(self, k: int, cells: Cells) -> Cells:
        demands = self._problem.demands
        shut = [self._depots + n for n, i in enumerate(self._demands) if k not in demands[i].crews]
        cells[:, shut] = OUT_OF_REACH
        np.fill_diagonal(cells, 0)
        return cells
