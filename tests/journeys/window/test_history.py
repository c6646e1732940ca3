"""The history: any version is gone back to, has a name, and comes back with Ctrl+Z."""

from console.ui.dialogs.text import TextDialog
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import busiest, click, type_into


def test_a_named_version_is_gone_back_to(planned: Journey) -> None:
    journey = planned
    journey.do("history")
    panel = journey.desktop.panes.history
    journey.desktop.trigger("name_version")
    dialog = journey.dialog(TextDialog)
    type_into(dialog.field, "Before the calls")
    click(dialog.keep_button)
    journey.until(lambda: any(step.name for step in panel.model.steps))
    named = next(step for step in panel.model.steps if step.name)
    assert named.name == "Before the calls"
    before = journey.plan

    route = busiest(journey)
    journey.pick(route.stops[0])
    journey.do("unassign")
    journey.do("lock")
    changed = journey.plan
    row = next(i for i, s in enumerate(panel.model.steps) if s.version == named.version)
    panel.view.setCurrentIndex(panel.model.index(row))
    click(panel.return_button)
    journey.settle()
    assert (journey.plan.routes, journey.plan.stops) == (before.routes, before.stops)
    assert journey.notice("Before the calls")
    back = "Back to an earlier version"
    journey.until(lambda: panel.model.steps[0].what.startswith(back))
    journey.do("undo")
    assert (journey.plan.routes, journey.plan.stops) == (changed.routes, changed.stops)
