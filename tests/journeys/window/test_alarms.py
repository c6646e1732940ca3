"""Alarms of the running day on a real window: raised, answered with a click, undone, snoozed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from console.dispatch.alarmlog import lives_in
from console.dispatch.reporting import record
from console.domain.alarm import AlarmKind, AlarmLife, AnswerKind
from console.domain.commands import ReleaseRoutes
from console.domain.plan import FactKind
from console.ui.live.alarmsheets import AlarmLimitsSheet, AlarmLogSheet
from tests.journeys.window.conftest import DAY, Journey

MINUTE = timedelta(minutes=1)


class SetClock:
    """Shows the time it is set to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(DAY.year, DAY.month, DAY.day, 4, tzinfo=UTC))


@pytest.fixture
def live(open_window, planned_store, clock) -> Journey:
    """The day has begun, every route is out, and the workspace Live is open."""
    journey = open_window(planned_store, clock=clock)
    journey.settle()
    out = tuple(route.id for route in journey.plan.routes.values() if route.stops)
    journey.run(journey.desktop.station.submit(ReleaseRoutes(out)))
    journey.do("view_live")
    return journey


def test_look(live: Journey, clock) -> None:
    p = live.desktop.station.picture
    for r, s in p.schedules.items():
        print(r, s.start, s.end, [(v.stop, str(v.start)[11:16], v.slack, [str(w.latest)[11:16] for o in p.plan.stops[v.stop].orders for w in o.windows]) for v in s.visits])
    print([(r.id, len(r.stops), r.shift) for r in p.plan.routes.values()][:6])
