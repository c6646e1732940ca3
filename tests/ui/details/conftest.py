"""The dock beside a small day."""

import pytest

from console.ui.details.panel import DetailsPanel
from tests.ui.sample import Desk


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


@pytest.fixture
def panel(qtbot, desk):
    made = DetailsPanel(desk.hands, desk.signals, desk.selection, desk.theme, desk.actions)
    qtbot.addWidget(made)
    made.resize(320, 800)
    made.show()
    qtbot.waitExposed(made)
    return made
