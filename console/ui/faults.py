"""The one place where the unexpected ends: a dialog with a report that can be copied."""

import asyncio
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from console.dispatch import logs

Tell = Callable[[str, str], None]

log = logging.getLogger("console")


class Faults(QObject):
    """Collects errors nobody expected, from any thread, and tells the window of each kind once."""

    found = Signal(str, str)

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._seen: set[str] = set()
        self.found.connect(tell)

    def install(self, loop: asyncio.AbstractEventLoop) -> None:
        """Listen to the interpreter, its threads and the loop."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook
        loop.set_exception_handler(self._loop_hook)

    def report(self, error: BaseException) -> None:
        """Log an error and show it, once per place where it happened."""
        log.error("unexpected", exc_info=error)
        frames = traceback.extract_tb(error.__traceback__)
        place = (
            f"{type(error).__name__} {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        )
        if place not in self._seen:
            self._seen.add(place)
            self.found.emit(f"{type(error).__name__}: {error}", logs.report(error))

    def _hook(
        self,
        _kind: type[BaseException],
        error: BaseException,
        _trace: TracebackType | None,
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(KeyboardInterrupt, error, _trace)
            return
        self.report(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)

    def _loop_hook(self, _loop: object, context: dict[str, object]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.report(error)
        else:
            log.error("the loop is not well: %s", context.get("message"))
