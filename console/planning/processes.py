"""One solving child as its parent sees it: started, spoken to, killed."""

import contextlib
import multiprocessing
import queue
import threading

from console.planning.child import main
from console.planning.kernel.store import is_compiled
from console.planning.messages import Message

SAMPLE = "console.planning.kernel.sample"  # loads machine code before the child is ready
_SPAWN = multiprocessing.get_context("spawn")  # a fork would copy Qt's and SQL's threads


class Child:
    """A process that solves.

    Sending never blocks: a thread of its own does it, so that a child which hangs holds up
    nobody. ``pid`` is for tests and for the report of a crash.
    """

    def __init__(self, niceness: int = 0) -> None:
        prepare = (SAMPLE,) if is_compiled() else ()
        self.niceness = niceness
        self.pipe, far_end = _SPAWN.Pipe()
        self._process = _SPAWN.Process(
            target=main, args=(far_end, prepare, niceness), name="doorstep-solver", daemon=True
        )
        self._process.start()
        far_end.close()  # or the pipe would not end when the child dies
        self.is_ready = False
        self._outbox: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._sender = threading.Thread(target=self._post, daemon=True)
        self._sender.start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid or 0

    @property
    def is_alive(self) -> bool:
        """True while the process runs and was not ended."""
        return self._process.is_alive()

    def send(self, message: Message) -> None:
        """Send, soon."""
        self._outbox.put(message)

    def receive(self) -> Message | None:
        """The next message; None when the child is gone."""
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            return None

    def end(self, grace: float = 0.0) -> None:
        """Close the pipe, which a sound child takes as good-bye; kill it after ``grace``."""
        self._outbox.put(None)
        self._process.join(grace)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._sender.join()
        self._process.close()

    def _post(self) -> None:
        """Send one message after the other; only this thread closes the pipe."""
        with contextlib.suppress(OSError, ValueError):
            while (message := self._outbox.get()) is not None:
                self.pipe.send(message)
            self.pipe.close()
