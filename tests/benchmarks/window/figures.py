"""What a dispatcher feels: each figure taken in the real window on its open day."""

import argparse
import asyncio
import json
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import cycle

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractScrollArea

from console.domain.plan import StopId
from console.ui.ordertable.query import query_of
from console.ui.pictures import settled
from console.ui.start import Desktop
from console.ui.window import BOARD, ORDERS, PLAN
from tests.benchmarks.bench_map import _PAN, FRAMES
from tests.benchmarks.bench_orders import drawn
from tests.benchmarks.bench_window import DAY
from tests.benchmarks.window.measure import RUNS, Timed, computing, measured, paint
from tests.ui.dragging import Drag

REPAINT, FEEDBACK, ECHO, OPEN, FILTER = 33.0, 16.0, 50.0, 1000.0, 100.0
MAP_RUNS = 11
FILTERS = ("weg 77", "kunde 4", "", "nowhere", "kg>20 weg 1", "is:unassigned", "town:town-7")
_REDRAW = """(() => {
  const layer = doorstepConsole.layer, over = [], frames = [], whole = [];
  const timed = (work) => {
    const begun = performance.now();
    work();
    layer._canvas.getContext("2d").getImageData(0, 0, 1, 1);
    return performance.now() - begun;
  };
  for (let run = 0; run < RUNS; run++) {
    over.push(timed(() => layer._paint()));
    layer._rest.forget();
    const spent = [timed(() => layer._paint())];
    while (layer.isWaiting() && spent.length < 200) {
      cancelAnimationFrame(layer._frame);
      spent.push(timed(() => layer._paintOrGoOn()));
    }
    frames.push(...spent);
    whole.push(spent.reduce((sum, each) => sum + each));
  }
  return JSON.stringify({ over, frames, whole });
})()"""
_WATCH = """doorstepConsole.layer.on("painted", () => { window.paintedAt = Date.now(); })"""


async def figures(desktop: Desktop, options: argparse.Namespace) -> None:
    """All of them, one after the other."""
    await desktop.conductor.settled()
    await settled(desktop)
    plan = desktop.station.picture.plan
    used = [route for route in plan.routes.values() if route.stops]
    on_routes = sum(len(route.stops) for route in used)
    print(
        f"{len(plan.stops)} stops, {on_routes} of them on {len(used)} of {len(plan.routes)} routes"
    )
    for part in (opening, repaints, map_redraws, drags, echoes, partial(filters, options.rows)):
        name = part.func.__name__ if isinstance(part, partial) else part.__name__
        if not options.only or name in options.only.split(","):
            await part(desktop)


async def opening(desktop: Desktop) -> None:
    """Another day and back: until every view shows it, and until its travel times are known."""
    shown, whole = Timed("open a day: shown", OPEN), Timed("open a day: travel times too", 5 * OPEN)
    place_day = desktop.place_day
    moments: list[tuple[float, float]] = []

    async def placed() -> None:
        await place_day()
        paint()
        moments.append((time.perf_counter(), time.thread_time()))

    desktop.place_day = placed
    for _ in range(5):
        await desktop.open_day(DAY + timedelta(days=1))
        await desktop.conductor.settled()
        begun, worked = time.perf_counter(), time.thread_time()
        await desktop.open_day(DAY)
        shown.walls.append((moments[-1][0] - begun) * 1000)
        shown.works.append((moments[-1][1] - worked) * 1000)
        whole.walls.append((time.perf_counter() - begun) * 1000)
        whole.works.append((time.thread_time() - worked) * 1000)
        await desktop.conductor.settled()
    desktop.place_day = place_day
    shown.tell()
    whole.tell()
    await settled(desktop)


async def repaints(desktop: Desktop) -> None:
    """Each view whole, on its page."""
    panes, window = desktop.panes, desktop.window
    panes.map_view.fit()
    window.history_dock.hide()
    for name, view in (("timeline", panes.timeline), ("orders list", panes.orders.view)):
        measured(f"repaint: {name}", REPAINT, view.viewport().repaint)
    await _page(desktop, BOARD)
    measured("repaint: board", REPAINT, panes.board.viewport().repaint)
    await _page(desktop, ORDERS)
    table = panes.order_table.table.viewport()
    measured("repaint: orders table", REPAINT, table.repaint)
    with computing():
        measured("repaint: orders table, a thread computes", REPAINT, table.repaint)
    await _page(desktop, PLAN)
    for widget in (panes.topbar, panes.strip, panes.details):
        measured(f"repaint: {type(widget).__name__}", REPAINT, widget.repaint)
    for name, view in (("timeline", panes.timeline), ("board", panes.board)):
        await _page(desktop, BOARD if name == "board" else PLAN)
        measured(f"scrolled: {name}", REPAINT, _scroller(view))
    await _page(desktop, PLAN)


def _scroller(view: QAbstractScrollArea) -> Callable[[], None]:
    down, places = view.verticalScrollBar(), cycle(range(0, 2000, 37))

    def scroll() -> None:
        down.setValue(next(places) % max(1, down.maximum()))
        paint()

    return scroll


