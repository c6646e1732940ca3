# pyright: basic
"""The tables of a part of a problem: some crews with what they serve."""

from collections.abc import Sequence

import numpy as np

from console.planning.kernel.mates import mates_of
from console.planning.kernel.tables import GROUP, HOME, Tables, nearest
from console.planning.problem import NOBODY, Problem


def part_of(
    problem: Problem, tables: Tables, demands: Sequence[int], crews: Sequence[int]
) -> Tables:
    """Tables of these demands and crews, numbered as they stand in the two lists.

    Demands that are linked by pairs have to be in the list together.
    """
    d, k = np.array(demands, np.int64), np.array(crews, np.int64)
    some, those = [problem.demands[i] for i in demands], [problem.crews[i] for i in crews]
    demand = tables.demand[d].copy()
    demand[:, GROUP] = _numbered(demand[:, GROUP], d, len(tables.demand))
    demand[:, HOME] = _numbered(demand[:, HOME], k, len(tables.crew))
    pair = tables.pair.copy()
    for column in (0, 1):
        pair[:, column] = _numbered(pair[:, column], d, len(tables.demand))
    cells = np.ix_(d, k)
    return tables._replace(
        demand=demand,
        crew=tables.crew[k],
        allowed=tables.allowed[cells],
        extra=tables.extra[cells],
        near=nearest(some, tables.travel[0]),
        mates=mates_of(some, those, (tables.travel[0], tables.metres[0])),
        pair=pair,
    )


def _numbered(names: np.ndarray, chosen: np.ndarray, count: int) -> np.ndarray:
    """Where each of ``names`` stands in ``chosen``; ``NOBODY`` where it does not."""
    place = np.full(count + 1, NOBODY, np.int64)
    place[chosen] = np.arange(len(chosen))
    return place[names]
