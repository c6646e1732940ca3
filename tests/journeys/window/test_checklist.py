"""From the plan to the drivers: what is passed over asks a reason, and the bar says so."""

from console.ui.checklist import State
from console.ui.dialogs.reason import SkipDialog
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import click


def state(journey: Journey, key: str) -> State:
    return next(step.state for step in journey.desktop.checklist.steps if step.key == key)


def test_a_day_is_locked_and_released(planned: Journey) -> None:
    journey = planned
    journey.until(lambda: journey.desktop.station.picture.is_timed)
    journey.do("validate")
    waits = [s for s in journey.desktop.checklist.steps[:5] if s.is_open]
    journey.desktop.trigger("lock_day")
    if waits:
        dialog = journey.dialog(SkipDialog)
        click(dialog.reasons.quick[0])
        click(dialog.skip_button)
    with_stops = [r.id for r in journey.plan.routes.values() if r.stops]
    journey.until(lambda: all(journey.plan.routes[r].locked for r in with_stops))
    journey.settle()
    assert state(journey, "lock") is State.DONE
    assert all(not step.is_open for step in journey.desktop.checklist.steps[:6])
    if waits:
        skipped = journey.desktop.checklist.progress.skipped
        assert set(skipped) == {step.key for step in waits}
        assert set(skipped.values()) == {"Checked outside the console"}
    strip = journey.desktop.panes.strip
    assert strip.primary.text() == "Release all routes"
    click(strip.primary)
    journey.until(lambda: all(journey.plan.routes[r].released for r in with_stops))
    journey.settle()
    assert strip.primary.text() == "Print sheets"
    journey.do("release_day")
    journey.do("lock_day")
    assert not any(route.is_frozen for route in journey.plan.routes.values())


def test_a_day_that_is_not_planned_is_not_locked(morning: Journey) -> None:
    morning.do("lock_day")
    assert not any(route.locked for route in morning.plan.routes.values())
    assert state(morning, "import") is State.DONE
    morning.do("validate")
    assert morning.desktop.checklist.progress.hopeless is not None


def test_review_picks_what_waits(planned: Journey) -> None:
    stop = next(iter(planned.desktop.station.picture.visits))
    planned.pick(stop)
    planned.do("unassign")
    planned.do("review")
    assert stop in planned.desktop.selection.stops
