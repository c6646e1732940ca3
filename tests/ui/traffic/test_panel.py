"""The dock of traffic and its dialogs, field by field."""

from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.dispatch.learning import Taught
from console.domain.driven import Why
from console.domain.learning import Lesson, learn
from console.domain.places import Coordinate
from console.domain.speeds import USUAL
from console.domain.traffic import CLASSES, DAY_NAMES, Traffic
from console.domain.zones import Zone, ZoneId, ZoneKind
from console.ui.caption import Caption
from console.ui.dialogs.online_tiles import OnlineTilesForm
from console.ui.map.layers import Online
from console.ui.theme.theme import Choice, apply_theme
from console.ui.traffic.lesson import LessonDialog
from console.ui.traffic.panel import TrafficPanel
from console.ui.traffic.strip import COLUMNS, HeatStrip, mean, scaled
from console.ui.traffic.table import SpeedsDialog
from console.ui.traffic.words import mark, summary

MONDAY = date(2026, 11, 23)
CORNERS = (Coordinate(47.0, 9.0), Coordinate(47.0, 9.1), Coordinate(47.1, 9.1))
MARKET = Zone(
    ZoneId("m"),
    "Market",
    ZoneKind.CLOSED,
    CORNERS,
    weekdays=(0, 1, 2, 3, 4),
    begins=time(8),
    ends=time(12),
)
GREEN = Zone(ZoneId("g"), "Old town", ZoneKind.LOW_EMISSION, CORNERS, allowed=("electric",))

EURO = replace(GREEN, allowed=("euro5", "euro6", "electric", "permit"))
OLD = replace(GREEN, allowed=("euro6", "lift"))  # words, as before classes were


@pytest.fixture
def theme(qapp):
    return apply_theme(qapp, Choice.LIGHT)


@pytest.fixture
def panel(qtbot, theme):
    made = TrafficPanel(theme)
    qtbot.addWidget(made)
    made.show_traffic(Traffic(USUAL, (MARKET, GREEN)), MONDAY)
    made.show()
    return made


@pytest.fixture
def dialog(qtbot, theme):
    made = SpeedsDialog(USUAL, 0, theme)
    qtbot.addWidget(made)
    return made


def test_what_holds_is_shown(panel):
    assert panel.slow.isChecked()
    assert panel.day.text() == "Monday to Thursday"
    assert "06:30 72 %" in panel.strip.accessibleName()
    assert [panel.list.item(i).text().split("\n")[0] for i in range(2)] == ["Market", "Old town"]
    panel.show_traffic(Traffic(), MONDAY)
    assert not panel.slow.isChecked()
    assert panel.none.isVisible()
    assert "free roads" in panel.strip.accessibleName()


def test_a_chosen_zone_can_be_changed_and_saved(panel, qtbot):
    with qtbot.waitSignal(panel.chosen) as chosen:
        panel.list.setCurrentRow(0)
    assert chosen.args == ["m"]
    panel.show_zone(MARKET)
    assert panel.form.isVisible()
    assert not panel.save.isEnabled()
    panel.form.name.setText("Christmas market")
    panel.form.name.textEdited.emit("Christmas market")
    panel.form.has_last.setChecked(True)
    panel.form.days[5].setChecked(True)
    with qtbot.waitSignal(panel.saved) as saved:
        panel.save.click()
    (zone,) = saved.args
    assert zone == replace(
        MARKET, name="Christmas market", last=MONDAY, weekdays=(0, 1, 2, 3, 4, 5)
    )


@pytest.mark.parametrize(
    "zone", [MARKET, GREEN, EURO, OLD, replace(MARKET, kind=ZoneKind.SLOW, percent=35)]
)
def test_fields_give_back_what_they_show(panel, zone):
    panel.show_zone(zone)
    assert panel.form.zone == zone


def test_who_may_enter_is_chosen_by_class(panel):
    panel.show_zone(EURO)
    assert panel.form.least.currentText() == "Euro 5 or cleaner"
    assert panel.form.allowed.text() == "permit"
    panel.form.least.setCurrentIndex(panel.form.least.findData("electric"))
    assert panel.form.zone.allowed == ("electric", "permit")
    panel.form.least.setCurrentIndex(0)
    assert panel.form.zone.allowed == ("permit",)
    panel.show_zone(OLD)
    assert panel.form.least.currentIndex() == 0
    assert panel.form.allowed.text() == "euro6, lift"


def test_only_fields_that_mean_something_are_there(panel):
    panel.show_zone(GREEN)
    assert panel.form.allowed.isVisible()
    assert panel.form.least.isVisible()
    assert not panel.form.percent.isVisible()
    assert panel.form.whole.isVisible()
    assert not panel.form.hours.isVisible()
    panel.form.kind.setCurrentIndex(0)
    assert panel.form.percent.isVisible()
    assert not panel.form.allowed.isVisible()


