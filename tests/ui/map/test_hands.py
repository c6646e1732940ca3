"""Stops dragged out of the map and dropped on it; the lasso. Drags are the events Qt would send."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.plan import RouteId
from console.ui.drag import Place, stops_mime
from console.ui.map.marks import RouteLine, StopMark
from console.ui.maphands import MapHands
from tests.ui.sample import Desk

LEFT, MOVE = Qt.MouseButton.LeftButton, Qt.DropAction.MoveAction
NO_KEY, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
R1, R2 = RouteId("r1"), RouteId("r2")


class Told:
    """A view beside the map that remembers what it was told."""

    def __init__(self):
        self.places, self.begun, self.ended = [], 0, 0

    def begin(self, _stops):
        self.begun += 1

    def aim(self, place):
        self.places.append(place)

    def end(self):
        self.ended += 1


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


@pytest.fixture
def hands(driven, town, desk):
    """Two stops of r1 at the left, one of r2 at the right on its line."""
    one, two = (desk.picture.plan.routes[r].stops for r in (R1, R2))
    driven.view.set_routes([line("r1", 9.50), line("r2", 9.58)])
    driven.view.set_stops([mark(one[0], "r1", 9.50), mark(two[3], "r2", 9.58)])
    driven.show(town)
    driven.told = Told()
    return MapHands(
        driven.view, desk.hands, selection=desk.selection, theme=desk.theme, beside=driven.told
    )


def line(key, lon):
    points = ((47.13, lon), (47.17, lon))
    return RouteLine(key, int(key[1]), "#8688fe", "#000000", points, name=key, summary="")


def mark(stop, route, lon):
    return StopMark(stop, route, 1, 47.15, lon, color="#b8d259", ink="#000")


def send(driven, kind, point, stops):
    """One drag event to the map; True when it is accepted."""
    driven.mime = stops_mime(stops)
    event = kind(QPointF(point), MOVE, driven.mime, LEFT, NO_KEY)
    event.setDropAction(MOVE)
    event.ignore()
    QApplication.sendEvent(driven.view, event)
    return event.isAccepted()


def hover(driven, hands, qtbot, point, stops):
    send(driven, QDragEnterEvent, point, stops)
    send(driven, QDragMoveEvent, point, stops)
    qtbot.waitUntil(lambda: not hands._asks, timeout=5000)


def test_other_routes_step_back_while_stops_are_dragged(hands, driven, desk, theme, qtbot):
    stop = desk.picture.plan.routes[R1].stops[0]
    beside = driven.where(desk.picture.plan.routes[R2].stops[3]) - QPoint(0, 40)
    ground = theme.color("map")

    def strength():
        """How far the other route's line is from the ground, red and blue together."""
        image = driven.view.grab().toImage()
        row = [image.pixelColor(beside.x() + dx, beside.y()) for dx in range(-6, 7)]
        return max(abs(p.red() - ground.red()) + abs(p.blue() - ground.blue()) for p in row)

    at_rest = strength()
    hover(driven, hands, qtbot, QPoint(8, driven.view.height() // 2), [stop])
    assert hands.place is None
    qtbot.waitUntil(lambda: strength() < 0.75 * at_rest, timeout=10_000)
    QApplication.sendEvent(driven.view, QDragLeaveEvent())
    qtbot.waitUntil(lambda: strength() == at_rest, timeout=10_000)


def test_a_drop_on_a_line_lands_where_it_costs_least(hands, driven, desk, qtbot):
    stop = desk.picture.plan.routes[R1].stops[0]
    on_line = driven.where(desk.picture.plan.routes[R2].stops[3]) - QPoint(4, 60)
    hover(driven, hands, qtbot, on_line, [stop])
    assert hands.place == Place(R2, best=True)
    assert driven.told.places == [Place(R2, best=True)]
    assert hands._tag.isVisible()
    assert send(driven, QDropEvent, on_line, [stop])
    assert desk.hands.moves[-1][:2] == ((stop,), R2)
    assert driven.told.ended == 1
    assert hands.drag is None


def test_a_drop_on_a_stop_lands_behind_it(hands, driven, desk, qtbot):
    stop, other = (desk.picture.plan.routes[r].stops[i] for r, i in ((R1, 0), (R2, 3)))
    hover(driven, hands, qtbot, driven.where(other), [stop])
    assert hands.place == Place(R2, other)
    send(driven, QDropEvent, driven.where(other), [stop])
    assert desk.hands.moves[-1][1:3] == (R2, other)


def test_nothing_lands_where_nothing_is(hands, driven, desk, qtbot):
    stop = desk.picture.plan.routes[R1].stops[0]
    empty = QPoint(driven.view.width() // 2, 40)
    hover(driven, hands, qtbot, empty, [stop])
    assert hands.place is None
    send(driven, QDropEvent, empty, [stop])
    assert desk.hands.moves == []
    hover(driven, hands, qtbot, driven.where(stop), [stop])
    QApplication.sendEvent(driven.view, QDragLeaveEvent())
    assert hands.drag is None
    assert not hands._tag.isVisible()


def test_foreign_drags_are_left_alone(hands, driven):
    assert not send(driven, QDragEnterEvent, QPoint(50, 50), ["unknown"])
    assert hands.drag is None
    assert driven.told.begun == 0
    assert not hands.eventFilter(driven.view, QEvent(QEvent.Type.DragLeave))


def test_a_stop_is_pulled_away_with_the_mouse(hands, driven, desk, qtbot, monkeypatch):
    stop = desk.picture.plan.routes[R1].stops[0]
    started = []
    monkeypatch.setattr(
        "console.ui.maphands.start_drag", lambda *told: started.append(tuple(told[3]))
    )
    start = driven.where(stop)
    QTest.mousePress(driven.glass, LEFT, NO_KEY, start)
    for step in range(1, 6):
        QTest.mouseMove(driven.glass, start + QPoint(6 * step, 2 * step), 20)
    qtbot.waitUntil(lambda: bool(started), timeout=3000)
    QTest.mouseRelease(driven.glass, LEFT, NO_KEY, start + QPoint(30, 10))
    assert started == [(stop,)]
    assert desk.selection.stops == (stop,)


def test_a_lasso_picks_what_is_inside(hands, driven, desk, qtbot):
    stop = desk.picture.plan.routes[R1].stops[0]
    middle = driven.where(stop)
    corners = [QPoint(-40, -40), QPoint(40, -40), QPoint(40, 40), QPoint(-40, 40), QPoint(-40, -38)]
    with qtbot.waitSignal(driven.view.areaSelected, timeout=3000) as area:
        QTest.mousePress(driven.glass, LEFT, ALT, middle + corners[0])
        for corner in corners[1:]:
            QTest.mouseMove(driven.glass, middle + corner, 20)
        QTest.mouseRelease(driven.glass, LEFT, ALT, middle + corners[-1])
    assert area.args[0] == [stop]
