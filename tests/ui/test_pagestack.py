"""Only the page that is shown asks for room."""

from PySide6.QtWidgets import QWidget

from console.ui.pagestack import PageStack
from console.ui.tooldock import stacked


def test_a_wide_page_that_is_not_shown_asks_for_nothing(qtbot):
    stack = PageStack()
    window = stacked(stack)
    qtbot.addWidget(window)
    for width in (240, 900):
        page = QWidget()
        page.setMinimumSize(width, 100)
        stack.addWidget(page)
    assert stack.minimumSizeHint().width() == 240
    stack.setCurrentIndex(1)
    assert stack.minimumSizeHint().width() == 900
    stack.setCurrentIndex(0)
    window.resize(300, 200)
    window.show()
    assert stack.widget(0).width() == 300
