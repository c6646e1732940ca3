"""Stops dropped on the list: behind the stop of a row, or off their routes."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QListView

from console.domain.plan import StopId
from console.ui.drag import Dragged, Place
from console.ui.dropwatch import DropWatch
from console.ui.hands import Hands
from console.ui.orders.model import ROLE_STOP
from console.ui.theme.theme import Theme


class ListDrops(DropWatch):
    """A tag at the pointer says what would follow."""

    def __init__(self, view: QListView, hands: Hands, theme: Theme) -> None:
        super().__init__(view.viewport(), hands, theme, view)
        self._view = view

    def place_at(self, point: QPoint) -> Place:
        """Behind the stop of the row there; off the routes where that one waits, or none is."""
        index = self._view.indexAt(point)
        stop = StopId(str(index.data(ROLE_STOP))) if index.isValid() else None
        entry = self._hands.picture.plan.stops.get(stop) if stop else None
        if entry is None or entry.route is None:
            return Place(None)
        return Place(entry.route, entry.id)

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

    def _landing(self, event: QDropEvent) -> Place:
        return self.place_at(event.position().toPoint())
