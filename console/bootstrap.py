"""The composition root: the only module that knows every adapter."""

import asyncio
import getpass
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import IO

from console import settings
from console.dispatch import logs
from console.dispatch.diagnostics import Findings, write_diagnostics
from console.dispatch.doctor import examine
from console.dispatch.exportday import DayExport, export_day
from console.dispatch.extracts import ChosenRegion
from console.dispatch.headless import Say, plan_day, plan_problem
from console.dispatch.lanes import InlineLanes, Lanes, ThreadLanes
from console.dispatch.ports import Basemap, Progress, Region
from console.dispatch.publications import Published
from console.dispatch.services import Component, Services, Solver
from console.dispatch.station import Station
from console.dispatch.training.rooms import Rooms
from console.dispatch.wishes import Request
from console.domain.errors import ConsoleError
from console.gateway.sheets import PdfSheets
from console.geo.basemap import RegionBasemap
from console.geo.choices import RegionChoices
from console.geo.components import components as geo_components
from console.geo.components import engine as engine_component
from console.geo.geocoders.choosing import component as address_component
from console.geo.regions import RegionStore
from console.intake import VroomProblem, is_vroom, read_vroom
from console.planning.problem import Problem
from console.planning.run import OnProgress, Run, Terms
from console.storage import address, condition, keys
from console.storage.choosing import know_passwords
from console.storage.keeper import Keeper
from console.storage.outbox import FileOutbox, file_for
from console.storage.pin import PLAINLY, Pin
from console.storage.publications import SqlPublications
from console.storage.seats import seated
from console.storage.store import Store
from console.storage.stores import WindowStores
from console.storage.tending import Tending
from console.tongues import tr

log = logging.getLogger("console")

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
        config = settings.load()
    except ValueError as error:
        raise ConsoleError(
            str(error), remedy=tr("Correct doorstep.toml or the variable.")
        ) from error
    know_passwords(config.home)
    return config


def open_console(config: settings.Settings, lanes: Lanes, *, store: Path | None = None) -> Console:
    """Everything wired on the user's own store, or on another one; regions are shared."""
    clock = SystemClock()
    where = store or keys.with_password(config.database) or config.store
    kept = Store.open(where, copies=config.home if isinstance(lanes, ThreadLanes) else None)
    origin, held = seated(config.home)
    tending = _tending(config)
    outbox = FileOutbox(file_for(config.home, config.database), origin) if kept.is_shared else None
    choices = RegionChoices(config, keys.keyed)
    services = Services(
        journal=kept.journal,
        places=kept.places,
        orders=kept.orders,
        fleet=kept.fleet,
        notes=kept.notes,
        preferences=kept.preferences,
        traffics=kept.traffics,
        scenarios=kept.scenarios,
        recurring=kept.recurring,
        positions=kept.positions,
        regions=RegionStore(config.regions, clock),
        geocoder=choices.geocoder,
        streets=choices.streets,
        choices=choices,
        basemap=_basemap,
        solver=LateSolver(config.cores, BEHIND_WINDOWS if isinstance(lanes, ThreadLanes) else 0),
        sheets=PdfSheets(),
        clock=clock,
        lanes=lanes,
        actor=kept.login or config.actor,
        origin=origin,
        components=partial(examine_all, config),
        diagnose=partial(diagnose, config),
        data_version=kept.data_version,
        registers_version=kept.registers_version,
        roles=kept.roles,
        is_connected=lambda: kept.watch.is_connected,
        snapshots=kept.snapshots,
        outbox=outbox,
        company=kept.watch.company(origin),
        tend=tending,
        publications=_shelf(kept, clock) if kept.is_shared else None,
    )
    return Console(services, kept, held, tending)


def regions(config: settings.Settings) -> RegionStore:
    """The regions alone, for commands that need no store."""
    return RegionStore(config.regions, SystemClock())


def publish_region(config: settings.Settings, name: str, progress: Progress) -> Published:
    """``doorstep region publish``: a region of this machine for all consoles."""
    with _shared(config) as (store, clock):
        return regions(config).publish(name, _shelf(store, clock), progress)


def unpublish_region(config: settings.Settings, name: str) -> None:
    """The same taken back; consoles that have it keep it."""
    with _shared(config) as (store, clock):
        _shelf(store, clock).remove(name)


def fetch_regions(config: settings.Settings, name: str, progress: Progress) -> list[Region]:
    """``doorstep region fetch``: one by its name, or all that depots plan on."""
    with _shared(config) as (store, clock):
        shelf, here = _shelf(store, clock), regions(config)
        planned = {depot.region for depot in store.fleet.depots()} - {""}
        if not (wanted := [name] if name else sorted(planned)):
            raise ConsoleError(
                tr("No depot plans on a region yet in {name}.", name=store.database.name),
                remedy=tr("Name one: doorstep region list --shared, doorstep region fetch NAME"),
            )
        return [here.fetch(each, shelf, progress) for each in wanted]


