"""How far it is: two clicks on the map, the way in words, and what is within reach."""

from collections.abc import Callable

import pytest

from console.dispatch.ports import Reach
from console.domain.places import Coordinate
from console.ui.deeds.measuring import marks
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
    assert reach[-1].label == "5 min"  # the whole town, as a rule
    assert reach[-1].tone == "ok"

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


def square(size: float, at: float = 0.0) -> tuple[Coordinate, ...]:
    corners = ((0, 0), (0, 1), (1, 1), (1, 0), (0, 0))
    return tuple(Coordinate(at + size * lat, at + size * lon) for lat, lon in corners)


def test_what_is_within_reach_is_drawn_once() -> None:
    near, far = square(1), square(3, -1)
    reached = [
        Reach(5, (near, square(0.2, 0.3))),  # with a lake in it
        Reach(10, (far, square(0.2, 9))),  # and an island
        Reach(20, (square(3.01, -1),)),  # where the streets end
    ]
    drawn = marks(reached)
    assert [(mark.label, len(mark.corners)) for mark in drawn] == [
        ("10 min", 10), ("10 min", 10), ("5 min", 10),
    ]  # fmt: skip
    assert [mark.tone for mark in drawn] == ["warn", "warn", "ok"]
    assert len({mark.key for mark in drawn}) == 3
    assert marks([]) == []
