"""The orders workspace in the window: edit, change many, paste, keep a view, undo."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit

from console.domain.orders import OrderId
from console.ui.dialogs.import_report import ImportReport
from console.ui.layout import layout_state, restore_layout
from console.ui.ordertable.bulk_form import BulkForm
from console.ui.ordertable.saved import TableView
from console.ui.window import ORDERS, PLAN
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import click, type_into


def table_of(journey: Journey):
    journey.do("view_orders")
    assert journey.desktop.window.pages.currentIndex() == ORDERS
    return journey.desktop.panes.order_table


def order_of(journey: Journey, order: str):
    stop = journey.plan.stop_of_order(OrderId(order))
    return next(each for each in stop.orders if each.id == order)


def column(page, key: str) -> int:
    return [each.key for each in page.rows.columns].index(key)


def test_a_cell_is_edited_in_place_and_undone(morning: Journey) -> None:
    journey, page = morning, table_of(morning)
    index = page.rows.index(0, column(page, "kg"))
    order, before = page.rows.line(0).order.id, page.rows.line(0).order.load.kg
    page.table.setCurrentIndex(index)
    page.table.edit(index)
    editor = page.table.findChild(QLineEdit)
    editor.selectAll()
    type_into(editor, "12.25")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    journey.settle()
    assert order_of(journey, order).load.kg == 12.25
    assert page.rows.line(0).order.load.kg == 12.25
    journey.do("undo")
    assert order_of(journey, order).load.kg == before


def test_a_bad_cell_is_told_and_changes_nothing(morning: Journey) -> None:
    page, before = table_of(morning), morning.plan
    page.rows.setData(page.rows.index(0, column(page, "pieces")), "many")
    morning.settle()
    assert "is not a number" in morning.told[-1].text
    assert morning.told[-1].remedy
    assert morning.plan == before


def test_many_orders_are_changed_in_one_step(morning: Journey) -> None:
    journey, page = morning, table_of(morning)
    page.look(TableView("x", "is:unassigned"))
    orders = [page.rows.line(row).order.id for row in range(5)]
    page.table.clearSelection()
    for row in range(5):
        index = page.rows.index(row, 0)
        mode = page.table.selectionModel().SelectionFlag
        page.table.selectionModel().select(index, mode.Select | mode.Rows)
    steps = len(journey.desktop.station.workday.desk.entries)
    click(page.bulk_button)
    form = journey.dialog(BulkForm)
    form.column_field.setCurrentIndex(form.column_field.findData("priority"))
    form.text_field.setText("low")
    form.accept()
    journey.settle()
    changed = [line.order.id for line in page.table.lines]
    assert set(orders) <= set(changed)  # orders of one stop are picked together
    assert all(order_of(journey, order).priority == "low" for order in changed)
    assert len(journey.desktop.station.workday.desk.entries) == steps + 1
    assert journey.told[-1].deed == "undo"


def test_rows_of_a_spreadsheet_are_pasted(morning: Journey) -> None:
    journey, page = morning, table_of(morning)
    known = page.rows.line(0)
    text = f"Order number\tStreet\tTown\tkg\nNEW-1\t{known.label.street}\t{known.label.town}\t2,5\n"
    QApplication.clipboard().setText(text)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    report = journey.dialog(ImportReport)
    assert journey.desktop.files.last.added == ("NEW-1",)
    report.accept()
    journey.settle()
    assert order_of(journey, "NEW-1").load.kg == 2.5


def test_cells_of_a_spreadsheet_are_pasted(morning: Journey) -> None:
    journey, page = morning, table_of(morning)
    orders = [page.rows.line(row).order.id for row in range(2)]
    page.table.setCurrentIndex(page.rows.index(0, column(page, "kg")))
    journey.run(journey.desktop.table.paste("31\n32\n"))
    journey.settle()
    assert [order_of(journey, order).load.kg for order in orders] == [31, 32]
    page.table.setCurrentIndex(page.rows.index(0, column(page, "street")))
    journey.run(journey.desktop.table.paste("x"))
    assert journey.told[-1].text == "Nothing to paste here."


def test_a_view_is_kept(morning: Journey) -> None:
    journey, page = morning, table_of(morning)
    page.look(TableView("x", "kg>5", ("order", "kg"), "kg", down=True))
    click(page.keep_button)
    dialog = journey.dialog(QInputDialog)
    dialog.setTextValue("Heavy")
    dialog.accept()
    journey.settle()
    assert page.views.currentText() == "Heavy"
    page.look(TableView("x"))
    journey.run(journey.desktop.table.recall())
    kept = page.views.itemData(page.views.findText("Heavy"))
    assert kept == TableView("Heavy", "kg>5", ("order", "kg"), "kg", down=True)
    page.views.setCurrentIndex(page.views.findText("Heavy"))
    click(page.forget_button)
    journey.settle()
    assert page.views.findText("Heavy") < 0
    journey.run(journey.desktop.table.keep("All orders", kept))
    assert "name of its own" in journey.told[-1].text


def test_the_list_beside_makes_room_and_comes_back(morning: Journey) -> None:
    table_of(morning)
    dock = morning.desktop.window.orders_dock
    assert not dock.isVisible()
    kept = layout_state(morning.desktop.window)
    assert not dock.isVisible()
    morning.desktop.window.show_page(PLAN)
    assert dock.isVisible()
    assert restore_layout(morning.desktop.window, kept)  # the list belongs to the layout
    assert dock.isVisible()
