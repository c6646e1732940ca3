"""Eight hours at the desk, act by act as fast as they go, and what they do to memory."""

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint

from console.ui.start import Desktop
from console.ui.window import BOARD, EXCEPTIONS, ORDERS, PLAN
from tests.benchmarks.window.measure import paint
from tests.ui.dragging import Drag

ACTS_AN_HOUR = 360
"""An act each ten seconds: a pick, a drag, an undo, a look elsewhere."""
SEARCHES_AN_HOUR = 2
WARM = 0.25
"""Of all acts, at least an hour's: caches fill, the web engine takes its share."""
SAMPLED = 30
PATIENCE = 2.0
"""Seconds she waits for what follows from an act; explanations and lines come behind her."""
MOST = 0.05
WORDS = ("gade", "kg>20", "is:unassigned", "late>0", "")


@dataclass(frozen=True, slots=True)
class Sample:
    """Resident megabytes of the window, and of the map's own processes."""

    window: float
    page: float


def resident() -> Sample:
    """What is held now."""
    mine, children = Path("/proc/self/status"), Path("/proc/self/task")
    below = [pid for task in children.iterdir() for pid in _words(task / "children")]
    return Sample(_held(mine), sum(_tree(pid) for pid in below))


def _tree(pid: str) -> float:
    """A web engine's process with those below it; solvers come and go, and do not count."""
    task = Path("/proc") / pid
    try:
        if "QtWebEngine" not in (task / "cmdline").read_text():
            return 0.0
        below = [child for each in (task / "task").iterdir() for child in _words(each / "children")]
        return _held(task / "status") + sum(_tree(child) for child in below)
    except OSError:
        return 0.0


def _words(path: Path) -> list[str]:
    try:
        return path.read_text().split()
    except OSError:
        return []


def _held(status: Path) -> float:
    line = next(row for row in status.read_text().splitlines() if row.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


class Dispatcher:
    """Does what one does all day, by dice that always fall the same."""

    def __init__(self, desktop: Desktop, seed: int = 11) -> None:
        self.desktop = desktop
        self.dice = random.Random(seed)
        self.done: dict[str, int] = {}
        self._acts: list[tuple[str, int, Callable[[], Coroutine[object, object, None]]]] = [
            ("pick", 30, self.pick),
            ("pick several", 8, self.pick_several),
            ("drag and drop", 16, self.drag),
            ("drag and leave", 8, self.drag_away),
            ("undo", 10, self.undo),
            ("redo", 3, self.redo),
            ("another workspace", 10, self.turn),
            ("filter the table", 4, self.filter),
            ("scroll", 8, self.scroll),
            ("map moved", 3, self.move_map),
        ]

    async def act(self) -> None:
        """One, whatever the dice say."""
        weights = [weight for _, weight, _ in self._acts]
        name, _, deed = self.dice.choices(self._acts, weights)[0]
        self.done[name] = self.done.get(name, 0) + 1
        await deed()
        paint()
        await asyncio.sleep(0.01)

    @property
    def plan(self):
        return self.desktop.station.picture.plan

    def _stop(self):
        routes = [route for route in self.plan.routes.values() if route.stops]
        return self.dice.choice(self.dice.choice(routes).stops)

    async def pick(self) -> None:
        stop = self._stop()
        self.desktop.selection.pick([stop], self.plan.stops[stop].route)

    async def pick_several(self) -> None:
        self.desktop.selection.pick([self._stop() for _ in range(8)])

    async def drag(self) -> None:
        self._dragged().drop(self._spot())
        await self._wait()

    async def _wait(self) -> None:
        """For what is under way, as long as her patience lasts."""
        others = self.desktop.conductor._tasks - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=PATIENCE)

    async def drag_away(self) -> None:
        self._dragged().leave()

    def _dragged(self) -> Drag:
        """In over the view that is open, and some way on."""
        drag = Drag(self._view(), [self._stop()])
        drag.enter(self._spot())
        for _ in range(6):
            drag.move(self._spot())
            paint()
        return drag

    def _view(self):
        panes = self.desktop.panes
        return panes.board if self.desktop.window.pages.currentIndex() == BOARD else panes.timeline

    def _spot(self) -> QPoint:
        box = self._view().viewport().rect()
        return QPoint(
            self.dice.randint(box.width() // 4, box.width() - 40),
            self.dice.randint(60, max(61, box.height() - 20)),
        )

    async def undo(self) -> None:
        self.desktop.trigger("undo")
        await self._wait()

    async def redo(self) -> None:
        self.desktop.trigger("redo")
        await self._wait()

    async def turn(self) -> None:
        pages = (PLAN, PLAN, BOARD, EXCEPTIONS, ORDERS)
        self.desktop.window.show_page(self.dice.choice(pages))

    async def filter(self) -> None:
        table = self.desktop.panes.order_table
        table.filter.setText(self.dice.choice(WORDS))
        table.apply()

    async def scroll(self) -> None:
        bar = self._view().verticalScrollBar()
        bar.setValue(self.dice.randint(0, max(1, bar.maximum())))

    async def move_map(self) -> None:
        stop = self._stop()
        if stop in self.plan.stops:
            self.desktop.panes.map_view.centre_on(stop)
            await asyncio.sleep(0.2)
            self.desktop.panes.map_view.fit()

    async def optimise(self) -> None:
        """Search, look, adopt."""
        desktop = self.desktop
        await desktop.optimiser.search()
        await desktop.conductor.settled()
        await asyncio.sleep(0.2)
        if desktop.optimiser.proposal is not None:
            desktop.trigger("adopt_proposal")
            self.done["adopted"] = self.done.get("adopted", 0) + 1
        await desktop.conductor.settled()


async def hours(desktop: Desktop, options: argparse.Namespace) -> None:
    """Work so long, tell what is held on the way and by how much it grew after the warm-up."""
    await desktop.conductor.settled()
    dispatcher = Dispatcher(desktop)
    acts = round(options.hours * ACTS_AN_HOUR)
    warm = max(round(acts * WARM), min(acts // 2, ACTS_AN_HOUR))
    between = ACTS_AN_HOUR // SEARCHES_AN_HOUR
    samples: list[tuple[int, Sample]] = []
    begun = time.perf_counter()
    for act in range(1, acts + 1):
        await dispatcher.act()
        if act % between == between // 2:
            await dispatcher.optimise()
        if act % SAMPLED == 0:
            samples.append((act, resident()))
        if act % (ACTS_AN_HOUR // 4) == 0:
            now, spent = samples[-1][1], time.perf_counter() - begun
            held = f"{now.window:.0f} MB, map {now.page:.0f} MB, {spent:.0f} s"
            print(f"hour {act / ACTS_AN_HOUR:.2f}: {held}", flush=True)
    told = ", ".join(f"{name} {count}" for name, count in sorted(dispatcher.done.items()))
    print(f"{acts} acts ({told}), plan at version {dispatcher.plan.version}")
    held = [sample for act, sample in samples if act >= warm]
    middle = statistics.median
    _tell("window", middle(_of(held[:3], "window")), middle(_of(held[-3:], "window")))
    half = len(held) // 2  # the page's garbage waits until it is much: its lowest points count
    _tell("page", min(_of(held[:half], "page")), min(_of(held[half:], "page")))


def _of(samples: list[Sample], name: str) -> list[float]:
    return [getattr(sample, name) for sample in samples]


def _tell(name: str, first: float, last: float) -> None:
    grown = last / first - 1
    met = "met" if grown < MOST else "MISSED"
    print(f"{name}: {first:.1f} MB after the warm-up, {last:.1f} MB at the end: {grown:+.1%} {met}")
