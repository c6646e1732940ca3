"""The morning after some days: risks of first tries, and what colleagues found out."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.dispatch.insights import insights, vote
from console.domain.insight import About
from console.ui.insights.form import InsightForm
from console.ui.insights.sheet import InsightsSheet
from tests.journeys.window.conftest import DAY, Journey
from tests.journeys.window.test_patterns import SetClock


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=UTC))


@pytest.fixture
def morning(open_window: Callable[..., Journey], planned_store: Path, clock: SetClock) -> Journey:
    journey = open_window(planned_store, clock=clock)
    journey.settle()
    return journey


def picked(journey: Journey) -> str:
    stop = next(s for s in journey.plan.stops.values() if s.route is not None)
    journey.desktop.selection.pick([stop.id], stop.route)
    journey.settle()
    return str(stop.place)


def parts(journey: Journey) -> dict[str, list[str]]:
    card = journey.desktop.panes.details.page.card
    assert card is not None
    return {part.title: [row.text for row in part.rows] for part in card.parts}


def test_an_insight_is_shared_seen_and_voted_on(morning: Journey) -> None:
    journey, desktop = morning, morning.desktop
    journey.do("go_details")
    place = picked(journey)
    desktop.trigger("share_insight")
    form = journey.dialog(InsightForm)
    assert form.topic == (About.DOOR, place)
    form.field.setPlainText("Ring at the back")
    form.share_button.click()
    journey.settle()
    assert parts(journey)["Found out"][0].startswith("Ring at the back (")
    journey.do("insights")
    sheet = journey.dialog(InsightsSheet)
    sheet.table.selectRow(0)
    sheet.holds_button.click()
    journey.settle()
    assert sheet.rows[0].insight.holding == [desktop.station.services.actor]
    sheet.doubt_button.click()
    journey.settle()
    assert sheet.rows == []
    assert "Found out" not in parts(journey)
    sheet.reject()
    journey.settle()
    assert desktop.insights.sheet is None
    found = journey.run(insights(desktop.station))
    journey.run(vote(desktop.station, found[0].insight.id, holds=True))
    desktop.following.on_registers()
    journey.settle()
    assert "Found out" in parts(journey)
