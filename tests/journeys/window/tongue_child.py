"""The whole window in a language: what it shows that nobody said, and what is cut off.

Run by test_tongues with the town's home, a folder with a planned store and a language's code:
``de`` is German, ``qps`` a made-up language from the left, ``he`` the same from the right. Prints
one line of JSON; a fourth argument is a folder for pictures.
"""

import asyncio
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from console import tongues
from tests.tongues.pseudo import tongue

if __name__ == "__main__":
    CODE = sys.argv[3]
    tongues.speak(tongues.Tongue.of(CODE) if CODE in tongues.LANGUAGES else tongue(CODE))

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDockWidget,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QStyle,
    QStyleOptionHeader,
    QTabBar,
    QWidget,
)

from console.bootstrap import open_console
from console.dispatch.lanes import ThreadLanes
from console.settings import Settings
from console.ui.start import Desktop, Options, application, run
from console.ui.theme.theme import Choice
from tests.journeys.window.conftest import DAY, Yesterday

DEEDS = (
    "view_board", "view_orders", "view_exceptions", "view_plan", "optimise_panel", "scenarios",
    "history", "traffic", "audit", "recurring_orders", "join_doors", "add_order", "export_plan",
    "route_sheets", "fleet", "regions", "add_region", "services", "database", "formats",
    "online_tiles", "shortcuts", "edit_shortcuts", "about", "watch_folder", "help",
)  # fmt: skip
"""What is opened, one after the other."""
OWN_WORDS = """
Doorstep OpenStreetMap ODbL Ada EUR Ctrl Shift Alt Home End Ins Del Esc Return Enter Space Tab PgUp
PgDown Left Right Up Down Menu Help OSRM Valhalla openrouteservice
"""
"""Names, which are the same in every language."""
SIDES = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)
_WORD = re.compile(r"[A-Za-z]{3,}")


def texts(widget: QWidget) -> Iterator[str]:
    """What a widget shows, and what a screen reader or the mouse is told about it."""
    yield widget.accessibleName()
    yield widget.toolTip()
    if widget.isWindow() or isinstance(widget, QDockWidget):
        yield widget.windowTitle()
    match widget:
        case QAbstractButton() | QLabel():
            yield widget.text()
        case QLineEdit():
            yield widget.placeholderText()
        case QComboBox():
            yield from (widget.itemText(i) for i in range(widget.count()))
        case QMenu():
            yield from (action.text() for action in widget.actions())
        case QTabBar():
            yield from (widget.tabText(i) for i in range(widget.count()))
        case QHeaderView():
            yield from titles(widget)
        case _:
            pass


def titles(head: QHeaderView) -> Iterator[str]:
    """Of the columns; rows have numbers."""
    model = head.model()
    if model is not None and head.orientation() is Qt.Orientation.Horizontal:
        for column in range(model.columnCount()):
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")


def is_cut(widget: QWidget) -> bool:
    """Its text needs more room than it has."""
    match widget:
        case QAbstractButton():
            return bool(widget.text()) and widget.width() < widget.minimumSizeHint().width()
        case QLabel():
            wide = widget.fontMetrics().horizontalAdvance(widget.text())
            is_line = (
                not widget.wordWrap() and "\n" not in widget.text() and "<" not in widget.text()
            )
            return is_line and wide > widget.contentsRect().width() + 1
        case QMenuBar():
            shown = (widget.actionGeometry(action).right() for action in widget.actions())
            return max(shown, default=0) > widget.width()
        case _:
            return False


def cut_titles(head: QHeaderView) -> Iterator[str]:
    """Columns of a table that are narrower than their titles."""
    if head.orientation() is not Qt.Orientation.Horizontal:
        return
    for column, title in enumerate(titles(head)):
        option = QStyleOptionHeader()
        margin = 2 * head.style().pixelMetric(QStyle.PixelMetric.PM_HeaderMargin, option, head)
        wide = head.fontMetrics().horizontalAdvance(title) + margin
        if not head.isSectionHidden(column) and wide > head.sectionSize(column):
            yield f"column {title}"


