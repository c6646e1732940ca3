"""The composition root: the only module that knows every adapter."""

import asyncio
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from console import settings
from console.dispatch.doctor import examine
from console.dispatch.exportday import DayExport, export_day
from console.dispatch.extracts import ChosenRegion
from console.dispatch.headless import Say, plan_day, plan_problem, summary, write_plan
from console.dispatch.lanes import InlineLanes, Lanes, ThreadLanes
from console.dispatch.noticeboard import Noticeboard
from console.dispatch.ports import Basemap, Region, Streets
from console.dispatch.services import Component, Services, Solver
from console.dispatch.station import Station
from console.dispatch.wishes import Request
from console.domain.errors import ConsoleError
from console.gateway.sheets import PdfSheets
from console.geo.basemap import RegionBasemap
from console.geo.components import components as geo_components
from console.geo.components import engine as engine_component
from console.geo.geocoders.choosing import geocoder_for
from console.geo.regions import RegionStore
from console.intake import VroomProblem, is_vroom, read_vroom
from console.planning.problem import Problem
from console.planning.run import OnProgress, Run, Terms
from console.simulator.clock import SimulatedClock
from console.simulator.day import Surface
from console.simulator.demo import DemoFiles, demo_files, fill_demo, fill_live, next_working_day
from console.simulator.rehearsal import Rehearsal, Tally, rehearse
from console.simulator.scenario import scenario
from console.storage.keeper import Keeper
from console.storage.outbox import FILE as OUTBOX
from console.storage.outbox import FileOutbox
from console.storage.seats import seated
from console.storage.store import Store
from console.storage.store import components as storage_components
from console.storage.tending import Tending

BEFORE_WORK = time(6)  # when a rehearsed day begins, on the depot's clock
BEHIND_WINDOWS = 5  # the niceness of solving children that share the cores with a window


class SystemClock:
    """The machine's clock: the one place that reads it."""

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the clock


@dataclass(frozen=True, slots=True)
class EveClock:
    """Stands before a service day, wherever on earth: the day is planned whole at any time."""

    day: date

    def now(self) -> datetime:
        """Noon of two days before, UTC."""
        return datetime.combine(self.day, time(12), UTC) - timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Console:
    """Services and the store behind them, to be closed together."""

    services: Services
    store: Store
    held: IO[str]
    """Locked for as long as the console is open: its id is its own."""
    tending: Tending

    def close(self) -> None:
        """End child processes, then leave the store."""
        self.tending.close()
        self.services.solver.close()
        self.store.close()
        self.held.close()


class LateSolver:
    """The optimiser, loaded when it is first asked: windows start without NumPy."""

    def __init__(self, cores: int, niceness: int) -> None:
        self._cores, self._niceness = cores, niceness
        self._optimiser: Solver | None = None

    def solve(self, problem: Problem, terms: Terms, on_progress: OnProgress | None = None) -> Run:
        """Begin to search."""
        if self._optimiser is None:
            from console.planning.worker import Optimiser

            self._optimiser = Optimiser(self._cores or None, niceness=self._niceness)
        return self._optimiser.solve(problem, terms, on_progress)

    def close(self) -> None:
        """End all processes."""
        if self._optimiser is not None:
            self._optimiser.close()


def load_settings() -> settings.Settings:
    """Read the settings; ConsoleError names what is wrong with them."""
    try:
        return settings.load()
    except ValueError as error:
        raise ConsoleError(str(error), remedy="Correct doorstep.toml or the variable.") from error


def open_console(config: settings.Settings, lanes: Lanes, *, store: Path | None = None) -> Console:
    """Everything wired on the user's own store, or on another one; regions are shared."""
    clock = SystemClock()
    kept = Store.open(store or config.database or config.store)
    origin, held = seated(config.home)
    tending = _tending(config)
    services = Services(
        journal=kept.journal,
        places=kept.places,
        orders=kept.orders,
        fleet=kept.fleet,
        notes=kept.notes,
        preferences=kept.preferences,
        traffics=kept.traffics,
        regions=RegionStore(config.regions, clock),
        geocoder=partial(geocoder_for, wanted=config.addresses),
        streets=partial(_streets, config.streets),
        basemap=_basemap,
        solver=LateSolver(config.cores, BEHIND_WINDOWS if isinstance(lanes, ThreadLanes) else 0),
        sheets=PdfSheets(),
        clock=clock,
        lanes=lanes,
        actor=kept.login or config.actor,
        origin=origin,
        components=_components,
        data_version=kept.data_version,
        roles=kept.roles,
        is_connected=lambda: kept.watch.is_connected,
        snapshots=kept.snapshots,
        outbox=FileOutbox(config.home / OUTBOX, origin) if kept.is_shared else None,
        tend=tending,
    )
    return Console(services, kept, held, tending)


def regions(config: settings.Settings) -> RegionStore:
    """The regions alone, for commands that need no store."""
    return RegionStore(config.regions, SystemClock())


