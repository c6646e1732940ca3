"""A view whose stops can be picked and dragged away with the mouse."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QMenu

from console.domain.plan import StopId
from console.ui.drag import in_plan_order, start_drag
from console.ui.hands import Hands
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.spoken import stop_sentence
from console.ui.surface.dropping import DropView
from console.ui.surface.keys import Keys
from console.ui.theme.theme import Theme

type MenuMaker = Callable[[], QMenu]

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_LEFT = Qt.MouseButton.LeftButton


class PickView(DropView):
    """Click, Ctrl and Shift click, rubber band, drag; the keyboard likewise."""

    def __init__(
        self,
        hands: Hands,
        signals: Signals,
        selection: Selection,
        theme: Theme,
        *,
        menu: MenuMaker | None = None,
    ) -> None:
        super().__init__(hands, signals, selection, theme)
        self.menu = menu
        self.band: QRect | None = None
        self.keys = Keys(self)
        self._pressed: QPoint | None = None
        self._grabbed: StopId | None = None

    def set_current(self, stop: StopId | None, *, keyed: bool = False) -> None:
        super().set_current(stop, keyed=keyed)
        if stop is not None and keyed:
            # A Python QAccessible factory would serve each painted stop as a child, but it brings
            # the web engine down as soon as both live in one process (PySide6 6.12).
            self.setAccessibleDescription(stop_sentence(self.picture, stop))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not _LEFT:
            return
        point = event.position().toPoint()
        self._pressed = point
        self._grabbed = self.stop_at(point)
        if self._grabbed is None:
            self._press_empty(point)
        else:
            self._press_stop(self._grabbed, event.modifiers())

    def _press_empty(self, point: QPoint) -> None:
        route = self.head_at(point)
        if route is not None:
            self.selection.light(None if route == self.selection.route else route)
            self._pressed = None

    def _press_stop(self, stop: StopId, keys: Qt.KeyboardModifier) -> None:
        between = self.span(stop)
        self.set_current(stop)
        if keys & _SHIFT:
            self.selection.extend(between)
        elif keys & _CTRL:
            self.selection.toggle(stop)
        elif stop not in self.selection:
            self.selection.pick([stop], self.lane_of(stop))

    def span(self, stop: StopId) -> tuple[StopId, ...]:
        """From the current stop to this one along their lane; just this one across lanes."""
        for _, stops in self.lanes():
            if stop in stops and self.current in stops:
                ends = sorted((stops.index(stop), stops.index(self.current)))
                return stops[ends[0] : ends[1] + 1]
        return (stop,)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._pressed is None or not event.buttons() & _LEFT:
            self.set_hovered(self.stop_at(point))
            return
        far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._grabbed is not None and far:
            self._drag_away(self._grabbed)
        elif self._grabbed is None and (far or self.band is not None):
            self._stretch(QRect(self._pressed, point).normalized(), event.modifiers())

    def _drag_away(self, stop: StopId) -> None:
        self._pressed = self._grabbed = None
        if stop not in self.selection:
            self.selection.pick([stop], self.lane_of(stop))
        self.is_source = True
        start_drag(self, self.hands, self.theme, self.chosen(stop))
        self.end()
        self.is_source = False

    def _stretch(self, band: QRect, keys: Qt.KeyboardModifier) -> None:
        self.viewport().update((self.band or band).united(band).adjusted(-2, -2, 2, 2))
        self.band = band
        stops = in_plan_order(self.picture, self.stops_in(band))
        if keys & (_CTRL | _SHIFT):
            self.selection.extend(stops)
        else:
            self.selection.pick(stops, self.selection.route)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not _LEFT:
            return
        plain = not event.modifiers() & (_CTRL | _SHIFT)
        if self.band is not None:
            self.viewport().update(self.band.adjusted(-2, -2, 2, 2))
        elif self._grabbed is not None and plain:
            self.selection.pick([self._grabbed], self.lane_of(self._grabbed))
        elif self._pressed is not None and self._grabbed is None and plain:
            self.selection.clear()
        self.band = self._pressed = self._grabbed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        stop = self.stop_at(event.position().toPoint())
        if stop is None:
            self.mousePressEvent(event)
            return
        self.selection.pick([stop], self.lane_of(stop))
        self.hands.act("details")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.menu is None:
            return
        point = event.pos()
        stop = self.stop_at(point)
        if event.reason() is QContextMenuEvent.Reason.Keyboard and self.current is not None:
            point = self.stop_rect(self.current).center()
            stop = self.current
        if stop is not None and stop not in self.selection:
            self.selection.pick([stop], self.lane_of(stop))
        elif stop is None and (route := self.head_at(point)) is not None:
            self.selection.pick((), route)
        self.menu().popup(self.viewport().mapToGlobal(point))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def paint_band(self, painter: QPainter) -> None:
        """Paint the rubber band, when there is one."""
        if self.band is None:
            return
        fill = self.ink.color("accent")
        painter.setPen(fill)
        fill = fill.lighter(100)
        fill.setAlphaF(0.15)
        painter.setBrush(fill)
        painter.drawRect(self.band)
