"""Remedies in words, in the order a dispatcher wants them."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from console.domain.commands import MoveStops
from console.domain.plan import RouteId
from console.planning.explain import Reason
from console.ui.orders.panel import OrdersPanel
from console.ui.reasons import sentences
from console.ui.remedies import Remedy, remedies
from tests.ui.sample import Desk


@dataclass
class Found:
    """What the interface reads of a relaxation."""

    kind: str
    price: float
    detail: str
    command: MoveStops
    route: RouteId = RouteId("r2")


def test_what_breaks_nothing_comes_first_and_what_leaves_another_out_last(qtbot):
    picture = Desk(qtbot).picture
    stop = picture.plan.unassigned[0]
    command = MoveStops((stop,), RouteId("r2"))
    told = remedies(
        picture,
        [
            Found("drop", -6.0, "Leave DS-00007 out instead", command),
            Found("overtime", 3.2, "14 min more overtime", command),
            Found("fits", 3.9, "Just place it", command),
        ],
    )
    assert [remedy.spoken for remedy in told] == [
        "Jonas Krogh: just place it: +€\N{THIN SPACE}3.90",
        "Jonas Krogh: 14 min more overtime: +€\N{THIN SPACE}3.20",
        "Jonas Krogh: leave DS-00007 out instead: \N{MINUS SIGN}€\N{THIN SPACE}6.00",
    ]
    assert [remedy.cheaper for remedy in told] == [False, False, True]
    assert told[0].base == picture.plan.version
    free = remedies(picture, [Found("skill", 0.0, "Accept that ADR is missing", command)])
    assert free[0].price == "costs nothing"


def test_a_driver_with_room_is_said_with_the_price(qtbot):
    picture = Desk(qtbot).picture
    stop = picture.plan.unassigned[0]
    driver = picture.plan.routes[RouteId("r2")].shift.driver
    told = sentences(picture, {stop: [Reason(driver, "fits", "would cost 2.10 more", 2.1)]})
    assert told[stop] == ["Jonas Krogh: has room, +€\N{THIN SPACE}2.10"]


def test_the_list_offers_the_cheapest_as_a_button(qtbot):
    desk = Desk(qtbot)
    panel = OrdersPanel(desk.hands, desk.signals, desk.selection, desk.theme, desk.actions)
    qtbot.addWidget(panel)
    panel.resize(300, 600)
    panel.show()
    qtbot.waitExposed(panel)
    panel.show_picture(desk.picture)
    panel.show_unassigned()
    stop = desk.picture.plan.unassigned[0]
    command = MoveStops((stop,), RouteId("r2"))
    low = panel.view.visualRect(panel.shown.index(0, 0)).height()
    panel.show_remedies({stop: Remedy(2, "Jonas Krogh: just place it", "+€ 3.90", command, 1)})
    row = panel.view.visualRect(panel.shown.mapFromSource(panel.model.index_of(stop)))
    assert row.height() > low
    at = panel.view.delegate._button(QRectF(row)).center().toPoint()
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(panel.view.viewport(), left, pos=QPoint(at.x(), row.top() + 10))
    assert desk.picture.plan.stops[stop].route is None, "beside the button a click only picks"
    assert desk.selection.stops == (stop,)
    QTest.mouseClick(panel.view.viewport(), left, pos=at)
    assert desk.picture.plan.stops[stop].route == RouteId("r2")
    panel.show_remedies({})
    assert panel.view.visualRect(panel.shown.index(0, 0)).height() == low
