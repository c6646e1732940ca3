"""Clocks: how long a thing takes on the wall, and what of that is the window's own computing."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from PySide6.QtCore import QCoreApplication, QEvent

RUNS = 41


def paint() -> None:
    """Paint what waits to be painted, no more: the views mark what changed."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)


@dataclass(slots=True)
class Timed:
    """Milliseconds of the clock and of computing, one pair a run."""

    name: str
    target: float
    walls: list[float] = field(default_factory=list[float])
    works: list[float] = field(default_factory=list[float])

    def take(self, call: Callable[[], object]) -> None:
        """One run more."""
        wall, work = time.perf_counter(), time.thread_time()
        call()
        self.walls.append((time.perf_counter() - wall) * 1000)
        self.works.append((time.thread_time() - work) * 1000)

    def tell(self) -> None:
        """Print the line."""
        walls, works = sorted(self.walls), sorted(self.works)
        p95 = walls[min(len(walls) - 1, int(len(walls) * 0.95))]
        shown = f"median {walls[len(walls) // 2]:7.1f}  p95 {p95:7.1f}  worst {walls[-1]:7.1f}"
        cpu = f"  computing {works[len(works) // 2]:7.1f}" if works else ""
        met = "met" if p95 < self.target else "MISSED"
        print(f"{self.name:44} {shown}{cpu}  target {self.target:g} {met}", flush=True)


def measured(name: str, target: float, call: Callable[[], object], runs: int = RUNS) -> None:
    """Time a call; the first run, which fills caches, does not count."""
    timed = Timed(name, target)
    call()
    for _ in range(runs):
        timed.take(call)
    timed.tell()


@contextmanager
def computing() -> Generator[None]:
    """A thread that computes meanwhile, as what would let a waiting stop in is looked for."""
    is_over = Event()

    def compute() -> None:
        while not is_over.is_set():
            sum(number * number for number in range(100))

    thread = Thread(target=compute)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
