"""The picture on the map: marks from values, and lines along streets fetched behind."""

from collections.abc import Callable, Coroutine, Iterable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, QTimer

from console.dispatch.lanes import Lane
from console.dispatch.picture import Picture, PictureChange
from console.dispatch.proposals import Proposal
from console.dispatch.station import Station
from console.domain.plan import RouteId, StopId
from console.domain.traffic import SpeedState
from console.tongues import tr
from console.ui.latest import Latest
from console.ui.map.marks import DepotMark, Sides
from console.ui.map.view import MapView
from console.ui.marking import (
    Drawn,
    Line,
    Points,
    along_streets,
    course,
    joined,
    ringed,
    route_line,
    stop_marks,
    straight,
)
from console.ui.proposal import facts, on_map
from console.ui.proposal.on_map import Side
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.theme import Theme

Way = tuple[Points, tuple[SpeedState, ...], str]
"""The points of a route, the roads of each leg where something is closed, the kind of vehicle."""


WAYS_KEPT = 400
"""Routes' lines along streets, those drawn last: every new order of stops is another one."""


class Spawn(Protocol):
    """Runs a coroutine whose errors become notices."""

    def __call__(self, work: Coroutine[object, object, object]) -> None: ...


class Cartographer:
    """Keeps one MapView showing a picture: the present one, or what ``pictured`` says instead."""

    def __init__(
        self, view: MapView, station: Station, *, selection: Selection, theme: Theme, spawn: Spawn
    ) -> None:
        self._view, self._station, self._theme = view, station, theme
        self._selection, self._spawn = selection, spawn
        self.pictured: Callable[[], Picture] = lambda: station.picture
        self._legs: Latest[Way, tuple[Line, ...]] = Latest(WAYS_KEPT)
        self._wanted: set[Way] = set()
        self._proposal: Proposal | None = None
        self.side = Side.BOTH
        self._region = ""
        self._fits = False
        self._later = QTimer(view)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.draw)
        view.stopClicked.connect(self._stop_clicked)
        view.routeClicked.connect(self._route_clicked)
        view.lightCleared.connect(self._light_cleared)
        view.sideChosen.connect(self._side_chosen)
        view.areaSelected.connect(self._area_selected)
        theme.changed.connect(self.draw)

    def follow(self, signals: Signals) -> None:
        """Draw what changes."""
        signals.planChanged.connect(self._plan_changed)
        signals.selectionChanged.connect(self._show_selection)
        signals.companyChanged.connect(self._company_changed)

    def show_region(self) -> None:
        """The streets of the open day's region; lines along those before are drawn anew."""
        region = self._station.region
        if region is None:
            self._region = ""
            self._view.show_region(None, None)
            return
        if region.hash != self._region:
            self._region = region.hash
            self._legs.clear()
            self._view.show_region(self._station.services.basemap(region), region.bounds)
            self._later.start()

    def forget_lines(self) -> None:
        """Draw the lines anew: other streets answer."""
        self._legs.clear()
        self.draw()

    def show_proposal(self, proposal: Proposal | None) -> None:
        """A proposal beside the present plan, or that plan alone."""
        was = self._proposal
        is_same = was is not None and proposal is not None and was.kept == proposal.kept
        if not (is_same and proposal is not None and proposal.kept is not None):
            self.side = Side.BOTH
        self._proposal = proposal
        self.draw()

    @property
    def _present(self) -> Picture:
        """What a proposal stands beside: the plan as it is now, or another scenario."""
        proposal = self._proposal
        if proposal is not None and proposal.against is not None:
            return proposal.present
        return self.pictured()

    def show_side(self, side: Side) -> None:
        """The present plan, the proposal or both."""
        if self._proposal is not None:
            self.side = side
            self.draw()

    def next_side(self) -> None:
        """One after the other."""
        order = list(Side)
        self.show_side(order[(order.index(self.side) + 1) % len(order)])

    def _side_chosen(self, side: str) -> None:
        self.show_side(Side(side))

    def draw(self) -> None:
        """Everything anew; only what differs travels to the page."""
        self._later.stop()
        picture = self.pictured()
        self._view.set_depots(
            DepotMark(place, point.lat, point.lon, picture.depot_name)
            for place, point in picture.depots.items()
        )
        self._draw_stops()
        self._draw_routes()
        self._view.set_sides(self._sides(self._proposal) if self._proposal else None)
        self._show_selection()
        if self._fits:
            self._fits = False
            self._view.fit()

    def _sides(self, proposal: Proposal) -> Sides:
        names = facts.names(proposal)
        version = self.pictured().plan.version
        return on_map.sides(
            self.side,
            names,
            names[0] if proposal.against else tr("present v{version}", version=version),
        )

    def _plan_changed(self, change: PictureChange) -> None:
        """Draw in the loop's next turn: what is under the dispatcher's hand is painted first."""
        self._fits = self._fits or (change.everything and not change.before.plan.stops)
        self._later.start()

    def _draw_routes(self) -> None:
        present = self._present
        if self._proposal is None:
            self._view.set_routes(drawn.line for drawn in self._drawn(present))
            return
        proposed = self._proposal.proposed
        if self.side is Side.BOTH:
            self._view.set_routes(on_map.lines(self._drawn(present), self._drawn(proposed)))
        else:
            shown = present if self.side is Side.PRESENT else proposed
            self._view.set_routes(drawn.line for drawn in self._drawn(shown))

    def _company_changed(self, stops: frozenset[StopId]) -> None:
        if stops:
            self._draw_stops()

    def _draw_stops(self) -> None:
        present = self._present
        if self._proposal is None or self.side is Side.PRESENT:
            marks = stop_marks(present, self._theme)
            self._view.set_stops(ringed(marks, self._selection.held_by, self._theme))
            return
        proposed = self._proposal.proposed
        marks = stop_marks(proposed, self._theme)
        if self.side is Side.BOTH:
            changed = on_map.changed_routes(present, proposed)
            marks = on_map.marks(marks, (present, proposed), changed, self._theme)
        self._view.set_stops(marks)

    def _drawn(self, picture: Picture) -> list[Drawn]:
        """All routes of a picture; lines along streets that are not known yet are fetched."""
        drawn: list[Drawn] = []
        missing: list[Way] = []
        for route in picture.schedules:
            passed = course(picture, route)
            if len(passed.points) < 2:
                continue
            shift = picture.plan.routes[route].shift
            roads = self._station.traffic.legs_of(picture.schedules[route], shift, passed.nodes)
            way = passed.points, roads, self._station.workday.matrix.of(shift.profile).profile
            legs = self._legs.get(way)
            if legs is None:
                missing.append(way)
                legs = straight(passed.points)
            line = route_line(picture, route, joined(legs), self._theme)
            drawn.append(Drawn(line, passed.nodes, legs))
        self._want(missing)
        return drawn

    def _want(self, missing: Sequence[Way]) -> None:
        fresh = [way for way in missing if way not in self._wanted]
        if fresh and self._station.region is not None:
            self._wanted |= set(fresh)
            self._spawn(self._fetch(fresh))

    async def _fetch(self, wanted: Sequence[Way]) -> None:
        streets, region = await self._station.streets(), self._region
        try:
            for points, roads, profile in wanted:
                ask = partial(streets.geometry, points, profile)
                if roads:
                    ask = partial(streets.day_geometry, points, roads, profile)
                answer = await self._station.services.lanes.run(Lane.STREETS, ask)
                if region != self._region:  # a line along streets that are shown no more
                    break
                shown = 2 * len(self.pictured().schedules)  # a proposal has as many
                way = points, roads, profile
                self._legs.put(way, along_streets(answer), at_least=shown)
        finally:
            self._wanted -= set(wanted)
        self._draw_routes()

    def _show_selection(self, _stops: object = None) -> None:
        self._view.set_selection(self._selection.stops)
        self._view.light_route(self._selection.route)

    def _route_clicked(self, key: str) -> None:
        self._selection.light(RouteId(key))

    def _light_cleared(self) -> None:
        self._selection.light(None)

    def _stop_clicked(self, key: str, modifiers: Qt.KeyboardModifier) -> None:
        stop = StopId(key)
        plan = self.pictured().plan
        if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            self._selection.toggle(stop)
        elif stop in plan.stops:
            self._selection.pick([stop], plan.stops[stop].route)

    def _area_selected(self, keys: Iterable[str], modifiers: Qt.KeyboardModifier) -> None:
        stops = [StopId(key) for key in keys if key in self.pictured().plan.stops]
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._selection.extend(stops)
        else:
            self._selection.pick(stops)
