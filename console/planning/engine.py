"""The contract of every engine."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from console.planning.problem import Problem, Routes

Report = Callable[[Routes], None]
"""Told every better plan; routes keep every rule."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How long an engine may search.

    ``deadline`` is a moment of ``time.monotonic``; ``stopped`` turns true when the dispatcher
    wants no more. ``seed`` makes a search repeatable as far as time does not decide.
    """

    deadline: float
    stopped: Callable[[], bool] = field(default=lambda: False)
    seed: int = 0


class Engine(Protocol):
    """Searches for better routes.

    ``solve`` answers routes that keep every rule and are never worse than ``start``; it ends
    soon after the budget does, and reports on the way. It changes nothing outside itself.
    """

    name: str

    def solve(self, problem: Problem, start: Routes, budget: Budget, report: Report) -> Routes:
        """The best routes found."""
        ...