async def map_redraws(desktop: Desktop) -> None:
    """The page's own canvas, and frame to frame while it is panned."""
    found = json.loads(await _answer(desktop, _REDRAW.replace("RUNS", str(MAP_RUNS))))
    for name, kind, target in (
        ("what is over the routes", "over", REPAINT),
        ("routes too, each frame of it", "frames", REPAINT),
        ("routes too, until they are whole", "whole", 10 * REPAINT),
    ):
        timed = Timed(f"map redrawn: {name}", target)
        timed.walls = found[kind][1:]
        timed.tell()
    frames = Timed("map panned: frame to frame", REPAINT)
    await _answer(desktop, _PAN.replace("FRAMES", str(FRAMES)))
    frames.walls = json.loads(await _until(desktop, "window.panned", pause=0.1))[10:]
    frames.tell()


async def _answer(desktop: Desktop, script: str) -> str:
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    page = desktop.panes.map_view._web.page
    page.runJavaScript(script, lambda text: answer.set_result(str(text or "")))
    return await asyncio.wait_for(answer, 180)


async def _until(desktop: Desktop, script: str, pause: float) -> str:
    """What the page answers once it answers something."""
    for _ in range(round(180 / pause)):
        if found := await _answer(desktop, script):
            return found
        await asyncio.sleep(pause)
    raise TimeoutError(script)


async def drags(desktop: Desktop) -> None:
    """A stop over timeline and board: the pointer comes in, and every move after it."""
    for name, view, page in (
        ("timeline", desktop.panes.timeline, PLAN),
        ("board", desktop.panes.board, BOARD),
    ):
        await _page(desktop, page)
        for count in (1, 20):
            await _drag(desktop, f"{name}, {count} stops", view, _stops(desktop, count))


async def _drag(desktop: Desktop, name: str, view, stops: tuple[StopId, ...]) -> None:
    entered = Timed(f"drag enters: {name}", 100.0)
    moved = Timed(f"drag moves: {name}", FEEDBACK)
    box = view.viewport().rect()
    for turn in range(3):
        drag = Drag(view, stops)

        def enter(drag=drag) -> None:
            drag.enter(box.center())
            paint()

        entered.take(enter)
        await asyncio.sleep(0.3)  # every driver's own figure is asked for behind
        for step in range(80):
            spot = QPoint(
                box.width() * (25 + (step * 7 + turn) % 70) // 100,
                box.height() * (15 + step) // 100,
            )
            moved.take(lambda drag=drag, spot=spot: (drag.move(spot), paint()))
            if step % 8 == 0:
                await asyncio.sleep(0)
        drag.leave()
        await asyncio.sleep(0)
    entered.tell()
    moved.tell()


def _stops(desktop: Desktop, count: int) -> tuple[StopId, ...]:
    """From the middle of the day's longest routes."""
    routes = sorted(desktop.station.picture.plan.routes.values(), key=lambda r: -len(r.stops))
    return tuple(stop for route in routes for stop in route.stops[3:])[:count]


async def echoes(desktop: Desktop) -> None:
    """A stop is picked: until all views of the window have painted it, and until the map has."""
    plan, selection = desktop.station.picture.plan, desktop.selection
    await _answer(desktop, _WATCH)
    picked = [route.stops[len(route.stops) // 2] for route in plan.routes.values() if route.stops]
    for name, page in (("plan", PLAN), ("board", BOARD), ("orders table", ORDERS)):
        await _page(desktop, page)
        timed = Timed(f"selection echo: {name}", ECHO)
        for stop in picked[:RUNS]:
            route = plan.stops[stop].route
            timed.take(lambda stop=stop, route=route: (selection.pick([stop], route), paint()))
            await asyncio.sleep(0.02)
        timed.tell()
    await _page(desktop, PLAN)
    timed = Timed("selection echo: map", ECHO)
    for stop in picked[:RUNS]:
        begun = time.time() * 1000
        selection.pick([stop], plan.stops[stop].route)
        paint()
        script = f"window.paintedAt >= {begun} ? window.paintedAt : ''"
        timed.walls.append(float(await _until(desktop, script, pause=0.002)) - begun)
        await asyncio.sleep(0.1)
    timed.tell()


async def filters(count: int, desktop: Desktop) -> None:
    """The window's own table with many orders."""
    page = desktop.panes.order_table
    await _page(desktop, ORDERS)
    page.rows.show_picture(drawn(count))
    words = cycle(FILTERS)

    def look() -> None:
        page.rows.look_for(query_of(next(words)))
        paint()

    measured(f"filter {count:,} orders", FILTER, look, 6 * len(FILTERS))
    page.rows.show_picture(desktop.station.picture)


async def _page(desktop: Desktop, page: int) -> None:
    desktop.window.show_page(page)
    await asyncio.sleep(0.2)
    paint()
