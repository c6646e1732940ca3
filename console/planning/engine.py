"""The contract of every engine."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from console.planning.problem import Order, Problem, Routes

CrewOrder = tuple[int, Order]
"""A crew and what it would do: one piece of a plan."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How long an engine may search.

    ``deadline`` is a moment of ``time.monotonic``; ``stopped`` turns true when the dispatcher
    wants no more. ``seed`` makes a search repeatable as far as time does not decide. With ``work``,
    so many of the engine's own steps count instead of time, and the same plan comes again.
    """

    deadline: float
    stopped: Callable[[], bool] = field(default=lambda: False)
    seed: int = 0
    work: int = 0

    @property
    def is_over(self) -> bool:
        """True when the search has to end, steps apart."""
        return self.stopped() or (not self.work and time.monotonic() >= self.deadline)

    @property
    def seconds(self) -> float:
        """What is left."""
        return max(0.0, self.deadline - time.monotonic())


class Pace:
    """How far a search is: by time, or by its steps where the budget counts those."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._span = max(budget.seconds, 1e-9)
        self._done = 0
        self.counts = budget.work > 0

    def count(self, steps: int = 1) -> None:
        """So many steps were made."""
        self._done += steps

    @property
    def share(self) -> float:
        """The share of the budget that is spent."""
        if self.counts:
            return min(1.0, self._done / self._budget.work)
        return 1 - self._budget.seconds / self._span

    @property
    def is_over(self) -> bool:
        """True when the search has to end."""
        return self._budget.is_over or (self.counts and self._done >= self._budget.work)


class Exchange:
    """What an engine says and hears while it searches; this one keeps silent."""

    def better(self, routes: Routes) -> None:
        """Here is a better plan; it keeps every rule."""

    def offer(self, rounds: Sequence[CrewOrder]) -> None:
        """Here are good rounds, for others to combine."""

    def news(self) -> Routes | None:
        """A plan that somebody else found, once."""
        return None

    def pool(self) -> Sequence[CrewOrder]:
        """The rounds that all engines have offered so far."""
        return ()


class Engine(Protocol):
    """Searches for better routes.

    ``solve`` answers routes that keep every rule and are never worse than ``start``; it ends
    soon after the budget does, and tells what it finds on the way. It changes nothing else.
    """

    name: str

    def solve(self, problem: Problem, start: Routes, budget: Budget, exchange: Exchange) -> Routes:
        """The best routes found."""
        ...
