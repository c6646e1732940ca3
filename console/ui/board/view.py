"""The board: one lane a driver, the stops as cards; what has no driver stands at the left."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent

from console.dispatch.picture import PictureChange
from console.domain.plan import StopId
from console.tongues import tr
from console.ui.board.cards import Mood
from console.ui.board.faces import (
    CardFace,
    LandingCards,
    gaps_of,
    lane_face,
    stops_of,
    waiting_face,
)
from console.ui.board.lanes import LanePainter, LaneSpot, LaneState
from console.ui.board.layout import GUTTER, Column, Columns, Sizes, lane_at, lane_width
from console.ui.drag import Place
from console.ui.hands import Hands
from console.ui.ink import is_mirrored, sided
from console.ui.labels import route_label
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.surface.base import LaneId
from console.ui.surface.dropping import edge_step
from console.ui.surface.picking import MenuMaker, PickView
from console.ui.theme.theme import Theme

_ALONG = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
_ACROSS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
_STEP = 46


class BoardView(PickView):
    """Lanes side by side under fixed heads; only what is in sight is painted.

    Lanes and cards are counted from the side one reads from: x is turned round where a point comes
    in and where a box goes out (``_counted``), and by the ink.

    Stops are dragged in and out as ``application/x-doorstep-stops``. ``menu`` makes the context
    menu for the present selection.
    """

    def __init__(
        self,
        hands: Hands,
        signals: Signals,
        selection: Selection,
        theme: Theme,
        *,
        menu: MenuMaker | None = None,
    ) -> None:
        super().__init__(hands, signals, selection, theme, menu=menu)
        self.sizes = Sizes.scaled(theme.scale)
        self.columns: Columns[LaneId] = Columns(self._column)
        self._heights: dict[LaneId, int] = {}
        self.order: list[LaneId] = []
        self.width_of_lane = 0
        self.landing: Mapping[StopId, CardFace] = {}
        self.waiting_scroll = 0
        self.setAccessibleName(tr("Board"))
        self.setObjectName("board")
        self.verticalScrollBar().setSingleStep(_STEP)
        self.rebuild(None)

    def lanes(self) -> list[tuple[LaneId, tuple[StopId, ...]]]:
        return [(lane, stops_of(self.picture, lane)) for lane in self.order]

    def rebuild(self, change: PictureChange | None) -> None:
        routes = self.picture.plan.routes
        if change is None or set(self.order[1:]) != set(routes):
            self.sizes = Sizes.scaled(self.theme.scale)
            numbered = sorted(routes, key=lambda r: (route_label(self.picture, r).number, r))
            self.order = [None, *numbered]
            self.columns.clear()
            self._heights = {lane: self._height(lane) for lane in self.order}
            self.fit_bars()
            self.viewport().update()
            return
        changed: set[LaneId] = {route for route in change.routes if route in routes}
        changed |= self._lanes_of(change)
        for lane in changed:
            self.columns.pop(lane, None)
            self._heights[lane] = self._height(lane)
        self.fit_bars()
        self.repaint_lanes(changed)

    def _lanes_of(self, change: PictureChange) -> set[LaneId]:
        """The lanes that hold, or held, a changed stop."""
        plans = (change.before.plan, change.after.plan)
        entries = (plan.stops.get(stop) for stop in change.stops for plan in plans)
        lanes = {entry.route for entry in entries if entry is not None}
        return {lane for lane in lanes if lane in self._heights}

    def _height(self, lane: LaneId) -> int:
        """A lane's height without its cards: they are made where somebody looks."""
        return self.sizes.lane(len(stops_of(self.picture, lane)), gaps_of(self.picture, lane))

    def _column(self, lane: LaneId) -> Column:
        face = waiting_face(self.picture) if lane is None else lane_face(self.picture, lane)
        return Column(face, self.sizes)

    def fit_bars(self) -> None:
        room = self.viewport().size()
        count = max(0, len(self.order) - 1)
        scale = self.theme.scale
        self.width_of_lane = lane_width(room.width(), count + 1, scale)
        step = self.width_of_lane + GUTTER
        across = self.horizontalScrollBar()
        across.setRange(0, max(0, count * step - (room.width() - step)))
        across.setPageStep(max(1, room.width() - step))
        across.setSingleStep(step)
        down = self.verticalScrollBar()
        below = room.height() - self.sizes.head
        down.setRange(
            0, max(0, max((self._heights[lane] for lane in self.order[1:]), default=0) - below)
        )
        down.setPageStep(max(1, below))
        self.scroll_waiting(self.waiting_scroll)

    def _counted(self, box: QRect) -> QRect:
        """A box of the viewport counted from the side one reads from, or back again."""
        return sided(QRectF(box), self.viewport()).toRect()

    def _across(self, point: QPoint) -> int:
        """How far a point is from that side."""
        return self._counted(QRect(point, QSize(1, 1))).x()

    def lane_x(self, i: int) -> int:
        """Where lane i of ``order`` begins, the waiting lane being 0 and never scrolled."""
        step = self.width_of_lane + GUTTER
        return 0 if i == 0 else i * step - self.horizontalScrollBar().value()

    def scrolled_area(self) -> QRect:
        fixed = self.width_of_lane + GUTTER
        return self._counted(self.viewport().rect().adjusted(fixed, self.sizes.head, 0, 0))

    def scroll_aside(self, point: QPoint) -> bool:
        was = self.waiting_scroll
        if self.lane_of_point(point) == 0:
            above = point.y() - self.sizes.head
            step = edge_step(above, self.viewport().height() - point.y())
            self.scroll_waiting(was + step)
        return self.waiting_scroll != was

    def lane_rect(self, lane: LaneId) -> QRect:
        if lane not in self._heights:
            return QRect()
        return self._counted(self._lane_box(self.order.index(lane)))

    def _lane_box(self, i: int) -> QRect:
        return QRect(self.lane_x(i), 0, self.width_of_lane, self.viewport().height())

    def lane_of_point(self, point: QPoint) -> int | None:
        """The index in ``order`` of the lane at a point."""
        step, x = self.width_of_lane + GUTTER, self._across(point)
        if x < step:
            return 0 if x >= 0 else None
        x += self.horizontalScrollBar().value() - step
        i = lane_at(x, self.width_of_lane, len(self.order) - 1)
        return None if i is None else i + 1

    def head_at(self, point: QPoint) -> LaneId:
        i = self.lane_of_point(point)
        return self.order[i] if i is not None and point.y() < self.sizes.head else None

    def stop_at(self, point: QPoint) -> StopId | None:
        i = self.lane_of_point(point)
        if i is None or point.y() < self.sizes.head:
            return None
        column = self.columns[self.order[i]]
        card = column.card_at(self._depth(point))
        return None if card is None else column.face.cards[card].stop

    def _depth(self, point: QPoint) -> int:
        i = self.lane_of_point(point)
        scrolled = self.scrolled(None if i is None else self.order[i])
        return point.y() - self.sizes.head + scrolled

    def scrolled(self, lane: LaneId) -> int:
        """How far a lane is scrolled: the waiting one for itself, all others together."""
        return self.waiting_scroll if lane is None else self.verticalScrollBar().value()

    def scroll_waiting(self, to: int) -> None:
        """Scroll the waiting lane, as far as there is something to see."""
        room = self.viewport().height() - self.sizes.head
        most = max(0, self._heights[None] - room)
        self.waiting_scroll = max(0, min(to, most))
        self.repaint_lanes([None])

    def place_at(self, point: QPoint) -> Place | None:
        i = self.lane_of_point(point)
        if i is None or self.drag is None:
            return None
        lane = self.order[i]
        if lane is None:
            return Place(None)
        if point.y() < self.sizes.head:
            return Place(lane, best=True)
        return self._place_in(self.columns[lane], self._depth(point))

    def _place_in(self, column: Column, y: int) -> Place:
        opened = self.opening(column.face.route)
        if opened is not None and self.place is not None:
            slot, height = opened
            top = column.gap_top(slot)
            if y >= top + height:
                y -= height
            elif y >= top and not self.place.best:
                return self.place
        moving = self.drag.moving if self.drag else frozenset[StopId]()
        return Place(column.face.route, column.after(column.slot_at(y), moving))

    def opening(self, lane: LaneId) -> tuple[int, int] | None:
        """(slot, height in px) of the gap that a lane opens for the drop; None when it does not."""
        drag, place = self.drag, self.place
        if drag is None or place is None or lane is None or place.route != lane:
            return None
        if drag.blocked(lane) or drag.is_noop(place):
            return None
        slot = self.columns[lane].slot_behind(drag.landing(place))
        return slot, round(self.sizes.landing(len(drag.stops)) * self.gap)

    def aim(self, place: Place | None) -> None:
        super().aim(place)
        schedule = self.preview.schedule if self.preview else None
        self.landing = LandingCards(self.picture, schedule) if schedule else {}

    def end(self) -> None:
        self.landing = {}
        super().end()

    def stops_in(self, box: QRect) -> tuple[StopId, ...]:
        found: list[StopId] = []
        box = self._counted(box)
        for i, lane in enumerate(self.order):
            x = self.lane_x(i)
            if x <= box.right() and x + self.width_of_lane >= box.left():
                column = self.columns[lane]
                zero = self.scrolled(lane) - self.sizes.head
                span = column.span(box.top() + zero, box.bottom() + zero)
                found += [column.face.cards[k].stop for k in span]
        return tuple(found)

    def stop_rect(self, stop: StopId) -> QRect:
        lane = self.lane_of(stop)
        column = self.columns[lane]
        if stop not in column.index:
            return QRect()
        y = self.sizes.head + column.top(column.index[stop]) - self.scrolled(lane)
        x = self.lane_x(self.order.index(lane))
        return self._counted(QRect(x, y, self.width_of_lane, self.sizes.card))

    def reveal(self, stop: StopId) -> None:
        box = self.stop_rect(stop)
        if box.isNull():
            return
        room, box = self.viewport().rect(), self._counted(box)
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        over = box.top() - self.sizes.head - self.sizes.gap
        under = box.bottom() + self.sizes.gap - room.bottom()
        step = min(0, over) or max(0, under)
        if self.lane_of(stop) is None:
            self.scroll_waiting(self.waiting_scroll + step)
        else:
            down.setValue(down.value() + step)
            short = box.left() - self.width_of_lane - GUTTER
            beyond = box.right() - room.right()
            across.setValue(across.value() + (min(0, short) or max(0, beyond)))

    def along(self, key: int) -> tuple[int, int] | None:
        along, across = {**_ALONG, **_ACROSS}.get(Qt.Key(key), (0, 0))
        step = (along, -across if is_mirrored(self.viewport()) else across)
        return step if any(step) else None

    def nearest(self, stop: StopId, others: tuple[StopId, ...]) -> StopId:
        """The card at the same height."""
        column, target = (self.columns[self.lane_of(each)] for each in (stop, others[0]))
        slot = target.card_at(column.top(column.index[stop]) + self.sizes.card // 2)
        return others[min(slot if slot is not None else len(others) - 1, len(others) - 1)]

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        if self.lane_of_point(event.position().toPoint()) == 0 and not delta.x():
            self.scroll_waiting(self.waiting_scroll - delta.y())
            event.accept()
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not delta.x():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - delta.y())
            event.accept()
            return
        super().wheelEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Shift what is painted and paint the rest; while dragging paint all, frames and gap."""
        if self.drag is not None or self.band is not None:
            self.viewport().update()
            return
        room, fixed = self.viewport().rect(), self.scrolled_area()
        if dx:
            fixed_too = QRect(fixed.x(), room.y(), fixed.width(), room.height())
            shift = -dx if is_mirrored(self.viewport()) else dx
            self.viewport().scroll(shift, 0, fixed_too)
        if dy:
            self.viewport().scroll(0, dy, fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            dirty = event.region()  # two lanes that stand apart, not all that lies between them
            painter.fillRect(event.rect(), self.ink.color("bg"))
            ink = self.ink.sided(self.viewport())
            lanes = LanePainter(ink, self.sizes, self.picture.currency)
            room = self.viewport().rect()
            for i in range(len(self.order) - 1, -1, -1):
                fixed = 0 if i == 0 else self.width_of_lane + GUTTER
                box = self._lane_box(i)
                shown = self._counted(box & room.adjusted(fixed, 0, 0, 0))
                seen = self._counted(dirty.intersected(shown).boundingRect())
                if not seen.isEmpty():
                    painter.setClipRect(self._counted(seen))
                    lane = self.order[i]
                    spot = LaneSpot(box, seen, self.scrolled(lane))
                    lanes.paint(painter, self.columns[lane], spot, self._state(lane))
            painter.setClipping(False)
            self.paint_band(painter)

    def _state(self, lane: LaneId) -> LaneState:
        opening = self.opening(lane)
        landing: Mapping[StopId, CardFace] = self.landing if opening else {}
        stops = self.drag.stops if self.drag and opening else ()
        return LaneState(
            self._mood,
            self.verdict(lane),
            opening,
            [landing[stop] for stop in stops if stop in landing],
            landing,
            self.is_target(lane),
            lane is not None and lane == self.selection.route,
            self.selection.holder,
        )

    def _mood(self, stop: StopId) -> Mood:
        mood = Mood.REST
        if stop == self.hovered:
            mood |= Mood.HOVERED
        if stop in self.selection:
            mood |= Mood.SELECTED
        if self.is_moving(stop):
            mood |= Mood.MOVING
        if stop == self.current and self.is_keyed and self.hasFocus():
            mood |= Mood.FOCUSED
        return mood
