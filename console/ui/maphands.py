"""Stops dragged out of the map and dropped on its routes; the timeline shows what would follow."""

from typing import Protocol

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QDragMoveEvent, QDropEvent

from console.domain.plan import RouteId, StopId
from console.ui.drag import Dragged, Place, start_drag
from console.ui.dropwatch import DropWatch
from console.ui.hands import Hands
from console.ui.map.view import MapView
from console.ui.selection import Selection
from console.ui.theme.theme import Theme


class Beside(Protocol):
    """A view that shows what the drop would do to every route."""

    def begin(self, stops: Dragged) -> None: ...

    def aim(self, place: Place | None) -> None: ...

    def end(self) -> None: ...


class MapHands(DropWatch):
    """Watches the map's drag events; what lies under the pointer is asked of the page."""

    def __init__(
        self, view: MapView, hands: Hands, *, selection: Selection, theme: Theme, beside: Beside
    ) -> None:
        super().__init__(view, hands, theme, view)
        self._view, self._selection, self._beside = view, selection, beside
        self._pointer = QPoint()
        self._asks = False
        self._again = False
        view.stopDragged.connect(self._pulled)

    def begin(self, drag: Dragged) -> None:
        """The view beside shows what the drop would do to every route."""
        super().begin(drag)
        self._view.set_dragging(on=True)
        self._beside.begin(drag)

    def end(self) -> None:
        """Forget the drag."""
        super().end()
        self._view.set_preview(None)
        self._view.set_dragging(on=False)
        self._view.light_route(self._selection.route)
        self._beside.end()

    def _moved(self, drag: Dragged, event: QDragMoveEvent) -> None:
        """A place that is still being asked for is not refused: it may be good."""
        self._ask(event.position().toPoint())
        if self.place is not None and drag.blocked(self.place.route):
            event.ignore()
        else:
            event.acceptProposedAction()

    def _ask(self, point: QPoint) -> None:
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
            self._ask(self._pointer)

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

    def _landing(self, event: QDropEvent) -> Place | None:
        return self.place

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
