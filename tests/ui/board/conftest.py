"""A board of ten drivers, shown offscreen."""

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from console.ui.board.view import BoardView
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.theme import Choice, apply_theme
from tests.ui.day import build_day


class Desk:
    """All that a board is made of, for one test."""

    def __init__(self, qtbot, **day):
        self.theme = apply_theme(QApplication.instance(), Choice.LIGHT)
        self.signals = Signals()
        self.hands = build_day(self.signals, **day)
        self.selection = Selection(self.signals)
        self.menu = QMenu()
        self.menu.addAction("Pin")
        self.view = BoardView(
            self.hands, self.signals, self.selection, self.theme, menu=lambda: self.menu
        )
        qtbot.addWidget(self.view)
        self.view.resize(1440, 900)
        self.view.show()
        qtbot.waitExposed(self.view)

    def stops(self, route):
        return self.hands.picture.plan.routes[route].stops

    def spot(self, stop, share=0.25):
        """A point on a card, above its middle unless told otherwise."""
        box = self.view.stop_rect(stop)
        return box.topLeft() + box.center() - box.topLeft() + _down(box, share)

    def head(self, route):
        return self.view.lane_rect(route).topLeft() + _point(40, 20)


def _down(box, share):
    return _point(0, round(box.height() * (share - 0.5)))


def _point(x, y):
    from PySide6.QtCore import QPoint

    return QPoint(x, y)


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot, routes=6, stops=12, spare=3)
