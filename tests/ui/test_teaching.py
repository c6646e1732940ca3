"""A list without rows says what belongs there; one with rows does not."""

from datetime import date

from PySide6.QtGui import QImage

from console.dispatch.stores import Place
from console.ui.dialogs.table import PlainTable
from console.ui.recurring.form import RecurringForm
from console.ui.storing.backups_page import BackupsPage
from tests.ui.sample import light


def ink(table) -> int:
    """How many colours the body of a table is painted in."""
    image = table.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    points = ((x, y) for x in range(0, image.width(), 2) for y in range(24, 100))
    return len({image.pixel(x, y) for x, y in points})


def test_an_empty_table_teaches_and_a_full_one_is_quiet(qtbot) -> None:
    table = PlainTable(("Made", "File"), light())
    qtbot.addWidget(table)
    table.resize(500, 200)
    assert ink(table) == 1
    table.empty = "Nothing is here yet: back up."
    assert ink(table) > 1
    table.model().insertRow(0)
    assert ink(table) == 1


def test_recurring_orders_and_backups_say_how_the_first_one_comes(qtbot) -> None:
    form = RecurringForm([], date(2026, 11, 24), light())
    here, there = (
        BackupsPage(Place("/home/ana/doorstep.db", is_shared=shared), light())
        for shared in (False, True)
    )
    for widget, table in ((form, form.table), (here, here.table), (there, there.table)):
        qtbot.addWidget(widget)
        widget.resize(900, 600)
        assert "yet" in table.empty
        assert ink(table) > 1
    assert here.table.empty != there.table.empty
