"""Dialogs of a small day."""

import pytest

from tests.ui.sample import Desk


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


@pytest.fixture
def theme(desk):
    return desk.theme


@pytest.fixture
def opened(qtbot):
    """Open a dialog as ``asking.ask`` does."""

    def open_it(dialog):
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitExposed(dialog)
        return dialog

    return open_it
