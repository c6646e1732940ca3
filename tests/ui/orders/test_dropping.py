"""Stops dropped on the list of stops: behind a row's stop, or off their routes."""

import pytest
from PySide6.QtCore import QPoint

from console.domain.commands import LockRoutes
from console.domain.plan import RouteId
from console.ui.drag import Place
from console.ui.orders.panel import UNASSIGNED, OrdersPanel
from tests.ui.dragging import Drag
from tests.ui.sample import Desk

R1, R2 = RouteId("r1"), RouteId("r2")


@pytest.fixture
def desk(qtbot):
    made = Desk(qtbot)
    made.panel = OrdersPanel(made.hands, made.signals, made.selection, made.theme, made.actions)
    qtbot.addWidget(made.panel)
    made.panel.resize(320, 1600)
    made.panel.show_picture(made.picture)
    made.panel.show()
    return made


def spot(desk, stop) -> QPoint:
    panel = desk.panel
    index = panel.shown.mapFromSource(panel.model.index_of(stop))
    return panel.view.visualRect(index).center()


def stops(desk, route):
    return desk.picture.plan.routes[route].stops


def test_a_drop_on_a_row_lands_behind_its_stop(desk):
    mine, other = stops(desk, R1)[2], stops(desk, R2)[4]
    drag = Drag(desk.panel.view, [mine])
    assert drag.enter(spot(desk, other))
    assert drag.move(spot(desk, other))
    assert desk.panel.drops.place == Place(R2, other)
    assert desk.panel.drops._tag.isVisible()
    assert drag.drop(spot(desk, other))
    assert desk.hands.moves == [((mine,), R2, other)]
    assert not desk.panel.drops._tag.isVisible()


def test_a_drop_among_those_without_a_driver_unassigns(desk):
    mine = stops(desk, R1)[2]
    desk.panel.tabs.setCurrentIndex(UNASSIGNED)
    assert Drag(desk.panel.view, [mine]).to(desk.panel.view.viewport().rect().center())
    assert desk.picture.plan.stops[mine].route is None


def test_a_locked_route_refuses(desk):
    mine, other = stops(desk, R1)[2], stops(desk, R2)[4]
    desk.hands.submit(LockRoutes((R2,)))
    drag = Drag(desk.panel.view, [mine])
    drag.enter(spot(desk, other))
    assert not drag.move(spot(desk, other))
    drag.leave()
    assert desk.panel.drops.drag is None
    assert desk.hands.moves == []


def test_what_is_not_ours_is_left_alone(desk):
    assert not Drag(desk.panel.view, ["nobody"]).enter(QPoint(20, 20))


def test_what_the_filter_leaves_can_be_picked(desk):
    street = desk.picture.labels[stops(desk, R1)[0]].street
    desk.panel.filter.setText(street)
    assert stops(desk, R1)[0] in desk.panel.shown_stops()
    assert len(desk.panel.shown_stops()) < len(desk.picture.plan.stops)
