"""The fictional city: demo, pictures of it, days that are driven; each in a store of its own."""

import asyncio
import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from console import settings
from console.bootstrap import Console, SystemClock, inline, logged, open_console, regions
from console.dispatch.headless import Say, summary, write_plan
from console.dispatch.kindofday import Scenario
from console.dispatch.lanes import InlineLanes, Lanes, ThreadLanes
from console.dispatch.noticeboard import Noticeboard
from console.dispatch.ports import Progress, Streets
from console.dispatch.services import Services
from console.dispatch.station import Station
from console.dispatch.street import Street
from console.dispatch.training.results import Results
from console.dispatch.training.shelf import Shelf
from console.simulator.clock import SimulatedClock
from console.simulator.day import Surface
from console.simulator.demo import (
    DemoFiles,
    demo_files,
    fill_demo,
    fill_live,
    next_working_day,
    sized,
)
from console.simulator.rehearsal import Rehearsal, Tally, rehearse

if TYPE_CHECKING:
    from console.simulator.playback import Playback

BEFORE_WORK = time(6)  # when a rehearsed day begins, on the depot's clock


def open_unreal(config: settings.Settings, lanes: Lanes, *, store: Path | None = None) -> Console:
    """A console in which nothing is real: there is no way from it to a customer."""
    console = open_console(config, lanes, store=store)
    return replace(console, services=replace(console.services, messages=None))


def run_demo(config: settings.Settings, say: Say) -> int:
    """``doorstep demo``: a fictional city in a store of its own."""
    from console.ui.start import Options, run

    demo = demo_settings(config)
    files = make_demo(demo, say)
    lanes = ThreadLanes()
    with logged(demo):
        console = open_unreal(demo, lanes)
        try:
            day = next_working_day(SystemClock().now())
            asyncio.run(fill_demo(Station(inline(console.services)), files, day, say))
            wanted = Options(config.cache, service_day=day, tour=True, locale="")
            return run(console.services, wanted)
        finally:
            console.close()
            lanes.close()


def run_rehearsal(config: settings.Settings, name: str, speed: float, say: Say) -> int:
    """``doorstep demo --scenario``: a day that is driven, in a store that is thrown away."""
    from console.ui.start import Options, run

    rooms = CityRooms(config)
    kind = rooms.shelf.find(name)
    room = rooms.open(kind, config.actor, speed, lambda sentence, _share: say(sentence))
    try:
        wanted = Options(config.cache, service_day=room.day, pace=room.pace, rooms=rooms, room=room)
        return run(room.services, wanted)
    finally:
        room.close()


@dataclass(slots=True)
class CityRoom:
    """Implements ``dispatch.training.rooms.Room`` in the fictional city."""

    services: Services
    pace: "Playback"
    day: date
    scenario: Scenario
    trainee: str
    opened: contextlib.ExitStack

    async def live(self, street: Street, streets: Streets) -> None:
        """The day, until its pace is closed."""
        await self.pace.live(street, Surface(streets, self.services.lanes))

    def close(self) -> None:
        """End its processes and throw its store away."""
        self.opened.close()


