"""What tests of docks and dialogs start from: a theme, a day's hands, actions that note."""

from dataclasses import replace
from functools import cache

from PySide6.QtWidgets import QApplication, QWidget

from console.domain.commands import Command
from console.domain.patch import diff
from console.ui.actions import Actions
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.theme import Choice, Theme, apply_theme
from console.ui.theme.tokens import Scheme
from tests.ui.day import build_day


@cache
def _theme() -> Theme:
    return apply_theme(QApplication.instance(), Choice.LIGHT)


def light() -> Theme:
    """The application in light colours; dressing it anew costs half a second."""
    theme = _theme()
    if theme.scheme is not Scheme.LIGHT:
        theme.choose(Choice.LIGHT)
    return theme


class Desk:
    """A small day in which four stops are late."""

    def __init__(self, qtbot, **day):
        self.theme = light()
        self.signals = Signals()
        self.hands = build_day(self.signals, **(day or {"routes": 4, "stops": 12, "spare": 3}))
        self.selection = Selection(self.signals)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.triggered: list[str] = []
        self.actions = Actions(self.window, self.theme, self.triggered.append)

    @property
    def picture(self):
        return self.hands.picture

    def late(self):
        return [stop for stop in self.picture.visits if self.picture.is_late(stop)]

    def route_of(self, stop):
        return self.picture.plan.stops[stop].route


def entry_of(plan, command: Command, version: int, at, actor="Anne"):
    """A journal row of a command on a plan, and the plan after it."""
    from console.dispatch.journal import Entry

    after = command.apply(plan)
    patch = diff(plan, after)
    row = Entry("plan/x", version, str(version), command.kind, command, patch, actor, "o", at, "")
    return row, replace(after, version=version)