class Reader:
    """Looks at one surface after the other; every fault is told once."""

    def __init__(self, known: frozenset[str]) -> None:
        self.known = known
        self.unsaid: dict[str, str] = {}
        self.cut: dict[str, str] = {}
        self.seen = 0

    def read(self, where: str, windows: list[QWidget]) -> None:
        """All that is visible in these windows, and every menu, open or not."""
        for window in windows:
            for widget in [window, *window.findChildren(QWidget)]:
                if widget.isVisible() or isinstance(widget, QMenu):
                    self._look(where, widget)

    def _look(self, where: str, widget: QWidget) -> None:
        shown = [text for text in texts(widget) if text]
        self.seen += len(shown)
        for text in shown:
            left = [word for word in _WORD.findall(text) if word.casefold() not in self.known]
            if left:
                self.unsaid.setdefault(text, where)
        if widget.isVisible() and is_cut(widget):
            self.cut.setdefault(f"{type(widget).__name__} {shown[-1:]}", where)
        if isinstance(widget, QHeaderView) and widget.isVisible():
            for title in cut_titles(widget):
                self.cut.setdefault(title, where)


def vocabulary(home: Path) -> frozenset[str]:
    """Words of the day's own data: streets, people, goods, numbers."""
    data = " ".join((home / name).read_text("utf-8") for name in ("orders.csv", "fleet.csv"))
    return frozenset(word.casefold() for word in _WORD.findall(data + OWN_WORDS))


async def play(desktop: Desktop) -> None:
    """Open one surface after the other, look at it, close it."""
    home, shots = Path(sys.argv[1]), Path(sys.argv[4]) if len(sys.argv) > 4 else None
    reader = Reader(vocabulary(home))
    await desktop.conductor.settled()
    sides, painted = docks_of(desktop), painted_of(desktop)
    for deed in DEEDS:
        desktop.trigger(deed)
        for _ in range(3):
            await desktop.conductor.settled() if deed.startswith("view") else None
            await asyncio.sleep(0.02)
        if deed == "view_board":
            painted |= lanes_of(desktop)
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        reader.read(deed, shown)
        if shots:
            picture(shown, desktop.window, shots / f"{deed}.png")
        for window in shown:
            if window is not desktop.window:
                window.close()
        await asyncio.sleep(0.02)
    told = {"unsaid": reader.unsaid, "cut": reader.cut, "seen": reader.seen, "docks": sides}
    told["painted"] = painted
    told["guide"] = desktop.guide.window.title.text() if desktop.guide.window else ""
    print(json.dumps(told, ensure_ascii=False), flush=True)
    desktop.window.close()


def picture(shown: list[QWidget], window: QWidget, file: Path) -> None:
    """The topmost window."""
    others = [each for each in shown if each is not window and each.isWindow()]
    (others or [window])[-1].grab().save(str(file))


def docks_of(desktop: Desktop) -> dict[str, int]:
    """Where the middle of each dock at a side lies, in percent of the window's width."""
    window = desktop.window
    found: dict[str, int] = {}
    for dock in window.findChildren(QDockWidget):
        if dock.isVisible() and window.dockWidgetArea(dock) in SIDES:
            middle = dock.mapTo(window, dock.rect().center()).x()
            found[dock.objectName()] = round(100 * middle / window.width())
    return found


def painted_of(desktop: Desktop) -> dict[str, int]:
    """The same of what is painted by hand: the first step of the day, drivers, the first hour."""
    panes = desktop.panes
    bar, view = panes.strip.bar, panes.timeline
    clock = view.clock_area.center().x()
    drivers = next(x for x in (4, view.viewport().width() - 4) if view.is_beside(QPoint(x, 40)))
    spots = {
        "first step": bar.mapTo(desktop.window, bar.box(0).center()),
        "last step": bar.mapTo(desktop.window, bar.box(len(bar.steps) - 1).center()),
        "drivers": view.viewport().mapTo(desktop.window, QPoint(drivers, 40)),
        "clock": view.viewport().mapTo(desktop.window, QPoint(clock, 40)),
    }
    return {name: round(100 * spot.x() / desktop.window.width()) for name, spot in spots.items()}


def lanes_of(desktop: Desktop) -> dict[str, int]:
    """Where the lane of what waits and that of the first driver lie."""
    board = desktop.panes.board
    names = zip(("waiting lane", "first lane"), board.order, strict=False)
    middles = {name: board.lane_rect(lane).center() for name, lane in names}
    spots = {name: board.viewport().mapTo(desktop.window, at) for name, at in middles.items()}
    return {name: round(100 * spot.x() / desktop.window.width()) for name, spot in spots.items()}


def main(home: Path, folder: Path) -> int:
    """A window on the store in ``folder``."""
    application()
    lanes = ThreadLanes()
    console = open_console(Settings(home, "Ada", 2), lanes, store=folder / "store")
    services = replace(console.services, clock=Yesterday())
    options = Options(folder, Choice.LIGHT, size=(1280, 800), service_day=DAY, locale="de_DE")
    code = run(services, options, play)
    console.close()
    lanes.close()
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