class CityRooms:
    """Implements ``dispatch.training.rooms.Rooms``: each day in a folder that is thrown away."""

    def __init__(self, config: settings.Settings) -> None:
        self._config = demo_settings(config)
        own = config.home / "training"
        self.shelf, self.results = Shelf(own / "scenarios"), Results(own / "results.json")

    def now(self) -> datetime:
        """The real time."""
        return SystemClock().now()

    def open(self, scenario: Scenario, trainee: str, speed: float, told: Progress) -> CityRoom:
        """Draw, build, plan, release; blocking."""
        from console.simulator.playback import Playback

        demo, say = self._config, partial(_said, told)
        day, city = next_working_day(self.now()), make_demo(demo, say)
        zone = ZoneInfo(regions(demo).find(city.name).zone)
        clock = SimulatedClock(datetime.combine(day, BEFORE_WORK, zone).astimezone(UTC))
        playback = Playback(scenario, clock, speed)
        with contextlib.ExitStack() as opened:
            services, folder = self._services(opened)
            board = Noticeboard([playback])
            services = replace(services, clock=clock, notices=board, messages=None, actor=trainee)
            files = sized(city, folder, scenario)
            asyncio.run(fill_live(Station(inline(services)), files, day, say))
            return CityRoom(services, playback, day, scenario, trainee, opened.pop_all())

    def _services(self, opened: contextlib.ExitStack) -> tuple[Services, Path]:
        """On a store in a folder of its own, which goes when the stack is closed."""
        made = tempfile.TemporaryDirectory(prefix="doorstep-day-", ignore_cleanup_errors=True)
        folder, lanes = Path(opened.enter_context(made)), ThreadLanes()
        opened.callback(lanes.close)
        console = open_unreal(self._config, lanes, store=folder)
        opened.callback(console.close)
        return console.services, folder


def _said(told: Progress, sentence: str) -> None:
    told(sentence, 0.0)


def run_simulation(config: settings.Settings, wanted: Rehearsal, say: Say) -> Tally:
    """``doorstep simulate``: days in the demo city, in a store that is thrown away afterwards."""
    from console.simulator.writing import day_files

    demo = demo_settings(config)
    files = make_demo(demo, say)
    with tempfile.TemporaryDirectory(prefix="doorstep-days-", ignore_cleanup_errors=True) as folder:
        console = open_unreal(demo, InlineLanes(), store=Path(folder))
        try:
            kept = console.store.repeatable()
            services = replace(console.services, places=kept.places, fleet=kept.fleet)
            written = day_files(Path(folder), wanted)
            return asyncio.run(rehearse(services, files.name, wanted, written, say))
        finally:
            console.close()


def run_demo_headless(config: settings.Settings, out: Path, seconds: float, say: Say) -> int:
    """``doorstep demo --headless``: files, plan.json and pictures of the window into ``out``."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    demo = demo_settings(config)
    files = make_demo(demo, say)
    out.mkdir(parents=True, exist_ok=True)
    for file in (files.orders, files.fleet):
        shutil.copyfile(file, out / file.name)
    with tempfile.TemporaryDirectory(prefix="doorstep-demo-", ignore_cleanup_errors=True) as folder:
        lanes = ThreadLanes()
        console = open_unreal(demo, lanes, store=Path(folder))
        try:
            return _pictured(console.services, files, Pictured(config.cache, out, seconds, say))
        finally:
            console.close()
            lanes.close()


@dataclass(frozen=True, slots=True)
class Pictured:
    """Where pictures go and how long the optimiser may search for them."""

    cache: Path
    out: Path
    seconds: float
    say: Say


def _pictured(services: Services, files: DemoFiles, wanted: Pictured) -> int:
    from console.ui.pictures import take_pictures
    from console.ui.start import Desktop, Options, run

    day = next_working_day(services.clock.now())
    imported = asyncio.run(fill_demo(Station(inline(services)), files, day, wanted.say))

    async def shown(desktop: Desktop) -> None:
        try:
            await take_pictures(desktop, wanted.out, wanted.say)
            await write_plan(desktop.station, imported, wanted.out / "plan.json")
            wanted.say(summary(desktop.station))
        finally:
            desktop.window.close()

    options = Options(wanted.cache, service_day=day, size=(1920, 1080), seconds=wanted.seconds)
    return run(services, options, shown)


def demo_settings(config: settings.Settings) -> settings.Settings:
    """The demo keeps everything in a folder of its own: the user's data is not touched."""
    return replace(config, home=config.home / "demo", database="")


def make_demo(config: settings.Settings, say: Say) -> DemoFiles:
    """The city's extract, orders and fleet, made by the first call and kept; its region built."""
    files = demo_files(config.home, say)
    store = regions(config)
    store.add(files.extract, files.name, lambda sentence, share: say(f"{share:4.0%} {sentence}"))
    return files
