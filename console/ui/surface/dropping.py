"""A view that stops can be dropped on: the target, its verdict, and scrolling near the edges."""

from abc import abstractmethod

from PySide6.QtCore import QAbstractAnimation, QPoint, QRect, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QScrollBar

from console.dispatch.picture import DropPreview, PictureChange
from console.ui.drag import Dragged, Place, Verdict, stops_in
from console.ui.droptag import DropTag
from console.ui.hands import Hands
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.surface.base import LaneId, StopView
from console.ui.theme.theme import Theme

GAP_MS = 90  # LOOK section 10
SLICE_MS = 6.0
"""Of what every driver would cost, between two moves of the pointer."""
_EDGE = 36
_TICK_MS = 30
FORCE = Qt.KeyboardModifier.ShiftModifier
AS_PICKED = Qt.KeyboardModifier.AltModifier


class DropView(StopView):
    """``previewed`` carries the DropPreview under the pointer, None when there is none."""

    previewed = Signal(object)

    def __init__(self, hands: Hands, signals: Signals, selection: Selection, theme: Theme) -> None:
        super().__init__(hands, signals, selection, theme)
        self.drag: Dragged | None = None
        self.place: Place | None = None
        self.preview: DropPreview | None = None
        self.has_verdicts = False
        self.is_source = False
        self.gap = 1.0
        self._pointer = QPoint()
        self._tag = DropTag(self.viewport(), self.ink)
        self._edges = QTimer(self, interval=_TICK_MS)
        self._edges.timeout.connect(self._scroll_at_edges)
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._show_verdicts)
        self._opening = QVariantAnimation(self, startValue=0.0, endValue=1.0)
        self._opening.valueChanged.connect(self._open_gap)
        self.viewport().setAcceptDrops(True)
        self.setAcceptDrops(True)

    def verdict(self, lane: LaneId) -> Verdict | None:
        """What a lane says to the drop: at its best place, under the pointer just there.

        None at rest, and before it is known.
        """
        if self.drag is None:
            return None
        place = self.place
        if place is not None and place.route == lane and not place.best:
            return self.drag.judged(place)
        if self.has_verdicts:
            return self.drag.verdict(lane)
        blocked = self.drag.blocked(lane)
        return Verdict(blocked) if blocked else None

    def is_moving(self, stop: object) -> bool:
        """True for a stop that is being dragged."""
        return self.drag is not None and stop in self.drag.moving

    def is_target(self, lane: LaneId) -> bool:
        """True for the lane under the pointer."""
        return self.place is not None and self.place.route == lane

    @abstractmethod
    def scrolled_area(self) -> QRect:
        """The part of the viewport that scrolls: fixed heads and lanes left out."""

    @property
    def is_turned(self) -> bool:
        """True where scrolling on goes to the left, as in a language read from the right."""
        return self.horizontalScrollBar().isRightToLeft()

    def scroll_aside(self, point: QPoint) -> bool:
        """Scroll what scrolls for itself under the pointer; False when nothing moved."""
        return False

    def drag_turned(self) -> None:
        """A drag came in or went away: rows and heads may look otherwise."""
        self.viewport().update()

    def begin(self, stops: Dragged) -> None:
        """Show what dropping these stops would do."""
        self.drag = stops
        self.has_verdicts = False
        self.drag_turned()
        self._edges.start()
        self._ask.start()

    def aim(self, place: Place | None) -> None:
        """Point at a place, or at none."""
        if self.drag is None or place == self.place:
            return
        lanes = {p.route for p in (self.place, place) if p is not None}
        self.place = place
        wanted = place is not None and not self.drag.blocked(place.route)
        self.preview = self.drag.preview(place) if place is not None and wanted else None
        self.previewed.emit(self.preview)
        self._opening.stop()
        self._opening.setDuration(GAP_MS)
        self.gap = 0.0
        self._opening.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)
        self.repaint_lanes(lanes)

    def end(self) -> None:
        """Forget the drag."""
        if self.drag is None:
            return
        self._edges.stop()
        self._ask.stop()
        self._opening.stop()
        self._tag.hide()
        self.drag = self.place = self.preview = None
        self.gap = 1.0
        self.previewed.emit(None)
        self.drag_turned()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        stops = [s for s in stops_in(event.mimeData()) if s in self.picture.plan.stops]
        if not stops:
            event.ignore()
            return
        self.begin(Dragged(self.hands, stops))
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self.drag is None:
            event.ignore()
            return
        self._pointer = event.position().toPoint()
        self._retarget()
        if self.place is None or self.drag.blocked(self.place.route):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.end()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        drag, place = self.drag, self.place_at(event.position().toPoint())
        self.end()
        if drag is None or place is None or drag.blocked(place.route):
            event.ignore()
            return
        keys = event.modifiers()
        drag.drop(place, forced=bool(keys & FORCE), as_picked=bool(keys & AS_PICKED))
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()

    def _retarget(self) -> None:
        self.aim(self.place_at(self._pointer))
        if self.place is None or self.drag is None:
            self._tag.hide()
            return
        self._tag.say(self.drag, self.place)
        self._tag.hang(self._pointer)

    def _show_verdicts(self) -> None:
        if self.drag is None:
            return
        if not self.drag.try_routes(SLICE_MS):
            self._ask.start()  # what the pointer does comes first
            return
        for lane, _ in self.lanes():
            self.drag.verdict(lane)
        self.has_verdicts = True
        self.viewport().update()

    def _open_gap(self, value: object) -> None:
        self.gap = float(value) if isinstance(value, float) else 1.0
        if self.place is not None:
            self.repaint_lanes([self.place.route])

    def _scroll_at_edges(self) -> None:
        room, near = self.scrolled_area(), self._pointer
        if not room.contains(near):
            if self.scroll_aside(near):
                self._retarget()
            return
        across = near.x() - room.left(), room.right() - near.x()
        moved = _nudge(self.horizontalScrollBar(), *(across[::-1] if self.is_turned else across))
        moved |= _nudge(self.verticalScrollBar(), near.y() - room.top(), room.bottom() - near.y())
        if moved:
            self._retarget()

    def _follow_plan(self, change: PictureChange) -> None:
        super()._follow_plan(change)
        if self.drag is not None:
            alive = [stop for stop in self.drag.picked if stop in self.picture.plan.stops]
            self.end()
            if alive:
                self.begin(Dragged(self.hands, alive))

    def _follow_theme(self) -> None:
        super()._follow_theme()
        self._tag.ink = self.ink


def edge_step(before: int, behind: int) -> int:
    """How far to scroll for a pointer so many px from both edges: 0 in the middle."""
    if 0 <= before < _EDGE:
        return -((_EDGE - before) // 2) - 1
    return (_EDGE - behind) // 2 + 1 if 0 <= behind < _EDGE else 0


def _nudge(bar: QScrollBar, before: int, behind: int) -> bool:
    """Scroll by how deep the pointer is in an edge; False when nothing moved."""
    was = bar.value()
    bar.setValue(was + edge_step(before, behind))
    return bar.value() != was
