"""On a real window: something happened during the day, and a proposal answers it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QTime

from console.dispatch.reporting import record
from console.domain.commands import ReleaseRoutes
from console.domain.places import Coordinate
from console.domain.plan import FactKind, RouteId, StopStatus
from console.ui.dialogs.happened import ChangeDialog, HappenedDialog, Happening, PlacesDialog
from console.ui.dialogs.happened_forms import OnMap, point_of
from console.ui.dialogs.order_form import OrderForm
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import busiest, click, type_into


@pytest.fixture
def street(planned: Journey) -> Journey:
    """A day that is out, its busiest driver served her first stop and is lit."""
    out = [route.id for route in planned.plan.routes.values() if route.stops]
    planned.run(planned.desktop.station.submit(ReleaseRoutes(tuple(out))))
    route = busiest(planned).id
    first = planned.plan.routes[route].stops[0]
    planned.run(record(planned.desktop.station, FactKind.DELIVERED, first))
    planned.pick(planned.plan.routes[route].stops[1])
    planned.desktop.optimiser.choice = replace(planned.desktop.optimiser.choice, seconds=1.0)
    return planned


def asked(journey: Journey, kind: Happening) -> HappenedDialog:
    journey.desktop.trigger("happened")
    dialog = journey.dialog(HappenedDialog)
    click(dialog.kinds[kind])
    return dialog


def answer(journey: Journey, dialog: HappenedDialog) -> None:
    """Go on, and wait until there is a proposal and nobody searches for a better one."""
    optimiser = journey.desktop.optimiser
    click(dialog.go)
    journey.settle()
    journey.until(lambda: optimiser.proposal is not None and optimiser.is_idle)


def test_a_van_stands_still_and_its_goods_are_fetched(street: Journey) -> None:
    journey, route = street, busiest(street).id
    before = journey.plan
    dialog = asked(journey, Happening.VEHICLE)
    assert dialog.route == route, "the driver who is lit"
    count = len(before.routes[route].stops) - 1
    assert str(count) in dialog.down.said.text()
    answer(journey, dialog)
    assert journey.plan == before
    proposal = journey.desktop.optimiser.proposal
    assert proposal is not None
    assert len(proposal.terms.trouble.stops) == count
    click(journey.desktop.panes.proposal.again)
    journey.settle()
    again = journey.desktop.optimiser.proposal
    assert again is not None
    assert again is not proposal
    assert (again.terms.off, again.terms.trouble) == ((route,), proposal.terms.trouble)
    journey.do("adopt_proposal")
    journey.until(lambda: journey.plan.routes[route].off)
    handed = [stop for stop in journey.plan.stops.values() if stop.id.startswith("s:handover-")]
    assert len(handed) == count
    journey.settle()
    journey.do("undo")
    journey.until(lambda: journey.plan.stops == before.stops)


def test_a_driver_comes_late(street: Journey) -> None:
    journey = street
    dialog = asked(journey, Happening.LATE)
    route = dialog.route
    assert route == busiest(journey).id, "who is lit, though she has left"
    waiting = next(each for each in dialog.late_form.drivers if each.waits)
    dialog.late_form.who.setCurrentText(waiting.name)
    route = waiting.route
    dialog.late_form.minutes.setValue(45)
    shift = journey.plan.routes[route].shift
    answer(journey, dialog)
    journey.do("adopt_proposal")
    journey.until(lambda: journey.plan.routes[route].shift != shift)
    late = journey.plan.routes[route].shift.start - shift.start
    assert late.total_seconds() >= 45 * 60


def test_a_late_depot_holds_whoever_has_not_left(street: Journey) -> None:
    journey, gone = street, busiest(street).id
    answer(journey, asked(journey, Happening.DEPOT))
    proposal = journey.desktop.optimiser.proposal
    assert proposal is not None
    assert gone not in proposal.terms.trouble.routes
    assert proposal.terms.trouble.routes


def test_an_urgent_order_is_put_onto_a_route_that_is_out(street: Journey) -> None:
    journey = street
    known = next(label for label in journey.desktop.station.picture.labels.values())
    dialog = asked(journey, Happening.ORDER)
    click(dialog.go)
    form = journey.dialog(OrderForm)
    postcode, _, city = known.town.partition(" ")
    for name, text in (
        *(("order_id", "URGENT"), ("recipient", "Somebody"), ("street", known.street)),
        *(("postcode", postcode), ("city", city)),
    ):
        type_into(form.fields[name], text)
    click(form.save_button)
    places = journey.dialog(PlacesDialog)
    assert 1 <= len(places.group.buttons()) <= 3
    click(places.go)
    journey.settle()

    def put() -> RouteId | None:
        stop = next(s for s in journey.plan.stops.values() if s.orders[0].id == "URGENT")
        return stop.route

    journey.until(lambda: put() is not None)
    route = put()
    assert route is not None
    assert journey.plan.routes[route].edition == 1


def test_a_customer_changes_an_order_that_is_out(street: Journey) -> None:
    journey = street
    stop = journey.plan.routes[busiest(journey).id].stops[1]
    order, before = journey.plan.stops[stop].orders[0], journey.plan
    dialog = asked(journey, Happening.CUSTOMER)
    assert dialog.order == order.id, "the stop that is picked"
    click(dialog.go)
    form = journey.dialog(OrderForm)
    form.service_field.setValue(47)
    click(form.save_button)
    ways = journey.dialog(ChangeDialog)
    assert "Stays with" in ways.group.buttons()[0].text()
    assert "arrives" in ways.group.buttons()[0].text()
    assert "stay there" in ways.note.text(), "she has left"
    click(ways.go)
    journey.notice(f"{order.id} is changed.")
    after = journey.plan.stops[stop]
    assert after.orders[0].service_time.total_seconds() == 47 * 60
    route = journey.plan.routes[before.stops[stop].route or RouteId("")]
    assert (route.edition, route.released) == (1, True)
    journey.settle()
    journey.do("undo")
    journey.until(lambda: journey.plan.stops == before.stops)


def test_edit_order_on_a_route_that_is_out_is_priced_and_handed_out_anew(street: Journey) -> None:
    journey = street
    stops = journey.plan.routes[busiest(journey).id].stops
    journey.pick(stops[0])
    journey.do("edit_order")
    journey.notice("already")
    assert not [w for w in journey.desktop.window.findChildren(OrderForm) if w.isVisible()]
    journey.pick(stops[1])
    order = journey.plan.stops[stops[1]].orders[0]
    journey.desktop.trigger("edit_order")
    form = journey.dialog(OrderForm)
    form.service_field.setValue(31)
    click(form.save_button)
    click(journey.dialog(ChangeDialog).go)
    journey.notice(f"{order.id} is changed.")
    journey.settle()
    assert journey.plan.stops[stops[1]].orders[0].service_time.total_seconds() == 31 * 60


def test_a_customers_change_is_planned_around(street: Journey) -> None:
    journey, before = street, street.plan
    stop = journey.plan.routes[busiest(journey).id].stops[1]
    click(asked(journey, Happening.CUSTOMER).go)
    form = journey.dialog(OrderForm)
    form.pieces_field.setValue(form.pieces_field.value() + 1)
    click(form.save_button)
    click(journey.dialog(ChangeDialog).anew)
    optimiser = journey.desktop.optimiser
    journey.settle()
    journey.until(lambda: optimiser.proposal is not None and optimiser.is_idle)
    assert journey.plan == before
    proposal = optimiser.proposal
    assert proposal is not None
    assert proposal.rewrite is not None
    click(journey.desktop.panes.proposal.again)
    journey.settle()
    again = optimiser.proposal
    assert again is not None
    assert again.rewrite == proposal.rewrite
    journey.do("adopt_proposal")
    journey.until(lambda: journey.plan.stops[stop].load != before.stops[stop].load)


def test_an_order_that_is_done_is_refused_with_its_reason(street: Journey) -> None:
    journey = street
    done = next(s for s in journey.plan.stops.values() if s.status is StopStatus.DELIVERED)
    journey.pick(done.id)
    dialog = asked(journey, Happening.CUSTOMER)
    assert not dialog.go.isEnabled()
    assert "already done" in dialog.customer.said.text()
    dialog.customer.which.setEditText("no such order")
    assert "No planned order" in dialog.customer.said.text()
    dialog.reject()


def test_who_is_under_way_gets_late_until_she_is_heard_of(street: Journey) -> None:
    journey, route = street, busiest(street).id
    before = journey.desktop.station.picture
    dialog = asked(journey, Happening.LATE)
    assert dialog.route == route
    assert "Under way" in dialog.late_form.said.text()
    dialog.late_form.minutes.setValue(60)
    answer(journey, dialog)
    assert any("late" in notice.text for notice in journey.told)
    journey.do("adopt_proposal")
    journey.until(lambda: journey.plan.routes[route].hold is not None)
    picture = journey.desktop.station.picture
    following = journey.plan.routes[route].stops[1]
    first = before.schedules[route].visits[0].departure
    assert picture.visits[following].arrival >= first + timedelta(hours=1)
    journey.settle()
    journey.do("undo")
    journey.until(lambda: journey.plan.routes[route].hold is None)
    assert journey.desktop.station.picture.schedules == before.schedules


def test_a_van_stands_at_a_bare_point(street: Journey) -> None:
    journey, route = street, busiest(street).id
    point = journey.desktop.station.picture.labels[journey.plan.routes[route].stops[2]].coordinate
    assert point is not None
    dialog = asked(journey, Happening.VEHICLE)
    dialog.down.choose(OnMap.TYPED)
    assert not dialog.go.isEnabled()
    type_into(dialog.down.typed, f"{point.lat:.5f}, {point.lon:.5f}")
    answer(journey, dialog)
    proposal = journey.desktop.optimiser.proposal
    assert proposal is not None
    (place,) = {stop.place for stop in proposal.terms.trouble.stops}
    assert place in journey.desktop.station.workday.matrix.index
    journey.desktop.optimiser.discard_proposal()
    journey.settle()
    dialog = asked(journey, Happening.VEHICLE)
    dialog.down.choose(OnMap.CLICKED)
    click(dialog.go)
    view = journey.desktop.panes.map_view
    journey.run(asyncio.sleep(0))
    view.pointPicked.emit(point.lat, point.lon)
    optimiser = journey.desktop.optimiser
    journey.settle()
    journey.until(lambda: optimiser.proposal is not None and optimiser.is_idle)
    again = optimiser.proposal
    assert again is not None
    assert {stop.place for stop in again.terms.trouble.stops} == {place}, "the same point"


def test_a_point_is_two_numbers_latitude_first() -> None:
    assert point_of(" 47.14151, 9.52154 ") == Coordinate(47.14151, 9.52154)
    assert point_of("47,14 9,52") == Coordinate(47.14, 9.52)
    assert point_of("-33.9;18.4") == Coordinate(-33.9, 18.4)
    for text in ("", "47.1", "91, 9", "47.1, 9.5, 3", "Weg"):
        assert point_of(text) is None


def test_a_road_is_closed_and_the_plan_goes_round_it(street: Journey) -> None:
    journey, route = street, busiest(street).id
    station = journey.desktop.station
    before = station.picture
    ahead = journey.plan.routes[route].stops[2]
    point = before.labels[ahead].coordinate
    assert point is not None
    dialog = asked(journey, Happening.ROAD)
    dialog.road.until.setTime(QTime(18, 0))
    dialog.road.metres.setValue(200)
    click(dialog.go)
    journey.run(asyncio.sleep(0))
    journey.desktop.panes.map_view.pointPicked.emit(point.lat, point.lon)
    journey.notice("went through")
    journey.settle()
    (zone,) = station.traffic.value.zones
    assert zone.contains(point)
    assert station.traffic.served.version == station.traffic.value.version
    assert station.picture.schedules[route].visits != before.schedules[route].visits
    optimiser = journey.desktop.optimiser
    journey.until(lambda: optimiser.is_idle)
    if optimiser.proposal is not None:
        journey.desktop.optimiser.discard_proposal()
    journey.do("undo")
    assert station.traffic.value.zones == ()
    assert station.picture.schedules == before.schedules


def test_what_is_asked_on_the_map_is_called_off(street: Journey) -> None:
    journey = street
    dialog = asked(journey, Happening.ROAD)
    dialog.road.how.setCurrentIndex(1)
    click(dialog.go)
    journey.run(asyncio.sleep(0))
    journey.desktop.panes.map_view.drawingEnded.emit()
    journey.settle()
    assert journey.desktop.station.traffic.value.zones == ()
    dialog = asked(journey, Happening.ROAD)
    click(dialog.go)
    journey.run(asyncio.sleep(0))
    view = journey.desktop.panes.map_view
    assert view.is_asking
    picked = next(iter(journey.plan.stops))
    journey.pick(picked)
    journey.do("clear_selection")
    assert not view.is_asking, "Esc calls off the point"
    assert journey.desktop.selection.stops == (picked,), "and leaves the rest for the next Esc"
    assert journey.desktop.station.traffic.value.zones == ()
    dialog = asked(journey, Happening.ROAD)
    dialog.reject()
    journey.settle()
