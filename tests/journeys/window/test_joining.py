"""Same door, same day in the window: found, shown, joined on a click, taken back."""

from dataclasses import replace

from console.dispatch.orderwork import put_order
from console.domain.commands import MoveStops
from console.domain.orders import OrderId
from console.domain.plan import Stop
from console.ui.dialogs.joints import JointBand, JointsPanel
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import click

FIRST, SECOND = OrderId("FIRST"), OrderId("SECOND")


def _plain(journey: Journey) -> Stop:
    """A stop that any driver may make at any time, with the least to carry."""
    labels = journey.desktop.station.picture.labels
    stops = [
        stop
        for stop in journey.plan.stops.values()
        if len(stop.orders) == 1 and not stop.skills and labels[stop.id].certainty.is_sure
    ]
    return min(stops, key=lambda stop: (stop.load.amount("kg"), stop.id))


def _one_door_twice(journey: Journey) -> tuple[Stop, Stop]:
    """Two orders for one door, with two drivers who have nothing else to do.

    So it does not matter which plan a search would find: one visit is always better than two.
    """
    station = journey.desktop.station
    door = _plain(journey).orders[0].id
    known = station.services.orders.get([door])[door]
    for order in (FIRST, SECOND):
        journey.run(put_order(station, replace(known, id=order, windows=())))
    journey.settle()
    one, other = (journey.plan.stop_of_order(order) for order in (FIRST, SECOND))
    assert one is not None
    assert other is not None
    routes = sorted(journey.plan.routes)[:2]
    for stop, route in zip((one, other), routes, strict=True):
        journey.desktop.conductor.submit(MoveStops((stop.id,), route))
    journey.settle()
    return journey.plan.stops[one.id], journey.plan.stops[other.id]


def _band(panel: JointsPanel) -> JointBand | None:
    return next((band for band in panel.bands if "SECOND" in str(band.joint.members)), None)


def test_one_door_with_two_drivers_is_joined_on_a_click(morning: Journey) -> None:
    journey = morning
    one, other = _one_door_twice(journey)
    before = journey.plan
    driven = journey.desktop.station.picture.totals.metres
    journey.do("join_doors")
    panel = journey.desktop.joining.panel
    assert panel is not None
    journey.until(lambda: _band(panel) is not None)
    assert "visited more than once" in panel.said.text()
    band = _band(panel)
    assert band is not None
    assert band.joint.cost < 0
    assert f"{band.joint.orders} orders" in band.accessibleName()
    band.clicked.emit()
    assert {one.id, other.id} <= set(journey.desktop.selection.stops), "shown before it is done"
    click(band.button)
    journey.settle()
    assert "fewer" in journey.notice("Joined").text
    joined = journey.plan.stop_of_order(SECOND)
    assert joined is not None
    assert joined == journey.plan.stop_of_order(FIRST), "one visit for both"
    assert joined.route in {one.route, other.route}
    assert journey.desktop.station.picture.totals.metres < driven
    journey.until(lambda: _band(panel) is None)
    journey.do("undo")
    assert journey.plan.stops == before.stops
    assert journey.plan.routes == before.routes
    journey.until(lambda: _band(panel) is not None)
