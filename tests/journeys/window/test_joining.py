"""Same door, same day in the window: found, shown, joined on a click, taken back."""

from dataclasses import replace

from console.dispatch.orderwork import put_order
from console.domain.orders import OrderId
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import busiest, click


def test_a_second_order_for_a_door_is_joined_on_a_click(planned: Journey) -> None:
    journey = planned
    route = busiest(journey)
    stop = journey.plan.stops[route.stops[len(route.stops) // 2]]
    services = journey.desktop.station.services
    known = services.orders.get([stop.orders[0].id])[stop.orders[0].id]
    extra = replace(known, id=OrderId("SECOND"), windows=())
    journey.run(put_order(journey.desktop.station, extra))
    journey.settle()
    before = journey.plan
    journey.do("join_doors")
    panel = journey.desktop.joining.panel
    assert panel is not None

    def found() -> list[object]:
        return [b for b in panel.bands if "SECOND" in str(b.joint.members)]

    journey.until(lambda: bool(found()))
    assert "visited more than once" in panel.said.text()
    band = found()[0]
    assert "1 unassigned" in band.accessibleName()
    band.clicked.emit()
    assert stop.id in journey.desktop.selection.stops
    click(band.button)
    journey.settle()
    assert "fewer" in journey.notice("Joined").text
    assert journey.plan.stop_of_order(OrderId("SECOND")) is not None
    assert journey.plan.stop_of_order(OrderId("SECOND")).route == route.id
    journey.until(lambda: not found())
    journey.do("undo")
    assert journey.plan.stops == before.stops
    journey.until(lambda: bool(found()))
