"""F1 from where the dispatcher is, the guide from the palette and from the sheet of keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.ui.choosing.chooser import Chooser
from console.ui.dialogs.region_form import RegionForm
from console.ui.dialogs.shortcuts import ShortcutsDialog
from tests.journeys.window.conftest import Journey
from tests.journeys.window.fingers import click, type_into

F1 = Qt.Key.Key_F1


def test_help_opens_the_page_of_where_one_is(planned: Journey) -> None:
    desktop, panes = planned.desktop, planned.desktop.panes
    desktop.window.activateWindow()
    for pane, page in (
        (panes.timeline, "views#timeline"),
        (panes.orders.view, "orders"),
        (panes.topbar.search, "first-day"),
    ):
        desktop.window.activateWindow()
        pane.setFocus()
        QTest.keyClick(pane, F1)
        shown = desktop.guide.window
        assert shown is not None
        assert shown.isVisible()
        assert shown.address == page
    desktop.trigger("add_region")
    form = planned.dialog(RegionForm)
    form.activateWindow()
    QTest.keyClick(form, F1)
    assert desktop.guide.window is shown
    assert shown.address == "streets"
    assert form.isVisible()
    form.reject()
    shown.go_back()
    assert shown.address == "first-day"


def test_palette_and_key_sheet_lead_to_the_guide(planned: Journey) -> None:
    desktop = planned.desktop
    desktop.trigger("palette")
    dialog = planned.dialog(Chooser)
    type_into(dialog.field, "why is it unassigned")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    planned.until(lambda: desktop.guide.window is not None)
    assert desktop.guide.window.address == "unassigned"
    assert "Optimise (F5)" in desktop.guide.window.reader.toPlainText()
    desktop.trigger("shortcuts")
    sheet = planned.dialog(ShortcutsDialog)
    click(sheet.guide_button)
    planned.until(lambda: desktop.guide.window.address == "keys")
