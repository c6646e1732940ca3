"""The steps of a day: where each stands, what a click does, what a screen reader hears."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.dispatch.picture import Picture, Totals
from console.domain.plan import RouteId, StopId
from console.ui.checklist import Progress, State, before, checklist, present
from console.ui.details.day_card import day_card
from console.ui.dialogs.reason import SkipDialog
from console.ui.stepbar import StepBar, spoken
from console.ui.strip import totals
from tests.ui.sample import Desk, light

FINE = Progress(hopeless=frozenset())


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


def states(picture, progress=FINE):
    return {step.key: step.state for step in checklist(picture, progress)}


def routed(picture, **changes):
    routes = {key: replace(route, **changes) for key, route in picture.plan.routes.items()}
    return replace(picture, plan=replace(picture.plan, routes=routes))


def test_an_empty_day_begins_with_the_files():
    found = states(Picture(), Progress())
    assert found["import"] is State.NOW
    assert set(found.values()) == {State.NOW, State.LATER}


def test_a_planned_day_needs_a_look_where_something_waits(desk):
    found = checklist(desk.picture, FINE)
    assert [step.state for step in found[:4]] == [State.DONE] * 4
    review = found[4]
    assert review.state is State.LOOK
    assert "3 without a driver" in review.note
    assert [step.key for step in before(found, "lock")] == ["review"]
    assert present(found) == review
    assert spoken(review).startswith("Review: needs a look, ")


def test_what_is_skipped_says_why_and_is_passed(desk):
    found = checklist(desk.picture, Progress({"review": "No time"}, frozenset()))
    assert found[4].state is State.SKIPPED
    assert found[4].note.endswith("skipped: No time")
    assert found[5].state is State.NOW
    assert before(found, "lock") == []
    assert present(found) == found[5]


def test_a_step_that_is_done_after_all_is_not_skipped_any_more(desk):
    reviewed = replace(desk.picture, totals=replace(desk.picture.totals, unassigned=0, harms=0))
    assert states(reviewed, Progress({"review": "No time"}, frozenset()))["review"] is State.DONE


def test_locked_and_released_routes_are_counted(desk):
    one = RouteId("r1")
    routes = {
        key: replace(route, locked=key == one) for key, route in desk.picture.plan.routes.items()
    }
    some = replace(desk.picture, plan=replace(desk.picture.plan, routes=routes))
    steps = checklist(some, FINE)
    assert (steps[5].state, steps[5].note) == (State.LOOK, "1 of 4 routes locked")
    assert states(routed(desk.picture, locked=True))["lock"] is State.DONE
    assert states(routed(desk.picture, released=True))["release"] is State.DONE


def test_troubles_are_named(desk):
    lost = replace(desk.picture, off_road=frozenset({StopId("s")}))
    assert checklist(lost, FINE)[1].note == "1 address not found"
    assert states(lost)["locate"] is State.LOOK
    hopeless = checklist(desk.picture, Progress(hopeless=frozenset({StopId("s")})))[2]
    assert (hopeless.state, hopeless.note[:6]) == (State.LOOK, "1 stop")
    assert states(desk.picture, Progress())["validate"] is State.NOW
    assert states(replace(desk.picture, totals=Totals()))["locate"] is State.LATER


@pytest.fixture
def bar(qtbot, desk):
    made = StepBar(light())
    qtbot.addWidget(made)
    made.show_steps(checklist(desk.picture, FINE))
    made.show()
    return made


def test_a_click_and_the_keyboard_press_a_step(bar, qtbot):
    pressed, asked = [], []
    bar.pressed.connect(pressed.append)
    bar.menuAsked.connect(lambda key, _at: asked.append(key))
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.box(4).center())
    QTest.mouseClick(bar, Qt.MouseButton.RightButton, pos=bar.box(5).center())
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert bar.accessibleDescription().startswith("Release: not yet")
    QTest.keyClick(bar, Qt.Key.Key_Return)
    QTest.keyClick(bar, Qt.Key.Key_Menu)
    assert pressed == ["review", "release"]
    assert asked == ["lock", "release"]
    assert bar.step_at(QPoint(-5, 5)) == -1


def test_from_the_right_the_first_step_is_the_rightmost_and_arrows_follow_the_eye(bar):
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert bar.box(0).right() == bar.rect().right()
    assert bar.box(6).left() == 0
    assert all(bar.step_at(bar.box(i).center()) == i for i in range(7))
    QTest.keyClick(bar, Qt.Key.Key_Left)
    assert bar.at == 1
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert bar.at == 0
    assert not bar.grab().isNull()


def test_where_room_is_short_only_what_needs_something_keeps_its_name(bar):
    whole = bar.width()
    bar.set_room(whole - 1)
    assert bar.width() < whole - 100
    assert bar.box(4).width() > bar.box(0).width() + 20
    assert not bar.grab().isNull()


def test_a_skip_needs_a_reason(qtbot):
    dialog = SkipDialog([("Validate", "1 stop"), ("Review", "late")], light())
    qtbot.addWidget(dialog)
    assert not dialog.skip_button.isEnabled()
    QTest.mouseClick(dialog.reasons.quick[0], Qt.MouseButton.LeftButton)
    assert dialog.skip_button.isEnabled()
    assert dialog.reason


def test_a_plan_without_travel_times_is_not_called_good(desk):
    picture = replace(desk.picture, schedules={}, visits={}, is_timed=False)
    picture = replace(picture, totals=replace(picture.totals, unassigned=0, harms=0))
    review = next(step for step in checklist(picture, FINE) if step.key == "review")
    assert review.state is not State.DONE
    assert "travel times" in review.note
    card = day_card(picture)
    assert "not known yet" in card.second
    assert "Cost" not in {row.name for part in card.parts for row in part.rows}
    assert {"Cost", "Late"}.isdisjoint(total.caption for total in totals(picture))
    assert "Travel times" in {total.caption for total in totals(picture)}
