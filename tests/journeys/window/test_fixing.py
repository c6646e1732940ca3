"""Doubtful addresses, fixed beside the map and remembered."""

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.places import Certainty
from console.ui.dialogs.fixup import FixUpPanel
from console.ui.dialogs.import_report import ImportReport
from tests.journeys.town import Town
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import click, leave_doors


@pytest.fixture
def doubtful(
    open_window: Callable[..., Journey], town: Town, tmp_path: Path
) -> tuple[Journey, FixUpPanel]:
    """A day with two addresses of another town than their postcode's, the list open."""
    journey = open_window()
    station = journey.desktop.station
    journey.run(station.use_region(station.services.regions.find("town")))
    journey.desktop.cartographer.show_region()
    journey.desktop.files.take_any([str(orders(town, tmp_path / "day.csv", ("X1", "X2")))])
    leave_doors(journey)
    journey.dialog(ImportReport).accept()
    journey.settle()
    journey.do("fix_addresses")
    return journey, journey.dialog(FixUpPanel)


def orders(town: Town, path: Path, ids: tuple[str, ...], *, spelling: str = "") -> Path:
    """Two good addresses whose numbers are not on the map."""
    with town.orders.open(encoding="utf-8", newline="") as file:
        good = next(row for row in csv.DictReader(file) if row["street"][-1:].isdigit())
    name = good["street"].rstrip("0123456789 abc")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(good))
        writer.writeheader()
        for i, key in enumerate(ids):
            street = spelling or f"{name} {900 + i}"
            writer.writerow({**good, "order_id": key, "street": street})
    return path


def take(journey: Journey, path: Path) -> None:
    journey.desktop.files.take_any([str(path)])
    journey.dialog(ImportReport).accept()
    journey.settle()


def test_a_candidate_on_the_map_becomes_the_door_and_is_kept(
    doubtful: tuple[Journey, FixUpPanel], town: Town, tmp_path: Path
) -> None:
    journey, panel = doubtful
    map_view = journey.desktop.panes.map_view
    key = panel.list.current
    assert key is not None
    card = panel.list.cards[key]
    assert card.spots
    journey.until(lambda: journey.counts()["candidates"] == len(card.spots))
    map_view.candidatePicked.emit(card.spots[0][1].lat, card.spots[0][1].lon)
    assert card.point == card.spots[0][1]
    click(card.access_button)
    assert card.access is not None
    card.access.gate.setText("4711#")
    card.access.minutes.setValue(3)
    click(card.save_button)
    journey.settle()
    assert key not in panel.list.cards
    places = journey.desktop.station.services.places
    kept = places.get([key])[key]
    assert kept.certainty is Certainty.FIXED
    assert kept.coordinate == card.spots[0][1]
    assert (kept.access.gate, kept.access.parking_time) == ("4711#", timedelta(minutes=3))

    again = kept.address.street.upper().replace(" ", "  ")
    take(journey, orders(town, tmp_path / "later.csv", ("X9",), spelling=again))
    later = next(stop for stop in journey.plan.stops.values() if stop.orders[0].id == "X9")
    assert later.orders[0].parking_time == timedelta(minutes=3)
    label = journey.desktop.station.picture.labels[later.id]
    assert label.coordinate == kept.coordinate


def test_a_click_on_the_map_is_dragged_until_it_is_right(
    doubtful: tuple[Journey, FixUpPanel],
) -> None:
    journey, panel = doubtful
    map_view = journey.desktop.panes.map_view
    key, card = list(panel.list.cards.items())[-1]
    click(card.map_button)
    map_view.pointPicked.emit(card.spots[0][1].lat, card.spots[0][1].lon)
    moved = (card.spots[0][1].lat + 0.0004, card.spots[0][1].lon)
    map_view.pointPicked.emit(*moved)
    click(card.save_button)
    journey.settle()
    places = journey.desktop.station.services.places
    kept = places.get([key])[key].coordinate
    assert kept is not None
    assert (kept.lat, kept.lon) == moved
    click(panel.close_button)
    journey.until(lambda: journey.counts()["candidates"] == 0)
    assert not panel.isVisible()
