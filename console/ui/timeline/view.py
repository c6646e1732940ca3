"""The timeline: the day's routes along the clock, under a ruler and beside their drivers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent

from console.domain.plan import RouteId, StopId
from console.tongues import tr
from console.ui.drag import Dragged, Place
from console.ui.hands import Hands
from console.ui.ink import Pen, sided
from console.ui.prints import Prints
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.surface.base import LaneId
from console.ui.surface.picking import MenuMaker
from console.ui.theme.theme import Theme
from console.ui.timeline.faces import RowFace, Span, blended, minute, timed
from console.ui.timeline.heads import (
    NARROW,
    WIDE,
    Columns,
    Detail,
    HeadPainter,
    HeadState,
    paint_captions,
)
from console.ui.timeline.rows import BADGE_REACH, Look, RowPainter, RowState
from console.ui.timeline.ruler import paint_grid, paint_now, paint_ruler
from console.ui.timeline.scale import CELL, ZOOMS, best_zoom
from console.ui.timeline.stretching import StretchView

ROWS_KEPT = 64
"""Pictures of rows at rest: as many as a long day has drivers."""


class TimelineView(StretchView):
    """Rows of stop bars; only what is in sight is painted.

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
        self.trial: RowFace | None = None
        self.now: datetime | None = None
        self._planned: Mapping[RouteId, tuple[Span, ...]] = {}
        self.is_fitted = True
        self._states: dict[RouteId, RowState] = {}
        self._rows_at_rest, self._heads_at_rest = Prints(ROWS_KEPT), Prints(ROWS_KEPT)
        super().__init__(hands, signals, selection, theme, menu=menu)
        self.setAccessibleName(tr("Timeline"))
        self.setObjectName("timeline")

    def set_now(self, moment: datetime | None) -> None:
        """Draw the line of the present moment there, or nowhere."""
        for at in (self.now, moment):
            if at is not None:
                x = round(self.zero + self.scale.x(minute(at)))
                self.viewport().update(x - 40, 0, 80, self.viewport().height())
        self.now = moment

    def show_planned(self, planned: Mapping[RouteId, tuple[Span, ...]]) -> None:
        """Visits as they were planned, above what became of them; {} where nobody asks."""
        if planned != self._planned:
            self._planned = planned
            self.viewport().update()

    def set_zoom(self, zoom: int, anchor: int | None = None) -> None:
        """Minutes per ruler cell, one of ``ZOOMS``; ``anchor`` is the x that stays in place."""
        self.is_fitted = False
        if self.scale.cell != self.ink.px(CELL):
            self.scale = replace(self.scale, cell=self.ink.px(CELL))
        self._zoom_to(zoom, anchor)

    def _zoom_to(self, zoom: int, anchor: int | None = None) -> None:
        left = self.clock_area.left()
        x = left if anchor is None else max(anchor, left)
        held = self.scale.minute(x - self.zero)
        self.scale = self.scale.zoomed(zoom)
        self.fit_bars()
        self.horizontalScrollBar().setValue(round(self.scale.x(held) - (x - left)))
        self.viewport().update()
        self.turned.emit()

    def fit(self) -> None:
        """The finest zoom at which the whole day is in sight, kept until one is chosen by hand."""
        self.is_fitted = True
        room = self.viewport().width() - self.head_width
        self.scale = replace(self.scale, cell=self.ink.px(CELL))
        self.scale = self.scale.zoomed(best_zoom(self.scale, room)).squeezed(room)
        self._zoom_to(self.scale.zoom)
        self.horizontalScrollBar().setValue(0)

    def arrange(self) -> None:
        super().arrange()
        if self.is_fitted and self.drag is None:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_fitted and self.drag is None:
            self.fit()

    def set_sorting(self, sorting: str) -> None:
        """One of ``SORTS``."""
        self.sorting = sorting
        self.arrange()

    def aim(self, place: Place | None) -> None:
        super().aim(place)
        route = place.route if place else None
        schedule = self.preview.schedule if self.preview else None
        self.trial = None
        if route is None or schedule is None or self.drag is None or place is None:
            return
        if not self.drag.is_noop(place):
            self.trial = timed(self.picture, self.rows[route], schedule)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._pointer = event.position().toPoint()
        super().dragEnterEvent(event)

    def begin(self, stops: Dragged) -> None:
        self._keep_in_place(lambda: super(TimelineView, self).begin(stops))

    def end(self) -> None:
        self.trial = None
        if self.drag is not None:
            self._keep_in_place(super().end)

    def _keep_in_place(self, change: Callable[[], None]) -> None:
        """Let rows and columns take their size for a drag; the row under the pointer stays."""
        down, height = self.verticalScrollBar(), self.row_height
        i = (self._pointer.y() - self.ruler_height + down.value()) / height
        change()
        self.fit_bars()
        if self.is_source:
            down.setValue(round(down.value() + i * (self.row_height - height)))
        self.turned.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        keys, delta = event.modifiers(), event.angleDelta()
        if keys & Qt.KeyboardModifier.ControlModifier and delta.y():
            self._zoom_by(-1 if delta.y() > 0 else 1, round(event.position().x()))
        elif keys & Qt.KeyboardModifier.ShiftModifier and not delta.x():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - delta.y())
        else:
            super().wheelEvent(event)
            return
        event.accept()

    def _zoom_by(self, step: int, x: int) -> None:
        i = ZOOMS.index(self.scale.zoom) + step
        self.set_zoom(ZOOMS[max(0, min(len(ZOOMS) - 1, i))], x)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Shift the rows and paint what comes into sight; sideways and in a drag paint all."""
        busy = self.drag is not None or self.band is not None or self.stretched is not None
        if dx or busy:
            self.viewport().update()
            return
        rows = self.viewport().rect().adjusted(0, self.ruler_height, 0, 0)
        self.viewport().scroll(0, dy, rows)
        # The first row's badges reach into the ruler, and only while it is whole.
        top = self.ruler_height - BADGE_REACH
        self.viewport().update(0, top, rows.width(), self.row_height + BADGE_REACH)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            dirty = event.rect()
            painter.fillRect(dirty, self.ink.color("surface"))
            shown = self._rows_between(dirty.top(), dirty.bottom())
            marked = self._marked()
            self._states = {route: self._row_state(route, marked) for route in shown}
            self._paint_bars(painter, dirty, shown)
            self._paint_heads(painter, dirty, shown)
            self._paint_top(painter, dirty)
            self._paint_badges(painter, dirty)
            self.paint_band(painter)

    def _rows_between(self, top: int, bottom: int) -> list[RouteId]:
        """The routes whose rows touch these heights."""
        zero, height = self.ruler_height - self.verticalScrollBar().value(), self.row_height
        return self.order[max(0, (top - zero) // height) : max(0, (bottom - zero) // height + 1)]

    def _paint_bars(self, painter: QPainter, dirty: QRect, shown: list[RouteId]) -> None:
        area = self.scrolled_area()
        seen = area & dirty
        if seen.isEmpty():
            return
        painter.setClipRect(seen)
        if not self.order:
            line = area.adjusted(self.ink.px(12), 0, 0, self.ink.px(40) - area.height())
            words = tr("No drivers today: Ctrl Shift O opens a fleet file")
            self.ink.write(painter, QRectF(line), words, Pen("body", "text3"))
        rest = len(self.order) * self.row_height - self.verticalScrollBar().value()
        below = seen & area.adjusted(0, rest, 0, 0)
        paint_grid(painter, self.ink, below, (self.scale, self.zero))
        busy = self._busy()
        for route in shown:
            self._paint_row(painter, route, is_busy=route in busy)
        painter.setClipping(False)

    def _busy(self) -> set[LaneId]:
        """The rows of which a stop looks otherwise than at rest."""
        return {self.lane_of(stop) for stop in (*self._marked(), *self.selection.held)}

    def _paint_row(self, painter: QPainter, route: RouteId, *, is_busy: bool) -> None:
        """A row's bars: where nothing is said about it, a copy of how it looked before."""
        face, strip, state = self.shown_face(route), self.strip(route), self._states[route]

        def paint(onto: QPainter) -> None:
            onto.fillRect(strip.box, self.ink.color("surface"))
            self._paint_ground(onto, strip.box, state)
            paint_grid(onto, self.ink, strip.box, (self.scale, self.zero))
            onto.setRenderHint(QPainter.RenderHint.Antialiasing)
            RowPainter(self.ink).paint(onto, face, strip, state)
            onto.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

        if is_busy or not state.is_at_rest or face is not self.rows[route]:
            paint(painter)
            return
        look = self.ink, state.dim, state.is_forbidden, state.planned
        shows = face, self.scale, self.zero - strip.box.x(), look
        self._rows_at_rest.paint(painter, route, shows, strip.box, paint)

    def _paint_badges(self, painter: QPainter, dirty: QRect) -> None:
        """Over rows and ruler, for the badges of the first row reach into it."""
        top = self.ruler_height - BADGE_REACH
        painter.setClipRect(self.clock_area.adjusted(0, top, 0, 0) & dirty)
        rows = RowPainter(self.ink)
        for route in self._rows_between(dirty.top(), dirty.bottom() + BADGE_REACH):
            strip = self.strip(route)
            if strip.box.y() >= self.ruler_height - 2:
                state = self._states.get(route) or self._row_state(route, self._marked())
                rows.badges(painter, self.shown_face(route), strip, state)
        painter.setClipping(False)

    def _paint_ground(self, painter: QPainter, box: QRect, state: RowState) -> None:
        ink = self.ink
        if state.is_forbidden:
            painter.fillRect(box, ink.color("bad_bg"))
        elif state.is_lit or state.is_target:
            painter.fillRect(box, ink.color("selection"))
        painter.fillRect(box.adjusted(0, box.height() - 1, 0, 0), ink.color("border"))

    def _row_state(self, route: RouteId, marked: frozenset[StopId]) -> RowState:
        verdict = self.verdict(route)
        face, shown = self.rows[route], self.shown_face(route)
        forbidden = verdict is not None and verdict.is_forbidden
        is_harm = verdict is not None and verdict.harm is not None and forbidden
        return RowState(
            partial(self._look, lands=face is not shown),
            marked,
            route == self.selection.route,
            self.is_target(route) and not forbidden,
            is_harm,
            0.35 if face.off or (forbidden and not (is_harm and self.is_target(route))) else 1.0,
            self._bracket(route),
            self.selection.holder,
            self._planned.get(route, ()),
        )

    def _marked(self) -> frozenset[StopId]:
        """The stops that do not look as at rest."""
        special = {stop for stop in (self.hovered, self.current) if stop is not None}
        moving = self.drag.moving if self.drag else frozenset[StopId]()
        return frozenset(special) | moving | frozenset(self.selection.stops)

    def _look(self, stop: StopId, *, lands: bool) -> Look:
        if self.is_moving(stop):
            return Look.LANDING if lands else Look.MOVING
        look = Look.SELECTED if stop in self.selection else Look.REST
        if stop == self.hovered:
            look |= Look.HOVERED
        if stop == self.current and self.is_keyed and self.hasFocus():
            look |= Look.FOCUSED
        return look

    def _bracket(self, route: RouteId) -> Span | None:
        """The window of the one selected stop, when it is in this row and nothing is dragged."""
        stops = self.selection.stops
        if len(stops) != 1 or self.drag is not None or self.lane_of(stops[0]) != route:
            return None
        windows = self.picture.plan.stops[stops[0]].windows
        if not windows:
            return None
        return minute(windows[0].earliest), minute(windows[-1].latest)

    def shown_face(self, route: RouteId) -> RowFace:
        """A row as it is, or on its way to what the drop or the stretch would make of it."""
        if self.stretched is not None and self.stretched.route == route:
            return self.stretched
        if self.trial is None or self.trial.route != route:
            return self.rows[route]
        return blended(self.rows[route], self.trial, self.gap)

    def _paint_heads(self, painter: QPainter, dirty: QRect, shown: list[RouteId]) -> None:
        area = QRect(0, self.ruler_height, self.head_width, self.viewport().height())
        seen = self._sided(area) & dirty
        if seen.isEmpty():
            return
        painter.setClipRect(seen)
        painter.fillRect(seen, self.ink.color("surface"))
        heads = HeadPainter(self.ink.sided(self.viewport()), self.picture.currency)
        for route in shown:
            self._paint_head(painter, heads, route)
        painter.setClipping(False)
        line = self.ink.color("border")
        for x in {self.name_width, self.head_width}:
            painter.fillRect(self._sided(QRect(x - 1, 0, 1, self.viewport().height())), line)

    def _paint_head(self, painter: QPainter, heads: HeadPainter, route: RouteId) -> None:
        row = self.row_rect(self.order.index(route))
        box = QRect(0, row.y(), self.head_width, row.height())
        state = self._head_state(route)
        name = QRect(0, box.y(), self.name_width, box.height())
        delta = box.adjusted(self.name_width, 0, 0, 0)

        def paint(onto: QPainter) -> None:
            onto.fillRect(self._sided(name), self.ink.color("surface"))
            onto.fillRect(self._sided(delta), self.ink.color("raised"))
            self._paint_ground(onto, self._sided(box), self._states[route])
            if state.is_lit:
                bar = QRect(0, box.y(), 3, box.height())
                onto.fillRect(self._sided(bar), self.ink.color("accent"))
            heads.paint(onto, self.rows[route], name, state)
            if self.drag is not None:
                heads.paint_delta(onto, delta, state)

        if self.drag is None and not state.is_lit:
            shows = self.rows[route], self.ink.sided(self.viewport()), state.is_dim
            self._heads_at_rest.paint(painter, route, shows, self._sided(box), paint)
            return
        paint(painter)
        if state.is_target:
            forbidden = state.verdict is not None and state.verdict.is_forbidden
            painter.setClipping(False)
            painter.setPen(QPen(self.ink.color("bad" if forbidden else "accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(row.adjusted(1, 0, -1, -1))

    def _sided(self, box: QRect) -> QRect:
        """Where a box counted from the driver column's outer edge lies."""
        return sided(QRectF(box), self.viewport()).toRect()

    def _head_state(self, route: RouteId) -> HeadState:
        face, verdict = self.rows[route], self.verdict(route)
        blocked = verdict is not None and bool(verdict.blocked)
        dim = face.off or blocked
        return HeadState(
            route == self.selection.route,
            self.is_target(route),
            dim,
            verdict,
            *self._columns(),
        )

    def _columns(self) -> tuple[Detail, Columns]:
        if self.drag is None:
            return Detail.FULL, WIDE
        return (Detail.NAME, NARROW) if self.is_source else (Detail.BRIEF, WIDE)

    def _paint_top(self, painter: QPainter, dirty: QRect) -> None:
        """The ruler, the captions of the columns, and now."""
        width, height, side = self.viewport().width(), self.ruler_height, self.clock_area
        ruler = QRect(side.x(), 0, side.width(), height)
        clock = (self.scale, self.zero, self.picture)
        if ruler.intersects(dirty):
            painter.setClipRect(ruler)
            paint_ruler(painter, self.ink, ruler, clock)
            painter.setClipping(False)
        if self._sided(QRect(0, 0, self.head_width, height)).intersects(dirty):
            size = self.name_width, self.head_width, height
            columns = self._columns()[1] if self.drag is not None else None
            paint_captions(painter, self.ink.sided(self.viewport()), self._sided, size, columns)
        painter.fillRect(QRect(0, height - 1, width, 1), self.ink.color("border"))
        if self.now is None:
            return
        area = ruler.adjusted(0, 0, 0, self.viewport().height())
        painter.setClipRect(area)
        x = self.zero + self.scale.x(minute(self.now))
        if x >= side.left():
            paint_now(painter, self.ink, area, (x, self.picture.clock(self.now)))
        painter.setClipping(False)
