"""Pictures of the window at work: as it opens, optimised, and after a drag."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from console.dispatch.picture import DropPreview
from console.domain.errors import ConsoleError
from console.domain.plan import RouteId, StopId
from console.tongues import tr
from console.ui.notices import Notice, Tone
from console.ui.start import Desktop
from console.ui.window import BOARD, PLAN

SETTLE_SECONDS = 15.0
QUIET_SECONDS = 0.4


async def take_pictures(desktop: Desktop, out: Path, say: Callable[[str], None]) -> None:
    """Write start.png, optimised.png, dragged.png and board.png; ConsoleError when one fails."""
    await picture(desktop, out / "start.png", say)
    await desktop.optimiser.search()
    await picture(desktop, out / "optimised.png", say)
    await drag(desktop)
    await picture(desktop, out / "dragged.png", say)
    desktop.window.show_page(BOARD)
    await picture(desktop, out / "board.png", say)
    desktop.window.show_page(PLAN)


async def picture(desktop: Desktop, path: Path, say: Callable[[str], None]) -> None:
    """Wait until everything is painted, then write what the window shows."""
    await desktop.conductor.settled()
    await settled(desktop)
    desktop.window.toasts.clear()
    if not desktop.window.grab().save(str(path)):
        raise ConsoleError(
            tr("{path} could not be written.", path=path),
            remedy=tr("Free some space or choose another folder."),
        )
    say(tr("Picture: {path}", path=path))


async def settled(desktop: Desktop) -> None:
    """Wait for the map to have painted everything it was told, at most some seconds."""
    painted = asyncio.Event()
    desktop.panes.map_view.settled.connect(painted.set)
    desktop.cartographer.draw()
    if desktop.panes.map_view.isVisible():
        try:
            await asyncio.wait_for(painted.wait(), SETTLE_SECONDS)
        except TimeoutError:
            notice = Notice(tr("The map is slow; the picture may lack some of it."), Tone.WARN)
            desktop.conductor.tell(notice)
    await asyncio.sleep(QUIET_SECONDS)
    desktop.panes.map_view.settled.disconnect(painted.set)


async def drag(desktop: Desktop) -> tuple[StopId, RouteId] | None:
    """Move one stop to the neighbour where it costs least and breaks nothing."""
    picture = desktop.station.picture
    best: tuple[float, StopId, DropPreview] | None = None
    for stop, visit in list(picture.visits.items())[::7]:
        home = picture.plan.stops[visit.stop].route
        for route, preview in desktop.conductor.previews([stop]).items():
            allowed = route != home and preview.harm is None
            if allowed and (best is None or preview.cost < best[0]):
                best = (preview.cost, stop, preview)
    if best is None:
        return None
    _, stop, preview = best
    desktop.conductor.move([stop], preview.route, preview.after, forced=False)
    desktop.selection.pick([stop], preview.route)
    await desktop.conductor.settled()
    return stop, preview.route
