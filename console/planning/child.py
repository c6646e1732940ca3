"""The solving child: works off what the console sends, and goes when the console is gone.

Its main thread searches, a second one reads the pipe, so that a plan from elsewhere or a halt
arrives in the middle of a search. The pipe's end means that the console is gone: it exits at once.
"""

import contextlib
import os
import pickle
import queue
import signal
import sys
import threading
import time
from collections.abc import Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from typing import cast

from console.planning.engine import Budget, CrewOrder, Engine, Exchange
from console.planning.messages import Better, Done, Halt, Message, Offer, Ready, Take, Work
from console.planning.problem import Problem, Routes

ENGINES = {
    "insertion": ("console.planning.ruin", "Insertion"),
    "ruin": ("console.planning.ruin", "RuinAndRecreate"),
    "recombination": ("console.planning.recombine", "Recombination"),
    "ortools": ("console.planning.ortools_search", "OrtoolsSearch"),
    "strings": ("console.planning.strings", "Strings"),
    "squeeze": ("console.planning.strings", "Squeeze"),
    "parts": ("console.planning.parts", "Parts"),
    "pyvrp": ("console.planning.pyvrp_search", "PyvrpSearch"),
}
MEMORY = 2 << 30  # bytes of its own that a child may have; what would need more fails in it alone
GAP = 0.1  # seconds between two better plans told, at least


def main(pipe: Connection, prepare: Sequence[str] = (), niceness: int = 0) -> None:
    """Serve until the pipe ends; ``prepare`` names modules whose ``load_search`` comes first.

    With ``niceness`` the window comes first where both want the same core.
    """
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the console's to handle
    _bound_memory()
    for name in prepare:
        import_module(name).load_search()
    service = _Service(pipe)
    threading.Thread(target=service.listen, daemon=True).start()
    with contextlib.suppress(BrokenPipeError):  # the console is gone, or has no use for us
        pipe.send(Ready(os.getpid()))
        service.work()


def _bound_memory() -> None:
    """Where the system can: elsewhere memory is bounded by what problems need."""
    if sys.platform != "linux":
        return
    import resource  # there is none on Windows

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    bound = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, most))


def engine_of(name: str) -> Engine:
    """The engine of a name; imports its solver."""
    module, attribute = ENGINES[name]
    return cast("Engine", getattr(import_module(module), attribute)())


class _Service:
    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._jobs: queue.SimpleQueue[Work] = queue.SimpleQueue()
        self._problem: Problem | None = None
        self._news: Routes | None = None
        self._halted = 0  # the last run that was halted

    def listen(self) -> None:
        """Read the pipe until it ends."""
        while True:
            try:
                self._hear(self._pipe.recv())
            except (EOFError, OSError):
                os._exit(0)

    def _hear(self, message: Message) -> None:
        match message:
            case Take(problem=None, routes=routes):
                self._news = routes
            case Take(problem=problem):
                self._problem = problem
            case Work():
                self._news = None
                self._jobs.put(message)
            case Halt(run=run):
                self._halted = run
            case _:
                pass

    def work(self) -> None:
        """Work off one job after the other."""
        while True:
            job = self._jobs.get()
            self._pipe.send(self._done(job))

    def _done(self, job: Work) -> Done:
        problem = self._problem
        if problem is None:
            return Done(job.run, job.engine, job.start, "no problem was sent")
        end = time.monotonic() + job.seconds
        budget = Budget(end, lambda: self._halted >= job.run, job.seed, job.work)
        try:
            engine = engine_of(job.engine)
            routes = engine.solve(problem, job.start, budget, _Post(self, self._pipe, job))
        except Exception as failure:  # noqa: BLE001
            return Done(job.run, job.engine, job.start, f"{type(failure).__name__}: {failure}")
        return Done(job.run, job.engine, routes)

    def take_news(self) -> Routes | None:
        """The latest plan from elsewhere, once."""
        news, self._news = self._news, None
        return news


class _Post(Exchange):
    """Sends what an engine finds; better plans not more often than every ``GAP`` seconds."""

    def __init__(self, service: _Service, pipe: Connection, job: Work) -> None:
        self._service = service
        self._pipe = pipe
        self._job = job
        self._last = 0.0
        self._untold: Routes = ()

    def better(self, routes: Routes) -> None:
        """Tell, now or when the last plan was told long enough ago."""
        self._untold = routes
        self._tell()

    def _tell(self) -> None:
        now = time.monotonic()
        if self._untold and now - self._last >= GAP:
            self._pipe.send(Better(self._job.run, self._job.engine, self._untold))
            self._last, self._untold = now, ()

    def offer(self, rounds: Sequence[CrewOrder]) -> None:
        """Send rounds to the pool."""
        self._pipe.send(Offer(self._job.run, pickle.dumps(tuple(rounds))))

    def news(self) -> Routes | None:
        """A plan from elsewhere, once; asked often, so what is untold is told here too."""
        self._tell()
        return self._service.take_news()

    def pool(self) -> Sequence[CrewOrder]:
        """The pool as it was when the work was given."""
        found: list[CrewOrder] = []
        for packed in self._job.pool:
            found += pickle.loads(packed)  # noqa: S301 - our own children packed it
        return found
