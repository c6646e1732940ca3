"""How quickly board and timeline repaint: python tests/benchmarks/bench_board.py

Prints milliseconds: median, its share of processor time, and worst of several runs. Offscreen,
so without the cost of a compositor; one process, no pixel cache between runs. What a drop would
cost is computed before the clock runs: that is the hands' work, not the views'.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication

from console.domain.commands import MoveStops
from console.domain.plan import RouteId
from console.ui.board.view import BoardView
from console.ui.drag import Dragged, Place
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.theme import Choice, apply_theme
from console.ui.timeline.view import TimelineView
from tests.ui.day import build_day

RUNS = 15


def measured(name: str, target_ms: float, call: Callable[[], None], runs: int = RUNS) -> None:
    """Time a call and print its median and worst beside the target."""
    walls: list[float] = []
    works: list[float] = []
    for _ in range(runs):
        begun, worked = time.perf_counter(), time.thread_time()
        call()
        walls.append((time.perf_counter() - begun) * 1000)
        works.append((time.thread_time() - worked) * 1000)
    wall, work, worst = statistics.median(walls), statistics.median(works), max(walls)
    figures = f"median {wall:7.2f} ms  cpu {work:7.2f} ms  worst {worst:7.2f} ms"
    print(f"{name:48s} {figures}  target {target_ms:g} ms")


class Stage:
    """A day on screen: both views on one signal hub."""

    def __init__(self, routes: int, stops: int) -> None:
        app = QApplication.instance() or QApplication([])
        self.app = app
        theme = apply_theme(app, Choice.DARK)
        self.signals = Signals()
        self.hands = build_day(self.signals, routes, stops, spare=20)
        self.selection = Selection(self.signals)
        self.board = BoardView(self.hands, self.signals, self.selection, theme)
        self.rows = TimelineView(self.hands, self.signals, self.selection, theme)
        self.board.resize(1920, 1000)
        self.rows.resize(1920, 330)
        for view in (self.board, self.rows):
            view.show()
        app.processEvents()
        self.change = None
        self.signals.planChanged.connect(self._keep)

    def _keep(self, change: object) -> None:
        self.change = change

    def moved(self, count: int) -> Callable[[], None]:
        """Replay the picture's change after a move of ``count`` stops: what the views do of it."""
        r1, r2 = RouteId("r1"), RouteId("r2")
        order = self.hands.picture.plan.routes
        stops = order[r1].stops[:count]
        self.hands.submit(MoveStops(stops, r2, order[r2].stops[3]))
        change = self.change
        views = (self.board, self.rows)

        def repaint() -> None:
            for view in views:
                view._follow_plan(change)
            self.app.processEvents()

        return repaint


def bench(routes: int, stops: int) -> None:
    """All figures for one size of day."""
    stage = Stage(routes, stops)
    board, rows = stage.board, stage.rows
    print(f"\n{routes} routes x {stops} stops")
    measured("board: full repaint", 30, board.viewport().repaint)
    measured("timeline: full repaint", 30, rows.viewport().repaint)
    one = rows.row_rect(3)
    measured("timeline: one row", 1, lambda: rows.viewport().repaint(one))
    lane = board.lane_rect(board.order[2])
    measured("board: one lane", 5, lambda: board.viewport().repaint(lane))
    measured("board: all faces anew", 100, lambda: board.rebuild(None), 5)
    measured("drop of 20 stops: both views follow and repaint", 50, stage.moved(20))
    drag = Dragged(stage.hands, stage.hands.picture.plan.routes[RouteId("r3")].stops[:20])
    board.begin(drag)
    stage.app.processEvents()
    order = stage.hands.picture.plan.routes[RouteId("r4")].stops
    places = cycle([Place(RouteId("r4"), stop) for stop in order[:4]])

    def aim() -> None:
        board.aim(next(places))
        stage.app.processEvents()

    measured("board: 20 stops dragged one place on", 50, aim)
    measured("board: full repaint while they are dragged", 50, board.viewport().repaint)
    board.end()
    bar = board.verticalScrollBar()
    steps = iter(range(0, 10_000, 23))

    def scroll() -> None:
        bar.setValue(next(steps) % max(1, bar.maximum()))
        stage.app.processEvents()

    measured("board: one scroll step", 16, scroll)


if __name__ == "__main__":
    bench(10, 25)
    bench(30, 33)
    bench(60, 33)
