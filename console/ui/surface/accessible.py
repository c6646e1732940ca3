"""Painted lanes and stops as children for screen readers: a view has lanes, a lane has stops."""

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken

from console.domain.plan import StopId
from console.ui.spoken import route_sentence, stop_sentence
from console.ui.surface.base import LaneId, StopView

_NOTHING = cast("Any", None)
"""What Qt takes for 'no such interface'; its Python stubs know no such case."""


class _Painted(QAccessibleInterface):
    """What lanes and stops have in common: no object of their own, a place in the viewport."""

    def __init__(self, host: "ViewInterface") -> None:
        super().__init__()
        self.host = host

    def isValid(self) -> bool:
        return Shiboken.isValid(self.host.view)

    def object(self) -> QObject:
        return _NOTHING

    def window(self) -> QWindow:
        return self.host.view.window().windowHandle() or _NOTHING

    def setText(self, t: QAccessible.Text, text: str, /) -> None:
        """Painted words cannot be written."""

    def backgroundColor(self) -> QColor:
        return QColor()

    def foregroundColor(self) -> QColor:
        return QColor()

    def childAt(self, x: int, y: int, /) -> QAccessibleInterface:
        children = (self.child(i) for i in range(self.childCount()))
        return next((c for c in children if c.rect().contains(x, y)), _NOTHING)

    def indexOfChild(self, arg__1: QAccessibleInterface, /) -> int:
        return next((i for i in range(self.childCount()) if self.child(i) is arg__1), -1)

    def on_screen(self, box: QRect) -> QRect:
        """A box of the viewport in global coordinates."""
        return QRect(self.host.view.viewport().mapToGlobal(box.topLeft()), box.size())


class LaneInterface(_Painted):
    """One driver's lane or row."""

    def __init__(self, host: "ViewInterface", lane: LaneId) -> None:
        super().__init__(host)
        self.lane = lane

    def stops(self) -> Sequence[StopId]:
        """The lane's stops as shown."""
        return next((stops for lane, stops in self.host.view.lanes() if lane == self.lane), ())

    def parent(self) -> QAccessibleInterface:
        return self.host

    def childCount(self) -> int:
        return len(self.stops())

    def child(self, index: int, /) -> QAccessibleInterface:
        stops = self.stops()
        return self.host.stop(stops[index]) if 0 <= index < len(stops) else _NOTHING

    def rect(self) -> QRect:
        return self.on_screen(self.host.view.lane_rect(self.lane))

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.selectable = True
        state.selected = self.lane is not None and self.lane == self.host.view.selection.route
        return state

    def text(self, t: QAccessible.Text, /) -> str:
        if t is not QAccessible.Text.Name:
            return ""
        return route_sentence(self.host.view.picture, self.lane)


class StopInterface(_Painted):
    """One stop's card or bar."""

    def __init__(self, host: "ViewInterface", stop: StopId) -> None:
        super().__init__(host)
        self.stop = stop

    def isValid(self) -> bool:
        return super().isValid() and self.stop in self.host.view.picture.plan.stops

    def parent(self) -> QAccessibleInterface:
        return self.host.lane(self.host.view.lane_of(self.stop))

    def childCount(self) -> int:
        return 0

    def child(self, index: int, /) -> QAccessibleInterface:
        return _NOTHING

    def rect(self) -> QRect:
        return self.on_screen(self.host.view.stop_rect(self.stop))

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        view, state = self.host.view, QAccessible.State()
        state.selectable = state.focusable = True
        state.selected = self.stop in view.selection
        state.focused = self.stop == view.current and view.hasFocus()
        return state

    def text(self, t: QAccessible.Text, /) -> str:
        if t is not QAccessible.Text.Name:
            return ""
        return stop_sentence(self.host.view.picture, self.stop)


class ViewInterface(QAccessibleWidget):
    """A board or timeline; keeps its children, for Qt only borrows them."""

    def __init__(self, view: StopView) -> None:
        super().__init__(view, QAccessible.Role.Table, view.accessibleName())
        self.view = view
        self._lanes: dict[LaneId, LaneInterface] = {}
        self._stops: dict[StopId, StopInterface] = {}

    def lane(self, lane: LaneId) -> LaneInterface:
        """The child of a lane."""
        if lane not in self._lanes:
            self._lanes[lane] = LaneInterface(self, lane)
        return self._lanes[lane]

    def stop(self, stop: StopId) -> StopInterface:
        """The grandchild of a stop."""
        if stop not in self._stops:
            self._stops[stop] = StopInterface(self, stop)
        return self._stops[stop]

    def childCount(self) -> int:
        return len(self.view.lanes())

    def child(self, index: int, /) -> QAccessibleInterface:
        lanes = self.view.lanes()
        return self.lane(lanes[index][0]) if 0 <= index < len(lanes) else _NOTHING

    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        if not isinstance(child, LaneInterface):
            return -1
        lanes = [lane for lane, _ in self.view.lanes()]
        return lanes.index(child.lane) if child.lane in lanes else -1

    def childAt(self, x: int, y: int, /) -> QAccessibleInterface:
        stop = self.view.stop_at(self.view.viewport().mapFromGlobal(QPoint(x, y)))
        return self.stop(stop) if stop is not None else self

    def focusChild(self) -> QAccessibleInterface:
        current = self.view.current
        return self.stop(current) if current is not None else self


_interfaces: dict[int, ViewInterface] = {}
"""Kept alive as long as their view: Qt knows them by address only."""


def _interface(_key: str, subject: QObject) -> QAccessibleInterface | None:
    if not isinstance(subject, StopView):
        return None
    made = ViewInterface(subject)
    address = id(made)
    _interfaces[address] = made
    subject.destroyed.connect(lambda: _interfaces.pop(address, None))
    return made


@cache
def install() -> None:
    """Tell Qt, once, how to look into painted views."""
    QAccessible.installFactory(_interface)


def focus_moved(view: StopView, stop: StopId) -> None:
    """Tell a screen reader, if one listens, that the keyboard stands on a stop."""
    if not QAccessible.isActive():
        return
    host = QAccessible.queryAccessibleInterface(view)
    if isinstance(host, ViewInterface):
        event = QAccessibleEvent(host.stop(stop), QAccessible.Event.Focus)
        QAccessible.updateAccessibility(event)
