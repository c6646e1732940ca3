"""The keyboard on a view of stops: walking, picking, moving."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from console.domain.plan import StopId
from console.ui.drag import Dragged, Place, in_plan_order
from console.ui.surface.base import LaneId, StopView

ACTS = {
    Qt.Key.Key_P: "pin",
    Qt.Key.Key_L: "lock",
    Qt.Key.Key_Delete: "unassign",
    Qt.Key.Key_Return: "details",
    Qt.Key.Key_Enter: "details",
}
"""Keys and the names of their actions, for a window that gives them no shortcut of its own."""

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Keys:
    """Arrows walk, Shift extends, Ctrl moves the stop itself; Ctrl+Shift forces the move."""

    def __init__(self, view: StopView) -> None:
        self._view = view

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key; False when it means nothing here."""
        arrow = self._view.along(event.key())
        if arrow is not None:
            return self._arrow(arrow, event.modifiers())
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return self._to_end(last=event.key() == Qt.Key.Key_End)
        if event.key() == Qt.Key.Key_A and event.modifiers() & _CTRL:
            return self._pick_lane()
        return self._plain(event.key())

    def _plain(self, key: int) -> bool:
        view = self._view
        if key == Qt.Key.Key_Space and view.current is not None:
            view.selection.toggle(view.current)
            return True
        if key == Qt.Key.Key_Escape and view.selection.stops:
            view.selection.clear()
            return True
        if key not in ACTS:
            return False
        if view.current is not None and view.current not in view.selection:
            view.selection.pick([view.current], view.lane_of(view.current))
        view.hands.act(ACTS[Qt.Key(key)])
        return True

    def _arrow(self, arrow: tuple[int, int], keys: Qt.KeyboardModifier) -> bool:
        view = self._view
        if view.current is None:
            first = next((stops[0] for _, stops in view.lanes() if stops), None)
            return self._walk_to(first, extend=False)
        if keys & _CTRL:
            return self._carry(view.current, arrow, forced=bool(keys & _SHIFT))
        return self._walk_to(self._neighbour(view.current, arrow), extend=bool(keys & _SHIFT))

    def _walk_to(self, stop: StopId | None, *, extend: bool) -> bool:
        view = self._view
        if stop is None:
            return True
        if extend:
            view.selection.extend([stop])
        else:
            view.selection.pick([stop], view.lane_of(stop))
        view.set_current(stop, keyed=True)
        return True

    def _neighbour(self, stop: StopId, arrow: tuple[int, int]) -> StopId | None:
        along, across = arrow
        lanes = list(self._view.lanes())
        here = self._lane_index(lanes, stop)
        if along:
            stops = lanes[here][1]
            i = stops.index(stop) + along
            return stops[i] if 0 <= i < len(stops) else None
        full = [i for i, (_, stops) in enumerate(lanes) if stops or i == here]
        i = full.index(here) + across
        return self._view.nearest(stop, lanes[full[i]][1]) if 0 <= i < len(full) else None

    def _lane_index(self, lanes: list[tuple[LaneId, tuple[StopId, ...]]], stop: StopId) -> int:
        return next(i for i, (_, stops) in enumerate(lanes) if stop in stops)

    def _to_end(self, *, last: bool) -> bool:
        view = self._view
        stops = next((stops for _, stops in view.lanes() if view.current in stops), ())
        return self._walk_to((stops[-1] if last else stops[0]) if stops else None, extend=False)

    def _pick_lane(self) -> bool:
        view = self._view
        stops = next((stops for _, stops in view.lanes() if view.current in stops), ())
        view.selection.pick(stops, view.selection.route)
        return True

    def _carry(self, stop: StopId, arrow: tuple[int, int], *, forced: bool) -> bool:
        view = self._view
        along, across = arrow
        chosen = in_plan_order(view.picture, view.chosen(stop))
        place = self._beside(stop, across) if across else self._further(chosen, along)
        if place is not None:
            Dragged(view.hands, chosen).drop(place, forced=forced)
            view.set_current(stop, keyed=True)
        return True

    def _beside(self, stop: StopId, across: int) -> Place | None:
        """The neighbouring driver, wherever the stop fits best there."""
        lanes = list(self._view.lanes())
        i = self._lane_index(lanes, stop) + across
        return Place(lanes[i][0], best=True) if 0 <= i < len(lanes) else None

    def _further(self, chosen: tuple[StopId, ...], step: int) -> Place | None:
        """One place earlier or later on the route that holds all of them."""
        lanes = {self._view.lane_of(stop) for stop in chosen}
        route = lanes.pop()
        if lanes or route is None:
            return None
        stops = self._view.picture.plan.routes[route].stops
        rest = [stop for stop in stops if stop not in chosen]
        before = sum(1 for stop in stops[: stops.index(chosen[0])] if stop not in chosen)
        i = min(len(rest), max(0, before + step))
        return Place(route, rest[i - 1] if i else None)
