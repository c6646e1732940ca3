"""The history: newest first, what was undone is struck, any step can be taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from console.dispatch.journal import Entry
from console.domain.cases import CaseNote, Step
from console.domain.commands import AttendException, LockRoutes, LogException, PinStops, Revert
from console.domain.plan import Cause, Fact, FactId, FactKind, RouteId
from console.ui.history.panel import HistoryPanel
from console.ui.history.steps import step_words, steps, undone_by
from console.ui.theme.figures import THIN
from console.ui.theme.theme import Choice
from tests.ui.day import at
from tests.ui.sample import Desk, entry_of


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


@pytest.fixture
def panel(qtbot, desk):
    made = HistoryPanel(desk.theme)
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    return made


@pytest.fixture
def entries(desk):
    """Three steps and an exception; step 2 is undone by step 4."""
    plan = desk.picture.plan
    stops = plan.routes[RouteId("r1")].stops[:3]
    fact = Fact(FactId("f"), FactKind.EXCEPTION, stops[0], at(9), Cause.ABSENT)
    one, plan = entry_of(plan, PinStops(stops), 1, at(7))
    two, plan = entry_of(plan, LockRoutes((RouteId("r2"),)), 2, at(7, 30), "Svend")
    three, plan = entry_of(plan, LogException(fact), 3, at(9))
    four, plan = entry_of(plan, Revert(2, two.patch.inverted()), 4, at(9, 1), "Svend")
    return [one, two, three, four]


def test_steps_are_newest_first_in_words(desk, entries):
    made = steps(entries, desk.picture)
    assert [step.version for step in made] == [4, 3, 2, 1]
    assert [step.what for step in made] == [
        "Undone: step 2", "Exception logged", "Routes locked or unlocked",
        "Stops pinned or unpinned",
    ]  # fmt: skip
    assert made[3].touched == f"3{THIN}stops"
    assert made[2].touched == f"1{THIN}route"
    assert (made[3].clock, made[3].actor) == ("07:00", "Anne")
    assert made[3].sentence == "07:00, Anne, Stops pinned or unpinned, 3 stops"


def test_what_was_undone_cannot_be_undone_again(desk, entries):
    made = {step.version: step for step in steps(entries, desk.picture)}
    assert made[2].undone == 4
    assert not made[2].can_revert
    assert made[4].can_revert
    assert made[1].can_revert


def test_facts_stay(desk, entries):
    assert not next(s for s in steps(entries, desk.picture) if s.version == 3).can_revert


def test_an_undone_undo_gives_the_step_back(entries):
    again = Entry("plan/x", 5, "5", "revert.1", Revert(4), entries[3].patch.inverted(),
                  "Anne", "o", at(9, 2), "")  # fmt: skip
    assert undone_by([*entries, again]) == {4: 5}


def test_another_day_is_named(desk, entries):
    early = replace(entries[0], at=at(7) - timedelta(days=1))
    assert steps([early], desk.picture)[0].clock == "22 Nov 07:00"


def test_a_kind_of_a_newer_console_is_shown_as_it_is(desk, entries):
    newer = replace(entries[0], command=None, kind="teleport.1")
    assert steps([newer], desk.picture)[0].what == "teleport.1"


def test_a_step_is_taken_back_by_its_version(qtbot, panel, desk, entries):
    panel.show_entries(entries, desk.picture)
    assert panel.title.text() == "History  4"
    assert not panel.revert_button.isEnabled()
    panel.view.setCurrentIndex(panel.model.index(3, 0))
    with qtbot.waitSignal(panel.revertAsked) as heard:
        qtbot.mouseClick(panel.revert_button, Qt.MouseButton.LeftButton)
    assert heard.args == [1]
    panel.view.setCurrentIndex(panel.model.index(2, 0))
    assert not panel.revert_button.isEnabled()


def test_new_rows_come_in_above_and_the_chosen_one_stays(panel, desk, entries):
    panel.show_entries(entries[:1], desk.picture)
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    panel.show_entries(entries[:3], desk.picture)
    assert panel.view.currentIndex().row() == 2
    panel.show_entries(entries, desk.picture)
    assert panel.model.rowCount() == 4


def test_a_version_is_gone_back_to_and_named(qtbot, panel, desk, entries):
    panel.show_entries(entries, desk.picture, {"2": "before lunch"})
    panel.view.setCurrentIndex(panel.model.index(2, 0))
    assert panel.model.steps[2].sentence.startswith("before lunch, 07:30")
    with qtbot.waitSignal(panel.returnAsked) as heard:
        qtbot.mouseClick(panel.return_button, Qt.MouseButton.LeftButton)
    assert heard.args == [2]
    with qtbot.waitSignal(panel.nameAsked) as heard:
        qtbot.mouseClick(panel.name_button, Qt.MouseButton.LeftButton)
    assert heard.args == [2]
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    assert not panel.return_button.isEnabled(), "this is how the plan is now"


def test_it_paints_in_every_scheme(panel, desk, entries):
    panel.show_entries(entries, desk.picture)
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    for choice in (Choice.DARK, Choice.HIGH_CONTRAST, Choice.LIGHT):
        desk.theme.choose(choice)
        assert not panel.grab().isNull()


def test_what_was_done_about_an_exception_is_said(qtbot):
    plan = Desk(qtbot).picture.plan
    note = CaseNote(Step.TOLD, promised=at(9))
    told = Fact(FactId("t"), FactKind.ATTENDED, next(iter(plan.stops)), at(8), case=note)
    row, after = entry_of(plan, AttendException(told), 1, at(8))
    assert step_words(row) == "Customer told"
    bare = AttendException(replace(told, id=FactId("u"), case=CaseNote()))
    row, _ = entry_of(after, bare, 2, at(8))
    assert step_words(row) == "Exception attended to"
