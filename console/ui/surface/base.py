"""A painted view of routes and their stops that follows the picture and the selection."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from console.dispatch.picture import Picture, PictureChange
from console.domain.plan import RouteId, StopId
from console.ui.colleagues import held_sentence
from console.ui.drag import Place
from console.ui.hands import Hands
from console.ui.ink import Ink
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.spoken import route_sentence, stop_sentence
from console.ui.theme.theme import Theme
from console.ui.whole import require_whole

type LaneId = RouteId | None
"""A route, or None: the stops that no driver has."""


class StopView(QAbstractScrollArea):
    """Knows the picture, the selection, the stop under the keyboard and the one under the pointer.

    Subclasses say where things are (viewport coordinates) and paint them.
    """

    def __init__(self, hands: Hands, signals: Signals, selection: Selection, theme: Theme) -> None:
        super().__init__()
        require_whole(type(self))
        self.hands, self.selection, self.theme = hands, selection, theme
        self.picture: Picture = hands.picture
        self.ink = Ink(theme)
        self.current: StopId | None = None
        self.hovered: StopId | None = None
        self.is_keyed = False
        self._shown_stops = frozenset(selection.stops)
        self._shown_route: RouteId | None = selection.route
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        signals.planChanged.connect(self._follow_plan)
        signals.selectionChanged.connect(self._follow_selection)
        signals.companyChanged.connect(self.repaint_stops)
        theme.changed.connect(self._follow_theme)

    # What every view has to say for itself; ``require_whole`` holds it to that.

    @abstractmethod
    def lanes(self) -> Sequence[tuple[LaneId, tuple[StopId, ...]]]:
        """Lanes as shown, each with its stops in order."""

    @abstractmethod
    def stop_at(self, point: QPoint) -> StopId | None:
        """The stop painted there."""

    @abstractmethod
    def head_at(self, point: QPoint) -> RouteId | None:
        """The route whose driver is painted there."""

    @abstractmethod
    def place_at(self, point: QPoint) -> Place | None:
        """Where stops dropped there would land."""

    @abstractmethod
    def stops_in(self, box: QRect) -> tuple[StopId, ...]:
        """The stops that a rubber band touches."""

    @abstractmethod
    def stop_rect(self, stop: StopId) -> QRect:
        """Where a stop is painted; empty when it is not."""

    @abstractmethod
    def lane_rect(self, lane: LaneId) -> QRect:
        """Where a lane is painted, head and all."""

    @abstractmethod
    def reveal(self, stop: StopId) -> None:
        """Scroll so that a stop is in sight."""

    @abstractmethod
    def along(self, key: int) -> tuple[int, int] | None:
        """(steps along the lane, steps across lanes) of an arrow key."""

    @abstractmethod
    def nearest(self, stop: StopId, others: tuple[StopId, ...]) -> StopId:
        """The stop of another lane that lies beside this one."""

    def chosen(self, stop: StopId) -> tuple[StopId, ...]:
        """What an action on a stop means: the whole selection when it is part of it."""
        return self.selection.stops if stop in self.selection else (stop,)

    @abstractmethod
    def rebuild(self, change: PictureChange | None) -> None:
        """Forget what was drawn of the routes that changed; None: of everything."""

    def lane_of(self, stop: StopId) -> LaneId:
        """The route a stop is on."""
        entry = self.picture.plan.stops.get(stop)
        return entry.route if entry else None

    def repaint_lanes(self, lanes: Iterable[LaneId]) -> None:
        """Ask for new paint where these lanes are."""
        for lane in set(lanes):
            self.viewport().update(self.lane_rect(lane))

    def repaint_stops(self, stops: Iterable[StopId]) -> None:
        """Ask for new paint of the lanes that hold these stops."""
        self.repaint_lanes(self.lane_of(stop) for stop in stops)

    def set_current(self, stop: StopId | None, *, keyed: bool = False) -> None:
        """Put the keyboard's place on a stop and say it aloud."""
        changed = [s for s in (self.current, stop) if s is not None]
        self.current, self.is_keyed = stop, keyed
        self.repaint_stops(changed)
        if stop is None:
            return
        self.setAccessibleDescription(stop_sentence(self.picture, stop))
        if keyed:
            self.reveal(stop)

    def set_hovered(self, stop: StopId | None) -> None:
        """Show which stop the pointer is on."""
        if stop == self.hovered:
            return
        changed = [s for s in (self.hovered, stop) if s is not None]
        self.hovered = stop
        self.repaint_stops(changed)

    def spoken(self, lane: LaneId) -> str:
        """What a screen reader says of a lane."""
        return route_sentence(self.picture, lane)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_bars()

    def showEvent(self, event: QShowEvent) -> None:
        """What was picked elsewhere meanwhile is in sight."""
        super().showEvent(event)
        if self.current is not None and self.current in self.selection:
            self.reveal(self.current)

    @abstractmethod
    def fit_bars(self) -> None:
        """Set the scroll bars to the size of what there is."""

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self.set_hovered(None)
        if isinstance(event, QHelpEvent):
            stop = self.stop_at(event.pos())
            QToolTip.showText(event.globalPos(), self._told(stop) if stop else "")
            return True
        return super().viewportEvent(event)

    def _told(self, stop: StopId) -> str:
        held = held_sentence(self.selection.held_by(stop))
        return ", ".join(part for part in (stop_sentence(self.picture, stop), held) if part)

    def _follow_plan(self, change: PictureChange) -> None:
        self.picture = change.after
        if self.current not in self.picture.plan.stops:
            self.current = None
        if self.hovered not in self.picture.plan.stops:
            self.hovered = None
        self.rebuild(None if change.everything else change)

    def _follow_selection(self, stops: frozenset[StopId]) -> None:
        route = self.selection.route
        lanes: set[LaneId] = {self.lane_of(stop) for stop in self._shown_stops ^ stops}
        if route != self._shown_route:
            lanes |= {lane for lane in (self._shown_route, route) if lane is not None}
        self._shown_stops, self._shown_route = stops, route
        self.repaint_lanes(lanes)
        only = next(iter(stops)) if len(stops) == 1 else None
        if only is not None and only != self.current:
            self.set_current(only)
            self.reveal(only)

    def _follow_theme(self) -> None:
        self.ink = Ink(self.theme)
        self.rebuild(None)
