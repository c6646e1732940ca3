"""The fictional city: demo, pictures of it, days that are driven; each in a store of its own."""

import asyncio
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from console import settings
from console.bootstrap import SystemClock, inline, logged, open_console, regions
from console.dispatch.headless import Say, summary, write_plan
from console.dispatch.lanes import InlineLanes, ThreadLanes
from console.dispatch.noticeboard import Noticeboard
from console.dispatch.services import Services
from console.dispatch.station import Station
from console.dispatch.training.scenario import scenario
from console.simulator.clock import SimulatedClock
from console.simulator.day import Surface
from console.simulator.demo import DemoFiles, demo_files, fill_demo, fill_live, next_working_day
from console.simulator.rehearsal import Rehearsal, Tally, rehearse

BEFORE_WORK = time(6)  # when a rehearsed day begins, on the depot's clock


def run_demo(config: settings.Settings, say: Say) -> int:
    """``doorstep demo``: a fictional city in a store of its own."""
    from console.ui.start import Options, run

    demo = demo_settings(config)
    files = make_demo(demo, say)
    lanes = ThreadLanes()
    with logged(demo):
        console = open_console(demo, lanes)
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
    from console.simulator.playback import Playback
    from console.ui.start import Desktop, Options, run

    kind, demo = scenario(name), demo_settings(config)
    files = make_demo(demo, say)
    day = next_working_day(SystemClock().now())
    zone = ZoneInfo(regions(demo).find(files.name).zone)
    clock = SimulatedClock(datetime.combine(day, BEFORE_WORK, zone).astimezone(UTC))
    playback, lanes = Playback(kind, clock, speed), ThreadLanes()
    with tempfile.TemporaryDirectory(prefix="doorstep-day-", ignore_cleanup_errors=True) as folder:
        console = open_console(demo, lanes, store=Path(folder))
        services = replace(console.services, clock=clock, notices=Noticeboard([playback]))

        async def begin(desktop: Desktop) -> None:
            surface = Surface(await desktop.station.streets(), lanes)
            desktop.conductor.spawn(playback.live(desktop.live.tracking, surface))

        try:
            asyncio.run(fill_live(Station(inline(services)), files, day, say))
            return run(services, Options(config.cache, service_day=day, pace=playback), begin)
        finally:
            console.close()
            lanes.close()


def run_simulation(config: settings.Settings, wanted: Rehearsal, say: Say) -> Tally:
    """``doorstep simulate``: days in the demo city, in a store that is thrown away afterwards."""
    from console.simulator.writing import day_files

    demo = demo_settings(config)
    files = make_demo(demo, say)
    with tempfile.TemporaryDirectory(prefix="doorstep-days-", ignore_cleanup_errors=True) as folder:
        console = open_console(demo, InlineLanes(), store=Path(folder))
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
        console = open_console(demo, lanes, store=Path(folder))
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
