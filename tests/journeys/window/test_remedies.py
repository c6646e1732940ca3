"""What would let an unassigned stop in: said, priced and done on one click."""

from dataclasses import replace
from functools import reduce

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from console.domain.commands import AmendOrders, Command, MoveStops
from console.domain.plan import StopId
from console.planning.relaxations import Relaxer
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import click


def too_heavy(journey: Journey) -> StopId:
    """A stop off its route, heavier than what is free on any van, that something would let in.

    Whether anything would depends on the plan that the search found; a few stops are tried.
    """
    station = journey.desktop.station
    plan = station.picture.plan
    free = max(
        (route.shift.capacity.kg or 0) - sum(plan.stops[s].load.kg for s in route.stops)
        for route in plan.routes.values()
    )

    def steps(stop: StopId) -> tuple[Command, ...]:
        order = plan.stops[stop].orders[0]
        heavy = replace(order, load=replace(order.load, kg=round(free + 12.0)))
        return MoveStops((stop,), None), AmendOrders((heavy,))

    def is_helped(stop: StopId) -> bool:
        after = reduce(lambda present, command: command.apply(present), steps(stop), plan)
        return bool(Relaxer(after, station.workday.matrix, station.now()).relaxations(stop))

    stop = next(filter(is_helped, station.picture.visits))
    assert all(journey.desktop.conductor.submit(command) for command in steps(stop))
    journey.settle()
    assert stop in journey.plan.unassigned
    return stop


def test_a_remedy_in_the_list_is_one_step_and_taken_back(planned: Journey) -> None:
    journey = planned
    stop = too_heavy(journey)
    orders = journey.desktop.panes.orders
    journey.until(lambda: stop in orders.view.delegate.remedies)
    remedy = orders.view.delegate.remedies[stop]
    assert remedy.price
    assert ": " in remedy.text
    orders.show_unassigned()
    before = journey.plan
    row = orders.view.visualRect(orders.shown.mapFromSource(orders.model.index_of(stop)))
    button = orders.view.delegate._button(QRectF(row)).center().toPoint()
    QTest.mouseClick(orders.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(button))
    journey.settle()
    assert journey.plan.stops[stop].route is not None
    assert journey.plan.version == before.version + 1
    assert stop not in orders.view.delegate.remedies
    journey.do("undo")
    assert journey.plan.stops == before.stops
    assert journey.plan.routes == before.routes


def test_the_details_offer_the_cheapest_ones_with_their_price(planned: Journey) -> None:
    journey = planned
    stop = too_heavy(journey)
    journey.pick(stop)
    journey.desktop.window.details_dock.setVisible(True)
    shown = journey.desktop.panes.details.page.remedies
    journey.until(lambda: shown.isVisible() and bool(shown.bands))
    bands = [band for band in shown.bands if band.isVisible()]
    assert 0 < len(bands) <= 4
    assert bands[0].price.text()
    click(bands[0])
    journey.settle()
    assert journey.plan.stops[stop].route is not None
    assert not shown.isVisible()


def test_no_remedy_outlives_the_plan_it_was_found_for(planned: Journey) -> None:
    journey = planned
    stop = too_heavy(journey)
    delegate = journey.desktop.panes.orders.view.delegate
    journey.until(lambda: stop in delegate.remedies)
    other = next(s for s in journey.desktop.station.picture.visits if s != stop)
    assert journey.desktop.conductor.submit(MoveStops((other,), None))
    assert not delegate.remedies
    journey.until(lambda: stop in delegate.remedies)
    assert delegate.remedies[stop].base == journey.plan.version
