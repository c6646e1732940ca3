"""Stops dropped on the list: behind the stop of a row, or off their routes."""

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QListView

from console.domain.plan import StopId
from console.ui.drag import Dragged, Place, stops_in
from console.ui.droptag import DropTag
from console.ui.hands import Hands
from console.ui.ink import Ink
from console.ui.orders.model import ROLE_STOP
from console.ui.surface.dropping import AS_PICKED, FORCE
from console.ui.theme.theme import Theme


class ListDrops(QObject):
    """Watches the drag events of a list of stops; a tag at the pointer says what would follow."""

    def __init__(self, view: QListView, hands: Hands, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._hands, self._theme = view, hands, theme
        self.drag: Dragged | None = None
        self.place: Place | None = None
        self._tag = DropTag(view.viewport(), Ink(theme))
        theme.changed.connect(self._dress)
        view.viewport().setAcceptDrops(True)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the drags of stops; everything else goes its usual way."""
        kind = event.type()
        if kind is QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            return self._entered(event)
        if self.drag is None:
            return super().eventFilter(watched, event)
        if kind is QEvent.Type.DragMove and isinstance(event, QDragMoveEvent):
            self._moved(self.drag, event)
        elif kind is QEvent.Type.DragLeave:
            self.end()
        elif kind is QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._dropped(self.drag, event)
        else:
            return super().eventFilter(watched, event)
        return True

    def end(self) -> None:
        """Forget the drag."""
        self.drag = self.place = None
        self._tag.hide()

    def place_at(self, point: QPoint) -> Place:
        """Behind the stop of the row there; off the routes where that one waits, or none is."""
        index = self._view.indexAt(point)
        stop = StopId(str(index.data(ROLE_STOP))) if index.isValid() else None
        entry = self._hands.picture.plan.stops.get(stop) if stop else None
        if entry is None or entry.route is None:
            return Place(None)
        return Place(entry.route, entry.id)

    def _entered(self, event: QDragEnterEvent) -> bool:
        plan = self._hands.picture.plan
        known = [stop for stop in stops_in(event.mimeData()) if stop in plan.stops]
        if not known:
            return False
        self.drag = Dragged(self._hands, known)
        event.acceptProposedAction()
        return True

    def _moved(self, drag: Dragged, event: QDragMoveEvent) -> None:
        point = event.position().toPoint()
        place = self.place_at(point)
        if place != self.place:
            self.place = place
            self._tag.say(drag, place)
        self._tag.hang(point)
        if drag.blocked(place.route):
            event.ignore()
        else:
            event.acceptProposedAction()

    def _dropped(self, drag: Dragged, event: QDropEvent) -> None:
        place, keys = self.place_at(event.position().toPoint()), event.modifiers()
        self.end()
        event.acceptProposedAction()
        if not drag.blocked(place.route):
            drag.drop(place, forced=bool(keys & FORCE), as_picked=bool(keys & AS_PICKED))

    def _dress(self) -> None:
        self._tag.ink = Ink(self._theme)
