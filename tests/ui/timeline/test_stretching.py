"""Shifts are stretched and breaks moved with the mouse; Esc lets go."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.domain.commands import LockRoutes
from console.domain.plan import RouteId
from console.ui.timeline.faces import minute
from console.ui.timeline.grips import Grip, Part, grip_on, reshaped
from tests.ui.day import at
from tests.ui.timeline.conftest import Desk

R1, R2 = RouteId("r1"), RouteId("r2")
LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def spot(desk, route, moment):
    """The middle of a row at a minute."""
    view = desk.view
    row = view.row_rect(view.order.index(route))
    return QPoint(round(view.zero + view.scale.x(moment)), row.center().y())


def pull(desk, start, end, *, let_go=True):
    glass = desk.view.viewport()
    QTest.mousePress(glass, LEFT, NO_KEY, start)
    QTest.mouseMove(glass, (start + end) / 2)
    QTest.mouseMove(glass, end)
    if let_go:
        QTest.mouseRelease(glass, LEFT, NO_KEY, end)


def shift_of(desk, route=R1):
    return desk.hands.picture.plan.routes[route].shift


@pytest.fixture
def whole(desk):
    """The whole day in sight."""
    desk.view.fit()
    return desk


def test_the_end_of_a_shift_is_stretched(whole):
    desk, before = whole, shift_of(whole)
    end = minute(before.end)
    pull(desk, spot(desk, R1, end), spot(desk, R1, end + 60))
    after = shift_of(desk)
    assert after.start == before.start
    assert timedelta(minutes=50) <= after.end - before.end <= timedelta(minutes=70)
    assert after.end.minute % 5 == 0
    desk.hands.undo()
    assert shift_of(desk) == before


def test_while_it_is_held_the_row_and_the_tag_say_what_follows(whole):
    desk = whole
    end = minute(shift_of(desk).end)
    pull(desk, spot(desk, R1, end), spot(desk, R1, end + 45), let_go=False)
    assert desk.view.stretched is not None
    assert desk.view.shown_face(R1).shift[1] > end + 30
    assert desk.view._word.isVisible()
    assert " to " in desk.view._word.head
    QTest.keyClick(desk.view, Qt.Key.Key_Escape)
    assert desk.view.stretched is None
    assert not desk.view._word.isVisible()
    QTest.mouseRelease(desk.view.viewport(), LEFT, NO_KEY, spot(desk, R1, end + 45))
    assert minute(shift_of(desk).end) == end


def test_a_break_is_moved_and_taken_about_there(qtbot):
    desk = Desk(qtbot, routes=2, stops=40, spare=0)
    desk.view.fit()
    route = next(r for r in desk.view.order if desk.view.rows[r].breaks)
    begin, end = desk.view.rows[route].breaks[0]
    middle = (begin + end) / 2
    pull(desk, spot(desk, route, middle), spot(desk, route, middle - 40))
    rule = shift_of(desk, route).break_rule
    found = minute(rule.earliest + (rule.latest - rule.earliest) / 2)
    assert found == pytest.approx(middle - 40, abs=8)
    moved = desk.view.rows[route].breaks
    assert all(abs((b + e) / 2 - found) <= 16 for b, e in moved)


def test_a_locked_route_has_no_grips(whole):
    desk = whole
    end = spot(desk, R2, minute(shift_of(desk, R2).end))
    assert desk.view.grip_at(end) == Grip(R2, Part.END, pytest.approx(0, abs=3))
    desk.hands.submit(LockRoutes((R2,)))
    assert desk.view.grip_at(end) is None


def test_a_shift_keeps_half_an_hour(desk):
    shift = shift_of(desk)
    face = desk.view.rows[R1]
    start = grip_on(face, face.shift[0] + 1, 4)
    assert start == Grip(R1, Part.START, 1)
    late = reshaped(shift, start, face.shift[1] + 500)
    assert late.end - late.start == timedelta(minutes=30)
    early = reshaped(shift, Grip(R1, Part.END), face.shift[0] - 500)
    assert early.end - early.start == timedelta(minutes=30)


def test_a_break_stays_within_the_shift(desk):
    shift = replace(shift_of(desk), max_overtime=timedelta())
    moved = reshaped(shift, Grip(R1, Part.BREAK), minute(at(23)))
    half = moved.break_rule.duration / 2
    middle = moved.break_rule.earliest + (moved.break_rule.latest - moved.break_rule.earliest) / 2
    assert middle + half == shift.end
    without = replace(shift, break_rule=None)
    assert reshaped(without, Grip(R1, Part.BREAK), minute(at(12))) == without
