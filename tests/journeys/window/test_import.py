"""Order files come in through the window: taught once, applied the next time, by themselves."""

from collections.abc import Callable
from pathlib import Path

import pytest

from console.dispatch.watching import WatchedFolder
from console.domain.commands import MoveStops, PinStops
from console.domain.orders import OrderId
from console.intake import Source
from console.ui.deeds.watching import KEPT
from console.ui.dialogs.import_report import ImportReport
from console.ui.dialogs.watch_form import WatchForm
from console.ui.importing.wizard import ImportWizard
from tests.journeys.town import Town
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import choose_file, click

HEAD = "Beleg;Wohin;Gramm;Was\n"


def bakery(town: Town, path: Path, grams: int = 500) -> Path:
    """Three orders at addresses of the town, the first in two rows, with titles of their own."""
    lines = town.orders.read_text(encoding="utf-8").splitlines()
    titles = lines[0].split(",")
    doors = [dict(zip(titles, line.split(","), strict=False)) for line in lines[1:4]]
    rows = [f"B-{n};{d['street']}/{d['city']};{grams};Bread\n" for n, d in enumerate(doors, 1)]
    rows.insert(1, "B-1;;250;Cake\n")
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return path


def teach(journey: Journey) -> None:
    """Say in the wizard which column is what."""
    wizard = journey.dialog(ImportWizard)
    for key, source in {
        "order_id": Source(("Beleg",)),
        "street": Source(("Wohin",), split="/"),
        "city": Source(("Wohin",), split="/", part=-1),
        "weight": Source(("Gramm",), unit="g"),
        "item": Source(("Was",)),
    }.items():
        wizard.rows.put(key, source)
    wizard.lines_box.setChecked(True)
    click(wizard.import_button)


def test_a_file_is_taught_once(morning: Journey, town: Town, tmp_path: Path) -> None:
    journey = morning
    journey.desktop.trigger("import_orders")
    choose_file(journey, bakery(town, tmp_path / "bakery.csv"))
    teach(journey)
    report = journey.dialog(ImportReport)
    assert journey.desktop.files.last.added == ("B-1", "B-2", "B-3")
    assert "the mapping “bakery”" in report.origin.understood
    assert report.origin.joined == 1
    report.accept()
    journey.settle()
    stop = journey.plan.stop_of_order(OrderId("B-1"))
    order = next(order for order in stop.orders if order.id == "B-1")
    assert (order.load.kg, order.load.pieces) == (0.75, 2)
    assert "1 x Bread\n1 x Cake" in journey.desktop.station.picture.labels[stop.id].notes

    route = next(iter(journey.plan.routes))
    journey.desktop.conductor.submit(MoveStops((stop.id,), route))
    journey.desktop.conductor.submit(PinStops((stop.id,)))
    journey.settle()
    journey.desktop.files.take_any([str(bakery(town, tmp_path / "next.csv", grams=900))])
    again = journey.dialog(ImportReport)
    assert journey.desktop.files.last.changed == ("B-1", "B-2", "B-3")
    click(again.columns_button)
    wizard = journey.dialog(ImportWizard)
    assert wizard.rows.fields["weight"].unit == "g"
    wizard.reject()
    journey.settle()
    assert journey.plan.stops[stop.id].pinned
    journey.desktop.trigger("import_report")
    journey.dialog(ImportReport).accept()
    journey.settle()


def test_a_wizard_that_is_left_changes_nothing(
    morning: Journey, town: Town, tmp_path: Path
) -> None:
    before = morning.plan
    morning.desktop.trigger("teach_orders")
    choose_file(morning, bakery(town, tmp_path / "bakery.csv"))
    morning.dialog(ImportWizard).reject()
    morning.settle()
    assert morning.plan == before


def test_a_watched_folder_brings_orders_by_itself(
    morning: Journey, town: Town, tmp_path: Path
) -> None:
    journey, folder = morning, tmp_path / "inbox"
    folder.mkdir()
    old = folder / "old.csv"
    old.write_text("order_id,street\nOLD,Nowhere 1\n", encoding="utf-8")
    journey.desktop.trigger("watch_folder")
    form = journey.dialog(WatchForm)
    assert not form.watch_button.isEnabled()
    form.path_field.setText(str(folder))
    click(form.watch_button)
    journey.settle()
    assert journey.told[-1].text == "Watching inbox."

    bakery(town, folder / "bakery.csv")
    asked = journey.notice("bakery.csv")
    assert asked.deed == "teach_orders"
    journey.desktop.trigger(asked.deed)
    teach(journey)
    journey.dialog(ImportReport).accept()
    journey.settle()
    bakery(town, folder / "later.csv", grams=700)
    told = journey.notice("later.csv: 3 changed")
    assert told.deed == "import_report"
    assert journey.plan.stop_of_order(OrderId("OLD")) is None

    journey.desktop.trigger("watch_folder")
    click(journey.dialog(WatchForm).stop_button)
    journey.settle()
    assert journey.told[-1].text == "No folder is watched any more."
    assert journey.desktop.watch.folder is None


def test_the_next_window_goes_on_watching(
    open_window: Callable[..., Journey], town: Town, tmp_path: Path
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    journey = open_window()
    journey.run(journey.desktop.watch.watch(folder))
    services = journey.desktop.station.services
    assert KEPT in services.preferences.get(services.actor)
    journey.run(journey.desktop.watch.recall())
    assert isinstance(journey.desktop.watch.folder, WatchedFolder)
    assert journey.desktop.watch.folder.path == folder


def test_a_watched_folder_that_goes_is_told(morning: Journey, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    morning.run(morning.desktop.watch.watch(folder))
    morning.settle()
    folder.rmdir()
    assert morning.notice("cannot be read").remedy


@pytest.mark.parametrize("deed", ["import_report"])
def test_no_report_yet(open_window: Callable[..., Journey], deed: str) -> None:
    journey = open_window()
    journey.do(deed)
    assert journey.told[-1].text == "No file was imported yet."
