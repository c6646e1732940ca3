"""The day after: what went wrong is looked through, and a case is found again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.dispatch.reporting import record
from console.domain.clusters import By
from console.domain.plan import Cause, FactKind
from console.ui.notices import Job
from console.ui.patterns.sheet import PatternsSheet
from tests.journeys.window.conftest import DAY, Journey


class SetClock:
    """Shows the time it is set to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=UTC))


@pytest.fixture
def evening(open_window: Callable[..., Journey], planned_store: Path, clock: SetClock) -> Journey:
    """At the first driver's doors nobody was there, all others were served; then a night."""
    journey = open_window(planned_store, clock=clock)
    journey.settle()
    station = journey.desktop.station
    routes = [route for route in journey.plan.routes.values() if route.stops]

    async def told() -> None:
        for route in routes:
            is_bad = route is routes[0]
            kind = FactKind.FAILED if is_bad else FactKind.DELIVERED
            for stop in route.stops[:6]:
                await record(station, kind, stop, cause=Cause.ABSENT if is_bad else None)
        clock.moment += timedelta(days=1)
        await journey.desktop.open_day(DAY + timedelta(days=1))

    journey.run(told())
    journey.settle()
    return journey


def called_off(journey: Journey) -> None:
    """With its first word it is stopped."""

    def stop(job: Job) -> None:
        if job.name == "patterns" and job.can_stop:
            journey.desktop.trigger("call_off")

    journey.desktop.signals.jobChanged.connect(stop)
    journey.do("patterns")
    journey.desktop.signals.jobChanged.disconnect(stop)
    assert journey.desktop.patterns.sheet is None


def test_what_went_wrong_is_looked_through_and_leads_back_to_its_day(evening: Journey) -> None:
    journey = evening
    called_off(journey)
    journey.do("patterns")
    sheet = journey.dialog(PatternsSheet)
    driver = next(i for i, each in enumerate(sheet.rows) if each.group.by is By.DRIVER)
    sheet.table.selectRow(driver)
    journey.settle()
    assert "one day: an event, no pattern" in sheet.said.text()
    assert len(sheet.cases) == 6
    sheet.case_table.selectRow(0)
    sheet.day_button.click()
    journey.settle()
    page = journey.desktop.panes.exceptions
    assert journey.desktop.station.service_day.day == DAY
    assert page.shown is not None
    assert page.shown.fact.cause is Cause.ABSENT
    assert journey.desktop.patterns.sheet is None
    journey.do("patterns")
    journey.dialog(PatternsSheet).reject()