def published_regions(config: settings.Settings) -> list[Published]:
    """``doorstep region list --shared``."""
    with _shared(config) as (store, clock):
        return _shelf(store, clock).all()


def _shelf(store: Store, clock: SystemClock) -> SqlPublications:
    return SqlPublications(store.database, clock, store.login)


@contextmanager
def _shared(config: settings.Settings) -> Generator[tuple[Store, SystemClock]]:
    """The shared database; ConsoleError where the store is a file."""
    where = keys.with_password(config.database)
    if not address.is_shared(where):
        raise ConsoleError(
            tr("Your store is a file on this computer: its windows use the same streets already."),
            remedy=tr(
                "Streets are published in and fetched from a shared database: File > "
                "Database, or doorstep db setup ADDRESS"
            ),
        )
    store = Store.open(where)
    try:
        yield store, SystemClock()
    finally:
        store.close()


def keeper(config: settings.Settings, say: Say) -> Keeper:
    """Who looks after this machine's stores, for ``doorstep db``."""
    return Keeper(config.store, keys.with_password(config.database), say, SystemClock())


def _tending(config: settings.Settings) -> Tending:
    own = {"DOORSTEP_HOME": str(config.home), "DOORSTEP_DATABASE": config.database}
    return Tending([sys.executable, *_program(), "db", "tend"], os.environ | own)


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


def run_window(config: settings.Settings, rooms: Rooms | None = None) -> int:
    """``doorstep``: the window on the user's own store, behind its PIN where there is one."""
    from console.ui.start import Options, run
    from console.ui.unlocking import admitted

    pin = Pin(config.home)
    if pin.is_set and not admitted(pin.is_right, PLAINLY):
        return 1
    lanes = ThreadLanes()
    with logged(config):
        console = open_console(config, lanes)
        stores = WindowStores.of(config.home, keeper(config, lambda _: None), console.store)
        services = replace(console.services, stores=stores)
        try:
            told = console.store.told or stores.take_word()
            options = Options(config.cache, tour=True, locale="", told=told, rooms=rooms)
            status = run(services, options)
        finally:
            console.close()
            lanes.close()
    if stores.wish is None:
        return status
    stores.leave_word()
    return start_again()


def start_again() -> int:
    """The window in a new process: the web engine starts only once in each."""
    command = [sys.executable, *_program()]
    if sys.platform != "win32":
        os.execv(command[0], command)  # noqa: S606 - our own program, without a shell
    subprocess.Popen(command)
    return 0


def _program() -> list[str]:
    return [] if getattr(sys, "frozen", False) else ["-m", "console"]


def inline(services: Services) -> Services:
    """The same services for work before the window's loop runs."""
    return replace(services, lanes=InlineLanes())


def examine_all(config: settings.Settings) -> list[Component]:
    """Every part of the installation, the store and the services, for ``doorstep doctor``."""
    known = regions(config).known()
    region = next(iter(known), None)
    chosen = RegionChoices(config).of(region.name if region else "")
    told = ", ".join(each.name for each in known)
    remedy = "" if known else tr("Add one: doorstep region add FILE.osm.pbf --name NAME")
    crashed = logs.crashes(config.logs)
    return [
        *examine(),
        *geo_components(),
        *condition.components(config.store, SystemClock().now()),
        *condition.shared(keys.with_password(config.database)),
        *condition.copy(config.home, config.database, SystemClock().now()),
        keys.component(),
        engine_component(region, keys.keyed(chosen.streets, "streets")),
        address_component(region, keys.keyed(chosen.addresses, "addresses")),
        Component(tr("Regions"), told or tr("none yet"), found=True, remedy=remedy),
        Component(
            tr("Runs that ended in a crash"),
            str(len(crashed)),
            found=True,
            remedy=tr("Report them: doorstep doctor --zip FILE") if crashed else "",
        ),
    ]


def diagnose(config: settings.Settings, out: Path) -> None:
    """``doorstep doctor --zip``: all of it as a file without a person in it."""
    names = {config.actor, getpass.getuser(), config.addresses.contact}
    if config.database:
        names |= set(address.read(config.database).private)
    found = Findings(
        examine_all(config),
        {name: value for name, value in asdict(config).items() if name != "home"},
        condition.counts(config.store, keys.with_password(config.database)),
        config.logs,
        sorted(filter(None, names)),
    )
    write_diagnostics(found, out)


@contextmanager
def logged(config: settings.Settings) -> Generator[None]:
    """What happens inside goes into this run's own log; without one where there is no room."""
    name = f"{SystemClock().now():%Y%m%dT%H%M%S}-{os.getpid()}"
    try:
        begun = logs.Logs.begin(config.logs, name)
    except OSError as error:
        log.warning("no log: %s", error.errno)
        yield
        return
    try:
        log.info("began")
        yield
        log.info("ended")
    finally:
        begun.close()
