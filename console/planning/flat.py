"""Travel for engines that know one number for each pair of places.

Where travel depends on the hour, a cell is the mean over the hours that crews work, each slice
by its share of them. The exact evaluator has the last word.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from console.domain.travel import TravelMatrix
from console.planning.problem import Crew, Problem

Cells = np.ndarray[Any, np.dtype[np.int64]]

FAR = 10_000_000
NOWHERE = -1  # the row of a route's end that is nowhere: no way leads there, none is driven


class Travel:
    """Seconds and metres of one problem's crews, between all rows and ``NOWHERE`` (the last)."""

    def __init__(self, problem: Problem) -> None:
        self._matrix = problem.matrix
        self._begin = min((crew.duty.start for crew in problem.crews), default=0)
        self._end = max((crew.duty.latest_end for crew in problem.crews), default=1)
        self._known: dict[object, tuple[Cells, Cells]] = {}

    @staticmethod
    def key(crew: Crew) -> tuple[str, float]:
        """Equal for crews that travel alike."""
        return crew.profile, crew.speed_factor

    def seconds(self, crew: Crew) -> Cells:
        """How long a crew is on its way (row, row)."""
        return self._of(crew)[0]

    def metres(self, crew: Crew) -> Cells:
        """How far it is (row, row)."""
        return self._of(crew)[1]

    def _of(self, crew: Crew) -> tuple[Cells, Cells]:
        key = self.key(crew)
        if key not in self._known:
            matrix = self._matrix.of(*key)
            self._known[key] = (
                _bordered(self._meant(matrix)),
                _bordered(_cells(matrix.distances, len(matrix.places))),
            )
        return self._known[key]

    def _meant(self, matrix: TravelMatrix) -> Cells:
        size = len(matrix.places)
        several = [matrix.durations, *(part.durations for part in matrix.slices)]
        begins = [self._begin, *(part.begins for part in matrix.slices)]
        ends = [*begins[1:], self._end]
        hours = [
            max(0, min(end, self._end) - max(begin, self._begin))
            for begin, end in zip(begins, ends, strict=True)
        ]
        if len(several) == 1 or not sum(hours):
            return _cells(matrix.durations, size)
        meant = sum(
            _cells(cells, size) * (share / sum(hours))
            for cells, share in zip(several, hours, strict=True)
        )
        return np.rint(np.asarray(meant)).astype(np.int64)


def _cells(flat: Sequence[int], size: int) -> Cells:
    return np.minimum(np.array(flat, dtype=np.int64).reshape(size, size), FAR)


def _bordered(cells: Cells) -> Cells:
    """With one more row and column, for ``NOWHERE``."""
    return np.pad(cells, ((0, 1), (0, 1)))
