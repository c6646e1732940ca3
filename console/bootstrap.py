"""The composition root: the only module that knows every adapter."""

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from console import settings
from console.dispatch.doctor import examine
from console.dispatch.headless import Request, Say, plan_day
from console.dispatch.lanes import InlineLanes, Lanes
from console.dispatch.ports import Basemap, Geocoder, Region, Streets
from console.dispatch.services import Component, Services
from console.dispatch.station import Station
from console.domain.errors import ConsoleError
from console.gateway.sheets import PdfSheets
from console.geo.basemap import RegionBasemap
from console.geo.components import components as geo_components
from console.geo.geocoder import RegionGeocoder
from console.geo.regions import RegionStore
from console.geo.streets import RoadStreets
from console.planning.worker import Optimiser
from console.storage.store import Store

ORIGIN_FILE = "console.id"


class SystemClock:
    """The machine's clock: the one place that reads it."""

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the clock


@dataclass(frozen=True, slots=True)
class Console:
    """Services and the store behind them, to be closed together."""

    services: Services
    store: Store

    def close(self) -> None:
        """End child processes, then leave the store."""
        self.services.solver.close()
        self.store.close()


def load_settings() -> settings.Settings:
    """Read the settings; ConsoleError names what is wrong with them."""
    try:
        return settings.load()
    except ValueError as error:
        raise ConsoleError(str(error), remedy="Correct doorstep.toml or the variable.") from error


def open_console(config: settings.Settings, lanes: Lanes, *, store: Path | None = None) -> Console:
    """Everything wired on the user's own store, or on another one; regions are shared."""
    clock = SystemClock()
    kept = Store.open(store or config.store)
    services = Services(
        journal=kept.journal,
        places=kept.places,
        orders=kept.orders,
        fleet=kept.fleet,
        notes=kept.notes,
        preferences=kept.preferences,
        regions=RegionStore(config.regions, clock),
        geocoder=_geocoder,
        streets=_streets,
        basemap=_basemap,
        solver=Optimiser(config.cores or None),
        sheets=PdfSheets(),
        clock=clock,
        lanes=lanes,
        actor=config.actor,
        origin=_origin(config.home),
        components=_components,
    )
    return Console(services, kept)


def regions(config: settings.Settings) -> RegionStore:
    """The regions alone, for commands that need no store."""
    return RegionStore(config.regions, SystemClock())


def _components() -> list[Component]:
    return [*examine(), *geo_components()]


def _geocoder(region: Region) -> Geocoder:
    return RegionGeocoder(region)


def _streets(region: Region) -> Streets:
    return RoadStreets(region)


def _basemap(region: Region) -> Basemap:
    return RegionBasemap(region.folder)


def _origin(home: Path) -> str:
    """Answer this console's id, made once: undo stacks survive a restart by it."""
    file = home / ORIGIN_FILE
    try:
        if file.is_file():
            return file.read_text(encoding="ascii").strip()
        home.mkdir(parents=True, exist_ok=True)
        origin = uuid4().hex[:12]
        file.write_text(origin, encoding="ascii")
    except OSError as error:
        raise ConsoleError(
            f"The folder {home} cannot be used: {error.strerror}.",
            remedy="Free some space, or set DOORSTEP_HOME to a folder that can be written.",
        ) from error
    return origin


def run_plan(config: settings.Settings, request: Request, say: Say) -> int:
    """``doorstep plan``: in a store of its own that is thrown away afterwards."""
    store = regions(config)
    region = store.resolve(request.region, lambda sentence, share: say(f"{share:4.0%} {sentence}"))
    with tempfile.TemporaryDirectory(prefix="doorstep-plan-", ignore_cleanup_errors=True) as folder:
        console = open_console(config, InlineLanes(), store=Path(folder))
        station = Station(console.services)
        try:
            asyncio.run(plan_day(station, region, request, say))
        finally:
            station.close()
            console.close()
    return 0
