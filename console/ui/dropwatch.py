"""Stops dropped on a view that is not painted by us: its drag events are watched."""

from abc import abstractmethod

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from console.ui.drag import Dragged, Place, stops_in
from console.ui.droptag import DropTag
from console.ui.hands import Hands
from console.ui.ink import Ink
from console.ui.surface.dropping import AS_PICKED, FORCE
from console.ui.theme.theme import Theme
from console.ui.whole import require_whole


class DropWatch(QObject):
    """``drag`` while stops hang over ``target``, ``place`` where they would land."""

    def __init__(self, target: QWidget, hands: Hands, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        require_whole(type(self))
        self._hands, self._theme = hands, theme
        self.drag: Dragged | None = None
        self.place: Place | None = None
        self._tag = DropTag(target, Ink(theme))
        theme.changed.connect(self._dress)
        target.setAcceptDrops(True)
        target.installEventFilter(self)

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

    def begin(self, drag: Dragged) -> None:
        """Stops came in."""
        self.drag = drag

    def end(self) -> None:
        """Forget the drag."""
        self.drag = self.place = None
        self._tag.hide()

    @abstractmethod
    def _moved(self, drag: Dragged, event: QDragMoveEvent) -> None:
        """The pointer went on: find ``place``, say it, accept or refuse."""

    @abstractmethod
    def _landing(self, event: QDropEvent) -> Place | None:
        """Where a drop just there lands; None does nothing."""

    def _entered(self, event: QDragEnterEvent) -> bool:
        plan = self._hands.picture.plan
        known = [stop for stop in stops_in(event.mimeData()) if stop in plan.stops]
        if known:
            self.begin(Dragged(self._hands, known))
            event.acceptProposedAction()
        return bool(known)

    def _dropped(self, drag: Dragged, event: QDropEvent) -> None:
        place, keys = self._landing(event), event.modifiers()
        self.end()
        event.acceptProposedAction()
        if place is not None and not drag.blocked(place.route):
            drag.drop(place, forced=bool(keys & FORCE), as_picked=bool(keys & AS_PICKED))

    def _dress(self) -> None:
        self._tag.ink = Ink(self._theme)
