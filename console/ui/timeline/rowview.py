"""Where rows and bars of the timeline are, and what is at a point."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, Qt, Signal

from console.dispatch.picture import PictureChange
from console.domain.plan import RouteId, StopId
from console.ui.drag import Place
from console.ui.hands import Hands
from console.ui.ink import is_mirrored
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.surface.base import LaneId
from console.ui.surface.picking import MenuMaker, PickView
from console.ui.theme.theme import Theme
from console.ui.timeline.faces import RowFace, row_face
from console.ui.timeline.rows import BADGE_REACH, Strip
from console.ui.timeline.scale import CELL, TimeScale, fitted

SORTS: dict[str, Callable[[RowFace], tuple[float, float]]] = {
    "number": lambda face: (face.label.number, 0),
    "finish": lambda face: (-face.span[1] if face.span else 0.0, face.label.number),
    "load": lambda face: (-face.fullness, face.label.number),
}
"""How rows can be sorted: by the driver's number, latest finish first, fullest first."""

_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
NARROW_NAME = 120
_GRAB = 4
"""How far beside a narrow bar one may click, px."""


class RowView(PickView):
    """Rows in order, the clock they stand on, and the scroll bars that fit them.

    ``turned`` tells the strip above that a drag came or went, the zoom or the rows changed.
    """

    turned = Signal()

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
        self.rows: dict[RouteId, RowFace] = {}
        self.order: list[RouteId] = []
        self.scale = TimeScale(0.0, 60.0)
        self.sorting = "number"
        # Time runs from the left in every language.
        self.horizontalScrollBar().setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.rebuild(None)

    @property
    def head_width(self) -> int:
        """The driver column, with the delta column while stops are dragged in from elsewhere.

        A drag that began here changes nothing under the pointer: the deltas take the place of
        plate and load.
        """
        tokens = self.theme.tokens.sizes
        foreign = self.drag is not None and not self.is_source
        return self.ink.px(sum(tokens["lane_head_drag"]) if foreign else tokens["lane_head_plan"])

    @property
    def clock_area(self) -> QRect:
        """Ruler and bars, beside the driver column, which stands on the side one reads from."""
        room, heads = self.viewport().rect(), self.head_width
        right = is_mirrored(self.viewport())
        return room.adjusted(0, 0, -heads, 0) if right else room.adjusted(heads, 0, 0, 0)

    def is_beside(self, point: QPoint) -> bool:
        """True in the driver column."""
        area, x = self.clock_area, point.x()
        return x > area.right() if is_mirrored(self.viewport()) else x < area.left()

    @property
    def name_width(self) -> int:
        """The driver column alone."""
        if self.drag is not None and self.is_source:
            return self.ink.px(NARROW_NAME)
        tokens = self.theme.tokens.sizes
        return self.ink.px(tokens["lane_head_drag"][0] if self.drag else tokens["lane_head_plan"])

    @property
    def ruler_height(self) -> int:
        """The ruler over the rows."""
        return self.theme.size("ruler")

    @property
    def row_height(self) -> int:
        """26 px; 30 while dragging, and at rest where all rows fit so."""
        tall = self.theme.size("row_timeline_drag")
        room = self.viewport().height() - self.ruler_height
        fits = len(self.order) * tall <= room
        return tall if self.drag or fits else self.theme.size("row_timeline")

    @property
    def zero(self) -> float:
        """The x of the clock's origin in the viewport."""
        return self.clock_area.left() - self.horizontalScrollBar().value()

    def lanes(self) -> list[tuple[LaneId, tuple[StopId, ...]]]:
        return [(route, self.rows[route].stops) for route in self.order]

    def rebuild(self, change: PictureChange | None) -> None:
        routes = self.picture.plan.routes
        if change is None or set(self.rows) != set(routes):
            self.rows = {route: row_face(self.picture, route) for route in routes}
            self.scale = self._clock()
            self.arrange()
            return
        changed = [route for route in change.routes if route in routes]
        for route in changed:
            self.rows[route] = row_face(self.picture, route)
        wider = replace(self._clock(), cell=self.scale.cell)
        if self.sorting != "number" or wider != self.scale:
            self.scale = wider
            self.arrange()
            return
        self.repaint_lanes(changed)
        self.turned.emit()

    def _clock(self) -> TimeScale:
        """A clock for all rows; its cells grow with the user's text size."""
        scale = fitted(self.rows.values(), self.picture, self.scale.zoom)
        return replace(scale, cell=self.ink.px(CELL))

    def arrange(self) -> None:
        """Sort the rows anew."""
        self.order = sorted(self.rows, key=lambda r: (SORTS[self.sorting](self.rows[r]), r))
        self.fit_bars()
        self.viewport().update()
        self.turned.emit()

    def fit_bars(self) -> None:
        room = self.viewport().size()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        seen = room.width() - self.head_width
        across.setRange(0, max(0, self.scale.width - seen))
        across.setPageStep(max(1, seen))
        across.setSingleStep(self.scale.cell)
        rows = room.height() - self.ruler_height
        down.setRange(0, max(0, len(self.order) * self.row_height - rows))
        down.setPageStep(max(1, rows))
        down.setSingleStep(self.row_height)

    def scrolled_area(self) -> QRect:
        return self.clock_area.adjusted(0, self.ruler_height, 0, 0)

    def row_rect(self, i: int) -> QRect:
        """Where row i is painted."""
        height = self.row_height
        y = self.ruler_height + i * height - self.verticalScrollBar().value()
        return QRect(0, y, self.viewport().width(), height)

    def lane_rect(self, lane: LaneId) -> QRect:
        if lane is None or lane not in self.rows:
            return QRect()
        return self.row_rect(self.order.index(lane)).adjusted(0, -BADGE_REACH - 2, 0, 4)

    def row_at(self, point: QPoint) -> RouteId | None:
        """The route whose row is at a point."""
        y = point.y() - self.ruler_height
        i = (y + self.verticalScrollBar().value()) // self.row_height
        return self.order[i] if y >= 0 and 0 <= i < len(self.order) else None

    def strip(self, route: RouteId) -> Strip:
        """Where a route's bars are."""
        row, area = self.row_rect(self.order.index(route)), self.clock_area
        box = QRect(area.left(), row.y(), area.width(), row.height())
        return Strip(box, self.zero, self.scale)

    def head_at(self, point: QPoint) -> LaneId:
        return self.row_at(point) if self.is_beside(point) else None

    def stop_at(self, point: QPoint) -> StopId | None:
        route = self.row_at(point)
        if route is None or self.is_beside(point):
            return None
        strip = self.strip(route)
        near: tuple[float, StopId] | None = None
        for bar in self.rows[route].bars:
            box = strip.bar((bar.start, bar.end))
            off = max(box.left() - point.x(), point.x() - box.right(), 0.0)
            if off <= _GRAB and (near is None or off < near[0]):
                near = (off, bar.stop)
        return near[1] if near else None

    def place_at(self, point: QPoint) -> Place | None:
        route = self.row_at(point)
        if route is None or self.drag is None:
            return None
        if self.is_beside(point):
            return Place(route, best=True)
        at = self.scale.minute(point.x() - self.zero)
        bars = self.rows[route].bars
        before = [b.stop for b in bars if b.middle < at and b.stop not in self.drag.moving]
        return Place(route, before[-1] if before else None)

    def stops_in(self, box: QRect) -> tuple[StopId, ...]:
        found: list[StopId] = []
        for i, route in enumerate(self.order):
            if self.row_rect(i).intersects(box):
                strip = self.strip(route)
                bars = self.rows[route].bars
                found += [b.stop for b in bars if strip.bar((b.start, b.end)).intersects(box)]
        return tuple(found)

    def stop_rect(self, stop: StopId) -> QRect:
        route = self.lane_of(stop)
        if route is None or route not in self.rows:
            return QRect()
        bars = (bar for bar in self.rows[route].bars if bar.stop == stop)
        bar = next(bars, None)
        return self.strip(route).bar((bar.start, bar.end)).toRect() if bar else QRect()

    def reveal(self, stop: StopId) -> None:
        box = self.stop_rect(stop)
        if box.isNull():
            return
        room, area = self.viewport().rect(), self.clock_area
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        left = box.left() - area.left() - self.scale.cell
        right = box.right() + self.scale.cell - area.right()
        across.setValue(across.value() + (min(0, left) or max(0, right)))
        row = self.row_rect(self.order.index(RouteId(self.lane_of(stop) or "")))
        over, under = row.top() - self.ruler_height, row.bottom() - room.bottom()
        down.setValue(down.value() + (min(0, over) or max(0, under)))

    def along(self, key: int) -> tuple[int, int] | None:
        return _KEYS.get(Qt.Key(key))

    def nearest(self, stop: StopId, others: tuple[StopId, ...]) -> StopId:
        """The bar nearest in time."""
        bars = {bar.stop: bar for face in self.rows.values() for bar in face.bars}
        here = bars[stop].middle
        return min(others, key=lambda other: abs(bars[other].middle - here))
