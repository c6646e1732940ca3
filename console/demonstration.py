"""The fictional city: demo, pictures of it, days that are driven; each in a store of its own."""

import asyncio
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from console import settings
from console.bootstrap import SystemClock, inline, logged, open_console, regions
from console.dispatch.headless import Say, summary, write_plan
from console.dispatch.lanes import ThreadLanes
from console.dispatch.services import Services
from console.dispatch.station import Station
from console.simulator.demo import DemoFiles, demo_files, fill_demo, next_working_day


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
