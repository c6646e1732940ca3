"""A search under way as its owner sees it: progress, stop, outcome."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing import Pipe
from typing import TYPE_CHECKING

from console.domain.commands.trouble import NO_TROUBLE, Trouble
from console.domain.objective import COST, Objective
from console.domain.plan import RouteId

if TYPE_CHECKING:
    from console.planning.solution import Solution  # loads NumPy, which windows start without


@dataclass(frozen=True, slots=True)
class Progress:
    """The best plan so far. ``seconds`` since the search began, ``cost`` in currency."""

    seconds: float
    cost: float
    served: int
    orders: int
    engine: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to; ``failures`` are sentences about engines that broke down."""

    solution: "Solution"
    progress: tuple[Progress, ...] = ()
    failures: tuple[str, ...] = ()


OnProgress = Callable[[Progress], None]
"""Called from the run's own thread; must not block it."""


class Scope(StrEnum):
    """What a search may change."""

    ALL = "all"
    ORDER = "order"  # only the order within each route
    FILL = "fill"  # only what is unassigned is put in, in between


@dataclass(frozen=True, slots=True)
class ChangeBudget:
    """How much of the present plan may change; None is as much as pays.

    ``drivers`` caps the stops that change driver, ``promises`` those where service begins more than
    ``minutes`` sooner or later. ``driver_price`` and ``promise_price`` (currency) count for each.
    """

    drivers: int | None = None
    promises: int | None = None
    minutes: int = 15
    driver_price: float = 0.0
    promise_price: float = 0.0

    @property
    def is_set(self) -> bool:
        """True where some change has a price or a limit."""
        is_capped = self.drivers is not None or self.promises is not None
        return is_capped or self.driver_price > 0 or self.promise_price > 0


@dataclass(frozen=True, slots=True)
class Terms:
    """How to solve: seconds of search, seed, and one engine instead of the relay of all.

    ``work`` instead of time ends the search after so many rounds in lock-step: the same plan again.
    ``routes`` limits it to these routes and what is unassigned; () is all. ``amends`` lets it
    change what lies ahead on routes that are in their drivers' hands. Drivers in ``off`` drop out;
    ``trouble`` is what befell the day besides.
    """

    seconds: float
    seed: int = 0
    engine: str = ""
    work: int = 0
    objective: Objective = COST
    scope: Scope = Scope.ALL
    routes: tuple[RouteId, ...] = ()
    budget: ChangeBudget = ChangeBudget()
    amends: bool = False
    off: tuple[RouteId, ...] = ()
    trouble: Trouble = NO_TROUBLE

    @property
    def answers(self) -> bool:
        """True where something happened that has to be answered: the same is not asked without."""
        return bool(self.off) or self.trouble != NO_TROUBLE

    @property
    def is_careful(self) -> bool:
        """True where the present plan is not to be changed just anyhow."""
        return self.scope is not Scope.ALL or self.budget.is_set


class Run:
    """A search that is under way. ``future`` holds its ``Outcome`` or a ConsoleError."""

    def __init__(self, terms: Terms, on_progress: OnProgress | None = None) -> None:
        self.terms = terms
        self.on_progress = on_progress
        self.future: Future[Outcome] = Future()
        self.wake, self._waker = Pipe(duplex=False)
        self._lock = threading.Lock()
        self._stopped = False

    def stop(self) -> None:
        """End the search and keep the best so far; returns at once, ``future`` follows."""
        with self._lock:
            if not self._stopped:
                self._stopped = True
                self._waker.close()  # the conductor's end wakes up

    @property
    def is_stopped(self) -> bool:
        """True after ``stop``, and once it is over."""
        return self._stopped

    def result(self, timeout: float | None = None) -> Outcome:
        """Wait for the outcome."""
        return self.future.result(timeout)

    def close(self) -> None:
        """Give the pipe back; the run's thread calls it last."""
        self.stop()
        self.wake.close()
