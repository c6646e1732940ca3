"""A board or timeline in a window, for a drag with a real mouse; run by test_real_drag.

Prints ``READY x1 y1 x2 y2`` (global pixels: a stop, and a place behind another driver's stop), then
``MOVED stop route after`` when the plan has changed.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication

from console.domain.plan import RouteId
from console.ui.board.view import BoardView
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.theme import Choice, apply_theme
from console.ui.timeline.view import TimelineView
from tests.ui.day import build_day

R1, R2 = RouteId("r1"), RouteId("r2")


def main(kind: str, shot: str) -> int:
    app = QApplication([])
    theme = apply_theme(app, Choice.LIGHT)
    signals = Signals()
    hands = build_day(signals, routes=4, stops=10, spare=2)
    made = BoardView if kind == "board" else TimelineView
    view = made(hands, signals, Selection(signals), theme)
    view.setGeometry(40, 40, 1100, 640)
    view.show()
    if isinstance(view, TimelineView):
        view.set_zoom(15)
    stop = hands.picture.plan.routes[R1].stops[2]
    free = hands.picture.plan.routes[R2].stops[4:]
    after = next(
        (s for s in free if not getattr(hands.preview([stop], R2, s), "harm", None)), free[-1]
    )

    def say_where() -> None:
        start = view.viewport().mapToGlobal(view.stop_rect(stop).center())
        box = view.stop_rect(after)
        aside = QPoint(0, box.height() // 4) if kind == "board" else QPoint(box.width() // 2, 0)
        end = view.viewport().mapToGlobal(box.center() + aside)
        print("READY", start.x(), start.y(), end.x(), end.y(), flush=True)

    def say_moved(change: object) -> None:
        order = hands.picture.plan.routes[R2].stops
        i = order.index(stop) if stop in order else -1
        print("MOVED", i >= 0 and order[i - 1] == after, len(hands.moves), flush=True)
        QTimer.singleShot(200, app.quit)

    def keep_picture() -> None:
        if view.drag is not None and view.has_verdicts and view.gap >= 1 and view.place:
            view.screen().grabWindow(0).save(shot)
            watch.stop()

    signals.planChanged.connect(say_moved)
    watch = QTimer(interval=60)
    watch.timeout.connect(keep_picture)
    watch.start()
    QTimer.singleShot(500, say_where)
    QTimer.singleShot(20_000, lambda: app.exit(3))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
