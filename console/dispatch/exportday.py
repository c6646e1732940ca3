"""Export without a window: a day of the user's own store is opened, read and left as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from console.dispatch.exporting import Export, export, form_of, routes_named
from console.dispatch.lanes import Lane
from console.dispatch.paper import PaperWish
from console.dispatch.registers import DepotRecord
from console.dispatch.services import Services
from console.dispatch.station import LAST_DAY, LAST_DEPOT, Station, stream_of
from console.domain.errors import ConsoleError


@dataclass(frozen=True, slots=True)
class DayExport:
    """What ``doorstep export`` was asked; without a day or a depot the last one opened is meant."""

    out: Path
    form: str = ""
    day: date | None = None
    depot: str = ""
    drivers: tuple[str, ...] = ()
    paper: PaperWish = PaperWish()
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class _Unchanged:
    """Preferences that stay as they are: an export does not choose the day of the next window."""

    kept: Mapping[str, str]

    def get(self, user: str) -> Mapping[str, str]:
        return self.kept

    def put(self, user: str, values: Mapping[str, str]) -> None:
        """Nothing is kept."""


async def export_day(services: Services, wanted: DayExport) -> list[Path]:
    """Write what is wanted; ConsoleError where that day holds no plan."""
    form = form_of(wanted.out, wanted.form)
    kept = await services.lanes.run(Lane.SQL, partial(services.preferences.get, services.actor))
    depot = await _depot(services, wanted.depot, kept)
    day = wanted.day or (date.fromisoformat(kept[LAST_DAY]) if LAST_DAY in kept else None)
    if day is None:
        raise ConsoleError("No day was ever opened here.", remedy="Name one with --date.")
    rows = partial(services.journal.read, stream_of(depot.id, day))
    if not await services.lanes.run(Lane.SQL, rows):
        raise ConsoleError(
            f"Nothing is planned for {depot.name} on {day.isoformat()}.",
            remedy="Plan the day in the window first, or name another with --date.",
        )
    station = Station(replace(services, preferences=_Unchanged(kept)))
    try:
        await station.open(day, depot.id)
        await station.refresh()
        routes = routes_named(station, wanted.drivers)
        paper = replace(wanted.paper, routes=routes)
        return await export(station, Export(form, wanted.out, routes, paper, wanted.passphrase))
    finally:
        station.close()


async def _depot(services: Services, name: str, kept: Mapping[str, str]) -> DepotRecord:
    known: Sequence[DepotRecord] = await services.lanes.run(Lane.SQL, services.fleet.depots)
    if not known:
        raise ConsoleError("There is no depot here yet.", remedy="Import a fleet in the window.")
    if not name:
        return next((d for d in known if d.id == kept.get(LAST_DEPOT)), known[0])
    found = next((d for d in known if d.name.casefold() == name.strip().casefold()), None)
    if found is None:
        there = ", ".join(depot.name for depot in known)
        raise ConsoleError(f"There is no depot “{name}”.", remedy=f"There are: {there}.")
    return found
