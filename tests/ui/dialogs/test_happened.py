"""What is asked when something happened: only what is needed, and nothing goes on without it."""

from datetime import time, timedelta

import pytest

from console.domain.orders import OrderId
from console.domain.places import Coordinate, PlaceId
from console.domain.plan import RouteId
from console.ui.dialogs.happened import ChangeDialog, HappenedDialog, Happening, Scene
from console.ui.dialogs.happened_forms import Known, OnMap, Whom

SEEN = Coordinate(47.1, 9.5)
DOOR = PlaceId("door")
IDA = Whom(
    RouteId("ida"),
    "Ida",
    ((DOOR, "Weg 1 (last stop done)"), (PlaceId("depot"), "Depot")),
    aboard=3,
    ahead=4,
    seen=(SEEN, "Its last position, at 10:42"),
)
JAN = Whom(RouteId("jan"), "Jan", ((PlaceId("depot"), "Depot"),), waits=True, ahead=2)
DONE = Whom(RouteId("eva"), "Eva", ((PlaceId("depot"), "Depot"),))
ORDERS = (
    Known(OrderId("A1"), "A1 · Weg 1 · Ida"),
    Known(OrderId("A2"), "A2 · Weg 2 · Jan"),
    Known(OrderId("A3"), "A3 · Weg 3 · Ida", "Already done."),
)
SCENE = Scene((IDA, JAN, DONE), IDA.route, ORDERS, OrderId("A2"), time(13))


@pytest.fixture
def dialog(qtbot, theme) -> HappenedDialog:
    made = HappenedDialog(SCENE, theme)
    qtbot.addWidget(made)
    return made


def test_a_vehicle_stands_at_a_door_its_last_position_or_a_point(dialog: HappenedDialog) -> None:
    dialog.choose(Happening.VEHICLE)
    assert (dialog.route, dialog.place) == (IDA.route, DOOR)
    assert dialog.down.where.count() == 5
    dialog.down.choose(SEEN)
    assert dialog.place == SEEN
    dialog.down.choose(OnMap.CLICKED)
    assert dialog.place is OnMap.CLICKED
    assert dialog.go.isEnabled()
    dialog.down.choose(OnMap.TYPED)
    assert dialog.place is None
    assert not dialog.go.isEnabled()
    dialog.down.typed.setText("47.2, 9.6")
    dialog.down.typed.textEdited.emit("47.2, 9.6")
    assert dialog.place == Coordinate(47.2, 9.6)
    assert dialog.go.isEnabled()
    dialog.down.who.setCurrentText("Jan")
    assert dialog.down.where.count() == 3, "nobody has seen him"
    assert "Nothing is on board" in dialog.down.said.text()


def test_an_order_is_found_by_a_part_of_it(dialog: HappenedDialog) -> None:
    dialog.choose(Happening.CUSTOMER)
    assert dialog.order == "A2", "the stop that is picked"
    for text, goes in (("A1 · Weg 1 · Ida", True), ("A3 · Weg 3 · Ida", False), ("A", False)):
        dialog.customer.which.setEditText(text)
        assert dialog.go.isEnabled() is goes
    finder = dialog.customer.which.completer()
    finder.setCompletionPrefix("weg 2")
    assert finder.completionCount() == 1


def test_who_has_nothing_ahead_is_not_late(dialog: HappenedDialog) -> None:
    dialog.choose(Happening.LATE)
    assert [each.name for each in dialog.late_form.drivers] == ["Ida", "Jan"]
    assert "Under way" in dialog.late_form.said.text()
    dialog.late_form.who.setCurrentText("Jan")
    assert "shift begins" in dialog.late_form.said.text()
    dialog.late_form.minutes.setValue(45)
    assert dialog.late == timedelta(minutes=45)
    dialog.choose(Happening.DEPOT)
    assert dialog.late == timedelta(minutes=30)
    assert dialog.route is None


def test_a_closed_road_asks_for_metres_only_round_a_point(dialog: HappenedDialog) -> None:
    dialog.choose(Happening.ROAD)
    assert dialog.road.ends == time(13)
    assert dialog.road.way is OnMap.CLICKED
    assert not dialog.road.metres.isHidden()
    dialog.road.how.setCurrentIndex(1)
    assert dialog.road.way is OnMap.DRAWN
    assert dialog.road.metres.isHidden()
    assert dialog.go.isEnabled()


def test_a_day_without_drivers_or_orders_asks_for_neither(qtbot, theme) -> None:
    made = HappenedDialog(Scene(()), theme)
    qtbot.addWidget(made)
    for kind in Happening:
        made.choose(kind)
        assert made.go.isEnabled() is (kind in (Happening.ORDER, Happening.ROAD))


def test_a_change_that_nobody_can_take_is_only_planned_around(qtbot, theme) -> None:
    made = ChangeDialog("A1: what the change costs", (), theme)
    qtbot.addWidget(made)
    assert not made.go.isEnabled()
    assert made.note.isHidden()
    made.say("Its goods are on Ida's vehicle and stay there.")
    assert not made.note.isHidden()
    made.anew.click()
    assert made.is_anew
