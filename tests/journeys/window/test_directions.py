"""The way of a route in words beside the map, on paper, and as codes for the driver's phone."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtPdf import QPdfDocument

from console.dispatch.exporting import Export, Form, export
from console.dispatch.maplinks import MapLink
from console.dispatch.orderwork import note_access
from console.dispatch.paper import PaperWish
from console.domain.commands import MoveStops
from console.domain.places import Access
from console.domain.plan import RouteId
from console.ui.dialogs.directions import DirectionsPanel
from console.ui.dialogs.phone import PhoneSheet
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import click


@pytest.fixture
def longest(planned: Journey) -> RouteId:
    """The route with the most stops, lit."""
    schedules = planned.desktop.station.picture.schedules
    route = max(schedules, key=lambda route: len(schedules[route].visits))
    planned.desktop.selection.light(route)
    return route


def legs(panel: DirectionsPanel) -> list[str]:
    tops = (panel.way.topLevelItem(i) for i in range(panel.way.topLevelItemCount()))
    return [top.text(0) for top in tops if top is not None]


def test_directions_lead_through_every_stop_and_home(planned: Journey, longest: RouteId) -> None:
    journey = planned
    journey.do("directions")
    panel = journey.dialog(DirectionsPanel)
    stops = journey.plan.routes[longest].stops
    assert [told.split()[0] for told in legs(panel)[:-1]] == [
        str(n) for n in range(1, len(stops) + 1)
    ]
    assert legs(panel)[-1].startswith("Depot, ")
    assert panel.said.text() == "OSRM town"
    first = panel.way.topLevelItem(0)
    assert first is not None
    assert first.isExpanded()
    told = [first.child(i).text(0) for i in range(first.childCount())]
    assert told[0].startswith("Drive off")
    assert told[-1].startswith("You are there")

    panel.language.setCurrentIndex(panel.language.findData("pl"))
    journey.settle()
    polish = panel.way.topLevelItem(0)
    assert polish is not None
    assert polish.child(0).text(0).startswith("Rusz")

    journey.pick(stops[2])
    journey.settle()
    third = panel.way.topLevelItem(2)
    assert third is not None
    assert third.isExpanded()
    click(panel.copy_button)
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[0].startswith("1  ")
    assert "- Rusz" in copied

    journey.desktop.conductor.submit(MoveStops((stops[0],), None))
    journey.settle()
    assert len(legs(panel)) == len(stops)
    click(panel.close_button)
    assert not panel.isVisible()
    assert journey.unexpected == []


def test_codes_for_the_phone(planned: Journey, longest: RouteId) -> None:
    journey = planned
    journey.desktop.trigger("to_phone")
    sheet = journey.dialog(PhoneSheet)
    stops = journey.plan.routes[longest].stops
    assert sheet.kind is MapLink.GOOGLE
    assert sheet.stops.count() == -(-len(stops) // 10)
    assert sheet.link.startswith("https://www.google.com/maps/dir/?api=1")
    sheet.app.setCurrentIndex(sheet.app.findData(MapLink.GEO))
    assert sheet.stops.count() == len(stops)
    click(sheet.copy_button)
    assert QGuiApplication.clipboard().text() == sheet.link
    assert sheet.link.startswith("geo:")
    sheet.accept()
    journey.settle()


def test_directions_and_access_are_printed(
    planned: Journey, longest: RouteId, tmp_path: Path
) -> None:
    journey = planned
    station = journey.desktop.station
    first = journey.plan.stops[journey.plan.routes[longest].stops[0]]
    journey.run(note_access(station, first.place, Access("4711#", "3rd floor", "shed")))
    wish = PaperWish(routes=(longest,), link=MapLink.GOOGLE, with_directions=True, language="de")
    journey.run(export(station, Export(Form.PDF, tmp_path / "sheets.pdf", (), wish)))
    document = QPdfDocument()
    document.load(str(tmp_path / "sheets.pdf"))
    pages = [document.getAllText(i).text() for i in range(document.pageCount())]
    whole = " ".join(" ".join(pages).split())
    document.close()
    assert "Wegbeschreibung · Deutsch" in whole
    assert "Fahren Sie los" in whole
    assert "Tor: 4711#" in whole
    assert "Ablageort: shed" in whole
    assert "Stopps 1 bis" in whole


def test_a_route_without_stops_has_no_way(planned: Journey) -> None:
    journey = planned
    empty = next(r.id for r in journey.plan.routes.values() if not r.stops)
    journey.desktop.selection.light(empty)
    journey.do("directions")
    journey.do("to_phone")
    assert [n.text for n in journey.told[-2:]] == ["This route has no stops yet."] * 2
