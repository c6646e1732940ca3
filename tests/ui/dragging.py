"""Drags without a mouse: the events Qt would send, sent by hand."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from console.ui.drag import stops_mime

MOVE, LEFT = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


class Drag:
    """One drag over a view; answers whether the view accepts."""

    def __init__(self, view, stops, *, keys=NO_KEY, mime=None):
        self.view, self.keys = view, keys
        self.mime = stops_mime(stops) if mime is None else mime

    def enter(self, point: QPoint) -> bool:
        return self._send(QDragEnterEvent(QPointF(point), MOVE, self.mime, LEFT, self.keys))

    def move(self, point: QPoint) -> bool:
        return self._send(QDragMoveEvent(QPointF(point), MOVE, self.mime, LEFT, self.keys))

    def leave(self) -> None:
        QApplication.sendEvent(self.view.viewport(), QDragLeaveEvent())

    def drop(self, point: QPoint) -> bool:
        return self._send(QDropEvent(QPointF(point), MOVE, self.mime, LEFT, self.keys))

    def to(self, point: QPoint) -> bool:
        """Enter, move there, let go."""
        self.enter(point)
        if not self.move(point):
            self.leave()
            return False
        return self.drop(point)

    def _send(self, event) -> bool:
        event.setDropAction(MOVE)
        event.ignore()
        QApplication.sendEvent(self.view.viewport(), event)
        return event.isAccepted()
