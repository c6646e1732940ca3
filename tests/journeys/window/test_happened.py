"""On a real window: something happened during the day, and a proposal answers it."""

from dataclasses import replace

import pytest

from console.dispatch.reporting import record
from console.domain.commands import ReleaseRoutes
from console.domain.plan import FactKind, RouteId
from console.ui.dialogs.happened import HappenedDialog, Happening, PlacesDialog
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
    assert route is not None
    assert route != busiest(journey).id, "she has left"
    dialog.late_minutes.setValue(45)
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
