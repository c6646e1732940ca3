"""The plan of the open day as files for others: tables, maps, devices, planners, paper."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from console.analytics.tables import csv_bytes, xlsx_bytes
from console.dispatch import sealed
from console.dispatch.headless import numbered_document, plan_document
from console.dispatch.lanes import Lane
from console.dispatch.optimising import reasons
from console.dispatch.orderwork import Imported
from console.dispatch.paper import PaperWish
from console.dispatch.planfile import json_bytes
from console.dispatch.plantables import PlanTables
from console.dispatch.printing import printed, ways
from console.dispatch.station import Station
from console.dispatch.tracks import Tracks
from console.domain.errors import ConsoleError
from console.domain.plan import RouteId
from console.tongues import tr


class Form(StrEnum):
    """What a plan can be written as."""

    XLSX = "xlsx"
    CSV = "csv"
    GEOJSON = "geojson"
    GPX = "gpx"
    VROOM = "vroom"
    PLAN = "plan"
    PDF = "pdf"

    @property
    def suffix(self) -> str:
        """How its files end."""
        return ".json" if self in {Form.VROOM, Form.PLAN} else f".{self.value}"

    @property
    def sentence(self) -> str:
        """What it is for."""
        return _SENTENCES[self]

    @property
    def takes_routes(self) -> bool:
        """True where it can be written for some drivers only."""
        return self not in {Form.VROOM, Form.PLAN}


_SENTENCES = {
    Form.XLSX: tr("Workbook: routes, stops, what is unassigned and why"),
    Form.CSV: tr("Table: a row for each order, in the order of delivery"),
    Form.GEOJSON: tr("Map layer: lines along streets, stops with their times"),
    Form.GPX: tr("Navigation: one file for each driver"),
    Form.VROOM: tr("VROOM solution (JSON)"),
    Form.PLAN: tr("Doorstep plan, to go on from (JSON)"),
    Form.PDF: tr("Route sheets to print"),
}


@dataclass(frozen=True, slots=True)
class Export:
    """What to write and where; ``routes`` () are all, ``paper`` is for a PDF."""

    form: Form
    path: Path
    routes: tuple[RouteId, ...] = ()
    paper: PaperWish = PaperWish()
    passphrase: str = ""
    """Under which the files are written; they are then called ``.age``."""


def form_of(path: Path, named: str = "") -> Form:
    """The form that is named, else the one of the file's ending; ConsoleError names all."""
    word = (named or path.suffix.removeprefix(".")).casefold()
    word = {"json": "plan"}.get(word, word)
    try:
        return Form(word)
    except ValueError:
        known = ", ".join(Form)
        raise ConsoleError(
            tr("“{value}” is no format of a plan.", value=word or path.name),
            remedy=tr("Choose one of {known}.", known=known),
        ) from None


def routes_named(station: Station, names: Sequence[str]) -> tuple[RouteId, ...]:
    """Routes by driver's name or number; ConsoleError names an unknown one and those there are."""
    picture = station.picture
    found = list[RouteId]()
    for name in names:
        wanted = name.strip().casefold()
        these = [
            route
            for route, label in picture.drivers.items()
            if wanted in {label.name.casefold(), str(label.number)}
        ]
        if not these:
            there = sorted(picture.drivers.values(), key=lambda label: label.number)
            known = ", ".join(label.name for label in there) or "nobody"
            raise ConsoleError(
                tr("No driver “{name}” today.", name=name),
                remedy=tr("There are: {known}.", known=known),
            )
        found += these
    return tuple(dict.fromkeys(found))


async def export(station: Station, wish: Export, imported: Imported | None = None) -> list[Path]:
    """Write it; answers the files. ConsoleError where nothing is planned or the disk says no."""
    if wish.passphrase:
        sealed.check(wish.passphrase)
    if not station.picture.schedules:
        raise ConsoleError(
            tr("There is no route to write."), remedy=tr("Optimise or assign first.")
        )
    return await _WRITERS[wish.form](station, wish, imported)


async def _plan(station: Station, wish: Export, imported: Imported | None) -> list[Path]:
    data = json_bytes(await plan_document(station, imported))
    return [await _put(station, wish, wish.path, data)]


async def _vroom(station: Station, wish: Export, _imported: Imported | None) -> list[Path]:
    data = json_bytes(await numbered_document(station, _unsaid))
    return [await _put(station, wish, wish.path, data)]


async def _tables(station: Station, wish: Export, _imported: Imported | None) -> list[Path]:
    plan = station.picture.plan
    orders = [order.id for stop in plan.stops.values() for order in stop.orders]
    run = station.services.lanes.run
    entries = await run(Lane.SQL, partial(station.services.orders.get, orders))
    why = await reasons(station)
    tables = PlanTables(station.picture, entries, why, wish.routes)

    def made() -> bytes:
        is_book = wish.form is Form.XLSX
        return xlsx_bytes(tables.all()) if is_book else csv_bytes(tables.stops())

    return [await _put(station, wish, wish.path, await run(Lane.FILES, made))]


async def _geojson(station: Station, wish: Export, _imported: Imported | None) -> list[Path]:
    tracks = Tracks(station.picture, await ways(station, wish.routes))
    text = json.dumps(tracks.as_geojson(), ensure_ascii=False)
    return [await _put(station, wish, wish.path, text.encode())]


async def _gpx(station: Station, wish: Export, _imported: Imported | None) -> list[Path]:
    """One route gets the path that was asked for, several get names of their own beside it."""
    tracks = Tracks(station.picture, await ways(station, wish.routes))
    written = list[Path]()
    for route in tracks.numbered():
        path = wish.path
        if len(tracks.ways) > 1:
            label = station.picture.drivers[route]
            who = re.sub(r"[^\w-]+", "-", label.name).strip("-")
            path = path.with_name(f"{path.stem}-{label.number}-{who}{path.suffix or '.gpx'}")
        written.append(await _put(station, wish, path, tracks.as_gpx(route)))
    return written


async def _pdf(station: Station, wish: Export, _imported: Imported | None) -> list[Path]:
    data = await printed(station, wish.paper)
    return [await _put(station, wish, wish.path, data)]


def _unsaid(_note: str) -> None:
    """Reloads and charges stand in the file as steps of their own."""


async def _put(station: Station, wish: Export, path: Path, data: bytes) -> Path:
    """On the disk, sealed where that is wished: nothing else of it ever is."""
    written = partial(sealed.write, path, data, wish.passphrase)
    return await station.services.lanes.run(Lane.FILES, written)


_WRITERS = {
    Form.XLSX: _tables,
    Form.CSV: _tables,
    Form.GEOJSON: _geojson,
    Form.GPX: _gpx,
    Form.VROOM: _vroom,
    Form.PLAN: _plan,
    Form.PDF: _pdf,
}
