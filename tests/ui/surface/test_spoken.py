"""What a screen reader is told while the keyboard walks a painted view."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.ui.board.view import BoardView
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.theme import apply_theme
from tests.ui.day import build_day


def test_the_board_speaks_of_the_stop_under_the_keyboard(qtbot):
    signals = Signals()
    hands = build_day(signals, routes=2, stops=5)
    view = BoardView(hands, signals, Selection(signals), apply_theme(QApplication.instance()))
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    first = next(iter(hands.picture.plan.routes.values())).stops[0]
    view.set_current(first, keyed=True)
    assert view.accessibleDescription().startswith("Mette Holm, stop 1, ")
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.accessibleDescription().startswith("Mette Holm, stop 2, ")
