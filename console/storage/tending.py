"""The store looked after by a process of its own, so that no window waits for it."""

import subprocess
from collections.abc import Mapping, Sequence
from threading import Lock


class Tending:
    """Runs ``doorstep db tend``; one at a time, ended with the console."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command, self._environment = list(command), dict(environment)
        self._lock = Lock()
        self._running: subprocess.Popen[str] | None = None
        self._is_closed = False

    def __call__(self) -> str:
        """What is wrong with the store, in words; empty when nothing. Blocks; any thread."""
        with self._lock:
            if self._is_closed:
                return ""
            self._running = subprocess.Popen(
                self._command,
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        told, _ = self._running.communicate()
        return "" if self._running.returncode == 0 or self._is_closed else told.strip()

    def close(self) -> None:
        """End it: what it had not finished is done the next time."""
        with self._lock:
            self._is_closed = True
            if self._running is not None and self._running.poll() is None:
                self._running.kill()
