"""Training: a day is chosen, driven, answered, graded; kinds of days are written."""

from dataclasses import replace
from pathlib import Path

from console.dispatch.kindofday import IncidentKind, scenario
from console.domain.commands import MoveStops, ReleaseRoutes
from console.domain.plan import Cause, Fact, FactKind
from console.ui.start import Desktop
from console.ui.training.choose import TrainingForm
from console.ui.training.editor import ScenarioEditor
from console.ui.training.happen import HappenForm
from console.ui.training.results import ResultsForm
from tests.journeys.town import Town
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import click, type_into
from tests.journeys.window.rooms import TownRooms

MINE = "A van that stops"


def broken_down(desktop: Desktop) -> list[Fact]:
    facts = desktop.station.picture.plan.facts.values()
    return [f for f in facts if f.kind is FactKind.EXCEPTION and f.cause is Cause.BREAKDOWN]


def write_a_kind(journey: Journey) -> None:
    """One like the breakdown at ten, under another title, with an incident more."""
    journey.desktop.trigger("edit_scenarios")
    editor = journey.dialog(ScenarioEditor)
    names = [editor.which.itemText(i) for i in range(editor.which.count())]
    editor.which.setCurrentIndex(names.index("Like Breakdown at ten"))
    assert not editor.save_button.isEnabled()
    assert "missing" in editor.fields.problems["title"].text()
    type_into(editor.fields.title, MINE)
    click(editor.add_button)
    editor.rows.setData(editor.rows.index(1, 1), "noon")
    assert not editor.save_button.isEnabled()
    assert "10:00" in editor.said.text()
    editor.rows.setData(editor.rows.index(1, 0), str(IncidentKind.SILENCE))
    editor.rows.setData(editor.rows.index(1, 1), "12:00")
    editor.rows.setData(editor.rows.index(1, 4), "20")
    editor.rows.setData(editor.rows.index(0, 1), "9:00")
    editor.rows.setData(editor.rows.index(0, 3), "1")
    click(editor.save_button)
    journey.notice("Saved")
    editor.close()
    journey.settle()


def begin(journey: Journey) -> Desktop:
    """The window of a day to train on, its clock paused."""
    journey.desktop.trigger("training")
    form = journey.dialog(TrainingForm)
    form.choose("a-van-that-stops")
    form.who.clear()
    assert not form.begin_button.isEnabled()
    type_into(form.who, "Eva")
    click(form.begin_button)
    journey.until(lambda: journey.desktop.beside is not None, 120)
    beside = journey.desktop.beside
    assert beside is not None
    journey.until(lambda: beside.graded_run.run is not None, 60)
    assert beside.options.room is not None
    return beside


def drive(journey: Journey, beside: Desktop, holds, speed: float = 6000) -> None:
    pace = beside.options.pace
    assert pace is not None
    pace.go(speed)
    pace.run()
    journey.until(holds, 120)
    pace.pause()


def let_it_be_silent(journey: Journey, beside: Desktop) -> None:
    beside.trigger("put_incident")
    forms = []
    journey.until(lambda: bool(forms) or forms.extend(beside.window.findChildren(HappenForm)))
    (form,) = forms
    form.kind.setCurrentIndex(form.kind.findData(IncidentKind.SILENCE))
    click(form.happen_button)
    run = beside.graded_run.run
    assert run is not None
    journey.until(lambda: bool(run.injected))


def hand_over(journey: Journey, beside: Desktop) -> None:
    """What the broken van still has goes to the driver with the least to do."""
    station = beside.station
    (told,) = broken_down(beside)
    plan = station.picture.plan
    (hers,) = [r for r in plan.routes.values() if r.id == told.subject]
    other = min((r for r in plan.routes.values() if r != hers and r.released),
                key=lambda r: len(r.stops))  # fmt: skip
    waiting = tuple(s.id for s in plan.stops_of(hers.id) if s.is_open)
    journey.run(station.submit(ReleaseRoutes((hers.id, other.id), released=False)))
    journey.run(station.submit(MoveStops(waiting, other.id)))
    journey.run(station.submit(ReleaseRoutes((other.id,))))


def test_a_graded_run_from_the_kind_of_day_to_the_paper(
    open_window, town: Town, tmp_path: Path
) -> None:
    rooms = TownRooms(town, tmp_path / "training")
    journey = open_window(rooms=rooms)
    before = journey.plan
    write_a_kind(journey)
    assert replace(rooms.shelf.find("a-van-that-stops"), name="").title == MINE
    beside = begin(journey)
    banner = beside.graded_run.banner
    assert banner is not None
    assert banner.isVisible()
    assert "Nothing here is real" in banner.said.text()
    assert beside.station.services.actor == "Eva"
    drive(journey, beside, lambda: bool(broken_down(beside)))
    let_it_be_silent(journey, beside)
    hand_over(journey, beside)
    beside.trigger("grade_run")
    journey.until(lambda: beside.graded_run.debrief is not None, 60)
    debrief = beside.graded_run.debrief
    assert debrief is not None
    assert debrief.grade.trainee == "Eva"
    assert debrief.step is not None
    assert any(step.kind == MoveStops.kind for step in debrief.grade.steps)
    assert [t.what for t in debrief.grade.troubles].count(IncidentKind.SILENCE) == 2
    click(debrief.map_button)
    click(debrief.moment_button)
    journey.until(lambda: beside.audit.window is not None and beside.audit.window.isVisible())
    assert beside.audit.window is not None
    journey.until(lambda: beside.audit.window.version == debrief.step.version)
    paper = tmp_path / "debrief.pdf"
    journey.run(beside.graded_run.write(paper))

    assert paper.read_bytes().startswith(b"%PDF")
    beside.window.close()
    journey.until(lambda: journey.desktop.beside is None, 60)
    journey.settle()
    assert journey.plan == before
    (kept,) = rooms.results.all()
    assert (kept.trainee, kept.title, kept.whole) == ("Eva", MINE, debrief.grade.score.whole)
    journey.desktop.trigger("training_results")
    form = journey.dialog(ResultsForm)
    assert form.table.rowCount() == 1
    form.close()
    journey.settle()


def test_without_a_place_to_train_it_says_so(planned: Journey) -> None:
    planned.do("training")
    assert "nowhere to train" in planned.notice("nowhere").text
    assert scenario("calm-day").title == "A calm day"
