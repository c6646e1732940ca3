"""Scenarios in the window: kept, searched for, compared, adopted, taken back, tidied up."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.commands import MoveStops
from console.ui.dialogs.text import TextDialog
from console.ui.proposal.on_map import Side
from console.ui.scenarios.panel import ScenarioPanel
from console.ui.scenarios.search_form import SearchForm
from tests.journeys.window.conftest import Journey, close
from tests.journeys.window.fingers import busiest, click, type_into


def orders(journey: Journey) -> dict[str, tuple[str, ...]]:
    return {route.id: route.stops for route in journey.plan.routes.values()}


def name_it(journey: Journey, name: str) -> None:
    dialog = journey.dialog(TextDialog)
    dialog.field.selectAll()
    type_into(dialog.field, name)
    click(dialog.keep_button)
    journey.settle()


def keep(journey: Journey, name: str) -> None:
    journey.desktop.trigger("keep_scenario")
    name_it(journey, name)


def opened(journey: Journey) -> ScenarioPanel:
    journey.do("scenarios")
    panel = journey.desktop.scenes.panel
    assert panel is not None
    journey.until(panel.isVisible)
    return panel


def names(panel: ScenarioPanel) -> list[str]:
    return [row.name for row in panel.list.scenarios.rows]


def spoil(journey: Journey) -> None:
    """Every third stop of one driver to another."""
    routes = sorted(journey.plan.routes.values(), key=lambda route: -len(route.stops))
    journey.desktop.conductor.submit(MoveStops(routes[0].stops[::3], routes[1].id))
    journey.settle()


def test_a_plan_is_kept_compared_adopted_and_taken_back(planned: Journey, open_window) -> None:
    journey, panes = planned, planned.desktop.panes.proposal
    good = orders(journey)
    keep(journey, "As optimised")
    assert "As optimised" in journey.notice("Kept").text
    spoil(journey)
    bad = orders(journey)
    panel = opened(journey)
    journey.until(lambda: names(panel) == ["Present plan", "As optimised"])
    present, kept = panel.list.scenarios.rows
    assert (present.key, kept.tone) == ("", "ok")
    assert "drivers" in kept.about
    assert not panel.compare.isEnabled()

    panel.list.pick(kept.key)
    click(panel.compare)
    journey.settle()
    proposal = journey.desktop.optimiser.proposal
    assert proposal is not None
    assert panes.banner.isVisible()
    assert not panel.isVisible()
    assert panes.banner.title.text() == "Scenario “As optimised” beside the present plan"
    assert panes.banner.discard.text() == "Close"
    assert not panes.banner.keep.isVisible()
    captions = {line.caption for line in panes.table.lines}
    assert captions >= {"Served", "Cost", "Hours paid", "Distance", "CO₂e", "Late", "Uneven hours"}
    assert "Change driver" in panes.meters.accessibleName()
    journey.until(lambda: journey.counts()["tags"] > 0)
    journey.do("next_side")
    assert journey.desktop.cartographer.side is Side.PROPOSAL

    click(panes.banner.adopt)
    journey.settle()
    assert orders(journey) == good
    assert "“As optimised”" in journey.notice("Adopted").text
    journey.do("undo")
    assert orders(journey) == bad
    journey.until(panel.isVisible)
    close(journey)

    again = open_window(journey.desktop.station.services.journal.database.file.parent)
    again.settle()
    assert names(opened(again)) == ["Present plan", "As optimised"]


def test_a_search_without_a_driver_becomes_a_scenario(planned: Journey) -> None:
    journey = planned
    before = orders(journey)
    journey.desktop.trigger("search_scenario")
    form = journey.dialog(SearchForm)
    assert form.name == "Cost"
    least = min(
        (r for r in journey.plan.routes.values() if r.stops), key=lambda route: len(route.stops)
    )
    form.drivers._items[least.id].setCheckState(Qt.CheckState.Unchecked)
    form.profile.setCurrentIndex(form.profile.findData("green"))
    form.seconds.own.setValue(2)
    working = form.drivers.number - 1
    assert form.name == f"Green, {working} of {form.drivers.number} drivers"
    click(form.go)
    journey.settle()
    assert orders(journey) == before, "the plan stays"
    proposal = journey.desktop.optimiser.proposal
    assert proposal is not None
    assert proposal.kept is not None
    assert proposal.kept.off == (least.id,)
    assert not proposal.proposed.plan.routes[least.id].stops
    assert "without 1 driver" in journey.desktop.panes.proposal.banner.said.text()
    journey.do("discard_proposal")
    assert not any("discarded" in notice.text for notice in journey.told)
    assert names(opened(journey)) == ["Present plan", proposal.kept.name]


def test_two_scenarios_beside_each_other_follow_the_plan(planned: Journey) -> None:
    journey = planned
    keep(journey, "First")
    spoil(journey)
    keep(journey, "Second")
    panel = opened(journey)
    journey.until(lambda: len(names(panel)) == 3)
    first, second = panel.list.scenarios.rows[1:]
    panel.list.pick(first.key, second.key)
    assert not panel.adopt.isEnabled()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    journey.settle()
    panes = journey.desktop.panes.proposal
    assert panes.banner.title.text() == "Scenario “Second” beside “First”"
    shown = journey.desktop.optimiser.proposal
    assert shown is not None
    moved = busiest(journey).stops[0]
    journey.desktop.conductor.submit(MoveStops((moved,), None))
    journey.until(lambda: journey.desktop.optimiser.proposal is not shown)
    journey.settle()
    again = journey.desktop.optimiser.proposal
    assert again is not None
    assert again.proposed.plan.routes == shown.proposed.plan.routes, "it serves the stop"
    journey.do("discard_proposal")
    journey.until(panel.isVisible)


def test_duplicate_rename_delete_and_undo(planned: Journey) -> None:
    journey = planned
    keep(journey, "Usual")
    panel = opened(journey)
    journey.until(lambda: len(names(panel)) == 2)
    panel.list.pick(panel.list.scenarios.rows[1].key)
    panel.duplicate.trigger()
    journey.settle()
    assert names(panel)[1:] == ["Usual", "Usual 2"]
    assert [row.name for row in panel.list.picked] == ["Usual 2"]
    panel.rename.trigger()
    name_it(journey, "Unusual")
    assert names(panel)[1:] == ["Unusual", "Usual"] or names(panel)[1:] == ["Usual", "Unusual"]
    panel.list.pick(*(row.key for row in panel.list.scenarios.rows[1:]))
    panel.remove.trigger()
    journey.settle()
    assert names(panel) == ["Present plan"]
    notice = journey.notice("Deleted: 2 scenarios")
    journey.do(notice.deed)
    assert len(names(panel)) == 3
    version = journey.plan.version
    journey.do("history")
    history = journey.desktop.panes.history
    journey.until(lambda: history.model.rowCount() > 0)
    history.keepAsked.emit(version)
    name_it(journey, "From the history")
    assert "From the history" in names(panel)
