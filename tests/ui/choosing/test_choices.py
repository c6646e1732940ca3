"""What matches, in which order, and what Enter takes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget

from console.dispatch.consequences import Consequence
from console.domain.errors import Rejected
from console.domain.plan import RouteId, StopId
from console.domain.violations import Rule, Violation
from console.ui.actions import Actions
from console.ui.choosing.choice import Choice, matching
from console.ui.choosing.chooser import Chooser
from console.ui.choosing.drivers import driver_choice, judged, ordered, refused
from console.ui.choosing.finder import Finder, stops_on, target
from console.ui.folding import folded
from tests.ui.sample import Desk

R1, R2, R3 = RouteId("r1"), RouteId("r2"), RouteId("r3")


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


def test_letters_without_accents_find_letters_with_them():
    rows = [Choice("a", "Zoë"), Choice("b", "Straße 4"), Choice("c", "Søren", "Nørre Allé")]
    assert [row.key for row in matching("zoe", rows)] == ["a"]
    assert [row.key for row in matching("strasse", rows)] == ["b"]
    assert [row.key for row in matching("alle SØ", rows)] == ["c"]
    assert folded("É") == "e"


def test_what_begins_with_the_word_comes_first():
    titles = ("Clara-Mart-Ring", "Roman", "Anna Marten", "Mario", "Mar")
    rows = [Choice(title, title, words="mar") for title in (*titles, "Ben")]
    found = [row.key for row in matching("mar", rows)]
    assert found == ["Mar", "Mario", "Anna Marten", "Clara-Mart-Ring", "Ben", "Roman"]
    assert matching("mar xyz", rows) == []
    assert len(matching("", rows, most=2)) == 2


def test_drivers_are_ranked_by_what_it_costs_and_what_breaks(desk):
    picture = desk.picture
    late = Violation(Rule.LATE, R2, StopId("s"), 720, "s")
    rows = [
        (judged(picture, R1, Consequence(None, 300, 4.0, 1)), 4.0),
        (judged(picture, R2, Consequence(None, 0, 1.0, 0, late)), 1.0),
        (judged(picture, R3, Consequence(None, 240, 3.0)), 3.0),
        (refused(picture, RouteId("r4"), "This route is locked: unlock it first."), 0.0),
    ]
    made = ordered(rows)
    assert [row.key for row in made] == ["r3", "r1", "r2", "r4"]
    assert [row.note for row in made][::2] == ["best", made[2].note]
    assert "late" in made[1].note
    assert made[2].harmful
    assert made[2].tone == "bad"
    assert (made[3].enabled, made[3].note) == (False, "This route is locked")
    assert "not possible" in made[3].spoken


def test_a_refused_command_says_why(desk):
    row = judged(desk.picture, R1, Consequence(Rejected("frozen", route=R1)))
    assert (row.enabled, row.note) == (False, "This route is locked")
    assert judged(desk.picture, R1, Consequence(timed=False)).right == ""


@pytest.fixture
def finder(qtbot, desk):
    window = QWidget()
    qtbot.addWidget(window)
    return Finder(Actions(window, desk.theme, lambda _name: None), desk.picture)


def test_the_palette_finds_deeds_drivers_stops_orders_and_streets(desk, finder):
    everything = finder("")
    assert {target(row)[0] for row in everything} == {"deed"}
    assert any(row.note == "Ctrl+O" for row in everything)
    driver = driver_choice(desk.picture, R1)
    assert finder(driver.title)[0].key == "route:r1"
    assert target(finder("undo")[0]) == ("deed", "undo")
    assert target(finder("exchange")[0]) == ("deed", "swap_routes")
    stop = desk.picture.plan.routes[R1].stops[0]
    order = desk.picture.plan.stops[stop].orders[0].id
    assert target(finder(order)[0]) == ("stop", stop)
    street = " ".join(desk.picture.labels[stop].street.split()[:-1])
    found = [row for row in finder(street) if target(row) == ("street", street)]
    assert len(stops_on(desk.picture, street)) > 1
    assert found
    assert finder("qqqq") == []


def test_arrows_and_enter_choose_while_the_field_keeps_the_keyboard(qtbot, desk):
    rows = [Choice("a", "Anna"), Choice("b", "Ben", enabled=False), Choice("c", "Carl")]
    chooser = Chooser("Send to", lambda typed: matching(typed, rows), desk.theme)
    qtbot.addWidget(chooser)
    chooser.show()
    QTest.keyClick(chooser.field, Qt.Key.Key_Down)
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    assert chooser.chosen is None, "a row that is not possible cannot be taken"
    QTest.keyClick(chooser.field, Qt.Key.Key_Down)
    assert chooser.field.accessibleDescription() == "Carl"
    QTest.keyClick(chooser.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert chooser.chosen == rows[2]
    assert chooser.forced


def test_typing_points_at_the_first_that_can_be_taken(qtbot, desk):
    rows = [Choice("a", "Anna", enabled=False), Choice("b", "Ann-Marie")]
    chooser = Chooser("Send to", lambda typed: matching(typed, rows), desk.theme)
    qtbot.addWidget(chooser)
    assert chooser.current == rows[1]
    QTest.keyClicks(chooser.field, "zz")
    assert chooser.current is None
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    assert chooser.chosen is None


def test_the_rows_are_a_sound_model(qtbot, desk):
    chooser = Chooser("x", lambda _typed: [Choice("a", "A", note="no", enabled=False)], desk.theme)
    qtbot.addWidget(chooser)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(chooser.model, mode)
    chooser.refresh()
    index = chooser.model.index(0)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "no"
