"""Alarms of the running day on a real window: raised, answered with a click, undone, snoozed."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from console.dispatch.alarmlimits import Limits, RuleMode
from console.dispatch.alarmlog import lives_in
from console.dispatch.answers import by_rule
from console.dispatch.reporting import record
from console.domain.alarm import AlarmKind, AlarmLife, AnswerKind
from console.domain.commands import AdoptSolution, ReleaseRoutes
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


def late_driver(live: Journey, clock: SetClock) -> AlarmLife:
    """The driver with the least to spare leaves a quarter of an hour too late for that."""
    station = live.desktop.station
    spare = {
        route: min(v.slack for v in schedule.visits if v.slack is not None)
        for route, schedule in station.picture.schedules.items()
    }
    route = min(spare, key=lambda each: spare[each])
    clock.moment = station.picture.schedules[route].start + spare[route] + 15 * MINUTE
    station.workday.tick(clock.moment)
    live.run(record(station, FactKind.DEPARTED, route))
    live.desktop.live.refresh()
    live.desktop.live.look_aside()
    (late,) = [
        life
        for life in lives_in(live.plan).values()
        if life.key.route == route and life.key.kind is AlarmKind.LATE_AHEAD
    ]
    live.settle()
    return late


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_late_driver_is_helped_with_one_click(live: Journey, clock: SetClock) -> None:
    panel, pane = live.desktop.live.panel, live.desktop.live.panel.alarms
    late = late_driver(live, clock)
    assert panel.tabs.tabText(1).startswith("Alarms  ")
    panel.tabs.setCurrentIndex(1)
    live.until(pane.view.isVisible)
    row = [face.id for face in pane.model.rows].index(late.id)
    box = pane.view.visualRect(pane.model.index(row))
    QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    live.until(lambda: AnswerKind.ACCEPT in pane.buttons)
    assert pane.chosen is not None
    assert pane.chosen.id == late.id
    before, answer = live.plan, next(each for each in pane.answers if each.command is not None)
    click(pane.buttons[answer.kind])
    live.until(lambda: lives_in(live.plan)[late.id].answer is answer.kind)
    live.settle()
    assert live.plan.routes != before.routes
    released = {route.id for route in before.routes.values() if route.released}
    assert released
    assert all(live.plan.routes[route].released for route in released)
    live.do("undo")
    assert live.plan.routes == before.routes
    assert live.plan.stops == before.stops
    clock.moment += 2 * MINUTE
    live.desktop.live.refresh()
    assert pane.chosen is not None
    assert pane.chosen.id == late.id  # it still holds, and is the same one
    pane.snooze.menu().actions()[0].trigger()
    live.settle()
    life = lives_in(live.plan)[late.id]
    assert life.snoozed == clock.moment + 15 * MINUTE
    assert life.is_quiet(clock.moment, 10_000)
    pane.people.actions()[0].trigger()
    live.settle()
    assert lives_in(live.plan)[late.id].owner == "Ada"


def test_alarms_are_told_in_other_workspaces_too(live: Journey, clock: SetClock) -> None:
    live.do("view_plan")
    late = late_driver(live, clock)
    assert late.raised == clock.moment
    assert live.notice("wait").deed == "view_live"
    told = len(live.told)
    live.desktop.live.look_aside()
    assert len(live.told) == told  # said once


def test_the_log_and_the_limits(live: Journey, clock: SetClock) -> None:
    late = late_driver(live, clock)
    live.desktop.trigger("alarm_log")
    log = live.dialog(AlarmLogSheet)
    cells = [log.table.item(row, 1).text() for row in range(log.table.rowCount())]
    assert "Late ahead" in cells
    log.reject()
    live.settle()
    live.desktop.trigger("alarm_limits")
    form = live.dialog(AlarmLimitsSheet)
    for field in form.late.values():
        field.setValue(480)
    form.accept()
    live.settle()
    live.desktop.live.refresh()
    clock.moment += 3 * MINUTE
    live.desktop.live.refresh()
    live.settle()
    assert lives_in(live.plan)[late.id].ended == clock.moment
    assert not [a for a in live.desktop.live.panel.alarms.alarms if a.id == late.id]


def test_a_rule_of_the_depot_proposes_then_applies(live: Journey, clock: SetClock) -> None:
    late = late_driver(live, clock)
    pane, before = live.desktop.live.panel.alarms, live.plan
    live.until(lambda: AnswerKind.ACCEPT in pane.buttons)
    for mode in (RuleMode.PROPOSE, RuleMode.APPLY):
        live.desktop.trigger("alarm_limits")
        form = live.dialog(AlarmLimitsSheet)
        form.rule.setCurrentIndex(form.rule.findData(mode))
        form.most.setValue(1000)
        form.accept()
        live.settle()
        clock.moment += MINUTE
        live.desktop.live.refresh()
        live.settle()
        life = lives_in(live.plan)[late.id]
        fit = by_rule(pane.answers, Limits(rule=mode, most=1000))
        assert life.by_rule is (fit is not None)
        assert (life.answer is None) is (mode is RuleMode.PROPOSE or fit is None)
        assert (live.plan.routes == before.routes) is (life.answer is None)


def crossed(live: Journey) -> None:
    """The two busiest drivers have the rest of each other's day."""
    one, other = sorted(live.plan.routes.values(), key=lambda route: -len(route.stops))[:2]
    i, j = len(one.stops) // 2, len(other.stops) // 2
    routes = (
        (one.id, (*one.stops[:i], *other.stops[j:])),
        (other.id, (*other.stops[:j], *one.stops[i:])),
    )
    command = AdoptSolution(routes, "test", opened=(one.id, other.id))
    live.run(live.desktop.station.submit(command))


def test_two_drivers_swap_with_one_click(live: Journey, clock: SetClock) -> None:
    panel, pane = live.desktop.live.panel, live.desktop.live.panel.alarms
    crossed(live)
    late = late_driver(live, clock)
    panel.tabs.setCurrentIndex(1)
    live.until(pane.view.isVisible)
    row = [face.id for face in pane.model.rows].index(late.id)
    box = pane.view.visualRect(pane.model.index(row))
    QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    live.until(lambda: AnswerKind.SWAP in pane.buttons)
    swap = next(each for each in pane.answers if each.kind is AnswerKind.SWAP)
    before = live.plan
    click(pane.buttons[AnswerKind.SWAP])
    live.until(lambda: lives_in(live.plan)[late.id].answer is AnswerKind.SWAP)
    live.notice("Swap with")
    live.settle()
    assert {live.plan.stops[stop].route for stop in swap.stops} == set(swap.to)
    assert {live.plan.stops[stop].route for stop in swap.back} == {late.key.route}
    live.do("undo")
    assert live.plan.routes == before.routes
