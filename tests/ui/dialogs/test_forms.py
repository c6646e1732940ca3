"""Forms: what goes in comes out; what is wrong is said beside it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QTime

from console.dispatch.picture import DriverLabel
from console.domain.fleet import BreakRule
from console.domain.load import Capacity, Load
from console.domain.orders import DayWindow, OrderEntry, OrderId, Priority
from console.domain.places import Address, Coordinate
from console.domain.plan import RouteId
from console.ui.dialogs.order_form import OrderForm
from console.ui.dialogs.region_form import RegionForm
from console.ui.dialogs.shift_form import ShiftForm
from tests.ui.day import ZONE, at

ENTRY = OrderEntry(
    OrderId("DS-7"),
    Address("Gade 4", "1725", "København", "DK"),
    "Bo & Søn",
    "+45 12 34 56 78",
    "bo@example.org",
    Load(2, 3.25, 0.125, 4.0),
    (DayWindow(time(8), time(10)), DayWindow(time(14, 30), None)),
    timedelta(minutes=6, seconds=30),
    ("adr", "lift"),
    Priority.HIGH,
    "Ring twice\nback door",
    Coordinate(55.6, 12.5),
    17,
)
LABEL = DriverLabel(1, "Mette Holm", "EV 04")


@pytest.fixture
def form(opened, theme):
    return lambda entry=None, skills=("lift", "adr"): opened(OrderForm(entry, theme, skills))


def fill(form, **texts):
    for name, text in texts.items():
        form.fields[name].setText(text)
        form.fields[name].textEdited.emit(text)


def test_an_untouched_order_comes_out_as_it_went_in(form):
    assert form(ENTRY).entry == ENTRY


def test_what_only_files_say_stays(form):
    rich = replace(
        ENTRY,
        windows=tuple(replace(window, late_price=0.5) for window in ENTRY.windows),
        collected=Load(1),
        pickup=OrderId("DS-1"),
        people=2,
        skip_price=4.0,
        deadline=time(15),
        setup_time=timedelta(minutes=3),
        drivers=("Anja",),
        driver_price=5.0,
        territory="north",
    )
    assert form(rich).entry == rich


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 99_999),
    st.integers(0, 99_999_999).map(lambda n: n / 1000),
    st.lists(
        st.tuples(st.times(), st.times()).map(
            lambda p: sorted(t.replace(microsecond=0) for t in p)
        ),
        max_size=3,
    ),
    st.integers(0, 480),
    st.sampled_from(Priority),
)
def test_any_order_comes_out_as_it_went_in(qtbot, theme, pieces, kg, windows, service, priority):
    windows = tuple(DayWindow(*pair) for pair in sorted(windows))
    entry = replace(
        ENTRY,
        load=Load(pieces, kg, 0.5),
        windows=windows,
        service_time=timedelta(minutes=service),
        priority=priority,
    )
    form = OrderForm(entry, theme, ())
    assert form.entry == entry
    form.deleteLater()


def test_a_new_order_needs_a_number_and_an_address(form):
    made = form()
    assert not made.save_button.isEnabled()
    assert made.said.text() == ""
    fill(made, recipient="Bo")
    assert "order number" in made.said.text()
    fill(made, order_id="N-1")
    assert "no address" in made.said.text()
    fill(made, street="Gade 4", city="Vaduz")
    assert made.said.text() == ""
    assert made.save_button.isEnabled()
    made.pieces_field.setValue(3)
    made.kg_field.setValue(1.5)
    entry = made.entry
    assert entry.id == "N-1"
    assert entry.load == Load(3, 1.5)
    assert entry.windows == ()
    assert entry.priority is Priority.NORMAL
    assert entry.service_time == timedelta(minutes=3)


def test_a_wrong_form_has_no_entry(form):
    with pytest.raises(ValueError, match="order number"):
        _ = form().entry


def test_windows_are_added_checked_and_removed(form):
    made = form(replace(ENTRY, windows=()))
    made.windows_field.add_button.click()
    assert made.entry.windows == (DayWindow(time(8), time(17)),)
    row = made.windows_field._rows[0]
    row.end.setTime(QTime(7, 0))
    assert "ends at 07:00 before it starts at 08:00" in made.said.text()
    assert not made.save_button.isEnabled()
    row.removed.emit(row)
    assert made.entry.windows == ()
    assert made.save_button.isEnabled()


def test_a_skill_that_nobody_has_is_told_but_taken(form):
    made = form(replace(ENTRY, skills=()))
    made.skills_field.setText("Crane; lift")
    made.skills_field.textEdited.emit("")
    assert made.said.text() == "Held by nobody on shift: crane."
    assert made.save_button.isEnabled()
    assert made.entry.skills == ("crane", "lift")


def test_another_street_forgets_the_files_coordinate(form):
    made = form(ENTRY)
    fill(made, street="Gade 5")
    assert made.entry.coordinate is None
    assert made.entry.address == Address("Gade 5", "1725", "København", "DK")


def test_a_known_orders_number_stays(form):
    made = form(ENTRY)
    assert made.fields["order_id"].isReadOnly()


# -- shift -----------------------------------------------------------------------------------------


@pytest.fixture
def shift(desk):
    return desk.picture.plan.routes[RouteId("r1")].shift


def shift_form(opened, theme, shift, zone=ZONE):
    return opened(ShiftForm(shift, zone, LABEL, theme))


def test_an_untouched_shift_comes_out_as_it_went_in(opened, theme, shift):
    assert shift_form(opened, theme, shift).shift == shift
    bare = replace(shift, break_rule=None, capacity=Capacity(kg=123.4567))
    assert shift_form(opened, theme, bare).shift == bare


def test_times_are_local_and_come_out_in_utc(opened, theme, shift):
    form = shift_form(opened, theme, shift)
    form.start_field.setTime(QTime(6, 30))
    form.end_field.setTime(QTime(15, 0))
    assert (form.shift.start, form.shift.end) == (at(6, 30), at(15))
    assert form.shift.start.tzinfo is UTC


def test_an_end_before_the_start_is_the_next_morning(opened, theme, shift):
    form = shift_form(opened, theme, replace(shift, break_rule=None))
    form.start_field.setTime(QTime(22, 0))
    form.end_field.setTime(QTime(5, 0))
    assert form.shift.end - form.shift.start == timedelta(hours=7)
    assert form.shift.start == at(22)


def test_a_night_shift_keeps_its_service_day(opened, theme, shift):
    night = replace(
        shift,
        start=at(22),
        end=at(22) + timedelta(hours=8),
        break_rule=BreakRule(
            timedelta(minutes=30), at(22) + timedelta(hours=3), at(22) + timedelta(hours=5)
        ),
    )
    assert shift_form(opened, theme, night).shift == night


def test_a_night_shift_over_the_change_of_clocks(opened, theme, shift):
    zone = ZoneInfo("Europe/Copenhagen")
    start = datetime(2026, 10, 24, 20, tzinfo=UTC)  # 22:00 summer time
    night = replace(shift, start=start, end=start + timedelta(hours=9), break_rule=None)
    form = shift_form(opened, theme, night, zone)
    assert form.end_field.time() == QTime(6, 0)
    assert form.shift == night


def test_a_break_outside_the_shift_is_told(opened, theme, shift):
    form = shift_form(opened, theme, shift)
    form.break_to.setTime(QTime(20, 0))
    assert "outside" in form.said.text()
    assert not form.save_button.isEnabled()
    assert form.shift == shift
    form.break_field.setValue(0)
    assert form.save_button.isEnabled()
    assert form.shift.break_rule is None


def test_a_break_needs_its_time(opened, theme, shift):
    form = shift_form(opened, theme, shift)
    form.break_to.setTime(QTime(10, 10))
    assert "longer than" in form.said.text()


def test_limits_can_be_changed_and_lifted(opened, theme, shift):
    form = shift_form(opened, theme, shift)
    form.kg_field.setValue(300)
    form.pieces_field.setValue(form.pieces_field.minimum())
    assert form.shift.capacity == Capacity(None, 300.0, 4.0)


# -- region ----------------------------------------------------------------------------------------


def test_a_region_needs_an_extract_and_a_name(opened, theme, tmp_path):
    form = opened(RegionForm(theme))
    assert not form.add_button.isEnabled()
    assert form.said.text() == ""
    form.path_field.setText(str(tmp_path / "none.osm.pbf"))
    assert "no file none.osm.pbf" in form.said.text()
    table = tmp_path / "orders.csv"
    table.touch()
    form.path_field.setText(str(table))
    assert "must end in .osm.pbf" in form.said.text()
    extract = tmp_path / "andorra-latest.osm.pbf"
    extract.touch()
    form.path_field.setText(str(extract))
    assert (form.name, form.extract) == ("andorra", extract)
    assert form.add_button.isEnabled()
    form.name_field.setText("../x")
    assert "name of letters" in form.said.text()
    assert not form.add_button.isEnabled()
