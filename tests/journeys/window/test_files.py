"""Files in and out through the window's dialogs."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from console.domain.commands import PinStops
from console.domain.orders import OrderId
from console.ui.dialogs.fixup import FixUpPanel
from console.ui.dialogs.import_report import ImportReport
from tests.journeys.town import Town
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import choose_file, click


def test_plan_figures_and_route_sheets_are_written(planned: Journey, tmp_path: Path) -> None:
    journey = planned
    for deed, name in (
        ("export_plan", "plan.json"),
        ("export_figures", "figures.csv"),
        ("route_sheets", "sheets.pdf"),
    ):
        journey.desktop.trigger(deed)
        choose_file(journey, tmp_path / name)
        journey.settle()
        assert journey.told[-1].text == f"Written: {name}"
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    picture = journey.desktop.station.picture
    assert plan["totals"]["served"] == picture.totals.served
    assert len(plan["routes"]) == len(picture.schedules)
    with (tmp_path / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) >= len(picture.schedules) + 1
    assert (tmp_path / "sheets.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("deed", ["export_plan", "export_figures", "route_sheets"])
def test_a_file_that_cannot_be_written_is_told(planned: Journey, tmp_path: Path, deed: str) -> None:
    target = tmp_path / "folder.csv"
    target.mkdir()
    write = getattr(planned.desktop.files, f"_{deed}")
    planned.desktop.conductor.spawn(planned.desktop.files._written(write, target))
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
    report = journey.dialog(ImportReport)
    assert "BAD-1" in {reject.order for reject in report.rejects}
    assert report.doubtful >= 1
    report.save(str(tmp_path / "report.csv"))
    assert "BAD-1" in (tmp_path / "report.csv").read_text(encoding="utf-8-sig")
    click(report.fix_button)
    panel = journey.dialog(FixUpPanel)
    journey.settle()

    place, card = next(iter(panel.cards.items()))
    click(card.map_button)
    depot = next(iter(journey.desktop.station.picture.depots.values()))
    journey.desktop.panes.map_view.pointPicked.emit(depot.lat, depot.lon)
    assert card.save_button.isVisible()
    click(card.save_button)
    journey.settle()
    assert place not in panel.cards
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
