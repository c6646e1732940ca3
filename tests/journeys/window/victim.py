"""A console that works until it is killed, or opens what such a one left; run by test_kill.

Prints ``NEXT`` and a digest of what it is about to save, ``KEPT`` and one of what is saved,
``FOUND`` and one of what was there when it opened.
"""

import asyncio
import hashlib
import sys
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from console.bootstrap import open_console
from console.dispatch.exceptions import exceptions, log_exception
from console.dispatch.lanes import ThreadLanes
from console.dispatch.station import Station
from console.domain.commands import LockRoutes, MoveStops, PinStops
from console.domain.plan import Cause
from console.settings import Settings
from console.ui.pictures import drag
from console.ui.start import Desktop, Options, application, run
from console.ui.theme.theme import Choice
from tests.journeys.window.conftest import DAY, Yesterday, load

Work = Callable[[Desktop], Coroutine[object, object, object]]


def say(*words: object) -> None:
    """One line that is read at once."""
    print(*words, flush=True)


async def digest(station: Station) -> str:
    """Everything that was acknowledged: plan, pins, locks, facts, and notes in their register."""
    plan = station.workday.desk.plan
    lines = [(line.fact.subject, line.note) for line in await exceptions(station)]
    held = (plan.version, list(plan.routes.items()), list(plan.stops.items()), lines)
    return hashlib.sha256(repr(held).encode()).hexdigest()[:16]


async def work(desktop: Desktop) -> None:
    """Load, optimise, drag, pin, lock, log; then go on moving stops until the end."""
    station = desktop.station
    await load(desktop, Path(sys.argv[2]))
    await desktop.optimiser.search()
    moved = await drag(desktop)
    if moved is None:
        say("NOTHING-TO-DRAG")
        return
    stop, route = moved
    desktop.conductor.submit(PinStops((stop,)))
    desktop.conductor.submit(LockRoutes((route,)))
    await log_exception(station, stop, Cause.ABSENT, "rang twice")
    await station.save()
    say("KEPT", await digest(station))
    stops = station.picture.plan.stops
    away = next(s for s in station.picture.visits if stops[s].route != route)
    home = stops[away].route
    for i in range(2000):
        station.workday.submit(MoveStops((away,), home if i % 2 else None))
        say("NEXT", await digest(station))
        await station.save()
        say("KEPT", await digest(station))


async def search(desktop: Desktop) -> None:
    """Pin a stop, then search for a minute."""
    station = desktop.station
    await desktop.conductor.settled()
    say("FOUND", await digest(station))
    stop = next(s for s in station.picture.visits if not station.picture.plan.stops[s].pinned)
    desktop.conductor.submit(PinStops((stop,)))
    await station.save()
    say("KEPT", await digest(station))
    desktop.optimiser.seconds = 60.0
    desktop.optimiser.optimise()
    for _ in range(600):
        await asyncio.sleep(0.1)
        if desktop.workplace.run is not None:
            break
    say("SEARCHING" if desktop.workplace.run is not None else "IDLE")
    await asyncio.sleep(60)
    desktop.window.close()  # whoever waits for another word reads the end


async def reopen(desktop: Desktop) -> None:
    """Say what is there, take the last step back, close as a person would."""
    station = desktop.station
    await desktop.conductor.settled()
    say("KEPT", await digest(station))
    say("SERVED", station.picture.totals.served)
    before = station.picture.plan
    await station.undo()
    say("UNDONE", before.version, station.picture.plan.version, before != station.picture.plan)
    desktop.window.close()


WORK: dict[str, Work] = {"work": work, "search": search, "reopen": reopen}


def main(deed: str, home: Path, folder: Path) -> int:
    """A window on the store in ``folder``, at work."""
    application()
    lanes = ThreadLanes()
    console = open_console(Settings(home, "Ada", 2), lanes, store=folder / "store")
    services = replace(console.services, clock=Yesterday())
    options = Options(
        folder / "cache", Choice.LIGHT, size=(1280, 800), service_day=DAY, seconds=1.5
    )
    code = run(services, options, WORK[deed])
    console.close()
    lanes.close()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