def test_what_is_wrong_is_said(panel):
    panel.show_zone(MARKET)
    panel.form.name.setText("")
    panel.form.name.textEdited.emit("")
    assert "name" in panel.said.text()
    panel.form.name.setText("M")
    for button in panel.form.days:
        button.setChecked(False)
    assert "weekday" in panel.said.text()
    assert not panel.save.isEnabled()


def test_a_new_shape_is_not_saved_before_it_is_saved(panel, qtbot):
    panel.show_zone(MARKET)
    corners = (*CORNERS, Coordinate(47.1, 9.0))
    panel.set_corners(corners)
    assert panel.save.isEnabled()
    with qtbot.waitSignal(panel.removed) as removed:
        panel.remove.click()
    assert removed.args == ["m"]
    panel.show_zone(replace(MARKET, id=ZoneId("new"), corners=corners))
    assert panel.save.text() == "Add the zone"
    assert panel.remove.text() == "Discard"


def test_tools_are_asked_for(panel, qtbot):
    with qtbot.waitSignal(panel.toolWanted) as wanted:
        panel.tools["circle"].click()
    assert wanted.args == ["circle"]
    panel.show_tool("")
    assert not panel.tools["circle"].isChecked()


def test_a_zone_in_words():
    assert summary(MARKET) == "closed · 08:00 to 12:00 · Mo\N{EN DASH}Fr"
    assert summary(GREEN) == "only electric · all day"
    assert summary(EURO) == "only Euro 5 or cleaner or permit · all day"
    dated = replace(GREEN, kind=ZoneKind.SLOW, first=MONDAY, last=MONDAY, weekdays=(5, 6))
    assert summary(dated) == "50 % of the speed · all day · Sa, Su · on 23.11.2026"
    assert mark(MARKET, date(2026, 11, 28), lit=True).idle
    assert mark(MARKET, MONDAY, lit=False).label == "Market 08:00\N{EN DASH}12:00"


# -- speeds ----------------------------------------------------------------------------------------


def test_every_kind_of_road_has_a_column(dialog):
    assert tuple(COLUMNS) == tuple(map(str, CLASSES))
    assert dialog.cells.columnCount() == 2 + len(CLASSES)
    assert dialog.cells.item(1, 4).text() == "65"


def test_a_cell_is_edited(dialog):
    dialog.cells.item(1, 4).setText("50 %")
    assert dialog.table.rows[0][1][2] == 50
    assert dialog.table.rows[1] == USUAL.rows[1]
    assert dialog.source.text() == "Set in Doorstep"
    dialog.cells.item(1, 1).setText("7:00")
    assert dialog.table.slices[1].begins == time(7)
    dialog.usual.click()
    assert dialog.table == USUAL


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        (4, "fast", "no number"),
        (4, "300", "beyond"),
        (1, "23:00", "neighbours"),
        (1, "x", "no time"),
    ],
)
def test_a_cell_that_makes_no_sense_is_told_and_stays(dialog, column, text, said):
    dialog.cells.item(1, column).setText(text)
    assert said in dialog.said.text()
    assert dialog.table == USUAL


def test_a_day_is_copied_to_all(dialog):
    dialog.days.setCurrentIndex(1)
    dialog.same.click()
    assert set(dialog.table.rows) == {USUAL.rows[1]}


