"""A timeline of a few drivers, shown offscreen."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu

from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.theme import Choice, apply_theme
from console.ui.timeline.strip import TimelineStrip
from console.ui.timeline.view import TimelineView
from tests.ui.day import build_day


class Desk:
    """All that a timeline is made of, for one test."""

    def __init__(self, qtbot, **day):
        self.theme = apply_theme(QApplication.instance(), Choice.LIGHT)
        self.signals = Signals()
        self.hands = build_day(self.signals, **day)
        self.selection = Selection(self.signals)
        self.menu = QMenu()
        self.menu.addAction("Pin")
        self.view = TimelineView(
            self.hands, self.signals, self.selection, self.theme, menu=lambda: self.menu
        )
        self.strip = TimelineStrip(self.view, self.theme)
        for widget in (self.view, self.strip):
            qtbot.addWidget(widget)
            widget.resize(1400, 260 if widget is self.view else 32)
            widget.show()
        qtbot.waitExposed(self.view)
        self.view.set_zoom(15)

    def stops(self, route):
        return self.hands.picture.plan.routes[route].stops

    def spot(self, stop):
        """The middle of a bar."""
        return self.view.stop_rect(stop).center()

    def behind(self, stop):
        """A little after a bar."""
        return self.view.stop_rect(stop).center() + QPoint(
            self.view.stop_rect(stop).width() // 2 + 1, 0
        )

    def head(self, route):
        row = self.view.row_rect(self.view.order.index(route))
        return QPoint(60, row.center().y())


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot, routes=6, stops=12, spare=3)
