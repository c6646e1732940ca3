"""Rounds judged exactly, whatever the day is like: the kernel's judge as Python sees it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from console.planning.kernel import door, judge, work
from console.planning.kernel.tables import Tables, tables_of
from console.planning.problem import Problem

NO_LEG = -1
_FOUND = {
    name: getattr(work, name)
    for name in (
        *("START", "END", "WAY", "AT_WHEEL", "LATENESS", "SOFTNESS", "IS_UNPAUSED", "STRETCH"),
        *("UNPAIRED", "BROKEN_PROMISES", "INNER", "CUTS"),
    )
}


@dataclass(frozen=True, slots=True)
class Round:
    """What a crew's order of demands comes to; ``cost`` in ``MONEY`` parts.

    ``start`` and ``end`` are epoch seconds, ``leg`` the leg that holds the break or ``NO_LEG``,
    ``promises`` the number of those that are broken.
    """

    cost: int
    start: int
    end: int
    metres: int
    leg: int = NO_LEG
    promises: int = 0


class Judge:
    """Judges rounds of one problem, rich or not. Not thread-safe: it has one room to work in."""

    def __init__(self, problem: Problem, tables: Tables | None = None) -> None:
        self.problem = problem
        self.tables = tables or tables_of(problem)
        self._work = work.work_of(self.tables)
        crews, demands = self.tables.allowed.shape[::-1]
        self._order = np.zeros((crews, demands + 1), np.int32)
        self._room = door.Room(self.tables, self._work, self._order)
        starts = (crew.duty.leave for crew in problem.crews)
        self._origin = min(starts, default=0)

    def round(self, crew: int, order: Sequence[int]) -> Round | None:
        """The round, None where it breaks a rule; who may serve what is not asked."""
        price = self.price(crew, order)
        if price == judge.BROKEN:
            return None
        found = self._work.found
        extra = int(self.tables.extra[list(order), crew].sum()) if order else 0
        return Round(
            price + extra,
            int(found[work.START]) + self._origin,
            int(found[work.END]) + self._origin,
            int(found[work.WAY]),
            int(found[work.LEG]),
            int(found[work.BROKEN_PROMISES]),
        )

    def found(self, crew: int, order: Sequence[int]) -> dict[str, int]:
        """What it comes to, broken or not, by the names of ``kernel.work``; seconds are epoch."""
        self.price(crew, order)
        found = {name: int(self._work.found[at]) for name, at in _FOUND.items()}
        for name in ("START", "END"):
            found[name] += self._origin
        return found

    def price(self, crew: int, order: Sequence[int]) -> int:
        """The price without ``Demand.prices``; ``BROKEN`` where a rule is broken."""
        self._order[crew, : len(order)] = order
        return int(door.ask(self._room.door, crew, len(order)))