def keeper(config: settings.Settings, say: Say) -> Keeper:
    """Who looks after this machine's stores, for ``doorstep db``."""
    return Keeper(config.store, config.database, say, SystemClock())


def _tending(config: settings.Settings) -> Tending:
    program = [] if getattr(sys, "frozen", False) else ["-m", "console"]
    own = {"DOORSTEP_HOME": str(config.home), "DOORSTEP_DATABASE": config.database}
    return Tending([sys.executable, *program, "db", "tend"], os.environ | own)


def _components() -> list[Component]:
    return [*examine(), *geo_components()]


def _streets(wanted: settings.StreetSettings, region: Region) -> Streets:
    from console.geo.engines.choosing import engine_for  # loads NumPy
    from console.geo.timed import TimedStreets

    return TimedStreets(region, engine_for(region, wanted))


def _basemap(region: Region) -> Basemap:
    return RegionBasemap(region.folder)


def run_plan(config: settings.Settings, request: Request, say: Say) -> int:
    """``doorstep plan``: in a store of its own that is thrown away afterwards."""
    problem = read_vroom(request.orders) if is_vroom(request.orders) else None
    day = request.day or _day_of(problem)
    region = None
    if request.region or problem is None:
        store = regions(config)
        region = store.resolve(request.region, lambda told, share: say(f"{share:4.0%} {told}"))
    with tempfile.TemporaryDirectory(prefix="doorstep-plan-", ignore_cleanup_errors=True) as folder:
        console = open_console(config, InlineLanes(), store=Path(folder))
        kept = console.store.repeatable()
        services = replace(
            console.services, clock=EveClock(day), places=kept.places, fleet=kept.fleet
        )
        if problem is not None:
            services = replace(services, regions=ChosenRegion(region))
        station = Station(services)
        try:
            if problem is not None:
                asyncio.run(plan_problem(station, problem, day, request, say))
            elif region is not None:
                asyncio.run(plan_day(station, region, request, say))
        finally:
            station.close()
            console.close()
    return 0


def run_export(config: settings.Settings, wanted: DayExport, say: Say) -> int:
    """``doorstep export``: a day of the user's own store."""
    console = open_console(config, InlineLanes())
    try:
        for path in asyncio.run(export_day(console.services, wanted)):
            say(f"Written: {path}")
    finally:
        console.close()
    return 0


def _day_of(problem: VroomProblem | None) -> date:
    """The day of a problem's first moment, today where its times are of any day."""
    if problem is not None and problem.is_dated:
        return datetime.fromtimestamp(min(problem.moments), UTC).date()
    return SystemClock().now().date()


def run_window(config: settings.Settings) -> int:
    """``doorstep``: the window on the user's own store."""
    from console.ui.start import Options, run

    lanes = ThreadLanes()
    console = open_console(config, lanes)
    try:
        return run(console.services, Options(config.cache))
    finally:
        console.close()
        lanes.close()


def run_demo(config: settings.Settings, say: Say) -> int:
    """``doorstep demo``: a fictional city in a store of its own."""
    from console.ui.start import Options, run

    demo = demo_settings(config)
    files = make_demo(demo, say)
    lanes = ThreadLanes()
    console = open_console(demo, lanes)
    try:
        day = next_working_day(SystemClock().now())
        asyncio.run(fill_demo(Station(inline(console.services)), files, day, say))
        return run(console.services, Options(config.cache, service_day=day))
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


def inline(services: Services) -> Services:
    """The same services for work before the window's loop runs."""
    return replace(services, lanes=InlineLanes())


def make_demo(config: settings.Settings, say: Say) -> DemoFiles:
    """The city's extract, orders and fleet, made by the first call and kept; its region built."""
    files = demo_files(config.home, say)
    store = regions(config)
    store.add(files.extract, files.name, lambda sentence, share: say(f"{share:4.0%} {sentence}"))
    return files


def shared_components(where: str) -> list[Component]:
    """The shared database, if there is one: whether it lets us in, as whom, with which roles."""
    if not where:
        return []
    try:
        store = Store.open(where)
    except ConsoleError as error:
        told = f"{error.message} {error.remedy}"
        return [Component("Shared database", "", found=False, remedy=told)]
    roles = ", ".join(sorted(role.value for role in store.roles))
    told = f"{store.database.name}, as {store.login} ({roles})"
    store.close()
    return [Component("Shared database", told, found=True)]


def examine_all(config: settings.Settings) -> list[Component]:
    """Every part of the installation and the store, for ``doorstep doctor``."""
    found = examine()
    found += [
        Component(part.name, part.version, part.is_fit, part.remedy)
        for part in storage_components()
    ]
    found += shared_components(config.database)
    known = regions(config).known()
    found.append(engine_component(next(iter(known), None), config.streets))
    told = ", ".join(region.name for region in known)
    remedy = "" if known else "Add one: doorstep region add FILE.osm.pbf --name NAME"
    return [*found, Component("Regions", told or "none yet", found=True, remedy=remedy)]
