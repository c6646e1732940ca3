"""A board under a screen reader's eyes, then closed: run by test_accessible; prints what it heard.

All interfaces are registered as an assistive bridge does; the program must still end cleanly.
"""

import gc
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.ui.board.view import BoardView
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.theme import apply_theme
from tests.ui.day import build_day

NAME = QAccessible.Text.Name


def main() -> None:
    app = QApplication([])
    QAccessible.setActive(True)
    signals = Signals()
    hands = build_day(signals, routes=2, stops=5, spare=1)
    view = BoardView(hands, signals, Selection(signals), apply_theme(app))
    view.resize(900, 600)
    view.show()
    app.processEvents()
    host = QAccessible.queryAccessibleInterface(view)
    print(host.childCount(), host.role().name)
    for _ in range(200):
        for i in range(host.childCount()):
            lane = host.child(i)
            QAccessible.uniqueId(lane)
            for k in range(lane.childCount()):
                stop = lane.child(k)
                QAccessible.uniqueId(stop)
                assert stop.parent() is lane
                assert lane.indexOfChild(stop) == k
                assert stop.isValid()
        gc.collect(0)
    print(host.child(1).text(NAME))
    print(host.child(1).child(2).text(NAME))
    spot = host.child(1).child(2).rect().center()
    print(host.childAt(spot.x(), spot.y()).text(NAME))
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Right)
    print(host.focusChild().text(NAME), host.focusChild().state().selected)
    view.close()
    view.deleteLater()
    del view, host, lane, stop
    app.processEvents()
    gc.collect()
    print("closed", flush=True)


if __name__ == "__main__":
    main()
