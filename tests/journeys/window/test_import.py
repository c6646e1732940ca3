"""Order files come in through the window: taught once, applied the next time, by themselves."""

import csv
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QLabel

from console.dispatch.extracts import Cancelled
from console.dispatch.ports import Geocoder, Progress
from console.dispatch.watching import WatchedFolder
from console.domain.commands import MoveStops, PinStops
from console.domain.orders import OrderId
from console.domain.places import Address, Certainty
from console.intake import Source
from console.ui.deeds.watching import KEPT
from console.ui.dialogs.import_report import ImportReport
from console.ui.dialogs.watch_form import WatchForm
from console.ui.importing.columns_page import ColumnsPage
from console.ui.importing.doors_page import DoorsPage
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
        wizard.findChild(ColumnsPage).rows.put(key, source)
    wizard.findChild(ColumnsPage).lines_box.setChecked(True)
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
    assert wizard.findChild(ColumnsPage).rows.fields["weight"].unit == "g"
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


def strange(town: Town, path: Path, numbers: dict[str, str]) -> Path:
    """Orders with these numbers, at houses that are not on the map where a number says so."""
    with town.orders.open(encoding="utf-8", newline="") as file:
        good = next(row for row in csv.DictReader(file) if row["street"][-1:].isdigit())
    name = good["street"].rstrip("0123456789 abc")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(good))
        writer.writeheader()
        for key, number in numbers.items():
            writer.writerow({**good, "order_id": key, "street": f"{name} {number}"})
    return path


def test_doubtful_addresses_of_a_file_are_put_right_before_its_report(
    morning: Journey, town: Town, tmp_path: Path
) -> None:
    journey = morning
    numbers = {"X-1": "900", "X-2": "901", "X-3": "902"}
    path = strange(town, tmp_path / "day.csv", numbers)
    journey.desktop.files.take_any([str(path)])
    page = journey.dialog(DoorsPage)
    assert len(page.list.cards) == page.left == 3
    assert page.title.text() == "3 addresses were not found for sure"
    fixed = [page.list.current]
    first = page.list.cards[fixed[0]]
    journey.until(lambda: counted(journey, page)["candidates"] == len(first.spots) > 0)
    spot = first.spots[0][1]
    page.map_view.candidatePicked.emit(spot.lat, spot.lon)
    click(first.save_button)
    journey.until(lambda: page.left == 2)

    fixed.append(page.list.current)
    second = page.list.cards[fixed[1]]
    click(second.map_button)
    page.map_view.pointPicked.emit(spot.lat + 0.001, spot.lon)
    page.map_view.pointPicked.emit(spot.lat + 0.0004, spot.lon)  # dragged until it was right
    click(second.save_button)
    journey.until(lambda: page.left == 1)
    click(journey.dialog(ImportWizard).done_button)
    report = journey.dialog(ImportReport)
    assert report.origin.fixed == 2
    assert "Addresses put right" in said(report)
    assert report.doubtful >= 1
    report.accept()
    journey.settle()
    known = journey.desktop.station.services.places.get(fixed)
    assert all(place.certainty is Certainty.FIXED for place in known.values())
    assert {known[key].coordinate.lat for key in fixed} == {spot.lat, spot.lat + 0.0004}

    streets = [place.address.street.rpartition(" ")[2] for place in known.values()]
    again = strange(town, tmp_path / "next.csv", dict(zip(("X-4", "X-5"), streets, strict=True)))
    journey.desktop.files.take_any([str(again)])
    journey.dialog(ImportReport).accept()  # both doors are known by now
    journey.settle()


def test_the_page_of_addresses_follows_that_of_the_columns_and_ends_by_itself(
    morning: Journey, town: Town, tmp_path: Path
) -> None:
    journey = morning
    path = strange(town, tmp_path / "day.csv", {"X-1": "900"})
    journey.desktop.conductor.spawn(journey.desktop.files.imports.teach(path))
    wizard = journey.dialog(ImportWizard)
    click(wizard.import_button)
    page = journey.dialog(DoorsPage)
    assert page.window() is wizard
    card = page.list.cards[page.list.current]
    click(card.candidates[0])
    report = journey.dialog(ImportReport)
    assert report.origin.fixed == 1
    report.accept()
    journey.settle()


def test_while_addresses_are_looked_up_the_wizard_may_go_behind_and_be_stopped(
    morning: Journey, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey, held = morning, Event()
    geocoder = journey.run(journey.desktop.station.geocoder())
    found = type(geocoder).locate_all

    def slowly(self: Geocoder, addresses: list[Address], told: Progress | None = None):
        if told is None:
            return found(self, addresses)
        told("Looking up addresses", 0.5)
        held.wait(20)
        try:
            told("Looking up addresses", 0.6)
        except Cancelled:
            return []  # as far as it came
        return found(self, addresses)

    monkeypatch.setattr(type(geocoder), "locate_all", slowly)
    path = strange(town, tmp_path / "day.csv", {"X-1": "900"})
    journey.desktop.conductor.spawn(journey.desktop.files.imports.teach(path))
    wizard = journey.dialog(ImportWizard)
    click(wizard.import_button)
    journey.until(wizard.stop_button.isEnabled)
    assert wizard.work.said.text() == "Looking up addresses…"
    assert wizard.work.bar.value() == wizard.work.bar.maximum() // 2
    click(wizard.behind_button)
    assert not wizard.isVisible()
    wizard.open()
    click(wizard.stop_button)
    held.set()
    page = journey.dialog(DoorsPage)  # what was not looked up is not sure either
    assert page.left == 1
    wizard.reject()
    report = journey.dialog(ImportReport)
    assert (report.origin.fixed, report.doubtful > 0) == (0, True)
    report.accept()
    journey.settle()


def counted(journey: Journey, page: DoorsPage) -> dict[str, int]:
    """What the page's own map shows."""
    told: list[dict[str, int]] = []
    page.map_view.counts(told.append)
    journey.until(lambda: bool(told))
    return {"candidates": 0, **told[0]}


def said(report: ImportReport) -> str:
    return "\n".join(label.text() for label in report.findChildren(QLabel))
