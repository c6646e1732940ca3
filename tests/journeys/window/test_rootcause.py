"""Why did it happen, what is done about it, did that help: asked in the window, over days."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.dispatch.reporting import record
from console.domain.cases import Step
from console.domain.casework import cases_of
from console.domain.effect import Outcome
from console.domain.plan import Cause, FactKind
from console.ui.exceptions.actions import ActionsSheet
from console.ui.exceptions.effect import EffectSheet
from console.ui.exceptions.rootdialog import RootDialog
from tests.journeys.window.conftest import DAY, Journey


class SetClock:
    """Shows the time it is set to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def test_a_root_cause_is_found_its_action_seen_when_due_and_its_effect_asked_for(
    open_window: Callable[..., Journey], planned_store: Path
) -> None:
    clock = SetClock(datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=UTC))
    journey = open_window(planned_store, clock=clock)
    journey.settle()
    desktop = journey.desktop
    page, part = desktop.panes.exceptions, desktop.panes.exceptions.case.root
    stop = next(iter(desktop.station.picture.visits))
    journey.run(record(desktop.station, FactKind.FAILED, stop, cause=Cause.ABSENT))
    journey.do("view_exceptions")
    journey.run(desktop.orders.show_exceptions())
    page.show_one(page.lines[0].key)
    journey.settle()
    assert not page.actions_button.isVisible()
    part.ask_button.click()
    dialog = journey.dialog(RootDialog)
    dialog.whys[0].setText("Nobody opened")
    dialog.whys[1].setText("They work all day")
    dialog.action.setText("Offer evening windows")
    assert dialog.scope.itemText(0).endswith("everywhere")
    dialog.accept()
    journey.settle()
    assert "2. They work all day" in part.whys.text()
    assert page.actions_button.text() == "1 action is open"
    clock.moment += timedelta(days=10)
    journey.run(desktop.open_day(DAY + timedelta(days=10)))
    journey.settle()
    journey.notice("1 action against a root cause is overdue")
    journey.do("view_exceptions")
    page.actions_button.click()
    sheet = journey.dialog(ActionsSheet)
    sheet.table.selectRow(0)
    sheet.open_button.click()
    journey.settle()
    assert desktop.station.service_day.day == DAY
    journey.until(part.acted_button.isVisible)
    part.acted_button.click()
    journey.settle()
    assert "taken on" in part.action.text()
    part.effect_button.click()
    effect = journey.dialog(EffectSheet)
    assert not effect.note_button.isEnabled(), Outcome.FEW
    effect.reject()
    journey.settle()
    (case,) = cases_of(journey.plan.facts.values())
    steps = [fact.case.step for fact in case.steps if fact.case is not None]
    assert steps == [Step.EXPLAINED, Step.ACTED]
    assert not journey.unexpected
