"""A real window, offscreen, on a store of its own; coroutines run on its loop."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from console.bootstrap import Console, open_console
from console.dispatch.lanes import ThreadLanes
from console.settings import Settings
from console.ui.start import Desktop, Options
from console.ui.theme.theme import Choice
from tests.journeys.town import Town

DAY = date(2026, 11, 24)


class Yesterday:
    """A clock that stands still on the day before the one that is planned."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 15, tzinfo=UTC)


@dataclass
class Journey:
    """One console from opening to closing."""

    desktop: Desktop
    console: Console
    run: Callable[[Coroutine[object, object, object]], object]

    def do(self, name: str) -> None:
        """Trigger an action and wait for what follows from it."""
        self.desktop.trigger(name)
        self.settle()

    def settle(self) -> None:
        self.run(self.desktop.conductor.settled())

    @property
    def plan(self):
        return self.desktop.station.picture.plan

    def until(self, holds: Callable[[], bool], seconds: float = 20.0) -> None:
        """Let the window go on until it is so."""
        for _ in range(int(seconds / 0.05)):
            if holds():
                return
            turning = QEventLoop()
            QTimer.singleShot(50, turning.quit)
            turning.exec()
        raise AssertionError("it never came true")

    def counts(self) -> dict[str, int]:
        """What the page really shows."""
        told: list[dict[str, int]] = []
        self.desktop.panes.map_view.counts(told.append)
        self.until(lambda: bool(told))
        return told[0]


class Runner:
    """Runs coroutines on Qt's own loop without ending the application between them.

    Leaving ``QApplication.exec`` announces the end to the web engine, which takes it at its word.
    """

    def __init__(self, app: QApplication) -> None:
        self.loop = qasync.QEventLoop(app, already_running=True)
        asyncio.set_event_loop(self.loop)

    def __call__(self, work: Coroutine[object, object, object]) -> object:
        turning = QEventLoop()
        task = self.loop.create_task(work)
        task.add_done_callback(lambda _task: turning.quit())
        if not task.done():
            turning.exec()
        return task.result()


@pytest.fixture(scope="session")
def run(qapp: QApplication) -> Runner:
    return Runner(qapp)


@pytest.fixture
def open_window(run: Runner, town: Town, tmp_path: Path) -> Iterator[Callable[..., Journey]]:
    opened: list[tuple[Journey, ThreadLanes]] = []

    def opener(store: Path | None = None, seconds: float = 1.5) -> Journey:
        lanes = ThreadLanes()
        config = Settings(town.home, "Ada", 2)
        console = open_console(config, lanes, store=store or tmp_path / "store")
        services = replace(console.services, clock=Yesterday())
        options = Options(
            tmp_path / "cache", Choice.LIGHT, size=(1280, 800), service_day=DAY, seconds=seconds
        )

        async def made() -> Desktop:
            desktop = Desktop(services, options)
            await desktop.open()
            return desktop

        journey = Journey(run(made()), replace(console, services=services), run)
        opened.append((journey, lanes))
        return journey

    yield opener
    for journey, lanes in opened:
        close(journey)
        lanes.close()
    run(asyncio.sleep(0.05))


def close(journey: Journey) -> None:
    """Close the window as a person would, then the store."""
    if not journey.desktop.closed.done():
        journey.desktop.window.close()
        journey.run(_closed(journey))
        journey.console.close()


async def _closed(journey: Journey) -> None:
    await asyncio.wait_for(journey.desktop.closed, 30)
