"""How far it is: two clicks on the map, the way in words, and what is within reach."""

from collections.abc import Callable

import pytest

from console.domain.places import Coordinate
from console.ui.dialogs.measuring import MeasuringPanel
from tests.journeys.town import Town
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import click


@pytest.fixture
def measuring(open_window: Callable[..., Journey], town: Town) -> tuple[Journey, MeasuringPanel]:
    journey = open_window()
    station = journey.desktop.station
    journey.run(station.use_region(station.services.regions.find("town")))
    journey.desktop.cartographer.show_region()
    journey.do("how_far")
    return journey, journey.dialog(MeasuringPanel)


def pick(journey: Journey, point: Coordinate) -> None:
    journey.desktop.panes.map_view.pointPicked.emit(point.lat, point.lon)
    journey.settle()


def test_from_point_to_point(measuring: tuple[Journey, MeasuringPanel]) -> None:
    journey, panel = measuring
    region = journey.desktop.station.region
    assert region is not None
    south, west, north, east = region.bounds
    middle = Coordinate((south + north) / 2, (west + east) / 2)
    beyond = Coordinate(middle.lat + (north - south) / 8, middle.lon + (east - west) / 8)
    assert "begins" in panel.hint.text()
    pick(journey, middle)
    assert "ends" in panel.hint.text()
    assert not panel.result.text()
    pick(journey, beyond)
    assert panel.result.text().endswith(("km", " m"))
    assert panel.source.text() == "By car. OSRM town"
    english = [panel.steps.item(i).text() for i in range(panel.steps.count())]
    assert english[0].startswith("Drive off")
    assert english[-1].startswith("You are there")
    journey.until(lambda: journey.counts()["candidates"] == 2)

    panel.language.setCurrentIndex(1)
    journey.settle()
    assert panel.steps.item(0).text().startswith("Fahren Sie los")
    click(panel.reach)
    journey.settle()
    reach = journey.desktop.panes.map_view._reach
    assert {mark.tone for mark in reach} == {"ok", "warn", "bad"}
    assert {mark.label for mark in reach} >= {"5 min", "10 min", "20 min"}

    click(panel.again)
    assert not panel.result.text()
    assert not journey.desktop.panes.map_view._reach
    click(panel.close_button)
    journey.until(lambda: journey.counts()["candidates"] == 0)
    assert not panel.isVisible()
    assert journey.unexpected == []


def test_a_click_off_the_roads_is_told(measuring: tuple[Journey, MeasuringPanel]) -> None:
    journey, panel = measuring
    pick(journey, Coordinate(0.0, 0.0))
    pick(journey, Coordinate(0.5, 0.5))
    assert not panel.result.text()
    assert any("from any road that a car may use" in notice.text for notice in journey.told)
