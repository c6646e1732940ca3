"""The audit: rows in words, filters, the trace of an order, comparing, replaying, no formulas."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from console.analytics.tables import csv_bytes
from console.dispatch.journal import Entry
from console.dispatch.replay import Replay
from console.domain.commands import (
    LockRoutes,
    MoveStops,
    OpenShifts,
    OverrideRule,
    PinStops,
    Revert,
)
from console.domain.patch import diff
from console.domain.plan import Plan
from console.ui.audit.past import OVER, PastHands
from console.ui.audit.player import LONGEST_MS, PACES, SHORTEST_MS, Player
from console.ui.audit.rows import ARROW, audit_rows, exported, matching, traced
from console.ui.audit.window import AuditWindow
from console.ui.signals import Signals
from tests.ui.day import paint_picture
from tests.ui.sample import Desk

START = datetime(2026, 11, 23, 6, tzinfo=UTC)


class Day:
    """Six steps of two people on a real plan; the first is the whole plan."""

    def __init__(self, qtbot) -> None:
        self.desk = Desk(qtbot, routes=3, stops=5, spare=1)
        plan = self.desk.picture.plan
        routes = list(plan.routes)
        self.stop, self.other = plan.routes[routes[0]].stops[0], plan.routes[routes[1]].stops[0]
        self.plans = [Plan(), plan]
        self.entries = [_entry(1, "ana", OpenShifts(()), Plan(), plan)]
        for who, command in (
            ("ana", MoveStops((self.stop,), routes[1])),
            ("ben", PinStops((self.stop,), pinned=True)),
            ("ben", OverrideRule(self.other, "late", "=agreed by phone")),
            ("ana", LockRoutes((routes[2],))),
        ):
            self._do(who, command)
        undone = diff(self.plans[3], self.plans[2])
        self._do("ben", Revert(3, undone))
        self.replay = Replay(self.entries)
        self.rows = audit_rows(self.entries, self.desk.picture, {})

    def _do(self, who: str, command) -> None:
        before = self.plans[-1]
        after = diff(before, command.apply(before)).apply(before)
        self.plans.append(after)
        self.entries.append(_entry(after.version, who, command, before, after))


def _entry(version: int, who: str, command, before: Plan, after: Plan) -> Entry:
    at = START + timedelta(minutes=version)
    patch = diff(before, after)
    return Entry("s", version, f"c{version}", command.kind, command, patch, who, f"{who}-1", at, "")


@pytest.fixture
def day(qtbot) -> Day:
    return Day(qtbot)


def test_a_row_says_who_when_what_why_and_where(day: Day) -> None:
    moved, pinned, override, locked = day.rows[1:5]
    assert (moved.version, moved.actor, moved.console) == (2, "ana", "ana-1")
    assert moved.what == "Stops moved"
    assert moved.clock == "23 Nov 07:02:00"
    assert any(f" {ARROW} " in change for change in moved.changes)
    assert pinned.undone == 6
    assert "(undone in 6)" in pinned.cells[4]
    assert pinned.changes[0].endswith(": pinned")
    assert override.why == "=agreed by phone"
    assert locked.changes[0].endswith(": locked")


def test_filters_leave_what_matches(day: Day) -> None:
    def versions(words: str = "", actor: str = "", stops=frozenset()) -> list[int]:
        return [row.version for row in matching(day.rows, words, actor, frozenset(stops))]

    assert versions() == [1, 2, 3, 4, 5, 6]
    assert versions("PINNED ben") == [3, 6]
    assert versions(actor="ana") == [1, 2, 5]
    assert versions(stops={day.stop}) == [1, 2, 3, 6]
    assert versions("nothing like it") == []


def test_a_trace_holds_only_what_decided_about_the_order(day: Day) -> None:
    found = traced(day.rows, day.entries, frozenset({day.stop}), day.desk.picture)
    assert [row.version for row in found] == [1, 2, 3, 6]
    assert all(len(row.changes) == 1 for row in found)
    assert found[3].changes[0].endswith(": unpinned")


def test_an_export_runs_no_formula(day: Day) -> None:
    text = csv_bytes(exported(day.rows)).decode("utf-8-sig")
    assert "'=agreed by phone" in text
    assert ",=agreed" not in text
    assert text.count("\n") >= 7


@pytest.fixture
def window(qtbot, day: Day) -> AuditWindow:
    made = AuditWindow(day.desk.theme, day.desk.picture)
    qtbot.addWidget(made)
    hands = day.desk.hands
    made.show_day(
        day.rows, day.replay, lambda plan: paint_picture(plan, hands._town, day.desk.picture)
    )
    made.show()
    return made


def test_a_moment_is_shown_as_it_was(window: AuditWindow, day: Day) -> None:
    assert window.version == 6
    assert not window.return_button.isEnabled()
    assert window.table.go_to(2)
    assert window.version == 2
    assert window.hands.picture.plan.stops == day.plans[2].stops
    assert window.title.text() == "Step 2: Stops moved"
    asked: list[int] = []
    window.returnAsked.connect(asked.append)
    window.return_button.click()
    assert asked == [2]
    window.slider.setValue(0)
    assert window.hands.picture.plan.stops == {}
    assert window.moment.text() == "Before the first step"


def test_two_moments_are_compared(window: AuditWindow) -> None:
    window.table.selectAll()
    assert window.title.text() == f"Step 1 {ARROW} step 6"
    told = [window.changes.item(i).text() for i in range(window.changes.count())]
    assert any(text.endswith(": locked") for text in told)
    assert not any(text.endswith(": pinned") for text in told)  # that was taken back


def test_one_order_is_traced_and_let_go(qtbot, window: AuditWindow, day: Day) -> None:
    window.trace(frozenset({day.stop}), "Gothersgade 1")
    assert [row.version for row in window.shown] == [6, 3, 2, 1]
    assert window.only_button.text() == "Only Gothersgade 1"
    window.who.setCurrentText("ben")
    assert [row.version for row in window.shown] == [6, 3]
    qtbot.mouseClick(window.only_button, Qt.MouseButton.LeftButton)
    assert [row.version for row in window.shown] == [6, 4, 3]
    window.who.setCurrentIndex(0)
    window.filter.setText("locked")
    assert [row.version for row in window.shown] == [5]


def test_a_day_is_played_to_its_end(window: AuditWindow) -> None:
    window.play_button.click()
    assert window.player.is_playing
    assert window.play_button.text() == "Stop"
    for version in range(1, 7):
        window.player.step()
        assert window.version == version
    assert not window.player.is_playing
    assert window.play_button.text() == "Play"
    window.play_button.click()
    window.play_button.click()
    assert not window.player.is_playing


def test_the_pace_is_chosen(qtbot) -> None:
    player = Player()
    player.load([START, START + timedelta(seconds=30), START + timedelta(hours=9)])
    waits = []
    for pace in range(len(PACES)):
        player.pace = pace
        waits.append(player.wait_ms(1))
    assert waits == [1000, 200, 50, 500, 50]
    player.pace = 3
    assert (player.wait_ms(0), player.wait_ms(2)) == (SHORTEST_MS, LONGEST_MS)


def test_the_past_is_not_changed(day: Day) -> None:
    hands = PastHands(day.desk.picture, Signals())
    assert not hands.submit(MoveStops((day.stop,), None))
    assert not hands.move((day.stop,), None, None, forced=True)
    assert hands.why_not((day.stop,), None) == OVER
    assert (hands.previews((day.stop,)), hands.preview((day.stop,), "r1", None)) == ({}, None)
