"""A painted view has to say everything about itself."""

import pytest
from PySide6.QtWidgets import QApplication

from console.ui.board.view import BoardView
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.surface.dropping import DropView
from console.ui.theme.theme import apply_theme
from tests.ui.day import build_day


@pytest.mark.parametrize("gap", ["stop_at", "scrolled_area", "fit_bars"])
def test_a_view_that_leaves_something_open_cannot_be_made(qtbot, gap):
    open_view = type("OpenView", (BoardView,), {gap: getattr(DropView, gap)})
    signals = Signals()
    hands, theme = build_day(signals, routes=1, stops=1), apply_theme(QApplication.instance())
    with pytest.raises(TypeError, match=f"OpenView does not say: {gap}"):
        open_view(hands, signals, Selection(signals), theme)
