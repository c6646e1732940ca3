"""The desk at 60 drivers and 2,000 stops: palette, checklist, and what a choice of driver costs.

Run: ``python -m tests.benchmarks.bench_hands``. Milliseconds of wall clock, median and worst.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from console.dispatch.consequences import consequence
from console.dispatch.desk import Desk
from console.dispatch.drawing import Surroundings
from console.dispatch.workday import Workday
from console.domain.commands import MergeRoutes, ReverseRoute
from console.domain.plan import RouteId
from console.storage.memory import MemoryJournal
from console.ui.actions import Actions
from console.ui.checklist import Progress, checklist
from console.ui.choosing.finder import Finder
from console.ui.map.scheme import register_scheme
from console.ui.signals import Signals
from console.ui.theme.theme import Choice, apply_theme
from tests.dispatch.desks import StepClock
from tests.ui.day import build_day, build_plan

ROUTES, STOPS, SPARE = 60, 33, 20


def measured(name: str, call: Callable[[], object], times: int) -> None:
    """One line of figures."""
    spent: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        spent.append((time.perf_counter() - began) * 1000)
    print(f"{name:34} median {statistics.median(spent):8.2f}   worst {max(spent):8.2f}")


def main() -> int:
    """Measure, and print."""
    register_scheme()
    app = QApplication([])
    theme = apply_theme(app, Choice.LIGHT)
    hands = build_day(Signals(), routes=ROUTES, stops=STOPS, spare=SPARE)
    actions = Actions(QWidget(), theme, lambda _name: None)
    progress = Progress(hopeless=frozenset())
    finder = Finder(actions, hands.picture)
    measured("checklist", lambda: checklist(hands.picture, progress), 50)
    measured("palette, opened", lambda: Finder(actions, hands.picture), 5)
    for typed in ("a", "me", "gade 1"):
        measured(f"palette, {typed!r} typed", lambda typed=typed: finder(typed), 10)
    workday = opened()
    first, *others = sorted(workday.picture.plan.routes)
    measured("one command tried", lambda: consequence(workday, ReverseRoute(first)), 10)
    measured(
        "a driver chosen for a whole route",
        lambda: [consequence(workday, MergeRoutes(first, RouteId(other))) for other in others],
        3,
    )
    return 0


def opened() -> Workday:
    """The same day on a desk of its own."""
    plan, town = build_plan(ROUTES, STOPS, SPARE, 7)
    desk = Desk(MemoryJournal(), "plan/d/x", "a", "a", StepClock(), confirmed=plan, plan=plan)
    return Workday(desk, Surroundings(matrix=town.matrix))


if __name__ == "__main__":
    sys.exit(main())
