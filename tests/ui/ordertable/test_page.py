"""The orders workspace: filters, views, columns, and one selection for all views."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.commands import MoveStops
from console.ui.ordertable.bulk_form import BulkForm
from console.ui.ordertable.columns import EDITABLE, USUAL
from console.ui.ordertable.saved import READY, TableView, read_back, written


def type_filter(page, text):
    page.filter.setText(text)
    page.apply()


def test_what_is_selected_here_is_selected_everywhere(page, desk):
    page.table.selectRow(1)
    line = page.rows.line(1)
    assert desk.selection.stops == (line.stop.id,)
    other = page.rows.line(5).stop.id
    desk.selection.pick([other])
    assert [line.stop.id for line in page.table.lines] == [other]
    assert "1 selected" in page.footer.text()


def test_what_was_selected_while_it_was_hidden_is_in_sight(page, desk):
    last = page.rows.rowCount() - 1
    page.hide()
    desk.selection.pick([page.rows.line(last).stop.id])
    page.show()
    chosen = page.rows.index(last, 0)
    assert page.table.selectionModel().isSelected(chosen)
    assert page.table.viewport().rect().intersects(page.table.visualRect(chosen))


def test_the_filter_and_the_count(page):
    shown, whole = page.rows.counts
    assert page.footer.text() == f"{whole} orders"
    type_filter(page, "is:unassigned")
    assert page.footer.text() == f"3 of {whole} orders"
    assert shown == whole


@pytest.mark.parametrize("view", READY, ids=lambda view: view.name)
def test_ready_views_are_shown_as_they_say(page, view):
    page.look(view)
    present = page.present
    assert present.filter == view.filter
    assert (present.columns, present.sort, present.down) == (view.columns, view.sort, view.down)
    assert present.group == view.group
    page.look(READY[0])
    assert page.rows.counts[0] == page.rows.counts[1]
    assert page.present.columns == USUAL


def test_own_views_can_be_forgotten_ready_ones_not(page):
    own = TableView("Mine", "kg>20")
    page.show_views([own], "Mine")
    assert page.views.currentText() == "Mine"
    assert not page.forget_button.isHidden()
    forgotten = []
    page.viewForgotten.connect(forgotten.append)
    page.forget_button.click()
    assert forgotten == ["Mine"]
    page.show_views([])
    assert page.forget_button.isHidden()


def test_views_come_back_from_their_text():
    views = [TableView("Mine", "kg>20", ("kg", "order"), "kg", down=True, group="town")]
    assert read_back(written(views)) == views
    assert read_back("nonsense") == []
    later = written([TableView("Later", columns=("mood",))])
    assert read_back(later)[0].columns == USUAL


def test_columns_are_ticked_in_the_heads_menu(page):
    menu = page.table.columns_menu()
    volume = next(action for action in menu.actions() if action.data() == "m3")
    assert not volume.isChecked()
    volume.trigger()
    assert "m3" in page.table.shown_keys
    kg = next(action for action in page.table.columns_menu().actions() if action.data() == "kg")
    kg.trigger()
    assert "kg" not in page.table.shown_keys


def test_heads_are_moved(page):
    head = page.table.horizontalHeader()
    head.moveSection(0, 3)
    assert page.table.shown_keys[3] == "order"
    assert page.present.columns[3] == "order"


def test_a_click_on_a_head_sorts(page):
    keys = [column.key for column in page.rows.columns]
    head = page.table.horizontalHeader()
    at = keys.index("kg")
    spot = head.viewport().rect().topLeft()
    spot.setX(head.sectionViewportPosition(at) + 10)
    spot.setY(head.height() // 2)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert page.rows.sorted_by is not None
    assert page.rows.sorted_by[0] == "kg"


def test_rows_are_copied_with_their_heads(page):
    page.look(TableView("x", columns=("order", "kg")))
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, row = QApplication.clipboard().text().split("\n")
    assert head == "Order\tkg"
    assert row.split("\t")[0] == page.rows.line(0).order.id


def test_the_table_follows_the_plan(page, desk):
    stop = desk.picture.plan.unassigned[0]
    route = next(iter(desk.picture.plan.routes))
    desk.hands.submit(MoveStops((stop,), route))
    (row,) = page.rows.rows_of(stop)
    assert page.rows.line(row).driver is not None


def test_nothing_is_made_while_nobody_looks(page, desk):
    page.hide()
    before = page.rows.counts
    desk.hands.submit(
        MoveStops((desk.picture.plan.unassigned[0],), next(iter(desk.picture.plan.routes)))
    )
    assert page.rows.counts == before
    page.show()
    type_filter(page, "is:unassigned")
    assert page.rows.counts[0] == 2


def test_one_value_for_many(qtbot, desk):
    form = BulkForm(12, "kg", desk.theme)
    qtbot.addWidget(form)
    assert form.field == "weight_kg"
    form.text_field.setText(" 4 ")
    assert form.text == "4"
    assert form.column_field.count() == len(EDITABLE)
    assert BulkForm(1, "street", desk.theme).field == next(iter(EDITABLE.values())).field