def test_a_block_is_pulled(dialog, qtbot):
    dialog.show()
    block = dialog.strip.block(2).toRect()
    start = QPoint(block.center().x(), block.top() + 2)
    down = QPoint(start.x(), block.top() + block.height() // 2)
    QTest.mousePress(dialog.strip, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(dialog.strip, down)
    QTest.mouseRelease(dialog.strip, Qt.MouseButton.LeftButton, pos=down)
    assert mean(dialog.table.rows[0][2]) < mean(USUAL.rows[0][2]) - 20
    assert dialog.cells.item(2, 2).text() == str(dialog.table.rows[0][2][0])


def test_a_strip_that_is_not_editable_pulls_nothing(qtbot, theme):
    strip = HeatStrip(theme)
    qtbot.addWidget(strip)
    strip.show_table(USUAL, 0)
    strip.resize(300, 64)
    strip.grab()
    with qtbot.assertNotEmitted(strip.pulled):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(100, 40))


def test_scaling_keeps_roads_apart_and_within_limits():
    assert mean(scaled((80, 40, 60, 60, 60, 60), 30)) == 30
    assert scaled((80, 40, 60, 60, 60, 60), 30)[:2] == (40, 20)
    assert min(scaled((5, 100, 100, 100, 100, 100), 10)) == 5


# -- online tiles ----------------------------------------------------------------------------------


def test_a_server_needs_an_address_and_a_credit(qtbot, theme):
    form = OnlineTilesForm(None, theme)
    qtbot.addWidget(form)
    assert form.online is None
    assert not form.use_button.isEnabled()
    form.address.setText("https://tiles.test/{z}/{x}.png")
    assert "{y}" in form.said.text()
    form.address.setText("https://tiles.test/{z}/{x}/{y}.png")
    assert "credit" in form.said.text()
    form.credit.setText("© Test")
    assert form.use_button.isEnabled()
    assert form.online == Online("https://tiles.test/{z}/{x}/{y}.png", "© Test")


# -- what the days teach ---------------------------------------------------------------------------

MONDAYS, FRIDAYS = (0, 1), (1, 1)


def lessons(factor, rounds=10, legs=6):
    return [
        Lesson(f"round {i}", 300.0 + 10 * j, (300.0 + 10 * j) * (factor + 0.02 * (i % 3 - 1)))
        for i in range(rounds)
        for j in range(legs)
    ]


@pytest.fixture
def days():
    given = {MONDAYS: lessons(1.25), (0, 2): lessons(1.0), FRIDAYS: lessons(1.4, rounds=2)}
    found = {cell: each for cell, some in given.items() if (each := learn(some))}
    return Taught(USUAL, 10, given, Counter({Why.BREAK: 3, Why.SHORT: 1}), found)


@pytest.fixture
def lesson(qtbot, theme, days):
    made = LessonDialog(days, theme)
    qtbot.addWidget(made)
    return made


def test_every_part_of_the_week_says_what_it_rests_on(lesson):
    texts = [
        [lesson.rows.item(i, j).text() for j in range(lesson.rows.columnCount())] for i in range(3)
    ]
    assert texts[0][:3] == ["Monday to Thursday", "06:30", "60"]
    assert texts[0][3] == "1.25 times (1.24 to 1.26)"
    assert texts[0][4:6] == ["72 %", "58 %"]
    assert texts[2][2:6] == ["12", "too few", "76 %", ""]
    assert lesson.said.text() == "4 legs left out: 3 with a break, 1 too short."


def test_only_what_is_ticked_is_taken_over(lesson):
    assert set(lesson.chosen) == {MONDAYS}  # the other one may be right as it is
    assert lesson.table.rows[0][1] == tuple(round(cell / 1.25) for cell in USUAL.rows[0][1])
    assert lesson.table.rows[0][2:] == USUAL.rows[0][2:]
    assert "60 legs of 10 driven days" in lesson.table.source
    lesson.rows.item(0, 0).setCheckState(Qt.CheckState.Unchecked)
    assert not lesson.accept_button.isEnabled()
    lesson.rows.item(1, 0).setCheckState(Qt.CheckState.Checked)
    assert lesson.accept_button.isEnabled()
    assert set(lesson.chosen) == {(0, 2)}
    assert not lesson.rows.item(2, 0).flags() & Qt.ItemFlag.ItemIsUserCheckable


def test_days_that_teach_nothing_say_what_is_needed(qtbot, theme):
    made = LessonDialog(Taught(USUAL), theme)
    qtbot.addWidget(made)
    assert any("30 legs of 4 rounds" in each.text() for each in made.findChildren(Caption))
    assert not made.accept_button.isEnabled()


def test_what_was_learned_is_shown_before_it_is_used(dialog, lesson, qtbot):
    with qtbot.waitSignal(dialog.learnWanted):
        dialog.learn.click()
    dialog.show_learning(0.42)
    assert dialog.learn.text() == "Stop reading (42 %)"
    dialog.show_learning(None)
    dialog.take_learned(lesson.table)
    assert dialog.cells.item(1, 2).text() == "64"
    assert "Learned from" in dialog.source.text()


def test_each_day_may_have_speeds_of_its_own(dialog):
    dialog.days.setCurrentIndex(1)  # Friday
    before = dialog.table
    dialog.own.click()
    assert [dialog.days.itemText(i) for i in range(7)] == list(DAY_NAMES)
    assert dialog.days.currentText() == "Friday"
    assert not dialog.own.isEnabled()
    for day in range(7):
        moment = date(2026, 11, 23) + timedelta(days=day)
        assert dialog.table.of(moment) == before.of(moment)
    dialog.days.setCurrentIndex(2)
    dialog.cells.item(1, 2).setText("44")
    wednesday, thursday = (dialog.table.of(date(2026, 11, d)) for d in (25, 26))
    assert (wednesday[1][0], thursday[1][0]) == (44, before.of(date(2026, 11, 26))[1][0])
    dialog.usual.click()
    assert dialog.days.count() == len(USUAL.groups)
