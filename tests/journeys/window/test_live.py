"""The workspace "Live" on a real window: facts in two clicks, drivers on the map."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.dispatch.street import Position
from console.domain.commands import ReleaseRoutes
from console.domain.plan import FactKind, StopStatus
from tests.journeys.window.conftest import Journey


def test_the_day_is_run_from_the_live_workspace(planned: Journey) -> None:
    journey, live = planned, planned.desktop.live
    station, window = journey.desktop.station, journey.desktop.window
    route = next(route.id for route in journey.plan.routes.values() if route.stops)
    journey.run(station.submit(ReleaseRoutes((route,))))
    journey.do("view_live")
    assert journey.desktop.panes.topbar.tabs.tabText(
        journey.desktop.panes.topbar.tabs.currentIndex()
    ) == "Live"  # fmt: skip
    assert not window.orders_dock.isVisible()
    row = next(i for i, face in enumerate(live.panel.model.rows) if face.route == route)
    box = live.panel.view.visualRect(live.panel.model.index(row))
    QTest.mouseClick(live.panel.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    for kind in (FactKind.DEPARTED, FactKind.ARRIVED, FactKind.DELIVERED):
        button = live.panel.buttons[kind]
        journey.until(button.isVisible)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        journey.settle()
    first = journey.plan.routes[route].stops[0]
    assert journey.plan.stops[first].status is StopStatus.DELIVERED
    point = station.picture.labels[first].coordinate
    assert point is not None
    fix = Position(route, station.services.clock.now(), point)
    journey.run(live.tracking.accept([fix]))
    live.refresh()
    journey.until(lambda: journey.counts()["vans"] == 1)
    journey.until(live.panel.back.isVisible)
    QTest.mouseClick(live.panel.back, Qt.MouseButton.LeftButton)
    journey.settle()
    assert journey.plan.stops[first].status is StopStatus.ARRIVED
    journey.do("view_plan")
    assert window.orders_dock.isVisible()
    assert not live.dock.isVisible()
    journey.until(lambda: journey.counts()["vans"] == 0)
