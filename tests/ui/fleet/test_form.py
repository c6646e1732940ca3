"""The fleet's table: the same rows from four sides, checked while they are typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from console.dispatch.fleetfile import COLUMNS
from console.ui.fleet.form import FleetForm
from console.ui.fleet.model import GROUPS, FleetRows
from tests.ui.sample import light

ROW = {
    "driver": "Ida", "phone": "+1", "shift_start": "08:00", "shift_end": "16:00",
    "vehicle": "I-1", "capacity_kg": "200", "depot_address": "Weg 1", "depot_city": "Ebene",
    "cost_per_km": "1", "skills": "adr",
}  # fmt: skip


@pytest.fixture
def form(qtbot):
    made = FleetForm([ROW, {**ROW, "driver": "Bo", "vehicle": "B-1"}], light())
    qtbot.addWidget(made)
    made.open()
    qtbot.waitExposed(made)
    return made


def put(rows, place, name, text):
    for side, fields in GROUPS.items():
        names = [field.name for field in fields]
        if name in names:
            rows.show_group(side)
            return rows.setData(rows.index(place, names.index(name)), text)
    raise AssertionError(name)


def test_the_rows_are_a_sound_model(qtbot):
    rows = FleetRows([ROW], light())
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for side in GROUPS:
        rows.show_group(side)
    rows.add()
    put(rows, 1, "driver", "Bo")
    rows.add(0)
    rows.remove([0, 2])
    rows.show_rows([])
    assert rows.rowCount() == 0
    assert rows.report is None


def test_every_side_shows_columns_of_fleet_files():
    names = {field.name for fields in GROUPS.values() for field in fields}
    assert names <= set(COLUMNS)


def test_what_is_wrong_is_said_and_not_saved(form):
    assert form.save_button.isEnabled()
    put(form.rows, 1, "shift_end", "late")
    assert not form.save_button.isEnabled()
    assert "late" in form.said.text()
    form.rows.show_group("Vehicles")
    driver = form.rows.index(1, 0)
    assert driver.data(Qt.ItemDataRole.ForegroundRole) == light().color("bad")
    assert "late" in driver.data(Qt.ItemDataRole.ToolTipRole)
    put(form.rows, 1, "shift_end", "17:00")
    assert form.save_button.isEnabled()
    assert form.said.text() == ""
    assert form.rows.index(1, 0).data(Qt.ItemDataRole.ForegroundRole) is None


def test_days_skills_and_absences_are_typed(form):
    put(form.rows, 0, "weekdays", "Mon-Wed")
    put(form.rows, 0, "skill_ends", "adr 2027-01-31")
    put(form.rows, 0, "absences", "2026-12-24 to 2026-12-31")
    ida = form.report.entries[0]
    assert ida.weekdays == (0, 1, 2)
    assert ida.skill_ends[0][0] == "adr"
    assert len(ida.absences) == 1


def test_a_driver_is_added_like_another_and_removed(form):
    form.table.selectRow(0)
    form.copy_button.click()
    assert form.rows.rows[2] == {
        k: v for k, v in ROW.items() if k not in {"driver", "phone", "vehicle"}
    }
    assert not form.save_button.isEnabled()  # it has no name yet
    put(form.rows, 2, "driver", "Eva")
    assert [entry.driver for entry in form.report.entries] == ["Ida", "Bo", "Eva"]
    form.table.selectRow(0)
    form.remove_button.click()
    assert [entry.driver for entry in form.report.entries] == ["Bo", "Eva"]


def test_sides_are_tabs(form):
    form.tabs.setCurrentIndex(2)
    titles = [
        form.rows.headerData(at, Qt.Orientation.Horizontal) for at in range(form.rows.columnCount())
    ]
    assert titles[:2] == ["Driver", "Per route"]


def test_an_empty_fleet_begins_with_a_driver(qtbot):
    form = FleetForm([], light())
    qtbot.addWidget(form)
    assert not form.save_button.isEnabled()
    form.add_button.click()
    assert form.rows.rowCount() == 1
