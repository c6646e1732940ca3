# pyright: basic
"""Which demands may stand beside each other on a round, the likeliest first.

The measure is that of PyVRP (Wouda, Lan and Kool 2024): what the leg costs and, in part, the wait
that windows make unavoidable; pairs that no round can serve one after the other come last.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from console.planning.problem import Crew, Demand

Array = np.ndarray[Any, np.dtype[Any]]

MATES = 50
WAITING = 0.2  # of a second's price for each second of a wait
BLOCK = 256  # rows at a time, for the memory's sake
NEVER = 1e18


def mates_of(demands: Sequence[Demand], crews: Sequence[Crew], cells: tuple[Array, Array]) -> Array:
    """For each demand the indices of its likeliest neighbours; (n, at most ``MATES``)."""
    n = len(demands)
    count = min(MATES, n - 1)
    found = np.zeros((n, max(0, count)), np.int32)
    if n < 2:
        return found
    legs = _Legs(demands, crews, cells)
    for first in range(0, n, BLOCK):
        block = np.arange(first, min(n, first + BLOCK))
        there, back = legs.prices(block, np.arange(n)), legs.prices(np.arange(n), block)
        price = np.minimum(there, back.T)
        price[np.arange(len(block)), block] = np.inf
        found[block] = np.argsort(price, axis=1, kind="stable")[:, :count]
    return found


class _Legs:
    """What one demand after another costs, by the mean prices of the crews."""

    def __init__(
        self, demands: Sequence[Demand], crews: Sequence[Crew], cells: tuple[Array, Array]
    ) -> None:
        self._travel, self._metres = cells
        self._rows = np.array([d.task.row for d in demands])
        self._service = np.array([d.task.service for d in demands], float)
        spans = [d.task.windows or ((-np.inf, np.inf),) for d in demands]
        self._early = np.array([span[0][0] for span in spans], float)
        self._late = np.array([span[-1][1] for span in spans], float)
        self._per_metre = float(np.mean([crew.per_metre for crew in crews])) if crews else 1.0
        self._per_second = float(np.mean([crew.per_second for crew in crews])) if crews else 0.0
        if not self._per_metre and not self._per_second:
            self._per_second = 1.0

    def prices(self, one: Array, other: Array) -> Array:
        """From each of ``one`` to each of ``other``."""
        cells = np.ix_(self._rows[one], self._rows[other])
        seconds = self._travel[cells] + self._service[one][:, None]
        wait = self._early[other][None] - self._late[one][:, None] - seconds
        late = self._early[one][:, None] + seconds - self._late[other][None]
        price = self._metres[cells] * self._per_metre + self._travel[cells] * self._per_second
        rate = self._per_second or self._per_metre
        price += np.clip(wait, 0, None) * WAITING * rate
        return np.where(late > 0, NEVER + price, price)
