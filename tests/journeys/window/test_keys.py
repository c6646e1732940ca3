"""A dispatcher without a mouse: the palette, and whole routes from the keyboard."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.ui.choosing.chooser import Chooser
from console.ui.dialogs.reason import ReasonDialog
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import busiest, click

ENTER, DOWN, ESC = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape


def chooser(journey: Journey, deed: str) -> Chooser:
    """The chooser of a deed, once its figures are there."""
    journey.desktop.trigger(deed)
    dialog = journey.dialog(Chooser)
    journey.until(lambda: any(row.right or row.note for row in dialog.model.rows))
    return dialog


def take(journey: Journey, dialog: Chooser, typed: str = "", *, forced: bool = False) -> None:
    """Type, and press Enter; where it breaks a rule, say why."""
    for letter in typed:  # QTest knows ASCII only, and aborts at an Ö
        press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(dialog.field, press)
    QTest.keyClick(dialog.field, ENTER)
    journey.until(lambda: not dialog.isVisible())
    if forced:
        reason = journey.dialog(ReasonDialog)
        click(reason.reasons.quick[0])
        click(reason.force_button)
    journey.settle()


def test_stops_are_sent_to_the_driver_who_costs_least(planned: Journey) -> None:
    route = busiest(planned)
    stop = route.stops[0]
    planned.pick(stop)
    dialog = chooser(planned, "send_stops")
    best = dialog.current
    assert best is not None
    assert route.id not in {row.key for row in dialog.model.rows}
    assert len(dialog.model.rows) == len(planned.plan.routes) - 1
    if best.harmful:
        QTest.keyClick(dialog.field, ESC)
        return
    take(planned, dialog)
    assert planned.plan.stops[stop].route == best.key
    planned.do("undo")
    assert planned.plan.stops[stop].route == route.id


def test_a_route_is_reversed_and_undone(planned: Journey) -> None:
    route = busiest(planned)
    planned.pick(route.stops[0])
    planned.desktop.trigger("reverse_route")
    forced = [d for d in planned.desktop.window.findChildren(ReasonDialog) if d.isVisible()]
    if forced or planned.plan.routes[route.id].stops == route.stops:
        dialog = planned.dialog(ReasonDialog)
        click(dialog.reasons.quick[0])
        click(dialog.force_button)
        planned.until(lambda: planned.plan.routes[route.id].stops != route.stops)
    planned.settle()
    assert planned.plan.routes[route.id].stops == tuple(reversed(route.stops))


def test_the_rest_of_a_route_goes_to_another_driver(planned: Journey) -> None:
    route = busiest(planned)
    first = route.stops[-2]
    planned.pick(first)
    dialog = chooser(planned, "send_tail")
    planned.until(lambda: all(row.right or row.note for row in dialog.model.rows))
    other = min((r for r in dialog.model.rows if r.enabled), key=lambda row: row.harmful)
    take(planned, dialog, other.title, forced=other.harmful)
    assert planned.plan.routes[other.key].stops[-2:] == route.stops[-2:]
    assert planned.plan.routes[route.id].stops == route.stops[:-2]
    planned.settle()


def test_the_palette_does_and_finds(planned: Journey) -> None:
    route = busiest(planned)
    name = planned.desktop.station.picture.drivers[route.id].name
    take(planned, chooser(planned, "palette"), name)
    assert planned.desktop.selection.route == route.id
    take(planned, chooser(planned, "palette"), "lock route")
    assert planned.plan.routes[route.id].locked
    order = planned.plan.stops[route.stops[2]].orders[0].id
    take(planned, chooser(planned, "palette"), order)
    assert planned.desktop.selection.stops == (route.stops[2],)


def test_a_route_is_released_and_taken_back(planned: Journey) -> None:
    route = busiest(planned)
    planned.pick(route.stops[0])
    planned.do("release_route")
    assert planned.plan.routes[route.id].released
    planned.do("reverse_route")
    assert planned.notice("with its driver")
    planned.do("release_route")
    assert planned.plan.routes[route.id].stops == route.stops
    assert not planned.plan.routes[route.id].released


def test_the_keyboard_goes_to_every_pane_and_picks_what_the_filter_shows(planned: Journey) -> None:
    panes = planned.desktop.panes
    planned.desktop.window.activateWindow()
    planned.do("go_timeline")
    assert panes.timeline.hasFocus()
    planned.do("go_orders")
    assert panes.orders.view.hasFocus()
    planned.do("view_board")
    planned.do("go_middle")
    assert panes.board.hasFocus()
    planned.do("go_details")
    assert not panes.board.hasFocus()
    panes.orders.filter.setText(planned.desktop.station.picture.labels[first(planned)].street)
    planned.do("select_shown")
    assert first(planned) in planned.desktop.selection.stops
    assert set(planned.desktop.selection.stops) == set(panes.orders.shown_stops())


def first(journey: Journey):
    return busiest(journey).stops[0]
