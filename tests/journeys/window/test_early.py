"""A driver is late: her customers are told before they notice, and that is on record."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from console.dispatch.earlynotice import told_in
from console.dispatch.reporting import record
from console.domain.commands import ReleaseRoutes
from console.domain.plan import FactKind
from console.ui.exceptions.early import EarlySheet
from tests.journeys.window.conftest import DAY, Journey


class SetClock:
    """Shows the time it is set to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def test_customers_of_a_late_driver_are_told(
    open_window: Callable[..., Journey], planned_store: Path
) -> None:
    clock = SetClock(datetime(DAY.year, DAY.month, DAY.day, 4, tzinfo=UTC))
    journey = open_window(planned_store, clock=clock)
    journey.settle()
    station = journey.desktop.station
    journey.do("early_notice")
    assert journey.dialog(EarlySheet).title.text() == "Nobody has to be told"
    journey.dialog(EarlySheet).reject()
    spare = {
        route: min(v.slack for v in schedule.visits if v.slack is not None)
        for route, schedule in station.picture.schedules.items()
    }
    route = min(spare, key=lambda each: spare[each])
    clock.moment = station.picture.schedules[route].start + spare[route] + timedelta(minutes=15)
    journey.run(station.submit(ReleaseRoutes((route,))))
    station.workday.tick(clock.moment)
    journey.run(record(station, FactKind.DEPARTED, route))
    journey.do("early_notice")
    sheet = journey.dialog(EarlySheet)
    ahead = [i for i, each in enumerate(sheet.rows) if each.promised > clock.moment]
    sheet.table.selectRow(ahead[0] if ahead else 0)
    assert sheet.row is not None
    assert sheet.row.waits
    sheet.copy_button.click()
    assert QGuiApplication.clipboard().text() == sheet.text.toPlainText() != ""
    stop = sheet.row.stop
    sheet.told_button.click()
    journey.settle()
    (told,) = told_in(journey.plan)
    assert (told.stop, told.at) == (stop, clock.moment)
    assert (told.lead > timedelta()) == bool(ahead)
    row = next(each for each in sheet.rows if each.stop == stop)
    assert not row.waits
    at = sheet.rows.index(row)
    sheet.table.selectRow(at)
    sheet.back_button.click()
    journey.settle()
    assert told_in(journey.plan) == []
    assert all(each.waits for each in sheet.rows)
    sheet.reject()
