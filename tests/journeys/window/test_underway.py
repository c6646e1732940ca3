"""Long work shows how far it is, and can be stopped; what was computed is kept."""

import threading
from collections.abc import Iterator

import pytest

from console.domain.travel import empty_matrix
from console.geo.engines.contract import Limits
from console.geo.engines.own_osrm import OsrmEngine
from console.ui import underway
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import click


class Gate:
    """Lets an engine answer one question, then holds it until it is opened."""

    def __init__(self) -> None:
        self.asked = 0
        self.open = threading.Event()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    held = Gate()
    table = OsrmEngine.table

    def slow(self, *asked):
        held.asked += 1
        if held.asked > 1:
            assert held.open.wait(30)
        return table(self, *asked)

    monkeypatch.setattr(OsrmEngine, "table", slow)
    monkeypatch.setattr(OsrmEngine, "limits", Limits(cells=60))
    monkeypatch.setattr(underway, "PATIENCE", 0.0)
    yield held
    held.open.set()


def test_travel_times_are_stopped_and_gone_on_with(planned: Journey, gate: Gate) -> None:
    journey = planned
    station, strip = journey.desktop.station, journey.desktop.panes.strip
    before = station.workday.matrix
    station.close_streets()
    (station.region.folder / "travel.sqlite").unlink()
    station.workday.set_matrix(empty_matrix())
    journey.desktop.conductor.spawn(station.refresh())
    journey.until(lambda: strip.stop.isVisible() and gate.asked == 2)
    assert strip._job is not None
    assert strip._job.text == "Computing travel times…"
    assert strip.stop.x() > strip._told_to()
    click(strip.stop)
    assert strip._job.text == "Stopping…"
    assert not strip.stop.isVisible()
    gate.open.set()
    journey.settle()
    told = journey.notice("Stopped.")
    assert told.deed == "look_up"
    assert strip._job is None
    assert not station.workday.matrix.places
    asked = gate.asked
    assert asked == 2
    journey.do("undo")  # nothing is computed until somebody asks for it
    assert gate.asked == asked
    journey.do("look_up")
    assert station.workday.matrix.durations == before.durations


def test_nothing_under_way_is_said(planned: Journey) -> None:
    planned.do("call_off")
    assert planned.told[-1].text == underway.NOTHING
