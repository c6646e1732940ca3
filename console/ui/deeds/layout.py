"""Deeds on the shape of the desk: panels that move, and a second window for the board."""

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


class LayoutDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self.second: SecondWindow | None = None
        self._hole: QWidget | None = None

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
        self.take_back()
        usual_layout(self._place.window)

    def board_window(self) -> None:
        """The board in a window of its own, or back in this one."""
        if self.second is None:
            self.send_out()
        else:
            self.take_back()

    def send_out(self, box: QRect | None = None) -> None:
        """Put the board into the second window, at a place where one is known."""
        place, window = self._place, self._place.window
        second = SecondWindow(tr("Doorstep: board"), place.actions.all, self.take_back)
        self._hole = self._empty()
        at = window.pages.currentIndex()
        window.pages.insertWidget(BOARD, self._hole)
        second.hold(place.panes.board)
        if box is None:
            second.stand_aside(window)
        else:
            second.setGeometry(box)
        self.second = second
        second.show()
        window.show_page(PLAN if at == BOARD else at)

    def take_back(self) -> None:
        """The board stands in the first window again."""
        second, hole, pages = self.second, self._hole, self._place.window.pages
        if second is None or hole is None:
            return
        self.second = self._hole = None
        at = pages.currentIndex()
        pages.insertWidget(BOARD, self._place.panes.board)
        pages.removeWidget(hole)
        pages.setCurrentIndex(at)
        hole.deleteLater()
        second.end()
        second.deleteLater()

    def restore(self, kept: str) -> None:
        """Open the second window where it was: ``x,y,width,height``."""
        parts = kept.split(",")
        if len(parts) == 4 and all(part.lstrip("-").isdigit() for part in parts):
            self.send_out(QRect(*(int(part) for part in parts)))

    def state(self) -> dict[str, str]:
        """What to keep of both windows; {} while a proposal is open."""
        state = layout_state(self._place.window)
        if state and self.second is not None:
            box = self.second.geometry()
            state[SECOND] = f"{box.x()},{box.y()},{box.width()},{box.height()}"
        return state

    def _empty(self) -> QWidget:
        """What stands where the board was."""
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows.addWidget(
            Caption(self._place.theme, QUIET, tr("The board is in a window of its own."))
        )
        button = QPushButton(tr("Bring it back"))
        button.clicked.connect(self.take_back)
        rows.addWidget(button, alignment=Qt.AlignmentFlag.AlignCenter)
        return page
