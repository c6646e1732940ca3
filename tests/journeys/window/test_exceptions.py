"""An exception from its logging to its end, in the real window."""

from console.dispatch.exceptions import log_exception
from console.domain.cases import Resolution, Severity
from console.domain.casework import Case, cases_of
from console.domain.plan import Cause
from tests.journeys.window.conftest import Journey


def only(journey: Journey) -> Case:
    (case,) = cases_of(journey.plan.facts.values())
    return case


def test_an_exception_is_owned_graded_put_off_and_that_is_undone(planned: Journey) -> None:
    journey = planned
    station, page = journey.desktop.station, journey.desktop.panes.exceptions
    stop = next(iter(station.picture.visits))
    journey.run(log_exception(station, stop, Cause.ABSENT, "rang twice"))
    journey.do("view_exceptions")
    journey.until(lambda: len(page.lines) == 1)
    page.table.selectRow(0)
    journey.until(lambda: bool(page.case.ways))
    journey.settle()
    assert {way.wish.resolution for way in page.case.ways} == set(Resolution)
    assert all(way.problem for way in page.case.ways if not way.is_feasible)
    page.case.own_button.click()
    page.case.graded.emit(Severity.HIGH)
    journey.settle()
    assert (only(journey).owner, only(journey).severity) == ("Ada", Severity.HIGH)
    named = [way.wish.resolution for way in page.case.ways]
    page.case.buttons[named.index(Resolution.RESCHEDULE)].click()
    journey.settle()
    assert not only(journey).is_open
    assert stop not in journey.plan.stops
    journey.notice("Another day")
    journey.do("undo")
    journey.until(lambda: only(journey).is_open)
    assert stop in journey.plan.stops
    assert not journey.unexpected


def test_a_customer_is_compensated_by_policy(planned: Journey) -> None:
    journey, page = planned, planned.desktop.panes.exceptions
    stop = next(iter(journey.desktop.station.picture.visits))
    journey.run(log_exception(journey.desktop.station, stop, Cause.DAMAGE))
    journey.do("view_exceptions")
    journey.until(lambda: bool(page.lines))
    page.show_one(page.lines[0].key)
    money = page.case.money
    journey.until(money.pay_button.isVisible)
    assert money.amount.value() == 20
    money.pay_button.click()
    journey.until(lambda: not money.pay_button.isVisible())
    assert "Paid" in money.said.text()
    assert only(journey).money is not None
    assert not journey.unexpected
