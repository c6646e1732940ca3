"""Dialogs of training: what is chosen, what is written, what is compared."""

from datetime import time

import pytest

from console.dispatch.kindofday import Incident, IncidentKind, Scenario, scenarios
from console.dispatch.training.lesson import first_lesson
from console.dispatch.training.results import Result
from console.ui.training.banner import TrainingBanner
from console.ui.training.choose import TrainingForm
from console.ui.training.editor import ScenarioEditor
from console.ui.training.happen import HappenForm
from console.ui.training.results import ResultsForm
from tests.ui.sample import Desk, light

MINE = Scenario("mine", "Mine", seed=4, drivers=3, stops=20)


@pytest.fixture
def shown(qtbot):
    def show(widget):
        qtbot.addWidget(widget)
        widget.show()
        return widget

    return show


def test_a_day_is_chosen_by_somebody(shown):
    form = shown(TrainingForm(scenarios(), "", "breakdown-at-ten", light()))
    assert not form.begin_button.isEnabled()
    form.who.setText(" Eva ")
    form.choose("storm")
    assert not form.guided.isVisible()
    form.choose("breakdown-at-ten")
    form.guided.setChecked(True)
    assert (form.scenario.name, form.trainee, form.is_guided) == ("breakdown-at-ten", "Eva", True)
    assert form.begin_button.isEnabled()
    assert "1 incident" in form.happens.text()
    form.choose("calm-day")
    assert not form.is_guided
    assert form.speed == 30


def test_what_is_wrong_with_a_kind_of_day_is_said_at_its_field(shown):
    editor = shown(ScenarioEditor(light()))
    asked = []
    editor.saveAsked.connect(lambda kind, instead: asked.append((kind, instead)))
    editor.show_scenarios([*scenarios(), MINE], lambda kind: kind == MINE)
    assert "missing" in editor.fields.problems["title"].text()
    assert not editor.save_button.isEnabled()
    editor.fields.title.setText("Another one")
    assert not editor.fields.problems["title"].isVisible()
    editor.fields.drivers.setValue(2)
    editor.add_button.click()
    editor.rows.setData(editor.rows.index(0, 3), "3")
    assert "Incident 1" in editor.said.text()
    editor.rows.setData(editor.rows.index(0, 3), "2")
    assert editor.rows.index(0, 0).data() == "Vehicle breaks down"
    editor.save_button.click()
    ((kind, instead),) = asked
    assert (kind.title, kind.drivers, instead) == ("Another one", 2, "")
    assert kind.incidents == (Incident(IncidentKind.BREAKDOWN, time(10), driver=2),)
    editor.say_refused("It is taken.")
    assert editor.fields.problems["title"].isVisible()


def test_an_own_kind_of_day_is_changed_in_its_place(shown):
    editor = shown(ScenarioEditor(light()))
    asked, gone = [], []
    editor.saveAsked.connect(lambda kind, instead: asked.append((kind.seed, instead)))
    editor.removeAsked.connect(gone.append)
    editor.show_scenarios([*scenarios(), MINE], lambda kind: kind == MINE, "mine")
    assert (editor.fields.title.text(), editor.fields.stops.value()) == ("Mine", 20)
    editor.fields.seed.setValue(5)
    editor.save_button.click()
    editor.remove_button.click()
    assert (asked, gone) == ([(5, "mine")], ["mine"])
    editor.which.setCurrentIndex(1)
    assert editor.fields.title.text() == ""
    assert not editor.remove_button.isEnabled()


def test_only_what_counts_for_an_incident_is_asked(shown):
    form = shown(HappenForm(["Ida", "Ole"], time(10, 5), light()))
    assert form.minutes.isVisible()
    assert not form.factor.isVisible()
    assert form.incident == Incident(IncidentKind.BREAKDOWN, time(10, 5), driver=1, minutes=30)
    form.kind.setCurrentIndex(form.kind.findData(IncidentKind.SLOW))
    form.driver.setCurrentIndex(0)
    told = form.incident
    assert (told.until, told.factor, told.driver, told.minutes) == (time(12, 5), 2.0, 0, 0)
    form.until.setTime(form.at.time())
    assert form.said.text()
    assert not form.happen_button.isEnabled()


def test_trainees_stand_side_by_side(shown):
    eva = Result("2026-11-27T10:00:00+00:00", "Eva", "storm", "Storm", 70, 80, 60, 70, 65, 12, 3)
    worse = Result("2026-11-28T10:00:00+00:00", "Eva", "storm", "Storm", 60, 80, 60, 70, 65, 12, 3)
    form = shown(ResultsForm([worse, eva], light()))
    assert form.table.rowCount() == 1
    assert form.table.item(0, 2).text() == "70"
    form.every.setChecked(True)
    assert form.table.rowCount() == 2
    forgotten = []
    form.forgetAsked.connect(forgotten.append)
    form.table.selectRow(1)
    form.forget_button.click()
    assert forgotten == ["Eva"]
    form.show_results([])
    assert "Nobody" in form.told.text()
    assert not form.forget_button.isEnabled()


def test_the_banner_says_that_nothing_is_real_and_shows_the_lesson(qtbot, shown):
    desk = Desk(qtbot)
    banner = shown(TrainingBanner("Storm", ("Every window kept",), desk.actions, desk.theme))
    assert "Nothing here is real" in banner.said.text()
    assert not banner.lesson.isVisible()
    lesson = first_lesson()
    banner.show_card(lesson.card, 1, len(lesson.cards))
    assert "Lesson 1 of 8" in banner.lesson.text()
    with qtbot.waitSignal(banner.read):
        banner.next_button.click()
    desk.actions["grade_run"].setEnabled(True)
    banner.end_button.click()
    assert desk.triggered == ["grade_run"]
