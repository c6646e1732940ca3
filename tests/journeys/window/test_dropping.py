"""On a real window: a released day is amended, and a driver drops out of the running day."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.commands import ReleaseRoutes
from console.domain.plan import RouteId
from tests.journeys.window.conftest import Journey


def released(journey: Journey) -> list[RouteId]:
    out = [route.id for route in journey.plan.routes.values() if route.stops]
    journey.run(journey.desktop.station.submit(ReleaseRoutes(tuple(out))))
    return out


def test_the_panel_offers_to_amend_what_is_released(planned: Journey) -> None:
    panel = planned.desktop.panes.optimise
    assert panel.amends.isHidden()
    out = released(planned)
    planned.until(lambda: not panel.amends.isHidden())
    assert str(len(out)) in panel.amends.text()


def test_a_driver_drops_out_of_the_running_day(planned: Journey) -> None:
    journey, desktop = planned, planned.desktop
    optimiser, live = desktop.optimiser, desktop.live
    route = released(journey)[0]
    before = journey.plan
    optimiser.choice = replace(optimiser.choice, seconds=1.0)
    journey.do("view_live")
    row = next(i for i, face in enumerate(live.panel.model.rows) if face.route == route)
    box = live.panel.view.visualRect(live.panel.model.index(row))
    QTest.mouseClick(live.panel.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    journey.until(lambda: live.panel.out.isVisible() and live.panel.out.isEnabled())
    QTest.mouseClick(live.panel.out, Qt.MouseButton.LeftButton)
    journey.until(lambda: optimiser.proposal is not None and optimiser.is_idle)
    assert journey.plan == before
    assert "without" in desktop.panes.proposal.banner.said.text()
    journey.do("adopt_proposal")
    journey.until(lambda: journey.plan.routes[route].off)
    assert not journey.plan.routes[route].stops
    journey.settle()
    journey.do("undo")
    journey.until(lambda: journey.plan.routes == before.routes)
    assert journey.plan.stops == before.stops
