"""A dispatcher's hands: actions and dialogs as she uses them, one after the other."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QDialog

from console.domain.commands import LockRoutes
from console.domain.orders import OrderId
from console.domain.plan import Cause, FactKind
from console.domain.violations import Rule
from console.ui.deedtable import DEEDS
from console.ui.dialogs.about import AboutDialog
from console.ui.dialogs.confirm import ConfirmDialog
from console.ui.dialogs.doctor import DoctorDialog
from console.ui.dialogs.exception import ExceptionDialog
from console.ui.dialogs.order_form import OrderForm
from console.ui.dialogs.override import OverrideDialog
from console.ui.dialogs.reason import ReasonDialog
from console.ui.dialogs.region_form import RegionForm
from console.ui.dialogs.shift_form import ShiftForm
from console.ui.dialogs.shortcuts import ShortcutsDialog
from console.ui.window import BOARD, EXCEPTIONS, PLAN
from tests.journeys.window.conftest import DAY, Journey
from tests.journeys.window.fingers import busiest, click, first_served, type_into


def test_every_deed_of_the_table_does_something(planned: Journey) -> None:
    assert set(planned.desktop._deeds) == {deed.name for deed in DEEDS}


def test_an_order_is_typed_changed_and_cancelled(planned: Journey) -> None:
    journey = planned
    pattern = next(iter(journey.plan.stops.values())).orders[0]
    known = journey.desktop.station.services.orders.get([pattern.id])[pattern.id]
    before = journey.plan
    journey.desktop.trigger("add_order")
    form = journey.dialog(OrderForm)
    assert not form.save_button.isEnabled()
    texts = {"order_id": "HAND-1", "recipient": "Ines", "street": known.address.street,
             "postcode": known.address.postcode, "city": known.address.city}  # fmt: skip
    for name, text in texts.items():
        type_into(form.fields[name], text)
    form.kg_field.setValue(2.5)
    assert form.save_button.isEnabled(), form.said.text()
    click(form.save_button)
    journey.settle()
    stop = journey.plan.stop_of_order(OrderId("HAND-1"))
    assert stop is not None
    assert stop.route is None
    assert journey.desktop.selection.stops == (stop.id,)
    label = journey.desktop.station.picture.labels[stop.id]
    assert label.coordinate is not None
    assert label.recipients == ("Ines",)

    journey.desktop.trigger("edit_order")
    form = journey.dialog(OrderForm)
    assert form.fields["order_id"].text() == "HAND-1"
    form.kg_field.setValue(7.0)
    click(form.save_button)
    journey.settle()
    stop = journey.plan.stop_of_order(OrderId("HAND-1"))
    assert stop.orders[0].load.kg == 7.0

    journey.desktop.trigger("cancel_order")
    journey.dialog(ConfirmDialog).accept()
    journey.settle()
    assert journey.plan.stop_of_order(OrderId("HAND-1")) is None
    journey.do("undo")
    assert journey.plan.stop_of_order(OrderId("HAND-1")) is not None
    for _ in range(2):
        journey.do("undo")
    assert journey.plan.stops == before.stops
    assert journey.plan.routes == before.routes


def test_an_order_with_the_number_of_another_is_not_lost_over_it(planned: Journey) -> None:
    journey = planned
    stop = journey.plan.stops[first_served(journey)]
    known = journey.desktop.station.services.orders.get([stop.orders[0].id])[stop.orders[0].id]
    journey.desktop.trigger("add_order")
    form = journey.dialog(OrderForm)
    texts = {"order_id": str(known.id), "recipient": "Somebody else", "street": "Elsewhere 1",
             "postcode": "43107", "city": "Wendelfurt"}  # fmt: skip
    for name, text in texts.items():
        type_into(form.fields[name], text)
    assert not form.save_button.isEnabled()
    assert "taken" in form.said.text()
    QTest.keyClick(form.fields["order_id"], Qt.Key.Key_Return)
    assert form.isVisible()
    form.reject()
    journey.settle()
    kept = journey.desktop.station.services.orders.get([known.id])[known.id]
    assert kept == known, "typing a number that is taken must not overwrite the other order"


def test_a_shift_is_changed_for_today(planned: Journey) -> None:
    journey = planned
    route = busiest(journey)
    journey.pick(route.stops[0])
    journey.desktop.trigger("edit_shift")
    form = journey.dialog(ShiftForm)
    form.start_field.setTime(form.start_field.time().addSecs(3600))
    form.overtime_field.setValue(45)
    click(form.save_button)
    journey.settle()
    changed = journey.plan.routes[route.id].shift
    assert changed.start == route.shift.start + timedelta(hours=1)
    assert changed.max_overtime == timedelta(minutes=45)
    assert journey.desktop.station.picture.schedules[route.id].start >= changed.start
    journey.do("undo")
    assert journey.plan.routes[route.id].shift == route.shift


def test_a_driver_is_off_today_and_on_again(planned: Journey) -> None:
    journey = planned
    route = busiest(journey)
    journey.pick(route.stops[0])
    journey.do("switch_driver")
    assert journey.plan.routes[route.id].off
    assert all(journey.plan.stops[stop].route is None for stop in route.stops)
    assert route.id not in journey.desktop.station.picture.schedules
    if journey.optimise():
        assert not journey.plan.routes[route.id].stops
        journey.do("undo")
    journey.do("undo")
    assert journey.plan.routes[route.id].stops == route.stops


def test_a_forced_drop_asks_for_a_reason_and_an_override_is_withdrawn(planned: Journey) -> None:
    journey = planned
    conductor, picture = journey.desktop.conductor, journey.desktop.station.picture
    found = next(
        (stop, preview)
        for stop in picture.visits
        for preview in conductor.previews([stop]).values()
        if preview.harm is not None and preview.route != picture.plan.stops[stop].route
    )
    stop, preview = found
    assert not conductor.move([stop], preview.route, preview.after, forced=False)
    assert "Not dropped" in journey.told[-1].text
    assert not conductor.move([stop], preview.route, preview.after, forced=True)
    dialog = journey.dialog(ReasonDialog)
    click(dialog.reasons.quick[0])
    click(dialog.force_button)
    journey.settle()
    assert journey.plan.stops[stop].route == preview.route
    schedule = journey.desktop.station.picture.schedules[preview.route]
    assert any(v.overridden == "Agreed with the customer" for v in schedule.violations)

    journey.pick(stop)
    journey.desktop.trigger("override")
    dialog = journey.dialog(OverrideDialog)
    for breach, box in dialog.boxes:
        box.setChecked(not breach.overridden and breach.rule is Rule.LATE)
    if dialog.accept_button.text() == "Accept":
        dialog.reasons.field.setText("He waits")
    click(dialog.accept_button)
    journey.settle()
    after = journey.desktop.station.picture.schedules[preview.route]
    assert not any(v.overridden == "Agreed with the customer" for v in after.violations)


def test_an_exception_is_logged_by_keyboard(planned: Journey) -> None:
    journey = planned
    stop = first_served(journey)
    journey.pick(stop)
    journey.desktop.trigger("log_exception")
    dialog = journey.dialog(ExceptionDialog)
    assert not dialog.log_button.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_2)
    type_into(dialog.note_field, "gate locked")
    QTest.keyClick(dialog.note_field, Qt.Key.Key_Return)
    journey.settle()
    fact = next(f for f in journey.plan.facts.values() if f.kind is FactKind.EXCEPTION)
    assert (fact.subject, fact.cause) == (stop, list(Cause)[1])
    assert journey.desktop.station.services.notes.get([fact.note]) == {fact.note: "gate locked"}
    assert "Exception logged" in journey.told[-1].text


def test_any_step_is_taken_back_from_the_history(planned: Journey) -> None:
    journey = planned
    stop, other = list(journey.desktop.station.picture.visits)[:2]
    for picked in (stop, other):
        journey.pick(picked)
        journey.do("pin")
    journey.do("history")
    panel = journey.desktop.panes.history
    journey.until(
        lambda: panel.model.rowCount() == len(journey.desktop.station.workday.desk.entries)
    )
    panel.view.setCurrentIndex(panel.model.index(1))
    click(panel.revert_button)
    journey.settle()
    assert not journey.plan.stops[stop].pinned
    assert journey.plan.stops[other].pinned


def test_search_finds_by_order_phone_street_and_name(planned: Journey) -> None:
    journey = planned
    search = journey.desktop.panes.topbar.search
    stop = first_served(journey)
    label = journey.desktop.station.picture.labels[stop]
    order = journey.plan.stops[stop].orders[0].id
    journey.do("find")
    digits = "".join(c for c in label.phones[0] if c.isdigit())
    for text in (order, label.phones[0], digits, label.street, label.recipients[0]):
        journey.desktop.selection.clear()
        search.clear()
        type_into(search, str(text))
        found = {*journey.desktop.selection.stops}
        for _ in range(4):
            QTest.keyClick(search, Qt.Key.Key_Return)
            found |= {*journey.desktop.selection.stops}
        assert stop in found, text


def test_another_day_and_back(planned: Journey) -> None:
    journey = planned
    kept = journey.plan
    top = journey.desktop.panes.topbar
    click(top.day_button)
    calendar = next(c for c in top.findChildren(QCalendarWidget))
    day = calendar.selectedDate()
    assert day.toPython() == DAY
    calendar.clicked.emit(day.addDays(1))
    journey.settle()
    assert journey.desktop.station.service_day.day == DAY + timedelta(days=1)
    assert not journey.plan.stops
    assert len(journey.plan.routes) == len(kept.routes), "the usual shifts are open"
    journey.until(lambda: journey.counts()["stops"] == 0)
    top.dayChosen.emit(DAY)
    journey.settle()
    assert journey.plan.stops == kept.stops
    assert journey.plan.routes == kept.routes
    journey.until(
        lambda: journey.counts()["routes"] == len(journey.desktop.station.picture.schedules)
    )


def test_another_day_while_the_optimiser_runs(planned: Journey) -> None:
    journey = planned
    kept = journey.plan
    journey.desktop.optimiser.seconds = 30.0
    journey.desktop.trigger("optimise")
    journey.until(lambda: journey.desktop.workplace.run is not None)
    journey.desktop.panes.topbar.dayChosen.emit(DAY + timedelta(days=1))
    journey.until(lambda: journey.desktop.workplace.run is None)  # it does not last its 30 s
    journey.settle()
    assert journey.desktop.station.service_day.day == DAY + timedelta(days=1)
    assert not journey.plan.stops
    journey.desktop.panes.topbar.dayChosen.emit(DAY)
    journey.settle()
    assert set(journey.plan.stops) == set(kept.stops)


def test_views_colours_and_dialogs_of_the_table(planned: Journey) -> None:
    journey = planned
    window, theme = journey.desktop.window, journey.desktop.theme
    for deed, page in (("view_board", BOARD), ("view_exceptions", EXCEPTIONS), ("view_plan", PLAN)):
        journey.do(deed)
        assert window.pages.currentIndex() == page
        assert journey.desktop.panes.topbar.tabs.currentIndex() == page
    for deed, dark in (("theme_dark", True), ("theme_light", False)):
        journey.do(deed)
        assert theme.is_dark is dark
    journey.until(lambda: journey.counts()["routes"] > 0)
    journey.do("theme_system")
    journey.do("theme_light")
    kinds: list[tuple[str, type[QDialog]]] = [
        ("shortcuts", ShortcutsDialog),
        ("about", AboutDialog),
        ("doctor", DoctorDialog),
        ("add_region", RegionForm),
    ]
    for deed, kind in kinds:
        journey.desktop.trigger(deed)
        journey.dialog(kind).reject()
        journey.settle()


def test_picking_pinning_locking_and_details(planned: Journey) -> None:
    journey = planned
    route = busiest(journey)
    journey.pick(route.stops[0])
    journey.do("select_route")
    assert journey.desktop.selection.stops == route.stops
    journey.do("pin")
    assert all(journey.plan.stops[stop].pinned for stop in route.stops)
    journey.do("pin")
    assert not any(journey.plan.stops[stop].pinned for stop in route.stops)
    journey.do("lock")
    assert journey.plan.routes[route.id].locked
    journey.do("lock")
    assert not journey.plan.routes[route.id].locked
    journey.do("unassign")
    assert not journey.plan.routes[route.id].stops
    journey.do("undo")
    assert journey.plan.routes[route.id].stops == route.stops
    journey.do("details")
    assert journey.desktop.window.details_dock.isVisible()
    journey.do("fit_map")
    journey.do("clear_selection")
    assert not journey.desktop.selection.stops


def test_stop_keeps_the_best_so_far(planned: Journey) -> None:
    journey = planned
    journey.desktop.optimiser.seconds = 60.0
    journey.desktop.conductor.submit(LockRoutes((busiest(journey).id,)))
    journey.desktop.trigger("optimise")
    journey.until(lambda: journey.desktop.workplace.run is not None)
    assert journey.desktop.actions["stop"].isEnabled()
    journey.desktop.trigger("stop")
    journey.settle()
    assert journey.desktop.workplace.run is None
    assert journey.desktop.station.picture.totals.served >= 30
    assert not journey.desktop.actions["stop"].isEnabled()


def test_closing_while_the_optimiser_runs(planned: Journey) -> None:
    journey = planned
    journey.desktop.optimiser.seconds = 60.0
    journey.desktop.trigger("optimise")
    journey.until(lambda: journey.desktop.workplace.run is not None)
    journey.do("quit")
    assert journey.desktop.closed.done()
    assert journey.desktop.workplace.run is None
    journey.console.close()
