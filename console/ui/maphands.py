"""Stops dragged out of the map and dropped on its routes; the timeline shows what would follow."""

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from console.domain.plan import RouteId, StopId
from console.ui.drag import Dragged, Place, start_drag, stops_in
from console.ui.droptag import DropTag
from console.ui.hands import Hands
from console.ui.ink import Ink
from console.ui.map.view import MapView
from console.ui.selection import Selection
from console.ui.surface.dropping import AS_PICKED, FORCE
from console.ui.theme.theme import Theme


class Beside(Protocol):
    """A view that shows what the drop would do to every route."""

    def begin(self, stops: Dragged) -> None: ...

    def aim(self, place: Place | None) -> None: ...

    def end(self) -> None: ...


class MapHands(QObject):
    """Watches the map's drag events; what lies under the pointer is asked of the page."""

    def __init__(
        self, view: MapView, hands: Hands, *, selection: Selection, theme: Theme, beside: Beside
    ) -> None:
        super().__init__(view)
        self._view, self._hands, self._theme = view, hands, theme
        self._selection, self._beside = selection, beside
        self.drag: Dragged | None = None
        self.place: Place | None = None
        self._pointer = QPoint()
        self._asks = False
        self._again = False
        self._tag = DropTag(view, Ink(theme))
        theme.changed.connect(self._dress)
        view.setAcceptDrops(True)
        view.installEventFilter(self)
        view.stopDragged.connect(self._pulled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the drags of stops; everything else goes its usual way."""
        kind = event.type()
        if kind is QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            return self._entered(event)
        if self.drag is None:
            return super().eventFilter(watched, event)
        if kind is QEvent.Type.DragMove and isinstance(event, QDragMoveEvent):
            self._moved(event.position().toPoint())
            self._answer(event, self.place)
        elif kind is QEvent.Type.DragLeave:
            self.end()
        elif kind is QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._dropped(event)
        else:
            return super().eventFilter(watched, event)
        return True

    def end(self) -> None:
        """Forget the drag."""
        self.drag = self.place = None
        self._tag.hide()
        self._view.set_preview(None)
        self._view.light_route(self._selection.route)
        self._beside.end()

    def _entered(self, event: QDragEnterEvent) -> bool:
        stops = stops_in(event.mimeData())
        known = [stop for stop in stops if stop in self._hands.picture.plan.stops]
        if not known:
            return False
        self.drag = Dragged(self._hands, known)
        self._beside.begin(self.drag)
        event.acceptProposedAction()
        return True

    def _moved(self, point: QPoint) -> None:
        """Ask for what is under the pointer; one question at a time, the newest last."""
        self._pointer = point
        if self.place is not None:
            self._tag.hang(point)
        if self._asks:
            self._again = True
            return
        self._asks = True
        self._view.under(point, self._found)

    def _found(self, route: str, stop: str) -> None:
        self._asks = False
        if self.drag is None:
            return
        self._aim(self._place(RouteId(route), StopId(stop)))
        if self._again:
            self._again = False
            self._moved(self._pointer)

    def _place(self, route: RouteId, stop: StopId) -> Place | None:
        """Behind the stop under the pointer, at the best place of a line, or nowhere."""
        drag = self.drag
        if drag is None or route not in drag.picture.plan.routes:
            return None
        if not stop or stop in drag.moving:
            return Place(route, best=True)
        return Place(route, stop)

    def _aim(self, place: Place | None) -> None:
        if self.drag is None or place == self.place:
            return
        self.place = place
        self._beside.aim(place)
        self._view.light_route(place.route if place else self._selection.route)
        if place is None:
            self._tag.hide()
            self._view.set_preview(None)
            return
        self._tag.say(self.drag, place)
        self._tag.hang(self._pointer)
        self._view.set_preview(self._course(self.drag, place))

    def _course(self, drag: Dragged, place: Place) -> list[tuple[float, float]] | None:
        """Through the stops in landing order, from one that stays to the next that does."""
        if place.route is None or drag.blocked(place.route) or drag.is_noop(place):
            return None
        picture = drag.picture
        order = picture.plan.routes[place.route].stops
        rest = [stop for stop in order if stop not in drag.moving]
        after = drag.landing(place)
        i = rest.index(after) + 1 if after is not None and after in rest else 0
        depot = picture.depots.get(picture.plan.routes[place.route].shift.place)
        labels = [
            picture.labels.get(s) for s in (*rest[max(0, i - 1) : i], *drag.stops, *rest[i : i + 1])
        ]
        points = [label.coordinate for label in labels if label is not None]
        ends = ([depot] if not i else [], [depot] if i == len(rest) else [])
        whole = [point for point in (*ends[0], *points, *ends[1]) if point is not None]
        return [(point.lat, point.lon) for point in whole]

    def _answer(self, event: QDropEvent, place: Place | None) -> None:
        """A place that is still being asked for is not refused: it may be good."""
        if self.drag is not None and place is not None and self.drag.blocked(place.route):
            event.ignore()
        else:
            event.acceptProposedAction()

    def _dropped(self, event: QDropEvent) -> None:
        drag, place, keys = self.drag, self.place, event.modifiers()
        self.end()
        event.acceptProposedAction()
        if drag is not None and place is not None and not drag.blocked(place.route):
            drag.drop(place, forced=bool(keys & FORCE), as_picked=bool(keys & AS_PICKED))

    def _pulled(self, key: str) -> None:
        """The page says that a stop is dragged; the drag begins once its message is done with."""
        QTimer.singleShot(0, lambda: self._start(StopId(key)))

    def _start(self, stop: StopId) -> None:
        plan = self._hands.picture.plan
        if stop not in plan.stops:
            return
        if stop not in self._selection:
            self._selection.pick([stop], plan.stops[stop].route)
        start_drag(self._view, self._hands, self._theme, self._selection.stops)
        if self.drag is not None:
            self.end()

    def _dress(self) -> None:
        self._tag.ink = Ink(self._theme)
