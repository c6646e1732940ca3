"""Cyclic garbage that holds widgets dies on the window's thread, whatever other threads do."""

import gc
import threading

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from console.ui import sweeping
from console.ui.sweeping import ROUNDS, YOUNG, Sweeper, SweepTimer


class Told(QPushButton):
    """Notes in which thread it dies."""

    threads: list[int] = []

    def __del__(self) -> None:
        self.threads.append(threading.get_ident())


def leave() -> None:
    """A widget that only a cycle holds."""
    told = Told()
    told.itself = told


def garbage(count: int) -> list[list[object]]:
    return [[] for _ in range(count)]


@pytest.fixture
def sweeper(qapp: QApplication):
    gc.collect()
    gc.freeze()  # what other tests left is not to be counted here
    yield Sweeper()
    gc.unfreeze()


def test_other_threads_leave_it_alone(sweeper: Sweeper) -> None:
    Told.threads = []
    leave()
    worker = threading.Thread(target=lambda: [garbage(YOUNG) for _ in range(50)])
    worker.start()
    worker.join()
    assert Told.threads == []
    kept = garbage(YOUNG + 1)
    assert sweeper.sweep() is not None
    assert Told.threads == [threading.get_ident()]
    del kept


def test_little_is_left_for_later(sweeper: Sweeper) -> None:
    gc.collect()
    assert sweeper.sweep() is None


def test_older_ones_are_looked_through_more_rarely(sweeper: Sweeper) -> None:
    found, kept = [], []
    for _ in range((ROUNDS + 2) ** 2):
        kept.append(garbage(YOUNG + 1))
        found.append(sweeper.sweep())
    assert found.count(0) > found.count(1) > found.count(2) >= 1


def test_the_application_does_it_by_itself(
    qapp: QApplication, sweeper: Sweeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "EVERY_MS", 1)
    Told.threads = []
    timer = SweepTimer(qapp)
    leave()
    kept = garbage(2 * YOUNG)
    turning = QEventLoop()
    timer.timeout.connect(turning.quit)
    QTimer.singleShot(5000, turning, turning.quit)
    turning.exec()
    assert Told.threads
    timer.stop()
    timer.deleteLater()
    del kept
