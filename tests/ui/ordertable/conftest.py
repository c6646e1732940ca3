"""The orders workspace on a small day."""

import pytest

from console.ui.ordertable.page import OrdersPage
from tests.ui.sample import Desk


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


@pytest.fixture
def page(qtbot, desk):
    made = OrdersPage(desk.hands, desk.signals, desk.selection, desk.theme, desk.actions)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    qtbot.waitExposed(made)
    return made
