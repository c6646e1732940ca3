"""Plays a day: from step to step, at a pace or as it was, only faster."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from console.tongues import tr

PACES = (
    (tr("1 step a second"), 1.0, 0.0),
    (tr("5 steps a second"), 5.0, 0.0),
    (tr("20 steps a second"), 20.0, 0.0),
    (tr("60 times as fast"), 0.0, 60.0),
    (tr("600 times as fast"), 0.0, 600.0),
)
"""Words; steps a second; or how many times as fast as it was."""
LONGEST_MS, SHORTEST_MS = 2_000, 20
"""Nobody waits longer for the next step, however long nobody did anything."""


class Player(QObject):
    """``moved(version)`` at each step, ``stopped`` at the end or when it is asked to."""

    moved = Signal(int)
    stopped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._times: Sequence[datetime] = ()
        self._version = 0
        self.pace = 1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.step)

    @property
    def is_playing(self) -> bool:
        """True between play and stop."""
        return self._timer.isActive()

    def load(self, times: Sequence[datetime]) -> None:
        """The moments of all steps, from version 1 on."""
        self._times = times

    def play(self, version: int) -> None:
        """From a version on; from the last one from the beginning."""
        self._version = version if version < len(self._times) else 0
        self._wait()

    def stop(self) -> None:
        """Stay where it is."""
        if self._timer.isActive():
            self._timer.stop()
            self.stopped.emit()

    def step(self) -> None:
        """Go on by one."""
        self._timer.stop()
        self._version += 1
        self.moved.emit(self._version)
        if self._version >= len(self._times):
            self.stopped.emit()
        else:
            self._wait()

    def wait_ms(self, version: int) -> int:
        """How long the step after this one is waited for."""
        _, steps, times = PACES[self.pace]
        if steps:
            return round(1000 / steps)
        if version == 0:
            return SHORTEST_MS
        gap = (self._times[version] - self._times[version - 1]).total_seconds()
        return max(SHORTEST_MS, min(LONGEST_MS, round(1000 * gap / times)))

    def _wait(self) -> None:
        if self._version < len(self._times):
            self._timer.start(self.wait_ms(self._version))
