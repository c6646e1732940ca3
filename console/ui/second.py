"""A window for the second monitor: the map, the board or the timeline by itself."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget


class SecondWindow(QWidget):
    """Holds one view of the first window for a while; ``closed`` is told, the view lives on."""

    def __init__(self, title: str, actions: Sequence[QAction], closed: Callable[[], None]) -> None:
        super().__init__()
        self._closed = closed
        self._ends = False
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setObjectName("second")
        self.setMinimumSize(640, 400)
        self.addActions(actions)  # the same shortcuts work here
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)

    def hold(self, view: QWidget) -> None:
        """Show a view; on another screen than the first window's, where there is one."""
        self._rows.addWidget(view)
        view.show()

    def stand_aside(self, other: QWidget) -> None:
        """On a further screen as large as it is, else beside the middle of the same one."""
        free = [screen for screen in QGuiApplication.screens() if screen is not other.screen()]
        if free:
            self.setGeometry(free[0].availableGeometry())
        else:
            room = other.geometry()
            self.resize(room.width() * 3 // 4, room.height() * 3 // 4)
            self.move(room.x() + 60, room.y() + 80)

    def end(self) -> None:
        """Close without telling anybody: the first window closes, or took its view back."""
        self._ends = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not self._ends:
            self._closed()
