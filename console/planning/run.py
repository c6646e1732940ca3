"""A search under way as its owner sees it: progress, stop, outcome."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing import Pipe
from typing import TYPE_CHECKING

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


@dataclass(frozen=True, slots=True)
class Terms:
    """How to solve: seconds of search, seed, and one engine instead of the relay of all."""

    seconds: float
    seed: int = 0
    engine: str = ""


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
