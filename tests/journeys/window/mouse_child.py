"""The real window on a real screen, waiting for a mouse; run by test_real_mouse.

Prints ``SHOWN stops routes`` as the page counts them, then four times where to drag or that a key
is wanted, and each time what the plan says afterwards.
"""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from console.bootstrap import open_console
from console.dispatch.lanes import ThreadLanes
from console.domain.commands import MoveStops
from console.domain.plan import RouteId, StopId
from console.settings import Settings
from console.ui.pictures import settled
from console.ui.start import Desktop, Options, application, run
from console.ui.theme.theme import Choice
from tests.journeys.window.conftest import DAY, Yesterday

ALONE = 26
"""Pixels around a stop in which no other one lies: no doubt which is meant."""


def say(*words: object) -> None:
    """One line that is read at once."""
    print(*words, flush=True)


def point(view: QWidget, at: QPoint) -> tuple[int, int]:
    """Where on the screen."""
    there = view.mapToGlobal(at)
    return there.x(), there.y()


async def until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Let the window go on until it is so."""
    for _ in range(int(seconds / 0.05)):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise TimeoutError


async def counts(desktop: Desktop) -> dict[str, int]:
    """What the page really shows."""
    told: list[dict[str, int]] = []
    desktop.panes.map_view.counts(told.append)
    await until(lambda: bool(told))
    return told[0]


def landing(desktop: Desktop) -> tuple[StopId, RouteId, StopId]:
    """A stop near the top of its lane, and a card of another lane behind which it may drop."""
    picture, hands = desktop.station.picture, desktop.conductor
    board = desktop.panes.board
    shown = board.viewport().rect()
    for route in picture.plan.routes.values():
        for stop in route.stops[:4]:
            for other in picture.plan.routes.values():
                for after in other.stops[:4] if other.id != route.id else ():
                    preview = hands.preview([stop], other.id, after)
                    free = preview is not None and preview.harm is None
                    if free and all(shown.contains(board.stop_rect(s)) for s in (stop, after)):
                        return stop, other.id, after
    raise LookupError("nothing can be dragged here")


def harmless(desktop: Desktop, stop: StopId) -> tuple[RouteId, StopId]:
    """A lane, and a card of it behind which a stop of no route may drop."""
    for route in desktop.station.picture.plan.routes.values():
        for after in route.stops:
            preview = desktop.conductor.preview([stop], route.id, after)
            if preview is not None and preview.harm is None:
                return route.id, after
    raise LookupError("nothing can be dragged from the list")


async def places(desktop: Desktop) -> dict[StopId, QPoint]:
    """Where every stop lies on the map, once it has come to rest."""
    before: dict[StopId, QPoint] | None = None
    for _ in range(20):
        found = await painted_places(desktop)
        if found == before:
            return found
        before = found
        await asyncio.sleep(0.3)
    raise TimeoutError("the map does not come to rest")


async def painted_places(desktop: Desktop) -> dict[StopId, QPoint]:
    """Where every stop lies on the map, once it has been painted."""
    await settled(desktop)
    found: dict[StopId, QPoint | None] = {}
    stops = list(desktop.station.picture.plan.stops)  # those on no route can lie on top, too
    for stop in stops:
        desktop.panes.map_view.where(stop, partial(found.__setitem__, stop))
    await until(lambda: len(found) == len(stops))
    room = desktop.panes.map_view.rect().adjusted(40, 60, -40, -60)
    return {stop: at for stop, at in found.items() if at is not None and room.contains(at)}


async def across(desktop: Desktop) -> tuple[StopId, RouteId, StopId]:
    """A stop that lies alone on the map, and one of another driver behind which it may drop."""
    shown = await places(desktop)
    plan = desktop.station.picture.plan

    def is_alone(stop: StopId) -> bool:
        near = [s for s in shown if (shown[s] - shown[stop]).manhattanLength() < ALONE]
        return near == [stop]

    alone = [stop for stop in shown if is_alone(stop)]
    for stop in alone:
        for after in alone:
            target = plan.stops[after].route
            if target is None or target == plan.stops[stop].route:
                continue
            preview = desktop.conductor.preview([stop], target, after)
            if preview is not None and preview.harm is None:
                return stop, target, after
    raise LookupError("nothing can be dragged on the map")


async def play(desktop: Desktop) -> None:
    """Four hands: a drag on the board, a key, a drag from the list, one from map to map."""
    station, board, orders = desktop.station, desktop.panes.board, desktop.panes.orders
    await desktop.conductor.settled()
    desktop.window.activateWindow()
    await settled(desktop)
    shown = await counts(desktop)
    say("SHOWN", shown["stops"], shown["routes"])
    desktop.trigger("view_board")
    await asyncio.sleep(1.0)

    stop, target, after = landing(desktop)
    before = station.picture.plan
    box = board.stop_rect(after)
    end = box.center() + QPoint(0, box.height() // 4)
    viewport = board.viewport()
    say("DRAG", *point(viewport, board.stop_rect(stop).center()), *point(viewport, end))
    await until(lambda: station.picture.plan.stops[stop].route == target)
    order = station.picture.plan.routes[target].stops
    await desktop.conductor.settled()
    say("BEHIND", order[order.index(stop) - 1] == after)

    say("KEY", "ctrl+z")
    await until(lambda: station.picture.plan.stops[stop].route != target)
    say("BACK", station.picture.plan.routes == before.routes)

    desktop.conductor.submit(MoveStops((stop,), None))
    await desktop.conductor.settled()
    desktop.selection.clear()
    await asyncio.sleep(1.0)
    index = orders.shown.mapFromSource(orders.model.index_of(stop))
    orders.view.scrollTo(index)
    await asyncio.sleep(0.3)
    start = point(orders.view.viewport(), orders.view.visualRect(index).center())
    home, neighbour = harmless(desktop, stop)
    desktop.panes.board.reveal(neighbour)
    box = board.stop_rect(neighbour)
    end = box.center() + QPoint(0, box.height() // 4)
    say("DRAG", *start, *point(viewport, end))
    await until(lambda: station.picture.plan.stops[stop].route == home)
    say("DROPPED", stop in station.picture.plan.routes[home].stops)
    await desktop.conductor.settled()

    desktop.trigger("view_plan")
    desktop.selection.clear()
    stop, target, after = await across(desktop)
    shown = await places(desktop)
    view = desktop.panes.map_view
    say("DRAG", *point(view, shown[stop]), *point(view, shown[after]))
    await until(lambda: station.picture.plan.stops[stop].route == target)
    order = station.picture.plan.routes[target].stops
    say("ACROSS", order[order.index(stop) - 1] == after)
    await desktop.conductor.settled()
    desktop.window.screen().grabWindow(0).save(sys.argv[3])
    desktop.window.close()


def main(home: Path, folder: Path) -> int:
    """A window on the store in ``folder``."""
    application()
    lanes = ThreadLanes()
    console = open_console(Settings(home, "Ada", 2), lanes, store=folder / "store")
    services = replace(console.services, clock=Yesterday())
    code = run(services, Options(folder, Choice.LIGHT, size=(1280, 800), service_day=DAY), play)
    console.close()
    lanes.close()
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
