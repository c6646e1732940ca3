"""Keeps a road engine's process: starts it when needed, restarts it after a crash, ends it."""

import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from console.domain.errors import ConsoleError
from console.tongues import tr

_START = 60.0  # seconds to load the road tiles
_GONE = (EOFError, OSError)


class EngineLink:
    """One engine process for one set of road tiles; calls from any thread wait in line."""

    def __init__(self, serve: Callable[..., None], *arguments: object) -> None:
        """Nothing is started yet; the process will run ``serve(pipe, *arguments)``."""
        self._serve = serve
        self._arguments = arguments
        self._lock = threading.Lock()
        self._child: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def ask(self, kind: str, *arguments: object, seconds: float = 60.0) -> Any:
        """Ask one question; a process that died is replaced and asked once more.

        ConsoleError when the engine refuses, dies twice or does not answer within ``seconds``.
        """
        with self._lock:
            for _ in range(2):
                try:
                    return self._ask((kind, *arguments), seconds)
                except _GONE:
                    self._end()
            raise ConsoleError(
                tr("The road engine crashed twice on the same question."),
                remedy=tr("Try again; if it happens again, add the region's extract again."),
            )

    def close(self) -> None:
        """End the process; the next question starts a new one."""
        with self._lock:
            self._end()

    def rest(self) -> bool:
        """End the process unless it is being asked; True when none runs any more."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            self._end()
        finally:
            self._lock.release()
        return True

    @property
    def pid(self) -> int | None:
        """The process id of the engine, None while it is not running."""
        return self._child.pid if self._child else None

    def _ask(self, question: tuple[object, ...], seconds: float) -> Any:
        pipe = self._pipe or self._start()
        pipe.send(question)
        return self._receive(pipe, seconds)

    def _receive(self, pipe: Connection, seconds: float) -> Any:
        if not pipe.poll(seconds):
            self._end()
            raise ConsoleError(
                tr("The road engine did not answer within {seconds:.0f} seconds.", seconds=seconds),
                remedy=tr("Try again; with many more places than usual, plan them in parts."),
            )
        fine, answer = pipe.recv()
        if not fine:
            raise ConsoleError(
                tr("The road engine says: {answer}", answer=answer),
                remedy=tr("Check the places on the map; if they are right, add the region again."),
            )
        return answer

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._child = context.Process(
            target=self._serve, args=(theirs, *self._arguments), name="roads", daemon=True
        )
        self._child.start()
        theirs.close()  # so that the pipe breaks when the child dies, on either side
        self._pipe = ours
        try:
            self._receive(ours, _START)
        except ConsoleError:
            self._end()
            raise
        return ours

    def _end(self) -> None:
        if self._pipe:
            self._pipe.close()
        if self._child:
            self._child.kill()
            self._child.join()
            self._child.close()
        self._pipe = self._child = None
