"""What a screen reader finds in a painted view, and that the program survives being looked at."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from console.domain.commands import MoveStops
from console.domain.plan import RouteId
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.theme import apply_theme
from console.ui.timeline.view import TimelineView
from tests.ui.day import build_day

CHILD = Path(__file__).with_name("accessible_child.py")
NAME = QAccessible.Text.Name
R1, R2 = RouteId("r1"), RouteId("r2")


def test_a_reader_walks_the_board_and_the_program_ends_well():
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(
        [sys.executable, str(CHILD)],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = run.stdout.splitlines()
    assert (run.returncode, said[-1:]) == (0, ["closed"]), run.stderr
    assert said[0] == "3 Table"
    assert said[1].startswith("Mette Holm, 5 stops, back at ")
    assert said[2].startswith("Mette Holm, stop 3, ")
    assert said[3] == said[2]
    assert said[4].startswith("Mette Holm, stop 1, ")


def test_rows_of_the_timeline_follow_the_plan(qtbot):
    signals = Signals()
    hands = build_day(signals, routes=2, stops=5)
    view = TimelineView(hands, signals, Selection(signals), apply_theme(QApplication.instance()))
    qtbot.addWidget(view)
    view.resize(900, 300)
    host = QAccessible.queryAccessibleInterface(view)
    row, bar = host.child(0), host.child(0).child(0)
    assert row.childCount() == 5
    assert bar.parent() is row
    assert bar.rect().size() == view.stop_rect(view.rows[R1].stops[0]).size()
    hands.submit(MoveStops(hands.picture.plan.routes[R1].stops[:2], R2))
    assert row.childCount() == 3
    assert row.text(NAME).startswith("Mette Holm, 3 stops")
    assert bar.parent() is host.child(1)
    assert bar.text(NAME).startswith("Jonas Krogh, stop 6")
    assert host.child(7) is None
    assert isinstance(row.rect(), QRect)
