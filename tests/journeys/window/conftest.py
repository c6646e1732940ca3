"""A real window, offscreen, on a store of its own; coroutines run on its loop."""

import asyncio
import shutil
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from console.bootstrap import Console, open_console
from console.dispatch.fleetwork import import_fleet
from console.dispatch.lanes import ThreadLanes
from console.dispatch.orderwork import locate_day, read_file, take_in
from console.dispatch.ports import Clock
from console.dispatch.training.rooms import Rooms
from console.settings import Settings
from console.ui.notices import Notice
from console.ui.start import Desktop, Options
from console.ui.theme.theme import Choice
from tests.journeys.town import Town

DAY = date(2026, 11, 24)
GOES = 3
LONGEST_MS = 180_000  # of one step; a dialog that nobody answers must not stop the whole suite


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
    told: list[Notice] = field(default_factory=list[Notice])
    unexpected: list[str] = field(default_factory=list[str])

    def do(self, name: str) -> None:
        """Trigger an action and wait for what follows from it."""
        self.desktop.trigger(name)
        self.settle()

    def settle(self) -> None:
        self.run(self.desktop.conductor.settled())

    def optimise(self) -> bool:
        """Search, and adopt what is proposed; False when nothing better was found."""
        before = self.plan.version
        self.search()
        if self.desktop.optimiser.proposal is not None:
            self.do("adopt_proposal")
        self.settle()
        return self.plan.version > before

    def search(self) -> None:
        """One search; a cold solver on a busy machine may need another go."""
        for _ in range(GOES):
            self.run(self.desktop.optimiser.search())
            self.settle()
            planned = any(route.stops for route in self.plan.routes.values())
            if planned or self.desktop.optimiser.proposal is not None:
                break

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

    def dialog[W: QWidget](self, kind: type[W]) -> W:
        """The dialog of this kind, once it is open."""
        found: list[W] = []

        def is_open() -> bool:
            found[:] = [w for w in self.desktop.window.findChildren(kind) if w.isVisible()]
            return bool(found)

        self.until(is_open)
        return found[-1]

    def notice(self, words: str) -> Notice:
        """The notice that holds these words, once it is told."""
        self.until(lambda: any(words in notice.text for notice in self.told))
        return next(notice for notice in reversed(self.told) if words in notice.text)

    def pick(self, *stops: str) -> None:
        """Pick stops as a click in a view does."""
        self.desktop.selection.pick(stops, self.plan.stops[stops[0]].route)

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

    def __init__(self, loop: qasync.QEventLoop) -> None:
        self.loop = loop
        asyncio.set_event_loop(loop)
        asyncio.events._set_running_loop(loop)

    def __call__(self, work: Coroutine[object, object, object]) -> object:
        turning = QEventLoop()
        task = self.loop.create_task(work)
        task.add_done_callback(lambda _task: turning.quit())
        QTimer.singleShot(LONGEST_MS, turning, turning.quit)
        if not task.done():
            turning.exec()
        assert task.done(), f"{task.get_coro()} waits for something that never comes"
        return task.result()

    def rest(self) -> None:
        """Let others have loops of their own."""
        asyncio.events._set_running_loop(None)
        asyncio.set_event_loop(None)


@pytest.fixture(scope="session")
def _loop(qapp: QApplication) -> qasync.QEventLoop:
    """One for the whole session, for Qt may call it as long as it lives."""
    return qasync.QEventLoop(qapp, already_running=True)


@pytest.fixture(scope="module")
def run(_loop: qasync.QEventLoop) -> Iterator[Runner]:
    runner = Runner(_loop)
    yield runner
    runner.rest()


@pytest.fixture
def open_window(run: Runner, town: Town, tmp_path: Path) -> Iterator[Callable[..., Journey]]:
    opened: list[tuple[Journey, ThreadLanes]] = []

    def opener(
        store: Path | None = None,
        seconds: float = 1.5,
        *,
        clock: Clock | None = None,
        home: Path | None = None,
        tour: bool = False,
        locale: str = "C",
        rooms: Rooms | None = None,
    ) -> Journey:
        lanes = ThreadLanes()
        config = Settings(home or town.home, "Ada", 2)
        console = open_console(config, lanes, store=store or tmp_path / "store")
        services = replace(console.services, clock=clock or Yesterday())
        options = Options(
            tmp_path / "cache",
            Choice.LIGHT,
            size=(1280, 800),
            service_day=DAY,
            seconds=seconds,
            tour=tour,
            locale=locale,
            rooms=rooms,
        )

        async def made() -> Desktop:
            desktop = Desktop(services, options)
            await desktop.open()
            return desktop

        journey = Journey(run(made()), replace(console, services=services), run)
        journey.desktop.signals.noticed.connect(journey.told.append)
        run.loop.set_exception_handler(journey.desktop.faults._loop_hook)
        journey.desktop.faults.found.connect(lambda _short, whole: journey.unexpected.append(whole))
        opened.append((journey, lanes))
        return journey

    yield opener
    for journey, lanes in opened:
        close(journey)
        lanes.close()
    run(asyncio.sleep(0.05))
    for journey, _ in opened:
        assert not journey.unexpected, journey.unexpected[0]


async def load(desktop: Desktop, home: Path) -> None:
    """The town's streets, fleet and orders, located, as the window's deeds bring them in."""
    station = desktop.station
    await station.use_region(station.services.regions.find("town"))
    desktop.cartographer.show_region()
    await import_fleet(station, home / "fleet.csv")
    await take_in(station, await read_file(station, home / "orders.csv"))
    await locate_day(station)


@pytest.fixture
def morning(open_window: Callable[..., Journey], town: Town) -> Journey:
    """Orders and fleet are in, nothing is planned."""
    journey = open_window()
    journey.run(load(journey.desktop, town.home))
    journey.settle()
    return journey


@pytest.fixture(scope="session")
def planned_stores() -> dict[str, Path]:
    """Where the store of a planned day is kept once the first test has made one."""
    return {}


@pytest.fixture
def planned_store(
    planned_stores: dict[str, Path],
    open_window: Callable[..., Journey],
    town: Town,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A store of one's own in which the day is planned."""
    if "planned" not in planned_stores:
        kept = tmp_path_factory.mktemp("planned") / "store"
        journey = open_window(kept)
        journey.run(load(journey.desktop, town.home))
        assert journey.optimise()
        close(journey)
        planned_stores["planned"] = kept
    mine = tmp_path_factory.mktemp("mine") / "store"
    shutil.copytree(planned_stores["planned"], mine)
    return mine


@pytest.fixture
def planned(open_window: Callable[..., Journey], planned_store: Path) -> Journey:
    """A window on a day that was planned and reopened."""
    journey = open_window(planned_store)
    journey.settle()
    return journey


def close(journey: Journey) -> None:
    """Close the window as a person would, then the store."""
    if not journey.desktop.closed.done():
        journey.desktop.window.close()
        journey.run(_closed(journey))
        journey.console.close()
        journey.desktop.window.deleteLater()  # each one keeps a web engine's process alive


async def _closed(journey: Journey) -> None:
    await asyncio.wait_for(journey.desktop.closed, 30)
