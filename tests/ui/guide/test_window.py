"""The guide's window: pages, search, links, back and forward; F1 from wherever one is."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from console.ui.deeds.guide import address_of
from console.ui.dialogs.text import TextDialog
from console.ui.guide.pages import FIRST, PAGES, load_guide
from console.ui.guide.window import GuideWindow
from tests.ui.sample import Desk, light

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def guide(qtbot):
    window = GuideWindow(load_guide(), lambda name: f"**{name}** (`Ctrl+X`)", light())
    qtbot.addWidget(window)
    window.show()
    return window


def test_every_page_is_set_with_its_pictures_no_wider_than_the_page(guide):
    for page in PAGES:
        guide.open_at(page)
        assert guide.reader.toPlainText().startswith(load_guide().titles[page])
        document = guide.reader.document()
        assert document.size().width() <= guide.reader.viewport().width()
    assert guide.list.currentItem().text() == load_guide().titles[PAGES[-1]]


def test_links_lead_on_and_one_comes_back(guide):
    guide.reader.anchorClicked.emit(QUrl("orders.md#the-report"))
    assert guide.address == "orders#the-report"
    assert guide.title.text() == "Orders and import"
    assert guide.reader.verticalScrollBar().value() > 0
    guide.reader.anchorClicked.emit(QUrl("#one-order-by-hand"))
    assert guide.address == "orders#one-order-by-hand"
    QTest.mouseClick(guide.back_button, LEFT)
    QTest.mouseClick(guide.back_button, LEFT)
    assert guide.address == FIRST
    assert not guide.back_button.isEnabled()
    QTest.mouseClick(guide.forward_button, LEFT)
    assert guide.address == "orders#the-report"
    guide.open_at("paper")
    assert not guide.forward_button.isEnabled()


def test_the_search_lists_sections_and_enter_opens_the_first(guide):
    QTest.keyClicks(guide.search, "lasso")
    assert "Several at once" in guide.list.item(0).text()
    QTest.keyClick(guide.search, Qt.Key.Key_Return)
    assert guide.address == "moving#several-at-once"
    guide.search.setText("zzyzx")
    assert guide.list.count() == 0
    assert "Nothing found" in guide.said.text()
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert guide.search.text() == ""
    assert guide.list.count() == len(PAGES)
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert not guide.isVisible()


def test_the_page_stays_where_it_was_in_other_colours(guide):
    guide.open_at("keys")
    bar = guide.reader.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderSingleStepAdd)
    bar.triggerAction(bar.SliderAction.SliderSingleStepAdd)
    was = bar.value()
    guide.reader._renew()
    assert bar.value() == pytest.approx(was, abs=2)


def test_nothing_from_outside_is_loaded(guide):
    kind = QTextDocument.ResourceType.ImageResource.value
    assert guide.reader.loadResource(kind, QUrl("https://example.org/x.png")) is None
    assert guide.reader.loadResource(kind, QUrl("pictures/nowhere.png")) is None


def test_the_page_is_that_of_the_innermost_view_around_the_focus(qtbot):
    guide = load_guide()

    class OrdersPanel(QWidget):
        """Known to the guide by its name."""

    outer, field = OrdersPanel(), QLineEdit()
    qtbot.addWidget(outer)
    QVBoxLayout(outer).addWidget(field)
    assert address_of(guide, field) == guide.about("OrdersPanel") == "orders"
    assert address_of(guide, QWidget()) == FIRST
    assert address_of(guide, None) == FIRST


def test_the_help_key_works_in_a_dialog(qtbot):
    desk = Desk(qtbot)
    dialog = TextDialog("A name", "Keep", desk.theme, desk.window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert [action.objectName() for action in dialog.actions()] == ["help"]
    dialog.actions()[0].trigger()
    assert desk.triggered == ["help"]
    assert address_of(load_guide(), dialog.field) == load_guide().about("TextDialog")
