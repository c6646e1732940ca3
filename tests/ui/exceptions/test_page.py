"""The exceptions page: what went wrong, and where a click leads."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from console.dispatch.exceptions import DeliveryException
from console.domain.cases import Severity
from console.domain.casework import Case
from console.domain.commands import MoveStops
from console.domain.plan import Cause, Fact, FactId, FactKind, RouteId, StopId
from console.ui.exceptions.page import ExceptionsPage
from tests.ui.day import at
from tests.ui.sample import Desk


def logged(subject, cause=Cause.ACCESS, note="", minute=0, discrepancy=""):
    fact = Fact(
        FactId(f"f{minute}"), FactKind.EXCEPTION, subject, at(9, minute), cause,
        discrepancy=discrepancy,
    )  # fmt: skip
    return DeliveryException(fact, note, "Anne", Case(fact))


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


@pytest.fixture
def page(qtbot, desk):
    made = ExceptionsPage(desk.hands, desk.signals, desk.selection, desk.theme)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    return made


def texts(page, row):
    return [page.table.item(row, column).text() for column in range(page.table.columnCount())]


def test_an_empty_day_teaches(page):
    assert not page.table.isVisible()
    assert page.title.text() == "Exceptions"


def test_a_line_says_all(page, desk):
    stop = desk.picture.plan.routes[RouteId("r1")].stops[2]
    page.show_lines([logged(stop, note="gate locked", minute=4)], desk.picture, at(11, 5))
    street = desk.picture.labels[stop].street
    assert page.table.isVisible()
    assert texts(page, 0) == [
        "09:04", "No access", f"{street} · stop 3", "Mette Holm",
        "Normal", "Overdue, 121\u2009min", "", "gate locked", "Anne",
    ]  # fmt: skip


def test_a_click_picks_the_stop(qtbot, page, desk):
    stop = desk.picture.plan.routes[RouteId("r1")].stops[2]
    page.show_lines([logged(RouteId("r2"), minute=1), logged(stop)], desk.picture)
    box = page.table.visualItemRect(page.table.item(1, 1))
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert desk.selection.stops == (stop,)
    assert desk.selection.route == RouteId("r1")
    page.table.selectRow(0)
    assert desk.selection.stops == ()
    assert desk.selection.route == RouteId("r2")


def test_a_stop_that_left_the_plan_stays_in_the_queue(page, desk):
    gone = logged(StopId("s999"), discrepancy="unknown_subject")
    page.show_lines([gone], desk.picture)
    assert "no longer in the plan" in texts(page, 0)[2]
    assert texts(page, 0)[1] == "No access (plan differs)"
    page.table.selectRow(0)
    assert desk.selection.stops == ()


def test_the_driver_follows_the_plan_and_the_picked_row_stays_quiet(page, desk):
    stop = desk.picture.plan.routes[RouteId("r1")].stops[2]
    page.show_lines([logged(stop)], desk.picture)
    desk.hands.submit(MoveStops((stop,), RouteId("r2")))
    assert texts(page, 0)[3] == "Jonas Krogh"
    assert desk.selection.stops == ()


def test_the_button_logs(qtbot, page, desk):
    qtbot.mouseClick(page.log_button, Qt.MouseButton.LeftButton)
    assert desk.hands.acted == ["log_exception"]


def test_ages_go_by_the_depots_levels_and_grow_while_time_goes_on(page, desk):
    stop = desk.picture.plan.routes[RouteId("r1")].stops[2]
    levels = {Severity.NORMAL: timedelta(minutes=30)}
    page.show_lines([logged(stop, minute=0)], desk.picture, at(9, 29), levels)
    assert texts(page, 0)[5].startswith("Open, 29")
    page.tick(at(9, 31))
    assert texts(page, 0)[5].startswith("Overdue, 31")


def test_one_is_shown_even_if_the_filter_hid_it(qtbot, page, desk):
    stop = desk.picture.plan.routes[RouteId("r1")].stops[2]
    page.show_lines([logged(stop, minute=0)], desk.picture, at(9, 1))
    page.filter.setCurrentIndex(2)
    assert page.lines == []
    with qtbot.waitSignal(page.picked) as heard:
        page.show_one(FactId("f0"))
    assert heard.args == ["f0"]
    assert page.shown is not None
