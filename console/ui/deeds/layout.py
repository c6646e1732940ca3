"""Deeds on the shape of the desk: panels that move, and windows for the second monitor."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from console.tongues import tr
from console.ui.caption import QUIET, Caption
from console.ui.layout import can_move, layout_state, let_move, usual_layout
from console.ui.notices import Notice
from console.ui.second import SecondWindow
from console.ui.window import BOARD, PLAN
from console.ui.workplace import Workplace

SECOND = "second"
MAP_VIEW, BOARD_VIEW, TIMELINE_VIEW = VIEWS = "map", "board", "timeline"
_PAGES = {MAP_VIEW: PLAN, BOARD_VIEW: BOARD}
_TITLES = {
    MAP_VIEW: tr("Doorstep: map"),
    BOARD_VIEW: tr("Doorstep: board"),
    TIMELINE_VIEW: tr("Doorstep: timeline"),
}
_GONE = {
    MAP_VIEW: tr("The map is in a window of its own."),
    BOARD_VIEW: tr("The board is in a window of its own."),
}


@dataclass(frozen=True, slots=True)
class Away:
    """A view in a window of its own; ``hole`` keeps its place in the first one."""

    window: SecondWindow
    hole: QWidget


class LayoutDeeds:
    """One method a deed; ``away`` are the views that stand in windows of their own."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self.away: dict[str, Away] = {}

    def move_panels(self) -> None:
        """Title bars to drag the panels by, or none again."""
        window = self._place.window
        on = not can_move(window)
        let_move(window, on=on)
        if on:
            text = tr("Drag the panels by their title bars, out of the window too.")
            label = tr("Done")
            notice = Notice(text, deed="move_panels", deed_label=label)
            self._place.conductor.tell(notice)

    def usual_layout(self) -> None:
        """Everything in its place again."""
        self.take_all_back()
        usual_layout(self._place.window)

    def map_window(self) -> None:
        """The map in a window of its own, or back in this one."""
        self._turn(MAP_VIEW)

    def board_window(self) -> None:
        """The board in a window of its own, or back in this one."""
        self._turn(BOARD_VIEW)

    def timeline_window(self) -> None:
        """The timeline in a window of its own, or back in this one."""
        self._turn(TIMELINE_VIEW)

    def _turn(self, name: str) -> None:
        if name in self.away:
            self.take_back(name)
        else:
            self.send_out(name)

    def send_out(self, name: str, box: QRect | None = None) -> None:
        """Put a view into a window of its own, at a place where one is known."""
        place, window = self._place, self._place.window
        back = partial(self.take_back, name)
        second = SecondWindow(_TITLES[name], place.actions.all, back)
        at = window.pages.currentIndex()
        if name == TIMELINE_VIEW:
            hole = window.timeline_leaves()
            second.hold(window.timeline_box)
        else:
            hole = self._empty(name)
            window.pages.insertWidget(_PAGES[name], hole)
            second.hold(self._view(name))
        if box is None:
            second.stand_aside(window)
        else:
            second.setGeometry(box)
        self.away[name] = Away(second, hole)
        second.show()
        window.show_page(self._page_beside(at))

    def _page_beside(self, at: int) -> int:
        """The page that was open, or the first of map and board that is still here."""
        gone = {_PAGES[name] for name in self.away if name in _PAGES}
        here = [page for page in (PLAN, BOARD) if page not in gone]
        return here[0] if at in gone and here else at

    def take_back(self, name: str) -> None:
        """A view stands in the first window again."""
        away = self.away.pop(name, None)
        if away is None:
            return
        window = self._place.window
        if name == TIMELINE_VIEW:
            window.timeline_returns(away.hole)
        else:
            at = window.pages.currentIndex()
            window.pages.insertWidget(_PAGES[name], self._view(name))
            window.pages.removeWidget(away.hole)
            window.pages.setCurrentIndex(at)
        away.hole.deleteLater()
        away.window.end()
        away.window.deleteLater()

    def take_all_back(self) -> None:
        """One window again."""
        for name in list(self.away):
            self.take_back(name)

    def restore(self, name: str, kept: str) -> None:
        """Open a view's own window where it was: ``x,y,width,height``."""
        parts = kept.split(",")
        if len(parts) == 4 and all(part.lstrip("-").isdigit() for part in parts):
            self.send_out(name, QRect(*(int(part) for part in parts)))

    def state(self) -> dict[str, str]:
        """What to keep of all windows; {} while a proposal is open."""
        state = layout_state(self._place.window)
        if state:
            for name, away in self.away.items():
                box = away.window.geometry()
                state[f"{SECOND} {name}"] = f"{box.x()},{box.y()},{box.width()},{box.height()}"
        return state

    def _view(self, name: str) -> QWidget:
        panes = self._place.panes
        return panes.board if name == BOARD_VIEW else panes.map_view

    def _empty(self, name: str) -> QWidget:
        """What stands where the view was."""
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows.addWidget(Caption(self._place.theme, QUIET, _GONE[name]))
        button = QPushButton(tr("Bring it back"))
        button.clicked.connect(partial(self.take_back, name))
        rows.addWidget(button, alignment=Qt.AlignmentFlag.AlignCenter)
        page.setFocusProxy(button)
        return page
