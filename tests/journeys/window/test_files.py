"""Files in and out through the window's dialogs."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog

from console.dispatch.exporting import Export, Form
from console.dispatch.maplinks import MapLink
from console.dispatch.paper import Paper, PaperSize, PaperWish
from console.domain.commands import PinStops
from console.domain.orders import OrderId
from console.ui.dialogs.export_form import ExportForm
from console.ui.dialogs.fixup import FixUpPanel
from console.ui.dialogs.import_report import ImportReport
from console.ui.dialogs.print_form import PrintForm
from console.ui.printing import new_printer
from tests.journeys.town import Town
from tests.journeys.window.conftest import DAY, Journey
from tests.journeys.window.fingers import choose_file, click, leave_doors

NAME = f"plan-{DAY.isoformat()}"


def save_as(journey: Journey, path: Path) -> None:
    choose_file(journey, path)
    journey.settle()


@pytest.mark.parametrize("form", [Form.PLAN, Form.XLSX, Form.GPX])
def test_the_plan_is_exported(planned: Journey, tmp_path: Path, form: Form) -> None:
    journey = planned
    journey.desktop.trigger("export_plan")
    dialog = journey.dialog(ExportForm)
    dialog.forms[form].setChecked(True)
    click(dialog.save_button)
    save_as(journey, tmp_path / f"{NAME}{form.suffix}")
    assert journey.told[-1].text.startswith(f"Written: {NAME}")
    picture = journey.desktop.station.picture
    if form is Form.PLAN:
        plan = json.loads((tmp_path / f"{NAME}.json").read_text(encoding="utf-8"))
        assert plan["totals"]["served"] == picture.totals.served
        assert len(plan["routes"]) == len(picture.schedules)
    elif form is Form.GPX:
        assert len(list(tmp_path.glob(f"{NAME}-*.gpx"))) == len(picture.schedules)
    else:
        assert (tmp_path / f"{NAME}.xlsx").read_bytes().startswith(b"PK")


def test_figures_are_written(planned: Journey, tmp_path: Path) -> None:
    planned.desktop.trigger("export_figures")
    save_as(planned, tmp_path / "figures.csv")
    assert planned.told[-1].text == "Written: figures.csv"
    with (tmp_path / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) >= len(planned.desktop.station.picture.schedules) + 1


def test_sheets_for_one_driver_are_saved_and_the_wish_is_kept(
    planned: Journey, tmp_path: Path
) -> None:
    journey = planned
    route = next(iter(journey.desktop.station.picture.schedules))
    journey.desktop.selection.light(route)
    journey.desktop.trigger("route_sheets")
    dialog = journey.dialog(PrintForm)
    assert dialog.wish.routes == (route,)
    dialog.papers[Paper.BOTH].setChecked(True)
    dialog.size_field.setCurrentText("Letter")
    dialog.link_field.setCurrentText(MapLink.OSM.words)
    click(dialog.save_button)
    save_as(journey, tmp_path / f"{NAME}.pdf")
    assert journey.told[-1].text == f"Written: {NAME}.pdf"
    document = QPdfDocument()
    assert document.load(str(tmp_path / f"{NAME}.pdf")) is QPdfDocument.Error.None_
    assert document.pagePointSize(0).toSize().toTuple() == (612, 792)
    told = " ".join(document.getAllText(i).text() for i in range(document.pageCount()))
    assert "Loading list" in told
    assert journey.desktop.station.picture.drivers[route].name in told
    journey.desktop.trigger("route_sheets")
    again = journey.dialog(PrintForm)
    assert (again.wish.paper, again.wish.size) == (Paper.BOTH, PaperSize.LETTER)
    assert again.wish.link is MapLink.OSM
    again.reject()
    journey.settle()


def test_sheets_go_to_a_printer(planned: Journey, tmp_path: Path) -> None:
    """To the printer that every system has: a file."""
    printer = new_printer("sheets", is_letter=False)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    planned.run(planned.desktop.papers.print_out(PaperWish(Paper.LOADING), printer))
    routes = len(planned.desktop.station.picture.schedules)
    assert planned.told[-1].text == f"{routes} pages sent to the printer."
    document = QPdfDocument()
    document.load(str(tmp_path / "printed.pdf"))
    assert document.pageCount() == routes


def test_the_printers_dialog_opens_and_may_be_left(planned: Journey) -> None:
    planned.desktop.trigger("route_sheets")
    click(planned.dialog(PrintForm).print_button)
    planned.dialog(QPrintDialog).reject()
    planned.settle()
    assert not planned.told or "printer" not in planned.told[-1].text


@pytest.mark.parametrize("form", [Form.CSV, Form.PDF, Form.PLAN])
def test_a_file_that_cannot_be_written_is_told(
    planned: Journey, tmp_path: Path, form: Form
) -> None:
    target = tmp_path / "folder.csv"
    target.mkdir()
    planned.desktop.conductor.spawn(planned.desktop.papers._written(Export(form, target)))
    planned.settle()
    assert "could not be written" in planned.told[-1].text
    assert planned.told[-1].remedy


def test_files_are_imported_through_the_dialogs(
    open_window: Callable[..., Journey], town: Town, tmp_path: Path
) -> None:
    journey = open_window()
    orders = tmp_path / "orders.csv"
    bad = "BAD-1,Nobody,,,,,,-3,abc,,,,,,,\n"
    orders.write_text(town.orders.read_text(encoding="utf-8") + bad, encoding="utf-8")
    journey.desktop.trigger("import_fleet")
    choose_file(journey, town.fleet)
    journey.dialog(ImportReport).accept()
    journey.settle()
    assert sum(1 for route in journey.plan.routes.values() if not route.off) == 4

    journey.desktop.trigger("import_orders")
    choose_file(journey, orders)
    leave_doors(journey)
    report = journey.dialog(ImportReport)
    assert "BAD-1" in {reject.order for reject in report.rejects}
    assert report.doubtful >= 1
    report.save(str(tmp_path / "report.csv"))
    assert "BAD-1" in (tmp_path / "report.csv").read_text(encoding="utf-8-sig")
    click(report.fix_button)
    panel = journey.dialog(FixUpPanel)
    journey.settle()

    place, card = next(iter(panel.list.cards.items()))
    click(card.map_button)
    depot = next(iter(journey.desktop.station.picture.depots.values()))
    journey.desktop.panes.map_view.pointPicked.emit(depot.lat, depot.lon)
    assert card.save_button.isVisible()
    click(card.save_button)
    journey.settle()
    assert place not in panel.list.cards
    stop = next(s for s in journey.plan.stops.values() if s.place == place)
    label = journey.desktop.station.picture.labels[stop.id]
    assert label.coordinate.lat == pytest.approx(depot.lat)


def test_importing_a_changed_file_again_keeps_pins_and_says_what_changed(
    planned: Journey, town: Town, tmp_path: Path
) -> None:
    journey = planned
    stop = next(
        journey.plan.stops[s]
        for s in journey.desktop.station.picture.visits
        if len(journey.plan.stops[s].orders) == 1
    )
    journey.desktop.conductor.submit(PinStops((stop.id,)))
    journey.settle()
    with town.orders.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    gone = next(row for row in rows if row["order_id"] != stop.orders[0].id)
    changed = next(row for row in rows if row["order_id"] == stop.orders[0].id)
    changed["weight_kg"] = "4.25"
    again = tmp_path / "again.csv"
    with again.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(row for row in rows if row is not gone)
    journey.desktop.files.take_any([str(again)])
    report = journey.dialog(ImportReport)
    imported = journey.desktop.files.last
    assert imported.changed == (stop.orders[0].id,)
    assert imported.missing == (gone["order_id"],)
    assert not imported.added
    report.accept()
    journey.settle()
    after = journey.plan.stops[stop.id]
    assert after.pinned
    assert after.route == stop.route
    assert after.orders[0].load.kg == 4.25
    assert journey.plan.stop_of_order(OrderId(gone["order_id"])) is not None
