"""Python's search for cyclic garbage, on the window's thread only.

By itself it runs in whichever thread allocates next. A widget that only a cycle still holds would
be destroyed there, and Qt's may not be touched by another thread: the window hangs or crashes.
"""

import gc

from PySide6.QtCore import QCoreApplication, QTimer

EVERY_MS = 500
YOUNG = 2_000
"""New containers from which on the youngest are looked through."""
ROUNDS = 10
"""How often one generation is looked through before the next is, as Python does."""
GROWN = 1.25
"""The oldest are looked through when they have become this many times more, as Python does."""


class Sweeper:
    """Looks through what a generation holds when it is due; call it on the window's thread."""

    def __init__(self) -> None:
        gc.disable()
        self._old = 0

    def sweep(self) -> int | None:
        """The generation that was looked through; None when none is due."""
        youngest, middle, oldest = gc.get_count()
        if youngest < YOUNG:
            return None
        generation = 0
        if middle >= ROUNDS:
            generation = 1
            if oldest >= ROUNDS and len(gc.get_objects(generation=2)) >= GROWN * self._old:
                generation = 2
        gc.collect(generation)
        if generation == 2:
            self._old = len(gc.get_objects(generation=2))
        return generation

    def end(self) -> None:
        """Everything once more, then leave it to Python."""
        gc.collect()
        gc.enable()


class SweepTimer(QTimer):
    """As long as the application lives."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._sweeper = Sweeper()
        self.setInterval(EVERY_MS)
        self.timeout.connect(self._sweeper.sweep)
        self.start()
