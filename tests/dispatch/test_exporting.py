"""Exports of an open day, and of a day of a store without a window."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from console.dispatch.exportday import DayExport, export_day
from console.dispatch.exporting import Export, Form, export, form_of, routes_named
from console.dispatch.paper import Paper, PaperSize, PaperWish
from console.dispatch.station import Station, stream_of
from console.domain.commands import AdoptSolution
from console.domain.errors import ConsoleError
from tests.dispatch.consoles import DAY, World, begun, journey, row


async def planned(station: Station, world: World) -> None:
    """Ida and Bo with two stops each, one order that nobody has."""
    rows = [row(f"o{i}", f"Weg {i * 9}") for i in range(1, 6)]
    rows[0] = row("o1", "Weg 9", recipient='"=HYPERLINK(""x"")"', phone="@1")
    await begun(station, world, *rows, drivers=("Ida", "Bo"))
    plan = station.picture.plan
    stops, routes = list(plan.stops), list(plan.routes)
    command = AdoptSolution(((routes[0], tuple(stops[:2])), (routes[1], tuple(stops[2:4]))))
    await station.submit(command)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_all_forms(world: World, tmp_path: Path) -> None:
    @journey
    async def run() -> None:
        with world.console() as station:
            await planned(station, world)
            for form in Form:
                path = tmp_path / "new" / f"{form}{form.suffix}"
                files = await export(station, Export(form, path))
                assert all(file.is_file() for file in files)
                assert len(files) == (2 if form is Form.GPX else 1)

    run()
    new = tmp_path / "new"
    with (new / "csv.csv").open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    assert len(told) == 4
    first = next(line for line in told if line["order_id"] == "o1")
    assert (first["recipient"], first["phone"]) == ('\'=HYPERLINK("x")', "'@1")
    book = openpyxl.load_workbook(new / "xlsx.xlsx")
    assert book.sheetnames == ["Routes", "Stops", "Unassigned"]
    assert book["Unassigned"].max_row == 2
    assert len(json.loads((new / "geojson.geojson").read_text("utf-8"))["features"]) == 8
    assert json.loads((new / "vroom.json").read_text("utf-8"))["summary"]["routes"] == 2
    assert json.loads((new / "plan.json").read_text("utf-8"))["totals"]["served"] == 4
    assert {path.name for path in new.glob("*.gpx")} == {"gpx-1-Ida.gpx", "gpx-2-Bo.gpx"}
    assert (new / "pdf.pdf").read_bytes().startswith(b"%PDF")


def test_one_driver_and_a_store_without_a_window(world: World, tmp_path: Path) -> None:
    @journey
    async def run() -> None:
        with world.console() as station:
            await planned(station, world)
            (route,) = routes_named(station, ["ida"])
            assert routes_named(station, ["1", "Ida"]) == (route,)
            with pytest.raises(ConsoleError, match="No driver") as caught:
                routes_named(station, ["Nobody"])
            assert "Ida, Bo" in caught.value.remedy
            await station.open(date(2026, 11, 24))
        with world.console() as station:
            services, out = station.services, tmp_path / "ida.gpx"
            kept = dict(services.preferences.get(services.actor))
            assert await export_day(services, DayExport(out, day=DAY, drivers=("Ida",))) == [out]
            assert dict(services.preferences.get(services.actor)) == kept
            wish = PaperWish(Paper.BOTH, PaperSize.LETTER)
            paper = tmp_path / "both.pdf"
            await export_day(services, DayExport(paper, day=DAY, depot="", paper=wish))
            assert paper.is_file()

    run()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"out": Path("x.doc")}, "no format"),
        ({"form": "tar"}, "no format"),
        ({"day": date(2030, 1, 1)}, "Nothing is planned"),
        ({"depot": "Moon"}, "no depot"),
        ({"drivers": ("Nobody",)}, "No driver"),
    ],
)
def test_what_cannot_be_exported_says_why(
    world: World, change: dict[str, object], words: str
) -> None:
    @journey
    async def run() -> None:
        with world.console() as station:
            await planned(station, world)
            wanted = replace(DayExport(world.folder / "x.csv", day=DAY), **change)
            with pytest.raises(ConsoleError, match=words) as caught:
                await export_day(station.services, wanted)
            assert caught.value.remedy
            depot = station.services.fleet.depots()[0].id
            assert not station.services.journal.read(stream_of(depot, date(2030, 1, 1)))

    run()


def test_nothing_to_export(world: World) -> None:
    @journey
    async def run() -> None:
        with world.console() as station:
            with pytest.raises(ConsoleError, match="no depot here"):
                await export_day(station.services, DayExport(world.folder / "x.csv"))
            await begun(station, world, row("o1", "Weg 1"))
            with pytest.raises(ConsoleError, match="no route"):
                await export(station, Export(Form.CSV, world.folder / "x.csv"))

    run()


def test_the_form_is_told_by_the_ending() -> None:
    named: Sequence[tuple[str, str, Form]] = (
        ("a.XLSX", "", Form.XLSX),
        ("a.json", "", Form.PLAN),
        ("a.json", "vroom", Form.VROOM),
        ("a", "GeoJSON", Form.GEOJSON),
    )
    for name, word, form in named:
        assert form_of(Path(name), word) is form
