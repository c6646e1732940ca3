"""The optimiser as the console uses it: a thread that supervises solving children.

A child that crashes or hangs costs its search, never the plan: the best found so far stays, and
the run goes on with the other children and with a new one in its place.
"""

import os
import threading

from console.planning.conductor import Conductor
from console.planning.problem import Problem
from console.planning.processes import Child
from console.planning.run import OnProgress, Run, Terms


class Optimiser:
    """Solves problems in child processes that stay warm between runs; one run at a time."""

    def __init__(self, cores: int | None = None, *, niceness: int = 0) -> None:
        self.niceness = niceness
        self.cores = max(1, cores or os.cpu_count() or 1)
        self.children: list[Child] = []
        self._runs = 0
        self._busy = threading.Lock()

    def warm(self) -> None:
        """Start the children now, so that the first run need not wait for them."""
        with self._busy:
            self._fill()

    def solve(self, problem: Problem, terms: Terms, on_progress: OnProgress | None = None) -> Run:
        """Begin to search; the answer is in the run's ``future``, improvements in the callback.

        A run that is still under way is waited for.
        """
        run = Run(terms, on_progress)
        threading.Thread(
            target=self._work, args=(problem, run), name="doorstep-optimiser", daemon=True
        ).start()
        return run

    def close(self) -> None:
        """Let the children go; waits for a run that is under way."""
        with self._busy:
            for child in self.children:
                child.end(grace=1.0)
            self.children.clear()

    def _fill(self) -> None:
        alive = [child for child in self.children if child.is_alive]
        for child in self.children:
            if child not in alive:
                child.end()
        self.children = [
            *alive,
            *(Child(niceness=self.niceness) for _ in range(self.cores - len(alive))),
        ]

    def _work(self, problem: Problem, run: Run) -> None:
        run.future.set_running_or_notify_cancel()
        with self._busy:
            self._runs += 1
            try:
                self._fill()
                conductor = Conductor(problem, run, self.children, self._runs)
                run.future.set_result(conductor.conduct())
                conductor.clear_up()
            except BaseException as failure:  # noqa: BLE001 - the waiting thread has to hear of it
                if not run.future.done():
                    run.future.set_exception(failure)
            finally:
                run.close()
